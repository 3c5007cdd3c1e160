"""Indirect and mixed speech: cue verbs with the clause, infinitive or noun phrase that holds what is said."""

from __future__ import annotations

from collections.abc import Iterator

from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import Frame, nouns, turned_down, verbs
from twosource.annotate.statements.phrases import (
    LIGHT,
    addressee,
    cue_words,
    negated,
    noun_phrase,
    relay,
    subject_of,
    that_clause,
)
from twosource.annotate.statements.tree import Tree

_PREPOSITIONS = {
    "for": "for", "about": "about", "of_": "of", "on": "on", "against": "against", "with_": "with", "to_": "to",
}  # fmt: skip
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
_ANY: frozenset[str] = frozenset()
_KINDS = {
    "clause": frozenset({"clause"}),
    "infinitive": frozenset({"inf", "oinf"}),
    "as": frozenset({"as"}),
    "charge": frozenset({"of"}),
    "ing": frozenset({"ing"}),
    "object": frozenset({"object"}),
    "prep": frozenset(_PREPOSITIONS),
}
_PERCEIVES = frozenset(
    {"find", "hear", "feel", "notice", "discover", "recall", "remember", "imagine", "declare"}
)
_SPEECH = frozenset({"say", "announce", "assert", "admit", "deny", "tell"})


def clause_drafts(tree: Tree, number: int, quoted: frozenset[int]) -> list[Draft]:
    """What the cue verbs of one sentence attribute; `quoted` are the words inside direct speech."""
    known = verbs()
    found: list[Draft] = []
    for v, word in enumerate(tree.words):
        if not word.tag.startswith("VB") or (frame := known.get(word.lemma.lower())) is None:
            continue
        draft = _verb(tree, number, v, frame, quoted)
        if draft is not None:
            found.append(draft)
    return found


def _verb(tree: Tree, number: int, v: int, frame: Frame, quoted: frozenset[int]) -> Draft | None:
    inside = v in quoted
    if _relaying(tree, v):
        return None
    if _passive(tree, v):
        return None if inside else passive(tree, number, v, frame)
    subject = subject_of(tree, v)
    if subject is None or _to_do(tree, v) or (inside and not _relayed(tree, v, subject, frame, quoted)):
        return None
    source = noun_phrase(tree, subject, v)
    told = addressee(tree, v, frame)
    for how, rough in _complements(tree, v, frame, told):
        content = _bounded(tree, v, how, rough)
        words = [i for i in content if i not in source or how == "relative"]
        if not inside:
            words = words if not _all_quoted(tree, words, quoted) else []
        if sum(tree.words[i].text[0].isalnum() for i in words) < 1:
            continue
        if inside and how != "clause":
            continue
        fitting = frame.taking(_KINDS.get(how, _ANY))
        if not fitting.to and how != "infinitive":
            told = []
        return Draft(
            number, tree.spans(words), tree.spans(cue_words(tree, v)), tree.spans(source), how, v, tuple(source), subject,
            tuple(told), fitting, negated(tree, v), _carrier(tree, v), _quoted_by(tree, v), inside,
            declined=tree.words[v].dep == "xcomp" and tree.lemma(tree.words[v].head) in {"decline", "refuse"},
        )  # fmt: skip
    return None


def _carrier(tree: Tree, v: int) -> tuple[int, ...]:
    relayed = relay(tree, v)
    return tuple(noun_phrase(tree, relayed[1], v)) if relayed is not None and relayed[1] is not None else ()


def _quoted_by(tree: Tree, v: int) -> bool:
    return bool(_carrier(tree, v)) and tree.lemma(tree.words[tree.words[v].head].head) == "quote"


