"""What the main job costs: `python -m benchmarks.brief [--full] [--write]`.

As whole processes: the bundled example from a cold start, a hundred near-alike reports of five hundred words on twenty incidents, five hundred
of one incident (`--full` alone). Then fifty of an archive, a third of them copies, in a process that has all loaded, for how much of it spaCy takes.
Seconds of the processor are of the process and of those that it starts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figures, asked, tell
from benchmarks.invented import Row, archive, invented
from benchmarks.timing import Clock, apart

EXAMPLE = Path(__file__).parents[1] / "examples" / "derailment" / "reports"
ARCHIVE = 50  # reports


def main() -> None:
    """Print and keep the figures of each."""
    given = asked("brief", __doc__)
    inputs: dict[str, list[Row]] = {
        "100 reports of 500 words, 20 incidents": invented(100, 20, 500),
    }
    if given.full:
        inputs["500 reports of 200 words, one incident"] = invented(500, 1, 200)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "brief.html"
        if EXAMPLE.is_dir():
            tell("the example, cold", apart(measured, str(EXAMPLE), str(out)), given.out)
        for name, rows in inputs.items():
            path = Path(folder) / "reports.jsonl"
            path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
            words = sum(len(r["text"].split()) for r in rows)
            figures = apart(measured, str(path), str(out))
            figures["words"] = words
            figures["words a second of the processor"] = round(words / figures["processor seconds"])
            tell(name, figures, given.out)
        path = Path(folder) / "archive.jsonl"
        path.write_text("\n".join(map(json.dumps, archive(ARCHIVE))), encoding="utf-8")
        tell("share of the language model", apart(shared, str(path)), given.out)


def measured(path: str, out: str) -> Figures:
    """One brief in a process of its own."""
    command = [sys.executable, "-m", "twosource", "--quiet", "brief", path, "-o", out]
    clock = Clock()
    started = subprocess.Popen(command, env={**os.environ, "PYTHONHASHSEED": "0"})
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    took = clock.figures()
    if started.returncode:
        raise SystemExit(f"the brief of {path} ended with exit code {started.returncode}")
    return took | {
        "bytes written": Path(out).stat().st_size,
        "largest process MB": round(used.ru_maxrss / 1024),
    }


def shared(path: str) -> Figures:
    """How much of a brief, made in one process with the model loaded, is spaCy's own work, and the words a second of the whole."""
    from twosource.annotate.language import Language
    from twosource.brief import to_html
    from twosource.pipeline import articles_of, brief_of
    from twosource.settings import Settings

    model = Watch()
    brief_of([path], Settings())  # so that everything is loaded
    for name in ("make_doc", "pipe", "names"):
        setattr(Language, name, model.over(getattr(Language, name)))
    clock = Clock()
    page = to_html(brief_of([path], Settings()))
    took = clock.processor
    words = sum(len(a.text.split()) for a in articles_of([path], Settings())[0])
    return {
        "words": words,
        "words a second of the processor": round(words / took),
        "of it in spaCy (%)": round(100 * model.spent / took),
        "bytes written": len(page.encode()),
        **clock.figures(),
    }


class Watch:
    """Adds up the processor time of calls, and of generators while they make their next."""

    def __init__(self) -> None:
        self.spent = 0.0

    def over(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, watched."""

        def watched(*given: Any) -> Any:
            began = time.process_time()
            found = call(*given)
            self.spent += time.process_time() - began
            return self._each(found) if isinstance(found, Iterator) else found

        return watched

    def _each(self, found: Iterator[Any]) -> Iterator[Any]:
        while True:
            began = time.process_time()
            one = next(found, self)
            self.spent += time.process_time() - began
            if one is self:
                return
            yield one


if __name__ == "__main__":
    main()
