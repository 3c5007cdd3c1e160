"""Sentences with their words and names, from a spaCy pipeline that is loaded once, when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from twosource.errors import SettingsError
from twosource.model import Article, Sentence, Span, Token
from twosource.text import paragraphs, sentences

_PARAGRAPH_LIMIT = 20_000  # characters; a longer line is parsed sentence by sentence


@dataclass(frozen=True, slots=True)
class Entity:
    """A name as the pipeline's entity recogniser saw it, with its OntoNotes label."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article's own sentences, parsed, boilerplate left out."""

    article: Article
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]


@lru_cache(maxsize=2)
def load(model: str) -> Any:
    """The spaCy pipeline of that name.

    Raises SettingsError when it is not installed.
    """
    import importlib

    import spacy

    try:
        return importlib.import_module(model).load() if model.isidentifier() else spacy.load(model)
    except ImportError:
        try:
            return spacy.load(model)
        except OSError as e:
            raise SettingsError(f"the language model {model!r} is not installed: pip install {model}") from e


def parse(articles: Iterable[Article], model: str) -> Iterator[Parsed]:
    """Parse the articles' own paragraphs; sentence ends are ours (`text.sentences`), never across a line break."""
    nlp = load(model)
    for article in articles:
        blocks = list(own_blocks(article))
        docs = [_doc(nlp, article.text, block, inside) for block, inside in blocks]
        found: list[Sentence] = []
        entities: list[Entity] = []
        for (block, inside), doc in zip(blocks, nlp.pipe(docs, batch_size=64), strict=True):
            found += _sentences(doc, block.start, inside)
            entities += [Entity(Span(block.start + e.start_char, block.start + e.end_char), e.label_) for e in doc.ents]
        yield Parsed(article, tuple(found), tuple(entities))


def own_blocks(article: Article) -> Iterator[tuple[Span, list[Span]]]:
    """The article's paragraphs, each with its sentences, without those that boilerplate covers."""
    furniture = [f.span for f in article.boilerplate]
    for block in paragraphs(article.text):
        inside = [s for s in sentences(article.text, block) if not any(f.overlaps(s) for f in furniture)]
        if not inside:
            continue
        if block.end - block.start > _PARAGRAPH_LIMIT:
            yield from ((s, [s]) for s in inside)
        else:
            yield Span(inside[0].start, inside[-1].end), inside


def _doc(nlp: Any, text: str, block: Span, inside: list[Span]) -> Any:
    doc = nlp.make_doc(block.of(text))
    starts = iter(inside)
    coming = next(starts, None)
    for token in doc:
        begins = coming is not None and block.start + token.idx >= coming.start
        token.is_sent_start = begins
        while coming is not None and block.start + token.idx >= coming.start:
            coming = next(starts, None)
    return doc


def _sentences(doc: Any, offset: int, inside: list[Span]) -> list[Sentence]:
    found = []
    sents = list(doc.sents)
    for sent in sents:
        words = [t for t in sent if not t.is_space]
        if not words:
            continue
        index = {t.i: n for n, t in enumerate(words)}
        tokens = tuple(
            Token(
                Span(offset + t.idx, offset + t.idx + len(t.text)),
                t.text,
                t.lemma_,
                t.pos_,
                t.tag_,
                t.dep_,
                index.get(t.head.i, n),
            )
            for n, t in enumerate(words)
        )
        found.append(Sentence(Span(tokens[0].span.start, tokens[-1].span.end), tokens))
    return [s for s in found if any(s.span.overlaps(i) for i in inside)]
