"""Only what may work later is tried again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from prefect.states import Failed

from flows.errors import ConfigError, Refused, Transient, Unsafe
from flows.ingest import is_transient, visit_source


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (Transient("slow"), True),
        (Refused("robots"), False),
        (Unsafe("private"), False),
        (ConfigError("key"), False),
        (KeyError("bug"), False),
    ],
)
def test_retries_are_for_transient_errors(error: Exception, again: bool) -> None:
    unused: Any = None
    assert asyncio.run(is_transient(visit_source, unused, Failed(data=error))) is again
    assert visit_source.retry_condition_fn is is_transient
    assert visit_source.retries == 2
