"""Which body each actor speaks for or is part of: what independence of origins rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from twosource.annotate.mentions.chain import parts
from twosource.model import Actor
from twosource.resolve.nations import nation, nation_of_capital
from twosource.resolve.relations import Stated

_UPWARD = ("speaks_for", "commands", "leads", "part_of")
# Bodies whose name is a country's and one of these are arms of that state; others may be anybody's ("National Army").
_ARMS = frozenset(
    (
        "military", "army", "navy", "air force", "armed forces", "government", "administration", "authorities", "officials", "marine corps", "marines",
        "coast guard", "embassy", "parliament", "congress", "state department", "defense department", "defence ministry", "defense ministry",
        "foreign ministry", "interior ministry", "health ministry", "ministry of defense", "ministry of defence", "department of defense",
        "department of state", "forces", "troops", "diplomats", "prosecutors",
    )
)  # fmt: skip
_MILITARY = frozenset("military army navy force forces corps marines guard command".split())


def above(
    actors: Sequence[Actor], stated: Sequence[Stated], speaking: Set[str] = frozenset()
) -> dict[str, str]:
    """For each actor the body next above it, where the texts state one or the names nest; never a circle.

    `speaking` are the ids of actors that statements come from.
    """
    by_id = {a.id: a for a in actors}
    votes: dict[str, Counter[str]] = {}
    for s in stated:
        if s.role in _UPWARD and s.a in by_id and s.b in by_id and by_id[s.b].kind != "person":
            votes.setdefault(s.a, Counter())[s.b] += 1
    up = {a: max(sorted(c), key=lambda b: (by_id[b].kind == "organisation", c[b])) for a, c in votes.items()}
    for child, parent in _nested(actors, speaking):
        up.setdefault(child, parent)
    return _uncircled(up)


def _nested(actors: Sequence[Actor], speaking: Set[str]) -> list[tuple[str, str]]:
    """Bodies whose names say what they are part of: a state's command in its military, its authorities in the state.

    A capital stands for its state only where it speaks.
    """
    by_words: dict[tuple[str, ...], Actor] = {}
    states: dict[str, Actor] = {}
    for a in actors:
        if a.kind not in ("organisation", "place"):
            continue
        for form in (a.name, *(x.name for x in a.aliases)):
            by_words.setdefault(tuple(parts(form)), a)
            country = nation(form)
            if country and a.kind == "place":
                states.setdefault(country, a)
    out = []
    for actor in actors:
        parent = _parent(actor, by_words, states, speaking)
        if parent and parent.id != actor.id:
            out.append((actor.id, parent.id))
    return out


def _parent(
    actor: Actor, by_words: Mapping[tuple[str, ...], Actor], states: Mapping[str, Actor], speaking: Set[str]
) -> Actor | None:
    words = tuple(parts(actor.name))
    capital = nation_of_capital(actor.name)
    if capital and actor.kind != "person":
        return states.get(capital) if actor.id in speaking else None
    if actor.kind == "place":
        return None
    if not words or actor.kind == "person":
        return None
    country = nation(words[0])
    if country is None:
        return None
    rest = " ".join(words[1:])
    if actor.kind == "group":
        return states.get(country) if rest in ("", "officials", "authorities") else None
    if words[-1] in _MILITARY and rest != "military" and (words[-1] == "command" or rest in _ARMS):
        military = next((m for m in (by_words.get((words[0], "military")),) if m), None)
        if military and military.id != actor.id:
            return military
    if rest in _ARMS or (words[-1] == "command" and len(words) <= 4):
        return states.get(country)
    return None


def _uncircled(up: Mapping[str, str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for child in sorted(up):
        at, seen = up[child], {child}
        while at in out and at not in seen:
            seen.add(at)
            at = out[at]
        if at != child and at not in seen:
            out[child] = up[child]
    return out
