"""Config files are written so that they load again, and keep their comments."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from flows.cli.config_writer import ConfigChanges, place_table, source_text, write_source
from flows.errors import ConfigError
from flows.pipeline.gazetteer import one_town
from flows.settings import load_settings
from flows.sources import load_sources

HOSTILE = 'He said "no" \\ to 😀 \x7f\x1b\n[table]\r\n# end'


def test_any_text_is_quoted_and_read_back() -> None:
    text = source_text({"title": HOSTILE, "feeds": [HOSTILE]}, [HOSTILE])
    assert tomllib.loads(text) == {"title": HOSTILE, "feeds": [HOSTILE]}
    assert text.startswith("# He said")


def test_a_new_folder_starts_with_the_shipped_settings_and_loads(tmp_path: Path) -> None:
    changes = ConfigChanges(tmp_path / "config")
    changes.set("newsvane.toml", ("identity", "contact"), "me@localhost")
    changes.set("places.toml", ("places", "maryville-mo"), place_table(one_town("Maryville, MO").place()))
    assert [change.overwrites for change in changes.changes] == [False, False]
    changes.write()
    assert load_settings(changes.folder).identity.contact == "me@localhost"
    catalog = load_sources(changes.folder)
    assert catalog.places["maryville-mo"].county == "Nodaway"
    assert catalog.by_name("nws").places == ()


def test_comments_and_order_stay(tmp_path: Path) -> None:
    path = tmp_path / "newsvane.toml"
    path.write_text(
        '# top\n[identity]\nuser_agent = "newsvane/0.1" # who\ncontact = "old@localhost" # where\n', "utf-8"
    )
    changes = ConfigChanges(tmp_path)
    changes.set("newsvane.toml", ("identity", "contact"), "new@localhost")
    changes.write()
    assert path.read_text("utf-8") == (
        '# top\n[identity]\nuser_agent = "newsvane/0.1" # who\ncontact = "new@localhost" # where\n'
    )


def test_a_value_that_a_person_chose_is_known_as_one(tmp_path: Path) -> None:
    (tmp_path / "newsvane.toml").write_text('[identity]\ncontact = "old@localhost"\n', "utf-8")
    changes = ConfigChanges(tmp_path)
    changes.set("newsvane.toml", ("identity", "contact"), "old@localhost")
    assert changes.changes == []
    changes.set("newsvane.toml", ("identity", "contact"), "new@localhost")
    assert [change.keys for change in changes.overwriting] == [("identity", "contact")]
    assert '(was "old@localhost")' in changes.overwriting[0].describe()


def test_a_file_is_neither_overwritten_nor_changed_if_it_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "sources" / "town.toml"
    write_source(path, {"title": "T"})
    with pytest.raises(ConfigError, match="already exists"):
        write_source(path, {"title": "U"})
    path.write_text("title = ", "utf-8")
    with pytest.raises(ConfigError, match=r"town\.toml: cannot be read, so it is not changed"):
        ConfigChanges(tmp_path).set("sources/town.toml", ("title",), "U")
    assert path.read_text("utf-8") == "title = "
