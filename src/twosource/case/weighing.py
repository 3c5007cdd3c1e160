"""The account of an incident of a case: from its reports, from what was worked out of them before, and from what people decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twosource.brief import document
from twosource.case.annotating import annotated
from twosource.case.ruling import rulings, shaping
from twosource.case.sought import sought
from twosource.clean import clean
from twosource.model import Account, Brief, Incident, Report, Ruling
from twosource.pipeline import account_of
from twosource.redact import suggest
from twosource.reuse import compare
from twosource.settings import Settings
from twosource.store import Store, derived, evidence
from twosource.store.decisions import Decision, history, in_force
from twosource.store.derived import Settled
from twosource.text import digest
from twosource.version import __version__


@dataclass(frozen=True, slots=True)
class Weighed:
    """An incident's account, ready to be written, with what its reports' heads show and who may have to be withheld."""

    settled: Settled
    heads: Mapping[int, tuple[str | None, str | None]]
    suggested: tuple[Mapping[str, Any], ...]


def key_of(members: Sequence[Report], log: Sequence[Decision], settings: Settings) -> str:
    """What an account is made from: it is made again when this changes."""
    return digest(
        __version__,
        settings.model,
        *(digest(r.id, r.text, r.title, r.outlet, r.published) for r in members),
        *(d.id for d in shaping(log, {r.id for r in members})),
    )


def weighed(
    store: Store,
    incident: Incident,
    key: str,
    members: Mapping[int, Report],
    log: Sequence[Decision],
    settings: Settings,
) -> Weighed:
    """The account of these reports, by their numbers."""
    account = weigh(store, incident, list(members.values()), log, settings)
    record = document(Brief((account,)))["incidents"][0]
    number = {r.id: n for n, r in members.items()}
    return Weighed(
        Settled(
            incident.id,
            key,
            incident.why,
            tuple(sorted(members)),
            account.title,
            record["figure"]["outlets"],
            record,
            sought(account),
        ),
        {number[a.id]: (a.outlet, a.published) for a in account.articles},
        tuple(
            {"actor": s.actor, "name": s.name, "kind": s.kind, "why": s.why, "report": s.evidence.report, "start": s.evidence.span.start, "end": s.evidence.span.end}
            for s in suggest(account)
        ),
    )  # fmt: skip


def account_in(
    store: Store, name: str, settings: Settings, *, without: Collection[str] = ()
) -> Account | None:
    """The account of an incident of the case, made again from what is stored, as if the reports `without` weren't there.

    None when there is no such incident, or no report of it is left.
    """
    with store.reads() as c:
        name = derived.current(c, name)
        numbers = derived.numbers_in(c, [name]).get(name, ())
        held = evidence.fetch(c, numbers).values()
        log = in_force(history(c))
    members = [r for r in sorted(held, key=lambda r: r.id) if r.id not in without]
    if not members:
        return None
    return weigh(store, Incident(name, tuple(r.id for r in members)), members, log, settings)


def weigh(
    store: Store, incident: Incident, members: Sequence[Report], log: Sequence[Decision], settings: Settings
) -> Account:
    """The account of these reports as people decided; annotations that were made before are not made again."""
    articles = clean(sorted(members, key=lambda r: r.id))
    annotations = annotated(store, articles, settings)
    return account_of(incident, articles, annotations, compare(articles), _ruled(store, members, log))


def _ruled(store: Store, members: Sequence[Report], log: Sequence[Decision]) -> tuple[Ruling, ...]:
    ids = {r.id for r in members}
    others = {i for d in shaping(log, ids) for i in d.reports or ()} - ids
    if not others:
        return rulings(log, ids)
    with store.reads() as c:
        return rulings(log, ids, evidence.numbers_of(c, sorted(others)))
