"""Names in a parsed text, as the pipeline's recogniser decides, without its step-by-step decoding.

Deciding word by word costs spaCy's recogniser two thirds of its time. But outside a name what it decides hangs on the word
alone, so all words are decided at once; only inside a name, between going on and ending it, does it depend on where the
name began. The decisions are the same (transitions and features: spaCy's `ner.pyx` and `_state.pxd`, three features).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_Array = Any  # numpy arrays of float32, whose types the libraries leave open
_FEATURES = 3  # the word, the first word of the open name, the word before


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a document: its characters and its label."""

    start: int
    end: int
    label: str


class Recogniser:
    """The recogniser of a loaded pipeline."""

    def __init__(self, ner: Any) -> None:
        vectors, lower, upper = ner.model.layers
        self._ops = ner.model.ops  # its products run in one thread and round as the recogniser's own
        self._vectors = vectors
        weights = lower.get_param("W")
        self._lower: _Array = weights.reshape(-1, weights.shape[-1])
        self._shape = weights.shape[:-1]
        pad = lower.get_param("pad")[0]
        self._pads: _Array = pad[1] + pad[2]
        self._bias: _Array = lower.get_param("b")
        self._upper: _Array = upper.get_param("W")
        self._upper_bias: _Array = upper.get_param("b")
        moves = [ner.moves.get_class_name(n).partition("-") for n in range(ner.moves.n_moves)]
        self._kinds = [m[0] for m in moves]
        self._out = self._kinds.index("O")
        self._labels = [m[2] for m in moves]
        self._closed = np.flatnonzero(
            [k == "O" or (k in {"B", "U"} and bool(label)) for k, _, label in moves]
        )
        self._begins = np.array([self._kinds[n] == "B" for n in self._closed])
        self._units = np.array([self._kinds[n] == "U" for n in self._closed])
        self._open = {
            label: (moves.index(("I", "-", label)), moves.index(("L", "-", label)))
            for kind, _, label in moves
            if kind == "B" and label
        }

    def find(self, docs: Sequence[Any]) -> Iterator[list[Name]]:
        """The names of each document, in order."""
        full = [d for d in docs if len(d)]
        cached = self._cached(full) if full else None
        at = 0
        for doc in docs:
            if not len(doc):
                yield []
                continue
            assert cached is not None
            yield self._decode(doc, cached[at : at + len(doc)])
            at += len(doc)

    def _cached(self, docs: Sequence[Any]) -> _Array:
        """What each word adds to a decision in each of its three parts."""
        vectors = self._vectors.predict(docs)
        return self._ops.gemm(vectors, self._lower, trans2=True).reshape(len(vectors), *self._shape)

    def _decode(self, doc: Any, cached: _Array) -> list[Name]:
        scores = self._scores(cached[:, 0] + self._pads + self._bias)
        marks = doc.to_array(["IS_SPACE", "SENT_START"])
        blank = marks[:, 0] == 1
        ends = np.append(marks[1:, 1] == 1, True)  # no name goes on past these words
        allowed = scores[:, self._closed]
        if ends.any() or blank.any():
            allowed[np.ix_(ends | blank, self._begins)] = -np.inf
            allowed[np.ix_(blank, self._units)] = -np.inf
        best = self._closed[np.argmax(allowed, axis=1)]
        found: list[Name] = []
        after = 0
        for i in np.flatnonzero(best != self._out).tolist():
            if i < after:
                continue
            move = int(best[i])
            label = self._labels[move]
            after = self._end(cached, i, label, ends) if self._kinds[move] == "B" else i + 1
            last = doc[after - 1]
            found.append(Name(doc[i].idx, last.idx + len(last.text), label))
        return found

    def _end(self, cached: _Array, start: int, label: str, ends: _Array) -> int:
        """The word after the last of a name that has begun."""
        go_on, last = self._open[label]
        i = start + 1
        while not ends[i]:
            hidden = cached[i, 0] + cached[start, 1] + cached[i - 1, 2] + self._bias
            scores = (self._upper[[go_on, last]] * hidden.max(axis=-1)).sum(axis=-1) + self._upper_bias[
                [go_on, last]
            ]
            if scores[1] > scores[0] or (scores[1] == scores[0] and last < go_on):
                break
            i += 1
        return i + 1

    def _scores(self, unmaxed: _Array) -> _Array:
        return self._ops.gemm(unmaxed.max(axis=-1), self._upper, trans2=True) + self._upper_bias


def recogniser(nlp: Any) -> Recogniser | None:
    """None where the pipeline's recogniser is of another make, or another component has a hand in names."""
    known = {"tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer", "ner"}
    if "ner" not in nlp.pipe_names or set(nlp.pipe_names) - known:
        return None
    ner = nlp.get_pipe("ner")
    try:
        _, lower, upper = ner.model.layers
        plain = (
            ner.cfg["beam_width"] == 1
            and not ner.model.attrs["unseen_classes"]
            and ner.model.attrs["has_upper"]
            and lower.get_dim("nF") == _FEATURES
            and lower.get_dim("nP") >= 2
            and upper.name == "linear"
        )
    except (AttributeError, KeyError, ValueError, TypeError):
        return None
    return Recogniser(ner) if plain else None
