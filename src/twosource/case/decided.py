"""People's decisions applied to what was found: merging and splitting incidents, in the order in which it was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from twosource.model import Incident
from twosource.store.decisions import Decision
from twosource.text import make_id


@dataclass(frozen=True, slots=True)
class Regrouping:
    """Incidents as they were found, and the digest of each report's text, from which ids are made."""

    incidents: tuple[Incident, ...]
    texts: Mapping[str, str]


def regrouped(found: Regrouping, decisions: Iterable[Decision]) -> list[Incident]:
    """The incidents as people want them. One that no decision changes keeps its id and why; new reports of a merged or split incident go where they were found to belong."""
    groups = [(frozenset(i.reports), i) for i in found.incidents]
    for d in decisions:
        if d.kind == "merge" and d.about == "incident":
            groups = _merged(groups, d)
        elif d.kind == "split" and d.about == "incident":
            groups = _split(groups, d)
    return sorted((_named(held, i, found.texts) for held, i in groups), key=lambda i: i.id)


_Group = tuple[frozenset[str], Incident]


def _merged(groups: list[_Group], d: Decision) -> list[_Group]:
    wanted = {r for a in d.anchors for r in a}
    inside = [g for g in groups if g[0] & wanted]
    if len(inside) < 2:
        return groups
    held = frozenset().union(*(g[0] for g in inside))
    why = f"{d.who} merged these incidents ({d.id})" + (f": {d.why}" if d.why else ".")
    return [g for g in groups if not g[0] & wanted] + [(held, Incident("", tuple(sorted(held)), why))]


def _split(groups: list[_Group], d: Decision) -> list[_Group]:
    """The first anchor is what was taken out, the second what stayed."""
    out, rest = set(d.anchors[0]), set(d.anchors[1]) if len(d.anchors) > 1 else set()
    why = f"{d.who} split this incident ({d.id})" + (f": {d.why}" if d.why else ".")
    done: list[_Group] = []
    for held, incident in groups:
        if held & out and held & rest:
            for some in (held & out, held - out):
                done.append((frozenset(some), Incident("", tuple(sorted(some)), why)))
        else:
            done.append((held, incident))
    return done


def _named(held: frozenset[str], incident: Incident, texts: Mapping[str, str]) -> Incident:
    if incident.id:
        return incident
    return Incident(make_id("i", "", min(texts[r] for r in held)), tuple(sorted(held)), incident.why)
