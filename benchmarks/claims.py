"""What an account costs once its reports are annotated: `python -m benchmarks.claims [--reports N] [--full] [--write]`.

Invented near-alike reports of one incident, 500 words each: the hardest case, since all of them share their words. Seconds are of the
processor, of everything between the annotations and the finished account.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks.figures import Figures, asked, tell
from benchmarks.invented import invented
from benchmarks.timing import Clock, apart

from twosource.pipeline import account_of, annotations_of, articles_of, incidents_of
from twosource.settings import Settings


def main() -> None:
    """A small incident and a large one, so that growth shows."""
    given = asked("claims", __doc__, ("--reports", {"type": int}))
    most = given.reports or (400 if given.full else 60)
    for reports in (most // 2, most):
        tell(f"{reports} near-alike reports of one incident", apart(measured, reports), given.out)


def measured(reports: int) -> Figures:
    """One account."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("\n".join(map(json.dumps, invented(reports, 1))), encoding="utf-8")
        settings = Settings()
        articles, _ = articles_of([str(path)], settings)
    annotations = annotations_of(articles, settings)
    (incident,), shared = incidents_of(articles)
    clock = Clock()
    account = account_of(incident, articles, annotations, shared)
    return {
        "reports": reports,
        "statements": sum(len(a.statements) for a in annotations),
        "claims": len(account.claims),
        **clock.figures(),
    }


if __name__ == "__main__":
    main()
