"""From what the user names to streams: paths, folders, addresses, standard input."""

from __future__ import annotations

import fnmatch
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.errors import ReportRefused
from twosource.model import Refusal
from twosource.read.dates import instant
from twosource.read.items import Borrowed, Budget, Capture, Item, Source, item
from twosource.settings import Settings

if TYPE_CHECKING:
    from twosource.read.address import Fetcher

IGNORE_FILE = ".twosourceignore"


def is_address(name: str) -> bool:
    """Whether an input is a web address and not a path."""
    return name[:8].lower().startswith(("http://", "https://"))


def items(
    inputs: Iterable[str], settings: Settings, fetcher: Fetcher | None = None
) -> Iterator[Item | Refusal]:
    """A stream for every file or address named, folders walked, in sorted order; what cannot be had is refused."""
    seen: dict[tuple[int, int], str] = {}
    names: set[str] = set()
    for name in sorted(inputs):
        if name in names:
            yield Refusal(name, "given twice: it was read once")
            continue
        names.add(name)
        if is_address(name):
            fetcher = fetcher or _fetcher(settings)
            yield _page(name, fetcher, settings)
        elif name == "-":
            yield item("-", Borrowed(sys.stdin.buffer), _budget(settings))
        elif os.path.isdir(name):  # noqa: PTH112 (a Path raises on names that are too long)
            yield from _folder(Path(name), settings, seen)
        else:
            yield _file(name, settings, seen)


def opened(name: str, settings: Settings) -> Item | Refusal:
    """The stream of one file, or why it cannot be had."""
    return _file(name, settings, {})


def streamed(name: str, source: Source, settings: Settings) -> Item:
    """The stream of something that was opened elsewhere."""
    return item(name, source, _budget(settings))


def _fetcher(settings: Settings) -> Fetcher:
    from twosource.read.address import Fetcher

    return Fetcher(settings)


def _page(name: str, web: Fetcher, settings: Settings) -> Item | Refusal:
    try:
        return fetched(name, web.fetch(name), settings)
    except ReportRefused as e:
        return Refusal(name, e.reason)


def fetched(name: str, got: Capture, settings: Settings) -> Item:
    """The stream of a page that a server handed out."""
    kind, _, rest = (got.header("content-type") or "").partition(";")
    charset = rest.lower().partition("charset=")[2].strip(" \"'") or None
    return item(
        name,
        BytesIO(got.body),
        _budget(settings),
        url=got.url,
        encoding=charset,
        media_type=kind.strip().lower(),
        capture=got,
        seen=instant(got.header("memento-datetime")) or instant(got.header("date")),
    )


def _file(name: str, settings: Settings, seen: dict[tuple[int, int], str]) -> Item | Refusal:
    try:
        path = Path(name)
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            if not stat.S_ISFIFO(info.st_mode):
                return Refusal(
                    name, "neither a file nor a folder: give one of these, or - for standard input"
                )
        elif (info.st_dev, info.st_ino) in seen:
            return Refusal(name, f"the same file as {seen[info.st_dev, info.st_ino]}: it was read once")
        seen[info.st_dev, info.st_ino] = name
        opened = path.open("rb", buffering=0)
    except FileNotFoundError:
        return Refusal(name, "no such file or folder: check the path")
    except (OSError, ValueError) as e:
        return Refusal(name, f"cannot be opened ({getattr(e, 'strerror', None) or e})")
    try:
        return item(name, opened, _budget(settings), path=name if stat.S_ISREG(info.st_mode) else None)
    except OSError as e:
        return Refusal(name, f"cannot be read ({e.strerror or e})")


def _folder(folder: Path, settings: Settings, seen: dict[tuple[int, int], str]) -> Iterator[Item | Refusal]:
    """Every file below the folder; hidden ones and those the ignore file names are left out, links are refused."""
    patterns = _ignored(folder)
    found = False
    errors: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and not _matches(Path(here, f), folder, patterns)
        )
        for linked in [f for f in folders if Path(here, f).is_symlink()]:
            yield Refusal(
                str(Path(here, linked)), "a link to another folder: give that folder itself if it is meant"
            )
        for name in sorted(files):
            path = Path(here, name)
            if name.startswith(".") or _matches(path, folder, patterns):
                continue
            found = True
            if path.is_symlink():
                yield Refusal(str(path), "a link inside a folder: give the file itself if it is meant")
            else:
                yield _file(str(path), settings, seen)
    for e in errors:
        yield Refusal(str(e.filename), f"cannot be opened ({e.strerror})")
    if not found and not errors:
        yield Refusal(str(folder), "a folder without files: give one that holds reports")


def _ignored(folder: Path) -> list[str]:
    try:
        text = (folder / IGNORE_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [
        line.strip().rstrip("/") for line in text.splitlines() if line.strip() and not line.startswith("#")
    ]


def _matches(path: Path, folder: Path, patterns: list[str]) -> bool:
    inside = path.relative_to(folder).as_posix()
    return any(
        fnmatch.fnmatchcase(inside, p.lstrip("/")) or fnmatch.fnmatchcase(path.name, p) for p in patterns
    )


def _budget(settings: Settings) -> Budget:
    return Budget(settings.max_files, settings.max_unpacked_bytes)
