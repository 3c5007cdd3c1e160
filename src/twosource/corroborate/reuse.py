"""The last word on how two reports relate: own prose can still rest on one origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from twosource.model import Annotation, Article, Backing, Claim, Reuse

_COPIES = ("same_text", "revised", "shared_text")
_KNOWN = (*_COPIES, "shared_source")  # relations that the shared words themselves show
_SHARE = 0.3  # of what the report with fewer attributed statements attributes, that the other has from the same origin
_CREDITED = 0.15  # of what a report attributes, that it must have from an outlet for that to be its origin
_CROWD = 300  # reports under one origin of one claim beyond which only the neighbours are paired


def refine(
    shared: Sequence[Reuse],
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    claims: Sequence[Claim],
    backings: Sequence[Backing],
) -> list[Reuse]:
    """The final relation of each pair that shares something, in order; a pair that isn't listed is independent.

    Copies, and sources that the shared words themselves show, stay as they were found. Of the rest, two reports are
    `shared_source` when a good part of what one of them attributes stands in the other from the same origin, or when
    one is the other's named origin.
    """
    known = {(r.a, r.b): r for r in shared}
    found = [r for r in shared if r.relation in _KNOWN]
    done = {(r.a, r.b) for r in found}
    for pair, why in _shared_sources(articles, annotations, claims, backings).items():
        if pair in done:
            continue
        old = known.get(pair)
        found.append(
            Reuse(
                a=pair[0],
                b=pair[1],
                relation="shared_source",
                containment=old.containment if old else 0.0,
                older=old.older if old else None,
                passages=old.passages if old else (),
                why=why,
                changes=old.changes if old else (),
            )
        )
    return sorted(found, key=lambda r: (r.a, r.b))


def _shared_sources(
    articles: Sequence[Article],
    annotations: Sequence[Annotation],
    claims: Sequence[Claim],
    backings: Sequence[Backing],
) -> dict[tuple[str, str], str]:
    """Pairs whose key information comes from one origin, with the sentence that says which."""
    ids = {a.id for a in articles}
    attributed = {a.report: _attributed(a) for a in annotations}
    common: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for rank, backing in enumerate(backings):
        for origin in backing.origins:
            if origin.who is None:
                continue
            reports = [r for r in origin.reports if r in ids]
            for i, a in enumerate(reports):
                for b in reports[i + 1 : i + 1 + _CROWD]:
                    common[a, b].append((rank, origin.who))
    found: dict[tuple[str, str], str] = {}
    for pair in sorted(common):
        hits = common[pair]
        fewer = max(1, min(attributed.get(pair[0], 0), attributed.get(pair[1], 0)))
        if len({rank for rank, _ in hits}) / fewer >= _SHARE:
            who = list(dict.fromkeys(w for _, w in hits))
            found[pair] = f"Own prose, but both have {', '.join(who[:3])} for {_claims(hits, claims)}."
    found.update((p, w) for p, w in _named_origins(articles, annotations).items() if p not in found)
    return found


def _attributed(annotation: Annotation) -> int:
    return sum(s.mode != "narration" and not s.declined for s in annotation.statements)


def _claims(hits: Sequence[tuple[int, str]], claims: Sequence[Claim]) -> str:
    ranks = sorted({rank for rank, _ in hits})
    first = f"“{claims[ranks[0]].text}”"
    return first if len(ranks) == 1 else f"{len(ranks)} claims, such as {first}"


def _named_origins(
    articles: Sequence[Article], annotations: Sequence[Annotation]
) -> dict[tuple[str, str], str]:
    """Pairs where one report names the other's outlet as where it has something from."""
    of_outlet: dict[str, list[str]] = defaultdict(list)
    outlet = {article.id: article.outlet for article in articles}
    for report, name in sorted(outlet.items()):
        if name:
            of_outlet[name.casefold()].append(report)
    found = {}
    for annotation in annotations:
        held = Counter(
            n for s in annotation.statements for n in {s.via, s.who if s.kind == "media" else None} if n
        )
        for name in sorted(held):
            if held[name] < _CREDITED * _attributed(annotation):
                continue  # a word on another's report in passing
            for other in of_outlet.get(name.casefold(), ()):
                if outlet.get(other) != outlet.get(annotation.report):
                    pair = (min(annotation.report, other), max(annotation.report, other))
                    found[pair] = f"{annotation.report} names {name}, whose report {other} is, as its origin."
    return found
