"""A statement as one sentence of ours that keeps who says it, how sure they say they are, and that they deny it.

Quotation marks only round words that the report quotes; the report's paraphrase goes after "said that" when it is a clause;
whatever fits neither is given as the report's whole sentence, named as the report's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from twosource.brief.disbelieved import disbelieved
from twosource.brief.evidence import Desk, unsupported
from twosource.brief.speaker import (
    attribution,
    name_evidence,
    named_in,
    tidied,
    tokens_of,
    unbalanced,
    word_list,
)
from twosource.brief.wording import inside_quotes, marks, one_line
from twosource.model import Evidence, Span, Statement, Token


class Saying(NamedTuple):
    """A line before it is checked: its text, the part of it that is not ours, and what it rests on."""

    text: str
    material: str
    evidence: tuple[Evidence, ...]


_LONGEST = 60  # words of a content that a line still gives whole
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj", "csubjpass"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_SMALL = frozenset(
    ("DET", "PRON", "ADP", "CCONJ", "SCONJ", "NUM", "ADV", "AUX")
)  # large only at the head of a sentence


# What only leads on to words that the content doesn't hold: "the rumor is false, saying".
_LOOSE_END = re.compile(r"(?:,? (?:saying|adding|noting|and|but|or)|, (?:as|while|which|who))$")
# … and where the content cannot do without them: "he declined to say", "the group came together to support them after".
_CUT_OFF = re.compile(
    r"\b(?:to say|because|after|before|when|while|that|which|who|whether|if|than|with|of|to|for|the|an?|its|their|his|her|as|from|into|until|since)$"
)


def said(desk: Desk, statement: Statement, *, answering: bool = False) -> Saying | None:
    """The sentence, the part of it that must stand in the passages, and the passages; None where it would be too long.

    With `answering` it follows what it denies, so that "denied it" can be understood.
    What stands inside somebody else's statement ("they say that …", she said) is given as that other one's.
    """
    statement = _outermost(desk, statement)
    content = _LOOSE_END.sub("", _bare(tidied(one_line(desk.content(statement)))))
    if not content or len(content.split()) > _LONGEST or _torn_number(desk, statement):
        return None
    if statement.report in disbelieved(desk):
        return _in_own_voice(desk, statement, answering=answering)
    if statement.mode == "narration" or not (statement.who or statement.source):
        return _in_own_voice(desk, statement, answering=answering)
    who, evidence = attribution(desk, statement)
    if not who:
        return _whole_sentence(desk, statement)
    if statement.mode == "direct" and _torn(content):
        return _whole_sentence(desk, statement)
    if statement.mode == "direct":
        verb = {"denies": "denied it" if answering else "said", "asks": "asked"}.get(statement.stance, "said")
        return _directly(who, verb, _audience(desk, statement, evidence), content, evidence)
    clause = _clause(desk, statement, content)
    if clause is None:
        return _whole_sentence(desk, statement)
    article = desk.articles[statement.report]
    verb = _verb(statement, " ".join(one_line(s.of(article.text)) for s in sorted(statement.cue)).casefold())
    audience = _audience(desk, statement, evidence)
    told = f" {audience}" if audience and verb == "said" else ""
    verb = "told" if told else verb
    return Saying(_sentence(f"{who} {verb}{told} that {clause}"), f"{who}{told} {clause}", evidence)


def _torn_number(desk: Desk, statement: Statement) -> bool:
    """Whether the content begins inside a number ("14: 00"): whatever split it there has misread the sentence."""
    start = min(statement.content).start
    text = desk.articles[statement.report].text
    return (
        text[start : start + 1].isdigit()
        and re.search(r"\d[:.,] ?$", text[max(0, start - 4) : start]) is not None
    )


def _outermost(desk: Desk, statement: Statement) -> Statement:
    seen = {statement.id}
    while statement.within and statement.within not in seen and statement.within in desk.statements:
        seen.add(statement.within)
        statement = desk.statements[statement.within]
    return statement


def _audience(desk: Desk, statement: Statement, evidence: tuple[Evidence, ...]) -> str:
    """To whom it was said, where the passages name them; who merely printed it is left out."""
    told = one_line(statement.told)
    if not told or unsupported(told, [desk.text(e) for e in evidence]):
        return ""
    return _with_its_article(told, desk.articles[statement.report].text)


def _with_its_article(told: str, text: str) -> str:
    """ "The crowd" where the report has an article or an owner's word before "crowd", else the words as they are."""
    if not told[:1].islower() or len(told) > _LONG_AUDIENCE:
        return told
    before = re.compile(rf"\b(the|an?|his|her|their|its) {re.escape(told)}\b", re.IGNORECASE)
    found = before.search(text)
    return f"{found[1].lower()} {told}" if found else told


