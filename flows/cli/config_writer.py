"""Writes config files with tomlkit: values of any text are quoted, comments and order of a file stay as they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from flows.errors import ConfigError
from flows.settings import SHIPPED_CONFIG
from flows.sources import Place
from flows.warehouse.output_file import whole_file


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a config file to set: the keys of its tables and its own, its value before and after. `overwrites`
    says whether a value that a person chose would be lost."""

    path: Path
    keys: tuple[str, ...]
    before: object
    after: object
    overwrites: bool = False

    def describe(self) -> str:
        """The change as one line."""
        name = ".".join(self.keys)
        was = f" (was {_shown(self.before)})" if self.before is not None else ""
        return f"{self.path}: {name} = {_shown(self.after)}{was}"


@dataclass(slots=True)
class ConfigChanges:
    """Changes to the files of one config folder, shown before they are written."""

    folder: Path
    changes: list[Change] = field(default_factory=list)

    def set(self, name: str, keys: tuple[str, ...], value: object, *, is_default: bool = False) -> None:
        """Plan to set a value of the file `name`, unless it has that value; `is_default` says that the value there now
        is not one that a person chose."""
        before = self.value(name, keys)
        if before != value:
            overwrites = before is not None and not is_default and before != _value(_read(SHIPPED_CONFIG / name), keys)
            self.changes.append(Change(self.folder / name, keys, before, value, overwrites))

    def remove(self, name: str, keys: tuple[str, ...]) -> None:
        """Plan to remove a value, if it is there."""
        before = self.value(name, keys)
        if before is not None:
            self.changes.append(Change(self.folder / name, keys, before, None))

    def value(self, name: str, keys: tuple[str, ...]) -> Any:
        """The value of the file now, also of the shipped one that a new folder starts with; None if there is none."""
        path = self.folder / name
        if not path.exists() and name in _STARTING_FILES:
            path = SHIPPED_CONFIG / name
        return _value(_read(path), keys)

    @property
    def overwriting(self) -> list[Change]:
        """The changes that lose a value that a person chose."""
        return [change for change in self.changes if change.overwrites]

    def write(self) -> list[Path]:
        """Write every planned change, each file in one step; returns the files. A new folder starts with the shipped
        settings and no places."""
        start_folder(self.folder)
        files: dict[Path, list[Change]] = {}
        for change in self.changes:
            files.setdefault(change.path, []).append(change)
        for path, changes in files.items():
            document = _document(path)
            for change in changes:
                _apply(document, change)
            _replace(path, tomlkit.dumps(document))
        self.changes.clear()
        return list(files)


_STARTING_FILES = ("newsvane.toml", "sources/nws.toml")


def start_folder(folder: Path) -> None:
    """Make a config folder that can be read: the shipped newsvane.toml and nws.toml, and an empty places.toml, where
    they are missing."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    is_new = not (folder / "newsvane.toml").exists()
    if is_new:
        shutil.copyfile(SHIPPED_CONFIG / "newsvane.toml", folder / "newsvane.toml")
    if not (folder / "places.toml").exists():
        (folder / "places.toml").write_text("# Towns: name, state, county, time zone, position.\n", "utf-8")
    if is_new and not (folder / "sources" / "nws.toml").exists():
        document = _document(SHIPPED_CONFIG / "sources" / "nws.toml")
        document["places"] = []
        _replace(folder / "sources" / "nws.toml", tomlkit.dumps(document))


def place_table(place: Place) -> dict[str, object]:
    """The table of a place in places.toml: the values that are known, in the order of its keys."""
    found = place.model_dump(exclude_none=True)
    found["aliases"] = list(place.aliases)
    return {key: value for key, value in found.items() if value != []}


def write_source(path: Path, values: Mapping[str, object], comments: Iterable[str] = ()) -> None:
    """Write a new source file; `comments` are its first lines. Raises ConfigError if the file exists."""
    if path.exists():
        raise ConfigError(f"{path} already exists: give another name (--name)")
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, source_text(values, comments))


def source_text(values: Mapping[str, object], comments: Iterable[str] = ()) -> str:
    """A source file as TOML text."""
    document = tomlkit.document()
    for comment in comments:
        document.add(tomlkit.comment(" ".join(_printable(comment).split())))
    for key, value in values.items():
        document[key] = value
    return tomlkit.dumps(document)


def _apply(document: tomlkit.TOMLDocument, change: Change) -> None:
    *tables, key = change.keys
    table: Any = document
    for name in tables:
        if name not in table:
            table[name] = tomlkit.table(is_super_table=True)
        table = table[name]
    if change.after is None:
        with suppress(KeyError):
            del table[key]
    elif isinstance(change.after, Mapping):
        inner = tomlkit.table()
        inner.update(change.after)
        table[key] = inner
    else:
        old = table.get(key)
        new = tomlkit.item(change.after)
        if old is not None and hasattr(old, "trivia"):
            new.trivia.comment, new.trivia.comment_ws = old.trivia.comment, old.trivia.comment_ws
        table[key] = new


def _document(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(f"{path}: cannot be read, so it is not changed: {error}") from error


def _read(path: Path) -> Any:
    return _document(path).unwrap()


def _value(table: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if not isinstance(table, dict) or key not in table:
            return None
        table = table[key]
    return table


def _replace(path: Path, text: str) -> None:
    """Replace a file in one step: a reader sees the old or the new one, never a part."""
    with whole_file(path) as fresh:
        fresh.write_text(text, "utf-8")


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_shown(inner)}" for key, inner in value.items()) + " }"
    return "(none)" if value is None else tomlkit.item(value).as_string()


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
