"""Whether a verb is said to be so or not to be so; neither where it is wished, asked, supposed or told in passing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from twosource.model import Token

# Clauses that say that something is so where the word above them does (Universal Dependencies' clausal relations).
_SAID = ("ccomp", "parataxis")
# Verbs whose clause is not said to be so.
_UNSAID = ("deny", "dispute", "doubt", "reject", "dismiss", "want", "ask", "hope", "wish", "demand", "urge", "wonder", "expect", "fear")  # fmt: skip
_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_TAKES_NO = ("nsubj", "nsubjpass", "dobj", "attr", "pobj")  # "no one was hurt", "he had no gun"
_NONE = ("none", "nobody", "nothing", "no")
_OPEN = ("whether", "if", "unless")
_LIMITS = (
    "only",
    "merely",
    "solely",
    "hardly",
    "scarcely",
    "rarely",
    "almost",
    "nearly",
)  # neither yes nor no
_THINGS = ("nsubj", "nsubjpass", "dobj")
_SIGNS = ("indication", "evidence", "sign", "proof", "suggestion")
_WILL = ("will", "would", "shall", "'ll", "’ll", "'d", "’d")
_PLANNED = ("plan", "intend", "expect", "hope", "vow", "promise", "pledge", "want", "set", "go", "aim", "schedule", "agree", "due", "offer", "threaten", "prepare", "poise")  # fmt: skip
_ASKING = ("whether", "if", "how", "why")
_DEEPEST = 24  # clauses within one another


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's words with those that hang on each, and which of them belong to what is said."""

    tokens: Sequence[Token]
    below: Sequence[Sequence[int]]
    inside: Sequence[bool]


def tree(tokens: Sequence[Token], inside: Sequence[bool]) -> Tree:
    """The words ready to be asked."""
    below: list[list[int]] = [[] for _ in tokens]
    for n, t in enumerate(tokens):
        if t.head != n:
            below[t.head].append(n)
    return Tree(tokens, below, inside)


def negated(at: Tree, verb: int) -> bool | None:
    """True where the words say no to the verb, False where they say that it is so, None where they say neither.

    "No" before its subject or object negates a verb. Behind an "and" a verb without a subject of its own may share the
    "no" before it, so nothing is known then; what somebody denies, wants or asks is not said either way.
    """
    n, no = verb, False
    for _ in range(_DEEPEST):
        mine, first = _no(at, n), _first(at, n)
        if _limited(at, n) or (first != n and not mine and _shares_no(at, n)):
            return None
        no = no != mine
        up = at.tokens[first].head
        if up == first or not at.inside[up]:
            return no
        dep, above = at.tokens[first].dep, at.tokens[up].lemma.lower()
        if dep in ("acl", "ccomp") and above in _SIGNS:
            return not no if _is_none(at, up) else None  # "no indication that it was"
        if n == verb and dep in _THINGS and at.tokens[n].pos in ("NOUN", "PROPN"):
            return False if negated(at, up) is False else None  # of whom something is told, he is there
        if not (dep in _SAID or _is_likened(at, first, up)) or above in _UNSAID:
            return None
        n = up
    return None


def asked(at: Tree, verb: int) -> bool:
    """Whether a verb stands in a clause that asks: "whether", "if", "how", "why"."""
    n = verb
    for _ in range(_DEEPEST):
        if any(
            at.tokens[c].lemma.lower() in _ASKING and at.tokens[c].dep in ("mark", "advmod")
            for c in at.below[n]
        ):
            return (
                at.tokens[n].dep in ("ccomp", "pcomp", "advcl", "conj", "ROOT")
                or not at.inside[at.tokens[n].head]
            )
        up = at.tokens[n].head
        if up == n or not at.inside[up]:
            return False
        n = up
    return False


def mood(at: Tree, verb: int) -> Literal["told", "ahead", "aim"]:
    """Whether a verb tells what is or was done, what will or would be, or only what something is or was done for."""
    n = verb
    for _ in range(_DEEPEST):
        below = [at.tokens[c] for c in at.below[n]]
        if any(t.dep in ("aux", "auxpass") and t.lemma.lower() in _WILL and t.tag == "MD" for t in below):
            return "ahead"
        up, dep = at.tokens[n].head, at.tokens[n].dep
        if any(t.tag == "TO" and t.dep == "aux" for t in below):
            if dep in ("advcl", "acl", "relcl"):
                return "ahead" if at.tokens[up].lemma.lower() in _PLANNED else "aim"
            if dep == "xcomp" and at.tokens[up].lemma.lower() in _PLANNED:
                return "ahead"
        if dep not in ("conj", "xcomp") or up == n or not at.inside[up]:
            break
        n = up
    return "told"


def _is_likened(at: Tree, n: int, up: int) -> bool:
    """Whether it is what a "be" says of its subject, or what a cleft says: "it was a stone which hit him"."""
    t, above = at.tokens[n], at.tokens[up]
    if t.dep == "attr":
        return above.lemma.lower() == "be"
    return t.dep == "relcl" and above.dep == "attr" and at.tokens[above.head].lemma.lower() == "be"


def _first(at: Tree, n: int) -> int:
    """The first of the verbs that "and" joins."""
    for _ in range(_DEEPEST):
        up = at.tokens[n].head
        if at.tokens[n].dep != "conj" or up == n or not at.inside[up]:
            break
        n = up
    return n


def _shares_no(at: Tree, n: int) -> bool:
    """Whether a verb behind an "and" may be reached by the "no" of one before it."""
    if any(at.tokens[c].dep in _SUBJECTS for c in at.below[n]):
        return False
    for _ in range(_DEEPEST):
        up = at.tokens[n].head
        if at.tokens[n].dep != "conj" or up == n:
            return False
        if _no(at, up):
            return True
        n = up
    return False


def _no(at: Tree, n: int) -> bool:
    return any(at.tokens[c].dep == "neg" or _is_none(at, c) for c in at.below[n])


def _is_none(at: Tree, n: int) -> bool:
    t = at.tokens[n]
    if t.dep not in _TAKES_NO:
        return False
    return t.lemma.lower() in _NONE or any(
        at.tokens[c].dep == "det" and at.tokens[c].lemma.lower() == "no" for c in at.below[n]
    )


def _limited(at: Tree, n: int) -> bool:
    """Whether it only asks or supposes ("whether", "if"), or says hardly or only so much."""
    return any(
        (at.tokens[c].dep == "mark" and at.tokens[c].lemma.lower() in _OPEN)
        or (at.tokens[c].dep == "advmod" and at.tokens[c].lemma.lower() in _LIMITS)
        for c in at.below[n]
    )
