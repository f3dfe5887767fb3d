"""`python -m flows` is the `newsvane` command."""

from flows.cli import main

main()
