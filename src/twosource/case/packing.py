"""A whole case into a package that it can be made from again, and that a person can read without this program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from twosource.brief import document
from twosource.case.withholding import confidential, policy
from twosource.errors import UsageError
from twosource.export.bag import Bag, bagging, refuse_existing
from twosource.export.crate import METADATA, Contents, metadata, readme
from twosource.model import Brief
from twosource.pipeline import Progress, silent
from twosource.read.custody import path_of
from twosource.store import Store, carried, derived, evidence, known
from twosource.store.carried import Came, Decided, Gone, Happened, Learnt, Led
from twosource.store.decisions import history, in_force
from twosource.store.records import rows_of
from twosource.version import __version__

FORMATS = (
    "1",
    "2",
)  # of packages, named in bag-info.txt: the second has known actors in it, which the first knows nothing of
KNOWN = "actors.jsonl"
SAYS_FORMAT = "Twosource-Package"
_BLOCK = 1_048_576


@dataclass(frozen=True, slots=True)
class Packed:
    """What went into a package, and what the case itself lacked: originals that are gone, accounts that wait."""

    contents: Contents
    gone: int
    waiting: int


def pack(store: Store, out: Path, *, whole: bool, progress: Progress = silent) -> Packed:
    """Write the package: one zip where the name ends so, else a folder; it appears only when it is whole.

    All of it is of one moment. Raises UsageError, unless `whole`, when the case withholds anything or has confidential
    reports: what a case is made from again cannot leave them out.
    """
    refuse_existing(out)
    with store.reads() as c:
        if not whole:
            _refuse_withheld(c)
        with bagging(out) as bag:
            return _fill(c, bag, progress)


def _refuse_withheld(c: Connection) -> None:
    hidden, held = len(confidential(c)), policy(in_force(history(c)))
    if not hidden and not held:
        return
    what = [f"{hidden} confidential report{'s' * (hidden != 1)}"] if hidden else []
    what += ["names that it withholds"] if held else []
    raise UsageError(
        f"the case has {' and '.join(what)}, and a package holds all of a case, or it couldn't be made from it again: "
        "with --whole they go in, and the package must be kept like the case itself; every other format leaves them out"
    )


def _fill(c: Connection, bag: Bag, progress: Progress) -> Packed:
    total = evidence.count(c)
    reports = _write(bag, "reports.jsonl", _told((rows_of(r) for r in carried.reports(c)), total, progress))
    there, gone = _originals(c)
    _write(bag, "custody.jsonl", (_custody(came, there) for came in carried.every(c, Came)))
    forgotten = _write(bag, "forgotten.jsonl", map(asdict, carried.every(c, Gone)))
    decisions = _write(bag, "decisions.jsonl", map(asdict, carried.every(c, Decided)))
    _write(bag, "ids.jsonl", map(asdict, carried.every(c, Led)))
    _write(bag, "news.jsonl", map(asdict, carried.every(c, Happened)))
    learnt = _write(bag, KNOWN, map(asdict, carried.every(c, Learnt))) if known.any_row(c) else 0
    accounts = _write(bag, "accounts.jsonl", accounts_of(c))
    for sha, path in sorted(there.items()):
        with bag.file(_place(sha)) as file, path.open("rb") as f:
            while block := f.read(_BLOCK):
                file.write(block)
        if bag.hash_of(_place(sha)) != sha:
            raise UsageError(f"{path} was changed while it was copied: try again")
    found = Contents(_day(c), reports, decisions, accounts, len(there), forgotten, learnt)
    with bag.file(METADATA) as file:
        file.write(metadata(found, bag.sizes))
    bag.close(_info(found), readme(found))
    return Packed(found, gone, len(derived.waiting_numbers(c)))


def accounts_of(c: Connection) -> Iterator[dict[str, Any]]:
    """The accounts that are kept, each as the contract has a brief of one incident, in the order of their ids."""
    empty = document(Brief(()))
    for name in carried.incident_ids(c):
        record = derived.account(c, name)
        if record is not None:
            yield {**empty, "incidents": [record]}


def line(row: object) -> bytes:
    """A line of JSON; characters that UTF-8 cannot hold are escaped."""
    try:
        return (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")
    except UnicodeEncodeError:
        return (json.dumps(row, separators=(",", ":")) + "\n").encode("ascii")


def _write(bag: Bag, name: str, rows: Iterable[object]) -> int:
    count = 0
    with bag.file(name) as file:
        for row in rows:
            file.write(line(row))
            count += 1
    return count


def _told(rows: Iterable[object], total: int, progress: Progress) -> Iterator[object]:
    for done, row in enumerate(rows, 1):
        yield row
        progress("packing", done, total)


def _originals(c: Connection) -> tuple[dict[str, Path], int]:
    """Where each kept original lies that is as it was when it was read, and how many are not to be had any more."""
    there: dict[str, Path] = {}
    gone: set[str] = set()
    for came in carried.every(c, Came):
        if came.kept is None or came.sha256 is None or came.sha256 in there:
            continue
        path = path_of(Path(came.kept), came.sha256)
        if _sha256(path) == came.sha256:
            there[came.sha256] = path
        else:
            gone.add(came.sha256)
    return there, len(gone - set(there))


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as f:
            return hashlib.file_digest(f, "sha256").hexdigest()
    except OSError:
        return None


def _place(sha: str) -> str:
    return f"originals/{sha[:2]}/{sha}"


def _custody(came: Came, there: dict[str, Path]) -> dict[str, Any]:
    """Where an original lay on this machine says nothing on another: what says something is where it is in the package."""
    row = asdict(came)
    del row["kept"]
    kept = came.kept is not None and came.sha256 in there
    return {**row, "original_file": _place(came.sha256) if kept and came.sha256 else None}


def _day(c: Connection) -> str | None:
    """The latest day that the case itself names: a package has no clock."""
    days = chain(
        (came.read_at for came in carried.every(c, Came)),
        (gone.at for gone in carried.every(c, Gone)),
        (decided.at for decided in carried.every(c, Decided)),
        (happened.at for happened in carried.every(c, Happened)),
        (learnt.at for learnt in carried.every(c, Learnt)),
    )
    latest = max(days, default=None)
    return latest[:10] if latest else None


def _info(found: Contents) -> dict[str, str]:
    said = {
        "External-Description": f"A case of twosource, complete: {found.reports} reports, {found.decisions} decisions, {found.accounts} accounts of incidents",
        "Bag-Software-Agent": f"twosource {__version__}",
        SAYS_FORMAT: FORMATS[bool(found.known)],
    }
    return {**said, "Bagging-Date": found.day} if found.day else said
