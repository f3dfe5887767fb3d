"""Written WARC files: complete, valid and readable by other tools."""

from __future__ import annotations

import base64
import gzip

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from flows.data_layout import Layout
from flows.fetch.archive import warc_reader
from flows.fetch.archive.warc_writer import WarcWriter
from flows.model import Find
from tests.fetch.archive.builders import make_exchange, make_hop, run_twice, write_exchanges
from tests.fetch.sites import (
    STORY,
    page,
    rss,
    run,
    serve,
)


def test_exchanges_are_read_as_they_were_written(tmp_path):
    layout, finds = Layout(tmp_path), (Find("http://news.example.org/9", "feed", "f", 1, "Tïtle \ud800", None),)
    writer = WarcWriter(layout, "demo")
    written = [
        writer.write(make_exchange(1, finds=finds, redirects=("http://a/",), robots_tags=("nofollow",)), [make_hop(1)]),
        writer.write(make_exchange(2, outcome="refused", status=None, attempts=0, reason="robots")),
        writer.write(make_exchange(3), [make_hop(3, gzip.compress(b"packed"), **{"Content-Encoding": "gzip"})]),
    ]
    path = layout.data / (writer.seal() or "")
    read = list(warc_reader.records(path))
    assert [exchange for exchange, _ in read] == written
    assert [found and found.body for _, found in read] == [b"<p>story</p>", None, b"packed"]
    assert read[0][1].captured_at == written[0].requested_at


def test_the_offset_points_at_the_response(tmp_path):
    layout = Layout(tmp_path)
    path = write_exchanges(layout, 3)
    for exchange, _ in warc_reader.records(path):
        with path.open("rb") as file:
            file.seek(exchange.warc_offset)
            record = next(iter(FastIterator(file)))
        assert (str(record.record_type), record.headers["WARC-Target-URI"]) == ("response", exchange.url)
        assert layout.data / exchange.warc_file == path


def test_readable_by_warcio_and_fastwarc_with_valid_digests(tmp_path, capsys):
    files = run_twice(Layout(tmp_path))
    kinds: list[str] = []
    for path in files:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                kinds.append(record.rec_type)
                record.content_stream().read()
        fast = [str(record.record_type) for record in FastIterator(str(path), verify_digests=False)]
        assert fast == kinds[-len(fast) :]

    class Arguments:
        inputs = tuple(str(path) for path in files)
        verbose = False

    checker = Checker(Arguments)
    checker.process_all()
    assert checker.exit_value == 0, capsys.readouterr().out
    assert {"warcinfo", "request", "response", "revisit", "metadata"} == set(kinds)


def test_a_revisit_record_refers_to_the_response_it_repeats(tmp_path):
    first, second = run_twice(Layout(tmp_path))
    dates = {}
    for path in (first, second):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                headers = record.rec_headers
                if record.rec_type == "response":
                    dates[headers["WARC-Target-URI"]] = headers["WARC-Date"]
                if record.rec_type == "revisit" and "story" in headers["WARC-Target-URI"]:
                    assert dates[headers["WARC-Refers-To-Target-URI"]] == headers["WARC-Refers-To-Date"]
                    assert "identical-payload-digest" in headers["WARC-Profile"]


def test_a_metadata_record_does_not_have_the_url_of_the_page(tmp_path):
    for path in run_twice(Layout(tmp_path)):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "metadata":
                    assert record.rec_headers["WARC-Target-URI"].startswith("urn:newsvane:exchange:http")


def test_exchanges_archive_and_messages_contain_no_secrets(tmp_path):
    with serve() as site:
        site.pages["/feed?token=s3cret"] = page("no feed")
        report = run(site, Layout(tmp_path), feeds=(f"{site.url}/feed?token=s3cret",))
        assert site.requests("/feed?token=s3cret") == 1
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in warc_reader.sealed(Layout(tmp_path)))
    assert b"s3cret" not in raw
    assert b"token=REDACTED" in raw
    assert "s3cret" not in " ".join(report.messages)


def test_the_archive_contains_no_secret_of_a_redirect(tmp_path):
    with serve() as site:
        host = site.url.removeprefix("http://")
        site.pages["/feed?token=s3cret"] = page("", status=302, Location=f"http://me:hunter2@{host}/moved?token=s3cret")
        site.pages["/moved?token=s3cret"] = rss(STORY)
        site.pages[STORY] = page("story")
        assert run(site, Layout(tmp_path), feeds=(f"{site.url}/feed?token=s3cret",)).new == 1
        assert site.requests("/moved?token=s3cret") == 1
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in warc_reader.sealed(Layout(tmp_path)))
    assert b"/moved?token=REDACTED" in raw
    assert not any(secret in raw for secret in (b"s3cret", b"hunter2", base64.b64encode(b"me:hunter2")))


def test_the_charset_is_that_of_the_header_or_none(tmp_path):
    with serve(feed=rss(STORY, "/news/story-100002.html")) as site:
        site.pages[STORY] = page("story", "text/html")
        site.pages["/news/story-100002.html"] = page("story", 'text/html; charset="Windows-1252"')
        run(site, Layout(tmp_path))
    read = [pair for path in warc_reader.sealed(Layout(tmp_path)) for pair in warc_reader.records(path)]
    charsets = {found.url[-6]: found.charset for exchange, found in read if exchange.purpose == "article" and found}
    assert charsets == {"1": None, "2": "windows-1252"}
