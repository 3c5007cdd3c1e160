"""One kind for one name of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.annotate.mentions.correcting import NAME_WORD
from twosource.annotate.mentions.lexicon import bare, body_forms, lexicon
from twosource.annotate.mentions.name import Name, written
from twosource.annotate.mentions.spelling import likeness
from twosource.annotate.outlets import is_outlet_name
from twosource.model import MentionKind, Sentence, Token

# Offices of two words whose first the entity recogniser takes for the end of a body's name.
_OFFICES = frozenset(
    {
        ("medical", "examiner"),
        ("district", "attorney"),
        ("attorney", "general"),
        ("public", "defender"),
        ("prime", "minister"),
        ("vice", "president"),
    }
)


# Titles that stand before nobody but a person, whatever the recogniser takes the name for.
_ONLY_BEFORE_PEOPLE = frozenset("mr mrs ms president senator sen rep gov governor premier chancellor".split())
_CUT_RANKS = frozenset("sgt capt lt cpl det maj col gen cmdr supt insp gunnery petty rev".split())
_TOWNS = frozenset("hometown town city village suburb county".split())
_SHIPS = frozenset("mv ms mt ss hms hmas uss ins rms rfa".split())  # before a ship's name


def settled_kinds(found: list[Name], sentences: Sequence[Sentence]) -> list[Name]:
    """One kind for one spelling: a surname that the recogniser calls a body here and a person there is the person's."""
    found = [
        replace(n, kind="place", sure=True) if _where(n, sentences[n.sentence].tokens) else n for n in found
    ]
    surnames = {
        sentences[n.sentence].tokens[n.last - 1].text
        for n in found
        if n.kind == "person" and n.last - n.first > 1
    }
    full = {
        sentences[n.sentence].tokens[n.last - 1].text
        for n in found
        if n.kind == "person"
        and n.last - n.first > 1
        and bare(sentences[n.sentence].tokens[n.first].text) not in lexicon().titles
    }
    titled = {
        sentences[n.sentence].tokens[n.first].text
        for n in found
        if n.last - n.first == 1
        and n.kind == "organisation"
        and n.first
        and bare(sentences[n.sentence].tokens[n.first - 1].text) in _ONLY_BEFORE_PEOPLE
    }
    slips = _slips(found, sentences, surnames)
    given = {
        sentences[n.sentence].tokens[n.first].text
        for n in found
        if n.kind == "person" and n.last - n.first > 1
    }
    votes: dict[str, dict[MentionKind, int]] = {}
    for n in found:
        tally = votes.setdefault(written(n, sentences).casefold(), {})
        tally[n.kind] = tally.get(n.kind, 0) + (3 if n.sure else 1)
    places = {written(n, sentences) for n in found if n.kind == "place"}
    out = []
    for n in found:
        n = _without_department(_without_title(n, sentences, full), sentences[n.sentence].tokens)
        n = _without_office(n, sentences[n.sentence].tokens)
        word = written(n, sentences)
        tally = votes.get(word.casefold(), {n.kind: 1})
        last = sentences[n.sentence].tokens[n.last - 1].text
        kind = n.kind
        if kind == "person" and all(
            bare(t.text) in _CUT_RANKS for t in sentences[n.sentence].tokens[n.first : n.last]
        ):
            continue  # "Sgt", cut from its name
        if kind == "person" and bare(word.split()[0]) in _SHIPS and n.last - n.first > 1:
            out.append(replace(n, kind="organisation"))
            continue
        if kind == "person" and not n.sure and _outlet(n, word, sentences[n.sentence].tokens):
            out.append(replace(n, kind="organisation"))
            continue
        if (
            word in slips
            or word in titled
            or (kind == "organisation" and _personal(n, word, last, surnames, given))
        ):
            kind = "person"
        elif n.last - n.first == 1 and word in surnames:
            acts = sentences[n.sentence].tokens[n.first].dep == "nsubj"
            kind = "person" if acts or tally.get("place", 0) <= 2 * tally.get("person", 0) + 1 else kind
        elif n.last - n.first == 1 and _paper(n, sentences[n.sentence].tokens):
            kind = "organisation"
        elif len(tally) > 1 and not n.sure:
            kind = max(sorted(tally), key=lambda k: (tally[k], k == "person"))
        if kind == "person" and word in places and n.last - n.first == 1 and word not in surnames:
            kind = "place"
        out.append(replace(n, kind=kind))
    return out


