"""A backfill on a cluster on loopback: PostgreSQL, S3, a Dask scheduler and three workers. Whatever is killed, the same
command finishes, and nothing is lost or there twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.settings import Query
from flows.trends.run import run
from flows.warehouse.analyst_query import run_analyst_query
from flows.warehouse.connection import open_writer
from flows.warehouse.fingerprint import Fingerprint, fingerprint
from tests.cluster.machines import Dask, Loader, config_in, dask, kill
from tests.cluster.pages import archive
from tests.deploy.postgres import Postgres, postgres
from tests.fetch.remote.servers import s3_server

pytestmark = pytest.mark.long

OTHER = "s3://archives/other.warc.gz"
FILES = ("s3://archives/one.warc.gz", "s3://archives/two.warc.gz")
OBJECTS = {
    "lake/readme": b"",
    "archives/one.warc.gz": archive("saint-orrin.test", 0, 240),
    "archives/two.warc.gz": archive("saint-orrin.test", 200, 160),  # forty pages of it are in the first one
    "archives/other.warc.gz": archive("millbarrow.test", 0, 60),
}
TRENDS = ("topic_frequency", "topic_share", "top_topics", "origin_share", "posting_rhythm", "tag_coverage")
VIEWS = ("from articles order by all", "from tags order by all", "from stories order by all")
NAMED = (  # without the ids, which are the writer's own
    "select source, url, title, posted_at, origin_kind, first_seen_at from articles order by all",
    "select * exclude (tag_id) from tags order by all",
)


@dataclass
class Cluster:
    """The servers, the folder of the test's files, and the endpoint of S3."""

    catalog: Postgres
    dask: Dask
    endpoint: str
    folder: Path

    @property
    def lake(self) -> str:
        return f"ducklake:postgres:{self.catalog.options}"

    def config(self, name: str, *, is_local: bool = False) -> Path:
        """A config folder, with the lake and the cluster or without."""
        where = (None, None) if is_local else (self.lake, self.dask.address)
        return config_in(self.folder / name, self.endpoint, *where)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "key")
    with postgres() as catalog, s3_server(OBJECTS) as endpoint, dask(tmp_path / "dask", 3) as workers:
        yield Cluster(catalog, workers, endpoint, tmp_path)


def content(layout: Layout) -> Fingerprint:
    with open_writer(layout, print) as connection:
        return fingerprint(connection)


def answers(layout: Layout, views: tuple[str, ...] = VIEWS) -> dict[str, str]:
    """The rows of trends and queries, hashed."""
    found = {name: run(layout, name).rows for name in TRENDS}
    found |= {sql: run_analyst_query(layout, sql, Query()).rows for sql in views}
    assert all(found[name] for name in ("topic_frequency", *views[:2]))
    return {name: sha256(repr(rows).encode()).hexdigest() for name, rows in found.items()}


def test_whatever_is_killed_the_same_command_finishes(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = Layout.at(cluster.folder / "here"), Layout.at(cluster.folder / "there")
    Loader(cluster.config("local", is_local=True), here.data, "backfill", *FILES).ends()
    config = cluster.config("shared")

    killed = Loader(config, there.data, "backfill", *FILES, stop="loading")
    killed.reach("loading")
    kill(killed.process)

    no_scheduler = Loader(config, there.data, "backfill", *FILES, stop="loading")
    no_scheduler.reach("loading")
    cluster.dask.kill()
    no_scheduler.fails(f"Dask scheduler {cluster.dask.address} (`scheduler` under [run])")

    cluster.dask.start(3)
    no_catalog = Loader(config, there.data, "backfill", *FILES, stop="loading,committing")
    no_catalog.reach("loading")
    cluster.dask.kill_worker()
    no_catalog.go_on()
    no_catalog.reach("committing")
    cluster.catalog.kill()
    no_catalog.fails(f"{cluster.lake} (`lake` under [warehouse], or --lake)")

    cluster.catalog.start()
    Loader(config, there.data, "backfill", *FILES).ends()
    assert content(there) == content(here)
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    assert answers(replace(there, lake=cluster.lake)) == answers(there) == answers(here)


def test_two_writers_commit_to_one_lake_at_once(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    config = cluster.config("shared")
    one, other, both = (Layout.at(cluster.folder / name) for name in ("one", "other", "both"))
    Loader(cluster.config("local", is_local=True), both.data, "backfill", FILES[0], OTHER).ends()
    started = [
        Loader(config, layout.data, "backfill", file, stop="committing")
        for layout, file in ((one, FILES[0]), (other, OTHER))
    ]
    for loader in started:
        loader.reach("committing")
    for loader in started:
        loader.ends()
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    assert answers(replace(one, lake=cluster.lake), NAMED) == answers(both, NAMED)
