"""Public suites of the field, re-expressed: each case is answered as the suite asks, or a reason is given."""

from __future__ import annotations

from typing import Any

import pytest

from tests.suites import SUITES
from tests.suites.suite import Suite

CASES = [
    pytest.param(suite, name, given, expected, id=f"{suite.name}: {name}")
    for suite in SUITES
    for name, given, expected in suite.cases
]


@pytest.mark.parametrize(("suite", "name", "given", "expected"), CASES)
def test_case(suite: Suite, name: str, given: Any, expected: Any) -> None:
    answer = suite.answer(given)
    assert (answer != expected) if name in suite.differs else (answer == expected), answer


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_every_difference_names_a_case(suite: Suite) -> None:
    names = [name for name, _, _ in suite.cases]
    assert len(names) == len(set(names))
    assert set(suite.differs) <= set(names)
    agreeing, total = suite.count()
    assert agreeing == total - len(suite.differs)
