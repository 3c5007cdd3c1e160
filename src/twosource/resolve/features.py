"""A comparison as a visible weighted list: each feature has a value, a weight from `weights.toml`, and a sentence."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from twosource.model import Score


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing about two names: its value (mostly 0 to 1) and the sentence that a reader can check."""

    name: str
    value: float
    sentence: str


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """The weights by kind of name and feature."""
    data: dict[str, dict[str, float]] = tomllib.loads(
        (files(__package__) / "weights.toml").read_text(encoding="utf-8")
    )
    return data


def weighed(kind: str, features: Sequence[Feature]) -> Score:
    """The features' weighted sum on a logistic curve; sentences of features that count, the weightiest first."""
    table = weights()[kind]
    parts = [(table[f.name] * f.value, f) for f in features]
    total = table["bias"] + sum(p for p, _ in parts)
    said = sorted((p for p in parts if abs(p[0]) >= 0.05), key=lambda p: (-abs(p[0]), p[1].name))
    value = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    return Score(round(value, 4), tuple(f"{f.sentence} ({p:+.1f})" for p, f in said))