def _to_do(tree: Tree, v: int) -> bool:
    """ "A chance to demand": what somebody may say is not said."""
    word = tree.words[v]
    if word.tag == "VBG" and word.dep == "acl" and verbs()[tree.lemma(v)].takes == {"inf"}:
        return True  # "parties aiming to rule"
    if (
        word.lemma == "ask"
        and word.dep == "advcl"
        and tree.kid(v, "nsubj", "dobj") is None
        and word.tag != "VBG"
    ):
        return True  # "Asked whether …, she said": she was asked
    if word.tag == "VB" and word.dep in {"acl", "relcl", "advcl"}:
        return True
    if word.tag == "VB" and word.dep == "xcomp":
        return tree.lemma(word.head) not in LIGHT and tree.kid(v, "ccomp") is None
    if word.dep == "acl" and tree.words[word.head].head == word.head and tree.kid(v, "ccomp") is not None:
        return False  # "The paper reported that …": the parser took a finite verb for a participle
    return word.tag == "VBN" and word.dep in {"acl", "amod"}  # "an operation dubbed": passive without a by


def _relayed(tree: Tree, v: int, subject: int, frame: Frame, quoted: frozenset[int]) -> bool:
    """Whether a speaker relays what somebody else says; what speakers say of themselves is no statement of its own."""
    if (
        subject not in quoted
        or not frame.spoken & _SPEECH
        or tree.words[v].tag not in {"VBD", "VBZ", "VBP", "VBN"}
    ):
        return False
    third = tree.words[subject].pos in {"NOUN", "PROPN"} or tree.low(subject) in {"he", "she", "they"}
    return third and tree.kid(v, "ccomp") is not None


def _all_quoted(tree: Tree, words: list[int], quoted: frozenset[int]) -> bool:
    return all(i in quoted or tree.is_mark(i) or tree.is_stop(i) or tree.low(i) == "that" for i in words)


def _passive(tree: Tree, v: int) -> bool:
    return tree.kid(v, "auxpass", "nsubjpass") is not None


def _bounded(tree: Tree, v: int, how: str, content: list[int]) -> list[int]:
    """The content with its ends put right: a second thing said by the same source is not part of it.

    The parser also cuts clauses short in the middle of a phrase; a clause ends at punctuation or before a joining word.
    """
    if not content or content[-1] < v:
        return content
    for i in content:
        if (
            (
                i - 1 in content
                and tree.words[i].dep == "conj"
                and tree.words[i].tag == tree.words[v].tag != "VB"
                and tree.lemma(i) in verbs()
            )
            and tree.kid(i, "nsubj", "nsubjpass") is None
            and i > content[0] + 2
            and not _expected(tree, v, i)
        ):
            start = i - 1
            while start > content[0] and (
                tree.words[start].pos in {"CCONJ", "ADV", "AUX"} or tree.is_stop(start)
            ):
                start -= 1
            content = [k for k in content if k <= start]
            break
    if (
        content[0] == v + 1
        and len(content) > 3
        and tree.low(v + 1) in _DAYS
        and tree.words[v + 2].pos not in {"VERB", "AUX"}
    ):
        content = [i for i in content if i > v + 1]  # "said Monday the bridge was safe"
    aside = next((i for i in content if i > content[0] and _aside(tree, i)), None)
    if aside is not None and how == "clause":
        content = [k for k in content if k < aside]
    if how in {"object", "prep"}:
        cut = next(
            (
                min(tree.below(c))
                for k in content
                for c in tree.kids(k, "relcl")
                if tree.low(min(tree.below(c)) - 1) == ","
            ),
            None,
        )
        content = [k for k in content if cut is None or k < cut]
    elif content[0] > v:
        last = content[-1]
        while last + 1 < len(tree.words) and not _boundary(tree, last + 1):
            last += 1
        content = [*content, *range(content[-1] + 1, last + 1)]
    return content


def _aside(tree: Tree, i: int) -> bool:
    """ "…, though the ministry denies it": a comma, a joining word, and somebody else who says something."""
    if tree.low(i) not in {"though", "although", "while", "but", "whereas"} or tree.low(i - 1) != ",":
        return False
    verb = (
        tree.words[i].head
        if tree.low(i) != "but"
        else next((c for c in tree.kids(tree.words[i].head, "conj") if c > i), i)
    )
    subject = tree.kid(verb, "nsubj")
    return (
        tree.lemma(verb) in verbs()
        and subject is not None
        and subject > i
        and tree.words[subject].pos != "PRON"
    )


