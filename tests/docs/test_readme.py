"""README's "Add a source" and "Add a trend", followed to the letter in a copy of the repository, end in a chart."""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.clone import CONTACT, SITE, at_station, blocks_of, clone_at, follow, set_up, station_on_air


def test_readme_followed_to_the_letter_ends_in_a_chart(tmp_path: Path) -> None:
    """Only the address differs, and the weather service is not asked."""
    clone = clone_at(tmp_path)
    (_, first), (_, source) = blocks_of("README.md", "Add a source")
    ((_, trend),) = blocks_of("README.md", "Add a trend")
    assert source.count(SITE) == first.count(CONTACT) == 1
    assert f'identity.contact = "{CONTACT}"' in set_up(clone, first).stderr
    with station_on_air() as home:
        charted = follow(clone, at_station(source, home))
        tested, _, chart = charted.stdout.partition("Topic frequency\n")
        assert "robots.txt  allows the home page" in tested
        assert re.search(r"[▁▂▃▄▅▆▇█]", chart)
        added = follow(clone, trend)
    assert added.stdout.startswith("Articles by weekday\n")
    assert re.search(r"^[1-7] +█+ \d+$", added.stdout, re.MULTILINE)
    assert "new article" in (clone / "data" / "report.html").read_text("utf-8")  # a refresh publishes and writes it
