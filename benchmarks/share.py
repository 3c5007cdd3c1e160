"""What annotating an archive costs as the share of copies in it rises: `python -m benchmarks.share [--reports N] [--write]`.

Three kinds of copies, a third of each in the first part: the text as it was under another outlet's name, day and address; the
same between another page's lines; the text cut after two thirds. One process annotates the archive as `scale run` does with a
shelf; the floor is the same number of reports with no copy among them. Processor time, the least of several turns.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import partial

from benchmarks.figures import Figures, asked, tell
from benchmarks.invented import archive
from benchmarks.timing import beside

from twosource.annotate import annotate
from twosource.clean import clean
from twosource.model import Article, Report
from twosource.settings import Settings

SHARES = (0, 10, 30, 50, 70, 90)
KINDS = ("text", "page", "cut")
LINES = (
    "Subscribe to our newsletter for more stories like this one.",
    "Follow us on Facebook and Twitter.",
    "All rights reserved. This material may not be published, broadcast or rewritten.",
)


def main() -> None:
    """Tell and keep what each share costs."""
    given = asked(
        "share",
        __doc__,
        ("--reports", {"type": int, "default": 200}),
        ("--words", {"type": int, "default": 300}),
        ("--times", {"type": int, "default": 2}),
    )
    originals = list(archive(given.reports, copies=0, words=given.words))
    _annotated(_articles(archive(40, copies=0, words=given.words, seed=2)))  # everything is loaded
    archives = {
        f"{share} % copies of all kinds": (share, _mixed(originals, share, KINDS)) for share in SHARES
    }
    for kind in KINDS:
        archives[f"70 % copies of the kind {kind}"] = 70, _mixed(originals, 70, (kind,))
    found = beside({name: partial(_annotated, held) for name, (_, held) in archives.items()}, given.times)
    floor = next(iter(found.values()))
    for name, (share, held) in archives.items():
        figures: Figures = {
            "copies (%)": share,
            "reports": len(held),
            "processor seconds": round(found[name], 2),
            "of annotating every report (%)": round(100 * found[name] / floor, 1),
        }
        tell(name, figures, given.out)


def _annotated(articles: list[Article]) -> None:
    for _ in annotate(articles, Settings()):
        pass


def _mixed(originals: list[dict[str, str]], share: int, kinds: tuple[str, ...]) -> list[Article]:
    """So many reports, that share of them copies, each after its original."""
    dice = random.Random(share)
    total = len(originals)
    new = originals[: max(1, round(total * (100 - share) / 100))]
    copies: list[list[dict[str, str]]] = [[] for _ in new]
    for n in range(total - len(new)):
        k = dice.randrange(len(new))
        copies[k].append(_copied(new[k], n, kinds[n % len(kinds)]))
    for held in copies:
        held.sort(key=lambda r: r["text"])
    return _articles(r for own, held in zip(new, copies, strict=True) for r in (own, *held))


def _copied(row: dict[str, str], n: int, kind: str) -> dict[str, str]:
    text = row["text"]
    if kind == "cut":
        paragraphs = text.split("\n\n")
        text = "\n\n".join(paragraphs[: max(1, len(paragraphs) * 2 // 3)])
    if kind == "page":
        text = f"{LINES[n % 2]}\n\n{text}\n\n{LINES[2]}"
    return {
        "id": f"c{n}",
        "text": text,
        "outlet": f"Outlet {n % 211}",
        "published": f"2025-{1 + n % 12:02}-{1 + n % 28:02}",
        "url": f"https://outlet{n % 211}.example/{n}",
    }


def _articles(rows: Iterable[dict[str, str]]) -> list[Article]:
    return clean([Report(**row) for row in rows])


if __name__ == "__main__":
    main()