def _expected(tree: Tree, v: int, i: int) -> bool:
    """Whether the coordinate verb belongs to another cue that is nearer, inside the content."""
    head = tree.words[i].head
    return tree.lemma(head) in verbs() and head != v and tree.kid(head, "ccomp") is not None and head > v


def _boundary(tree: Tree, i: int) -> bool:
    word = tree.words[i]
    return (
        tree.is_stop(i)
        or word.pos in {"CCONJ", "SCONJ"}
        or word.text in {")", "]"}
        or tree.low(i)
        in {"after", "before", "during", "while", "when", "on", "in", "at", "as", "last", "late", "early"}
        or word.text.endswith("day")
    )


def _relaying(tree: Tree, v: int) -> bool:
    return any(relay(tree, k) is not None for p in tree.kids(v, "prep") for k in tree.kids(p, "pcomp"))


# ------------------------------------------------------------------ the content


def _complements(tree: Tree, v: int, frame: Frame, told: list[int]) -> Iterator[tuple[str, list[int]]]:
    takes = frame.takes
    if "clause" in takes or "oinf" in takes or "inf" in takes:
        yield from _clausal(tree, v, takes, told)
    if "as" in takes:
        yield from _as(tree, v)
    if "of" in takes:
        yield from _charge(tree, v)
    for name, preposition in _PREPOSITIONS.items():
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
        and not (frame.taking(_KINDS["object"]).stance == "denies" and tree.lemma(o) in turned_down())
    ):
        yield (
            "object",
            [
                i
                for i in (
                    _message(tree, o) if frame.taking(_KINDS["object"]).stance == "denies" else tree.below(o)
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
    if infinitive is None and clause is not None and _is_infinitive(tree, clause):
        infinitive = clause
    if infinitive is not None and infinitive > v:
        bare = _is_infinitive(tree, infinitive) and not _unnamed(tree, v, infinitive)
        words = [i for i in tree.below(infinitive) if i > v]
        to = next((i for i in words if tree.low(i) == "to"), None)
        if bare and to is not None and ("inf" in takes or "oinf" in takes):
            yield "infinitive", [i for i in words if i >= to]
        elif (
            not _is_infinitive(tree, infinitive)
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


def _is_infinitive(tree: Tree, i: int) -> bool:
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


def passive(tree: Tree, number: int, v: int, frame: Frame) -> Draft | None:
    """ "It is believed that", "was said to have", "was accused by the police of": the agent, if any, is the source."""
    agent = next((a for a in tree.kids(v, "agent", "prep") if tree.low(a) == "by"), None)
    head = tree.kid(agent, "pobj") if agent is not None else None
    source = noun_phrase(tree, head, v) if head is not None else []
    subject = tree.kid(v, "nsubjpass")
    content: list[int] = []
    clause = tree.kid(v, "ccomp", "xcomp")
    if clause is not None and clause > v and (frame.passive or source):
        content = [i for i in tree.below(clause) if i > v and i not in source]
        if _is_infinitive(tree, clause) and subject is not None and tree.low(subject) != "it":
            content = [*tree.below(subject), *content]
    elif source and subject is not None and frame.takes & {"object", "as", "of"}:
        content = [
            *tree.below(subject),
            *(i for p in tree.kids(v, "prep", "oprd") if p > v and p != agent for i in tree.below(p)),
        ]
    content = [i for i in content if i not in source]
    if not any(tree.words[i].text[0].isalnum() for i in content):
        return None
    return Draft(
        number, tree.spans(content), tree.spans(cue_words(tree, v)), tree.spans(source), "passive", v, tuple(source), head,
        (), frame, negated(tree, v),
    )  # fmt: skip
