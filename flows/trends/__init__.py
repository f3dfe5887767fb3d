"""Runs the trends, one SQL file each, on the published snapshot and shows the results."""
