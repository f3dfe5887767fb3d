"""Rollups by tag agree with the facts: renamed tags and stories count once, parents apart."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from flows.settings import ROOT
from flows.sources import SourceCatalog
from flows.topic_config import TagAlias, Topics
from flows.warehouse.connection import open_reader
from flows.warehouse.dimensions import sync_dimensions
from flows.warehouse.load import refresh_rollups
from tests.trends.conftest import Fill

BASE = (ROOT / "tests" / "sql" / "cases" / "base.sql").read_text("utf-8")
# Articles 1 and 2 are one story, first at beta; 3 is tagged with the old and the new name of one topic.
GIVEN = (
    BASE
    + """
insert into fact_article
(article_id, source_id, article_key, url, authors, revisions, posted_date, posted_local, origin_kind)
values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-02', '2024-01-02 09:00', 'wire'),
(2, 2, 'b', 'http://beta.test/b', [], 1, date '2024-01-02', '2024-01-02 08:00', 'wire'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-03', '2024-01-03 08:00', 'own'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, null, null, 'own');
insert into fact_story values (1, 1, 'exact'), (2, 1, 'exact'), (3, 3, 'alone'), (4, 4, 'alone');
insert into fact_article_tag values
(1, 1, 'jsonld', 1, 'Snow', false), (1, 1, 'tag_box', 1, 'Snow', false), (1, 4, 'jsonld', 2, 'Weather', true),
(1, 3, 'jsonld', 3, 'Schools', false), (2, 1, 'jsonld', 1, 'Snow', false), (1, 5, 'jsonld', 4, 'Blaze', false),
(3, 5, 'jsonld', 1, 'Blaze', false), (3, 2, 'jsonld', 2, 'Fire', false), (4, 2, 'jsonld', 1, 'Fire', false);
"""
)
TAG_DAYS = """
select source_id, label, posted_date, articles, leaf_articles, local_articles, stories, source_stories
from agg_tag_day join dim_tag using (tag_id) order by all
"""
PAIRS = """
select one.label, other.label, agg.articles from agg_tag_pair_month agg
join dim_tag one on one.tag_id = agg.tag_id join dim_tag other on other.tag_id = agg.other_tag_id
where agg.tag_id < agg.other_tag_id order by all
"""
MONTHS = "select label, sum(articles)::bigint from agg_topic_month join dim_tag using (tag_id) group by label"
SECOND, THIRD = date(2024, 1, 2), date(2024, 1, 3)


def test_tags_by_day(fill: Fill) -> None:
    with open_reader(fill(GIVEN)) as connection:
        assert connection.execute(TAG_DAYS).fetchall() == [
            (1, "Blaze", SECOND, 1, 1, 0, 1, 1),
            (1, "Fire", THIRD, 1, 1, 1, 1, 1),
            (1, "Schools", SECOND, 1, 1, 0, 1, 1),
            (1, "Snow", SECOND, 1, 1, 0, 0, 1),
            (1, "Weather", SECOND, 1, 0, 0, 1, 1),
            (2, "Snow", SECOND, 1, 1, 0, 1, 1),
        ]
        assert connection.execute(PAIRS).fetchall() == [
            ("Schools", "Blaze", 1),
            ("Snow", "Blaze", 1),
            ("Snow", "Schools", 1),
        ]


@pytest.mark.parametrize("since", [None, SECOND, date(2024, 1, 4)])
def test_changed_alias_recomputes_its_days(fill: Fill, since: date | None) -> None:
    alias = TagAlias(label="Blaze", means="Fires", since=since, reason="their own new name")
    with duckdb.connect(str(fill(GIVEN).published)) as connection:
        before = connection.execute(TAG_DAYS).fetchall()
        sync_dimensions(connection, SourceCatalog({}, {}), Topics(aliases=(alias,)))
        refresh_rollups(connection)
        after = connection.execute(TAG_DAYS).fetchall()
        renamed = (since or SECOND) <= SECOND
        assert set(after) - set(before) == (
            {(1, "Fires", SECOND, 1, 1, 0, 1, 1), (1, "Fires", THIRD, 1, 1, 1, 1, 1)}
            if renamed
            else {(1, "Blaze", THIRD, 1, 1, 1, 1, 1)}
        )
        assert ("Schools", "Fires", 1) in connection.execute(PAIRS).fetchall() or not renamed
        counted: dict[str, int] = {}
        for row in after:
            counted[row[1]] = counted.get(row[1], 0) + row[3]
        assert dict(connection.execute(MONTHS).fetchall()) == counted
        sync_dimensions(connection, SourceCatalog({}, {}), Topics(aliases=(replace_reason(alias),)))
        assert connection.execute(TAG_DAYS).fetchall() == after


def replace_reason(alias: TagAlias) -> TagAlias:
    """The same alias with another reason: nothing to recompute."""
    return alias.model_copy(update={"reason": "said otherwise"})
