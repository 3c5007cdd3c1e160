"""What a case shows to whom: its confidential reports, and the one policy of names that no output may show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from twosource.case.weighing import account_in, is_kept
from twosource.errors import UsageError
from twosource.model import Account, Evidence, Span
from twosource.redact import Mask, Policy, pattern_of, redacted, words_of
from twosource.settings import Settings
from twosource.store import Store, derived, evidence
from twosource.store.decisions import Decision, history, in_force
from twosource.store.search import Filters, search
from twosource.store.wording import wordings

MOST_ACTORS = 200  # of one name, in a case


def policy(log: Iterable[Decision]) -> Policy:
    """What the decisions in force withhold."""
    names: list[str] = []
    patterns: list[str] = []
    mentions: list[Evidence] = []
    for d in log:
        if d.kind != "redact":
            continue
        written = pattern_of(d.value) if d.value else None
        if written is not None:
            patterns.append(written)
        elif d.value:
            names.append(d.value)
        for anchor in (a for thing in d.things for a in thing):
            if anchor.words is not None:
                names.append(anchor.words)
            elif anchor.report is not None and anchor.start is not None:
                mentions.append(Evidence(anchor.report, Span(anchor.start, anchor.end or anchor.start)))
    return Policy(tuple(sorted(set(names))), tuple(sorted(set(patterns))), tuple(sorted(set(mentions))))


def mask(c: Connection, log: Iterable[Decision]) -> Mask:
    """Covers what the decisions in force withhold in any text of the case, with every name that its accounts give whoever is withheld."""
    held = policy(log)
    names = set(held.names)
    for name in held.names:
        names |= _also_called(c, name)
    return Mask(names, held.patterns)


def _also_called(c: Connection, name: str) -> set[str]:
    """All names of the actors that go by this one."""
    wanted = words_of(name)
    found: set[str] = set()
    if not wanted:
        return found
    hits = search(c, f'"{" ".join(wanted)}"', Filters(nouns=("actor",)), most=MOST_ACTORS)
    for text in wordings(c, sorted({h.id for h in hits})).values():
        names = text.split("\n")
        if any(words_of(n) == wanted for n in names):
            found.update(names)
    return found


def mask_of(store: Store) -> Mask:
    """Covers what the case withholds, in any text of it."""
    with store.reads() as c:
        return mask(c, in_force(history(c)))


def confidential(c: Connection) -> frozenset[str]:
    """The reports that may go into no alert, no export and to no language model."""
    return frozenset(r for d in in_force(history(c)) if d.kind == "confidential" for r in (d.reports or ()))


@dataclass(frozen=True, slots=True)
class Released:
    """An account as it may leave the case, and how many reports were left out of it."""

    account: Account
    left_out: int
    policy: Policy


def released(
    store: Store, name: str, settings: Settings, *, with_confidential: bool = False, unredacted: bool = False
) -> Released | None:
    """The account of an incident without confidential reports and without what the case withholds; None when there is no such incident.

    It is made as if the reports that are left out weren't there: not one figure rests on them. Raises UsageError when none is left.
    """
    with store.reads() as c:
        members, hidden = _hidden(c, name, with_confidential)
        held = policy(in_force(history(c)))
    if not members:
        return None
    account = account_in(store, name, settings, without=hidden)
    if account is None:
        raise UsageError(f"all {len(hidden)} reports of {name} are confidential: nothing is left to show")
    return Released(account if unredacted else redacted(account, held), len(hidden), held)


def at_hand(store: Store, name: str, settings: Settings, *, with_confidential: bool = False) -> bool:
    """Whether that account is kept: to release it, nothing has to be worked out."""
    with store.reads() as c:
        _, hidden = _hidden(c, name, with_confidential)
    return is_kept(store, name, settings, without=hidden)


def _hidden(c: Connection, name: str, with_confidential: bool) -> tuple[frozenset[str], frozenset[str]]:
    """The reports of an incident, and those of them that are left out."""
    name = derived.current(c, name)
    members = frozenset(evidence.ids_of(c, derived.numbers_in(c, [name]).get(name, ())))
    return members, frozenset() if with_confidential else confidential(c) & members
