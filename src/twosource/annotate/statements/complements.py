"""The clause, infinitive, noun phrase or predicate that a cue verb holds: what is said, as the syntax shows it."""

from __future__ import annotations

from collections.abc import Iterator

from twosource.annotate.statements.lexicon import Frame, nouns, turned_down, verbs
from twosource.annotate.statements.phrases import that_clause
from twosource.annotate.statements.tree import Tree

PREPOSITIONS = {
    "for": "for", "about": "about", "of_": "of", "on": "on", "against": "against", "to_": "to",
}  # fmt: skip
_PREDICATES = {"as": "as", "like": "to", "over": "for"}
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
KINDS = {
    "clause": frozenset({"clause"}),
    "infinitive": frozenset({"inf", "oinf"}),
    "as": frozenset({"as", "like", "over"}),
    "charge": frozenset({"of"}),
    "ing": frozenset({"ing"}),
    "object": frozenset({"object"}),
    "prep": frozenset(PREPOSITIONS),
}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WHAT = 12  # words between "what" and a cue that says what somebody calls it
_APART = 14  # words that may stand between a cue and its "that"
_WITH_THAT = frozenset({"hold", "allow", "grant", "own"})  # say something only with "that"
_PERCEIVES = frozenset(
    {
        "find",
        "hear",
        "feel",
        "notice",
        "discover",
        "recall",
        "remember",
        "imagine",
        "declare",
        "allow",
        "grant",
    }
)


def complements(tree: Tree, v: int, frame: Frame, told: list[int]) -> Iterator[tuple[str, list[int]]]:
    """What the verb's frame may take of what stands with it, each as the construction and its words, likeliest first."""
    takes = frame.takes
    if "clause" in takes or "oinf" in takes or "inf" in takes:
        yield from _clausal(tree, v, takes, told)
        yield from _told_to(tree, v, takes, told)
    for name, preposition in _PREDICATES.items():
        if name in takes:
            yield from _as(tree, v, preposition)
    if "of" in takes:
        yield from _charge(tree, v)
    for name, preposition in PREPOSITIONS.items():
        if name in takes:
            for p in tree.kids(v, "prep", "agent", "prt"):
                thing = tree.kid(p, "pobj", "pcomp")
                if thing is None and tree.low(p) == preposition and (late := _called_for(tree, v, p)):
                    yield "prep", late
                if tree.low(p) == preposition and thing is not None and tree.low(thing) not in _DAYS:
                    yield "prep", [*(i for i in tree.below(p) if i > p), *_called_for(tree, v, p)]
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
    if "clause" in takes:
        yield from _that(tree, v, told)


def _called_for(tree: Tree, v: int, p: int) -> list[int]:
    """ "Called on the owners to pay": what they shall do, where the parser hung it on the cue."""
    if tree.low(p) not in {"on", "for"}:
        return []
    end = max(tree.below(p))
    after = (x for x in tree.kids(v, "xcomp", "advcl", "ccomp") if x > end and is_infinitive(tree, x))
    return next((row for x in after if min(row := list(tree.below(x))) == end + 1), [])


def _message(tree: Tree, o: int) -> tuple[int, ...]:
    """What is denied where "the allegation that it leaked" is: that it leaked."""
    clause = that_clause(tree, o) if tree.lemma(o) in nouns() else None
    return tree.below(clause) if clause is not None else tree.below(o)


def _clausal(tree: Tree, v: int, takes: frozenset[str], told: list[int]) -> Iterator[tuple[str, list[int]]]:
    clauses = [c for c in tree.kids(v, "ccomp") if not _of_the_object(tree, v, c)] or _of_the_governor(
        tree, v
    )
    clause = next((c for c in clauses if c > v), clauses[0] if clauses else None)
    if clause is not None and clause < v and any(tree.words[i].text == ";" for i in range(clause, v)):
        clause = None  # "Police said …; the union said …"
    if clause is not None and tree.lemma(v) in _PERCEIVES and not _finite(tree, clause):
        clause = None  # "found two men dead", "heard it fall": nothing is said
    if (
        clause is not None
        and tree.lemma(v) in _WITH_THAT
        and not any(tree.low(k) == "that" for k in tree.kids(clause, "mark"))
    ):
        clause = None  # "holds what looks like a lamp", "allows them to stay"
    if clause is not None and "clause" in takes:
        words = [i for i in tree.below(clause) if i not in told]
        if told and max(told) > v and clause > v:
            words = [i for i in words if i > max(told)]
        if clause > v:
            thing = tree.kid(v, "dobj")
            if thing is not None and thing not in told and v < thing < clause:
                # The parser took the clause's subject for the cue's object.
                words = [*range(min(i for i in tree.below(thing) if i > v), min(words)), *words]
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
        if to is not None and tree.low(to - 1) in {"not", "never"} and to - 1 in words:
            to -= 1  # "vowed not to leave"
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
        and (
            tree.low(v + 1) in {"that", "whether", "if", "why", "how"}
            or (not clauses and _plain(tree, v, late))
        )
    ):
        yield "clause", [i for i in tree.below(late) if i > v]


