"""Binary files are told from pages."""

from __future__ import annotations

import gzip
import zlib

import pytest

from flows.parse.page.file_type import binary_type

PAGE = "<html><body><h1>Grüße</h1></body></html>" * 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_in_any_encoding_is_no_binary_file(encoding: str) -> None:
    assert binary_type(PAGE.encode(encoding)) is None


def test_japanese_escapes_are_text() -> None:
    assert binary_type("町議会は橋を閉じる".encode("iso2022_jp") * 50) is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (gzip.compress(PAGE.encode(), mtime=0), "gzip"),
        (zlib.compress(PAGE.encode() + bytes(range(256)) * 20), "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (bytes(500), "binary"),
    ],
    ids=["gzip", "zlib", "pdf", "zeros"],
)
def test_binary_files(data: bytes, kind: str) -> None:
    assert binary_type(data) == kind
