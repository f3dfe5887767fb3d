"""Config is read strictly: an error names the file, the key and the nearest valid key."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import ROOT, load_settings
from flows.sources import load_sources
from flows.topic_config import load_topics

SOURCE = 'kind = "station"\ntitle = "T"\nhome = "https://t.example/"\nzone = "America/Chicago"\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "config", tmp_path / "config"))


def test_the_shipped_config_is_valid() -> None:
    assert load_settings().server.port
    assert load_topics().parents
    catalog = load_sources()
    assert not catalog.sources["kqtv"].enabled
    assert "robots" in (catalog.sources["kqtv"].disabled_reason or "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SOURCE + "shedule = '* * * * *'", r"t\.toml: unknown key 'shedule': did you mean 'schedule'"),
        (SOURCE.replace("America/Chicago", "Chicago"), r"key 'zone': 'Chicago' is not an IANA time zone"),
        (SOURCE + "enabled = false", "enabled = false needs a disabled_reason"),
        (SOURCE + 'place = "saint-josef-mo"', "place 'saint-josef-mo' is not in places.toml: did you mean 'saint-jo"),
        (SOURCE.replace("https:", "ftp:"), "home must be an http"),
        (SOURCE + "feeds = 3", "key 'feeds'"),
        (SOURCE + "[[history]]\nsince = 2020-01-01\nsistem = 'blox'", "unknown key 'history.0.sistem': did you mean"),
        ("kind = ", r"t\.toml: not valid TOML"),
        (SOURCE + 'allow_addresses = ["10.0.0.300"]', "allow_addresses"),
    ],
)  # fmt: skip
def test_an_invalid_source_is_explained(config: Path, text: str, message: str) -> None:
    (config / "sources" / "t.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=message):
        load_sources(config)


def test_an_unknown_setting_is_explained(config: Path) -> None:
    path = config / "newsvane.toml"
    path.write_text(path.read_text("utf-8").replace("max_body_bytes", "max_body_byte"), "utf-8")
    with pytest.raises(
        ConfigError, match=r"newsvane\.toml: unknown key 'limits.max_body_byte': did you mean 'max_body_bytes'"
    ):
        load_settings(config)


@pytest.mark.parametrize("key", ["user_agent", "contact"])
@pytest.mark.parametrize("text", ["бот в поле", "news \u2603 vane", "two\\nlines of it"])
def test_what_cannot_be_sent_in_a_header_is_explained(config: Path, key: str, text: str) -> None:
    path = config / "newsvane.toml"
    path.write_text(re.sub(rf'(?m)^{key} = ".*"', lambda _: f'{key} = "{text}"', path.read_text("utf-8")), "utf-8")
    with pytest.raises(ConfigError, match=rf"newsvane\.toml: key 'identity\.{key}': .*User-Agent header"):
        load_settings(config)


def test_a_contact_in_latin_1_is_sent(config: Path) -> None:
    path = config / "newsvane.toml"
    path.write_text(path.read_text("utf-8").replace("please-set-contact@example.org", "José, jose@paper.test"), "utf-8")
    assert load_settings(config).identity.header.encode("latin-1")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="file not found"):
        load_settings(tmp_path)


def test_a_file_that_is_not_utf_8_is_rejected(config: Path) -> None:
    (config / "newsvane.toml").write_bytes(b"\xff\xfe\x00binary")
    with pytest.raises(ConfigError, match="cannot be read as UTF-8"):
        load_settings(config)


def test_sources_are_found_by_name_and_host() -> None:
    catalog = load_sources()
    assert catalog.by_name("kqtv").call_sign == "KQTV"
    found = catalog.by_url("https://www.kq2.com/content/news/x-123456789.html")
    assert found is not None
    assert found.name == "kqtv"
    assert catalog.by_url("https://elsewhere.example/") is None
    with pytest.raises(ConfigError, match="did you mean 'kqtv'"):
        catalog.by_name("kqtb")


def test_a_data_folder_that_duckdb_cannot_write_to_is_named(tmp_path: Path) -> None:
    assert Layout.at(tmp_path / "a #%20&b").data.name == "a #%20&b"
    with pytest.raises(ConfigError, match=r"data folder .*/a\?b: .*choose another folder"):
        Layout.at(tmp_path / "a?b")
