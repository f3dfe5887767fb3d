"""Going out and coming back: polite, guarded HTTP, what it finds, and the archive of every exchange."""
