"""Bytes to text: byte-order marks, declarations right and wrong, damaged bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.model import Page
from flows.parse.page.charset import decode, encode
from flows.parse.page.document import Document

MARKUP = "<h1>Grüße aus Köln</h1>"


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (MARKUP.encode("utf-8"), None),
        (MARKUP.encode("utf-8-sig"), "iso-8859-1"),
        (MARKUP.encode("utf-16"), None),
        (b"\xfe\xff" + MARKUP.encode("utf-16-be"), "utf-8"),
        ((MARKUP + "<p>text</p>").encode("utf-16-le"), None),
        (MARKUP.encode("cp1252"), "ISO-8859-1"),
        (MARKUP.encode("cp1252"), None),
        (b'<meta charset="latin1">' + MARKUP.encode("latin-1"), None),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">' + MARKUP.encode("cp1252"),
            None,
        ),
        (b"<meta charset=utf-16>" + MARKUP.encode("utf-8"), None),
        (MARKUP.encode("utf-8"), "no-such-charset"),
        (MARKUP.encode("utf-8"), "hex"),
    ],
)
def test_decoded(data: bytes, declared: str | None) -> None:
    assert MARKUP in decode(data, declared)[0]


def test_latin1_means_windows_1252() -> None:
    assert decode(b"caf\xe9 \x93quoted\x94", "latin1")[0] == "café “quoted”"


@pytest.mark.parametrize(("label", "codec"), [("gb2312", "gb18030"), ("shift_jis", "cp932"), ("euc-kr", "cp949")])
def test_east_asian_labels_mean_the_larger_set(label: str, codec: str) -> None:
    text = {"gb18030": "鎔銹", "cp932": "①髙", "cp949": "똠방"}[codec]
    assert decode(text.encode(codec), label)[0] == text


def test_valid_utf8_overrides_a_single_byte_declaration() -> None:
    text, notes = decode("Grüße".encode(), "iso-8859-1")
    assert text == "Grüße"
    assert notes == ["charset: declared cp1252, but the bytes are valid UTF-8"]


RAIN = "Завтра в городе дождь, сказал мэр. " * 5
AME = "明日は雨です。" * 9


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (b"<meta charset=windows-1251>" + RAIN.encode("cp1251"), "utf-8", RAIN),
        (b"<meta charset=shift_jis>" + AME.encode("cp932"), "utf-8", AME),
        (b"<meta charset=iso-2022-jp>" + AME.encode("iso2022_jp"), None, AME),
        (RAIN.encode() + b"<p>\x93Wet\x94", None, RAIN), (RAIN.encode() + b"<p>\x93Wet\x94", "iso-8859-1", RAIN),
        (b"<p>" * 50_000 + RAIN.encode() + b"<p>\x93Wet\x94", None, RAIN),
        (("<p>" + AME).encode("utf-16-le"), "utf-16", AME),
        (("<!doctype html><html><head><title>x</title>" + AME).encode("utf-16-be"), None, AME),
        (MARKUP.encode("utf-32"), None, MARKUP), (b"\0\0\xfe\xff" + MARKUP.encode("utf-32-be"), None, MARKUP),
        (AME.encode("gb18030", "ignore"), "gbk", AME),
    ],
)  # fmt: skip
def test_the_bytes_decide_between_declarations(data: bytes, declared: str | None, text: str) -> None:
    assert text in decode(data, declared)[0]


def test_a_few_valid_pairs_make_no_utf8() -> None:
    text = "Ã© café fermé à l’été, où ça coûte 5 €"
    assert decode(text.encode("cp1252"), None)[0] == text


def test_a_cut_character_leaves_utf8() -> None:
    text, notes = decode(("Grüße " * 20).encode()[:-4] + b"\xc3", "utf-8")
    assert text.startswith("Grüße Grüße")
    assert len(notes) == 1


WIND = "城市将建设新的道路，市长说安全第一。"
SNOW = "學校宣布因大雪停課兩天，家長可以查詢。"
COUNCIL = "시의회는 오늘 새로운 도로 계획을 논의했다."
GREEK = "Το δημοτικό συμβούλιο συζήτησε το νέο σχέδιο."


@pytest.mark.parametrize("repeat", [1, 40])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (AME, "cp932"), (AME, "euc_jp"), (WIND, "gb18030"), (SNOW, "big5hkscs"), (SNOW, "gb18030"), (COUNCIL, "cp949"),
        (RAIN, "cp1251"), (RAIN, "koi8-r"), (GREEK, "cp1253"),
    ],
)  # fmt: skip
def test_an_undeclared_page_in_another_script_is_read_as_it_was_written(text: str, codec: str, repeat: int) -> None:
    page = f"<html><title>{text}</title><p class=x>News 2024</p>" + f"<p>{text}</p>\n" * repeat
    read, notes = decode(page.encode(codec), None)
    assert read == page
    assert f"read as {codec}" in notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "Grüße aus Köln", "l’été, où ça coûte 5 €", "¿Qué pasará mañana? Niños y niñas", "“Safety first” – it’s 5°F…",
        "• one • two ® ™", "SÃO PAULO É AÇÃO", "Þórður sagði að ástæðan væri óþekkt", "© 2024", "é", "½ £100 «x» ¶ §",
        "Smørrebrød på Østerbro", "naïve coöperate façade", "ÄÖÜ", "ééé", "........................... é",
    ],
)  # fmt: skip
@pytest.mark.parametrize("repeat", [1, 30])
def test_an_undeclared_western_page_is_windows_1252(text: str, repeat: int) -> None:
    page = f"<p>{text}</p>" * repeat
    assert decode(page.encode("cp1252"), None)[0] == page


def test_surrogates() -> None:
    assert encode("a\ud83d\ude00b\ud800c")[0] == "a😀b\ufffdc"


def test_nul_is_dropped_with_a_note() -> None:
    document = Document(Page("https://x.example/", b"<h1>a\x00b</h1>"))
    assert document.text == "<h1>ab</h1>"
    assert document.notes == ["charset: NUL characters were dropped"]


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin1", "utf-16", "shift_jis", "idna", "\x00"]))
def test_any_bytes_decode(data: bytes, declared: str | None) -> None:
    encode(decode(data, declared)[0])[1].decode()


@pytest.mark.parametrize("label", ["undefined", "unicode_escape", "utf-7", "idna", "hex"])
def test_labels_that_name_no_character_set_are_ignored(label: str) -> None:
    assert decode(b"Gr\xfc\xdfe", label) == ("Grüße", ["charset: not UTF-8 (byte 2), read as windows-1252"])
