"""Finds the archive files that a user names: paths, patterns, folders, lists of them, URLs and months of CC-NEWS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import Final

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.fetch.archive.archive_format import format_of, read_head
from flows.fetch.remote.cc_news import month_files, within
from flows.fetch.remote.filesystems import is_remote
from flows.fetch.remote.remote_files import find_file, find_files
from flows.pipeline.archive_file import ArchiveFile
from flows.pipeline.selection import ALL, Selection
from flows.settings import Settings

_LIST_MARK: Final = "@"
_CONTAINERS: Final = {"tar": (257, b"ustar"), "7z": (0, b"7z\xbc\xaf\x27\x1c"), "RAR": (0, b"Rar!")}
_NAMES: Final = re.compile(r".*\.(w?arc|wacz|wet)(\.(gz|zst|bz2|xz|lz4))?|.*\.warc\.(wet|wat)(\.gz)?", re.IGNORECASE)


def archive_inputs(
    given: Sequence[str], months: Sequence[str], layout: Layout, settings: Settings, selection: Selection = ALL
) -> list[ArchiveFile]:
    """The archive files of what a user named, each once, in the order given; `months` are months of CC-NEWS.

    A folder stands for the archives in it, by name; `@list.txt` for the lines of that file, of which relative paths
    start at its folder. Raises ConfigError for the first name that leads to nothing or to something else, and for a
    host or bucket that config does not allow; Transient where a host does not answer.
    """
    found: dict[str, ArchiveFile] = {}
    for text in _listed(given, Path()):
        if is_remote(text):
            remotes = find_files(text, settings)
            files = [ArchiveFile.of_remote(remote, layout, selection) for remote in remotes]
        else:
            files = [ArchiveFile(path, None, selection) for path in archive_files(_paths(text))]
        found |= {file.name: file for file in files}
    for month in months:
        for url in within(month_files(month, settings), selection.since, selection.until):
            file = ArchiveFile.of_remote(find_file(url, settings), layout, selection)
            found[file.name] = file
    if not found:
        raise ConfigError("give archive files, or a month of CC-NEWS that has some on the days of --since and --until")
    return list(found.values())


def _listed(given: Iterable[str], folder: Path) -> Iterator[str]:
    """What is named, and what the lists among it name."""
    for text in given:
        if text.startswith(_LIST_MARK):
            path = folder / Path(text[1:]).expanduser()
            try:
                lines = path.read_text("utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(f"{path}: cannot be read as a list of files: {error}") from error
            names = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
            if nested := next((name for name in names if name.startswith(_LIST_MARK)), None):
                raise ConfigError(f"{path}: {nested}: a list cannot name another list; give both to the command")
            yield from _listed(names, path.parent)
        else:
            yield text if is_remote(text) else str(folder / Path(text).expanduser())


def _paths(text: str) -> list[Path]:
    """The files of a path, a pattern or a folder."""
    path = Path(text)
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if _NAMES.fullmatch(file.name) and file.is_file())
    elif path.exists() or not has_magic(text):
        return [path]
    else:
        found = [Path(name) for name in sorted(glob(text, recursive=True)) if Path(name).is_file()]  # noqa: PTH207 - absolute patterns too
    if not found:
        raise ConfigError(f"{text}: no archive files there; give WARC, WET, ARC or WACZ files, a folder or a pattern")
    return found


def archive_files(files: Iterable[str | Path]) -> list[Path]:
    """The absolute paths of archive files given by a user; raises ConfigError for the first that is missing or of a
    format that is not read."""
    paths = [Path(file).expanduser().resolve() for file in files]
    for path in paths:
        if not path.is_file():
            raise ConfigError(
                f"{path}: file not found; give WARC, WET, ARC or WACZ files, with or without gzip or zstd"
            )
        if not _is_unicode(path):
            shown = str(path).encode("utf-8", "backslashreplace").decode()
            raise ConfigError(f"{shown}: the name of the file is not UTF-8; rename it")
        if format_of(path) is None:
            raise ConfigError(f"{path}: {_why_unread(path)}")
    return paths


def _is_unicode(path: Path) -> bool:
    """Whether a path is text that the warehouse can store: the name of a file may be any bytes."""
    return not any("\ud800" <= char <= "\udfff" for char in str(path))


def _why_unread(path: Path) -> str:
    """What a file is that holds no archive, and what to do with it."""
    if not path.stat().st_size:
        return "the file is empty; download it again"
    head = read_head(path)
    if not head:
        return "nothing in it can be unpacked; download it again, or unpack it with another program"
    if packer := next((name for name, (at, magic) in _CONTAINERS.items() if head[at:].startswith(magic)), None):
        return f"a {packer} file; unpack it and give the folder"
    words = head.decode("utf-8", "replace").split()
    if words and _NAMES.fullmatch(words[0]):
        return "a list of archive files; unpack it if it is packed, and give it as @FILE"
    if head.lstrip()[:1] == b"<":
        return (
            "a page or an XML file, perhaps the refusal of a download; read a single page with `newsvane parse`, else"
            " download it again"
        )
    return "not a WARC, WET, ARC or WACZ file; read a single page with `newsvane parse`"
