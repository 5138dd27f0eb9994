"""`python -m jobtide` is the command line."""

from jobtide.cli import main

main()
