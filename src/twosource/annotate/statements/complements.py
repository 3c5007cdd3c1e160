"""The clause, infinitive, noun phrase or predicate that a cue verb holds: what is said, as the syntax shows it."""

from __future__ import annotations

from collections.abc import Iterator

from twosource.annotate.statements.lexicon import Frame, nouns, turned_down
from twosource.annotate.statements.phrases import that_clause
from twosource.annotate.statements.tree import Tree

PREPOSITIONS = {
    "for": "for", "about": "about", "of_": "of", "on": "on", "against": "against", "with_": "with", "to_": "to",
}  # fmt: skip
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
KINDS = {
    "clause": frozenset({"clause"}),
    "infinitive": frozenset({"inf", "oinf"}),
    "as": frozenset({"as"}),
    "charge": frozenset({"of"}),
    "ing": frozenset({"ing"}),
    "object": frozenset({"object"}),
    "prep": frozenset(PREPOSITIONS),
}
_PERCEIVES = frozenset(
    {"find", "hear", "feel", "notice", "discover", "recall", "remember", "imagine", "declare"}
)


def complements(tree: Tree, v: int, frame: Frame, told: list[int]) -> Iterator[tuple[str, list[int]]]:
    takes = frame.takes
    if "clause" in takes or "oinf" in takes or "inf" in takes:
        yield from _clausal(tree, v, takes, told)
    if "as" in takes:
        yield from _as(tree, v)
    if "of" in takes:
        yield from _charge(tree, v)
    for name, preposition in PREPOSITIONS.items():
        if name in takes:
            for p in tree.kids(v, "prep", "agent"):
                thing = tree.kid(p, "pobj", "pcomp")
                if tree.low(p) == preposition and thing is not None and tree.low(thing) not in _DAYS:
                    yield "prep", [i for i in tree.below(p) if i > p]
    if (
        "ing" in takes
        and (x := tree.kid(v, "xcomp", "ccomp")) is not None
        and tree.words[x].tag == "VBG"
        and x > v
    ):
        yield "ing", list(tree.below(x))
    if (
        "object" in takes
        and (o := tree.kid(v, "dobj")) is not None
        and o > v
        and tree.low(o) not in {"it", "that", "this", "so", "what"}
        and not (frame.taking(KINDS["object"]).stance == "denies" and tree.lemma(o) in turned_down())
    ):
        yield (
            "object",
            [
                i
                for i in (
                    _message(tree, o) if frame.taking(KINDS["object"]).stance == "denies" else tree.below(o)
                )
                if i > v
            ],
        )


def _message(tree: Tree, o: int) -> tuple[int, ...]:
    """What is denied where "the allegation that it leaked" is: that it leaked."""
    clause = that_clause(tree, o) if tree.lemma(o) in nouns() else None
    return tree.below(clause) if clause is not None else tree.below(o)


def _clausal(tree: Tree, v: int, takes: frozenset[str], told: list[int]) -> Iterator[tuple[str, list[int]]]:
    clauses = tree.kids(v, "ccomp")
    clause = next((c for c in clauses if c > v), clauses[0] if clauses else None)
    if clause is not None and clause < v and any(tree.words[i].text == ";" for i in range(clause, v)):
        clause = None  # "Police said …; the union said …"
    if clause is not None and tree.lemma(v) in _PERCEIVES and not _finite(tree, clause):
        clause = None  # "found two men dead", "heard it fall": nothing is said
    if clause is not None and "clause" in takes:
        words = [i for i in tree.below(clause) if i not in told]
        if told and max(told) > v and clause > v:
            words = [i for i in words if i > max(told)]
        if clause > v:
            thing = tree.kid(v, "dobj")
            if thing is not None and thing not in told and v < thing < clause:
                words = [
                    *tree.below(thing),
                    *words,
                ]  # the parser took the clause's subject for the cue's object
            yield "clause", [i for i in words if i > v]
        else:
            yield "clause", words
    infinitive = tree.kid(v, "xcomp")
    if infinitive is None and clause is not None and is_infinitive(tree, clause):
        infinitive = clause
    if infinitive is not None and infinitive > v:
        bare = is_infinitive(tree, infinitive) and not _unnamed(tree, v, infinitive)
        words = [i for i in tree.below(infinitive) if i > v]
        to = next((i for i in words if tree.low(i) == "to"), None)
        if bare and to is not None and ("inf" in takes or "oinf" in takes):
            yield "infinitive", [i for i in words if i >= to]
        elif (
            not is_infinitive(tree, infinitive)
            and "clause" in takes
            and tree.words[infinitive].tag in {"VBD", "VBZ", "VBP", "JJ", "NN", "NNS"}
        ):
            yield "clause", words
    late = tree.kid(v, "advcl", "parataxis", "conj")
    if (
        late is not None
        and late > v
        and "clause" in takes
        and tree.low(v + 1) in {"that", "whether", "if", "why", "how"}
    ):
        yield "clause", [i for i in tree.below(late) if i > v]


def _unnamed(tree: Tree, v: int, infinitive: int) -> bool:
    """ "Asked not to be named", "declined to be identified": how somebody speaks, not what they say."""
    return (
        tree.lemma(v) in {"ask", "request", "decline", "refuse", "insist", "want", "wish", "prefer"}
        and tree.lemma(infinitive) in {"name", "identify", "quote", "photograph", "record"}
        and tree.kid(infinitive, "auxpass") is not None
    )


def _finite(tree: Tree, i: int) -> bool:
    return any(
        tree.words[k].tag in {"VBD", "VBZ", "VBP", "MD"} for k in (i, *tree.kids(i, "aux", "auxpass", "cop"))
    )


def is_infinitive(tree: Tree, i: int) -> bool:
    """Whether a verb stands in the infinitive with its "to"."""
    return any(tree.low(c) == "to" and tree.words[c].dep == "aux" for c in tree.children[i])


def _as(tree: Tree, v: int) -> Iterator[tuple[str, list[int]]]:
    thing = tree.kid(v, "dobj")
    as_ = next((p for p in tree.kids(v, "prep") if tree.low(p) == "as" and p > v), None)
    if as_ is not None:
        words = list(tree.below(as_))
        if thing is not None:
            words += tree.below(thing)
        yield "as", [i for i in words if i > v]
    named = tree.kid(v, "oprd")
    if named is not None and named > v:
        words = list(tree.below(named)) + (list(tree.below(thing)) if thing is not None else [])
        yield "as", [i for i in words if i > v]
    small = tree.kid(v, "ccomp", "xcomp")
    if small is not None and small > v and tree.words[small].pos in {"NOUN", "ADJ", "PROPN"}:
        yield "as", [i for i in tree.below(small) if i > v]


def _charge(tree: Tree, v: int) -> Iterator[tuple[str, list[int]]]:
    whom = tree.kid(v, "dobj")
    of = next((p for p in tree.kids(v, "prep") if tree.low(p) in {"of", "with"} and p > v), None)
    if whom is not None and of is not None:
        yield "charge", [i for i in (*tree.below(whom), *tree.below(of)) if i > v]
