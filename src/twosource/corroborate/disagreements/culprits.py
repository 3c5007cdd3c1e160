"""Who is said to have done it: one of two in one report, flatly one of them in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twosource.corroborate.disagreements.build import disagreement
from twosource.corroborate.disagreements.numbers import kind_of
from twosource.corroborate.facts.reading import Reading
from twosource.corroborate.questions.forks import Fork, forks_of
from twosource.model import Actor, Disagreement, Sentence, Side
from twosource.text import normal


def differing_culprits(
    readings: Sequence[Reading], heads: Mapping[str, str], actors: Sequence[Actor]
) -> list[Disagreement]:
    """One disagreement for each pair of rival doers where another report names only one of them for the same deed."""
    own = [r for r in readings if heads[r.id] == r.id]
    forks = [(r, f) for r in own for f in forks_of(r, actors)]
    found: list[Disagreement] = []
    seen: list[Fork] = []
    for r, fork in forks:
        if any(fork.same_options(f) for f in seen):
            continue
        seen.append(fork)
        sides = {Side(" or ".join(f.options), f.evidence) for other, f in forks if fork.same_options(f)}
        for other in own:
            if any(f.evidence.report == other.id for _, f in forks if fork.same_options(f)):
                continue
            sides |= _settled(other, fork, r)
        why = f"{fork.evidence.report} leaves it open between {' and '.join(fork.options)}."
        made = disagreement("responsibility", fork.question, "precision", sides, why)
        found += [made] if made else []
    return found


def _settled(other: Reading, fork: Fork, reading: Reading) -> set[Side]:
    """The sentence of another report that names one of the two for the same deed."""
    whole = reading.sentence(fork.evidence.span.start)
    about = reading.content(whole) if whole else frozenset()
    best: tuple[int, Side] | None = None
    for s in other.annotation.sentences:
        words = frozenset(normal(t.lemma) for t in s.tokens)
        kinds = {kind_of(w) for w in words}
        named = [
            n
            for n in (0, 1)
            if fork.own(n)
            and len(fork.own(n) & words) >= min(2, len(fork.own(n)))
            and kind_of(fork.heads[n]) in kinds
            and _acts(s, fork.heads[n])
        ]
        deed = about & other.content(s) - fork.keys[0] - fork.keys[1]
        if len(named) == 1 and len(deed) >= 3 and (best is None or len(deed) > best[0]):
            best = (len(deed), Side(fork.options[named[0]], other.evidence(s.span)))
    return {best[1]} if best else set()


def _acts(sentence: Sentence, head: str) -> bool:
    """Whether a noun of that kind is a doer, or owns or carries what did it; not a mere part of a name or a "with whom"."""
    tokens = sentence.tokens
    for t in tokens:
        if kind_of(normal(t.lemma)) != kind_of(head):
            continue
        if t.dep in ("nsubj", "nsubjpass", "poss", "attr", "conj", "appos") or (
            t.dep == "pobj" and tokens[t.head].text.lower() == "by"
        ):
            return True
    return False
