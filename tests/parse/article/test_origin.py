"""Who produced an article: each kind of origin, with the rule and the evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.model import Origin, Parsed, Tag
from flows.parse import Context, load_context
from flows.parse.article.origin import Origins, Station, load_origins, read_origin


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context()


def origin(context: Context, *, host: str = "www.kq2.com", **fields: object) -> Origin:
    parsed = Parsed(url=f"https://{host}/content/news/X-500000001.html", **fields)  # type: ignore[arg-type]
    return read_origin(parsed, context.catalog.by_url(parsed.url), context.origins)


@pytest.mark.parametrize(
    ("host", "fields", "kind", "service", "rule"),
    [
        ("www.kq2.com", {"body": "ST. JOSEPH, Mo. (KQTV) -- Hi."}, "own", "KQTV", "station.dateline"),
        ("www.kimt.com", {"body": "ST. JOSEPH, Mo. (KQTV) -- Hi."}, "sister", "KQTV", "station.dateline"),
        ("www.kq2.com", {"body": "TUPELO, Miss. (WTVA) - Hi."}, "sister", "WTVA", "station.dateline"),
        ("unknown.example", {"body": "COLUMBIA, Mo. (KMIZ) Hi."}, "unknown", "KMIZ", "station.dateline"),
        ("www.kq2.com", {"body": "(CNN) -- Hi."}, "wire", "CNN", "cnn.dateline"),
        ("www.kq2.com", {"body": "WASHINGTON (AP) — Hi."}, "wire", "Associated Press", "ap.dateline"),
        ("www.kq2.com", {"body": "LONDON (Reuters) - Hi."}, "wire", "Reuters", "reuters.dateline"),
        ("www.kq2.com", {"body": "(NBC NEWS) Hi."}, "network", "NBC News", "nbc.dateline"),
        ("www.kq2.com", {"authors": ["The Associated Press"]}, "wire", "Associated Press", "ap.byline"),
        ("www.kq2.com", {"authors": ["Ann Lee, CNN"]}, "wire", "CNN", "cnn.byline"),
        ("www.kq2.com", {"authors": ["WTVA Staff"]}, "sister", "WTVA", "station.byline"),
        ("www.kq2.com", {"authors": ["Ann Lee"]}, "own", "KQTV", "own.byline"),
        ("www.kq2.com", {"authors": ["Press Release"]}, "press_release", "Press release", "press-release.byline"),
        (
            "www.kq2.com",
            {"body": "OMAHA (PRNewswire) -- Hi."},
            "press_release",
            "Press release",
            "press-release.dateline",
        ),
        ("www.kq2.com", {"title": "Sponsored: Buy a sofa"}, "sponsored", "Sponsored", "sponsored.title"),
        ("www.kq2.com", {"section": "Sponsored Content"}, "sponsored", "Sponsored", "sponsored.section"),
        ("www.kq2.com", {"authors": ["National Weather Service"]}, "nws", "National Weather Service", "nws.byline"),
        ("www.kq2.com", {"tags": [Tag("Misc people", "tag_block", 1)]}, "wire", "CNN", "cnn.tag_block"),
        ("www.kq2.com", {"tags": [Tag("fair", "meta_keywords", 1)]}, "unknown", None, None),
        ("www.kq2.com", {"body": "The capital (CNNX) and CNN itself."}, "unknown", None, None),
    ],
)
def test_origin(
    context: Context, host: str, fields: dict[str, object], kind: str, service: str | None, rule: str | None
) -> None:
    found = origin(context, host=host, **fields)
    assert (found.kind, found.service, found.rule) == (kind, service, rule)
    assert (found.evidence is None) == (rule is None)


@pytest.mark.parametrize(
    ("shared", "kind"),
    [
        ({"group": "north"}, "sister"),
        ({"owner": "Prairie Media"}, "owner"),
        ({"network": "ABC"}, "network"),
        ({}, "unknown"),
    ],
)
def test_another_stations_article_by_what_the_two_share(shared: dict[str, str], kind: str) -> None:
    rules = Origins(
        stations=(Station(call_sign="KAAA", hosts=("a.example",), **shared), Station(call_sign="KBBB", **shared))
    )
    parsed = Parsed(url="https://www.a.example/1", body="OMAHA, Neb. (KBBB) -- Hi.")
    assert read_origin(parsed, None, rules) == Origin(kind, "KBBB", "station.dateline", "(KBBB)")  # type: ignore[arg-type]


def test_an_agency_named_far_into_an_article_is_not_a_dateline(context: Context) -> None:
    assert origin(context, body="x " * 200 + "(CNN) said so.", authors=["Ann Lee"]).kind == "own"


def test_unknown_key_in_the_rules_names_file_and_nearest_key(tmp_path: Path) -> None:
    (tmp_path / "origins.toml").write_text('[[services]]\nid = "x"\nname = "X"\nkind = "wire"\nbyline = ["X"]\n')
    with pytest.raises(ConfigError, match=r"origins\.toml.*byline.*bylines"):
        load_origins(tmp_path)


def test_without_rules_every_origin_is_unknown() -> None:
    assert read_origin(Parsed(url="http://[", body="(CNN) Hi."), None, Origins()).kind == "unknown"
