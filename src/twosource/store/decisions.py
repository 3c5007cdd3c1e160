"""What people decided: a log that only grows. What holds is derived from it; to undo is to add a line.

Each line holds the digest of the line before it, so that none can be changed or taken out unseen. A decision names what it
is about by ids that never change (reports) and by stretches of reports, so that it survives new reports and other models.

An anchor is a report's id (`r1`), a stretch (`r1:0:12`), a statement with the stretch that it begins at (`s1@r1:0:12`), or,
after a unit separator, words that were found then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from twosource.errors import UsageError
from twosource.store.records import plain
from twosource.store.schema import decisions
from twosource.store.stamp import now
from twosource.text import digest, make_id

START = "0" * 64

KINDS = {
    "merge": "these incidents (actors, claims) are one",
    "split": "these reports are an incident of their own, apart from the rest of theirs; these statements a claim of their own; these mentions (REPORT:START:END) an actor of their own",
    "confirm": "what was found here is right: a difference, that one of two reports copied the other, an origin of a claim (--value WHO)",
    "reject": "what was found here is wrong",
    "grade": "how far a source (--value A to F) or a claim (A to F, 1 to 6, or both: B2) can be relied on",
    "note": "something to remember (--value TEXT)",
    "tag": "a word to find it by (--value WORD)",
    "verdict": "what a person found a claim to be (--value TEXT)",
    "confidential": "never in an export, an alert or a language model",
    "redact": "a name (--value NAME), a pattern (--value /REGEX/) or an actor that no output may show",
    "owners": "whose the outlets are, by a list of a person's",
    "undo": "a decision before this one holds no longer",
}
BY_ID = tuple(k for k in KINDS if k not in ("owners", "undo"))  # taken about ids of the case, one by one

SHAPING = ("merge", "split", "confirm", "reject", "grade", "verdict")  # what an account follows
_WORDS = "\x1f"
_STRETCH = re.compile(r"(?s)(?:(s[0-9a-f]{12})@)?(.*):(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a decision is about: a report, a stretch of one, a statement that begins there; or words that were found then."""

    report: str | None = None  # None where it isn't known: of statements that an early version wrote down
    start: int | None = None
    end: int | None = None
    statement: str | None = None
    words: str | None = None

    def __str__(self) -> str:
        if self.words is not None:
            return _WORDS + self.words
        if self.start is None:
            return self.report or self.statement or ""
        where = f"{self.report}:{self.start}:{self.end}"
        return f"{self.statement}@{where}" if self.statement else where


def anchor(written: str, about: str) -> Anchor:
    """An anchor as it was written down; what stands without a stretch is a report, or a statement where claims are meant."""
    if written.startswith(_WORDS):
        return Anchor(words=written[1:])
    if about in ("incident", "report", "copy"):
        return Anchor(report=written)
    if match := _STRETCH.fullmatch(written):
        return Anchor(match[2], int(match[3]), int(match[4]), match[1])
    return Anchor(statement=written)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what, when and why; `anchors` are the reports or statements that the ids stood for then."""

    id: str
    at: str
    who: str
    kind: str
    targets: tuple[str, ...]
    anchors: tuple[tuple[str, ...], ...]
    value: str | None = None
    why: str | None = None
    undoes: str | None = None
    about: str = ""  # incident | claim | actor | report …

    @property
    def things(self) -> tuple[tuple[Anchor, ...], ...]:
        """What each of the ids stood for."""
        return tuple(tuple(anchor(x, self.about) for x in a) for a in self.anchors)

    @property
    def said(self) -> str | None:
        """The value in a line: of a list only how many rows it has."""
        if self.kind != "owners" or self.value is None:
            return self.value
        rows = self.value.count("\n") - 1
        return f"{rows} outlet{'s' * (rows != 1)}"

    @property
    def reports(self) -> frozenset[str] | None:
        """The reports that it is about; None where an early version wrote down statements alone."""
        found = [a for thing in self.things for a in thing if a.words is None]
        return (
            None if any(a.report is None for a in found) else frozenset(a.report for a in found if a.report)
        )

    def touches(self, ids: Iterable[str]) -> bool:
        """Whether it is about one of these reports, or may be."""
        mine = self.reports
        return mine is None or not mine.isdisjoint(ids)


def decide(
    c: Connection,
    *,
    who: str,
    kind: str,
    about: str = "",
    targets: Sequence[str],
    anchors: Sequence[Sequence[str]] = (),
    value: str | None = None,
    why: str | None = None,
    undoes: str | None = None,
) -> Decision:
    """Add a decision. Raises UsageError for a kind that there is none of, or when what it undoes isn't there or is undone already."""
    if kind not in KINDS:
        raise UsageError(f"there is no decision {kind!r}: {', '.join(KINDS)}")
    if undoes is not None:
        log = history(c)
        if undoes not in {d.id for d in log}:
            raise UsageError(f"there is no decision {undoes!r}: `case history` lists them")
        if any(d.undoes == undoes for d in in_force(log)):
            raise UsageError(f"decision {undoes} is undone already")
    before = _last(c)
    row = {
        "at": now(),
        "who": plain(who),
        "kind": kind,
        "about": about,
        "targets": json.dumps(list(targets)),
        "anchors": json.dumps([list(a) for a in anchors]),
        "value": plain(value),
        "why": plain(why),
        "undoes": undoes,
        "before": before,
    }
    name = make_id("j", *(row[k] for k in sorted(row)))
    c.execute(insert(decisions).values(id=name, **row))
    return _decision(c.execute(select(decisions).where(decisions.c.id == name)).one())


def history(c: Connection) -> list[Decision]:
    """Every decision, in the order in which they were taken."""
    return [_decision(row) for row in c.execute(select(decisions).order_by(decisions.c.n))]


def in_force(log: Iterable[Decision]) -> list[Decision]:
    """The decisions that hold: not undone; a line that undoes holds until it is itself undone."""
    log = list(log)
    gone: set[str] = set()
    for d in reversed(log):  # the last word first: what it undoes says nothing more
        if d.id not in gone and d.undoes is not None:
            gone.add(d.undoes)
    return [d for d in log if d.id not in gone]


def broken_links(c: Connection) -> list[str]:
    """The decisions before which one was changed, added or taken out."""
    problems, before = [], START
    for row in c.execute(select(decisions).order_by(decisions.c.n)):
        if row.before != before:
            problems.append(f"decision {row.id}: the one before it was changed, added or taken out")
        before = _link(row)
    return problems


def _last(c: Connection) -> str:
    row = c.execute(select(decisions).order_by(decisions.c.n.desc()).limit(1)).first()
    return START if row is None else _link(row)


def _link(row: Row[Any]) -> str:
    values = row._asdict()
    return digest(*(values[k] for k in sorted(values) if k != "n"))


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        id=row.id,
        at=row.at,
        who=row.who,
        kind=row.kind,
        targets=tuple(json.loads(row.targets)),
        anchors=tuple(tuple(a) for a in json.loads(row.anchors)),
        value=row.value,
        why=row.why,
        undoes=row.undoes,
        about=row.about,
    )
