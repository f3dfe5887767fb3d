"""What a page's first bytes declare, and the labels of the standard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.page.encoding_labels import codec_of
from flows.parse.page.prescan import declared_codec


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b"<meta charset=euc-jp>", "euc_jp"),
        (b"<META CHARSET = 'euc-jp' >", "euc_jp"),
        (b"<meta/charset=euc-jp>", "euc_jp"),
        (b"<meta name=x charset=euc-jp charset=utf-8>", "euc_jp"),
        (b"<metacharset=euc-jp>", None),
        (b"<!-- <meta charset=euc-jp> --><meta charset=koi8-r>", "koi8-r"),
        (b"<!--><meta charset=euc-jp>", "euc_jp"),
        (b"<!-- <meta charset=euc-jp>", None),
        (b'<p title="<meta charset=euc-jp>"><meta charset=koi8-r>', "koi8-r"),
        (b"<p title='><meta charset=euc-jp>'>", None),
        (b"<!doctype x><?php a?></p x=1><meta charset=euc-jp>", "euc_jp"),
        (b"<meta name=description content='charset=euc-jp'><meta charset=koi8-r>", "koi8-r"),
        (b"<meta http-equiv=Content-Type content='text/html; charset = \"euc-jp\"'>", "euc_jp"),
        (b"<meta content='text/html; charset=euc-jp' http-equiv='content-type'>", "euc_jp"),
        (b"<meta content='text/html; charset=euc-jp'>", None),
        (b"<meta http-equiv=refresh content='charset=euc-jp'>", None),
        (b"<meta charset=no-such><meta charset=koi8-r>", "koi8-r"),
        (b"<meta charset=utf-16le>", "utf-8"),
        (b"<meta charset=x-user-defined>", "cp1252"),
        (b"<meta charset='euc-jp", None),
        (b"<script>" + b"x" * 9000 + b"</script><meta charset=euc-jp>", "euc_jp"),
        (b"<script>" + b"x" * 2000 + b"'<meta charset=koi8-r>'</script><meta charset=euc-jp>", "euc_jp"),
        (b"<p>" + b"x" * 2000 + b"<script>'<meta charset=koi8-r>'</SCRIPT ><meta charset=euc-jp>", "euc_jp"),
        (b"<p>" + b"x" * 2000 + b"<script><meta charset=koi8-r>", None),
        (b"<p>" + b"x" * 70_000 + b"<meta charset=koi8-r>", None),
        (b"<?xml version='1.0' encoding='koi8-r'?><p>", "koi8-r"),
        (b"<p>charset=euc-jp</p>", None),
        (b"", None),
    ],
)
def test_declared(head: bytes, codec: str | None) -> None:
    assert declared_codec(head) == codec


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        (" UTF8 ", "utf-8"), ("'latin1'", "cp1252"), ("x-cp1250", "cp1250"), ("x-cp1251", "cp1251"),
        ("iso-8859-8-i", "iso8859-8"), ("unicodefffe", "utf-16-be"), ("ksc_5601", "cp949"), ("866", "cp866"),
        ("utf-8; boundary=x", "utf-8"), ("utf-7", None), ("hex", None), ("iso-2022-kr", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_labels(label: str | None, codec: str | None) -> None:
    assert codec_of(label) == codec


@given(st.text(alphabet="<!->/meta charset=utf-8'\" x?", max_size=80))
def test_any_head_ends(head: str) -> None:
    assert declared_codec(head.encode()) in (None, "utf-8")
