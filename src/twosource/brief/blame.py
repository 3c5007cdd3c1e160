"""Whom a statement lays blame on, so that a response is looked for and its absence is said."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from twosource.brief.evidence import Desk
from twosource.model import Span, Statement, Token

# At the head of a sentence every word is large: only these endings are of peoples' names ("Belarusian", "Swedish", "Iraqi").
_PEOPLES = re.compile(r"(?:[ai]an|ese|ish|[^aeiou]i|ch)$")
# Nouns for one person: "a Mafia leader", "a SWAT officer" are nobody whom a reader could name.
_ONE_PERSON = re.compile(r"(?:[eo]r|man|woman|ist|boss|chief|suspect|member|teen|boy|girl)$")
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
_SELVES = frozenset(("himself", "herself", "themselves", "itself"))
_QUALIFYING = frozenset(("compound", "amod", "nmod"))
_SAID_OF = frozenset(("allege", "alleged", "suspect", "suspected"))
_RELATIVE = frozenset(("who", "whom", "which", "that"))


@lru_cache
def _words(name: str) -> frozenset[str]:
    lists = tomllib.loads((files("twosource.brief") / "data" / "blame.toml").read_text(encoding="utf-8"))
    return frozenset(lists[name])


def lays_blame(desk: Desk, statement: Statement) -> bool:
    """Whether the content says of somebody it names that they did an act, or charges them with one.

    A storm is not to blame, nobody unnamed can answer, and what stands in a clause about somebody else is told in passing.
    Without a parse every word of either list counts: a response looked for in vain costs less than one forgotten.
    """
    annotation = desk.annotations.get(statement.report)
    if annotation is None:
        return False
    if any(s.tokens and any(s.span.overlaps(c) for c in statement.content) for s in annotation.sentences):
        return bool(blamed(desk, statement))
    return blames_in_words(desk.content(statement))


def blames_in_words(text: str) -> bool:
    """Whether some word of a text that nobody has parsed may be an act or a charge."""
    acts, charges = _words("acts"), _words("charges")
    words = {w.strip(".,;:!?\"'“”‘’()").casefold() for w in text.split()}
    return any(w in charges | _words("past") or any(_form_of(w, a) for a in acts | charges) for w in words)


def blamed(desk: Desk, statement: Statement) -> tuple[Span, ...]:
    """The phrases of the content that name whoever did an act or is charged with one."""
    annotation = desk.annotations.get(statement.report)
    if annotation is None:
        return ()
    elsewhere = [*(p.span for p in annotation.places), *(t.span for t in annotation.times)]
    # "The union accused him of it": the charge is the word that makes it a statement.
    words = (*statement.content, *statement.cue)
    found: list[Span] = []
    for sentence in annotation.sentences:
        if not any(sentence.span.overlaps(c) for c in statement.content):
            continue
        for i, token in enumerate(sentence.tokens):
            if not any(c.overlaps(token.span) for c in words):
                continue
            for top in _to_blame(sentence.tokens, i):
                found += _names(sentence.tokens, top, statement, elsewhere)
    return tuple(dict.fromkeys(found))


def _to_blame(tokens: tuple[Token, ...], i: int) -> Iterator[int]:
    """The words that head the phrase of whoever a word blames."""
    lemma, pos = tokens[i].lemma.casefold(), tokens[i].pos
    if lemma in _words("acts") and pos == "VERB" and not in_noun_clause(tokens, i):
        if _in_sport(tokens, i) or _to_themselves(tokens, i):
            return
        yield from _doers(tokens, i)
    elif lemma in _words("charges") and not _pleaded(tokens, i):
        yield from _charged(tokens, i)


def _in_sport(tokens: tuple[Token, ...], verb: int) -> bool:
    """Whether who beat whom is told with a score ("beat the visitors, 91-73")."""
    words = [t.text for t in tokens[verb:]]
    return tokens[verb].lemma.casefold() == "beat" and any(
        _SCORE.fullmatch("".join(words[n : n + 3])) or _SCORE.fullmatch(w) for n, w in enumerate(words)
    )


def _to_themselves(tokens: tuple[Token, ...], verb: int) -> bool:
    """Whether somebody did it to nobody else: "shot himself"."""
    return any(t.head == verb and t.text.casefold() in _SELVES for t in tokens)


def _doers(tokens: tuple[Token, ...], verb: int) -> Iterator[int]:
    for i, t in enumerate(tokens):
        by = t.dep == "agent" or (t.dep == "prep" and t.text.casefold() == "by")
        if t.head == verb and i != verb and (by or t.dep == "nsubj"):
            yield i


def _charged(tokens: tuple[Token, ...], word: int) -> Iterator[int]:
    """Of a verb whoever it is done to; of "responsible" and the like whoever is it; of a noun ("fraud") whose it is."""
    token = tokens[word]
    if token.dep in ("acl", "relcl", "amod"):
        of = tokens[token.head]
        if token.dep == "amod" and token.lemma.casefold() in _SAID_OF and not _somebody(of):
            return  # "the star's alleged death"
        yield token.head
        return
    at = word if token.pos == "VERB" else token.head
    wanted = ("dobj", "nsubjpass") if token.pos == "VERB" else ("nsubj", "nsubjpass", "poss")
    for i, t in enumerate(tokens):
        if i != word and t.head in (at, word) and t.dep in wanted:
            yield tokens[at].head if t.text.casefold() in _RELATIVE else i


def _names(
    tokens: tuple[Token, ...], top: int, statement: Statement, elsewhere: list[Span]
) -> Iterator[Span]:
    """The words of names, or of a people's ("Belarusian"), that hang on a word or are it; no place's, no time's."""
    unnamed = tokens[top].tag == "NN" and _ONE_PERSON.search(tokens[top].lemma.casefold()) is not None
    for i, t in enumerate(tokens):
        if unnamed and t.head == top and t.dep in _QUALIFYING:
            continue
        if (
            t.text[:1].isupper()
            and (t.pos == "PROPN" or (t.pos == "ADJ" and (i > 0 or _PEOPLES.search(t.text))))
            and any(c.holds(t.span) for c in statement.content)
            and not any(x.overlaps(t.span) for x in elsewhere)
            and _hangs_on(tokens, i, top)
        ):
            yield t.span


def _somebody(token: Token) -> bool:
    """Whether a word names or describes people, who can answer."""
    return token.pos == "PROPN" or token.tag == "NNS" or bool(_ONE_PERSON.search(token.lemma.casefold()))


def _hangs_on(tokens: tuple[Token, ...], i: int, top: int) -> bool:
    for _ in tokens:
        if i == top:
            return True
        if tokens[i].head == i or tokens[i].dep in ("acl", "relcl"):
            return False
        i = tokens[i].head
    return False


def in_noun_clause(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word stands in a clause that hangs on a noun ("the girls whom …"): it is told in passing."""
    for _ in tokens:
        if tokens[i].dep in ("acl", "relcl"):
            return True
        if tokens[i].head == i:
            return False
        i = tokens[i].head
    return False


def _pleaded(tokens: tuple[Token, ...], word: int) -> bool:
    """Whether somebody owns up to it: "pleaded guilty" is the answer itself."""
    return tokens[tokens[word].head].lemma.casefold() in ("plead", "confess", "admit")


def _form_of(word: str, verb: str) -> bool:
    """Whether a word may be a form of the verb: it begins like it and ends soon after."""
    return word.startswith(verb.rstrip("e")) and len(word) <= len(verb) + 4
