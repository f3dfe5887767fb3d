"""Defines all expected errors, named after what the caller does next."""

from __future__ import annotations


class NewsvaneError(Exception):
    """Base class of all expected errors; has the source and URL where it happened, if there are any."""

    def __init__(self, message: str, *, source: str | None = None, url: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.source = source
        self.url = url

    def __str__(self) -> str:
        where = " ".join(part for part in (self.source, self.url) if part)
        return f"{where}: {self.message}" if where else self.message

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.source, self.url)


def _rebuild(kind: type[NewsvaneError], message: str, source: str | None, url: str | None) -> NewsvaneError:
    return kind(message, source=source, url=url)


class Transient(NewsvaneError):
    """May succeed later: retry with backoff (timeouts, resets, 429, 5xx, a busy warehouse)."""


class Refused(NewsvaneError):
    """The site refuses access (robots, terms, 401, 403, 451): do not request it again."""


class Unsafe(NewsvaneError):
    """The guard forbids it (address, scheme, size, redirect, time): never follow."""


class ShapeError(NewsvaneError):
    """A page or file has an unknown shape: keep the bytes, record the outcome."""


class CheckFailed(NewsvaneError):
    """A check of level fail returned rows: do not publish."""


class ConfigError(NewsvaneError):
    """Wrong usage or config; the message names the file, the key and the nearest valid key."""


class NotFound(NewsvaneError):
    """The warehouse holds nothing under the name given; the message has similar names."""


class WarehouseError(NewsvaneError):
    """The warehouse is unusable: created by a newer version, damaged, or the disk is full."""
