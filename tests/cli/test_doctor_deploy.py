"""`newsvane doctor --deploy` says what an unattended machine lacks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.cli.doctor_deploy import examine_deployment, filesystem_of
from flows.cli.findings import Finding
from flows.data_layout import Layout
from flows.settings import SHIPPED_CONFIG
from tests.cli.conftest import Command
from tests.month import free_port

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/srv /srv nfs4 rw 0 0
/dev/sdb1 /srv/fast xfs rw 0 0
"""


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Finding]:
    """The findings on a machine where nothing is right."""
    config = Path(shutil.copytree(SHIPPED_CONFIG, tmp_path / "config"))
    path = config / "newsvane.toml"
    database = f"postgresql+asyncpg://prefect:secret-word@127.0.0.1:{free_port()}/prefect"
    text = path.read_text("utf-8").replace('host = "127.0.0.1"', 'host = "0.0.0.0"')
    path.write_text(text.replace("[prefect]\n", f'[prefect]\nwork_pool = "far"\ndatabase = "{database}"\n'), "utf-8")
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    for name in ("PREFECT_API_URL", "PREFECT_SERVER_API_AUTH_STRING", "PREFECT_SERVER_DATABASE_CONNECTION_URL"):
        monkeypatch.delenv(name, raising=False)
    return {finding.subject: finding for finding in examine_deployment(Layout.at(tmp_path / "data"))}


def test_what_is_wrong_is_named_with_the_fix(found: dict[str, Finding]) -> None:
    assert {name for name, finding in found.items() if finding.ok is False} >= {
        "contact", "access", "database", "Prefect server",
    }  # fmt: skip
    assert found["notices"].ok is None
    assert found["room"].ok is found["open files"].ok is True
    assert "0.0.0.0, without a password" in found["access"].detail
    assert found["database"].detail.startswith("no answer: ")
    assert all(finding.fix for finding in found.values() if finding.ok is not True)
    assert "secret-word" not in repr(found)


def test_a_password_makes_access_right(
    found: dict[str, Finding], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", "reader:word")
    (access,) = [one for one in examine_deployment(Layout.at(tmp_path)) if one.subject == "access"]
    assert access.ok
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", "")
    (access,) = [one for one in examine_deployment(Layout.at(tmp_path)) if one.subject == "access"]
    assert (access.ok, "without a password" in access.detail) == (False, True)


@pytest.mark.parametrize(
    ("folder", "kind"), [("/var/lib", "ext4"), ("/srv/newsvane", "nfs4"), ("/srv/fast/newsvane", "xfs")]
)
def test_the_file_system_is_that_of_the_nearest_mount(folder: str, kind: str) -> None:
    assert filesystem_of(Path(folder), MOUNTS) == kind


def test_the_command_reports_them(newsvane: Command, found: dict[str, Finding], tmp_path: Path) -> None:
    done = newsvane("doctor", "--deploy", "--data", str(tmp_path / "data"))
    assert done.status == 1
    assert "no access: the Prefect server listens on 0.0.0.0, without a password" in done.out
    assert "fix: set server.host to 127.0.0.1" in done.out
    subjects = [line[3:].partition(":")[0] for line in done.out.splitlines() if line[:3] in ("ok ", "-- ", "no ")]
    assert len(subjects) == len(set(subjects)), "each is told once, by the stricter check"
