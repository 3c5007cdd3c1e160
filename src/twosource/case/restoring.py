"""A case made again from its package: the same reports, ids and decisions, and accounts worked out anew from these."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection

from twosource.case.packing import FORMATS, KNOWN, SAYS_FORMAT, accounts_of, line
from twosource.case.settling import settle
from twosource.errors import CaseDamaged, CaseError, UsageError
from twosource.export.bagged import Bagged, unbagged
from twosource.model import Report
from twosource.pipeline import Progress, silent
from twosource.read.custody import path_of
from twosource.settings import Settings
from twosource.store import Store, carried, derived, evidence
from twosource.store.carried import Came, Decided, Gone, Happened, Learnt, Led
from twosource.store.decisions import history

_ORIGINAL = re.compile(r"originals/[0-9a-f]{2}/([0-9a-f]{64})")
_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a package: `other` names incidents whose account came out other than the package has it."""

    reports: int
    decisions: int
    originals: int
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Custody:
    """A line of custody.jsonl."""

    report: str
    sha256: str | None
    original: str | None
    read_at: str
    made_by: str
    original_file: str | None


def restore(
    package: Path, name: str, settings: Settings, *, keep: Path | None = None, progress: Progress = silent
) -> Restored:
    """Make the case of that name from a package; with `keep`, a new folder, its originals are put there.

    Nothing is made before all hashes were compared, and then the reports and decisions at once: a case that is stopped while its accounts
    are worked out goes on with `case add`. Raises UsageError when there is no package or a case is there already,
    CaseDamaged when anything in the package is not as it was written.
    """
    with unbagged(package, settings) as bag:
        _check_format(bag)
        had = _accounts(bag)
        if keep is not None:
            _new_folder(keep)
        try:
            store = Store.create(name, lambda c: evidence_from(c, bag, keep))
        except BaseException:
            if keep is not None:
                shutil.rmtree(keep, ignore_errors=True)
            raise
        originals = len(_originals(bag))
    with store:
        return _settled(store, had, originals, settings, progress)


def _check_format(bag: Bagged) -> None:
    said = bag.info.get(SAYS_FORMAT)
    if said is None:
        raise UsageError(f"{bag.name} is a bag, but no package of a case")
    if said not in FORMATS:
        raise CaseError(
            f"{bag.name} is a package of format {said[:20]!r}, this program knows {FORMATS[-1]}: upgrade with pip install -U twosource"
        )


def evidence_from(c: Connection, bag: Bagged, keep: Path | None = None) -> None:
    """Put into an empty case all that its accounts are made from. Raises CaseDamaged for what no case has written."""
    carried.put_reports(c, _rows(bag, "reports.jsonl", Report))
    carried.put(c, (_came(row, bag, keep) for row in _rows(bag, "custody.jsonl", _Custody)))
    carried.put(c, _rows(bag, "forgotten.jsonl", Gone))
    carried.put(c, _rows(bag, "decisions.jsonl", Decided))
    carried.put(c, _rows(bag, "ids.jsonl", Led))
    carried.put(c, _rows(bag, "news.jsonl", Happened))
    if KNOWN in bag.hashes:
        carried.put(c, _rows(bag, KNOWN, Learnt))
    carried.whole(c)
    if keep is not None:
        _unpack(bag, keep)


def _rows(bag: Bagged, name: str, kind: type[T]) -> Iterator[T]:
    """The records of a file."""
    for number, data in enumerate(bag.lines(name), 1):
        try:
            yield msgspec.convert(json.loads(data), kind)
        except (ValueError, RecursionError) as e:
            raise CaseDamaged(f"{bag.name}: {name}, line {number}: {' '.join(str(e).split())[:200]}") from e


def _came(row: _Custody, bag: Bagged, keep: Path | None) -> Came:
    if row.original_file is not None:
        place = _ORIGINAL.fullmatch(row.original_file)
        if place is None or place[1] != row.sha256 or bag.hashes.get(row.original_file) != row.sha256:
            raise CaseDamaged(f"report {row.report!r}: its original is not the one that it was read from")
    kept = str(keep.resolve()) if keep is not None and row.original_file is not None else None
    return Came(row.report, row.sha256, row.original, kept, row.read_at, row.made_by)


def _originals(bag: Bagged) -> dict[str, str]:
    return {match[1]: name for name in sorted(bag.hashes) if (match := _ORIGINAL.fullmatch(name))}


def _new_folder(keep: Path) -> None:
    try:
        keep.mkdir()
    except OSError as e:
        raise UsageError(f"cannot make {keep} for the originals, which must be a new folder: {e.strerror}") from e  # fmt: skip


def _unpack(bag: Bagged, keep: Path) -> None:
    """Originals into a folder as `case add --keep` makes one, under their hashes."""
    for sha, name in _originals(bag).items():
        place = path_of(keep, sha)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as f:
                f.writelines(bag.blocks(name))
            place.chmod(_READ_ONLY)
        except OSError as e:
            raise UsageError(f"cannot write originals to {keep}: {e.strerror}") from e


def _accounts(bag: Bagged) -> dict[str, str]:
    """A digest of each account in the package, by its incident."""
    found: dict[str, str] = {}
    for number, row in enumerate(_rows(bag, "accounts.jsonl", dict[str, Any]), 1):
        try:
            found[str(row["incidents"][0]["id"])] = _sha(row)
        except (LookupError, TypeError) as e:
            raise CaseDamaged(f"{bag.name}: accounts.jsonl, line {number}: no account of an incident") from e
    return found


def _settled(
    store: Store, had: dict[str, str], originals: int, settings: Settings, progress: Progress
) -> Restored:
    """Work the accounts out, and leave the news and the old ids as the package has them."""
    with store.reads() as c:
        told, led = derived.last_event(c), list(carried.every(c, Led))
    settle(store, settings, progress)
    with store.reads() as c:
        made = {row["incidents"][0]["id"]: _sha(row) for row in accounts_of(c)}
        reports, decisions = evidence.count(c), len(history(c))
    other = tuple(sorted(name for name, sha in had.items() if made.get(name) != sha))
    with store.writes() as c:
        carried.forget_since(c, told)  # nothing happened: the same incidents are there again
        if not other:
            carried.led_again(c, led)
    return Restored(reports, decisions, originals, other)


def _sha(row: dict[str, Any]) -> str:
    """Of the account alone: what made it is said beside it."""
    return hashlib.sha256(line(row["incidents"])).hexdigest()
