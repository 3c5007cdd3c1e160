"""The account of an incident of a case: from its reports, from what was worked out of them before, and from what people decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from twosource.annotate.passages import analyser
from twosource.brief import document
from twosource.case.annotating import annotated
from twosource.case.owning import key_part, ownership
from twosource.case.ruling import rulings, shaping
from twosource.case.sought import sought
from twosource.clean import clean
from twosource.corroborate import Ownership
from twosource.model import Account, Brief, Incident, Listed, Report, Ruling
from twosource.pipeline import account_of
from twosource.redact import suggest
from twosource.resolve import NO_LISTS, Register, register
from twosource.reuse import compare
from twosource.settings import Settings
from twosource.store import Store, derived, evidence, finished, known
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
    account: Account | None = None
    made_from: str = ""  # the key under which the account is kept


def key_of(
    members: Sequence[Report], log: Sequence[Decision], settings: Settings, listed: Register = NO_LISTS
) -> str:
    """What an account is made from: it is made again when this changes."""
    return digest(
        __version__,
        analyser(settings.model),
        *(digest(r.id, r.text, r.title, r.outlet, r.published) for r in sorted(members, key=lambda r: r.id)),
        *(d.id for d in shaping(log, {r.id for r in members})),
        *key_part(ownership(log), members),
        *(digest(repr(x)) for x in _named(listed, members)),
    )


def _named(listed: Register, members: Iterable[Report]) -> tuple[Listed, ...]:
    """The known actors whose names stand in these reports: the account of these follows no others."""
    return listed.named_in(r.text for r in members)


def weighed(
    store: Store,
    incident: Incident,
    key: str,
    members: Mapping[int, Report],
    log: Sequence[Decision],
    settings: Settings,
) -> Weighed:
    """The account of these reports, by their numbers."""
    with store.reads() as c:
        ruled = _ruled(c, members.values(), log)
        listed = known.registered(c)
    account = _weigh(store, incident, list(members.values()), ruled, settings, ownership(log), listed)
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
        account,
        _made_from(key, ruled),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """An incident that somebody asks for, and from what its account is made."""

    name: str
    members: tuple[Report, ...]
    ruled: tuple[Ruling, ...]
    owners: Ownership
    known: tuple[Listed, ...]  # whose names stand in the members
    key: str
    part: (
        str | None
    )  # which of the incident's accounts it is; None while what is on record for it waits to be settled

    @property
    def made_from(self) -> str:
        return _made_from(self.key, self.ruled)


def account_in(
    store: Store, name: str, settings: Settings, *, without: Collection[str] = ()
) -> Account | None:
    """The account of an incident of the case as if the reports `without` weren't there: as it is kept, else worked out and kept.

    None when there is no such incident, or no report of it is left.
    """
    with store.reads() as c:
        asked = _asked(c, name, settings, without)
        kept = finished.get(c, asked.name, asked.made_from) if asked.part else None
    if not asked.members:
        return None
    if kept is not None:
        return replace(kept, annotations=tuple(annotated(store, kept.articles, settings)))
    incident = Incident(asked.name, tuple(r.id for r in asked.members))
    listed = register(asked.known)
    account = _weigh(store, incident, asked.members, asked.ruled, settings, asked.owners, listed)
    if asked.part:
        with store.writes() as c:
            if (
                _asked(c, asked.name, settings, without) == asked
            ):  # nobody wrote meanwhile, or nothing of this
                finished.put(c, asked.made_from, account, asked.part)
    return account


def is_kept(store: Store, name: str, settings: Settings, *, without: Collection[str] = ()) -> bool:
    """Whether that account is kept, so that it need not be worked out."""
    with store.reads() as c:
        asked = _asked(c, name, settings, without)
        return asked.part is not None and finished.has(c, asked.name, asked.made_from)


def _asked(c: Connection, name: str, settings: Settings, without: Collection[str]) -> _Asked:
    name = derived.current(c, name)
    numbers = derived.numbers_in(c, [name]).get(name, ())
    held = sorted(evidence.fetch(c, numbers).values(), key=lambda r: r.id)
    log = in_force(history(c))
    members = tuple(r for r in held if r.id not in without)
    of_these = finished.ALL if len(members) == len(held) else finished.SOME
    listed = known.registered(c)
    key = key_of(members, log, settings, listed)
    part = None if derived.waits(c, numbers) else of_these
    return _Asked(name, members, _ruled(c, members, log), ownership(log), _named(listed, members), key, part)


def weigh(
    store: Store, incident: Incident, members: Sequence[Report], log: Sequence[Decision], settings: Settings
) -> Account:
    """The account of these reports as people decided, worked out now."""
    with store.reads() as c:
        ruled = _ruled(c, members, log)
        listed = known.registered(c)
    return _weigh(store, incident, members, ruled, settings, ownership(log), listed)


def _weigh(
    store: Store,
    incident: Incident,
    members: Sequence[Report],
    ruled: tuple[Ruling, ...],
    settings: Settings,
    owners: Ownership,
    listed: Register,
) -> Account:
    """Annotations that were made before are not made again."""
    articles = clean(sorted(members, key=lambda r: r.id))
    annotations = annotated(store, articles, settings)
    return account_of(incident, articles, annotations, compare(articles), ruled, owners=owners, known=listed)


def _ruled(c: Connection, members: Iterable[Report], log: Sequence[Decision]) -> tuple[Ruling, ...]:
    ids = {r.id for r in members}
    others = {i for d in shaping(log, ids) for i in d.reports or ()} - ids
    return rulings(log, ids, evidence.numbers_of(c, sorted(others)) if others else ())


def _made_from(key: str, ruled: tuple[Ruling, ...]) -> str:
    """The key of a finished account: a decision means another thing once a report of another incident that it names is forgotten."""
    return digest(key, *(repr(r) for r in ruled))
