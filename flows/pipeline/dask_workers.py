"""Hands spans of archive files to the workers of a Dask cluster, through the same interface as a pool of processes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from typing import Any, Final, cast

from flows.errors import ConfigError, Transient

_TIMEOUT_S: Final = 10


@contextmanager
def dask_pool(scheduler: str) -> Iterator[Executor]:
    """An executor whose work is done by the workers of a cluster. A worker that is lost is replaced by another one; a
    span whose workers were lost again and again, and a scheduler that does not answer or is lost, raise Transient with
    the address and the setting. Raises ConfigError if Dask is not installed, or a worker does not find a file."""
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.core import CommClosedError
    except ImportError as error:
        raise ConfigError("runner = \"dask\" needs the package distributed: pip install 'newsvane[dask]'") from error
    where = f"Dask scheduler {scheduler} (`scheduler` under [run])"
    try:
        client = cast(Any, Client)(scheduler, timeout=_TIMEOUT_S, set_as_default=False)
    except OSError as error:
        raise _lost(where, error) from error
    try:
        with client:
            if not client.scheduler_info()["workers"]:
                raise Transient(f"{where}: has no workers: start some with `dask worker {scheduler}`")
            # What a span is, is in its bytes: the same span may be asked for again after an interrupt.
            with client.get_executor(pure=False) as executor:
                yield cast(Executor, executor)
    except KilledWorker as error:
        raise Transient(f"{where}: workers were killed at one file again and again: {error}") from error
    except FileNotFoundError as error:
        raise ConfigError(
            f"{where}: {error.filename} is not found: the data folder must have the same path on all machines"
        ) from error
    except (CommClosedError, ConnectionError, TimeoutError, CancelledError) as error:
        raise _lost(where, error) from error


def _lost(where: str, error: BaseException) -> Transient:
    reason = str(error) or type(error).__name__
    return Transient(f"{where}: does not answer or is lost ({reason}): run the command again to go on")
