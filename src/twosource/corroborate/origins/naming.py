"""What an origin is called: the one who spoke with their body, or the nearest body that all voices speak for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from twosource.corroborate.origins.voices import NOT_GIVEN, Desk, Voice


def called(group: Sequence[Voice], at: Desk) -> str | None:
    """The name of an origin; None for a report's own voice and for a source that the text does not give.

    One person who spoke is named, with the nearest body: "Ann Lee (Harbour Board)". Of several voices the innermost
    body is that at least half of them speak for.
    """
    if group[0].role == "own":
        return None
    known = [v for v in group if v.speaker is not None]
    people = {v.speaker.id: v for v in known if v.speaker is not None and v.speaker.kind == "person"}
    if len(people) == 1 and all(v.speaker is None or v.speaker.kind == "person" for v in known):
        return _person(next(iter(people.values())), at)
    if body := _body(known):
        return at.actors[body].name
    names = Counter(_described(v) for v in (known or group) if v.name != NOT_GIVEN)
    return min(names, key=lambda n: (-names[n], n)) if names else None


def _described(v: Voice) -> str:
    """The name of a body; whoever stays unnamed is shown as described, never as the body itself."""
    return v.statement.who if v.kind == "anonymous" and v.statement.who else v.name


def _body(known: Sequence[Voice]) -> str | None:
    """The innermost body that at least half of the voices are or speak for."""
    covered = Counter(i for v in known for i in v.above)
    depth = {i: len(v.above) - n for v in known for n, i in enumerate(v.above)}
    half = [i for i in covered if 2 * covered[i] >= len(known)]
    return max(half, key=lambda i: (depth[i], covered[i], i)) if half else None


def _person(v: Voice, at: Desk) -> str:
    name = v.speaker.name if v.speaker else v.name
    body = at.actors[v.above[0]].name if v.above else None
    return f"{name} ({body})" if body and body != name else name