_LONG_AUDIENCE = 120  # characters

# A reporter's "that" before the first mark: "maintained that “the claim is false”".
_BEFORE_THE_MARK = re.compile(r"that\s*(?=[“\"‘'«„])")


def _directly(who: str, verb: str, audience: str, content: str, evidence: tuple[Evidence, ...]) -> Saying:
    told = f" to {audience}" if audience else ""
    words = _unmarked(_BEFORE_THE_MARK.sub("", content))
    return Saying(_sentence(f"{who} {verb}{told}: “{_inner(words)}”"), f"{who}{told} {content}", evidence)


_DENYING = re.compile(
    r"\b(?:den(?:y|ie|ial)|reject|dismiss|refut|rebut|disput|disavow|contest|repudiat|contradict)"
)


def _unmarked(content: str) -> str:
    """An utterance without the marks round it; a title or a quotation at its end keeps its own."""
    words = content.strip('"“”„«»` ')
    single = words[:1] in "‘'" and words[-1:] in "’'"
    return words[1:-1] if single else words


def _verb(statement: Statement, cue: str) -> str:
    """The verb that carries the stance: the report's own where it does, else one of ours, unless the content's words do."""
    if statement.stance == "denies":
        # "Said it was fake" denies by its content: "denied that it was fake" would turn it round.
        return "denied" if _DENYING.search(cue) and not statement.negated else "said"
    in_words = any(c.holds(h) for h in statement.hedge for c in statement.content)
    unsure = statement.certainty != "asserted" or statement.stance == "hedges"
    if cue in word_list("verbs") and (cue in word_list("doubting") or not unsure or in_words):
        return cue
    if not unsure or in_words:
        return "said"
    if statement.certainty == "assessed":
        return "believed" if statement.kind in ("person", "organisation", "group") else "suggested"
    return "said it was possible"


# The word that ties a sentence to the one before, or the place and agency that a report opens with.
_OPENING = re.compile(
    r"(?:(?:But|And),?|(?:[Hh]owever|Meanwhile|Still|Moreover|In addition|Instead|Yet|Also|Then),|Additionally,?)\s+(?=\S)"
    r"|[A-Z][A-Z .'’-]{2,30}(?:, [\w. ]{2,24})?\s?(?:\([^()]{2,30}\)\s*)?(?:--|—|–|―|- )\s*(?=\S)"
    r"|\([A-Z][\w .]{1,24}\)\s*(?:--|—|–|―|- )\s*(?=\S)"
)


def untied(words: str) -> str:
    """Words without what ties them to their place in the report, which the summary doesn't give."""
    m = _OPENING.match(words)
    return words[m.end() :] if m else words


def _bare(words: str) -> str:
    """A sentence so untied, with a capital at its head."""
    rest = untied(words)
    return rest[:1].upper() + rest[1:] if rest[:1].islower() else rest


def _in_own_voice(desk: Desk, statement: Statement, *, answering: bool) -> Saying | None:
    words = one_line(desk.text(_sentence_of(desk, statement)))
    if not words or len(words.split()) > _LONGEST or unbalanced(words):
        return None
    lead = {
        "opinion": "One report gives as its opinion",
        "common_knowledge": "One report says, as if it were well known and naming no source",
    }.get(statement.register, "One report says, naming no source")
    if statement.report in disbelieved(desk):
        lead = "One report, which another calls false, says"
    elif words[0] in '"“‘«':
        lead = "One report quotes somebody"
    elif answering:
        lead = "One report says"
    return Saying(
        _sentence(f"{lead}: “{_inner(_bare(words))}”"),
        words,
        (_sentence_of(desk, statement),),
    )


def _whole_sentence(desk: Desk, statement: Statement) -> Saying | None:
    """The report's sentence, with a bare pronoun replaced by the name in square brackets, as editors do."""
    where = _sentence_of(desk, statement)
    text = desk.text(where)
    if len(text.split()) > _LONGEST or unbalanced(marks(text)):
        return None
    evidence: tuple[Evidence, ...] = (where,)
    sources = [s for s in statement.source if where.span.holds(s)]
    material = text
    if sources:
        s = sources[0]
        words = text[s.start - where.span.start : s.end - where.span.start]
        if (
            statement.who
            and words.casefold().strip() in word_list("pronouns")
            and not named_in(statement.who, text)
        ):
            text = (
                text[: s.start - where.span.start]
                + f"[{one_line(statement.who)}]"
                + text[s.end - where.span.start :]
            )
            evidence += name_evidence(desk, one_line(statement.who), statement.report)
            material = text
        return Saying(
            _sentence(f"One report says: “{_inner(_bare(one_line(text)))}”"),
            one_line(material),
            evidence,
        )
    if not statement.who:
        return None
    who = one_line(statement.who)
    evidence += tuple(Evidence(statement.report, s) for s in statement.source) + name_evidence(
        desk, who, statement.report
    )
    return Saying(
        _sentence(f"One report says of {who}: “{_inner(one_line(text))}”"),
        f"{who} {one_line(text)}",
        evidence,
    )


