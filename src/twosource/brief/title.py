"""A title that names the incident and accuses nobody: what it is about, where, when; no verb in it."""

from __future__ import annotations

from collections import Counter

from twosource.brief.evidence import Desk
from twosource.brief.wording import clipped, date_in_words, one_line
from twosource.model import Sentence, Span, Statement
from twosource.text import normal

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_DROPPED = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "some",
        "any",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
    ]
)


def title(desk: Desk) -> str:
    """The most shared subject of the central claim, the place and the day; a headline in quotation marks where none is found."""
    parts = [
        subject(desk),
        _place(desk),
        date_in_words(desk.account.facts.when) if desk.account.facts.when else "",
    ]
    said = [p for p in parts if p]
    if parts[0] or parts[1]:
        return ", ".join(said)[:1].upper() + ", ".join(said)[1:]
    headlines = [one_line(a.report.title) for a in desk.reading_order if one_line(a.report.title)]
    if headlines:
        return f"“{clipped(headlines[0], 16)}”"
    for article in desk.reading_order:
        words = one_line(article.text[:400])
        if words:
            return f"“{clipped(words, 10)}”"
    return "An incident without words"


def _place(desk: Desk) -> str:
    where = desk.account.facts.where
    if where is None:
        return ""
    parts = [p.strip() for p in one_line(where.full_name or where.name).split(",")]
    return ", ".join(dict.fromkeys((parts[0], parts[-1])))


def subject(desk: Desk) -> str:
    """The noun phrase that is the subject of most of the central claim's statements."""
    central = desk.central
    if central is None:
        return ""
    found: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for statement in desk.of_claim(central):
        for phrase in _subjects(desk, statement):
            key = normal(phrase.split()[-1])
            found[key] += 1
            if key not in shown or len(phrase) < len(shown[key]):
                shown[key] = phrase
    if not found:
        return ""
    return shown[min(found, key=lambda k: (-found[k], k))]


def _subjects(desk: Desk, statement: Statement) -> list[str]:
    annotation = desk.annotations.get(statement.report)
    article = desk.articles.get(statement.report)
    if annotation is None or article is None:
        return []
    found = []
    for sentence in annotation.sentences:
        for content in statement.content:
            if sentence.span.overlaps(content):
                found += _phrases(sentence, content, article.text)
    return found[:1]


def _phrases(sentence: Sentence, content: Span, text: str) -> list[str]:
    found = []
    for i, t in enumerate(sentence.tokens):
        if t.dep not in _SUBJECTS or t.pos not in ("NOUN", "PROPN") or not content.holds(t.span):
            continue
        start = i
        while (
            start > 0
            and sentence.tokens[start - 1].head in range(start, i + 1)
            and sentence.tokens[start - 1].pos in ("NOUN", "PROPN", "ADJ", "NUM", "PUNCT")
        ):
            start -= 1
        words = one_line(text[sentence.tokens[start].span.start : t.span.end]).split()
        while words and words[0].casefold().strip(",") in _DROPPED:
            words.pop(0)
        phrase = " ".join(words).strip("\"“”'‘’,.;:-– ")
        if phrase and len(words) <= 6:
            found.append(phrase)
    return found
