"""Questions that the reports leave open, and the rival answers to each, after Heuer's Analysis of Competing Hypotheses.

An answer is a candidate only because some report names it beside another ("either A or B"), or because reports give
reasons that exclude each other. Statements are laid for,
against or neutral to each; no likelihood is worked out, and "other or not established" is always among the answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from twosource.corroborate.facts.reading import Reading, open_all
from twosource.corroborate.questions.decisive import decisive
from twosource.corroborate.questions.forks import Fork, forks_of
from twosource.corroborate.questions.motives import motives
from twosource.corroborate.questions.names import Names
from twosource.model import Annotation, Article, Claim, Hypothesis, Question, Statement, Token
from twosource.text import normal

__all__ = ["NOT_ESTABLISHED", "question"]

NOT_ESTABLISHED = "other or not established"
# Words that lay a deed at somebody's door, and the deeds that an accused denies.
_BLAMED = frozenset("behind responsible responsibility blame culprit culpable guilty".split())
_HARM = frozenset("fire shoot launch attack bomb strike hit sink kill target shell down involve".split())
_ABOUT = 3  # words of the deed that a statement must share to bear on the question
_SAME_DEED = 2  # the same where one of them is the deed's verb
_DEEPEST = 8  # words up the tree from an answer to the deed
_HOLLOW = 8  # content words of a statement that blames without naming a deed: "the rebels appeared to be responsible"
# Words that clear a thing of being the cause.
_SOUND = re.compile(
    r"\b(?:in order|intact|sound|working|worked|functioning|functioned|no (?:fault|defect|damage|sign)|not (?:faulty|damaged|broken|to blame)|ruled out)\b",
    re.IGNORECASE,
)


def question(
    claims: Sequence[Claim], articles: Sequence[Article], annotations: Sequence[Annotation], cast: Names
) -> list[Question]:
    """The open questions, the one that most reports raise first, each with two answers and "other or not established"."""
    readings = open_all(articles, annotations)
    forks = sorted((f for r in readings for f in forks_of(r, cast.actors)), key=lambda f: f.evidence)
    groups: list[list[Fork]] = []
    for fork in forks:
        group = next((g for g in groups if fork.same_options(g[0])), None)
        if group is None:
            groups.append([fork])
        else:
            group.append(fork if group[0].straight(fork) else fork.turned())
    main = frozenset(s for c in claims if c.event == "main" for s in c.statements)
    groups.sort(key=lambda g: (-len({f.evidence.report for f in g}), g[0].evidence))
    found = [_question(g, readings) for g in groups if _matters(g, readings, main)]
    asked = [q for q in found if _is_open(q, readings)]
    asked += [Question(q, options) for q, options in motives(readings, NOT_ESTABLISHED)]
    return [replace(q, decisive=decisive(q.options, readings)) for q in asked]


def _is_open(asked: Question, readings: Sequence[Reading]) -> bool:
    """Whether statements of two reports or more bear on a question, and one of them on an answer or two leave it open."""
    reports = {s.id: r.id for r in readings for s in r.annotation.statements}
    laid = {reports[i] for o in asked.options for i in (*o.supports, *o.against, *o.neutral)}
    return len(laid) > 1


def _matters(group: Sequence[Fork], readings: Sequence[Reading], main: frozenset[str]) -> bool:
    """A fork of the main event, or one that two reports have; others are turns of phrase."""
    if len({f.evidence.report for f in group}) > 1:
        return True
    by_id = {r.id: r for r in readings}
    for f in group:
        said = by_id[f.evidence.report].annotation.statements
        if any(s.id in main and any(c.overlaps(f.evidence.span) for c in s.content) for s in said):
            return True
    return False


def _question(group: Sequence[Fork], readings: Sequence[Reading]) -> Question:
    keys = [frozenset(k for f in group for k in f.keys[n]) for n in (0, 1)]
    only = [keys[n] - keys[1 - n] for n in (0, 1)]
    deed = _deed(group, readings) - keys[0] - keys[1]
    for_: tuple[list[str], list[str]] = ([], [])
    against: tuple[list[str], list[str]] = ([], [])
    open_: list[str] = []
    for reading in readings:
        for s in reading.annotation.statements:
            said = _content(reading, s)
            hits = [len(o & said) >= min(2, len(o)) for o in only]
            itself = _themselves(s, only)
            if s.declined:
                continue
            if s.stance == "denies" and sum(itself) == 1 and said & _HARM and not any(hits):
                against[itself.index(True)].append(s.id)
                continue
            if (n := _cleared(reading, s, group[0], said)) is not None:
                against[n].append(s.id)
                continue
            if not any(hits) or not _bears(said, deed, group[0].verb):
                continue
            if not said & _BLAMED and not _does(reading, s, group[0].verb, only[hits.index(True)]):
                continue
            if all(hits):
                open_.append(s.id)
            elif s.stance == "denies" or s.negated:
                against[hits.index(True)].append(s.id)
            else:
                for_[hits.index(True)].append(s.id)
    options = [
        Hypothesis(group[0].options[n], tuple(for_[n]), tuple(against[n]), tuple(open_)) for n in (0, 1)
    ]
    options.append(Hypothesis(NOT_ESTABLISHED, (), (), tuple(open_)))
    return Question(group[0].question, tuple(options))


def _bears(said: frozenset[str], deed: frozenset[str], verb: str) -> bool:
    """Whether a statement is about the deed: by its words, by its verb, or as blame that names no other deed."""
    common = len(deed & said)
    if common >= _ABOUT or (verb in said and common >= _SAME_DEED):
        return True
    return bool(said & _BLAMED) and (common > 0 or len(said) <= _HOLLOW)


def _does(reading: Reading, s: Statement, verb: str, answer: frozenset[str]) -> bool:
    """Whether a statement has an answer as the doer of the deed, as its subject or after "by"."""
    for span in s.content:
        sentence = reading.sentence(span.start)
        tokens = sentence.tokens if sentence else ()
        for n, t in enumerate(tokens):
            if normal(t.lemma) in answer and _doing(tokens, n, verb):
                return True
    return False


def _doing(tokens: Sequence[Token], n: int, verb: str) -> bool:
    for _ in range(_DEEPEST):
        above = tokens[n].head
        if (
            tokens[n].dep in ("nsubj", "nsubjpass", "agent", "pobj", "conj")
            and normal(tokens[above].lemma) == verb
        ):
            return True
        if above == n or (tokens[above].pos == "VERB" and tokens[n].dep not in ("agent", "relcl", "acl")):
            return False
        n = above
    return False


def _cleared(reading: Reading, s: Statement, fork: Fork, said: frozenset[str]) -> int | None:
    """Which answer a statement clears: "the brakes were in order" speaks against a failed brake."""
    text = " ".join(c.of(reading.text) for c in s.content)
    held = [bool(head) and head in said for head in fork.heads]
    return held.index(True) if sum(held) == 1 and _SOUND.search(text) and len(said) <= _HOLLOW else None


def _themselves(s: Statement, only: Sequence[frozenset[str]]) -> list[bool]:
    """Whose answer the speaker is: "the Front denied firing" bears on the Front."""
    words = frozenset(normal(w) for w in (s.who or "").split())
    return [len(o & words) >= min(2, len(o)) for o in only]


def _deed(group: Sequence[Fork], readings: Sequence[Reading]) -> frozenset[str]:
    """The content words of the sentences that leave the question open."""
    by_id = {r.id: r for r in readings}
    found: set[str] = set()
    for f in group:
        sentence = by_id[f.evidence.report].sentence(f.evidence.span.start)
        if sentence:
            found |= by_id[f.evidence.report].content(sentence)
    return frozenset(found)


def _content(reading: Reading, s: Statement) -> frozenset[str]:
    """The lemmas of a statement's content."""
    found: set[str] = set()
    for span in s.content:
        sentence = reading.sentence(span.start)
        if sentence:
            found |= {normal(t.lemma) for t in sentence.tokens if span.overlaps(t.span)}
    return frozenset(found)
