"""Voices brought together into origins: two voices of one body are one, and when in doubt they are one too."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.corroborate.origins.voices import Voice


def bodies(voices: Sequence[Voice]) -> list[list[Voice]]:
    """The voices in groups of one origin each, the best known first.

    Named bodies are told apart first; a source without a name ("officials", "the investigator") then goes to the first
    body that it may speak for, so that it is never counted beside it.
    """
    ranked = sorted(
        voices, key=lambda v: (not v.proper, not v.towns, v.body, v.statement.report, v.statement.id)
    )
    groups: list[list[Voice]] = []
    for v in ranked:
        home = next((g for g in groups if any(v.body == o.body for o in g)), None)
        home = home or next((g for g in groups if any(may_be_one(v, o) for o in g)), None)
        if home is None:
            groups.append([v])
        else:
            home.append(v)
    return groups


def may_be_one(a: Voice, b: Voice) -> bool:
    """Whether two voices may speak for one body: nothing in their names or callings tells them apart."""
    if a.body == b.body:
        return True
    if a.proper & b.proper:
        return True  # "Clinton" and "the Clinton campaign"; relatives of one name
    if a.callings & b.callings:
        if a.person or b.person:
            return True
        return not (a.proper and b.proper) and not _elsewhere(a, b)
    return _only_official(a, b) or _only_official(b, a)


def _elsewhere(a: Voice, b: Voice) -> bool:
    """Whether both name a town and not the same one: Boston police, Cambridge police."""
    return bool(a.towns and b.towns and not a.towns & b.towns)


def _only_official(a: Voice, b: Voice) -> bool:
    return a.callings == {"official"} and not a.proper and (b.official or (not b.callings and not b.person))
