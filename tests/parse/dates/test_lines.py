"""Date lines cut into labelled pieces."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.parse.dates.lines import Conventions, read_line

CONVENTIONS = Conventions(captured_at=datetime(2024, 5, 6, 12, tzinfo=UTC))
PUBLISHED, UPDATED = False, True


@pytest.mark.parametrize(
    ("line", "stamps"),
    [
        (
            "Published May 3, 2024 | Updated May 5, 2024 8:00 AM",
            [("2024-05-03", PUBLISHED), ("2024-05-05 08:00", UPDATED)],
        ),
        (
            "Aktualisiert: 05.05.2024, 08:30 Uhr | Veröffentlicht: 03.05.2024, 16:09 Uhr",
            [("2024-05-05 08:30", UPDATED), ("2024-05-03 16:09", PUBLISHED)],
        ),
        (
            "3:35 PM May 3, 2024 Updated: 8:00 AM May 5, 2024",
            [("2024-05-03 15:35", PUBLISHED), ("2024-05-05 08:00", UPDATED)],
        ),
        (
            "May 3, 2024 3:35 PM, last updated May 5, 2024 8:00 AM",
            [("2024-05-03 15:35", PUBLISHED), ("2024-05-05 08:00", UPDATED)],
        ),
        (
            "2024.05.03 10:00 입력 | 2024.05.05 11:00 수정",
            [("2024-05-03 10:00", PUBLISHED), ("2024-05-05 11:00", UPDATED)],
        ),
        (
            "입력 2024.05.03 10:00 수정 2024.05.05 11:00",
            [("2024-05-03 10:00", PUBLISHED), ("2024-05-05 11:00", UPDATED)],
        ),
        (
            "Publié le 3 mai 2024 à 10h00, mis à jour le 5 mai 2024 à 11h00",
            [("2024-05-03 10:00", PUBLISHED), ("2024-05-05 11:00", UPDATED)],
        ),
        ("Stand: 05.05.2024", [("2024-05-05", UPDATED)]),
        ("May 5, 2024 (updated)", [("2024-05-05", UPDATED)]),
        ("Published: May 3, 2024|Updated: 22 hours ago", [("2024-05-03", PUBLISHED), ("2024-05-05", UPDATED)]),
        ("May 3, 2024, doors open May 20, 2024 7:00 PM", [("2024-05-03", PUBLISHED)]),
        ("Gala on June 20, 2024", []),
        ("No date", []),
    ],
)
def test_pieces(line: str, stamps: list[tuple[str, bool]]) -> None:
    found = [(stamp.when, stamp.is_update) for stamp in read_line(line, CONVENTIONS)]
    shown = [
        (f"{when.at:%Y-%m-%d}" if when.precision == "day" else f"{when.at:%Y-%m-%d %H:%M}", u) for when, u in found
    ]
    assert shown == stamps
