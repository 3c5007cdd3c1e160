"""The entity recogniser's findings, put right: ranks, possessives and dates cut off, bodies of lower-case words made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from twosource.annotate.mentions.lexicon import bare, body_forms, lexicon, place_forms
from twosource.annotate.mentions.name import Name
from twosource.annotate.mentions.spelling import likeness
from twosource.model import MentionKind, Token

_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "s'"})
JOINING = frozenset("of for and & de del la al el bin ibn van von der the on in - – 's ’s ' ’".split())
_PARTICLES = frozenset(
    "al el de del della di da dos bin ibn bint abu van von der den ter la le al- el- - ’ '".split()
)
_ALONE = frozenset(
    "congress parliament senate cabinet army navy police government guard union".split()
)  # bodies by one word
_OWNERS = frozenset("owner founder head chair".split())  # bodies can be these, or have them in their names
_WAYS = frozenset("street avenue road drive lane boulevard highway parkway st ave rd blvd".split())
NAME_WORD = re.compile(r"[^\W\d_][\w.’'-]*\Z")


def corrected(number: int, tokens: Sequence[Token], first: int, last: int, kind: MentionKind) -> list[Name]:
    """The entity without what is not of the name; empty when nothing of a name is left."""
    lex = lexicon()
    for at in range(first, last):
        if tokens[at].text in ("/", "|", "•", "—", "--", "(", ")", ";", ":"):
            return (
                corrected(number, tokens, first, at, kind)
                if at > first
                else corrected(number, tokens, at + 1, last, kind)
            )
    while last > first and _tail_to_cut(tokens[last - 1]):
        last -= 1
    while first < last and _head_to_cut(tokens[first]):
        first += 1
    lowered = [
        at
        for at in range(first, last)
        if tokens[at].text.islower() and tokens[at].text not in JOINING and tokens[at].text not in _PARTICLES
    ]
    if lowered and kind in ("organisation", "person") and tokens[lowered[0]].text not in ("e", "i"):
        last = lowered[0]
        while last > first and (_tail_to_cut(tokens[last - 1]) or tokens[last - 1].text.islower()):
            last -= 1
    if kind == "person" or (kind == "organisation" and last - first <= 4):
        stripped = _after_titles(tokens, first, last, kind)
        if stripped is None:
            return []
        if stripped != first and kind == "organisation":
            kind = "person"
        first = stripped
    if first >= last:
        return []
    if (
        kind == "organisation"
        and last - first > 1
        and bare(tokens[last - 1].text) in lex.titles
        and last < len(tokens)
        and tokens[last].pos == "PROPN"
    ):
        return []  # a rank before a name ("Air Force Col.")
    words = [bare(t.text) for t in tokens[first:last]]
    if not any(re.search(r"[^\W\d_]", w) for w in words):
        return []
    acronym = tokens[first].text.isupper() and len(words[0]) in (2, 3)
    if len(words) == 1 and ((words[0] in lex.never_names and not acronym) or len(words[0]) < 2):
        return []
    if (
        len(words) == 1
        and tokens[first].lemma.lower() in lex.people_words | lex.roles | _singulars()
        and (first == 0 or tokens[first].tag in ("NN", "NNS"))
    ):
        return []  # a plain noun that a sentence opens with
    if not acronym and all(
        w in lex.months or w in lex.weekdays or w in lex.titles or w in lex.never_names for w in words
    ):
        return []
    if kind in ("organisation", "person") and words[-1] in _WAYS and len(words) > 1:
        kind = "place"
    if (
        kind in ("organisation", "place")
        and _aged(tokens, first, last)
        and words[-1] not in lex.institution_heads
    ):
        kind = "person"
    if kind == "person" and (
        words[-1] in lex.people_words
        or (len(words) == 1 and tokens[first].text.isupper() and len(words[0]) <= 3)
    ):
        return []
    if kind == "organisation" and _follows_office(tokens, first, last):
        kind = "person"
    if len(words) == 1 and kind == "organisation" and words[0] in lex.institution_heads - _ALONE:
        return []  # "the Office"
    if kind == "person" and (not tokens[last - 1].text[:1].isupper() or any(w.isdigit() for w in words)):
        return []
    if (
        last < len(tokens)
        and bare(tokens[last].text) in lex.place_tails
        and kind in ("person", "organisation")
        and tokens[last].text.islower()
    ):
        kind = "place"
    if kind in ("person", "place") and len(words) > 1 and words[-1] in lex.institution_heads:
        kind = "organisation"
    if " ".join(words) in body_forms() and not (len(words) == 1 and words[0] == "us" and not acronym):
        kind = "place" if " ".join(words) in place_forms() else "organisation"
    return [Name(number, first, last, kind)]


@lru_cache(maxsize=1)
def _singulars() -> frozenset[str]:
    return frozenset(w[:-1] for w in lexicon().people_words if w.endswith("s")) | lexicon().people_words


def _aged(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether an age stands beside a name of two to four words, as only people have one (", 45,", "45-year-old")."""
    if not 2 <= last - first <= 4:
        return False
    behind = [t.text for t in tokens[last : last + 3]]
    if (
        len(behind) == 3
        and behind[0] == ","
        and behind[1].isdigit()
        and 1 <= len(behind[1]) <= 2
        and behind[2] in (",", ";", ".")
    ):
        return True
    return (first > 0 and tokens[first - 1].text.lower().endswith("-year-old")) or (
        first > 4 and [t.text.lower() for t in tokens[first - 4 : first]] == ["-", "year", "-", "old"]
    )


