"""Publishing replaces the snapshot in one step: readers are not blocked, and see whole loads only."""

from __future__ import annotations

import os
import subprocess
import sys

from flows.settings import ROOT, Layout, Publish
from flows.warehouse.connection import open_writer
from flows.warehouse.load import load
from flows.warehouse.publish import publish
from tests.warehouse.conftest import batch, exchange, story

READER = """
import sys
from flows.settings import Layout
from flows.warehouse.connection import open_reader
layout = Layout.at({folder!r})
reads, last = 0, 0
print("reading", flush=True)
while last < {until}:
    with open_reader(layout) as connection:
        articles, revisions, batches = connection.execute(
            "select (select count(*) from fact_article), (select count(*) from fact_article_revision),"
            " (select count(*) from batch)").fetchone()
    assert articles == revisions == batches, (articles, revisions, batches)
    assert articles >= last, (articles, last)
    reads, last = reads + 1, articles
print(reads)
"""


def test_a_reader_in_another_process_sees_no_error_and_no_partial_load(layout: Layout) -> None:
    loads = 15
    with open_writer(layout, print) as connection:
        publish(connection, layout, [])
        reader = subprocess.Popen(
            [sys.executable, "-c", READER.format(folder=str(layout.data), until=loads)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(loads):
            record = (exchange(f"https://kxyz.test/{number}", number), story(number))
            load(connection, str(number), batch(record), "1")
            publish(connection, layout, [], Publish(keep=1, keep_days=0, keep_weeks=0))
    output, errors = reader.communicate(timeout=120)
    assert errors == ""
    assert int(output) >= 2
