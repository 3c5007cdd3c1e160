"""A title that names the incident and accuses nobody: what most reports lead with, where, when; no verb in it."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import lru_cache
from importlib.resources import files

from twosource.brief.evidence import Desk
from twosource.brief.wording import clipped, date_in_words, one_line, place_name
from twosource.model import Sentence, Token
from twosource.text import normal

_LEAD = 6  # sentences of a report that say what it is about
_WEIGHTS = {0: 4, 1: 2}  # of the first sentences; every other one of the lead weighs 1
_MODIFIERS = frozenset(("compound", "amod", "nmod"))


def title(desk: Desk) -> str:
    """The thing most reports lead with, the place and the day; where no noun is found, the first words in quotation marks."""
    where = _place(desk)
    things = subjects(desk, 1 if where else 2)
    parts = [" and ".join(things), where]
    said = ", ".join(p for p in parts if p)
    if said:
        when = date_in_words(desk.account.facts.when) if desk.account.facts.when else ""
        said = f"{said}, {when}" if when else said
        return said[:1].upper() + said[1:]
    for article in desk.reading_order:
        words = one_line(article.report.title) or one_line(article.text[:400])
        if words:
            return f"“{clipped(words, 10)}”"
    return "An incident without words"


def subjects(desk: Desk, most: int) -> list[str]:
    """The nouns that most reports lead with, each in its commonest phrase; headlines and the central claim weigh too."""
    weight: Counter[str] = Counter()
    phrases: dict[str, Counter[str]] = {}
    for annotation in desk.account.annotations:
        article = desk.articles.get(annotation.report)
        if article is None:
            continue
        heaviest: Counter[str] = Counter()
        for n, sentence in enumerate(annotation.sentences[:_LEAD]):
            for noun, phrase in _nouns(sentence, article.text):
                heaviest[noun] = max(heaviest[noun], _WEIGHTS.get(n, 1))
                phrases.setdefault(noun, Counter())[phrase] += 1
        headline = {normal(w) for w in one_line(article.report.title).split()}
        for noun in heaviest:
            weight[noun] += heaviest[noun] + (2 if headline & {normal(noun), normal(noun) + "s"} else 0)
    central = _central_nouns(desk)
    ranked = sorted(
        weight,
        key=lambda n: (-weight[n] - (1 if n in central else 0) * len(desk.articles), -phrases[n].total(), n),
    )
    return [min(phrases[n], key=lambda p: (-phrases[n][p], -len(p.split()), p)) for n in ranked[:most]]


def _central_nouns(desk: Desk) -> set[str]:
    found = set()
    for s in desk.of_claim(desk.central) if desk.central else []:
        annotation, article = desk.annotations.get(s.report), desk.articles.get(s.report)
        for sentence in annotation.sentences if annotation and article else ():
            if any(sentence.span.overlaps(c) for c in s.content):
                found |= {noun for noun, _ in _nouns(sentence, article.text if article else "")}
    return found


@lru_cache
def _generic() -> frozenset[str]:
    data = tomllib.loads((files("twosource.brief") / "data" / "title.toml").read_text(encoding="utf-8"))
    return frozenset(data["generic"])


def _nouns(sentence: Sentence, text: str) -> list[tuple[str, str]]:
    """The common nouns of a sentence that head a phrase, by lemma, with at most two of the words that qualify them."""
    found = []
    for i, t in enumerate(sentence.tokens):
        lemma = t.lemma.casefold()
        if (
            t.pos != "NOUN"
            or t.dep == "compound"
            or lemma in _generic()
            or not lemma.isalpha()
            or len(lemma) < 3
        ):
            continue
        start = i
        while start > 0 and i - start < 2 and _qualifies(sentence.tokens, start - 1, i):
            start -= 1
        phrase = one_line(text[sentence.tokens[start].span.start : t.span.end])
        if all(c.isalnum() or c in " -'’." for c in phrase):
            found.append((lemma, phrase))
    return found


def _qualifies(tokens: tuple[Token, ...], j: int, i: int) -> bool:
    return tokens[j].head == i and tokens[j].dep in _MODIFIERS and tokens[j].pos in ("NOUN", "PROPN", "ADJ")


def _place(desk: Desk) -> str:
    where = desk.account.facts.where
    if where is None:
        return ""
    parts = place_name(where).split(", ")
    if len(parts) > 2 and parts[-1] == "United States":
        parts.pop()  # American places are known by their state (Associated Press stylebook, "datelines")
    return ", ".join(dict.fromkeys((parts[0], parts[-1])))
