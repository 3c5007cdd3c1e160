"""Voices brought together into origins: two voices of one body are one, and when in doubt they are one too."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.corroborate.origins.callings import is_one_body, words_of
from twosource.corroborate.origins.retold import same_words
from twosource.corroborate.origins.voices import Voice
from twosource.resolve.nations import nation

_SHORT = 4  # letters of a name that may stand for a longer one
_STEM = 7  # letters by which two words of names are one: "referendum", "referenda"


def bodies(voices: Sequence[Voice]) -> list[list[Voice]]:
    """The voices in groups of one origin each, the best known first.

    Named bodies are told apart first; a source without a name ("officials", "the investigator") then goes to the first
    body that it may speak for, so that it is never counted beside it. The same words are one utterance even where
    reports give it to different people.
    """
    ranked = sorted(
        voices,
        key=lambda v: (not v.proper, v.person, not v.towns, v.body, v.statement.report, v.statement.id),
    )
    groups: list[list[Voice]] = []
    for v in ranked:
        home = next((g for g in groups if any(v.body == o.body or same_utterance(v, o) for o in g)), None)
        home = home or _home(v, [g for g in groups if any(may_be_one(v, o) for o in g)])
        if home is None:
            groups.append([v])
        else:
            home.append(v)
    return _joined(groups)


def _home(v: Voice, groups: list[list[Voice]]) -> list[Voice] | None:
    """Of the bodies that a voice may speak for the first; "aides" speak for the one whom they name."""
    named = [g for g in groups if any(w in v.key.split() for o in g for w in o.proper)]
    return next(iter([*named, *groups] if _is_staff(v) else groups), None)


def _joined(groups: list[list[Voice]]) -> list[list[Voice]]:
    """Groups that a later voice ties together are one: a body has no second origin, nor has what was said once."""
    out: list[list[Voice]] = []
    for group in groups:
        tied = [o for o in out if any(_tied(a, b) for a in group for b in o)]
        if not tied:
            out.append(group)
            continue
        tied[0].extend([*group, *(v for o in tied[1:] for v in o)])
        out = [o for o in out if not any(o is t for t in tied[1:])]
    return out


def _tied(a: Voice, b: Voice) -> bool:
    return a.body == b.body or _share_a_name(a, b) or same_utterance(a, b)


def _share_a_name(a: Voice, b: Voice) -> bool:
    """Whether a word of the names is one: "Clinton" and "the Clinton campaign"; relatives; a body in two wordings."""
    return bool(_stems(a.proper | a.clients) & _stems(b.proper | b.clients))


def same_utterance(a: Voice, b: Voice) -> bool:
    """Whether two statements are the same words, or nearly, whoever is given for them."""
    return same_words(a.key, b.key)


def may_be_one(a: Voice, b: Voice) -> bool:
    """Whether two voices may speak for one body: nothing in their names or callings tells them apart."""
    if a.body == b.body:
        return True
    if _share_a_name(a, b) or _is_short_for(a, b) or _is_short_for(b, a):
        return True
    common = a.callings & b.callings
    if common:
        if a.person and b.person:
            unnamed = (
                "unnamed" in (a.role, b.role) and "lawyer" in common
            )  # "the driver's lawyer" may be the one who is named
            return is_one_body(common) or unnamed or not (a.proper and b.proper)
        if a.person or b.person:
            return True
        return not (a.proper and b.proper) and not elsewhere(a.towns, b.towns)
    return any(_only_official(x, y) or _may_serve(x, y) for x, y in ((a, b), (b, a)))


def _is_short_for(a: Voice, b: Voice) -> bool:
    """Whether a body's name is the beginning of a word of another's: "Metro" and "the Metropolitan Police"."""
    words = words_of(a.name)
    if a.person or b.person or len(words) != 1 or len(words[0]) < _SHORT:
        return False
    return any(w.startswith(words[0]) for w in words_of(b.name))


def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(w[:_STEM] for w in words)


def elsewhere(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two names hold towns and none in common: Boston police, Cambridge police; a land is no town beside a town of it."""
    ours, theirs = (frozenset(t for t in towns if not nation(t)) for towns in (a, b))
    if not ours or not theirs:
        ours, theirs = a - ours, b - theirs
    return bool(ours and theirs) and not ours & theirs


def _only_official(a: Voice, b: Voice) -> bool:
    """Whether `a` is no more than "officials" or a government as a whole, which any body of the same place may be."""
    plain = bool(a.callings) and a.callings <= {"official", "government"} and not a.proper and not a.person
    return plain and not elsewhere(a.towns, b.towns) and (b.official or (not b.callings and not b.person))


def _is_staff(a: Voice) -> bool:
    """Whether a voice is no more than "aides" or "the campaign": whose, it doesn't say."""
    return a.callings == {"campaign"} and not (a.proper or a.clients or a.towns)


def _may_serve(a: Voice, b: Voice) -> bool:
    """Whether `a` may be the staff of `b`: of somebody in politics, or of whom nothing is known."""
    return _is_staff(a) and (bool(b.callings & {"campaign", "government"}) or (b.person and not b.callings))