def _where(n: Name, tokens: Sequence[Token]) -> bool:
    """Whether one word that was taken for a person is a town: "her hometown of Aldona"."""
    return (
        n.kind == "person"
        and n.last - n.first == 1
        and n.first > 1
        and tokens[n.first - 1].text == "of"
        and bare(tokens[n.first - 2].text) in _TOWNS
    )


def _outlet(n: Name, word: str, tokens: Sequence[Token]) -> bool:
    """Whether a supposed person is an outlet by its name; nobody's title stands before one."""
    before = bare(tokens[n.first - 1].text) if n.first else ""
    return before not in lexicon().titles and is_outlet_name(word, after_the=before == "the")


def _without_title(n: Name, sentences: Sequence[Sentence], full: set[str]) -> Name:
    """ "Major Roe" is a title and a surname where the report has a Roe with another given name, else a name."""
    tokens = sentences[n.sentence].tokens[n.first : n.last]
    if (
        n.kind == "person"
        and len(tokens) == 2
        and bare(tokens[0].text) in lexicon().titles
        and tokens[1].text in full
    ):
        return replace(n, first=n.first + 1)
    return n


def _without_department(n: Name, tokens: Sequence[Token]) -> Name:
    """ "Secretary of the Interior Ada Roe": the department that her title ends in is no part of her name."""
    at = n.first - 1
    if at > 0 and tokens[at].text.lower() == "the":
        at -= 1
    of = at > 0 and tokens[at].text.lower() == "of" and bare(tokens[at - 1].text) in lexicon().titles
    named = n.last - n.first > 2 and bare(tokens[n.last - 1].text) not in lexicon().institution_heads
    return replace(n, first=n.first + 1, kind="person") if of and named else n


def _paper(n: Name, tokens: Sequence[Token]) -> bool:
    """Whether a word is what a newspaper calls itself for short ("told the Gazette")."""
    return (
        n.first > 0
        and tokens[n.first - 1].text.lower() == "the"
        and bare(tokens[n.first].text) in lexicon().media_heads
    )


def _without_office(n: Name, tokens: Sequence[Token]) -> Name:
    """ "Ruritania County Medical" before "Examiner" is the county: the rest is somebody's office."""
    office = n.last < len(tokens) and (bare(tokens[n.last - 1].text), bare(tokens[n.last].text)) in _OFFICES
    return replace(n, last=n.last - 1, kind="place") if office and n.last - n.first > 1 else n


def _personal(n: Name, word: str, last: str, surnames: set[str], given: set[str]) -> bool:
    """Whether a supposed body has the words of the report's people: a given name alone, or a surname at its end."""
    length = n.last - n.first
    if n.sure or word.isupper():
        return False
    if length == 1:
        return word in given and word not in surnames and bare(word) not in lexicon().institution_heads
    return (
        length <= 3
        and last in surnames
        and bare(last) not in lexicon().institution_heads
        and all(NAME_WORD.match(w) for w in word.split())
    )


def _slips(found: Sequence[Name], sentences: Sequence[Sentence], surnames: set[str]) -> frozenset[str]:
    """Single words taken for bodies that are near spellings of one surname of the report."""
    out = set()
    for word in {written(n, sentences) for n in found if n.kind == "organisation" and n.last - n.first == 1}:
        near = [
            s
            for s in surnames
            if s[:1] == word[:1] and min(len(s), len(word)) >= 5 and likeness(s, word) >= 0.8
        ]
        if len(near) == 1 and not word.isupper() and word not in surnames and bare(word) not in body_forms():
            out.add(word)
    return frozenset(out)


def without_adjectives(tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """Leave out nationalities that only describe ("Ruritanian cheese"): they name nobody."""
    out = []
    for n in found:
        head = tokens[n.last - 1]
        describes = (
            n.kind == "group"
            and not n.sure
            and (head.pos == "ADJ" or head.dep in ("amod", "compound", "nmod"))
        )
        if not describes:
            out.append(n)
    return out
