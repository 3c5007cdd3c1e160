"""Write docs/performance.md and docs/cost.md from the figures that the benchmarks keep: `make plots`; a test holds the pages against it.

What was not measured is not spoken of; no figure stands in this file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from costs import cost
from kept import STAGES, Figures, kept, sizes, table

HERE = Path(__file__).parent
QUIET = 10  # percent of the machine that other work may take while seconds on the clock still mean something


def main() -> int:
    """Write the pages that have changed."""
    for name, text in pages().items():
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {name}")
    return 0


def pages() -> dict[str, str]:
    """Each page's name and text."""
    return {
        "performance.md": "\n".join(performance()) + "\n",
        "cost.md": "\n".join(cost()) + "\n",
    }


def performance() -> Iterator[str]:
    """The page of speeds."""
    yield "# How fast\n"
    yield (
        "Every figure here is from a file beside the benchmark that measured it (`benchmarks/*.json`), with the machine, the libraries, the "
        "commit and how much of the machine went to other work meanwhile. `python -m benchmarks` lists the benchmarks, `python -m benchmarks "
        "NAME --write` measures one again, `make bench` all of them in their quick sizes within ten minutes on an idle machine, `make plots` "
        "makes this page and its pictures.\n"
    )
    yield f"The machine: {machine()}. Seconds of the processor are what one processor works, whatever else runs; they are compared here unless it says otherwise.\n"
    for part in (reading, copies, grouping, annotation, things, whole, growth, share, store):
        yield from part()
    yield "## How it was measured\n"
    yield from how()


def machine() -> str:
    """The machine of the newest way of writing it down."""
    found = [f["machine"] for name in ("growth", "minhash", "grouping") for f in kept(name).values()]
    return max(found, key=len, default="not told")


def reading() -> Iterator[str]:
    """Pages and archives."""
    rows = kept("reading")
    pages = {
        k: f for k, f in rows.items() if k.startswith("pages") and "pages a second of the processor" in f
    }
    archives = {k: f for k, f in rows.items() if k.startswith("web archive")}
    if not rows:
        return
    yield "## Reading\n"
    if pages:
        yield "trafilatura alone, asked for text and metadata, gets the same bytes in the same run ([reading.md](reading.md) says what ours takes of a page besides, and has figures of real pages).\n"
        yield from table(
            "pages | ours, a second | trafilatura, a second | times as fast",
            [reading_row(k, f) for k, f in sorted(pages.items())],
        )
    for name, f in sorted(archives.items()):
        yield f"A {name} ({f['pages']:,} pages among pictures and scripts) is read in {f['seconds']:,} s with {f['peak MB']} MB at most; after fifty pages it was {f['peak MB after 50 pages']} MB.\n"


def reading_row(name: str, f: Figures) -> str:
    """One set of pages."""
    theirs = f["trafilatura's with metadata"]
    return f"{name.removeprefix('pages ')} ({f['pages']:,}) | {f['pages a second of the processor']} | {theirs} | {f['times as fast as trafilatura']}"


def copies() -> Iterator[str]:
    """Beside MinHash."""
    parts = kept("minhash")
    most = max((f["reports"] for f in parts.values()), default=0)
    rows = {k.split(",")[0]: f for k, f in parts.items() if f["reports"] == most}
    if not rows:
        return
    yield "## Who copied whom\n"
    yield "![Reports a second, and the share of planted copies found, beside three implementations of MinHash](plots/minhash.svg)\n"
    yield (
        f"{most:,} invented reports, three in ten of them an edited copy, one processor. MinHash (128 permutations, five-word shingles, 32 bands of "
        "four) gives candidates and no more; ours gives the shared passages, the relation and the direction of each pair. A report that is half new text "
        "is little alike as a whole, which is all that MinHash can see. The floor is cutting the texts into words.\n"
    )
    yield from table(
        "| a second | found of whole copies | half new text | seven tenths new | precision | MB",
        [
            f"{name} | {f['reports a second of the processor']:,} | "
            + (
                f"{f['recall']['exact']:.2f} | {f['recall']['wire .5']:.2f} | {f['recall']['wire .3']:.2f} | {f['precision']:.2f}"
                if "recall" in f
                else "| | |"
            )
            + f" | {f['peak MB']}"
            for name, f in sorted(rows.items(), key=lambda x: -x[1]["reports a second of the processor"])
        ],
    )
    for f in sizes("scale", "copies")[-1:]:
        yield f"Over partitions ([scale.md](scale.md)): {f['reports']:,} reports in {f['seconds']:,} s, {f['reports a second']:,} a second, {f['peak MB']:,} MB in all processes together{busy(f)}.\n"


