"""The order of the stages: the only file that knows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from twosource.annotate import Memory
from twosource.annotate import annotate as annotate_articles
from twosource.brief import summarise
from twosource.claims import gather, reworded, warm
from twosource.clean import clean
from twosource.corroborate import (
    NOBODYS,
    Ownership,
    back,
    central_claim,
    dated_once,
    differ,
    establish,
    owned,
    question,
    refine,
    timeline,
)
from twosource.corroborate.draft import Desk, desk_check
from twosource.corroborate.rulings import (
    copies_as_ruled,
    differences_as_ruled,
    effects,
    graded,
    with_verdicts,
    without_rejected,
)
from twosource.corroborate.stance import Asked, Check, stand, voices
from twosource.errors import NothingUsable, UsageError
from twosource.incidents import group as group_articles
from twosource.model import Account, Annotation, Article, Brief, Incident, Refusal, Report, Reuse, Ruling
from twosource.propose import model_of, proposed
from twosource.read import read
from twosource.redact import NOTHING, Policy, redacted
from twosource.resolve import NO_LISTS, Register, resolve
from twosource.reuse import compare
from twosource.settings import Settings


class Progress(Protocol):
    """Told how far a stage has come; `total` is None where it cannot be known."""

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...


def silent(stage: str, done: int, total: int | None) -> None:
    """No progress shown."""


def articles_of(
    inputs: Iterable[str], settings: Settings, progress: Progress = silent
) -> tuple[list[Article], list[Refusal]]:
    """Read and clean all inputs; reports in the order of their ids, so that input order doesn't matter.

    Raises NothingUsable when not one input could be used.
    """
    reports: list[Report] = []
    refused: list[Refusal] = []
    for item in read(inputs, settings):
        if isinstance(item, Refusal):
            refused.append(item)
        else:
            reports.append(item)
            progress("reading", len(reports), None)
    if not reports:
        raise NothingUsable("; ".join(f"{r.input}: {r.reason}" for r in refused) or "no input was given")
    return clean(sorted(reports, key=lambda r: r.id)), refused


def _as_of(articles: Sequence[Article], day: str) -> tuple[list[Article], list[Refusal]]:
    """The articles published by that day; one with no full date is kept, since nothing says that it is later."""
    known = [
        a
        for a in articles
        if not re.match(r"\d{4}-\d\d-\d\d", a.published or "") or (a.published or "")[:10] <= day
    ]
    kept = {a.id for a in known}
    later = [
        Refusal(a.id, f"published {a.published}, after the day asked for ({day})")
        for a in articles
        if a.id not in kept
    ]
    if not known:
        raise NothingUsable(f"every report was published after {day}")
    return known, later


def annotations_of(
    articles: Sequence[Article],
    settings: Settings,
    progress: Progress = silent,
    memory: Memory | None = None,
) -> list[Annotation]:
    """Statements, mentions, times, places and quantities of each article, in the order given; `memory` spares parsing."""
    return _collected(annotate_articles(articles, settings, memory), len(articles), progress)


def _collected(coming: Iterable[Annotation], total: int, progress: Progress) -> list[Annotation]:
    found: list[Annotation] = []
    for annotation in coming:
        found.append(annotation)
        progress("annotating", len(found), total)
    return found


def incidents_of(articles: Sequence[Article], processes: int = 1) -> tuple[list[Incident], list[Reuse]]:
    """Which reports share text, and which are about one incident."""
    shared = compare(articles, processes=processes)
    return group_articles(articles, shared), shared


def account_of(
    incident: Incident,
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    found: Sequence[Reuse],
    rulings: Sequence[Ruling] = (),
    joined: Sequence[Ruling] = (),
    owners: Ownership = NOBODYS,
    known: Register = NO_LISTS,
) -> Account:
    """Everything that can be said of one incident from its reports, and from what people decided about it.

    `joined` are groupings of claims that a model proposed: only which statements stand together follows them. `owners` says
    whose outlets are: it can lower a count of origins, never raise one. `known` actors bring names together and give ids.
    """
    shared = copies_as_ruled(found, rulings, incident.reports)
    annotations = dated_once(articles, annotations, shared)
    cast = resolve(articles, annotations, rulings, known.named_in(a.text for a in articles))
    claims = gather(articles, annotations, cast, [*joined, *rulings])
    backings = back(claims, articles, annotations, cast, shared, rulings, owners)
    claims = reworded(claims, backings, articles, annotations, cast)
    final = refine(shared, articles, annotations, claims, backings)
    differences = differ(claims, backings, articles, annotations, cast, shared)
    statements = {s.id: s for a in annotations for s in a.statements}
    account = Account(
        id=incident.id,
        title="",
        articles=tuple(articles),
        annotations=tuple(annotations),
        reuse=tuple(without_rejected(final, rulings)),
        actors=cast.actors,
        relations=cast.relations,
        claims=tuple(with_verdicts(claims, rulings, statements)),
        backings=tuple(graded(claims, backings, rulings, cast, statements)),
        disagreements=tuple(differences_as_ruled(differences, rulings)),
        questions=tuple(question(claims, articles, annotations, cast)),
        timeline=tuple(timeline(articles, annotations, claims)),
        facts=establish(claims, articles, annotations, shared),
        central=central_claim(claims, backings, articles, annotations),
        owned=owned(articles, owners),
    )
    return summarise(replace(account, decided=effects(account, rulings, found)))


def brief_of(
    inputs: Iterable[str],
    settings: Settings,
    *,
    as_of: str | None = None,
    progress: Progress = silent,
    withheld: Policy = NOTHING,
    owners: Ownership = NOBODYS,
    known: Register = NO_LISTS,
) -> Brief:
    """The main job: reports in, one account for each incident out, the largest incident first.

    Where settings name a model, it proposes; `withheld` is what it may not see, and is not covered in what comes out.
    `owners` says whose outlets are, `known` whom lists know.
    """
    model = model_of(settings)
    articles, refused = articles_of(inputs, settings, progress)
    if as_of:
        articles, later = _as_of(articles, as_of)
        refused += later
    coming = annotate_articles(articles, settings)  # with more than one process: begun, not waited for
    incidents, shared = incidents_of(articles, settings.annotators)
    if settings.annotators > 1:
        warm()
    annotations = {a.report: a for a in _collected(coming, len(articles), progress)}
    by_id = {a.id: a for a in articles}
    accounts = []
    for incident in sorted(incidents, key=lambda i: (-len(i.reports), i.id)):
        ids = set(incident.reports)
        weigh = partial(
            account_of,
            incident,
            [by_id[i] for i in incident.reports],
            [annotations[i] for i in incident.reports],
            [r for r in shared if r.a in ids and r.b in ids],
            (),
            owners=owners,
            known=known,
        )
        account = weigh(())
        if model is not None:
            account = proposed(account, model, lambda a: redacted(a, withheld), weigh, progress)
        accounts.append(account)
        progress("weighing", len(accounts), len(incidents))
    return Brief(
        accounts=tuple(accounts),
        refused=tuple(refused),
        as_of=as_of,
        models=(settings.model, *([f"{model.name} (proposals)"] if model else [])),
        inputs_sha256=tuple(sorted(a.report.sha256 or "" for a in articles)),
    )


def facts_of(inputs: Iterable[str], settings: Settings) -> Brief:
    """Only the facts (date, place, toll) of incidents that a person has grouped: reports that carry the same `incident`."""
    articles, refused = articles_of(inputs, settings)
    by_id = {a.id: a for a in articles}
    accounts = []
    for incident in group_articles(articles, []):
        members = [by_id[i] for i in incident.reports]
        found = dated_once(members, annotations_of(members, settings), [])
        accounts.append(
            Account(
                id=incident.id, title="", articles=tuple(members), annotations=(), reuse=(), actors=(), relations=(), claims=(),
                backings=(), disagreements=(), questions=(), timeline=(), facts=establish([], members, found, []), central=None,
            )
        )  # fmt: skip
    return Brief(accounts=tuple(accounts), refused=tuple(refused), models=(settings.model,))


def check_of(
    asked: Iterable[Asked],
    inputs: Iterable[str],
    settings: Settings,
    *,
    origins: bool = True,
    progress: Progress = silent,
) -> tuple[list[Check], list[Refusal]]:
    """How each report stands to each claim and, unless told not to, who stands behind the sentences that say so.

    Raises NothingUsable when not one input could be used, UsageError when a report named isn't among them.
    """
    articles, refused = articles_of(inputs, settings, progress)
    by_id = {a.id: a for a in articles}
    found: list[Check] = []
    for one in asked:
        if one.report is not None and one.report not in by_id:
            raise UsageError(
                f"claim {one.id!r} names the report {one.report!r}, which is not among the inputs"
            )
        for article in [by_id[one.report]] if one.report is not None else articles:
            found.append(Check(one.id, article.id, stand(one.claim, article, named=one.report is not None)))
        progress("checking", len(found), None)
    if not origins:
        return found, refused
    touched = {c.report for c in found if c.stand.evidence}
    annotations = {
        a.report: a for a in annotations_of([a for a in articles if a.id in touched], settings, progress)
    }
    return [
        replace(c, voices=voices(c.stand, annotations[c.report])) if c.report in annotations else c
        for c in found
    ], refused


def draft_of(
    draft: str,
    inputs: Iterable[str],
    settings: Settings,
    progress: Progress = silent,
    owners: Ownership = NOBODYS,
) -> tuple[Desk, list[Refusal]]:
    """A draft held against the reports, sentence by sentence; `owners` says whose outlets are.

    Raises NothingUsable when the draft or all reports cannot be used.
    """
    (own, *_), refused_draft = articles_of([draft], settings)
    articles, refused = articles_of(inputs, settings, progress)
    own = replace(own, report=replace(own.report, id="draft"))
    *annotations, mine = annotations_of([*articles, own], settings, progress)
    ids = tuple(a.id for a in articles)
    account = account_of(Incident("reports", ids), articles, annotations, compare(articles), owners=owners)
    every, found = [*articles, own], [*annotations, mine]
    both = account_of(Incident("both", (*ids, own.id)), every, found, compare(every), owners=owners)
    cast = resolve(every, found)
    return desk_check(own, mine, account, both, cast), [*refused_draft, *refused]


__all__ = [
    "Progress",
    "account_of",
    "annotations_of",
    "articles_of",
    "brief_of",
    "check_of",
    "facts_of",
    "incidents_of",
    "silent",
]
