"""Which body each actor speaks for or is part of: what independence of origins rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from twosource.annotate.mentions.chain import parts
from twosource.annotate.mentions.lexicon import bare, lexicon
from twosource.model import Actor
from twosource.resolve.relations import Stated

_UPWARD = ("speaks_for", "commands", "leads", "part_of")
# Bodies whose name is a country's and one of these are arms of that state; others may be anybody's ("National Army").
_ARMS = frozenset(
    """military army navy|air force|armed forces|government|authorities|officials|marine corps|marines|coast guard|embassy|parliament
    |state department|defense department|defence ministry|defense ministry|foreign ministry|interior ministry|forces""".replace("\n", " ").split("|")
)
_MILITARY = frozenset("military army navy force forces corps marines guard command".split())


def above(actors: Sequence[Actor], stated: Sequence[Stated]) -> dict[str, str]:
    """For each actor the body next above it, where the texts state one or the names nest; never a circle."""
    by_id = {a.id: a for a in actors}
    votes: dict[str, Counter[str]] = {}
    for s in stated:
        if s.role in _UPWARD and s.a in by_id and s.b in by_id and by_id[s.b].kind != "person":
            votes.setdefault(s.a, Counter())[s.b] += 1
    up = {a: max(sorted(c), key=lambda b: c[b]) for a, c in votes.items()}
    for child, parent in _nested(actors):
        up.setdefault(child, parent)
    return _uncircled(up)


def _nested(actors: Sequence[Actor]) -> list[tuple[str, str]]:
    """Bodies whose names say what they are part of: a state's command in its military."""
    by_words: dict[tuple[str, ...], Actor] = {}
    for a in actors:
        if a.kind in ("organisation", "place"):
            for form in (a.name, *(x.name for x in a.aliases)):
                by_words.setdefault(tuple(parts(form)), a)
    out = []
    for actor in actors:
        words = tuple(parts(actor.name))
        if actor.kind != "organisation" or len(words) < 2:
            continue
        state = words[0]
        if words[-1] in _MILITARY and words[-1] != "military" and len(words) <= 4 and (state, "military") in by_words and (words[-1] == "command" or " ".join(words[1:]) in _ARMS):
            out.append((actor.id, by_words[(state, "military")].id))
        elif " ".join(words[1:]) in _ARMS and (state,) in by_words:
            out.append((actor.id, by_words[(state,)].id))
    return out


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


def is_generic(name: str) -> bool:
    """Whether a body's name is only what such bodies are called ("police")."""
    words = parts(name)
    return len(words) == 1 and bare(words[0]) in lexicon().institution_heads
