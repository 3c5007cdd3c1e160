"""What people decided: a log that only grows. What holds is derived from it; to undo is to add a line.

Each line holds the digest of the line before it, so that none can be changed or taken out unseen. A decision names what it
is about by ids that never change (reports, statements), so that it survives new reports and other models.
"""

from __future__ import annotations

import json
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
    "split": "these reports are an incident of their own, apart from the rest of theirs",
    "confirm": "what was found here is right",
    "reject": "what was found here is wrong",
    "grade": "how far a source or a piece of information can be relied on (--value A to F, 1 to 6)",
    "note": "something to remember (--value TEXT)",
    "tag": "a word to find it by (--value WORD)",
    "verdict": "what a person found a claim to be (--value TEXT)",
    "confidential": "never in an export, an alert or a language model",
    "undo": "a decision before this one holds no longer",
}


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

    def touches(self, ids: Iterable[str]) -> bool:
        """Whether the decision is about one of these reports or statements."""
        held = set(ids)
        return any(x in held for a in self.anchors for x in a)


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
