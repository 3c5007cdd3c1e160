"""Who says it, in the words that a line may use: the report's own, a name with its passage, a description with its article."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from twosource.brief.evidence import Desk, unsupported
from twosource.brief.wording import one_line, unnamed_in_words, with_article
from twosource.model import Evidence, Sentence, Span, Statement, Token
from twosource.text import normal

_LONG_NAME = 400  # characters; no name and description is longer, and the search for a dash would be slow
_TRAILING = " \t\n,;:—–-"


@lru_cache
def word_list(name: str) -> frozenset[str]:
    data = tomllib.loads((files("twosource.brief") / "data" / "saying.toml").read_text(encoding="utf-8"))
    return frozenset(data[name])


def attribution(desk: Desk, statement: Statement) -> tuple[str, tuple[Evidence, ...]]:
    """Who says it, in the report's words where they name or describe somebody, else the resolved name with its passage."""
    article = desk.articles[statement.report]
    words = tidied(one_line(" ".join(s.of(article.text) for s in sorted(statement.source))))
    words = re.sub(r"['’]s$", "", words)
    words = _OPEN_DASH.sub("", words) if len(words) < _LONG_NAME else words
    passages = tuple(desk.passages(statement))
    who = one_line(statement.who)
    if who and statement.kind == "person" and _may_be_named(who, words):
        full = name_evidence(desk, who, statement.report)
        if full:
            return who, passages + full
    if (
        who
        and _POSSESSIVE.match(words)
        and named_in(who, words)
        and not unsupported(who, [desk.text(e) for e in passages])
    ):
        return unnamed_in_words(
            who
        ), passages  # "her brother, X": whose brother stands in a sentence that isn't shown
    if words and len(words.split()) <= 14 and not _stands_for_another(words):
        words = _one_of_many(desk, statement, _paired(words))
        return words + ("," if "," in words else ""), passages  # "X, a spokesman for Y, said"
    shown = _described(statement, who)
    return shown, passages + (name_evidence(desk, who, statement.report) if shown else ())


def _described(statement: Statement, who: str) -> str:
    """A resolved description as prose: with an article, and nothing where it only points at somebody ("one")."""
    if who.casefold().removeprefix("unnamed ") in word_list("pronouns"):
        return ""
    one = statement.kind == "document" or who in word_list("countable")
    if who[:1].islower() and not who.endswith("s") and not _DETERMINED.match(who):
        if statement.kind == "person":
            return f"the {who}"
        if one:
            return with_article(who)
    return unnamed_in_words(who)


def _paired(words: str) -> str:
    """Words without a quotation mark that has lost its partner."""
    return re.sub(r"[\"“”]", "", words) if unbalanced(words) else words


def _one_of_many(desk: Desk, statement: Statement, words: str) -> str:
    """A description that headlines and hasty writing leave bare ("French website says"), with its article."""
    if len(statement.source) != 1 or re.match(
        r"(?:an?|the|one|another|his|her|its|their)\b", words, re.IGNORECASE
    ):
        return words
    span = statement.source[0]
    tokens = tokens_of(desk, statement.report, span)
    inside = [i for i, t in enumerate(tokens) if span.holds(t.span)]
    head = next((tokens[i] for i in inside if tokens[i].head not in inside or tokens[i].head == i), None)
    if head is None or head.tag != "NN" or any(tokens[i].tag in ("POS", "PRP$", "DT") for i in inside):
        return words
    if statement.kind not in ("person", "anonymous") and head.lemma.casefold() not in word_list("countable"):
        return words
    first = re.match(r"\w+", words)
    small = first is not None and first[0].lower() in desk.common_words | word_list("small") | {
        head.lemma.casefold()
    }
    return with_article(words[:1].lower() + words[1:] if small or words[:1].islower() else words)


_DETERMINED = re.compile(
    r"(?:an?|the|one|another|his|her|its|their|un|many|several|some|two|three)\b|un(?:named|identified)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:his|her|its|their)\b", re.IGNORECASE)

# "X—the oldest of its kind" is never closed where the sentence goes on with the verb: the name alone stands.
_OPEN_DASH = re.compile(r"\s*(?:[—–]|--| - )(?!.*(?:[—–]|--| - )).*$")


def _may_be_named(who: str, words: str) -> bool:
    """Whether the name may stand for the report's words: a bare part of it, or words that hold no part of it.

    "Mrs. Smith" stays as written: whether she is the Smith that was named before is not for the summary to say.
    """
    theirs = [normal(w) for w in re.findall(r"[\w.’'-]+", words)]
    shared = {normal(w) for w in who.split()} & set(theirs)
    return not shared or len(theirs) == 1


def _stands_for_another(words: str) -> bool:
    plain = words.casefold().strip(".")
    return plain in word_list("pronouns") or plain.startswith(tuple(sorted(word_list("standing_for"))))


def name_evidence(desk: Desk, name: str, report: str | None = None) -> tuple[Evidence, ...]:
    """A passage that holds every name in the words, best in that report; none where no mention does."""
    if not name or not unsupported(name, [""]):
        return ()
    for annotation in sorted(
        desk.account.annotations, key=lambda a: (a.report != report, desk.numbers.get(a.report, 0))
    ):
        article = desk.articles.get(annotation.report)
        if article is None:
            continue
        for m in annotation.mentions:
            if m.form == "name" and not unsupported(name, [m.span.of(article.text)]):
                return (Evidence(annotation.report, m.span),)
    return ()


def named_in(who: str, text: str) -> bool:
    """Whether the last word of a name stands in the text, so that the reader can see who "he" is."""
    known = {normal(w) for w in re.findall(r"\w+", text)}
    return normal(who.split()[-1]) in known


def tokens_of(desk: Desk, report: str, span: Span) -> tuple[Token, ...]:
    annotation = desk.annotations.get(report)
    holding = [s for s in annotation.sentences if s.span.overlaps(span)] if annotation else []
    return holding[0].tokens if len(holding) == 1 and isinstance(holding[0], Sentence) else ()


def tidied(text: str) -> str:
    return text.strip().strip(_TRAILING).strip()


def unbalanced(content: str) -> bool:
    """Whether a quotation mark in the words has lost its partner."""
    return content.count('"') % 2 == 1 or content.count("“") != content.count("”")
