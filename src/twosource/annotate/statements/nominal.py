"""Nouns and adjectives that hold what is said ("his claim that", "is convinced that"), and refusals to say anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import Frame, adjectives, light_verbs, nouns, verbs
from twosource.annotate.statements.phrases import cue_words, negated, noun_phrase, subject_of, that_clause
from twosource.annotate.statements.tree import Tree

_SILENT = frozenset({"comment", "respond", "reply", "answer", "elaborate", "discuss", "speak", "talk", "say"})
_ASKED = frozenset(
    {"request", "call", "message", "email", "e-mail", "comment", "question", "inquiry", "query"}
)


def nominal_drafts(tree: Tree, number: int, quoted: frozenset[int]) -> list[Draft]:
    """The attributions of one sentence that hang on a noun, an adjective or a silence."""
    found: list[Draft] = []
    for i, word in enumerate(tree.words):
        if i in quoted:
            continue
        if word.pos == "NOUN":
            found += _noun(tree, number, i)
        elif word.tag.startswith("JJ") or word.tag == "VBN":
            found += _adjective(tree, number, i)
        if word.pos == "VERB":
            found += _silence(tree, number, i)
    return found


def _noun(tree: Tree, number: int, n: int) -> Iterator[Draft]:
    stance = nouns().get(tree.lemma(n))
    if stance is None:
        return
    clause = that_clause(tree, n)
    if clause is None:
        return
    head = tree.kid(n, "poss")
    if head is None:
        by = next((p for p in tree.kids(n, "prep") if tree.low(p) in {"by", "from"} and p < clause), None)
        head = tree.kid(by, "pobj") if by is not None else None
    if head is None and tree.words[n].dep == "dobj" and tree.lemma(tree.words[n].head) in light_verbs():
        head = subject_of(tree, tree.words[n].head)
    said = _said_in(tree, n)
    if head is None and said is not None:
        head = subject_of(tree, said)
    if head is None:
        head = next((c for c in tree.kids(n, "compound") if tree.words[c].pos == "PROPN"), None)
    source = (
        [i for i in noun_phrase(tree, head, n) if i not in tree.below(clause)] if head is not None else []
    )
    while source and tree.low(source[-1]) in {"'s", "’s", "'", "’"}:
        source = source[:-1]
    content = [i for i in tree.below(clause) if i > n]
    frame = Frame(
        frozenset({"clause"}), stance=stance, certainty="assessed" if stance == "hedges" else "asserted"
    )
    cue = [n] if said is None or not source else cue_words(tree, said)
    yield Draft(
        number, tree.spans(content), tree.spans(cue), tree.spans(source), "noun", n, tuple(source), head if source else None,
        frame=frame,
    )  # fmt: skip


def _said_in(tree: Tree, n: int) -> int | None:
    """ "Said in a statement that it sank": the cue where the parser gave its clause to the statement."""
    p = tree.words[n].head
    v = tree.words[p].head
    if (
        tree.words[n].dep != "pobj"
        or tree.low(p) not in {"in", "at", "during", "by"}
        or tree.words[v].pos != "VERB"
    ):
        return None
    frame = verbs().get(tree.lemma(v))
    return v if frame is not None and "clause" in frame.takes else None


def _adjective(tree: Tree, number: int, a: int) -> Iterator[Draft]:
    frame = adjectives().get(tree.low(a))
    clause = tree.kid(a, "ccomp")
    if (
        frame is None
        or clause is None
        or clause < a
        or tree.low(a - 1) == "for"  # "could not confirm for sure"
        or (tree.words[a].tag == "VBN" and tree.kid(a, "agent") is not None)
    ):
        return
    be = tree.words[a].head if tree.words[a].dep == "acomp" else a
    head = subject_of(tree, be)
    if head is None or tree.low(head) in {"it", "there"} or _sees_to_it(tree, a):
        return
    source = noun_phrase(tree, head, a)
    cue = sorted({*cue_words(tree, be), a})
    if negated(tree, be) or negated(tree, a):
        frame = replace(frame, stance="hedges", certainty="possible")
    content = [i for i in tree.below(clause) if i > a]
    yield Draft(
        number, tree.spans(content), tree.spans(cue), tree.spans(source), "adjective", a, tuple(source), head, frame=frame
    )  # fmt: skip


def _sees_to_it(tree: Tree, a: int) -> bool:
    """ "Made sure that everyone was out", "searched again to be certain that": who does so sees to it, and says nothing."""
    above = tree.words[a].head
    return tree.low(a) in {"sure", "certain"} and (
        tree.lemma(above) == "make" or (above == a - 1 and tree.low(a - 2) == "to")
    )


def _silence(tree: Tree, number: int, v: int) -> Iterator[Draft]:
    """ "Declined to comment", "could not be reached", "did not respond to requests"."""
    lemma = tree.lemma(v)
    not_ = any(tree.words[c].dep == "neg" for c in tree.children[v])
    words = {tree.lemma(i) for i in tree.below(v)}
    told_off = lemma in {"decline", "refuse"} and any(tree.lemma(x) in _SILENT for x in tree.kids(v, "xcomp"))
    unreached = lemma == "reach" and not_ and tree.kid(v, "nsubjpass") is not None
    unanswered = lemma in {"respond", "reply", "return", "answer"} and not_ and bool(words & _ASKED)
    if not (told_off or unreached or unanswered):
        return
    head = subject_of(tree, v)
    if head is None:
        return
    source = noun_phrase(tree, head, v)
    cue = cue_words(tree, v)
    content = [i for i in tree.below(v) if i > v and i not in source]
    spans = tree.spans(content) or tree.spans([v])
    yield Draft(
        number, spans, tree.spans(cue), tree.spans(source), "silence", v, tuple(source), head, declined=True
    )
