"""The phrases round a cue: who says it, to whom, and the words of the cue itself."""

from __future__ import annotations

from twosource.annotate.statements.lexicon import Frame, nouns, sources, verbs
from twosource.annotate.statements.tree import Tree, runs

# Verbs that only lend a cue their subject: "went on to say", "declined to say", "seemed to suggest".
LIGHT = frozenset(
    """go decline refuse seem appear continue begin start want try need have be use come like hasten dare care happen tend
    manage fail""".split()
)


_RANKS = frozenset("sgt capt cpl det insp supt cmdr pvt maj lt col gen rev".split())
_SO_MANY = frozenset("few couple dozen hundred thousand million score lot number group pair handful".split())
_GETS = frozenset("obtain get receive see have find review publish release leak share post".split())


def subject_of(tree: Tree, v: int) -> int | None:
    """The head of the noun phrase that does the saying, also where it stands with a governing or a coordinate verb."""
    if (beside := _beside(tree, v)) is not None:
        return beside
    seen: set[int] = set()
    while v not in seen:
        seen.add(v)
        own = next(
            (c for c in reversed(tree.kids(v, "nsubj", "nsubjpass")) if c < v),
            tree.kid(v, "nsubj", "nsubjpass"),
        )
        if own is not None:
            return None if tree.words[own].tag == "EX" else own
        word = tree.words[v]
        if word.dep == "conj" and word.tag == "VBD" and _second_cue(tree, v):
            v = tree.words[word.head].head
            continue
        relayed = relay(tree, v)
        if relayed is not None:
            return relayed[0]
        if word.dep in {"acl", "relcl"} and tree.words[word.head].pos in {"NOUN", "PROPN", "PRON"}:
            if not _goes_on(tree, v):
                return word.head
            v = next((i for i in tree.ancestors(v) if tree.words[i].pos in {"VERB", "AUX"}), v)
            continue
        climbs = word.dep in {"conj", "xcomp", "advcl", "parataxis", "dep", "aux", "pcomp", "prep", "pobj"}
        if (
            not climbs
            and not (word.dep == "ccomp" and word.tag in {"VBG", "VB"})
            and word.pos in {"VERB", "AUX"}
        ):
            return None
        v = word.head
        if tree.words[v].pos not in {"VERB", "AUX", "ADP", "SCONJ", "ADJ"}:
            return None
        if word.dep != "xcomp" and tree.kid(v, "nsubjpass") is not None and tree.kid(v, "agent") is not None:
            return None
    return None


def _goes_on(tree: Tree, v: int) -> bool:
    """ "She left the room, saying that …": a participle after a comma is the clause's, not that of the thing before it."""
    thing = tree.words[v].head
    known = sources()
    people = known.person | known.group | known.organisation | known.spokes | known.anonymous
    return (
        tree.words[v].tag == "VBG"
        and v > 0
        and tree.low(v - 1) == ","
        and tree.words[thing].tag in {"NN", "NNS"}
        and tree.words[thing].dep in {"dobj", "pobj"}
        and not {tree.lemma(thing), tree.low(thing)} & people
    )


def _beside(tree: Tree, v: int) -> int | None:
    """The source right beside the cue where the parser saw something else in it.

    "…, warned Ada Vale": the object of the warning to the parser; "after a call stating that …": a circumstance.
    """
    word = tree.words[v]
    clause, thing = tree.kid(v, "ccomp"), tree.kid(v, "dobj")
    if (
        word.tag in {"VBD", "VBZ"}
        and tree.lemma(v) in verbs()
        and "tell" not in verbs()[tree.lemma(v)].spoken
        and clause is not None
        and clause < v < (thing or 0)
        and tree.words[thing or 0].pos == "PROPN"
        and tree.low(v - 1) == ","
        and tree.kid(v, "nsubj") is None
    ):
        return thing
    got = word.head
    if word.tag == "VBG" and word.dep == "advcl" and tree.lemma(got) in _GETS:
        # "The paper obtained a letter asking him to go": it asks, not who has it.
        letter = tree.kid(got, "dobj")
        if letter is not None and got < letter < v and tree.lemma(letter) in sources().document:
            return letter
    before = v - 1
    if word.tag == "VBG" and word.dep == "advcl" and v and tree.words[before].pos == "NOUN":
        told = tree.lemma(before) in nouns() or tree.lemma(before) in sources().document
        return before if told and tree.kid(v, "ccomp") is not None else None
    return None


def _second_cue(tree: Tree, v: int) -> bool:
    """ "Said it was safe and added": the parser hangs the second cue on the clause that the first one holds."""
    inner = tree.words[v].head
    outer = tree.words[inner].head
    return (
        tree.words[inner].dep == "ccomp"
        and tree.words[outer].tag == tree.words[v].tag
        and tree.lemma(outer) in verbs()
        and tree.lemma(v) in verbs()
        and tree.lemma(inner) not in verbs()
    )


def relay(tree: Tree, v: int) -> tuple[int, int | None] | None:
    """ "X was quoted by Y as saying", "Y quoted X as saying": the heads of X, who says it, and of Y, who carries it."""
    as_ = tree.words[v].head
    if tree.words[v].dep != "pcomp" or tree.low(as_) != "as":
        return None
    carrier = tree.words[as_].head
    if tree.lemma(carrier) not in {"quote", "cite", "report"}:
        return None
    said_of = tree.kid(carrier, "nsubjpass")
    if said_of is not None:
        agent = tree.kid(carrier, "agent")
        return said_of, tree.kid(agent, "pobj") if agent is not None else None
    whom = tree.kid(carrier, "dobj")
    return (whom, tree.kid(carrier, "nsubj")) if whom is not None else None


