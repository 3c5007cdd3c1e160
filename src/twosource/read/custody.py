"""Custody: originals kept under the hash of their bytes, and a record of what came from where and when.

A record is a line of JSON that holds the hash of the line before it, so that none can be changed or taken out unseen.
Only here is it written when something was read: reports carry no clock.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from twosource.errors import UsageError
from twosource.model import Refusal, Report
from twosource.read.address import Fetcher
from twosource.read.identity import Register
from twosource.read.items import Item, item
from twosource.read.parallel import Pages
from twosource.read.reading import admitted, reports_of
from twosource.read.sources import items
from twosource.read.webarchives import captured
from twosource.settings import Settings

RECORD = "custody.jsonl"
ORIGINALS = "originals"
START = "0" * 64  # what the first record names as the one before it


def keep(
    inputs: Iterable[str], folder: Path, settings: Settings, *, version: str, fetcher: Fetcher | None = None
) -> Iterator[Report | Refusal]:
    """Read as `read` does, and store each original in the folder before anything is made of it.

    A page that was fetched is stored as its body and as a WARC file with the server's answer.
    Raises UsageError when the folder cannot be written.
    """
    register = Register()
    store = Store(folder, version)
    with Pages(settings) as pages:
        for source in items(inputs, settings, fetcher):
            if isinstance(source, Refusal):
                yield source
                continue
            try:
                sha = store.add(source)
            except OSError as e:
                raise UsageError(f"cannot keep originals in {folder}: {e.strerror or e}") from e
            seen: list[dict[str, str | None]] = []
            for found in pages.ordered(reports_of(store.reopen(sha, source), settings, pages)):
                answer = admitted(found, register, settings)
                if isinstance(answer, Report):
                    seen.append({"id": answer.id, "sha256": answer.sha256, "original": answer.original})
                yield answer
            store.record(sha, source, seen)


class Store:
    """A folder of originals, each under its hash and never written twice, and their record."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version
        try:
            (folder / ORIGINALS).mkdir(parents=True, exist_ok=True)
            self._last = _last(folder / RECORD)
        except OSError as e:
            raise UsageError(f"cannot keep originals in {folder}: {e.strerror or e}") from e

    def add(self, source: Item) -> str:
        """The hash of the stream's bytes, which now lie in the folder."""
        digest = hashlib.sha256()
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".part-", delete=False) as part:
            try:
                while chunk := source.stream.read(1_048_576):
                    digest.update(chunk)
                    part.write(chunk)
                part.flush()
                os.fsync(part.fileno())
                self._settle(Path(part.name), digest.hexdigest())
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
        return digest.hexdigest()

    def _settle(self, part: Path, sha: str) -> None:
        place = path_of(self._folder, sha)
        place.parent.mkdir(exist_ok=True)
        if place.exists():
            part.unlink()
            return
        part.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        part.rename(place)

    def reopen(self, sha: str, source: Item) -> Item:
        """The same item, read from its kept copy."""
        place = path_of(self._folder, sha)
        opened = place.open("rb", buffering=0)
        return item(
            source.name,
            cast("Any", opened),
            source.budget,
            url=source.url,
            encoding=source.encoding,
            media_type=source.media_type,
            seen=source.seen,
            path=str(place),
        )

    def record(self, sha: str, source: Item, reports: list[dict[str, str | None]]) -> None:
        """Add a line that says what was read, from where, when and by which version."""
        size = path_of(self._folder, sha).stat().st_size
        row: dict[str, object] = {
            "sha256": sha,
            "bytes": size,
            "input": source.name,
            "url": source.url,
            "read_at": _now(),
            "version": self._version,
        }
        if source.capture is not None:
            row["warc_sha256"] = self.add(
                item("capture", BytesIO(captured(source.capture, str(row["read_at"]))), source.budget)
            )
        line = (
            json.dumps(row | {"reports": reports, "before": self._last}, ensure_ascii=False).encode() + b"\n"
        )
        with (self._folder / RECORD).open("ab") as f:
            f.write(line)
            f.flush()
            os.fsync(f.fileno())
        self._last = hashlib.sha256(line).hexdigest()


def verify(folder: Path) -> list[str]:
    """Everything that no longer is as it was kept, a line each; empty when all is well.

    Raises UsageError when there is no record in the folder.
    """
    try:
        lines = (folder / RECORD).read_bytes().splitlines(keepends=True)
    except OSError as e:
        raise UsageError(
            f"{folder} is no folder that originals were kept in: {RECORD} cannot be read ({e.strerror})"
        ) from e
    problems: list[str] = []
    known: dict[str, str] = {}
    before = START
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            told = (row["sha256"], row["input"], row["before"])
        except (ValueError, KeyError, TypeError):
            problems.append(f"{RECORD}:{number}: not a record any more")
            before = hashlib.sha256(line).hexdigest()
            continue
        if told[2] != before:
            problems.append(f"{RECORD}:{number}: the record before it was changed, added or taken out")
        before = hashlib.sha256(line).hexdigest()
        known[str(told[0])] = str(told[1])
        if row.get("warc_sha256"):
            known[str(row["warc_sha256"])] = f"capture of {told[1]}"
    return problems + _changed(folder, known)


def _changed(folder: Path, known: dict[str, str]) -> list[str]:
    problems = []
    for sha, name in sorted(known.items(), key=lambda pair: pair[1]):
        place = path_of(folder, sha)
        try:
            with place.open("rb") as f:
                actual = hashlib.file_digest(f, "sha256").hexdigest()
        except OSError as e:
            problems.append(f"{name}: its original {sha} cannot be read ({e.strerror})")
            continue
        if actual != sha:
            problems.append(f"{name}: its original was changed: it was {sha}, it is {actual}")
    for place in sorted((folder / ORIGINALS).glob("*/*")):
        if place.name not in known:
            problems.append(f"{place.relative_to(folder)}: lies among the originals without a record")
    return problems


def path_of(folder: Path, sha: str) -> Path:
    """Where an original lies."""
    return folder / ORIGINALS / sha[:2] / sha


def _last(record: Path) -> str:
    """The hash of the record's last line."""
    with contextlib.suppress(FileNotFoundError), record.open("rb") as f:
        for line in deque(f, maxlen=1):
            return hashlib.sha256(line).hexdigest()
    return START


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
