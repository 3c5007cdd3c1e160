"""What an account costs once its reports are annotated: `python -m benchmarks.claims [REPORTS]`.

Invented near-alike reports of one incident, 500 words each: the hardest case, since all of them share their words.
Seconds are of the processor, of everything between the annotations and the finished account.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.brief import invented

from twosource.pipeline import account_of, annotations_of, articles_of, incidents_of
from twosource.settings import Settings


def main(reports: int) -> None:
    """Print one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("\n".join(map(json.dumps, invented(reports, 1))), encoding="utf-8")
        settings = Settings()
        articles, _ = articles_of([str(path)], settings)
    annotations = annotations_of(articles, settings)
    (incident,), shared = incidents_of(articles)
    began = time.process_time()
    account = account_of(incident, articles, annotations, shared)
    seconds = time.process_time() - began
    print(f"{reports} near-alike reports: {len(account.claims)} claims in {seconds:.1f} s of the processor")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