def noun_phrase(tree: Tree, head: int, v: int | None) -> list[int]:
    """The words of the noun phrase round a head, without the part that holds the cue."""
    drop: set[int] = set()
    for c in tree.children[head]:
        holds_cue = v is not None and v in tree.below(c)
        if holds_cue or (c > head and tree.words[c].dep in {"advcl", "parataxis", "ccomp", "npadvmod"}):
            drop.update(tree.below(c))
    words = [i for i in tree.below(head) if i not in drop]
    if tree.words[head].dep == "nsubj":
        # "The commander of the fleet, Admiral Vale said": two subjects to the parser, one source to a reader.
        for other in tree.kids(tree.words[head].head, "nsubj"):
            if other < head:
                words += [i for i in range(min(tree.below(other)), head) if i not in drop]
    row = next((r for r in runs(words) if head in r), [head])
    row = _after_rank(tree, row)
    if _is_torn(tree, head, row):
        row = [i for i in row if i >= head]
    while row[-1] != head and (tree.is_stop(row[-1]) or tree.is_mark(row[-1])):
        row = row[:-1]
    while row[0] != head and (tree.is_stop(row[0]) or tree.is_mark(row[0]) or tree.low(row[0]) == "whose"):
        row = row[1:]
    return row


def _is_torn(tree: Tree, head: int, row: list[int]) -> bool:
    """Whether the noun before the head belongs to another phrase: "a fact investigators learned when they …"."""
    before = [i for i in row if i < head]
    return (
        len(before) == 2
        and tree.low(before[0]) in {"a", "an"}
        and tree.words[before[1]].tag == "NN"
        and tree.low(before[1]) not in _SO_MANY
        and tree.words[head].tag == "NNS"
    )


def _after_rank(tree: Tree, row: list[int]) -> list[int]:
    """A rank's words with the name that its full stop parted from it ("Sgt" "." "Ada Vale")."""
    end = row[-1]
    if (
        tree.low(end) in _RANKS
        and end + 2 < len(tree.words)
        and tree.words[end + 1].text == "."
        and tree.words[end + 2].pos == "PROPN"
    ):
        last = end + 2
        while last + 1 < len(tree.words) and tree.words[last + 1].pos == "PROPN":
            last += 1
        return [*row, *range(end + 1, last + 1)]
    return row


def cue_words(tree: Tree, v: int) -> list[int]:
    """The cue verb with its auxiliaries and negation."""
    words = [
        v,
        *(
            c
            for c in tree.children[v]
            if tree.words[c].dep in {"aux", "auxpass", "neg", "prt"} and abs(c - v) <= 4
        ),
    ]
    if (
        tree.words[v].dep == "xcomp"
        and tree.lemma(tree.words[v].head) in LIGHT
        and 0 < v - tree.words[v].head <= 3
    ):
        words += range(tree.words[v].head, v)
    return sorted(set(words))


def negated(tree: Tree, v: int) -> bool:
    """Whether the saying itself is negated: "didn't say", "never said"."""
    return any(tree.words[c].dep == "neg" or tree.low(c) in {"never", "neither"} for c in tree.children[v])


def addressee(tree: Tree, v: int, frame: Frame) -> list[int]:
    """The words that name to whom it is said; none where the verb has no place for them."""
    if "object" in frame.to:
        head = tree.kid(v, "dative", "iobj")
        head = head if head is not None else tree.kid(v, "dobj")
        if head is None and (clause := tree.kid(v, "ccomp", "xcomp")) is not None:
            # "told Reuters the ship sank" is often read as if Reuters sank the ship.
            first = tree.kid(clause, "nsubj")
            if first == v + 1 and tree.words[clause].tag == "VB":
                head = first
        if head is not None and head > v:
            if tree.low(head) == "to" and (inner := tree.kid(head, "pobj")) is not None:
                head = inner
            return noun_phrase(tree, head, None)
    if frame.stance == "asks" and (thing := tree.kid(v, "dobj")) is not None:
        # "Requested permission from the council"
        source = next((p for k in (v, thing) for p in tree.kids(k, "prep") if tree.low(p) == "from"), None)
        inner = tree.kid(source, "pobj") if source is not None else None
        if inner is not None and "demand" in frame.spoken:
            return noun_phrase(tree, inner, None)
    for p in tree.kids(v, "prep", "dative"):
        if tree.low(p) == "to" and (inner := tree.kid(p, "pobj")) is not None:
            return noun_phrase(tree, inner, None)
    return []


def that_clause(tree: Tree, noun: int) -> int | None:
    """The clause of a message noun whose "that" has no part in it: "the claim that it sank", not "the claim that he made".

    After "by" and a name the parser often misreads it, and there a relative clause is rare.
    """
    by = any(tree.low(p) in {"by", "from"} for p in tree.kids(noun, "prep"))
    for c in tree.kids(noun, "acl", "relcl", "ccomp"):
        that = next((k for k in tree.children[c] if tree.low(k) == "that"), None)
        if (
            c > noun
            and that is not None
            and (tree.words[that].dep == "mark" or (by and tree.words[that].dep == "dobj"))
        ):
            return c
    return None
