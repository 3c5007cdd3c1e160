"""Briefs of the incidents asked for, each a page and a JSON document: briefs/ID.html, briefs/ID.json."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from twosource.brief import to_html, to_json
from twosource.errors import UsageError
from twosource.model import Brief, Refusal
from twosource.scale.incidents import Listed
from twosource.scale.records import whole
from twosource.scale.weighing import Weighing, accounts

__all__ = ["Briefing", "asked_for", "brief", "briefing"]

MANY = 200  # refused inputs that a brief names one by one


@dataclass(frozen=True, slots=True)
class Briefing:
    """An incident whose brief is wanted: how it is weighed, and what the brief says beside it."""

    weighing: Weighing
    refused: tuple[Refusal, ...]
    model: str
    out: Path


def asked_for(found: Sequence[Listed], largest: int, named: Sequence[str]) -> list[int]:
    """The ranks of the incidents that are wanted. Raises UsageError for an id that there is none of."""
    rank = {i.id: n for n, i in enumerate(found)}
    unknown = [name for name in named if name not in rank]
    if unknown:
        raise UsageError(
            f"there is no incident {', '.join(unknown)}: tables/incidents lists those that were found"
        )
    return sorted({*range(min(largest, len(found))), *(rank[name] for name in named)})


def briefing(wanted: Sequence[Weighing], refused: Sequence[Refusal], model: str, out: Path) -> list[Briefing]:
    """One task for each incident; `wanted`: how each is weighed by itself."""
    told = tuple(refused)
    if len(told) > MANY:
        told = (
            Refusal("the archive", f"{len(refused)} inputs could not be read: tables/refused names them"),
        )
    return [Briefing(w, told, model, out) for w in wanted]


def brief(task: Briefing) -> str:
    """Write the brief of an incident in both forms; its id."""
    (account,) = accounts(task.weighing)
    made = Brief(
        accounts=(account,),
        refused=task.refused,
        models=(task.model,),
        inputs_sha256=tuple(sorted(a.report.sha256 or "" for a in account.articles)),
    )
    for ending, data in (("json", to_json(made)), ("html", to_html(made).encode("utf-8"))):
        with whole(task.out / f"{account.id}.{ending}") as part:
            part.write_bytes(data)
    return account.id
