"""`python -m flows` is the `newsvane` command."""

from flows.cli.main import main

main()
