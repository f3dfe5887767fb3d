"""Prints for each suite how many cases are answered as it asks, and the reasons for the others."""

from __future__ import annotations

from tests.suites import SUITES

for suite in SUITES:
    agreeing, total = suite.count()
    print(f"{suite.name}: {agreeing} of {total} ({suite.source})")
    for name, reason in suite.differs.items():
        print(f"  differs: {name}: {reason}")