def _follows_office(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name of two or three words follows an office that only people hold ("rebel commander Jan Roe")."""
    lex = lexicon()
    words = [t.text for t in tokens[first:last]]
    return (
        first > 0
        and 2 <= len(words) <= 3
        and tokens[first - 1].text in (lex.leaders | lex.speakers | lex.ranks) - _OWNERS
        and all(w.istitle() and NAME_WORD.match(w) for w in words)
        and bare(words[-1]) not in lex.institution_heads
    )


def _tail_to_cut(token: Token) -> bool:
    word = token.text
    plain = bare(word)
    return (
        word in _POSSESSIVE
        or not any(c.isalnum() for c in word)
        or plain in lexicon().weekdays
        or (word.islower() and (plain in JOINING or token.pos in ("ADP", "DET", "CCONJ", "VERB", "AUX")))
    )


def _head_to_cut(token: Token) -> bool:
    word = token.text
    plain = bare(word)
    return (
        plain in ("the", "a", "an", "this", "that", "our", "their", "his", "her", "its")
        or not any(c.isalnum() for c in word)
        or word in _POSSESSIVE
        or plain in lexicon().weekdays
        or (plain in lexicon().months and plain not in ("may", "april", "june", "august", "jan"))
        or (token.text.islower() and plain not in _PARTICLES)
    )


@lru_cache(maxsize=4096)
def near_title(word: str) -> bool:
    """Whether a word is a long title mistyped."""
    return len(word) >= 7 and any(
        abs(len(t) - len(word)) <= 1 and t[0] == word[0] and likeness(t, word) >= 0.85
        for t in lexicon().titles
        if len(t) >= 7
    )


def _after_titles(tokens: Sequence[Token], first: int, last: int, kind: MentionKind) -> int | None:
    """Where the name begins after ranks and titles; None when there is nothing else."""
    lex = lexicon()
    at = first
    while at < last:
        word = bare(tokens[at].text)
        if (
            (
                word in lex.titles
                or (at > first and near_title(word))
                or (at == first and last - at > 2 and word in lex.roles)
            )
            and not (word in lex.also_names and last - at <= 2 and at == first and kind == "person")
        ) or (
            word in lex.title_modifiers
            and at + 1 < last
            and any(bare(t.text) in lex.titles for t in tokens[at + 1 : last - 1])
        ):
            at += 1
        else:
            break
    if at == last:
        return None
    if kind == "organisation" and at > first:
        rest = tokens[at:last]
        looks_personal = (
            len(rest) <= 2
            and all(NAME_WORD.match(t.text) and t.pos == "PROPN" for t in rest)
            and bare(rest[-1].text) not in lex.institution_heads
        )
        return at if looks_personal and not any(t.text.isupper() and len(t.text) > 2 for t in rest) else first
    return at


def institution(number: int, tokens: Sequence[Token], name: Name) -> Name | None:
    """The body that lower-case words after a name make of it ("Springfield police"), or a group of people ("Ruritanian miners")."""
    if name.kind == "person":
        return None
    lex = lexicon()
    for length in (4, 3, 2, 1):
        tail = tuple(_plain(t) for t in tokens[name.last : name.last + length])
        if len(tail) == length and tail in lex.institution_tails:
            if length == 1 and _is_modifier(tokens, name.last) and not _before_office(tokens, name.last):
                continue
            return Name(number, name.first, name.last + length, "organisation", True)
    if name.kind not in ("group", "place"):
        return None
    at = name.last
    while at < len(tokens) and at - name.last < 3 and _plain(tokens[at]) in lex.people_modifiers:
        at += 1
    if at < len(tokens) and _plain(tokens[at]) in lex.people_words and not _is_modifier(tokens, at):
        return Name(number, name.first, at + 1, "group", True)
    return None


def _before_office(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word there stands before somebody's office ("police spokesman"), or is the police in any case."""
    lex = lexicon()
    following = bare(tokens[at + 1].text) if at + 1 < len(tokens) else ""
    return _plain(tokens[at]) == "police" or following in lex.roles or following in lex.titles


def _plain(token: Token) -> str:
    return "'s" if token.text == "’s" else bare(token.text)


def _is_modifier(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word there only modifies a noun after it ("police chief")."""
    token = tokens[at]
    return token.dep in ("compound", "amod", "nmod") and token.head > at and tokens[at].head - at <= 3
