"""The explorer: web pages over the published snapshot."""
