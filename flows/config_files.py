"""Reads a TOML file of config/ into a strict model, and explains what is wrong in it."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from flows.errors import ConfigError


class Strict(BaseModel):
    """A config table: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Strict)


def read_toml(path: Path, model: type[Model], **extra: Any) -> Model:
    """Read one TOML file into a strict model; `extra` are values that are not in the file, such as its name.

    Raises ConfigError for a missing or unreadable file, invalid TOML (with the line), an unknown or invalid key.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: file not found: `newsvane init` makes it") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    try:
        return model.model_validate({**table, **extra})
    except ValidationError as error:
        raise ConfigError(f"{path}: " + "; ".join(explain(model, problem) for problem in error.errors())) from error


def explain(model: type[BaseModel], problem: Any) -> str:
    """One pydantic problem as a readable message, with the nearest valid key for an unknown one."""
    where = ".".join(str(part) for part in problem["loc"]) or "(top level)"
    if problem["type"] != "extra_forbidden":
        return f"key '{where}': {problem['msg'].removeprefix('Value error, ')}"
    known = _fields_at(model, problem["loc"][:-1])
    near = difflib.get_close_matches(str(problem["loc"][-1]), known, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"valid keys: {', '.join(sorted(known))}"
    return f"unknown key '{where}': {hint}"


def _fields_at(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """The valid keys of the table at `loc`, through nested models and lists of models."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            nested = model_in(model.model_fields[part].annotation)
            model = nested or model
    return list(model.model_fields)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field's type holds, also inside a list, a table or an optional value; None if it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := model_in(inner):
            return found
    return None
