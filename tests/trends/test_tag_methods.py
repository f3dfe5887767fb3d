"""Topics by tags carried within a story and by rules: off by default, each by its own name, an article once."""

from __future__ import annotations

import duckdb
import pytest

from flows.data_layout import Layout
from flows.trends.run import run
from tests.trends.conftest import Fill
from tests.trends.test_cases import CASES

# Article 1 at alpha is tagged, its copy 2 at beta is not; 3 is a copy with a tag of its own; 4 to 7 have no tag:
# 4 names a fire in its body, 5 in its summary, before the rule counts; 6 within a word; the body of 7 is private.
GIVEN = """
insert into fact_source_day
select source, d::date, 3, 3, 5, 0, 0, 0, true
from generate_series(date '2023-12-20', date '2024-01-08', interval 1 day) t(d) cross join (values (1), (2)) s(source);
insert into fact_article (
    article_id, source_id, article_key, url, title, summary, authors, revisions, posted_date, first_seen_date
)
select n, if(n = 2, 2, 1), n::text, 'http://alpha.test/' || n, 'News', if(n = 5, 'A House-Fire downtown', null), [], 1,
if(n = 5, date '2024-01-05', date '2024-01-07'), date '2024-01-08'
from range(1, 8) t(n);
insert into fact_article_tag values (1, 2, 'jsonld', 1, 'Fire', false), (1, 4, 'jsonld', 2, 'Weather', true),
(3, 3, 'jsonld', 1, 'Schools', false);
insert into fact_story values (1, 1, 'exact'), (2, 1, 'exact'), (3, 1, 'near'), (4, 4, 'alone');
insert into fact_article_revision
select article_id, 1, null, null, 's', 'first', false, false, false, false, 1 from fact_article;
insert into article_state
select
    n, 's', 'News', null,
    case n when 4 then 'A HOUSE  fire, they said' when 6 then 'a house firefighter' when 7 then null else 'text' end,
    [], [], null, null, 1, null
from range(1, 8) t(n);
insert into topic_rule values
('fire', 'phrase', 'house fire', date '2024-01-06', 'x'), ('snow', 'pattern', 'they s[a-z]+d', null, 'x');
"""


@pytest.fixture
def found(fill: Fill) -> Layout:
    return fill((CASES / "base.sql").read_text("utf-8") + GIVEN)


def counts(layout: Layout, tags: str, **given: str) -> dict[str, int]:
    dates = {"since": "2024-01-05", "until": "2024-01-08", "by": "month", "tags": tags}
    table = run(layout, "topic_frequency", dates | given)
    return dict(zip(table.column("topic"), table.column("known_articles"), strict=True))


def test_each_way_counts_what_it_finds(found: Layout) -> None:
    assert counts(found, "publisher") == {"Fire": 1, "Schools": 1}
    assert counts(found, "story") == {"Fire": 1, "Schools": 1}  # both carried to the copy without a tag
    assert counts(found, "rules") == {"Fire": 1, "Snow": 1}
    assert counts(found, "all") == {"Fire": 3, "Schools": 2, "Snow": 1}
    assert counts(found, "all", source="beta") == {"Fire": 1, "Schools": 1}
    assert counts(found, "rules", topic="fire") == {"Fire": 1}


def test_every_row_says_its_way_and_its_evidence(found: Layout) -> None:
    with duckdb.connect(str(found.published), read_only=True) as connection:
        rows = connection.execute(
            "select article_id, tag, method, is_parent, evidence from article_topics order by all"
        ).fetchall()
    assert rows == [
        (1, "Fire", "publisher", False, None),
        (1, "Weather", "publisher", True, None),
        (2, "Fire", "story", False, "1 copy"),
        (2, "Schools", "story", False, "1 copy"),
        (2, "Weather", "story", True, "1 copy"),
        (3, "Schools", "publisher", False, None),
        (4, "Fire", "rules", False, "house fire"),
        (4, "Snow", "rules", False, "they s[a-z]+d"),
    ]


def test_the_answer_says_by_which_way(found: Layout) -> None:
    since = {"since": "2024-01-05", "until": "2024-01-08"}
    notes = run(found, "top_topics", {**since, "tags": "all"}).footnotes
    told = "2 tagged by the publisher, 1 with tags of a copy, 1 found by a rule"
    assert f"Topics by --tags all; articles: {told}." in notes
    assert not any("--tags" in note for note in run(found, "top_topics", since).footnotes)


@pytest.mark.parametrize("name", ["topic_share", "top_topics", "rising_topics"])
def test_every_trend_with_ways_uses_them(found: Layout, name: str) -> None:
    given = {"until": "2024-01-08", "tags": "rules"}
    given |= {"show": "all", "support": "1"} if name == "rising_topics" else {}
    assert set(run(found, name, given).column("topic")) == {"Fire", "Snow"}
