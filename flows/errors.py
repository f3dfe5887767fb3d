"""The one family of errors, named by what the caller does next."""

from __future__ import annotations


class NewsvaneError(Exception):
    """Root of all expected failures; carries the source and URL it happened at, where there are any."""

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
    """May work later: retry with backoff (timeouts, resets, 429, 5xx, a busy warehouse)."""


class Refused(NewsvaneError):
    """The site said no (robots, terms, 401, 403, 451): leave it alone."""


class Unsafe(NewsvaneError):
    """The guard said no (address, scheme, size, redirect, time): never follow."""


class ShapeError(NewsvaneError):
    """Their page or file is not of the shape we read: keep the bytes, record the outcome."""


class CheckFailed(NewsvaneError):
    """A check at level fail returned rows: do not publish."""


class ConfigError(NewsvaneError):
    """The operator's words were wrong; the message names file, key and the nearest valid key."""


class WarehouseError(NewsvaneError):
    """The warehouse cannot be used as it is: made by a newer version, damaged, or the disk is full."""
