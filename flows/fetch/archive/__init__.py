"""The WARC archive: writing, reading, recovery after a crash, and files made by other tools."""
