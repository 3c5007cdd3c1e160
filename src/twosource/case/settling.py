"""Incidents kept up to date: the groups that new reports touch are settled again from scratch, the others are not touched.

What comes out depends on which reports and decisions there are, never on the order in which they came. Up to FEW reports a case is
grouped as a brief is, all of it; a larger one part by part (`incidents.archive`). Nothing is locked while reports are analysed: what was
worked out is written only if no other program wrote meanwhile, otherwise it is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from twosource.case.annotating import prepare
from twosource.case.comparing import AT_ONCE, KEPT_WRITING, TRIES, alone, compare_some
from twosource.case.decided import Regrouping, regrouped
from twosource.case.likening import catch_up
from twosource.case.news import news
from twosource.case.weighing import Weighed, account_in, key_of, weighed
from twosource.clean import clean
from twosource.errors import CaseError
from twosource.incidents import group
from twosource.incidents.archive import TIE, WAY, Kept
from twosource.incidents.archive import settle as settle_part
from twosource.model import Article, Incident, Report
from twosource.pipeline import Progress, silent
from twosource.resolve import Register
from twosource.reuse import compare
from twosource.settings import Settings
from twosource.store import Store, derived, evidence, finished, known, mastheads, renamed, signs, suggested
from twosource.store.decisions import Decision, history, in_force
from twosource.text import digest

__all__ = ["account_in", "groups_of", "settle"]

WHOLE, PARTS = f"whole {WAY}", f"parts {WAY}"
FEW = 300  # reports up to which the whole case is grouped at once


@dataclass(frozen=True, slots=True)
class _State:
    """What a step starts from, read at one moment."""

    generation: int
    numbers: tuple[int, ...]  # of the part that is settled again
    reports: Mapping[int, Report]
    sketches: Mapping[int, Kept]  # of a case that is grouped part by part
    between: Mapping[tuple[int, int], float]
    had: Mapping[str, tuple[int, ...]]  # incidents of the part, with all their reports
    keys: Mapping[str, str]
    decisions: tuple[Decision, ...]
    whole: bool
    listed: Register  # known actors


def settle(store: Store, settings: Settings, progress: Progress = silent, *, few: int = FEW) -> list[str]:
    """Settle all that waits; the ids of the incidents that changed, in order. Stopped at any point, it goes on where it was."""
    changed: set[str] = set()
    compared: set[int] = set()
    while True:
        with store.reads() as c:
            waiting = derived.waiting_numbers(c)
            other_way = derived.grouped_by(c) not in (None, _way(c, few))
        if other_way:
            _all_again(store, few)
            compared.clear()
            continue
        if not waiting:
            catch_up(store, progress)
            return sorted(changed)
        new = [n for n in waiting if n not in compared]
        for at in range(0, len(new), AT_ONCE):
            compare_some(store, new[at : at + AT_ONCE])
            progress("comparing", min(at + AT_ONCE, len(new)), len(new))
        compared.update(new)
        changed |= _settle_some(store, waiting[:AT_ONCE], settings, progress, few)


def _way(c: Connection, few: int) -> str:
    """How a case of this size is grouped."""
    return WHOLE if evidence.count(c) <= few else PARTS


def _all_again(store: Store, few: int) -> None:
    """A case that has outgrown being grouped at once, shrunk to it, or was grouped by another version, is settled anew, once."""
    with store.writes() as c:
        if derived.grouped_by(c) not in (WHOLE, PARTS):
            signs.drop_all(c)
        derived.wait(c, evidence.all_numbers(c))
        derived.group_by(c, _way(c, few))


def _settle_some(
    store: Store, numbers: Sequence[int], settings: Settings, progress: Progress, few: int
) -> set[str]:
    for _ in range(TRIES):
        with store.reads() as c:
            state = _state(c, numbers, few)
        groups = _groups(state)
        number = {r.id: n for n, r in state.reports.items()}
        fresh = _changed(groups, state, number, settings)
        prepare(store, _articles(fresh, state, number), settings, progress)
        done = []
        for at, (incident, key) in enumerate(fresh, 1):
            members = {number[i]: state.reports[number[i]] for i in incident.reports}
            done.append(weighed(store, incident, key, members, state.decisions, settings))
            progress("weighing", at, len(fresh))
        stay = {g.id for g in groups}
        made = {w.settled.id for w in done}
        old = {i for i in state.had if i not in stay} | {i for i in made if i in state.had}
        with store.writes() as c:
            if derived.generation(c) != state.generation:
                continue
            _write(c, old, done, {n: state.reports[n].id for n in state.numbers})
            derived.settled(c, state.numbers)
            derived.group_by(c, WHOLE if state.whole else PARTS)
        return made
    raise CaseError(KEPT_WRITING)


def _articles(
    fresh: Sequence[tuple[Incident, str]], state: _State, number: Mapping[str, int]
) -> Iterator[list[Article]]:
    """The reports of each incident, cleaned as they are weighed."""
    for incident, _ in fresh:
        yield clean([state.reports[number[i]] for i in sorted(incident.reports)])


def _write(c: Connection, old: set[str], done: Sequence[Weighed], names: Mapping[int, str]) -> None:
    """Put accounts in place of the old ones, with all that is looked up of them, and tell what changed."""
    made = [w.settled for w in done]
    before = {i: a for i in sorted(old) if (a := derived.account(c, i)) is not None}
    derived.tell(c, news(before, made, names))
    derived.put_incidents(c, old, made)
    for w in done:
        if w.account is not None:
            finished.put(c, w.made_from, w.account)
    after = [m.record for m in made]
    current = [t["id"] for a in after if a for noun in ("claims", "actors") for t in a[noun]]
    renamed.put(c, renamed.heirs(before.values(), after), current)
    mastheads.put(c, {n: head for w in done for n, head in w.heads.items()})
    suggested.put(c, old, {w.settled.id: w.suggested for w in done})


def _state(c: Connection, numbers: Sequence[int], few: int) -> _State:
    log = tuple(in_force(history(c)))
    whole = _way(c, few) == WHOLE
    part = evidence.all_numbers(c) if whole else _part(c, numbers, log)
    reports = evidence.fetch(c, part)
    had = derived.numbers_in(c, sorted(set(derived.incidents_of(c, part).values())))
    return _State(
        derived.generation(c),
        tuple(n for n in part if n in reports),
        reports,
        {} if whole else signs.of(c, part),
        {} if whole else signs.odds_within(c, part),
        had,
        derived.keys_of(c, sorted(had)),
        log,
        whole,
        known.registered(c),
    )


def _part(c: Connection, numbers: Sequence[int], log: Iterable[Decision]) -> list[int]:
    """All reports whose incidents these numbers can change: over close pairs, incidents they stand in, and decisions."""
    part = set(numbers)
    about = [
        {r for a in d.anchors for r in a}
        for d in log
        if d.kind in ("merge", "split") and d.about == "incident"
    ]
    tied = [set(evidence.numbers_of(c, sorted(names)).values()) for names in about]
    while True:
        more = set(signs.component(c, sorted(part), TIE))
        more |= {
            n
            for held in derived.numbers_in(
                c, sorted(set(derived.incidents_of(c, sorted(more)).values()))
            ).values()
            for n in held
        }
        for names in evidence.came_with(c, sorted(more)):
            more |= set(evidence.put_together(c, names))
        for held in tied:
            if held & more:
                more |= held
        if more == part:
            return sorted(part)
        part = more


def _groups(state: _State) -> list[Incident]:
    """The incidents of the part, people's decisions applied."""
    if state.whole:
        reports = [state.reports[n] for n in state.numbers]
        found = group(clean(reports), compare([alone(r) for r in reports]))
    else:
        articles = {n: Article(state.reports[n]) for n in state.numbers}  # their sketches say the rest
        found = group([a for a in articles.values() if a.report.incident is not None], [])
        loose = [(a, state.sketches[n]) for n, a in articles.items() if a.report.incident is None]
        name = {n: r.id for n, r in state.reports.items()}
        between = {(name[a], name[b]): value for (a, b), value in state.between.items()}
        found += settle_part(loose, between)
    text = {r.id: digest(r.text) for r in state.reports.values()}
    return regrouped(Regrouping(tuple(found), text), state.decisions)


def groups_of(
    c: Connection, numbers: Sequence[int], few: int = FEW
) -> tuple[list[Incident], dict[str, frozenset[str]]]:
    """The incidents that these reports would be in if they were settled now, and those that are kept, with their reports."""
    state = _state(c, numbers, few)
    kept = {
        i: frozenset(state.reports[n].id for n in ns if n in state.reports) for i, ns in state.had.items()
    }
    return _groups(state), kept


def _changed(
    groups: Sequence[Incident], state: _State, number: Mapping[str, int], settings: Settings
) -> list[tuple[Incident, str]]:
    """The incidents whose account isn't of exactly these reports and decisions, each with the key of its account."""
    fresh = []
    for incident in sorted(groups, key=lambda i: i.id):
        key = key_of(
            [state.reports[number[i]] for i in incident.reports], state.decisions, settings, state.listed
        )
        if state.keys.get(incident.id) != key or set(state.had.get(incident.id, ())) != {
            number[i] for i in incident.reports
        }:
            fresh.append((incident, key))
    return fresh
