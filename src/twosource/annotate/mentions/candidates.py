"""Names as the report writes them: the entity recogniser's findings, put right by general rules."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from twosource.annotate.mentions.correcting import NAME_WORD, corrected, institution
from twosource.annotate.mentions.kinds import settled_kinds, without_adjectives
from twosource.annotate.mentions.lexicon import bare, body_forms, lexicon
from twosource.annotate.mentions.lookalikes import without_lookalikes
from twosource.annotate.mentions.missed import (
    acronyms,
    explained,
    known_words,
    missed,
    overlooked,
    titled,
    widened,
)
from twosource.annotate.mentions.name import Name, written
from twosource.annotate.parse import Entity, Parsed
from twosource.model import MentionKind, Sentence, Token

_SURE_HEADLINE = 7  # long words, all with a capital, that make a headline even of a line with a full stop
_KINDS: dict[str, MentionKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}


def names(parsed: Parsed) -> list[Name]:
    """All names of the report in order; a body named after a place comes before the place inside it."""
    sentences = parsed.sentences
    found: list[Name] = []
    for number, entities in _by_sentence(parsed):
        sentence = sentences[number]
        if _shouted(sentence):
            continue
        found += _in_sentence(number, sentence, entities)
    found = _outside_headlines(found, sentences)
    known = known_words(found, sentences)
    for number, sentence in enumerate(sentences):
        if not _shouted(sentence):
            found += missed(number, sentence, [n for n in found if n.sentence == number], known)
    found = settled_kinds([part for n in found for part in _owned(n, sentences, found)], sentences)
    found = without_lookalikes(found, sentences)
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


def _headline(sentence: Sentence) -> bool:
    """Whether a line is in headline case, where every word looks like a name."""
    words = [t.text for t in sentence.tokens if t.text.isalpha() and len(t.text) > 3]
    large = sum(w[0].isupper() for w in words)
    stopped = sentence.tokens[-1].text in (".", "!", "”", '"')
    return (len(words) >= _SURE_HEADLINE and large == len(words)) or (
        len(words) >= 4 and not stopped and large >= 0.8 * len(words)
    )


def _outside_headlines(found: list[Name], sentences: Sequence[Sentence]) -> list[Name]:
    """Leave out names of more than one word that only headlines have."""
    lines = {n.sentence for n in found if _headline(sentences[n.sentence])}
    running = {written(n, sentences) for n in found if n.sentence not in lines}
    return [
        n
        for n in found
        if n.sentence not in lines or n.last - n.first <= 2 or written(n, sentences) in running
    ]


def _in_sentence(number: int, sentence: Sentence, entities: list[tuple[int, int, str]]) -> list[Name]:
    tokens = sentence.tokens
    spans = _joined(tokens, entities)
    found: list[Name] = []
    for first, last, label in spans:
        if label not in _KINDS:
            continue
        for name in corrected(number, tokens, first, last, _KINDS[label]):
            found.append(name)
            wider = institution(number, tokens, name)
            if wider:
                found.append(wider)
    found = widened(tokens, found)
    found += titled(number, tokens, found)
    found += overlooked(number, tokens, found)
    found += acronyms(number, tokens, found)
    found = explained(number, tokens, found)
    return without_adjectives(tokens, found)


def _joined(tokens: Sequence[Token], entities: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Entities whose neighbour word belongs to them: a nationality or place and a capitalised body word, a known short form."""
    lex = lexicon()
    out: list[tuple[int, int, str]] = []
    at = 0
    while at < len(entities):
        first, last, label = entities[at]
        if label in ("NORP", "GPE", "ORG") and last < len(tokens):
            end = last
            while (
                end < len(tokens)
                and tokens[end].text[:1].isupper()
                and tokens[end].pos in ("PROPN", "NOUN", "ADJ")
                and bare(tokens[end].text) not in lex.titles
            ):
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
            if _named_owner(tokens[name.first : at]) and _is_body(tokens[at + 1 : name.last]):
                return [replace(owner, kind="person"), replace(owned, kind="organisation")]
    return [name]


def _named_owner(tokens: Sequence[Token]) -> bool:
    """Whether an owner is somebody's given name and surname, not a saint, a place or people in general ("Women's")."""
    words = [t.text for t in tokens]
    return (
        len(words) == 2
        and all(w.istitle() and NAME_WORD.match(w) for w in words)
        and bare(words[0]) not in {"st", "saint", "santa", "san", "new", "great", "the"}
        and bare(words[1]) not in {"children", "women", "men", "people", "workers"}
    )


def _is_body(tokens: Sequence[Token]) -> bool:
    """Whether what is owned has a body's name of its own: two words or more with such a head ("Northern Front")."""
    return len(tokens) > 1 and bare(tokens[-1].text) in lexicon().institution_heads
