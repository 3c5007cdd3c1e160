"""Sentence vectors, from an encoder that is loaded once, when first needed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from twosource.resolve.meaning import encoder

Matrix = npt.NDArray[np.float32]

_WORDS = 60  # a longer content is compared by its beginning
_LETTERS = 48  # a longer word is read by its beginning: the encoder takes the square of its length
_BATCH = 256
_KEPT = (
    20_000  # vectors remembered, about 40 MB: origins are weighed with the vectors that claims were made with
)
_known: dict[str, npt.NDArray[np.float32]] = {}


def warm() -> None:
    """Load the encoder now, while another process does something else."""
    encoder().encode(["."])  # its weights are read with the first sentence


def vectors(texts: Sequence[str]) -> Matrix:
    """One unit vector a text, in the order given; equal texts are encoded once.

    The vectors tell a paraphrase from another subject, but not a denial from what it denies, nor 3 from 5.
    """
    short = [" ".join(w[:_LETTERS] for w in _whole(t).split()[:_WORDS]) or "." for t in texts]
    if not short:
        return np.zeros((0, 512), dtype=np.float32)
    fresh = sorted({t for t in short if t not in _known}, key=lambda t: (len(t), t))
    kept = {t: _known[t] for t in short if t in _known}
    for i in range(0, len(fresh), _BATCH):
        batch = fresh[i : i + _BATCH]
        table = encoder().encode(batch).astype(np.float32)
        table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
        kept.update(zip(batch, np.round(table, 5), strict=True))
    if len(_known) > _KEPT:
        _known.clear()
    _known.update(kept)
    return np.stack([kept[t] for t in short])


def _whole(text: str) -> str:
    """The text with halves of characters, which the encoder refuses, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
