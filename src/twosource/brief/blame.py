"""Whether a statement lays blame, so that a response to it is looked for and its absence is said."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from twosource.brief.evidence import Desk
from twosource.model import Span, Statement, Token


@lru_cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    lists = tomllib.loads((files("twosource.brief") / "data" / "blame.toml").read_text(encoding="utf-8"))
    return frozenset(lists["acts"]), frozenset(lists["charges"])


def lays_blame(desk: Desk, statement: Statement) -> bool:
    """Whether the content names somebody and has an act with a doer, or a charge: what blames nobody by name asks for no answer.

    Without a parse every word of either list counts: a response looked for in vain costs less than one forgotten.
    """
    acts, charges = _words()
    annotation = desk.annotations.get(statement.report)
    if annotation is None:
        return False
    parsed = False
    elsewhere = [*(p.span for p in annotation.places), *(t.span for t in annotation.times)]
    for sentence in annotation.sentences:
        if not any(sentence.span.overlaps(c) for c in statement.content):
            continue
        parsed = parsed or bool(sentence.tokens)
        if parsed and not any(_is_name(t, statement, elsewhere) for t in sentence.tokens):
            continue
        for i, token in enumerate(sentence.tokens):
            if not any(c.overlaps(token.span) for c in statement.content):
                continue
            lemma = token.lemma.casefold()
            if (lemma in charges and not _pleaded(sentence.tokens, i)) or (
                lemma in acts and _has_doer(sentence.tokens, i)
            ):
                return True
    if parsed:
        return False
    words = {w.strip(".,;:!?\"'“”‘’()").casefold() for w in desk.content(statement).split()}
    return any(w in charges or any(_form_of(w, a) for a in acts) for w in words)


def _is_name(token: Token, statement: Statement, elsewhere: list[Span]) -> bool:
    """Whether a word of the content is part of a name, or of a people's ("Belarusian"), and of no place or time."""
    return (
        token.pos in ("PROPN", "ADJ")
        and token.text[:1].isupper()
        and any(c.holds(token.span) for c in statement.content)
        and not any(x.overlaps(token.span) for x in elsewhere)
    )


def _form_of(word: str, verb: str) -> bool:
    """Whether a word may be a form of the verb: it begins like it and ends soon after."""
    return word.startswith(verb.rstrip("e")) and len(word) <= len(verb) + 4


def _pleaded(tokens: tuple[Token, ...], word: int) -> bool:
    """Whether somebody owns up to it: "pleaded guilty" is the answer itself."""
    return tokens[tokens[word].head].lemma.casefold() in ("plead", "confess", "admit")


def _has_doer(tokens: tuple[Token, ...], verb: int) -> bool:
    """Whether an active subject or a "by …" phrase hangs on the verb."""
    for i, token in enumerate(tokens):
        if token.head != verb or i == verb:
            continue
        if token.dep == "nsubj" and token.pos in ("NOUN", "PROPN"):
            return True
        if token.dep == "agent" or (token.dep == "prep" and token.text.casefold() == "by"):
            return True
    return False
