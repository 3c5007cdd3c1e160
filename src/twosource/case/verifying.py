"""Decisions replayed: what they and the reports give must be what is kept."""

from __future__ import annotations

from twosource.brief import document
from twosource.case.knowing import mentioned
from twosource.case.owning import named, ownership
from twosource.case.ruling import shaping
from twosource.case.settling import groups_of
from twosource.case.weighing import account_in, is_kept, weigh
from twosource.errors import CaseDamaged
from twosource.model import Brief, Incident
from twosource.pipeline import Progress, silent
from twosource.settings import Settings
from twosource.store import Store, derived, evidence
from twosource.store.decisions import history, in_force
from twosource.store.soundness import AGAIN, RESTORE, Problem


def replayed(store: Store, settings: Settings, progress: Progress = silent) -> list[Problem]:
    """What the incidents that a decision shapes would be if they were settled now, where that is not what they are.

    What waits to be settled is not wrong yet. Others are not made again: no person had a hand in them.
    """
    with store.reads() as c:
        log = in_force(history(c))
        try:
            owned = named(c, ownership(log)) | mentioned(c)
        except CaseDamaged as e:
            return [Problem(str(e), RESTORE)]
        ids = {r for d in log for r in (d.reports or ())}
        shaped = set(evidence.numbers_of(c, sorted(ids)).values()) if shaping(log, ids) else set()
        about = (shaped | set(owned.values())) - set(derived.waiting_numbers(c))
        if not about:
            return []
        groups, kept = groups_of(c, sorted(about))
    wanted = {i.id: frozenset(i.reports) for i in groups}
    found = [
        Problem(f"incident {i}: its reports are not those that the decisions give", AGAIN, derived=True)
        for i in sorted({*wanted, *kept})
        if wanted.get(i) != kept.get(i)
    ]
    touched = [
        i
        for i in groups
        if i.id in kept and (shaping(log, i.reports) or not owned.keys().isdisjoint(i.reports))
    ]
    for at, incident in enumerate(touched, 1):
        if not _stands(store, incident, settings):
            found.append(
                Problem(
                    f"incident {incident.id}: its account is not what its reports and the decisions give now: it was changed, or another version made it",
                    AGAIN,
                    derived=True,
                )
            )
        progress("replaying", at, len(touched))
    return found


def _stands(store: Store, incident: Incident, settings: Settings) -> bool:
    with store.reads() as c:
        log = in_force(history(c))
        numbers = evidence.numbers_of(c, incident.reports)
        members = list(evidence.fetch(c, sorted(numbers.values())).values())
        kept = derived.account(c, incident.id)
    account = weigh(store, incident, members, log, settings)
    if kept != document(Brief((account,)))["incidents"][0]:
        return False
    return not is_kept(store, incident.id, settings) or account_in(store, incident.id, settings) == account
