"""Write the golden pages anew: `python -m tests.unit.publish.write_golden`, then read the diff."""

from jobtide.publish.readme import render
from jobtide.publish.write import write_files
from tests.unit.publish import builders as make
from tests.unit.publish.test_golden import CASES, GOLDEN

if __name__ == "__main__":
    for case, more in CASES.items():
        write_files(GOLDEN / case, render(make.example(), make.settings(**more)))
