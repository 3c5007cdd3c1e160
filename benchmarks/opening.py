"""How large the static brief of a hundred invented reports is, and how soon a browser has it: `python -m benchmarks.opening [--write]`.

Once the reports are of twenty incidents, once of one. The page is opened from disk in Debian's Chromium, five times in a
window of its own; the time is from the start of the navigation to the end of its load event, and what the renderer's process
worked until then.
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.figures import Figures, asked, tell
from benchmarks.invented import invented

TIMES = 5
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def main() -> None:
    """Measure, tell, keep."""
    opening(asked("opening", __doc__).out)


def opening(path: Path | None) -> None:
    """Print the figures of both briefs, and keep them where a path is given."""
    for incidents in (20, 1):
        part = f"static brief, 100 reports, {incidents} incident{'s' if incidents > 1 else ''}"
        tell(part, _opened(_page(incidents)), path)


def _page(incidents: int) -> str:
    """The brief of a hundred reports of five hundred words."""
    import twosource
    from twosource.brief import to_html

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        file.write_text("\n".join(map(json.dumps, invented(100, incidents))), encoding="utf-8")
        return to_html(twosource.brief([str(file)]))


def _opened(page: str) -> Figures:
    from playwright.sync_api import sync_playwright

    waits: list[float] = []
    worked: list[float] = []
    elements = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as p:
        file = Path(folder) / "brief.html"
        file.write_text(page, encoding="utf-8")
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = p.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for n in range(TIMES + 1):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            window = context.new_page()
            watching = context.new_cdp_session(window)
            watching.send("Performance.enable")
            before = _metric(watching)
            window.goto(file.as_uri(), wait_until="load")
            if n:  # the first warms the browser up
                worked.append(_metric(watching) - before)
                waits.append(window.evaluate(LOADED) / 1000)
            elements = window.evaluate("document.getElementsByTagName('*').length")
            context.close()
        browser.close()
    return {
        "bytes": len(page.encode()),
        "elements": elements,
        "opens_s": round(statistics.median(waits), 3),
        "slowest_s": round(max(waits), 3),
        "renderer_processor_s": round(statistics.median(worked), 3),
    }


def _metric(watching: object) -> float:
    rows = watching.send("Performance.getMetrics")["metrics"]  # type: ignore[attr-defined]
    return next(r["value"] for r in rows if r["name"] == "ProcessTime")


if __name__ == "__main__":
    main()
