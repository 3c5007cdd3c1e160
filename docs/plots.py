"""Draw docs/plots/*.svg from the figures that the benchmarks keep: `make plots`.

The same figures give the same bytes. A picture has its own ground, dark where the reader's system is; letters stay letters.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib
from kept import kept, sizes
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

HERE = Path(__file__).parent
INK, GROUND, GRID = "#1f2328", "#fdfdfc", "#d5d8dc"
DARK = {INK: "#e6edf3", GROUND: "#161b22", GRID: "#3a414a"}
BLUE, ORANGE, GREEN, PURPLE, RED, GREY = (
    "#2f7ebc",
    "#cf7317",
    "#3a8f4d",
    "#8a63c9",
    "#c94a46",
    "#85898f",
)  # legible on both grounds
SETTINGS = {
    "svg.hashsalt": "twosource", "svg.fonttype": "none", "font.family": "DejaVu Sans", "font.size": 10,
    "text.color": INK, "axes.edgecolor": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK,
    "figure.facecolor": GROUND, "axes.facecolor": GROUND, "grid.color": GRID, "legend.frameon": False,
    "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "axes.axisbelow": True,
}  # fmt: skip
STAGES = {
    "read and cleaned": GREY, "copies found": BLUE, "grouped": GREEN, "annotated": ORANGE, "accounts made": PURPLE,
}  # fmt: skip


def main() -> int:
    """Write the pictures that have changed."""
    (HERE / "plots").mkdir(exist_ok=True)
    for name, picture in pictures().items():
        path = HERE / "plots" / name
        if not path.exists() or path.read_text(encoding="utf-8") != picture:
            path.write_text(picture, encoding="utf-8")
            print(f"drawn: {name}")
    return 0


def pictures() -> dict[str, str]:
    """Each picture's name and SVG; none of what was not measured."""
    found = {}
    with matplotlib.rc_context(SETTINGS):
        for name, draw in PICTURES.items():
            figure = draw()
            if figure is not None:
                found[f"{name}.svg"] = drawn(figure)
    return found


