"""Archive files made by other tools become one article per page, however often they are loaded."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.pipeline.load import archive_files, load_batches
from flows.settings import Layout
from flows.warehouse.connection import open_writer
from tests.pack_articles import ARTICLES, pack

FIXTURES = Path(__file__).parents[1] / "parse" / "fixtures"


def loaded(layout: Layout, warc: Path, times: int = 1) -> list[str]:
    """The URLs of all articles after loading a file `times` times."""
    for _ in range(times):
        load_batches(layout, [warc], print)
    with open_writer(layout, print) as connection:
        return sorted(url for (url,) in connection.execute("select url from fact_article").fetchall())


def test_an_external_file_loaded_twice_gives_one_article_per_page(tmp_path: Path) -> None:
    lines = []
    for number, page in enumerate(sorted(FIXTURES.glob("*.html"))):
        (tmp_path / f"{number}.gz").write_bytes(gzip.compress(page.read_bytes()))
        url = f"https://example.test/{page.stem}"
        lines.append(json.dumps({"url": url, "html": f"{number}.gz", "crawl_date": "2024-05-03T18:19:08"}))
    (tmp_path / "cases.jsonl").write_text("\n".join(lines), "utf-8")
    warc = tmp_path / "pages.warc.gz"
    urls = pack(warc, tmp_path)
    assert len(urls) >= 2
    assert len(loaded(Layout.at(tmp_path / "data"), warc, times=2)) == len(urls)


def test_a_file_that_is_not_an_archive_is_rejected(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><title>A page</title></html>", "utf-8")
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(page.read_bytes()))
    for path in (page, packed):
        with pytest.raises(ConfigError, match=f"{path.name}.*newsvane parse"):
            archive_files([path])
    with pytest.raises(ConfigError, match="file not found"):
        archive_files([tmp_path / "nowhere.warc"])


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real article pages are in ../shared, which does not exist here")
@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.long)])
def test_each_real_page_is_one_article(tmp_path: Path, step: int) -> None:
    """Every page, or every tenth: some of each suite, and few enough for an everyday test."""
    warc = tmp_path / "articles.warc.gz"
    urls = pack(warc, step=step)
    assert len(urls) > 100
    assert len(loaded(Layout.at(tmp_path / "data"), warc)) == len(urls)
