"""One actor's name spelled differently, and one person's rank."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.questions.names import Names
from twosource.model import Actor, Disagreement, Evidence, Side, Span
from twosource.text import normal, words

_LIKE = 0.78  # Jaro-Winkler; below it two words of one actor's names are different words
_OF_A_LAND = ("ish", "ese", "ian")  # "Spain", "Spanish": a land and its adjective
_BORN = re.compile(r"\b(?:born|n[ée]e|real name(?: is| was)?|christened|baptized)\s+$", re.IGNORECASE)
_NEAR = 24  # characters before a name
_COMMON = frozenset(
    ["the", "of", "and", "for", "al", "el", "de", "la", "van", "von", "bin", "ibn", "mr", "mrs", "ms", "st"]
)


def differing_names(readings: Sequence[Reading], heads: Mapping[str, str], cast: Names) -> list[Disagreement]:
    """One disagreement for each word of an actor's name that reports spell differently."""
    by_id = {r.id: r for r in readings}
    found = []
    for actor in cast.actors:
        if actor.kind == "group" or (actor.kind == "organisation" and len(actor.name.split()) > 2):
            continue  # a slip in a long title is a typing error, not a second spelling of a name
        spelled = _without_slips(_spelled(actor, by_id, heads))
        groups = _variants(spelled)
        sides = [
            Side(f, by_id[e.report].evidence(e.span))
            for forms in groups
            for f in forms
            for e in _first(spelled[f])
        ]
        listed = "; ".join(" / ".join(sorted(forms)) for forms in groups)
        made = disagreement(
            "name", f"spelling of {actor.name}", "variant", sides, f"One actor is spelled {listed}."
        )
        found += [made] if made else []
    return found


def _spelled(
    actor: Actor, by_id: Mapping[str, Reading], heads: Mapping[str, str]
) -> dict[str, list[Evidence]]:
    """Every capitalised word by which an actor is named, with where it stands; words that differ in case only are one."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    shown: dict[str, str] = {}
    for mention in sorted(actor.mentions):
        reading = by_id.get(mention.report)
        if reading is None or heads[mention.report] != mention.report:
            continue
        for w in words(reading.text, mention.span):
            word = w.of(reading.text)
            word = word[:-2] if word.endswith(("'s", "’s")) else word
            if (
                len(word) < 4
                or not word[0].isupper()
                or normal(word) in _COMMON
                or (word.isupper() and len(word) < 6)
                or _BORN.search(reading.text, max(0, w.start - _NEAR), w.start)
            ):
                continue
            form = shown.setdefault(normal(word), word)
            found[form].append(Evidence(mention.report, Span(w.start, w.end)))
    return found


def _without_slips(spelled: Mapping[str, list[Evidence]]) -> dict[str, list[Evidence]]:
    """Without a form that stands once, in a report that has another spelling of it as well: a typing error of that report."""
    return {
        form: at
        for form, at in spelled.items()
        if len(at) > 1
        or not any(
            other != form and _typo(form, other) and any(e.report == at[0].report for e in elsewhere)
            for other, elsewhere in spelled.items()
        )
    }


def _typo(form: str, other: str) -> bool:
    """Whether letters only changed places."""
    x, y = normal(form), normal(other)
    return _spelling(form, other) and sorted(x) == sorted(y)


def _variants(spelled: Mapping[str, list[Evidence]]) -> list[list[str]]:
    """The words that are spellings of each other: nearly the same letters, and no plural or possessive of the other."""
    forms = sorted(spelled)
    groups: list[list[str]] = []
    for form in forms:
        for group in groups:
            if any(_spelling(form, other) for other in group):
                group.append(form)
                break
        else:
            groups.append([form])
    return [g for g in groups if len(g) > 1 and not _together(g, spelled)]


def _spelling(a: str, b: str) -> bool:
    x, y = normal(a), normal(b)
    if x + "y" == y or y + "y" == x:
        return False
    if x + "s" == y or y + "s" == x or (x.rstrip("ns") == y.rstrip("ns") and {x[-1], y[-1]} & set("ns")):
        return False
    if any(
        w.endswith(_OF_A_LAND) and v[:4] == w[:4] and not v.endswith(_OF_A_LAND) for v, w in ((x, y), (y, x))
    ):
        return False
    return JaroWinkler.similarity(x, y) >= _LIKE and DamerauLevenshtein.distance(x, y) <= max(
        1, min(len(x), len(y)) // 2
    )


def _together(group: Iterable[str], spelled: Mapping[str, list[Evidence]]) -> bool:
    """Whether every report that has one spelling has all of them: then they are different words."""
    sets = [frozenset(e.report for e in spelled[f]) for f in group]
    return all(s == sets[0] for s in sets) and len(sets[0]) > 1


def _first(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first place in each report."""
    first: dict[str, Evidence] = {}
    for e in sorted(evidence):
        first.setdefault(e.report, e)
    return list(first.values())
