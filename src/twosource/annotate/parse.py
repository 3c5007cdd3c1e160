"""Sentences with their words and names, from a spaCy pipeline that is loaded once, when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from twosource.annotate.language import Language, load
from twosource.annotate.passages import Block, Entity, Memory, analyser, key_of, packed, unpacked
from twosource.model import Article, Sentence, Span, Token
from twosource.text import paragraphs, sentences

__all__ = ["Entity", "Parsed", "keys_in", "load", "own_blocks", "parse"]

_PARAGRAPH_LIMIT = 20_000  # characters; a longer line is parsed sentence by sentence
_SEEN_LIMIT = 4_000  # paragraphs remembered, so that what was copied is parsed once
_WHOLE_LIMIT = 200  # texts remembered
_BATCH = 64
_LEFT = 5  # words that must be left of a sentence whose one end is furniture
_SURROGATE = re.compile("[\ud800-\udfff]")  # halves of characters, which the tokenizer cannot encode


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article's own sentences, parsed, boilerplate left out."""

    article: Article
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class _Own:
    """A paragraph of an article: where it stands, its sentences, and the key it is remembered by."""

    span: Span
    inside: list[Span]
    key: str


def parse(articles: Iterable[Article], model: str, memory: Memory | None = None) -> Iterator[Parsed]:
    """Parse the articles' own paragraphs; sentence ends are ours (`text.sentences`), never across a line break.

    A paragraph that was parsed before, in this article or an earlier one, is not parsed again; nor is one that `memory` has.
    The model is loaded only when there is something to parse.
    """
    seen: dict[str, Block] = {}
    whole: dict[tuple[str, tuple[Span, ...]], Parsed] = {}  # texts as they were read last, for copies of them
    for article in articles:
        text = article.text, tuple(f.span for f in article.boilerplate)
        if text in whole:
            yield replace(whole[text], article=article)
            continue
        own = _owned(article, model if memory is not None else "")
        fresh = {o.key: o for o in own if o.key not in seen}
        if memory is not None and fresh:
            for key, data in memory.get(list(fresh)).items():
                seen[key] = unpacked(data, _plain(fresh.pop(key).span.of(article.text)))
        if fresh:
            made = dict(zip(fresh, _parsed(load(model), article.text, list(fresh.values())), strict=True))
            seen.update(made)
            if memory is not None:
                memory.put({key: packed(block) for key, block in made.items()})
        found: list[Sentence] = []
        entities: list[Entity] = []
        for o in own:
            block = seen[o.key]
            found += (_moved(s, o.span.start) for s in block.sentences)
            entities += (Entity(_shift(e.span, o.span.start), e.label) for e in block.entities)
        if len(seen) > _SEEN_LIMIT:
            seen = {o.key: seen[o.key] for o in own}
        if len(whole) >= _WHOLE_LIMIT:
            del whole[next(iter(whole))]
        whole[text] = Parsed(article, tuple(found), tuple(entities))
        yield whole[text]


def keys_in(article: Article, model: str) -> list[str]:
    """What a memory is asked for when the article is parsed."""
    return [o.key for o in _owned(article, model)]


def _owned(article: Article, model: str) -> list[_Own]:
    """The article's paragraphs; without a model's name their keys hold for one run."""
    made_by = analyser(model) if model else ""
    return [
        _Own(
            block, inside, key_of(made_by, block.of(article.text), [_shift(s, -block.start) for s in inside])
        )
        for block, inside in own_blocks(article)
    ]


def own_blocks(article: Article) -> Iterator[tuple[Span, list[Span]]]:
    """The article's paragraphs, each with its sentences, without those that boilerplate covers."""
    furniture = [f.span for f in article.boilerplate]
    for block in paragraphs(article.text):
        inside = [
            part for s in sentences(article.text, block) if (part := _without(s, furniture, article.text))
        ]
        if not inside:
            continue
        if block.end - block.start > _PARAGRAPH_LIMIT:
            yield from ((s, [s]) for s in inside)
        else:
            yield Span(inside[0].start, inside[-1].end), inside


def _without(sentence: Span, furniture: list[Span], text: str) -> Span | None:
    """What furniture leaves of a sentence at its one end ("Image 1 of 5" before it); None where that is no clause."""
    start, end = sentence.start, sentence.end
    for f in furniture:
        if not f.overlaps(Span(start, end)):
            continue
        if f.start <= start:
            start = f.end
        elif f.end >= end:
            end = f.start
        else:
            return None
        if start >= end:
            return None
    if (start, end) == (sentence.start, sentence.end):
        return sentence
    rest = Span(start, end).of(text)
    start, end = start + len(rest) - len(rest.lstrip()), end - len(rest) + len(rest.rstrip())
    return Span(start, end) if len(rest.split()) >= _LEFT else None


def _parsed(language: Language, text: str, own: Sequence[_Own]) -> Iterator[Block]:
    made = [_doc(language, text, o.span, o.inside) for o in own]
    docs = list(language.pipe(made, _BATCH))
    for o, doc, names in zip(own, docs, language.names(docs, _BATCH), strict=True):
        spans = [_shift(s, -o.span.start) for s in o.inside]
        entities = tuple(Entity(Span(n.start, n.end), n.label) for n in names)
        yield Block(tuple(_sentences(language, doc, spans)), entities)


def _doc(language: Language, text: str, block: Span, inside: list[Span]) -> Any:
    """The block's words, each marked as beginning a sentence or not, which the parser then keeps to."""
    doc = language.make_doc(_plain(block.of(text)))
    # A gap between two of them is furniture: it begins where the one before ends.
    starts = iter(sorted({at for s in inside for at in (s.start, s.end)}))
    coming = next(starts, None)
    begins = np.full(len(doc), -1, dtype="int64")
    for n, token in enumerate(doc):
        at = block.start + token.idx
        if coming is not None and at >= coming:
            begins[n] = 1
            while coming is not None and at >= coming:
                coming = next(starts, None)
    return doc.from_array(["SENT_START"], begins.astype("uint64"))


def _plain(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _sentences(language: Language, doc: Any, inside: list[Span]) -> Iterator[Sentence]:
    readings = language.readings(doc)
    for sent in doc.sents:
        words = [t for t in sent if not t.is_space]
        if not words:
            continue
        span = Span(words[0].idx, words[-1].idx + len(words[-1].text))
        if not any(span.overlaps(i) for i in inside):
            continue
        index = {t.i: n for n, t in enumerate(words)}
        yield Sentence(span, tuple(_token(t, readings[t.i], index, n) for n, t in enumerate(words)))


def _token(t: Any, reading: tuple[str, str], index: dict[int, int], n: int) -> Token:
    pos, lemma = reading
    text, at = t.text, t.idx
    return Token(Span(at, at + len(text)), text, lemma, pos, t.tag_, t.dep_, index.get(t.head.i, n))


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved(sentence: Sentence, by: int) -> Sentence:
    if not by:
        return sentence
    tokens = tuple(
        Token(_shift(t.span, by), t.text, t.lemma, t.pos, t.tag, t.dep, t.head) for t in sentence.tokens
    )
    return Sentence(_shift(sentence.span, by), tokens)
