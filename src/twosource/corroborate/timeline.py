"""What happened when, from the times that reports attach to events; one entry where reports tell the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from twosource.corroborate.facts.lexicon import event_words
from twosource.corroborate.facts.reading import Reading, open_all
from twosource.model import Annotation, Article, Claim, Evidence, Moment, Sentence, Span, Token, When
from twosource.text import normal

_DATED = re.compile(r"(\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")
_DAY = len("2031-05-12")
_NEAR = 24  # characters beside a time that tell whether it is part of a name
_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yester|to)day\b|\btonight\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEAST = re.compile(
    r"(?:christmas|easter|thanksgiving|halloween|hanukkah|new year(?:['’]s)?|valentine(?:['’]s)?)",
    re.IGNORECASE,
)
_OF_A_DAY = frozenset("day eve night morning afternoon evening weekend".split())
_BOUNDS = frozenset("before after until till following since prior".split())
_MONTH_DAY = re.compile(r"(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2}/\d{1,2})")
_IN = re.compile(
    r"\b(?:in|since|of|during|by|until|till|before|after|from|to|through|early|late|mid|around|between|and)[\s-]+(?:the )?$|[(,]\s*$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r" (?!(?:and|or|to|in|at|on|by|when|after|before|as|that|which|who|the|a|an|but|for|with|was|were|is|had|has|of)\b)\w"
)
_VICTIMS = re.compile(
    r"th\b|(?:['’]s)? (?:terror(?:ist)? )?(?:attacks?|hijackers?|victims?|families|family|widows?|suits?|survivors?|advocates|commission|memorial|sinking|[A-Z]\w+)\b",
    re.IGNORECASE,
)
# Verbs after which a time is that of the telling. From the verbs of speech of VerbNet's class 37.7.
_SAYING = frozenset("say tell add note write explain recall tweet comment state remark speak insist".split())
_LITTLE = frozenset(
    "and or to in at on by when after before as that which who but for with was were is had has".split()
)
_PLACED = frozenset("take begin start end come follow".split())
_PLANNED = frozenset("schedule expect slate plan set run due".split())
_FULL_NAME = 2  # words
_SAME = 0.45  # share of the shorter sentence's content words that two tellings of one moment have in common


@dataclass(frozen=True)
class _Told:
    when: str
    text: str
    evidence: Evidence
    content: frozenset[str]
    claims: frozenset[str]
    names: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()  # what is said to have happened


def timeline(
    articles: Sequence[Article], annotations: Sequence[Annotation], claims: Sequence[Claim]
) -> list[Moment]:
    """The dated events in order, unknown years last; each told in a report's own sentence, so attribution is kept.

    A time is used where its day, month or year is known and its sentence has a verb; durations and habits are left out.
    Tellings are one moment when their times agree and they share a claim or most of their content words.
    """
    claim_of = {s: c.id for c in claims for s in c.statements}
    told = [t for r in open_all(articles, annotations) for t in _told(r, claim_of)]
    groups: list[list[_Told]] = []
    for t in sorted(told, key=lambda t: (_order(t.when), t.evidence)):
        for group in groups:
            if any(_compatible(t.when, g.when) and _alike(t, g) for g in group):
                group.append(t)
                break
        else:
            groups.append([t])
    return sorted((_moment(g) for g in groups), key=lambda m: (_order(m.when), m.text, m.evidence))


def _told(reading: Reading, claim_of: Mapping[str, str]) -> list[_Told]:
    found: dict[int, _Told] = {}
    claimed = [
        (c, claim_of[s.id]) for s in reading.annotation.statements if s.id in claim_of for c in s.content
    ]
    for when in _with_ranges(reading.annotation.times):
        sentence = reading.sentence(when.span.start)
        if sentence is None or not usable(when) or not _tells_event(sentence):
            continue
        if not is_of_its_sentence(reading, when, sentence):
            continue
        content = reading.content(sentence)
        if not content:
            continue
        span = reading.passage(when.span)
        held = frozenset(claim for c, claim in claimed if c.overlaps(when.span))
        new = _Told(
            str(when.edtf),
            span.of(reading.text),
            Evidence(reading.id, span),
            content,
            held,
            frozenset(normal(t.text) for t in sentence.tokens if t.pos == "PROPN"),
            frozenset(normal(t.lemma) for t in sentence.tokens if t.pos == "VERB") & event_words().happening,
        )
        old = found.get(sentence.span.start)
        if old is None or (len(new.when) > len(old.when) and _compatible(new.when, old.when)):
            found[sentence.span.start] = new
    return list(found.values())


def _with_ranges(times: Sequence[When]) -> list[When]:
    """The times, with the ends of a stretch ("between May 2 and May 9") as the whole of it."""
    whole = [w for w in times if w.type == "DURATION" and "/" in str(w.edtf)]
    return [
        replace(w, edtf=r.edtf) if (r := next((r for r in whole if r.span.holds(w.span)), None)) else w
        for w in times
    ]


def usable(when: When) -> bool:
    """Whether a time says when something was: a date or a time of a date, known at least to its year or month."""
    return (
        when.type in ("DATE", "TIME")
        and bool(when.edtf)
        and bool(_DATED.match(str(when.edtf)))
        and str(when.edtf)[-1] != "X"
    )


def _tells_event(sentence: Sentence) -> bool:
    return any(t.pos == "VERB" for t in sentence.tokens) or not sentence.tokens


def is_of_its_sentence(reading: Reading, when: When, sentence: Sentence) -> bool:
    """Whether a time is the day of what its sentence tells, as far as the words show.

    Not the day on which somebody only said it, nor one inside a relative clause about something else ("a gun that he got in
    May"), nor one in a name ("the 2014 ban", "the May 3 victims", "1917 Hill Avenue", "a Christmas party"), nor one that
    only bounds it ("before Christmas", "the first since a meeting last month"). A weekday is not what it was worked
    out to be where the report has no date of its own, lies before a report that speaks of what is to come, or after one
    that tells what was.
    """
    text, tokens = reading.text, sentence.tokens
    words_of_it = when.span.of(text)
    if _is_name(text, when.span):
        return False
    at = next((n for n, t in enumerate(tokens) if t.span.overlaps(when.span)), None)
    if at is None:
        return True
    if tokens[at].pos == "VERB" or (when.type == "DATE" and _only_bounds(tokens, at)):
        return False
    verb, aside = _governor(tokens, at)
    if aside or (verb is not None and _only_says(tokens, verb)):
        return False
    day, published = str(when.edtf)[:10], (reading.article.published or "")[:10]
    if any(c.isdigit() for c in words_of_it):
        return True
    if not published and _WEEKDAY.search(words_of_it):
        return False
    if len(day) < _DAY or len(published) < _DAY:
        return True
    ahead = verb is not None and _is_ahead(tokens, verb)
    return not (day < published if ahead else day > published)


def _is_name(text: str, span: Span) -> bool:
    """Whether a year or a day is part of what something is called, or a number of a house."""
    written = span.of(text)
    after = text[span.end : span.end + _NEAR]
    if _YEAR.fullmatch(written):
        before = text[max(0, span.start - _NEAR) : span.start]
        return not _IN.search(before) and bool(_NOUN.match(after))
    if _FEAST.fullmatch(written):
        following = re.match(r" ([a-z]+)", after)
        return following is not None and following[1] not in _OF_A_DAY | event_words().happening | _LITTLE
    return bool(_MONTH_DAY.fullmatch(written)) and bool(_VICTIMS.match(after))


def _only_bounds(tokens: Sequence[Token], n: int) -> bool:
    """Whether a day only says before, after or since when something was, by itself or by the noun that it marks."""
    while tokens[n].head != n and tokens[n].pos not in ("VERB", "AUX"):
        if tokens[n].lemma.lower() in _BOUNDS and tokens[n].pos in ("ADP", "SCONJ", "VERB"):
            return True
        n = tokens[n].head
    return False


def _governor(tokens: Sequence[Token], n: int) -> tuple[int | None, bool]:
    """The verb that a word hangs on, and whether that stands in a relative clause that tells no happening."""
    verb: int | None = None
    while tokens[n].head != n:
        if tokens[n].dep == "relcl" and normal(tokens[n].lemma) not in event_words().happening | _PLACED:
            return (n if verb is None else verb), True
        n = tokens[n].head
        if verb is None and tokens[n].pos in ("VERB", "AUX"):
            verb = n
    return verb, False


def _only_says(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb is one of speech, and nobody "was told": to be told is something that happens."""
    passive = any(t.head == verb and t.dep in ("auxpass", "nsubjpass") for t in tokens)
    return tokens[verb].lemma.lower() in _SAYING and not passive


def _is_ahead(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb is of what is to come: "will", "is scheduled to", "is running for"."""
    chain = {verb, tokens[verb].head} if tokens[verb].dep in ("xcomp", "ccomp", "advcl") else {verb}
    return any(tokens[n].lemma.lower() in _PLANNED for n in chain) or any(
        t.head in chain
        and t.dep in ("aux", "auxpass")
        and t.text.lower() in ("will", "'ll", "’ll", "shall", "would", "to")
        for t in tokens
    )


def _order(when: str) -> tuple[str, str]:
    """Full years first, in order; then times whose year is not known, by month and day."""
    m = _DATED.match(when)
    year = m.group(1) if m else "XXXX"
    return ("9999" if "X" in year else year, when[4:].replace("X", "0"))


def _compatible(a: str, b: str) -> bool:
    """Whether one time is the other, or a part of it."""
    a, b = sorted((a, b), key=len)
    return b.startswith(a)


def _alike(a: _Told, b: _Told) -> bool:
    shared = len(a.content & b.content)
    if a.deeds and a.deeds == b.deeds and len(a.names & b.names) >= _FULL_NAME:
        return True
    return (shared > 1 and bool(a.claims & b.claims)) or shared >= max(
        2, _SAME * min(len(a.content), len(b.content))
    )


def _moment(group: Sequence[_Told]) -> Moment:
    """One entry: the finest time, the telling that shares most with the others, and every place where it is told."""
    when = max((t.when for t in group), key=lambda w: (len(w), w))
    finest = [t for t in group if t.when == when]
    best = min(
        finest, key=lambda t: (-sum(len(t.content & g.content) for g in group), len(t.text), t.evidence)
    )
    return Moment(when, " ".join(best.text.split()), tuple(sorted({t.evidence for t in group})))
