"""The files in deploy/ name commands, options, settings and paths that exist."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
from ruamel.yaml import YAML

from flows.cli.main import app
from flows.settings import ROOT, Settings

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def check_command(words: list[str]) -> None:
    """Fail unless `newsvane WORDS` is a command with these options."""
    command: Any = typer.main.get_command(app).commands[words[0]]  # type: ignore[attr-defined]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_and_stops_it_politely(path: Path) -> None:
    unit = configparser.ConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path)
    program, *words = unit["Service"]["ExecStart"].split()
    assert program.endswith("/newsvane")
    check_command(words)
    assert unit["Service"]["KillMode"] == "mixed"
    assert unit["Service"]["Restart"]
    document = unit["Unit"]["Documentation"].partition("/opt/newsvane/")[2]
    assert (ROOT / document).exists()


def test_compose_starts_server_worker_and_database() -> None:
    compose = YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text("utf-8"))
    services = compose["services"]
    assert set(services) == {"database", "server", "worker"}
    for name in ("server", "worker"):
        check_command(services[name]["command"])
        assert services[name]["build"]["dockerfile"] == "deploy/Dockerfile"
    assert services["server"]["environment"]["PREFECT_SERVER_DATABASE_CONNECTION_URL"].startswith("postgresql+asyncpg:")
    assert services["server"]["ports"] == ["127.0.0.1:4200:4200", "127.0.0.1:8080:8080"], "for this machine"
    needed = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert needed == set(re.findall(r"^(\w+)=", (DEPLOY / "example.env").read_text("utf-8"), re.MULTILINE))


def test_the_config_of_the_containers_is_valid_and_uses_the_worker() -> None:
    settings = Settings.model_validate(tomllib.loads((DEPLOY / "newsvane.toml").read_text("utf-8")))
    assert settings.prefect.work_pool
    assert settings.server.host == settings.explorer.host == "0.0.0.0"
    assert settings.explorer.address == "http://127.0.0.1:8080"
    assert settings.data == "/data"


def test_the_image_is_built_of_files_that_exist() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = [word for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE) for word in line.split()[:-1]]
    assert {"flows", "sql", "config", "requirements.lock"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    allowed = set(re.findall(r"^!(.+)$", (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8"), re.MULTILINE))
    assert set(copied) == allowed