def busy(f: Figures) -> str:
    """A remark where other work took a good part of the machine."""
    others = f.get("other work on the machine (%)")
    if others is None:
        return ""
    return f" (other work took {others} % of the machine)" if others > QUIET else " (nothing else ran)"


def grouping() -> Iterator[str]:
    """Beside all pairs."""
    ours, peer = sizes("grouping", "twosource"), sizes("grouping", "TF-IDF of all pairs")
    if not ours or not peer:
        return
    yield "## Grouping by incident\n"
    yield "![Seconds and memory over the number of reports, beside comparing every two](plots/grouping.svg)\n"
    yield (
        "The peer weighs words and pairs of words by TF-IDF, takes the cosine of every two reports and links them on average; its threshold is the best of eight "
        "for these very reports. A product of matrices is quick per pair, so it is the faster one while an archive is small; twice the reports take it four "
        "times the pairs and the memory. Ours says why two reports are together and takes in one more report without beginning again. Invented incidents differ in "
        "every name, so both tell them apart; [accuracy.md](accuracy.md) has real look-alikes.\n"
    )
    yield from table(
        "reports | ours, s | all pairs, s | ours, MB | all pairs, MB | B-cubed F1, ours | all pairs",
        [
            f"{a['reports']:,} | {a['processor seconds']} | {b['processor seconds']} | {a['peak MB']} | {b['peak MB']} | {a['B-cubed F1']} | {b['B-cubed F1']}"
            for a, b in zip(ours, peer, strict=False)
        ],
    )


def annotation() -> Iterator[str]:
    """Beside the language model."""
    for f in kept("annotate").values():
        yield "## Annotation\n"
        yield annotation_said(f)
        return


def annotation_said(f: Figures) -> str:
    """What annotating costs."""
    alone, times = f["spaCy's full pipe, words a second"], f["times the cost of spaCy's full pipe"]
    return (
        f"{f['words']:,} words, none of them in a copy: {f['words a second']:,} words a second for statements with their speakers, names, times, places and "
        f"quantities. spaCy's full pipe alone does {alone:,} over the same text in the same run, so all of it costs {times} times the pipe: what is not needed of "
        "the pipe is left out, which pays for the rest. What Citron costs was not measured: no registry has it as a package, and it wants models that its users train.\n"
    )


def things() -> Iterator[str]:
    """Times, quantities, places; names."""
    rows, names = kept("things"), kept("names")
    if "times" not in rows:
        return
    f = rows["times"]
    yield "## Times, quantities, places, names\n"
    made = [
        f"times | {f['words a second']:,} words a second | "
        + (f"dateparser's `search_dates`: {f['dateparser, words a second']:,}; " if "dateparser, words a second" in f else "")
        + f"HeidelTime: {f['HeidelTime, seconds a document, as published']:g} s a document as published, not measured here; ours {f['milliseconds a document of 400 words']} ms for 400 words",
        *(f"{name} | {rows[name]['words a second']:,} words a second | " for name in ("quantities", "places") if name in rows),
    ]  # fmt: skip
    if "people compared" in names:
        made.append(
            f"two people's names compared | {names['people compared']['comparisons a second']:,} a second | "
        )
    made += [
        f"{k} | {f['processor seconds']} s | "
        for k, f in sorted(names.items())
        if k.endswith("resolved") and "processor seconds" in f
    ]
    yield from table("| ours | beside it", made)


def whole() -> Iterator[str]:
    """The main job."""
    rows = kept("brief")
    made = {k: f for k, f in rows.items() if "largest process MB" in f}
    if not made:
        return
    yield "## A whole brief\n"
    yield "From files to a finished page, as whole processes with their start:\n"
    yield from table(
        "| seconds of the processor | on the clock | words a second of the processor | MB",
        [
            f"{k} | {f['processor seconds']} | {f['seconds']}{busy(f)} | {f.get('words a second of the processor', '')} | {f['largest process MB']}"
            for k, f in made.items()
        ],
    )
    if "share of the language model" in rows:
        f = rows["share of the language model"]
        yield f"Of an archive's brief in one warm process ({f['words']:,} words, {f['words a second of the processor']:,} a second), {f['of it in spaCy (%)']} % of the processor's time is in spaCy.\n"
    for name, f in sorted(kept("claims").items()):
        yield f"- {name}: {f['statements']:,} statements become {f['claims']} claims with everything around them in {f['processor seconds']} s of the processor."
    yield ""


