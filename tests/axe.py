"""axe-core over a page in a browser: what it finds that keeps somebody from reading it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import pytest

GRAVE = ("serious", "critical")


@lru_cache
def _engine() -> str:
    pytest.importorskip(
        "axe_playwright_python", reason="axe-core is not installed: pip install 'twosource[dev]'"
    )
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """The serious and critical violations, one line each: the rule, its help, the first places.

    The engine is evaluated rather than added as a script, so that a page's own content security policy stays in force.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_engine())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{v['id']} ({v['impact']}): {v['help']}: " + "; ".join(n["html"][:160] for n in v["nodes"][:3])
        for v in found
        if v["impact"] in GRAVE
    ]
