"""`python -m coolhead.cli` is `coolhead`."""

from coolhead.cli import main

main()
