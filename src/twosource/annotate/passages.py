"""Parsed paragraphs kept from one run to the next: under what they are kept, and how they are written small.

A paragraph's parse hangs on its words, where its sentences begin, the model's weights, spaCy and the code that calls it; the
key is a digest of all of these, so nothing that another model or version made is ever taken for its own.
"""

from __future__ import annotations

import hashlib
import importlib.util
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Protocol

import msgspec

from twosource.model import Sentence, Span, Token
from twosource.text import digest

__all__ = ["Block", "Entity", "Held", "Memory", "analyser", "key_of", "packed", "unpacked"]

_CODE = ("parse.py", "language.py", "entities.py", "passages.py")  # what makes a parse of a paragraph
_LIBRARIES = ("spacy", "thinc", "numpy")


class Memory(Protocol):
    """What was parsed before, by key; what is not there is left out of the answer."""

    def get(self, keys: Sequence[str]) -> Mapping[str, bytes]: ...

    def put(self, made: Mapping[str, bytes]) -> None: ...


class Held:
    """A memory of one run: some paragraphs known beforehand, and those that were parsed since."""

    def __init__(self, known: Mapping[str, bytes]) -> None:
        self._known = dict(known)
        self.made: dict[str, bytes] = {}

    def get(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The known ones among these."""
        return {k: self._known[k] for k in keys if k in self._known}

    def put(self, made: Mapping[str, bytes]) -> None:
        """Remember what was parsed."""
        self.made.update(made)
        self._known.update(made)


@dataclass(frozen=True, slots=True)
class Entity:
    """A name as the pipeline's entity recogniser saw it, with its OntoNotes label."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """A parsed paragraph, offsets from its own start."""

    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]


class _Rows(msgspec.Struct, array_like=True):
    """A paragraph as columns of whole numbers, most of them small; readings are places in `said`."""

    said: list[str]
    spans: list[tuple[int, int, int]]  # of a sentence, and how many words it has
    gaps: list[int]  # from the end of the word before
    sizes: list[int]
    lemmas: list[int]  # below 2: the word itself, the word in lower case
    pos: list[int]
    tags: list[int]
    deps: list[int]
    heads: list[int]  # how many words on
    names: list[tuple[int, int, int]]


_PACK, _UNPACK = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Rows)
# What compression begins with, so that short paragraphs come out short too: readings that come up in most.
_COMMON = (
    b"\xa5advcl\xa6advmod\xa4attr\xa3aux\xa7auxpass\xa8compound\xa4conj\xa5ccomp\xa3det\xa4mark\xa3neg\xa8npadvmod\xa9nsubjpass"
    b"\xa6nummod\xa5relcl\xa5xcomp\xa3FAC\xa4DATE\xa4TIME\xa4NORP\xa8CARDINAL\xa3GPE\xa3ORG\xa6PERSON\xa3ADV\xa3WDT\xa3WRB\xa3VBG\xa3VBZ"
    b"\xa3VBP\xa4PART\xa4PRON\xa3PRP\xa4PRP$\xa5SCONJ\xa5CCONJ\xa2CC\xa2CD\xa3NUM\xa3POS\xa4case\xa4poss\xa5AUX\xa2TO\xa2VB\xa3VBN\xa3VBD"
    b"\xa4VERB\xa4ROOT\xa4dobj\xa4pobj\xa3NNS\xa3ADP\xa2IN\xa4prep\xa3DET\xa2DT\xa3ADJ\xa2JJ\xa4amod\xa5PROPN\xa3NNP\xa5nsubj\xa4NOUN\xa2NN"
    b"\xa5PUNCT\xa5punct"
)


def key_of(made_by: str, text: str, inside: Sequence[Span]) -> str:
    """The key of a paragraph whose sentences stand there, offsets from its start."""
    return digest(made_by, text, *(f"{s.start}-{s.end}" for s in inside))[:32]


def packed(block: Block) -> bytes:
    """A paragraph written small; its words themselves are not, since they stand in the report."""
    place: dict[str, int] = {}

    def at(s: str) -> int:
        return place.setdefault(s, len(place))

    def lemma(t: Token) -> int:
        return 0 if t.lemma == t.text else 1 if t.lemma == t.text.lower() else 2 + at(t.lemma)

    words = [t for s in block.sentences for t in s.tokens]
    rows = _Rows(
        said=[],
        spans=[(s.span.start, s.span.end, len(s.tokens)) for s in block.sentences],
        gaps=[t.span.start - end for t, end in zip(words, [0, *(t.span.end for t in words)], strict=False)],
        sizes=[t.span.end - t.span.start for t in words],
        pos=[at(t.pos) for t in words],
        tags=[at(t.tag) for t in words],
        deps=[at(t.dep) for t in words],
        lemmas=[lemma(t) for t in words],
        heads=[t.head - n for s in block.sentences for n, t in enumerate(s.tokens)],
        names=[(e.span.start, e.span.end, at(e.label)) for e in block.entities],
    )
    rows.said = list(place)
    press = zlib.compressobj(6, zdict=_COMMON)
    return press.compress(_PACK.encode(rows)) + press.flush()


def unpacked(data: bytes, text: str) -> Block:
    """A paragraph from what `packed` made of it and its words, as they were parsed."""
    r = _UNPACK.decode(zlib.decompressobj(zdict=_COMMON).decompress(data))
    columns = zip(r.gaps, r.sizes, r.lemmas, r.pos, r.tags, r.deps, r.heads, strict=True)
    found: list[Sentence] = []
    at = 0
    for start, end, size in r.spans:
        words = []
        for n, (gap, length, lemma, pos, tag, dep, head) in enumerate(islice(columns, size)):
            at += gap
            word = text[at : at + length]
            base = r.said[lemma - 2] if lemma > 1 else word.lower() if lemma else word
            words.append(
                Token(Span(at, at + length), word, base, r.said[pos], r.said[tag], r.said[dep], n + head)
            )
            at += length
        found.append(Sentence(Span(start, end), tuple(words)))
    return Block(tuple(found), tuple(Entity(Span(s, e), r.said[label]) for s, e, label in r.names))


@lru_cache(maxsize=4)
def analyser(model: str) -> str:
    """A digest of all that a parse hangs on beside the text: the model's files, the libraries, and our own code."""
    h = hashlib.sha256(model.encode())
    folder = _folder(model)
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc") if folder else ():
        h.update(str(path.relative_to(folder or path)).encode())
        with path.open("rb") as f:
            h.update(hashlib.file_digest(f, "sha256").digest())
    for name in _LIBRARIES:
        try:
            h.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            h.update(name.encode())
    for name in _CODE:
        h.update(files(__package__).joinpath(name).read_bytes())
    return h.hexdigest()


def _folder(model: str) -> Path | None:
    """Where the pipeline's files lie, without loading it."""
    if Path(model).is_dir():
        return Path(model)
    spec = importlib.util.find_spec(model) if model.isidentifier() else None
    return Path(spec.origin).parent if spec is not None and spec.origin else None
