"""Names as the report writes them: the entity recogniser's findings, put right by general rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from twosource.annotate.mentions.lexicon import bare, body_forms, lexicon, place_forms
from twosource.annotate.mentions.spelling import likeness
from twosource.annotate.parse import Entity, Parsed
from twosource.model import MentionKind, Sentence, Token

_KINDS: dict[str, MentionKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "s'"})
_JOINING = frozenset({"of", "for", "and", "&", "de", "del", "la", "al", "el", "bin", "ibn", "van", "von", "der", "the", "on", "in", "-", "–", "'s", "’s", "'", "’"})
_PARTICLES = frozenset({"al", "el", "de", "del", "della", "di", "da", "dos", "bin", "ibn", "bint", "abu", "van", "von", "der", "den", "ter", "la", "le", "al-", "el-", "-", "’", "'"})
_WAYS = frozenset("street avenue road drive lane boulevard highway parkway st ave rd blvd".split())
_NAME_WORD = re.compile(r"[^\W\d_][\w.’'-]*\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one sentence, as token numbers [first, last); `sure` where more than one clue gives the kind."""

    sentence: int
    first: int
    last: int
    kind: MentionKind
    sure: bool = False


def written(name: Name, sentences: Sequence[Sentence]) -> str:
    """The name as a reader would quote it: its words with single spaces, no full stop of the sentence."""
    tokens = sentences[name.sentence].tokens[name.first : name.last]
    parts = []
    for n, t in enumerate(tokens):
        if n and t.span.start > tokens[n - 1].span.end:
            parts.append(" ")
        parts.append(t.text)
    return "".join(parts).strip()


def names(parsed: Parsed) -> list[Name]:
    """All names of the report in order; a body named after a place comes before the place inside it."""
    sentences = parsed.sentences
    found: list[Name] = []
    for number, entities in _by_sentence(parsed):
        sentence = sentences[number]
        if _shouted(sentence):
            continue
        found += _in_sentence(number, sentence, entities)
    known = _known_words(found, sentences)
    for number, sentence in enumerate(sentences):
        if not _shouted(sentence):
            found += _missed(number, sentence, [n for n in found if n.sentence == number], known)
    found = _settled_kinds([part for n in found for part in _owned(n, sentences, found)], sentences)
    return sorted(set(found), key=lambda n: (n.sentence, n.first, -n.last))


def _by_sentence(parsed: Parsed) -> Iterator[tuple[int, list[tuple[int, int, str]]]]:
    """Each sentence's number with its entities as token ranges."""
    entities: list[Entity] = sorted(parsed.entities, key=lambda e: (e.span.start, e.span.end))
    starts = [e.span.start for e in entities]
    for number, sentence in enumerate(parsed.sentences):
        tokens = sentence.tokens
        begins = [t.span.start for t in tokens]
        inside = []
        for e in entities[bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)]:
            first = bisect_left(begins, e.span.start)
            last = bisect_left(begins, e.span.end)
            if first < last:
                inside.append((first, last, e.label))
        yield number, inside


def _shouted(sentence: Sentence) -> bool:
    """Whether the line is all capitals, where the recogniser sees names everywhere."""
    letters = [t.text for t in sentence.tokens if t.text.isalpha() and len(t.text) > 1]
    return len(letters) >= 4 and all(w.isupper() for w in letters)


def _in_sentence(number: int, sentence: Sentence, entities: list[tuple[int, int, str]]) -> list[Name]:
    tokens = sentence.tokens
    spans = _joined(tokens, entities)
    found: list[Name] = []
    for first, last, label in spans:
        if label not in _KINDS:
            continue
        for name in _corrected(number, tokens, first, last, _KINDS[label]):
            found.append(name)
            wider = _institution(number, tokens, name)
            if wider:
                found.append(wider)
    found += _titled(number, tokens, found)
    found += _acronyms(number, tokens, found)
    return _without_adjectives(tokens, found)


