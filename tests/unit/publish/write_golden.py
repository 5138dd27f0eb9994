"""Write the golden pages anew: `python -m tests.unit.publish.write_golden`, then read the diff."""

from jobtide.model import File
from jobtide.publish import feeds
from jobtide.publish.readme import render
from jobtide.publish.write import write_files
from tests.unit.publish import builders as make
from tests.unit.publish import test_feeds
from tests.unit.publish.test_golden import CASES, GOLDEN

if __name__ == "__main__":
    for case, more in CASES.items():
        write_files(GOLDEN / case, render(make.example(), make.settings(**more)))
    names = ("all.rss", "all.atom", "all.json", "company/fenwick.rss", "country/us.json")
    kept = [
        File(path=file.path.replace("/", "-"), body=file.body)
        for file in feeds.render(make.example(), test_feeds.SETTINGS)
        if file.path in (*names, "feeds.opml", feeds.INDEX)
    ]
    write_files(test_feeds.GOLDEN, kept)
