"""Indirect and mixed speech: cue verbs with the clause, infinitive or noun phrase that holds what is said."""

from __future__ import annotations

from twosource.annotate.statements.bounds import bounded
from twosource.annotate.statements.complements import KINDS, complements, is_infinitive
from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import Frame, verbs
from twosource.annotate.statements.phrases import (
    LIGHT,
    addressee,
    cue_words,
    negated,
    noun_phrase,
    relay,
    subject_of,
)
from twosource.annotate.statements.saying import in_charge, is_saying, may_speak, reveals
from twosource.annotate.statements.tree import Tree

_ANY: frozenset[str] = frozenset()
_ADDRESSED = frozenset({"you", "'s", "’s"})  # "would you think …", "let's say …": nobody says it
_SHOWS = frozenset({"show", "demonstrate", "depict", "illustrate"})  # people show things, papers show facts
_SPEECH = frozenset({"say", "announce", "assert", "admit", "deny", "tell"})


def clause_drafts(tree: Tree, number: int, quoted: frozenset[int]) -> list[Draft]:
    """What the cue verbs of one sentence attribute; `quoted` are the words inside direct speech."""
    known = verbs()
    found: list[Draft] = []
    for v, word in enumerate(tree.words):
        if not word.tag.startswith("VB") or (frame := known.get(word.lemma.lower())) is None:
            continue
        if _half_a_word(tree, v):
            continue
        draft = _verb(tree, number, v, frame, quoted)
        if draft is not None:
            found.append(draft)
    return found


def _half_a_word(tree: Tree, v: int) -> bool:
    """ "Co-wrote" is no writing to anybody: the parser cuts it at the hyphen."""
    before = tree.words[v - 1] if v else None
    return before is not None and before.text == "-" and before.span.end == tree.words[v].span.start


def _verb(tree: Tree, number: int, v: int, frame: Frame, quoted: frozenset[int]) -> Draft | None:
    inside = v in quoted or tree.quotation(v) is not None
    if _relaying(tree, v):
        return None
    if _passive(tree, v):
        return None if inside else passive(tree, number, v, frame)
    subject = subject_of(tree, v)
    if (
        subject is None
        or tree.low(subject) in _ADDRESSED
        or _to_do(tree, v)
        or (inside and not _relayed(tree, v, subject, frame, quoted))
    ):
        return None
    source = noun_phrase(tree, subject, v)
    told = addressee(tree, v, frame)
    told = [] if subject in told else told
    for how, rough in complements(tree, v, frame, told):
        content = bounded(tree, v, how, rough)
        if inside:
            content = _within(tree, v, content)
        words = [i for i in content if i not in source or how == "relative"]
        if not inside:
            words = words if not _all_quoted(tree, words, quoted) else []
        if sum(tree.words[i].text[0].isalnum() for i in words) < 1:
            continue
        if inside and how != "clause":
            continue
        fitting = frame.taking(KINDS.get(how, _ANY))
        if how == "object" and tree.lemma(v) in _SHOWS and not reveals(tree, subject):
            continue  # "was showing the girls a gun"
        if not fitting.to and how != "infinitive":
            told = []
        return Draft(
            number, tree.spans(words), tree.spans(cue_words(tree, v)), tree.spans(source), how, v, tuple(source), subject,
            tuple(told), fitting, negated(tree, v), _carrier(tree, v), _quoted_by(tree, v), inside,
            declined=tree.words[v].dep == "xcomp" and tree.lemma(tree.words[v].head) in {"decline", "refuse"},
            voiced=is_saying(tree, v, how, fitting, words),
        )  # fmt: skip
    return None


def _within(tree: Tree, v: int, content: list[int]) -> list[int]:
    """What somebody relays inside a quotation ends with the quotation."""
    held = tree.quotation(v)
    return content if held is None else [i for i in content if i in held]


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
    word = tree.words[v]
    if tree.kid(v, "auxpass", "nsubjpass") is not None:
        return True
    takes = verbs()[tree.lemma(v)].takes if tree.lemma(v) in verbs() else _ANY
    shared = word.dep == "conj" and tree.kid(word.head, "auxpass") is not None
    return (
        shared  # "was fined and ordered to leave"
        and tree.kid(v, "nsubj", "aux", "dobj") is None
        and "oinf" in takes
        and "inf" not in takes
        and v + 1 < len(tree.words)
        and tree.low(v + 1) == "to"
    )


def _relaying(tree: Tree, v: int) -> bool:
    return any(relay(tree, k) is not None for p in tree.kids(v, "prep") for k in tree.kids(p, "pcomp"))


def passive(tree: Tree, number: int, v: int, frame: Frame) -> Draft | None:
    """ "It is believed that", "was said to have", "was accused by the police of": the agent, if any, is the source."""
    agent = next((a for a in tree.kids(v, "agent", "prep") if tree.low(a) == "by"), None)
    head = tree.kid(agent, "pobj") if agent is not None else None
    if agent is not None and head is not None and in_charge(tree, v, agent, head):
        head = None
    if head is not None and not may_speak(tree, head):
        return None  # "marked by a campaign of bombings"
    source = noun_phrase(tree, head, v) if head is not None else []
    subject = tree.kid(v, "nsubjpass")
    content: list[int] = []
    clause = tree.kid(v, "ccomp", "xcomp")
    if clause is not None and clause > v and (frame.passive or source):
        content = [i for i in tree.below(clause) if i > v and i not in source]
        if is_infinitive(tree, clause) and subject is not None and tree.low(subject) != "it":
            content = [*tree.below(subject), *content]
    elif source and subject is not None and frame.takes & {"object", "as", "of"}:
        content = [
            *tree.below(subject),
            *(i for p in tree.kids(v, "prep", "oprd") if p > v and p != agent for i in tree.below(p)),
        ]
    elif frame.spoken & {"tell"} and subject is not None and tree.low(subject) == "we" and clause is not None:
        content = [i for i in tree.below(clause) if i > v]  # "we're told the road is closed"
    content = [i for i in content if i not in source]
    if not any(tree.words[i].text[0].isalnum() for i in content):
        return None
    how = "clause" if clause is not None else "charge" if frame.takes & {"of"} else "object"
    return Draft(
        number, tree.spans(content), tree.spans(cue_words(tree, v)), tree.spans(source), "passive", v, tuple(source), head,
        (), frame, negated(tree, v), voiced=is_saying(tree, v, how, frame, content),
    )  # fmt: skip
