"""Incidents kept up to date: the groups that new reports touch are settled again from scratch, the others are not touched.

What comes out depends on which reports and decisions there are, never on the order in which they came. Up to FEW reports a case is
grouped as a brief is, all of it; a larger one part by part (`incidents.archive`). Nothing is locked while reports are analysed: what was
worked out is written only if no other program wrote meanwhile, otherwise it is worked out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from twosource.brief import document
from twosource.case.decided import Regrouping, regrouped
from twosource.case.news import news
from twosource.case.sought import sought
from twosource.clean import clean
from twosource.errors import CaseError
from twosource.incidents import group
from twosource.incidents.archive import JOIN, LEAST, Looked, look, odds
from twosource.incidents.archive import settle as settle_part
from twosource.model import Account, Annotation, Article, Brief, Incident, Report
from twosource.pipeline import Progress, account_of, annotations_of, silent
from twosource.reuse import compare
from twosource.settings import Settings
from twosource.store import Store, derived, evidence
from twosource.store.decisions import Decision, history, in_force
from twosource.store.derived import Settled
from twosource.store.records import rows_of
from twosource.text import digest
from twosource.version import __version__

FEW = 300  # reports up to which the whole case is grouped at once
AT_ONCE = 200  # reports that are taken up in one step
_KEPT_WRITING = "other programs kept writing to the case: run the same command again when they are done"
TRIES = 50  # times that work is done again because another program wrote meanwhile


@dataclass(frozen=True, slots=True)
class _State:
    """What a step starts from, read at one moment."""

    generation: int
    numbers: tuple[int, ...]  # of the part that is settled again
    reports: Mapping[int, Report]
    between: Mapping[tuple[int, int], float]
    had: Mapping[str, tuple[int, ...]]  # incidents of the part, with all their reports
    keys: Mapping[str, str]
    decisions: tuple[Decision, ...]
    whole: bool


def settle(store: Store, settings: Settings, progress: Progress = silent, *, few: int = FEW) -> list[str]:
    """Settle all that waits; the ids of the incidents that changed, in order. Stopped at any point, it goes on where it was."""
    changed: set[str] = set()
    while True:
        with store.reads() as c:
            waiting = derived.waiting_numbers(c)
            other_way = derived.grouped_by(c) not in (None, _way(c, few))
        if other_way:
            _all_again(store, few)
            continue
        if not waiting:
            return sorted(changed)
        for at in range(0, len(waiting), AT_ONCE):
            compare_some(store, waiting[at : at + AT_ONCE])
            progress("comparing", min(at + AT_ONCE, len(waiting)), len(waiting))
        changed |= _settle_some(store, waiting[:AT_ONCE], settings, progress, few)


def _way(c: Connection, few: int) -> str:
    """How a case of this size is grouped."""
    return "whole" if evidence.count(c) <= few else "parts"


def _all_again(store: Store, few: int) -> None:
    """A case that has outgrown being grouped at once, or shrunk to it, is settled anew, once."""
    with store.writes() as c:
        derived.wait(c, evidence.all_numbers(c))
        derived.group_by(c, _way(c, few))


def compare_some(store: Store, numbers: Sequence[int]) -> None:
    """Work out what each of these reports is to those that it may belong with, and store it."""
    for _ in range(TRIES):
        with store.reads() as c:
            seen = derived.generation(c)
            fresh = derived.unsigned(c, numbers)
            looked = {n: look(_alone(r)) for n, r in evidence.fetch(c, fresh).items()}
            near = _near(c, looked)
            others = {
                n: look(_alone(r)) for n, r in evidence.fetch(c, sorted(near.others - looked.keys())).items()
            }
        held = {**looked, **others}
        found = {pair: _odds(held[pair[0]], held[pair[1]], pair in near.text) for pair in near.pairs}
        with store.writes() as c:
            if derived.generation(c) != seen:
                continue
            for n, one in looked.items():
                derived.put_signs(c, n, one.keys, one.prints)
            derived.put_pairs(c, found)
            if looked:
                derived.next_generation(c)
            return
    raise CaseError(_KEPT_WRITING)


@dataclass(frozen=True, slots=True)
class _Near:
    pairs: frozenset[tuple[int, int]]
    text: frozenset[tuple[int, int]]  # those that share a fingerprint
    others: frozenset[int]


def _near(c: Connection, looked: Mapping[int, Looked]) -> _Near:
    """The pairs that these reports form with those stored and with one another."""
    pairs: set[tuple[int, int]] = set()
    text: set[tuple[int, int]] = set()
    by_key: dict[int, list[int]] = {}
    by_print: dict[int, list[int]] = {}
    for n, one in sorted(looked.items()):
        words, shingles = derived.alike(c, one.keys, one.prints, LEAST)
        times: dict[int, int] = {}
        for k in one.keys:
            for m in by_key.setdefault(k, []):
                times[m] = times.get(m, 0) + 1
            by_key[k].append(n)
        words += [m for m, count in times.items() if count >= LEAST]
        for p in one.prints:
            shingles += by_print.setdefault(p, [])
            by_print[p].append(n)
        pairs |= {(min(n, m), max(n, m)) for m in {*words, *shingles} if m != n}
        text |= {(min(n, m), max(n, m)) for m in shingles if m != n}
    others = frozenset(n for pair in pairs for n in pair)
    return _Near(frozenset(pairs), frozenset(text), others)


def _odds(one: Looked, other: Looked, text: bool) -> float:
    shared = compare([one.article, other.article]) if text else []
    return odds(one, other, shared[0] if shared else None)


def _alone(report: Report) -> Article:
    """A report cleaned by itself: what others of its outlet repeat must not change what two reports are to each other."""
    return clean([report])[0]


def _settle_some(
    store: Store, numbers: Sequence[int], settings: Settings, progress: Progress, few: int
) -> set[str]:
    for _ in range(TRIES):
        with store.reads() as c:
            state = _state(c, numbers, few)
        groups = _groups(state)
        number = {r.id: n for n, r in state.reports.items()}
        fresh = _changed(groups, state, number, settings)
        made = []
        for at, (incident, key) in enumerate(fresh, 1):
            made.append(_account(store, incident, key, state, number, settings))
            progress("weighing", at, len(fresh))
        stay = {g.id for g in groups}
        old = {i for i in state.had if i not in stay} | {m.id for m in made if m.id in state.had}
        with store.writes() as c:
            if derived.generation(c) != state.generation:
                continue
            happened = news(c, old, made, {n: state.reports[n].id for n in state.numbers})
            derived.put_incidents(c, old, made)
            derived.tell(c, happened)
            derived.settled(c, state.numbers)
            derived.group_by(c, "whole" if state.whole else "parts")
        return {m.id for m in made}
    raise CaseError(_KEPT_WRITING)


def _state(c: Connection, numbers: Sequence[int], few: int) -> _State:
    log = tuple(in_force(history(c)))
    whole = _way(c, few) == "whole"
    part = evidence.all_numbers(c) if whole else _part(c, numbers, log)
    reports = evidence.fetch(c, part)
    had = derived.numbers_in(c, sorted(set(derived.incidents_of(c, part).values())))
    return _State(
        derived.generation(c),
        tuple(n for n in part if n in reports),
        reports,
        {} if whole else derived.odds_within(c, part),
        had,
        derived.keys_of(c, sorted(had)),
        log,
        whole,
    )


def _part(c: Connection, numbers: Sequence[int], log: Iterable[Decision]) -> list[int]:
    """All reports whose incidents these numbers can change: over close pairs, incidents they stand in, and decisions."""
    part = set(numbers)
    about = [{r for a in d.anchors for r in a} for d in log if d.kind in ("merge", "split")]
    tied = [set(evidence.numbers_of(c, sorted(names)).values()) for names in about]
    while True:
        more = set(derived.component(c, sorted(part), JOIN))
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
    articles = [_alone(state.reports[n]) for n in state.numbers]
    if state.whole:
        found = group(clean([state.reports[n] for n in state.numbers]), compare(articles))
    else:
        found = group([a for a in articles if a.report.incident is not None], [])
        loose = [look(a) for a in articles if a.report.incident is None]
        name = {n: r.id for n, r in state.reports.items()}
        between = {(name[a], name[b]): value for (a, b), value in state.between.items()}
        found += settle_part(loose, between)
    text = {r.id: digest(r.text) for r in state.reports.values()}
    return regrouped(Regrouping(tuple(found), text), state.decisions)


def _changed(
    groups: Sequence[Incident], state: _State, number: Mapping[str, int], settings: Settings
) -> list[tuple[Incident, str]]:
    """The incidents whose account isn't of exactly these reports and decisions, each with the key of its account."""
    fresh = []
    for incident in sorted(groups, key=lambda i: i.id):
        members = [state.reports[number[i]] for i in incident.reports]
        key = digest(
            __version__,
            settings.model,
            *(digest(r.id, r.text, r.title, r.outlet, r.published) for r in members),
            *(d.id for d in state.decisions if d.touches(incident.reports)),
        )
        if state.keys.get(incident.id) != key or set(state.had.get(incident.id, ())) != {
            number[i] for i in incident.reports
        }:
            fresh.append((incident, key))
    return fresh


