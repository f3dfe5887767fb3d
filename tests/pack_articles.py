"""Packs the shared real article pages into one WARC file: `python -m tests.pack_articles OUT.warc.gz [FOLDER]`."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "articles"


def pack(out: Path, folder: Path = ARTICLES, step: int = 1) -> list[str]:
    """Write every `step`-th case of `folder`/cases.jsonl as a response record, captured at its crawl date where one is
    known; returns the URLs in the order written. A URL in two suites is written once."""
    lines = (folder / "cases.jsonl").read_text("utf-8").split("\n")  # strings hold U+2028, a line end to splitlines
    cases = [json.loads(line) for line in lines if line]
    pages = {case["url"]: case for case in cases[::step]}
    with out.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, case in pages.items():
            body = gzip.decompress((folder / case["html"]).read_bytes())
            head = StatusAndHeaders(
                "200 OK",
                [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))],
                protocol="HTTP/1.1",
            )
            dated = {"WARC-Date": f"{case['crawl_date'][:10]}T12:00:00Z"} if case.get("crawl_date") else {}
            writer.write_record(
                writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=head, warc_headers_dict=dated)
            )
    return list(pages)


if __name__ == "__main__":
    packed = pack(Path(sys.argv[1]), *map(Path, sys.argv[2:3]))
    print(f"{len(packed)} pages in {sys.argv[1]}")
