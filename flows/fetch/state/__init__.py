"""The fetch state of a source between runs, and how each exchange changes it."""
