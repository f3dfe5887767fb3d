"""The WARC archive: writing, reading, recovery after a crash, and files of other tools."""
