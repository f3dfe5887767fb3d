"""Labels for review are found among others that look well, and config about topics is read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.settings import ROOT
from flows.sources import load_topics
from flows.trends.label_review import FINDINGS, review, told
from tests.trends.conftest import Fill

BASE = (ROOT / "tests" / "sql" / "cases" / "base.sql").read_text("utf-8")
GIVEN = (
    BASE
    + """
insert into dim_tag (tag_id, folded, label, facet) values
(11, 'highway patrol', 'Highway Patrol', null), (12, 'highway-patrol', 'highway-patrol', null),
(13, 'election 2020', 'Election 2020', null), (14, 'election 2024', 'Election 2024', null),
(15, 'city council', 'City Council', null), (16, 'city counsil', 'City counsil', null),
(17, 'rail strike', 'Rail strike', 'labor'), (18, 'rail lockout', 'Rail lockout', 'labor');
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2024-01-01' + n::integer from range(1, 41) t(n);
insert into fact_article_tag
select n, 11, 'jsonld', 1, if(n % 2 = 0, 'Highway Patrol', 'HIGHWAY PATROL'), false from range(1, 10) t(n)
union all select n, 12, 'jsonld', 2, 'highway-patrol', false from range(1, 3) t(n)
union all select n, 13, 'jsonld', 3, 'Election 2020', false from range(1, 3) t(n)
union all select n, 14, 'jsonld', 4, 'Election 2024', false from range(1, 3) t(n)
union all select n, 15, 'jsonld', 5, 'City Council', false from range(1, 3) t(n)
union all select n, 16, 'jsonld', 6, 'City counsil', false from range(1, 2) t(n)
union all select n, 17, 'jsonld', 7, 'Rail strike', false from range(1, 6) t(n)
union all select n, 18, 'jsonld', 8, 'Rail lockout', false from range(10, 15) t(n)
union all select n, 1, 'jsonld', 9, 'Snow', false from range(1, 9) t(n)
union all select n, 5, 'jsonld', 9, 'Blaze', false from range(20, 29) t(n);
"""
)

ALIAS = '[[aliases]]\nlabel = "a"\nmeans = "b"\nreason = "x"\n'


def test_labels_that_want_a_look(fill: Fill) -> None:
    layout = fill(GIVEN)
    found = {finding: review(layout, finding, 3, 15).rows for finding in FINDINGS}
    assert found["spelling"] == (
        ("spelling", "Highway Patrol", 9, "highway-patrol", 2, "differ in marks only"),
        ("spelling", "City Council", 2, "City counsil", 1, "differ in 1 letters"),
    )
    assert found["case"] == (
        ("case", "HIGHWAY PATROL", 5, "Highway Patrol", 4, "printed in several ways, counted as one"),
    )
    assert [row[1:5] for row in found["renamed"]] == []
    assert [row[1:3] for row in found["loose"]] == [("Highway Patrol", 9)]
    assert [row[1] for row in found["unused"]] == ["weather"]


def test_a_name_that_ends_where_a_kindred_one_begins(fill: Fill) -> None:
    renamed = GIVEN.replace("'rail lockout', 'Rail lockout'", "'strike on the rails', 'Strike on the rails'")
    rows = review(fill(renamed), "renamed", 3, 15).rows
    assert [row[1:5] for row in rows] == [("Rail strike", 5, "Strike on the rails", 5)]


def test_findings_are_told_with_what_to_do(fill: Fill) -> None:
    layout = fill(GIVEN)
    text = told(review(layout, None, 3, 15), 80)
    assert "[[aliases]]" in text
    assert text.index("Highway Patrol") < text.index("City Council")
    assert told(review(layout, "loose", 99, 15), 80) == "no label wants a look\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[aliases]]\nlabel = "Blaze"\nmeans = "Fire"\n', "aliases.0.reason"),
        ('[[aliases]]\nlabel = "Blaze"\nmeans = "Fire"\nreason = ""\n', "aliases.0.reason"),
        ('[[aliases]]\nlabel = "Blaze"\nmean = "Fire"\nreason = "x"\n', "did you mean 'means'"),
        ('[[aliases]]\nlabel = "Blaze"\nmeans = " BLAZE"\nreason = "x"\n', "'Blaze' is an alias of itself"),
        (
            ALIAS + ALIAS.replace('"a"', '"B"').replace('means = "b"', 'means = "c"'),
            "'a' points to 'b', which is an alias",
        ),
        (
            ALIAS + ALIAS.replace('"a"', '"A"').replace('"b"', '"c"'),
            "'A' has two meanings from the beginning on",
        ),
        ('[facets]\nFire = "event"\nfire = "thing"\n', "'fire' and 'Fire' are the same label"),
        ('[parents]\nFire = ["fire"]\n', "'Fire' is its own parent"),
        (
            '[parents]\nSnow = ["Weather"]\nWeather = ["Nature"]\n',
            "'Snow' has the parent 'Weather' and must also list .* nature",
        ),
        ('[parents]\na = ["b"]\nb = ["a"]\n', "must also list|is its own parent"),
    ],
)
def test_faulty_config_names_file_and_fault(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "topics.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said) as caught:
        load_topics(tmp_path)
    assert "topics.toml" in str(caught.value)


def test_a_label_may_change_its_meaning_twice(tmp_path: Path) -> None:
    one = '[[aliases]]\nlabel = "a"\nmeans = "b"\nsince = 2020-01-01\nreason = "x"\n'
    (tmp_path / "topics.toml").write_text(one + one.replace("2020", "2022").replace('"b"', '"c"'), "utf-8")
    assert [alias.means for alias in load_topics(tmp_path).aliases] == ["b", "c"]