def _sentence_of(desk: Desk, statement: Statement) -> Evidence:
    first = min(statement.content)
    last = max(statement.content, key=lambda s: s.end)
    whole = Span(first.start, last.end) if last.end - first.start < 1200 else first
    return Evidence(statement.report, desk.sentence(statement.report, whole))


# ------------------------------------------------------------------ clauses


def _clause(desk: Desk, statement: Statement, content: str) -> str | None:
    """The content as what may follow "that": it has a subject and a finite verb of its own, and starts with neither a verb nor a question."""
    if len(statement.content) != 1:
        return None
    span = statement.content[0]
    tokens = tokens_of(desk, statement.report, span)
    inside = [i for i, t in enumerate(tokens) if span.holds(t.span) and t.pos not in ("PUNCT", "SPACE")]
    if not inside or not _has_subject(tokens, set(inside)):
        return None
    first = tokens[inside[0]]
    if first.text.casefold() == "that" and (first.dep == "mark" or _names_follow(tokens, inside)):
        content = content[len(first.text) :].lstrip()
        inside = inside[1:]
        if not inside:
            return None
        first = tokens[inside[0]]
    if first.tag in ("VBG", "VB", "VBN", "TO", "WP", "WRB", "WDT", "CC") or first.text.casefold() in (
        "whether",
        "if",
    ):
        return None
    if unbalanced(content) or _CUT_OFF.search(content):
        return None
    if _starts_small(desk, first):
        content = content[:1].lower() + content[1:]
    return curled(re.sub(r"[.,]+(?=[\"”’]*$)", "", content))


def _names_follow(tokens: tuple[Token, ...], inside: list[int]) -> bool:
    """Whether a noun and its name come right after "that" ("announced that filmmaker Ada Vale …"): it points at nothing."""
    following = [tokens[i].pos for i in inside[1:3]]
    return following == ["NOUN", "PROPN"] or following[:1] == ["PROPN"]


def _starts_small(desk: Desk, first: Token) -> bool:
    """Whether a clause's first word is large only at the head of a sentence; an abbreviation ("IS") is not."""
    word = first.text
    if word == "I" or (len(word) > 1 and word.isupper()):
        return False
    if first.tag in ("NN", "NNS") and first.pos == "NOUN" and word not in desk.proper_words:
        return True
    return word[:1].islower() or first.pos in _SMALL or word.lower() in desk.common_words | word_list("small")


def _has_subject(tokens: tuple[Token, ...], inside: set[int]) -> bool:
    """Whether some subject inside belongs to a verb inside that is finite, or has a finite auxiliary inside."""
    for i in sorted(inside):
        t = tokens[i]
        if t.dep not in _SUBJECTS or t.head not in inside:
            continue
        verb = tokens[t.head]
        if verb.dep in ("relcl", "advcl", "acl"):
            continue
        finite = verb.tag in _FINITE or any(
            tokens[j].head == t.head and tokens[j].tag in _FINITE
            for j in inside
            if tokens[j].dep in ("aux", "auxpass")
        )
        if finite:
            return True
    return False


def _torn(content: str) -> bool:
    """Whether a quotation begins or ends inside the words (it “vile and wrong”): they are no utterance by themselves."""
    inside = content.strip("\"“”„«»‘’`' ")
    return unbalanced(inside)


# ------------------------------------------------------------------ characters


def curled(text: str) -> str:
    """Straight double marks as opening and closing ones."""
    return re.sub(r'"(?=\w)', "“", re.sub(r'(?<=\S)"(?!\w)', "”", text))


def _inner(text: str) -> str:
    """Words for inside double quotation marks: their own double marks become single."""
    return inside_quotes(text).rstrip(",;: ")


def _sentence(text: str) -> str:
    """A sentence: its first letter large, a full stop at its end."""
    text = text[:1].upper() + text[1:]
    if text.endswith((".”", "!”", "?”", ".", "!", "?", ".’”")):
        return text
    return text + "."