def drawn(figure: Figure) -> str:
    """The SVG of a figure, with the colours that a dark system gets."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    rules = "".join(
        f'[style*="{kind}: {light}"]{{{kind}:{dark}!important}}'
        for light, dark in DARK.items()
        for kind in ("fill", "stroke")
    )
    text = re.sub(r"<\?xml.*?(?=<svg)", "", out.getvalue(), flags=re.DOTALL)
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = text.replace("<defs>", f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style><defs>", 1)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def growth() -> Figure | None:
    """Seconds of the processor over reports, both axes logarithmic."""
    curves = [
        ("copies found", BLUE, "o", [(f["reports"], f["reuse, processor seconds"]) for f in sizes("growth", "copies")]),
        ("grouped", GREEN, "s", [(f["reports"], f["grouping, processor seconds"]) for f in sizes("growth", "copies")]),
        ("copies found, over partitions", PURPLE, "D", [(f["reports"], f["processor seconds"]) for f in sizes("scale", "copies") if "processor seconds" in f]),
        ("everything, to the finished accounts", ORANGE, "^", [(f["reports"], f["processor seconds"]) for f in sizes("growth", "everything")]),
    ]  # fmt: skip
    curves = [c for c in curves if c[3]]
    if not curves:
        return None
    figure, axes = canvas()
    for name, colour, mark, points in curves:
        axes.plot(*zip(*points, strict=True), color=colour, marker=mark, label=name)
    low = min(x for *_, points in curves for x, _ in points)
    high = max(x for *_, points in curves for x, _ in points)
    start = min(y for *_, points in curves for _, y in points)
    axes.plot([low, high], [start, start * high / low], color=GREY, linestyle=":", label="in proportion")
    return logarithmic(figure, axes, "reports", "seconds of one processor")


def stages() -> Figure | None:
    """Milliseconds a report by stage, for every size of the whole."""
    rows = sizes("growth", "everything")
    if not rows:
        return None
    figure, axes = canvas(height=1.2 + 0.5 * len(rows))
    names = [f"{f['reports']:,} reports" for f in rows]
    left = [0.0] * len(rows)
    for stage, colour in STAGES.items():
        each = [1000 * f["processor seconds by stage"][stage] / f["reports"] for f in rows]
        axes.barh(names, each, left=left, color=colour, label=stage, height=0.6)
        left = [a + b for a, b in zip(left, each, strict=True)]
    axes.set_xlabel("milliseconds of one processor a report")
    axes.grid(axis="y", visible=False)
    axes.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.45, 1.0 + 0.55 / len(rows)), fontsize=9)
    return figure


def minhash() -> Figure | None:
    """Speed, and recall of the copies that are mostly new text."""
    parts = kept("minhash")
    most = max((f["reports"] for f in parts.values()), default=0)
    rows = {k.split(",")[0]: f for k, f in parts.items() if f["reports"] == most and "recall" in f}
    if not rows:
        return None
    names = sorted(rows, key=lambda n: (n == "twosource", n), reverse=True)
    figure = Figure(figsize=(7.6, 2.7), layout="constrained")
    speed, recall = figure.subplots(1, 2, sharey=True)
    colours = [BLUE if n == "twosource" else GREY for n in names]
    speed.xaxis.set_major_formatter(FuncFormatter(plain))
    speed.barh(names, [rows[n]["reports a second of the processor"] for n in names], color=colours)
    speed.set_xlabel("reports a second of one processor")
    speed.invert_yaxis()
    kinds = (("exact", "copied whole", 0.25, GREEN), ("wire .5", "half new text", 0, ORANGE), ("wire .3", "seven tenths new", -0.25, RED))  # fmt: skip
    for kind, name, at, colour in kinds:
        recall.barh([n - at for n in range(len(names))], [rows[n]["recall"][kind] for n in names], height=0.22, color=colour, label=name)  # fmt: skip
    recall.set_xlabel("share of planted copies found")
    recall.set_xlim(0, 1)
    for axes in (speed, recall):
        axes.grid(axis="y", visible=False)
    figure.legend(loc="outside upper right", ncols=3, fontsize=9)
    return figure


def grouping() -> Figure | None:
    """Time and memory beside comparing every two."""
    curves = [
        ("twosource", BLUE, "o", sizes("grouping", "twosource")),
        ("TF-IDF of all pairs", ORANGE, "s", sizes("grouping", "TF-IDF of all pairs")),
    ]
    if not all(c[3] for c in curves):
        return None
    figure = Figure(figsize=(7.6, 3.2), layout="constrained")
    for axes, what, label in zip(
        figure.subplots(1, 2),
        ("processor seconds", "peak MB"),
        ("seconds of one processor", "peak memory (MB)"),
        strict=True,
    ):
        for name, colour, mark, rows in curves:
            axes.plot(
                [f["reports"] for f in rows], [f[what] for f in rows], color=colour, marker=mark, label=name
            )
        logarithmic(figure, axes, "reports", label)
    return figure


def share() -> Figure | None:
    """Cost of annotation over the share of copies, against annotating every report."""
    rows = sorted(
        (f for k, f in kept("share").items() if k.endswith("copies of all kinds")),
        key=lambda f: f["copies (%)"],
    )
    if not rows:
        return None
    figure, axes = canvas()
    none = rows[0]["processor seconds"]
    axes.plot(
        [f["copies (%)"] for f in rows],
        [100 * f["processor seconds"] / none for f in rows],
        color=BLUE,
        marker="o",
        label="measured",
    )
    axes.plot([0, 100], [100, 0], color=GREY, linestyle=":", label="in proportion to what is new")
    axes.set_xlabel("copies among the reports (%)")
    axes.set_ylabel("% of annotating every report")
    axes.set_ylim(0)
    axes.legend()
    return figure


def cost() -> Figure | None:
    """Core-hours by stage for the archives of the cost model."""
    rows = [f for k, f in kept("cost").items() if "core-hours by stage" in f and k.endswith("articles")]
    if not rows:
        return None
    rows.sort(key=lambda f: f["articles"])
    figure, axes = canvas(height=3.4)
    width = 0.8 / len(rows)
    for at, (row, colour) in enumerate(zip(rows, (BLUE, ORANGE, GREEN), strict=False)):
        axes.barh(
            [n + at * width for n in range(len(STAGES))],
            [row["core-hours by stage"][s] for s in STAGES],
            height=width,
            color=colour,
            label=f"{row['articles']:,} articles",
        )
    axes.set_yticks([n + width * (len(rows) - 1) / 2 for n in range(len(STAGES))], list(STAGES))
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(plain))
    axes.invert_yaxis()
    axes.set_xlabel("core-hours")
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside upper right", ncols=3, fontsize=9)
    return figure


def canvas(height: float = 3.6) -> tuple[Figure, Axes]:
    """A figure of the width of the page with one pair of axes."""
    figure = Figure(figsize=(7.6, height), layout="constrained")
    return figure, figure.subplots()


def logarithmic(figure: Figure, axes: Axes, across: str, up: str) -> Figure:
    """The axes named and made logarithmic, with numbers written out."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(f"{across} (logarithmic)")
    axes.set_ylabel(f"{up} (logarithmic)")
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        steps = (1.0, 2.0, 5.0) if high / low < 100 else (1.0,)
        axis.set_major_locator(LogLocator(subs=steps))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(plain))
    axes.legend(fontsize=9)
    return figure


def plain(value: float, _: int) -> str:
    """A number as people write it."""
    return f"{value:,.0f}" if value >= 1 or value == 0 else f"{value:g}"


PICTURES: dict[str, Callable[[], Figure | None]] = {
    "growth": growth, "stages": stages, "minhash": minhash, "grouping": grouping, "share": share, "cost": cost,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
