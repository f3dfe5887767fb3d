"""Pages of every station template with their edge cases, and the fields expected from each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.parse import Context, load_context, parse
from flows.parse.jsonl import instant, page_from_file, to_json

GOLDEN = Path(__file__).parent.parent / "golden"
SEEDS = Path(__file__).parent.parent.parent.parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def context() -> Context:
    return load_context()


@pytest.mark.parametrize("expectation", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_page_gives_the_expected_fields(expectation: Path, context: Context) -> None:
    expected = json.loads(expectation.read_text("utf-8"))
    given = expected["page"]
    file = next(path for path in GOLDEN.glob(f"{expectation.stem}.*") if path.suffix in (".html", ".txt"))
    page = page_from_file(file, given.get("url"), instant(given.get("captured_at")), given.get("source"))
    found = to_json(parse(page, context), page)
    assert {key: found[key] for key in expected["expect"]} == expected["expect"]
    alerts = expected.get("alerts", [])
    assert [{key: alert[key] for key in want} for alert, want in zip(found["alerts"], alerts, strict=True)] == alerts


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seed page is not beside the repository")
def test_seed_page(context: Context) -> None:
    page = page_from_file(next(SEEDS.glob("000_*.txt")), source="kqtv")
    found = to_json(parse(page, context), page)
    assert found["published"] == "2018-11-09T10:47:00-06:00"
    assert found["updated"] is None
    assert found["published_zone_basis"] == "source_zone"
    assert len(found["tags"]) == 18
    assert found["tags"][0] == "Continents and regions"
    assert found["tags"][-1] == "Unrest, conflicts and war"
    numbers = [[row[key] for key in ("temp_f", "hi_f", "lo_f", "feels_like_f")] for row in found["weather"]]
    assert numbers == [[46, 64, 46, 41], [46, 64, 47, 40], [46, 63, 46, 41], [49, 68, 45, 47], [46, 61, 46, 40]]
    assert [row["place"] for row in found["weather"]] == ["St. Joseph", None, None, None, None]
    assert [row["condition"] for row in found["weather"]] == [None, None, "Partly Cloudy", None, None]
    assert found["observed_at"] is None
    assert [banner["kind"] for banner in found["banners"]] == ["closings"]
    assert (found["origin"]["kind"], found["origin"]["service"]) == ("wire", "CNN")
    paragraphs = found["body"].split("\n\n")
    assert len(paragraphs) == 15
    assert not set(paragraphs) & {*found["tags"], found["title"], found["summary"]}
    assert found["forecast_text"].startswith("A few sprinkles")