def _account(
    store: Store, incident: Incident, key: str, state: _State, number: Mapping[str, int], settings: Settings
) -> Settled:
    members = [state.reports[number[i]] for i in incident.reports]
    account = _weighed(store, incident, members, settings)
    record = document(Brief((account,)))["incidents"][0]
    return Settled(
        incident.id,
        key,
        incident.why,
        tuple(sorted(number[i] for i in incident.reports)),
        account.title,
        record["figure"]["outlets"],
        record,
        sought(account),
    )


def account_in(store: Store, name: str, settings: Settings) -> Account | None:
    """The account of an incident of the case, made again from what is stored; None when there is no such incident."""
    with store.reads() as c:
        name = derived.current(c, name)
        numbers = derived.numbers_in(c, [name]).get(name)
        if not numbers:
            return None
        members = sorted(evidence.fetch(c, numbers).values(), key=lambda r: r.id)
    return _weighed(store, Incident(name, tuple(r.id for r in members)), members, settings)


def _weighed(store: Store, incident: Incident, members: Sequence[Report], settings: Settings) -> Account:
    articles = clean(sorted(members, key=lambda r: r.id))
    annotations = _annotated(store, articles, settings)
    return account_of(incident, articles, annotations, compare(articles))


def _annotated(store: Store, articles: Sequence[Article], settings: Settings) -> list[Annotation]:
    """The annotations of these articles: those that were made before are not made again."""
    keys = [digest(__version__, settings.model, rows_of(a)) for a in articles]
    with store.reads() as c:
        have = derived.annotations_for(c, keys)
    lacking = [(k, a) for k, a in zip(keys, articles, strict=True) if k not in have]
    if lacking:
        made = dict(
            zip([k for k, _ in lacking], annotations_of([a for _, a in lacking], settings), strict=True)
        )
        with store.writes() as c:
            derived.keep_annotations(c, made)
        have |= made
    return [have[k] for k in keys]
