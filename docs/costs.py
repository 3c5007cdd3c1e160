"""The page of the cost model, docs/cost.md; `docs/performance.py` writes it."""

from __future__ import annotations

from collections.abc import Iterator

from kept import STAGES, Figures, kept, table


def cost() -> Iterator[str]:
    """The page of the cost model."""
    rows = kept("cost")
    yield "# What it costs\n"
    models = sorted((f for f in rows.values() if "core-hours by stage" in f), key=lambda f: f["articles"])
    if not models:
        yield "Not reckoned yet: `python -m benchmarks.cost --write`."
        return
    yield (
        "Reckoned from rates measured on one machine ([performance.md](performance.md)) by `python -m benchmarks.cost`, not measured at these sizes. "
        "Assumed: 300 words in an article, three in ten of them copies, incidents of the sizes of the invented archive that the rates were measured on, "
        "and four pairs that share text for each article.\n"
    )
    yield "![Core-hours by stage](plots/cost.svg)\n"
    lines = [
        ("core-hours in all", "core-hours"), ("hours on 64 processors", "hours on 64 processors"), ("GB of fingerprints that are moved", "GB of fingerprints moved"),
        ("GB that one process holds while copies are put in order", "GB held by one process for copies"),
        ("GB that one process holds while incidents are found", "GB held by one process for grouping"),
        ("MB of each process that annotates", "MB of each process that annotates"), ("GB on the disk at the end", "GB stored"),
    ]  # fmt: skip
    yield from table(
        "| " + " | ".join(f"{f['articles']:,} articles" for f in models),
        [
            f"core-hours, {s} | " + " | ".join(f"{f['core-hours by stage'][s]:,}" for f in models)
            for s in STAGES
        ]
        + [f"{name} | " + " | ".join(f"{f[key]:,}" for f in models) for name, key in lines],
    )
    most = models[0]
    yield f"Most of it is *{most['most of it']}*: {most['most of it (%)']} %. What is moved between processes are fingerprints, eight bytes each, about one a word, once; then the texts of pairs that share some.\n"
    yield "Where grouping would hold more than a machine has, the archive is run in parts, by month or by year ([scale.md](scale.md)): the core-hours stay as they are, and so does what is stored.\n"
    yield from rates(rows.get("rates", {}))
    changes = next((f for k, f in rows.items() if k.startswith("what changes it")), None)
    if changes:
        yield "## What changes it\n"
        yield "Core-hours for 1,000,000 articles when one assumption is another:\n"
        said = {k: v for k, v in changes.items() if isinstance(v, int | float) and not isinstance(v, bool)}
        order = sorted(said, key=lambda k: (k != "as assumed", -said[k]))
        yield from table("| core-hours", [f"{k} | {said[k]:,}" for k in order])
    runs = sorted((f for k, f in rows.items() if k.startswith("two nodes, ")), key=lambda f: f["reports"])[
        -2:
    ]
    yield from check(runs, rows.get("two nodes reckoned"))


def rates(f: Figures) -> Iterator[str]:
    """What it rests on."""
    if not f:
        return
    yield "## The rates\n"
    yield from table(
        "| measured",
        [
            f"read and cleaned, ms a report | {1000 * f['read']:.3g}",
            f"copies found, ms a report at {f['compared_at']:,} reports | {1000 * f['compared']:.3g}, growing with the power {f['steeper']:.3g}",
            f"grouped, ms a report at {f['grouped_at']:,} reports | {1000 * f['grouped']:.3g}, growing with the power {f['grouping_steeper']:.3g}",
            f"annotated, ms for 300 new words | {300_000 * f['parsed']:.3g}; copied ones cost {100 * f['copy']:.0f} % of that",
            f"an account, ms a report · ms a pair of reports of the incident | {1000 * f['weighed']:.3g} · {1000 * f['pair']:.3g}",
            f"fingerprints a word | {f['prints']:.3g}",
        ],
    )


def check(runs: list[Figures], model: Figures | None) -> Iterator[str]:
    """What a run took, beside what was reckoned for it."""
    if len(runs) < 2 or model is None:
        yield "It was not checked against a run yet: `python -m benchmarks.cost --write`."
        return
    small, f = runs
    yield "## Checked\n"
    yield (
        f"`twosource scale run` over {small['reports']:,} and over {f['reports']:,} reports of the invented archive on a Ray cluster of two nodes, both on this machine with a "
        f"processor each; the larger took {f['seconds']:,.0f} s on the clock while this run and other work kept the machine {f['machine busy, this run and other work (%)']} % busy. "
        "What the smaller one needed beyond the rates is what a run needs once: starting workers, loading the language models on each, and the engine's own processes. With that "
        "and the rates the larger one is reckoned; measured is what all processes of the cluster worked:\n"
    )
    took, reckoned, once, ratio = f["processor seconds by stage"], model["reckoned processor seconds by stage"], model["once, processor seconds by stage"], model["measured over reckoned"]  # fmt: skip
    yield from table(
        "seconds of the processor | once | reckoned with it | measured | times",
        [f"{s} | {once[s]:,} | {reckoned[s]:,} | {took[s]:,} | {ratio[s]}" for s in STAGES]
        + [f"{s} | | | {took[s]:,} | " for s in sorted(took) if s not in reckoned]
        + [f"together | | | | {model['measured over reckoned, together']}"],
    )
    yield f"What is needed once does not grow with the articles; in a run of {f['reports']:,} it is most of the cost of the stages before annotation, and those are told by it hardly at all.\n"
    yield "What lies on the disk, bytes a report:\n"
    yield from table("| bytes", [f"{s} | {n:,}" for s, n in f["bytes a report by stage"].items()])
