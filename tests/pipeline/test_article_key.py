"""Article keys: unique per source, and the same however a page was addressed."""

from __future__ import annotations

import pytest

from flows.model import Parsed
from flows.pipeline.article_key import article_key


@pytest.mark.parametrize(
    ("template", "native_id", "url", "key"),
    [
        ("wordpress", "1234", "https://www.one.test/a/", "wordpress:one.test:1234"),
        ("wordpress", "1234", "http://two.test/b/", "wordpress:two.test:1234"),
        ("wordpress", "1234", "http://two.test:8080?p=1234", "wordpress:two.test:8080:1234"),
        ("heartland-2017", "498547261", "https://kq2.test/x-498547261.html", "heartland:498547261"),
        ("heartland-text", "498547261", "https://old.kq2.test/x-498547261.html", "heartland:498547261"),
        ("blox-2021", "ab-12", "https://news.test/article_ab-12.html", "blox:ab-12"),
        ("generic", "7", "https://kxyz.test/7", "generic:kxyz.test:7"),
        ("generic", None, "https://www.kxyz.test/news/7?page=2", "kxyz.test/news/7?page=2"),
        ("generic", None, "http://kxyz.test/news/7?page=2", "kxyz.test/news/7?page=2"),
        (None, None, "https://wwwatch.test/", "wwwatch.test/"),
    ],
)
def test_the_key_names_system_and_host(template: str | None, native_id: str | None, url: str, key: str) -> None:
    assert article_key(Parsed(url=url, template=template, native_id=native_id), url) == key
