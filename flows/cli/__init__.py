"""The `newsvane` command: one module per group of subcommands."""
