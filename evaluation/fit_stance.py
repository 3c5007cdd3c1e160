"""`python -m evaluation.fit_stance`: make the weights of stance.toml, and say by cross-validation how good they are.

Multinomial logistic regression by plain gradient descent, so that no learning library is needed. Folds are by report, so
that no report is both learnt from and asked about.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.tasks import rows
from twosource.corroborate.stance import VERDICTS, features
from twosource.model import Article, Report

Matrix = NDArray[np.float64]


def main() -> None:
    """Fit on all pairs, print TOML and the cross-validated F1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data" / "stance")
    folder = parser.parse_args().data
    text = {r["id"]: r["text"] for r in rows(folder / "reports.jsonl")}
    gold = {r["id"]: r["stance"] for r in rows(folder / "gold.jsonl")}
    pairs = list(rows(folder / "input.jsonl"))
    found = [features(p["claim"], Article(Report(p["report"], text[p["report"]]))) for p in pairs]
    names = [f.name for f in found[0]]
    x = np.array([[f.value for f in row] for row in found])
    y = np.array([VERDICTS.index(gold[p["id"]]) for p in pairs])
    fold = np.array([zlib.crc32(p["report"].encode()) % 5 for p in pairs])
    guess = np.zeros_like(y)
    for k in range(5):
        w, b = fit(x[fold != k], y[fold != k])
        guess[fold == k] = np.argmax(x[fold == k] @ w + b, axis=1)
    for i, verdict in enumerate(VERDICTS):
        hit = int(((guess == i) & (y == i)).sum())
        print(f"# {verdict}: F1 {2 * hit / max(1, int((guess == i).sum() + (y == i).sum())):.3f} (five-fold)")
    w, b = fit(x, y)
    for i, verdict in enumerate(VERDICTS):
        print(f"\n[weights.{verdict}]\nbias = {b[i]:.3f}")
        print("\n".join(f"{name} = {w[j, i]:.3f}" for j, name in enumerate(names)))


def fit(
    x: Matrix, y: NDArray[np.int64], ridge: float = 0.002, steps: int = 3000, rate: float = 0.5
) -> tuple[Matrix, Matrix]:
    """Weights (features × verdicts) and biases on the features' own scale."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = (x - mean) / spread
    target = np.eye(len(VERDICTS))[y]
    w, b = np.zeros((x.shape[1], len(VERDICTS))), np.zeros(len(VERDICTS))
    for _ in range(steps):
        logits = z @ w + b
        p = np.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        error = (p - target) / len(y)
        w -= rate * (z.T @ error + ridge * w)
        b -= rate * error.sum(0)
    w = w / spread[:, None]
    return w, b - mean @ w


if __name__ == "__main__":
    main()
