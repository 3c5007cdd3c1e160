"""Reports into a case: each is there for good before it is named as added."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from sqlalchemy import Connection

from twosource.case.withholding import confidential as hidden
from twosource.model import Refusal, Report
from twosource.pipeline import Progress, silent
from twosource.read.identity import made_id
from twosource.store import Store, decisions, derived, evidence
from twosource.store.derived import Event

_NUMBERED = re.compile(r"r[0-9a-f]{12}-")  # an id that was made, for one of several reports that are alike
BATCH = 200  # reports that become durable in one step


@dataclass(slots=True)
class Added:
    """What became of everything that was brought, by id; refusals name their input."""

    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def add(
    store: Store,
    found: Iterable[Report | Refusal],
    *,
    batch: int = BATCH,
    kept: str | None = None,
    confidential: str | None = None,
    durable: Callable[[str], None] = lambda _: None,
    progress: Progress = silent,
) -> Added:
    """Put what was read into the case, some reports at a time; `durable` is told each new id once nothing can lose it.

    With `confidential`, the name of who says so, no report of it is ever in the case without being marked.
    """
    added = Added()
    for some in _batches(found, batch):
        brought = [r for r in some if isinstance(r, Report)]
        added.refused += (r for r in some if isinstance(r, Refusal))
        brought = _once(brought)
        with store.writes() as c:
            answers = evidence.admit(c, brought, kept)
            _tell_of_editions(c, answers)
            if confidential is not None:
                _mark(c, answers, confidential)
        for answer in answers:
            if answer.state == "new":
                added.new.append(answer.report)
                durable(answer.report)
            elif answer.state == "known":
                added.known.append(answer.report)
            else:
                added.refused.append(Refusal(answer.report, answer.why))
        progress("adding", len(added.new) + len(added.known), None)
    return added


def _mark(c: Connection, answers: Iterable[evidence.Admission], who: str) -> None:
    """Put on record that these reports are confidential, those that were there already too."""
    marked = hidden(c)
    fresh = [a.report for a in answers if a.state in ("new", "known") and a.report not in marked]
    if fresh:
        ids = list(dict.fromkeys(fresh))
        decisions.decide(
            c, who=who, kind="confidential", about="report", targets=ids, anchors=[[i] for i in ids]
        )


def _once(brought: list[Report]) -> list[Report]:
    """Reports without an id of their own that are alike in everything are one report, however often they were read."""
    held: dict[str, Report] = {}
    for r in brought:
        name = r.id
        if _NUMBERED.match(name) and name.startswith(made := made_id(r)):
            name = made
        held.setdefault(name, r if name == r.id else replace(r, id=name))
    return list(held.values())


def _tell_of_editions(c: Connection, answers: Iterable[evidence.Admission]) -> None:
    derived.tell(
        c,
        [
            Event(
                "",
                "edited",
                f"{a.report} stands where {a.edition_of} stood: the page was edited; both are kept.",
                {"report": a.report, "before": a.edition_of},
            )
            for a in answers
            if a.state == "new" and a.edition_of
        ],
    )


def _batches(found: Iterable[Report | Refusal], size: int) -> Iterator[list[Report | Refusal]]:
    coming = iter(found)
    while some := list(islice(coming, size)):
        yield some
