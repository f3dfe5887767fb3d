"""The stream of `newsvane parse`: one valid JSON object per line for any input, and a quick start."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import ShapeError
from flows.model import Page
from flows.parse import Context, load_context, parse
from flows.parse.jsonl import instant, page_from_file, stream, to_json

CONTEXT = load_context()
ROOT = Path(__file__).parent.parent.parent
FIELDS = [
    "title", "summary", "authors", "published", "updated", "tags", "body", "section", "lang", "template", "weather",
    "forecast_text", "banners", "alerts", "origin",
]  # fmt: skip


def results(*lines: bytes, source: str | None = None) -> list[Any]:
    out = StringIO()
    stream(lines, out, CONTEXT, source)
    return [json.loads(line, parse_constant=pytest.fail) for line in out.getvalue().splitlines()]


CLOSED = (
    '<p class="timestamp">UPDATED FRIDAY, JAN 12 AT 5:10 AM</p>'
    '<b class="orgname">Oak &amp; Elm</b><i class="status">{}</i>'
)


def test_a_closings_list_is_read_by_its_purpose() -> None:
    ask = {
        "id": "k", "url": "https://kq2.com/closings", "html": CLOSED.format("Closed today through Saturday"),
        "captured_at": "2024-01-12T12:00:00Z", "source": "kqtv", "purpose": "closings",
    }  # fmt: skip
    (found,) = results(json.dumps(ask).encode())
    assert found == {
        "id": "k",
        "url": "https://kq2.com/closings",
        "closings": {
            "state": "populated",
            "updated_at": "2024-01-12T05:10:00-06:00",
            "rows": [
                {
                    "organisation": "Oak & Elm",
                    "status": "Closed today through Saturday",
                    "effective_date": "2024-01-12",
                    "further_dates": ["2024-01-13"],
                }
            ],
            "notes": [],
        },
    }


def test_bytes_that_are_no_text_come_as_base64() -> None:
    body = '<meta charset="windows-1252"><h1>Caf\xe9 opens</h1>'.encode("latin-1")
    (found,) = results(json.dumps({"id": 1, "html_base64": base64.b64encode(body).decode()}).encode())
    assert found["title"] == "Café opens"


@pytest.mark.parametrize("fields", [{"html_base64": "no base64!"}, {"html": "<p>x", "purpose": "weather"}])
def test_a_bad_encoding_or_purpose_is_an_error_of_its_line(fields: dict[str, str]) -> None:
    (found,) = results(json.dumps({"id": 1, **fields}).encode())
    assert found["error"].startswith("ShapeError: key '")


def test_a_page_gives_an_object_with_the_same_id() -> None:
    text = "Fair opens\nPosted: Aug 2, 2019 9:10 PM\n\nThe fair opened on Friday.\n50° wxIcon\nHi: 51° Lo: 40°"
    ask = {"id": 7, "url": "", "text": text, "source": "kqtv", "captured_at": "2019-08-03T03:00:00Z"}
    (found,) = results(json.dumps(ask).encode())
    assert found["id"] == 7
    assert set(FIELDS) <= set(found)
    assert (found["title"], found["published"]) == ("Fair opens", "2019-08-02T21:10:00-05:00")
    assert found["observed_at"] == "2019-08-03T03:00:00+00:00"
    row = {"place": None, "condition": None, "temp_f": 50, "hi_f": 51, "lo_f": 40, "feels_like_f": None, "position": 1}
    assert found["weather"] == [row]


@pytest.mark.parametrize(
    ("line", "page_id"),
    [
        (b"{", None),
        (b"[]", None),
        (b"7", None),
        (b"\xff\xfe", None),
        (b'{"id": "a"}', "a"),
        (b'{"id": "a", "html": 3}', "a"),
        (b'{"id": "a", "html": "x", "url": 3}', "a"),
        (b'{"id": "a", "html": "x", "source": ["kqtv"]}', "a"),
        (b'{"id": "a", "html": "x", "captured_at": "soon"}', "a"),
        (b'{"id": "a", "html": "x", "captured_at": 12}', "a"),
        (b'{"id": NaN, "html": "x"}', None),
        (b'{"id": ["a"], "html": "x"}', None),
        (b"[" * 200_000, None),
    ],
)
def test_an_invalid_line_gives_an_error_and_the_stream_continues(line: bytes, page_id: str | None) -> None:
    bad, good = results(line, b"", b'{"id": "b", "url": "", "html": "<h1>Hi</h1>"}')
    assert set(bad) == {"id", "error"}
    assert bad["id"] == page_id
    assert good["id"] == "b"
    assert "error" not in good


def test_lone_surrogates_and_any_locale_still_give_utf8() -> None:
    raw = BytesIO()
    out = TextIOWrapper(raw, encoding="ascii")
    line = b'{"id": "\\ud800", "url": "http://x/\\udc00", "text": "A \\ud83d\\ude00 \\ud800 title\\nPosted: x"}'
    stream([line, line.replace(b'"text"', b'"html"')], out, CONTEXT)
    for found in raw.getvalue().decode("utf-8").splitlines():
        assert "\U0001f600" in json.dumps(json.loads(found), ensure_ascii=False)


def test_with_html_null_the_text_is_read() -> None:
    (found,) = results(b'{"id": 1, "url": "", "html": null, "text": "A title\\nPosted: Nov 9, 2018 10:47 AM"}')
    assert found["title"] == "A title"


def test_instant_reads_any_offset_and_defaults_to_utc() -> None:
    assert instant("2018-11-09T10:50:00-06:00") == datetime(2018, 11, 9, 16, 50, tzinfo=UTC)
    assert instant("2018-11-09T16:50:00") == datetime(2018, 11, 9, 16, 50, tzinfo=UTC)
    assert instant(None) is None
    with pytest.raises(ShapeError, match="ISO 8601"):
        instant("yesterday")


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"<!doctype html><p>x", "text/html"),
        (b"\xef\xbb\xbf  <p>x", "text/html"),
        ("<p>x</p>".encode("utf-16"), "text/html"),
        ("A headline\nPosted: x".encode("utf-16"), "text/plain"),
        (b"Clear\nA headline\nPosted: x", "text/plain"),
        (b"5 < 6, said the teacher\nPosted: x", "text/plain"),
    ],
)
def test_file_is_html_or_text_by_its_content(tmp_path: Path, body: bytes, media_type: str) -> None:
    file = tmp_path / "page"
    file.write_bytes(body)
    assert page_from_file(file).media_type == media_type


@pytest.mark.parametrize(("body", "message"), [(b"", "empty"), (b" \n", "empty"), (b"\x7fELF\0\0\0\0", "binary")])
def test_empty_or_binary_file_is_a_clear_error(tmp_path: Path, body: bytes, message: str) -> None:
    file = tmp_path / "odd.bin"
    file.write_bytes(body)
    with pytest.raises(ShapeError, match=rf"odd\.bin.*{message}"):
        page_from_file(file)
    with pytest.raises(ShapeError, match="cannot be read"):
        page_from_file(tmp_path / "none")


def test_parser_loads_without_prefect_duckdb_or_network() -> None:
    code = (
        "import sys; import flows.parse.jsonl; "
        "print([m for m in ('prefect', 'duckdb', 'pyarrow', 'requests', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


PIECES = st.sampled_from([
    "<h1>", "</h1>", "<p>", "</p>", "<div id='article'>", "<div id='alertsBar'>", "<div class='cycle-slideshow'>",
    "<div class='wxRotate'>", "<div class='temperature'>", "<div class='hilo'>", "</div>", "<br>", "12° wxIcon", "°",
    "Hi: 16° Lo: 8°", "Hi: 9999999° Lo: °", "Feels Like: −4°", "Saint Joseph", "Overcast", "More Weather", "\n", " ",
    "Posted: Nov 9, 2018 10:47 AM", "Posted: Feb 31, 9999 99:99 AM", "Updated: Nov 9, 2018 10:47 AM", "Posted By:",
    "CLOSINGS: View Closings", "SEVERE WX: - View Alerts", "...WIND ADVISORY...", "* WHAT...x", "* WHEN...From 99 PM",
    "Related Content", "Business, economy and trade", "Misc people", "A sentence.", "(CNN)",
    "ST. JOSEPH, Mo. (KQTV) --", "KQTV Radar", "\x00", "\ud800", "\u202e", "Speech to Text for", "(((a(((",
    "<script type='application/ld+json'>{", "tncms", "wp-content", "media.heartlandtv.com",
])  # fmt: skip
URLS = st.sampled_from([
    "https://www.kq2.com/content/news/A-500000001.html", "https://www.kq2.com/", "", "http://[", "\ud800",
    "https://www.kq2.com/a/b/article_6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a.html",
    "https://www.kq2.com/a/b/article_ffffffff-ffff-1fff-ffff-ffffffffffff.html",
])  # fmt: skip
CAPTURED = st.sampled_from([None, datetime(2018, 11, 9, 18, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=20), max_size=40), URLS, st.sampled_from(["text/html", "text/plain"]), CAPTURED
)
def test_any_content_gives_a_result_that_json_and_utf8_can_hold(
    pieces: list[str], url: str, media_type: str, captured: datetime | None
) -> None:
    page = Page(url, "".join(pieces), media_type, captured_at=captured)
    result = json.dumps(to_json(parse(page, CONTEXT), page), ensure_ascii=False, allow_nan=False)
    assert json.loads(result.encode("utf-8"))["url"] == url.replace("\ud800", "\ufffd")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain"]), st.none() | st.text(max_size=10))
def test_any_bytes_and_charset(body: bytes, media_type: str, charset: str | None) -> None:
    page = Page("https://www.kq2.com/content/news/A-500000001.html", body, media_type, charset)
    json.dumps(to_json(parse(page, Context()), page), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
@pytest.mark.parametrize(
    "body",
    ["<div>" * 300_000, "12° wxIcon\n" * 50_000, "Hi: 1° Lo: 2° " * 60_000, "a " * 500_000, "* WHAT...x<p>" * 20_000,
     "<div class='wxRotate'><div class='city'>" * 20_000, "Posted: " * 100_000, "CLOSINGS: \n" * 50_000],
    ids=["nested", "temps", "one-line", "words", "alerts", "boxes", "posted", "banners"],
)  # fmt: skip
def test_huge_pages_are_read(body: str, media_type: str) -> None:
    page = Page("https://www.kq2.com/content/news/A-500000001.html", body, media_type)
    json.dumps(to_json(parse(page, CONTEXT), page))
