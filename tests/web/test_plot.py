"""Charts as files: a picture of the rows, and a page that loads nothing and shows no markup of the data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.settings import SHIPPED_CONFIG, load_settings
from flows.trends.run import run
from flows.web.explorer import Explorer
from flows.web.plot import save_plot
from tests.trends.conftest import Fill

GIVEN = """
insert into dim_tag (tag_id, folded, label) values (1, 'snow', '</script><b>Snow'), (2, 'ice', 'Ice');
insert into dim_source (source_id, name, kind, title, enabled) values (1, 'alpha', 'station', 'A', true);
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-09', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'https://alpha.test/' || n, [], 1, date '2024-01-01' + n::integer from range(0, 9) t(n);
insert into fact_article_tag
select n, tag, 'jsonld', 1, 'x', false from range(0, 9) t(n) cross join range(1, 3) s(tag) where n % tag = 0;
"""


@pytest.fixture
def plot(fill: Fill, tmp_path: Path):  # type: ignore[no-untyped-def]
    layout = fill(GIVEN)

    def drawn(name: str, ending: str, **params: str) -> bytes:
        explorer = Explorer(layout, load_settings(SHIPPED_CONFIG))
        out = tmp_path / f"plot{ending}"
        save_plot(explorer, run(layout, name, params), params, out)
        return out.read_bytes()

    return drawn


def test_pictures(plot) -> None:  # type: ignore[no-untyped-def]
    svg = plot("topic_frequency", ".svg").decode()
    assert svg.startswith("<svg")
    assert "Ice" in svg
    assert "<b>" not in svg
    assert "href=" not in svg
    assert plot("top_topics", ".png").startswith(b"\x89PNG")


def test_a_page_loads_nothing_and_escapes_its_data(plot) -> None:  # type: ignore[no-untyped-def]
    text = plot("topic_frequency", ".html").decode()
    (spec,) = re.findall(r'<script type="application/json" id="spec">(.*?)</script>', text, re.DOTALL)
    assert {row["series"] for row in json.loads(spec)["data"]["values"]} == {"</script><b>Snow", "Ice"}
    assert not re.search(
        r"<(?:script|link|img)[^>]*(?:src|href)=", re.sub(r"<script>.*?</script>", "", text, flags=re.S)
    )
    assert "href" not in spec
    assert "default-src 'none'" in text


def test_what_has_no_chart_is_refused(plot) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ConfigError, match="has no chart"):
        plot("phrase_frequency", ".svg")