def growth() -> Iterator[str]:
    """Curves."""
    copies, every = sizes("growth", "copies"), sizes("growth", "everything")
    if not every:
        return
    yield "## How it grows\n"
    yield "![Seconds of one processor over the number of reports, both axes logarithmic](plots/growth.svg)\n"
    yield "![Milliseconds a report by stage](plots/stages.svg)\n"
    if copies:
        yield from table(
            "reports of 400 words | copies found, s | grouped, s | MB",
            [
                f"{f['reports']:,} | {f['reuse, processor seconds']} | {f['grouping, processor seconds']} | {f['peak MB']}"
                for f in copies
            ],
        )
    stages = STAGES
    yield from table(
        "reports of 300 words | " + " | ".join(f"{s}, s" for s in stages) + " | MB",
        [
            f"{f['reports']:,} | "
            + " | ".join(str(f["processor seconds by stage"][s]) for s in stages)
            + f" | {f['peak MB']}"
            for f in every
        ],
    )
    f = every[-1]
    yield (
        f"The invented reports have {100 * f['statements'] / f['words']:.1f} statements in a hundred words. The cost of an account hangs on its statements, not on its words."
    )
    for k, g in kept("growth").items():
        if k.startswith("everything, news"):
            took = g["processor seconds by stage"]
            yield (
                f"{g['reports']} news reports that others collected ({g['words']:,} words) have {100 * g['statements'] / g['words']:.1f}: there annotation takes "
                f"{1000 * took['annotated'] / g['reports']:.0f} ms a report and the accounts {1000 * took['accounts made'] / g['reports']:.0f} ms, "
                f"and the whole goes at {g['words a second of the processor']:,} words a second."
            )
    yield f"Measured up to {every[-1]['reports']:,} reports in full; `python -m benchmarks.growth --full --write` goes further.\n"


def share() -> Iterator[str]:
    """What copies save."""
    rows = sorted(
        (f for k, f in kept("share").items() if k.endswith("copies of all kinds")),
        key=lambda f: f["copies (%)"],
    )
    if not rows:
        return
    yield "## What copies save\n"
    yield "![The cost of annotating over the share of copies](plots/share.svg)\n"
    none = rows[0]["processor seconds"]
    yield from table(
        "copies | seconds of the processor | of the cost of annotating every report",
        [
            f"{f['copies (%)']} % | {f['processor seconds']} | {100 * f['processor seconds'] / none:.0f} %"
            for f in rows
        ],
    )


def store() -> Iterator[str]:
    """A case, and the workbench."""
    rows = sorted((f for k, f in kept("case").items() if k.startswith("file")), key=lambda f: f["reports"])
    web, opened = kept("web").get("workbench"), kept("opening")
    if rows:
        f = rows[-1]
        yield "## A case: taking in, searching, opening\n"
        yield f"{f['reports']:,} reports in one file of {f['file (MB)']:,} MB ([reliability.md](reliability.md) says how):\n"
        yield from table(
            "|",
            [
                f"taken in, a second of the processor | {f['taken in a second of processor time']:,}",
                f"grouped and settled, a second of the processor | {f['grouped and settled a second of processor time']}",
                f"one report added with its incident, ms of the processor | {f['one report added with its incident, processor time (ms)']}",
                f"a search, the middle of seventeen questions · the slowest, ms | {f['search, median question (ms)']} · {f['search, slowest question (ms)']}",
                f"opened, ms | {f['opened (ms)']}",
            ],
        )
    if web:
        yield (
            f"The workbench answers {web['clients']} clients at once {web['requests_a_second']} times a second; the page of an incident of {web['reports']} reports "
            f"({web['incident_page_kb']:,} KB) has a median wait of {web['incident_median_ms']} ms, a search {web['search_median_ms']} ms{busy(web)}."
        )
    for name, f in sorted(opened.items()):
        yield f"A {name}, {f['bytes'] / 1e6:.1f} MB: a browser has it in {f['opens_s']} s."
    if web or opened:
        yield ""


def how() -> Iterator[str]:
    """By whom, when, beside what."""
    rows = []
    for path in sorted((HERE.parent / "benchmarks").glob("*.json")):
        parts = kept(path.stem).values()
        commits = sorted({f["commit"].rstrip("+")[:12] for f in parts if "commit" in f})
        others = [f["other work on the machine (%)"] for f in parts if "other work on the machine (%)" in f]
        told = f"{min(others)} to {max(others)} %" if others else "not told"
        rows.append(f"[{path.stem}](../benchmarks/{path.name}) | {', '.join(commits) or 'not told'} | {told}")
    yield from table("figures | commits | other work on the machine", rows)
    yield (
        "Other work is what the machine's processors did beside the measured process and those that it started. Where it is more than a tenth, seconds on "
        "the clock are too long, and seconds of the processor somewhat, since caches are shared. Each peer runs in a process of its own with its own "
        "libraries loaded before the clock starts; the least of several runs counts where a run is short. Texts are invented by a fixed seed, so anyone gets the same."
    )


if __name__ == "__main__":
    sys.exit(main())
