"""Names that the entity recogniser misses: announced by a title, explained by a short form, known from elsewhere in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twosource.annotate.mentions.correcting import JOINING, NAME_WORD, near_title
from twosource.annotate.mentions.lexicon import bare, lexicon
from twosource.annotate.mentions.name import Name
from twosource.model import MentionKind, Sentence, Token


def widened(tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """Names of which the recogniser saw only the last word ("Brandt" of "Ada Brandt"), with the words before it."""
    taken = {i for n in found for i in range(n.first, n.last)}
    out = []
    for n in found:
        first = n.first
        if n.last - n.first == 1 and n.kind != "place" and not tokens[n.first].text.isupper():
            while (
                first > 0
                and n.last - first < 3
                and first - 1 not in taken
                and _of_a_name(tokens[first - 1])
                and tokens[first - 1].dep == "compound"
            ):
                first -= 1
        kind = (
            "person"
            if first < n.first and bare(tokens[n.last - 1].text) not in lexicon().institution_heads
            else n.kind
        )
        out.append(replace(n, first=first, kind=kind))
    return out


def overlooked(number: int, tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """Runs of two or three capitalised proper nouns that do something and that nothing else accounts for: people."""
    taken = {i for n in found for i in range(n.first, n.last)}
    out = []
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and end not in taken and _of_a_name(tokens[end]):
            end += 1
        inside = end < len(tokens) and end in taken and tokens[end].pos == "PROPN"
        if 2 <= end - at <= 3 and tokens[end - 1].dep in ("nsubj", "nsubjpass", "appos") and not inside:
            out.append(Name(number, at, end, "person"))
        at = max(end, at + 1)
    return out


def _of_a_name(token: Token) -> bool:
    lex = lexicon()
    plain = bare(token.text)
    return (
        token.pos == "PROPN"
        and token.text[:1].isupper()
        and not token.text.isupper()
        and NAME_WORD.match(token.text) is not None
        and len(plain) > 1
        and plain
        not in lex.titles
        | lex.roles
        | lex.institution_heads
        | lex.months
        | lex.weekdays
        | lex.never_names
        | lex.place_tails
        | lex.title_modifiers
        | lex.people_words
    )


def titled(number: int, tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """Names that a title announces and the recogniser missed ("Officer Jane Roe")."""
    lex = lexicon()
    taken = {i for n in found for i in range(n.first, n.last)}
    out = []
    for at, token in enumerate(tokens[:-1]):
        word = bare(token.text)
        if word not in lex.titles or not token.text[:1].isupper() or at + 1 in taken:
            continue
        start = at + 2 if tokens[at + 1].text == "." or near_title(bare(tokens[at + 1].text)) else at + 1
        end = start
        while (
            end < len(tokens)
            and end not in taken
            and tokens[end].pos == "PROPN"
            and tokens[end].text[:1].isupper()
            and NAME_WORD.match(tokens[end].text)
            and bare(tokens[end].text) not in lex.titles
            and end - at <= 4
        ):
            end += 1
        if (
            end > start
            and bare(tokens[end - 1].text) not in lex.institution_heads
            and not {bare(t.text) for t in tokens[start:end]}
            & (lex.months | lex.weekdays | lex.title_modifiers)
        ):
            out.append(Name(number, start, end, "person", True))
    return out


def acronyms(number: int, tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """Short forms of bodies that stand before an office and that the recogniser missed ("HPD officers", "HPD Chief Roe")."""
    lex = lexicon()
    taken = {i for n in found for i in range(n.first, n.last)}
    out = []
    for at, token in enumerate(tokens[:-1]):
        word = token.text
        if at in taken or not (3 <= len(word) <= 6 and word.isalpha() and word.isupper()):
            continue
        following = bare(tokens[at + 1].text)
        if (
            following in lex.titles | lex.roles | lex.people_words | lex.title_modifiers
            and following not in lex.months
        ):
            out.append(Name(number, at, at + 1, "organisation", True))
    return out


def explained(number: int, tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """A name right before its short form in brackets reaches as far back as the short form's letters say (Schwartz, Hearst 2003)."""
    for at in range(2, len(tokens) - 1):
        short = tokens[at].text
        if (
            tokens[at - 1].text != "("
            or tokens[at + 1].text != ")"
            or not (2 < len(short) <= 8 and short.isalpha() and short.isupper())
        ):
            continue
        first = _spelled_from(tokens, at - 1, short.lower())
        if first is not None and not any(n.first == first and n.last == at - 1 for n in found):
            found = [n for n in found if n.last <= first or n.first >= at - 1]
            found.append(Name(number, first, at - 1, "organisation", True))
        if first is not None and not any(n.first == at for n in found):
            found.append(Name(number, at, at + 1, "organisation", True))
    return found


def _spelled_from(tokens: Sequence[Token], end: int, letters: str) -> int | None:
    """Where the words before `end` begin whose first letters are these; little words may be left out."""
    at, left = end - 1, len(letters) - 1
    while at >= 0 and end - at <= len(letters) + 5:
        word = tokens[at].text
        if word[:1].lower() == letters[left] and (word[:1].isupper() or word in JOINING):
            if left == 0:
                return at if word[:1].isupper() else None
            left -= 1
        elif word.lower() not in JOINING and word not in ("in", "to", "a"):
            return None
        at -= 1
    return None


def known_words(found: Sequence[Name], sentences: Sequence[Sentence]) -> dict[str, MentionKind]:
    """Words that are names wherever they stand capitalised: last words of full person names, acronyms, single-word names."""
    known: dict[str, MentionKind] = {}
    for n in found:
        tokens = sentences[n.sentence].tokens[n.first : n.last]
        last = tokens[-1].text
        if n.kind == "person" and (len(tokens) > 1 or n.sure) and len(last) > 2:
            known[last] = "person"
        elif len(tokens) == 1 and last.isupper() and len(last) > 2 and n.kind == "organisation":
            known.setdefault(last, "organisation")
    return known


def missed(number: int, sentence: Sentence, found: list[Name], known: dict[str, MentionKind]) -> list[Name]:
    """Further uses of known names that the recogniser overlooked."""
    tokens = sentence.tokens
    taken = {i for n in found for i in range(n.first, n.last)}
    out = []
    for at, token in enumerate(tokens):
        kind = known.get(token.text)
        if kind is None or at in taken or bare(token.text) in lexicon().never_names:
            continue
        beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
        if any(
            t.text[:1].isupper()
            and t.pos == "PROPN"
            and bare(t.text) not in lexicon().titles
            and t.text not in known
            for t in beside
            if t.span.end == token.span.start - 1 or t.span.start == token.span.end + 1
        ):
            continue  # part of a longer name that is not the same
        out.append(Name(number, at, at + 1, kind))
    return out
