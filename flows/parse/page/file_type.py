"""Recognizes files that are no pages by their first bytes: archives, images, documents, other binary data."""

from __future__ import annotations

_MAGIC = (
    (b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"), (b"\x28\xb5\x2f\xfd", "zstandard"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"%PDF-", "PDF"), (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"RIFF", "RIFF"), (b"PAR1", "Parquet"),
    (b"SQLite format 3", "SQLite"),
    (b"\x00\x00\x00\x1cftyp", "MP4"), (b"ID3", "MP3"), (b"OggS", "Ogg"), (b"wOF2", "font"),
    (b"\xd0\xcf\x11\xe0", "Office"),
)  # fmt: skip
_SAMPLE = 4096
_TEXT_CONTROLS = b"\t\n\x0b\x0c\r\x1b"
_CONTROLS = bytes(code for code in range(32) if code not in _TEXT_CONTROLS)


def binary_type(data: bytes) -> str | None:
    """The kind of a binary file, `binary` if it is of none of the known kinds; None for text in any encoding."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    head = data[:_SAMPLE]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_wide(head):
        return None
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "binary" if controls > len(head) // 100 else None


def _is_wide(head: bytes) -> bool:
    """Whether the zeros of UTF-16 markup stand in every other byte."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) // 4 and min(even, odd) * 4 < max(even, odd)