def _plain(tree: Tree, v: int, late: int) -> bool:
    """ "Said even before the storm, the crowd was uneasy": a clause with a subject of its own that nothing joins on."""
    subject = tree.kid(late, "nsubj", "nsubjpass")
    return (
        tree.lemma(v) == "say"
        and tree.words[late].dep != "conj"
        and tree.kid(v, "dobj") is None
        and tree.kid(late, "mark") is None
        and subject is not None
        and v < subject < late
        and _finite(tree, late)
    )


def _of_the_object(tree: Tree, v: int, clause: int) -> bool:
    """ "Posted an article claiming it sank": the parser gives the verb the clause that its object's own cue holds."""
    return any(
        v < a < clause
        and tree.lemma(a) in verbs()
        and tree.words[a].tag == "VBG"
        and tree.kid(a, "ccomp") is None
        for o in tree.kids(v, "dobj")
        for a in tree.kids(o, "acl")
    )


def _of_the_governor(tree: Tree, v: int) -> list[int]:
    """The clause of a cue beside a noun that the parser gave to the verb above: the other side of the same mistake."""
    if tree.words[v].dep != "acl" or tree.words[v].tag != "VBG":
        return []
    above = tree.words[tree.words[v].head].head
    return [c for c in tree.kids(above, "ccomp") if c > v and _of_the_object(tree, above, c)]


def _told_to(tree: Tree, v: int, takes: frozenset[str], told: list[int]) -> Iterator[tuple[str, list[int]]]:
    """ "Tells his people at a rally to go": an infinitive that the parser took for a purpose."""
    late = next((x for x in tree.kids(v, "advcl") if x > v and is_infinitive(tree, x)), None)
    if "oinf" in takes and told and late is not None and tree.kid(v, "ccomp", "xcomp") is None:
        words = tree.below(late)
        to = next(i for i in words if tree.low(i) == "to")
        if to > max(told):
            yield "infinitive", [i for i in words if i >= to]


def _that(tree: Tree, v: int, told: list[int]) -> Iterator[tuple[str, list[int]]]:
    """A clause with "that" which the parser hung on a word between: "told a friend on a regular basis that it leaks"."""
    for i in range(v + 1, min(v + _APART, len(tree.words))):
        word = tree.words[i]
        if tree.low(i) in {"that", "whether"} and word.head > i and i > max(told, default=v):
            verb = tree.words[word.head]
            thing = tree.kid(v, "dobj")
            if (
                word.dep not in {"nsubj", "nsubjpass", "det", "dobj", "pobj"}
                and verb.pos in {"VERB", "AUX"}
                and (thing is None or thing in told)
            ):
                yield "clause", [k for k in tree.below(word.head) if k >= i]
            return
        if word.tag in _FINITE or (tree.lemma(i) in verbs() and word.tag.startswith("VB")):
            return


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


def _as(tree: Tree, v: int, preposition: str) -> Iterator[tuple[str, list[int]]]:
    """A thing and what it is said to be: "described it as", "likened it to", "praised it for"."""
    thing = tree.kid(v, "dobj")
    as_ = next((p for p in tree.kids(v, "prep") if tree.low(p) == preposition and p > v), None)
    if as_ is not None and (thing is not None or preposition == "as"):
        words = list(tree.below(as_))
        if thing is not None:
            words += tree.below(thing)
        yield "as", [i for i in words if i > v]
    if preposition != "as":
        return
    things = [o for o in tree.kids(v, "dobj") if o > v]
    if len(things) == 2:  # "branded the land an outlaw": two objects to the parser
        yield "as", [i for o in things for i in tree.below(o)]
    named = tree.kid(v, "oprd")
    if named is not None and thing is None and tree.lemma(v) == "name":
        named = None  # "his father, also named Ada's"
    if named is None and things and any(tree.low(i) == "what" for i in range(max(0, v - _WHAT), v)):
        named, thing = things[0], None  # "in what the mayor called a “disgrace”"
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
