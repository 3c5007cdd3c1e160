"""What each feature of a name comparison is worth, how the weights came about, and how fast names are compared and resolved.

    python -m benchmarks.names [speed] [--mentions N] [--write]   comparisons a second; seconds to resolve N invented mentions
    python -m benchmarks.names features DATA/names   balanced accuracy with each feature left out, on held-out folds
    python -m benchmarks.names fit DATA/names        weights by logistic regression, signs as sense demands

DATA/names holds `input.jsonl` ({id, kind, a, b}) and `gold.jsonl` ({id, same}). Pairs that share their first name fall in
one fold, so that no name is both fitted and measured on.
"""

from __future__ import annotations

import json
import random
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
from benchmarks.figures import Figures, asked, tell
from benchmarks.timing import Clock, apart

from twosource.model import Annotation, Article, Mention, Report, Span
from twosource.resolve import compare_names, resolve
from twosource.resolve.bodies import body_features
from twosource.resolve.people import person_features

Matrix = npt.NDArray[np.float64]

# What must not be negative (1) or positive (-1): data alone would reward names for having nothing in common.
SIGNS = {
    "alias": 1, "acronym": 1, "words": 1, "whole": 1, "surname": 1, "meaning": 1, "number": 1, "inside": 0,
    "conflict": -1, "given": -1, "single": -1, "nations": -1, "splinter": -1, "other_number": -1,
}  # fmt: skip
FOLDS = 10
KINDS = ("person", "organisation")


def table(folder: Path, kind: str) -> tuple[list[str], Matrix, Matrix, Matrix]:
    """Feature names, a row of features for each pair, whether it is the same, and its fold."""
    rows = [json.loads(x) for x in (folder / "input.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = {
        r["id"]: r["same"]
        for r in map(json.loads, (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    }
    mine = [r for r in rows if r["kind"] == kind]
    features = person_features if kind == "person" else body_features
    found = [features(r["a"], r["b"]) for r in mine]
    names = [f.name for f in found[0]]
    values = np.array([[f.value for f in fs] for fs in found])
    same = np.array([float(gold[r["id"]]) for r in mine])
    fold = np.array([float(zlib.crc32(min(r["a"], r["b"]).encode()) % FOLDS) for r in mine])
    return names, values, same, fold


def fitted(values: Matrix, same: Matrix, signs: list[int], *, penalty: float = 0.5) -> Matrix:
    """Weights, the bias last (at most -0.5: with nothing in common names differ), by projected accelerated descent."""
    rows = np.hstack([values, np.ones((len(values), 1))])
    low = np.array([0.0 if s > 0 else -99.0 for s in signs] + [-99.0])
    high = np.array([0.0 if s < 0 else 99.0 for s in signs] + [-0.5])
    step = 1 / (0.25 * float(np.linalg.norm(rows, 2)) ** 2 + penalty)
    w = ahead = np.clip(np.zeros(rows.shape[1]), low, high)
    t = 1.0
    for _ in range(3000):
        odds = 1 / (1 + np.exp(-np.clip(rows @ ahead, -30, 30)))
        slope = rows.T @ (odds - same) + penalty * np.append(ahead[:-1], 0.0)
        new = np.clip(ahead - step * slope, low, high)
        later = (1 + (1 + 4 * t * t) ** 0.5) / 2
        ahead, moved = new + (t - 1) / later * (new - w), float(np.abs(new - w).max())
        w, t = new, later
        if moved < 1e-7:
            break
    return w


def held_out(values: Matrix, same: Matrix, fold: Matrix, signs: list[int]) -> float:
    """Balanced accuracy where every pair is judged by weights fitted on the other folds."""
    total = np.zeros(len(same))
    for k in range(FOLDS):
        here = fold == k
        w = fitted(values[~here], same[~here], signs)
        total[here] = np.hstack([values[here], np.ones((int(here.sum()), 1))]) @ w
    return balanced(total >= 0, same)


def balanced(said: npt.NDArray[np.bool_], same: Matrix) -> float:
    """The mean of the share of matches found and of the share of others left apart."""
    return float((said[same == 1].mean() + (~said[same == 0]).mean()) / 2)


def features(folder: Path) -> None:
    """Print what leaving each feature out costs."""
    for kind in KINDS:
        names, values, same, fold = table(folder, kind)
        signs = [SIGNS[n] for n in names]
        whole = held_out(values, same, fold, signs)
        print(f"{kind:13} all features          {whole:.3f}")
        for i, name in enumerate(names):
            rest = [j for j in range(len(names)) if j != i]
            without = held_out(values[:, rest], same, fold, [signs[j] for j in rest])
            print(f"{kind:13} without {name:13} {without:.3f}  {without - whole:+.3f}")


def fit(folder: Path) -> None:
    """Print weights fitted on all pairs."""
    for kind in KINDS:
        names, values, same, _ = table(folder, kind)
        w = fitted(values, same, [SIGNS[n] for n in names])
        print(f"[{kind}]\nbias = {w[-1]:.2f}")
        for name, weight in zip(names, w, strict=False):
            print(f"{name} = {weight:.2f}")


def compare(count: int = 20_000) -> Figures:
    """Comparisons a second of the processor, of names that were not seen before."""
    dice = random.Random(7)
    people = [(_person(dice), _person(dice)) for _ in range(count)]
    compare_names(*people[0], "person")
    clock = Clock()
    for a, b in people:
        compare_names(a, b, "person")
    return {"comparisons a second": round(count / clock.processor), **clock.figures()}


def resolve_invented(mentions: int) -> Figures:
    """What resolving so many mentions takes: a quarter of the names are misspelled."""
    dice = random.Random(11)
    cast = [_person(dice) for _ in range(max(1, mentions // 20))]
    articles, annotations = [], []
    for n in range(max(1, mentions // 20)):
        who = [dice.choice(cast) for _ in range(10)]
        names = [_slip(w, dice) if dice.random() < 0.25 else w for w in who]
        text, found = "", []
        for chain, name in enumerate(names):
            for form in (name, name.split()[-1]):
                found.append(Mention(Span(len(text), len(text) + len(form)), "person", name, chain=chain))
                text += form + " said. "
        articles.append(Article(Report(f"r{n:06}", text)))
        annotations.append(Annotation(f"r{n:06}", "en", mentions=tuple(found)))
    clock = Clock()
    result = resolve(articles, annotations)
    return {"mentions": mentions, "people": len(cast), "actors": len(result.actors), **clock.figures()}


_SYLLABLES = "ba ko ri su ten mal dor vi pa lun ger ost fe nu ar ilk sha mo".split()


def _person(dice: random.Random) -> str:
    given, family = ("".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(2, 3))) for _ in range(2))
    return f"{given.title()} {family.title()}"


def _slip(name: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :] if name[at] != " " and name[at - 1] != " " else name


def main() -> None:
    """Run the part asked for."""
    given = asked(
        "names", __doc__,
        ("part", {"nargs": "?", "default": "speed", "choices": ("features", "fit", "speed")}),
        ("data", {"nargs": "?", "type": Path, "default": Path("../shared/data/names")}),
        ("--mentions", {"type": int}),
    )  # fmt: skip
    if given.part == "features":
        features(given.data)
    elif given.part == "fit":
        fit(given.data)
    else:
        mentions = given.mentions or (100_000 if given.full else 20_000)
        tell("people compared", apart(compare), given.out)
        tell(f"{mentions} mentions resolved", apart(resolve_invented, mentions), given.out)


if __name__ == "__main__":
    main()
