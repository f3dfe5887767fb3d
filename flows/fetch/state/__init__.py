"""What fetching remembers of a source between runs, and how each exchange changes it."""