def _joined(tokens: Sequence[Token], entities: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Entities whose neighbour word belongs to them: a nationality or place and a capitalised body word, a known short form."""
    lex = lexicon()
    out: list[tuple[int, int, str]] = []
    at = 0
    while at < len(entities):
        first, last, label = entities[at]
        if label in ("NORP", "GPE", "ORG") and last < len(tokens):
            end = last
            while end < len(tokens) and tokens[end].text[:1].isupper() and tokens[end].pos in ("PROPN", "NOUN", "ADJ") and bare(tokens[end].text) not in lex.titles:
                end += 1
            run = [bare(t.text) for t in tokens[first:end]]
            if end > last and (run[-1] in lex.institution_heads or bare(" ".join(run)) in body_forms()):
                last, label = end, "ORG"
        out.append((first, last, label))
        at += 1
        while at < len(entities) and entities[at][1] <= last:
            at += 1
        if at < len(entities) and entities[at][0] < last:
            entities = [*entities[:at], (last, entities[at][1], entities[at][2]), *entities[at + 1 :]]
    return out


def _corrected(number: int, tokens: Sequence[Token], first: int, last: int, kind: MentionKind) -> list[Name]:
    """The entity without what is not of the name; empty when nothing of a name is left."""
    lex = lexicon()
    for at in range(first, last):
        if tokens[at].text in ("/", "|", "•", "—", "--", "(", ")", ";", ":"):
            return _corrected(number, tokens, first, at, kind) if at > first else _corrected(number, tokens, at + 1, last, kind)
    while last > first and _tail_to_cut(tokens[last - 1]):
        last -= 1
    while first < last and _head_to_cut(tokens[first]):
        first += 1
    lowered = [at for at in range(first, last) if tokens[at].text.islower() and tokens[at].text not in _JOINING and tokens[at].text not in _PARTICLES]
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
    if kind == "organisation" and last - first > 1 and bare(tokens[last - 1].text) in lex.titles and last < len(tokens) and tokens[last].pos == "PROPN":
        return []  # a rank before a name ("Air Force Col.")
    words = [bare(t.text) for t in tokens[first:last]]
    if not any(re.search(r"[^\W\d_]", w) for w in words):
        return []
    acronym = tokens[first].text.isupper() and len(words[0]) in (2, 3)
    if len(words) == 1 and ((words[0] in lex.never_names and not acronym) or len(words[0]) < 2):
        return []
    if len(words) == 1 and tokens[first].lemma.lower() in lex.people_words | lex.roles | _singulars() and (first == 0 or tokens[first].tag in ("NN", "NNS")):
        return []  # a plain noun that a sentence opens with
    if not acronym and all(w in lex.months or w in lex.weekdays or w in lex.titles or w in lex.never_names for w in words):
        return []
    if kind == "organisation" and words[-1] in _WAYS and len(words) > 1:
        kind = "place"
    if kind in ("organisation", "place") and _aged(tokens, first, last) and words[-1] not in lex.institution_heads:
        kind = "person"
    if kind == "person" and (not tokens[last - 1].text[:1].isupper() or any(w.isdigit() for w in words)):
        return []
    if last < len(tokens) and bare(tokens[last].text) in lex.place_tails and kind in ("person", "organisation") and tokens[last].text.islower():
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
    if len(behind) == 3 and behind[0] == "," and behind[1].isdigit() and 1 <= len(behind[1]) <= 2 and behind[2] in (",", ";", "."):
        return True
    return first > 0 and tokens[first - 1].text.lower().endswith("-year-old") or (first > 4 and [t.text.lower() for t in tokens[first - 4 : first]] == ["-", "year", "-", "old"])


def _tail_to_cut(token: Token) -> bool:
    word = token.text
    plain = bare(word)
    return word in _POSSESSIVE or not any(c.isalnum() for c in word) or plain in lexicon().weekdays or (word.islower() and (plain in _JOINING or token.pos in ("ADP", "DET", "CCONJ", "VERB", "AUX")))


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


def _after_titles(tokens: Sequence[Token], first: int, last: int, kind: MentionKind) -> int | None:
    """Where the name begins after ranks and titles; None when there is nothing else."""
    lex = lexicon()
    at = first
    while at < last:
        word = bare(tokens[at].text)
        if word in lex.titles and not (word in lex.also_names and last - at <= 2 and at == first and kind == "person"):
            at += 1
        elif word in lex.title_modifiers and at + 1 < last and any(bare(t.text) in lex.titles for t in tokens[at + 1 : last - 1]):
            at += 1
        else:
            break
    if at == last:
        return None
    if kind == "organisation" and at > first:
        rest = tokens[at:last]
        looks_personal = len(rest) <= 2 and all(_NAME_WORD.match(t.text) and t.pos == "PROPN" for t in rest) and bare(rest[-1].text) not in lex.institution_heads
        return at if looks_personal and not any(t.text.isupper() and len(t.text) > 2 for t in rest) else first
    return at


def _institution(number: int, tokens: Sequence[Token], name: Name) -> Name | None:
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


def _titled(number: int, tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """Names that a title announces and the recogniser missed ("Officer Jane Roe")."""
    lex = lexicon()
    taken = {i for n in found for i in range(n.first, n.last)}
    out = []
    for at, token in enumerate(tokens[:-1]):
        word = bare(token.text)
        if word not in lex.titles or not token.text[:1].isupper() or at + 1 in taken:
            continue
        end = at + 1
        while end < len(tokens) and end not in taken and tokens[end].pos == "PROPN" and tokens[end].text[:1].isupper() and _NAME_WORD.match(tokens[end].text) and bare(tokens[end].text) not in lex.titles and end - at <= 4:
            end += 1
        if end > at + 1 and bare(tokens[end - 1].text) not in lex.institution_heads and not {bare(t.text) for t in tokens[at + 1 : end]} & (lex.months | lex.weekdays | lex.title_modifiers):
            out.append(Name(number, at + 1, end, "person", True))
    return out


def _acronyms(number: int, tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """Short forms of bodies that stand before an office and that the recogniser missed ("HPD officers", "HPD Chief Roe")."""
    lex = lexicon()
    taken = {i for n in found for i in range(n.first, n.last)}
    out = []
    for at, token in enumerate(tokens[:-1]):
        word = token.text
        if at in taken or not (3 <= len(word) <= 6 and word.isalpha() and word.isupper()):
            continue
        following = bare(tokens[at + 1].text)
        if following in lex.titles | lex.roles | lex.people_words | lex.title_modifiers and following not in lex.months:
            out.append(Name(number, at, at + 1, "organisation", True))
    return out


def _without_adjectives(tokens: Sequence[Token], found: list[Name]) -> list[Name]:
    """Leave out nationalities that only describe ("Ruritanian cheese"): they name nobody."""
    out = []
    for n in found:
        head = tokens[n.last - 1]
        describes = n.kind == "group" and not n.sure and (head.pos == "ADJ" or head.dep in ("amod", "compound", "nmod"))
        if not describes:
            out.append(n)
    return out


def _owned(name: Name, sentences: Sequence[Sentence], found: Sequence[Name]) -> list[Name]:
    """A name with an owner inside ("Roe's Northern Army") in its two parts, where the report uses one of them alone."""
    if name.kind == "person" or name.last - name.first < 3:
        return [name]
    tokens = sentences[name.sentence].tokens
    for at in range(name.first + 1, name.last - 1):
        if tokens[at].text in ("'s", "’s"):
            owner, owned = replace(name, last=at), replace(name, first=at + 1)
            alone = {written(n, sentences) for n in found if n != name}
            if written(owned, sentences) in alone or written(owner, sentences) in alone:
                return [owner, owned]
    return [name]


def _known_words(found: Sequence[Name], sentences: Sequence[Sentence]) -> dict[str, MentionKind]:
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


def _missed(number: int, sentence: Sentence, found: list[Name], known: dict[str, MentionKind]) -> list[Name]:
    """Further uses of known names that the recogniser overlooked."""
    tokens = sentence.tokens
    taken = {i for n in found for i in range(n.first, n.last)}
    out = []
    for at, token in enumerate(tokens):
        kind = known.get(token.text)
        if kind is None or at in taken or bare(token.text) in lexicon().never_names:
            continue
        beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
        if any(t.text[:1].isupper() and t.pos == "PROPN" and bare(t.text) not in lexicon().titles and t.text not in known for t in beside if t.span.end == token.span.start - 1 or t.span.start == token.span.end + 1):
            continue  # part of a longer name that is not the same
        out.append(Name(number, at, at + 1, kind))
    return out


def _settled_kinds(found: list[Name], sentences: Sequence[Sentence]) -> list[Name]:
    """One kind for one spelling: a surname that the recogniser calls a body here and a person there is the person's."""
    surnames = {sentences[n.sentence].tokens[n.last - 1].text for n in found if n.kind == "person" and n.last - n.first > 1}
    slips = _slips(found, sentences, surnames)
    given = {sentences[n.sentence].tokens[n.first].text for n in found if n.kind == "person" and n.last - n.first > 1}
    votes: dict[str, dict[MentionKind, int]] = {}
    for n in found:
        tally = votes.setdefault(written(n, sentences).casefold(), {})
        tally[n.kind] = tally.get(n.kind, 0) + (3 if n.sure else 1)
    places = {written(n, sentences) for n in found if n.kind == "place"}
    out = []
    for n in found:
        word = written(n, sentences)
        tally = votes[word.casefold()]
        last = sentences[n.sentence].tokens[n.last - 1].text
        kind = n.kind
        if word in slips or (kind == "organisation" and _personal(n, word, last, surnames, given)):
            kind = "person"
        elif n.last - n.first == 1 and word in surnames:
            kind = "person" if tally.get("place", 0) <= 2 * tally.get("person", 0) + 1 else kind
        elif len(tally) > 1 and not n.sure:
            kind = max(sorted(tally), key=lambda k: (tally[k], k == "person"))
        if kind == "person" and word in places and n.last - n.first == 1 and word not in surnames:
            kind = "place"
        out.append(replace(n, kind=kind))
    return out


def _personal(n: Name, word: str, last: str, surnames: set[str], given: set[str]) -> bool:
    """Whether a supposed body has the words of the report's people: a given name alone, or a surname at its end."""
    length = n.last - n.first
    if n.sure or word.isupper():
        return False
    if length == 1:
        return word in given and word not in surnames and bare(word) not in lexicon().institution_heads
    return length <= 3 and last in surnames and bare(last) not in lexicon().institution_heads and all(_NAME_WORD.match(w) for w in word.split())


def _slips(found: Sequence[Name], sentences: Sequence[Sentence], surnames: set[str]) -> frozenset[str]:
    """Single words taken for bodies that are near spellings of one surname of the report."""
    out = set()
    for word in {written(n, sentences) for n in found if n.kind == "organisation" and n.last - n.first == 1}:
        near = [s for s in surnames if s[:1] == word[:1] and min(len(s), len(word)) >= 5 and likeness(s, word) >= 0.8]
        if len(near) == 1 and not word.isupper() and word not in surnames and bare(word) not in body_forms():
            out.add(word)
    return frozenset(out)
