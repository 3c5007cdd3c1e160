"""`twosource scale`: archives that outgrow a machine's memory, or a machine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from twosource.cli.commands import INPUTS
from twosource.cli.progress import Progress
from twosource.errors import MissingExtra, UsageError

NAMED = 50  # refused inputs that are named on standard error


@click.group()
def scale() -> None:
    """Archives that outgrow a machine's memory, or a machine (needs the extra `scale`)."""


@scale.command()
@INPUTS
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="FOLDER",
    help="A new folder, or that of an earlier run, which then goes on where it ended. On a cluster every machine must see it.",
)
@click.option(
    "--ray",
    "address",
    metavar="ADDRESS",
    help="Work on this Ray cluster (HOST:PORT of its head); without, in processes on this machine (`--jobs`).",
)
@click.option(
    "--brief",
    "briefs",
    multiple=True,
    metavar="ID",
    help="Write the brief of this incident; may be given several times.",
)
@click.option(
    "--briefs",
    "largest",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Write the briefs of the N largest incidents.",
)
@click.pass_context
def run(
    ctx: click.Context,
    inputs: tuple[str, ...],
    out: Path,
    address: str | None,
    briefs: tuple[str, ...],
    largest: int,
) -> None:
    """Read whole archives and write the tables of every incident in them.

    The same stages as `brief`, with the same result down to the ids, over parts of the archive that
    fit into memory. IN is what every command reads, and object storage: WARC, Parquet, JSON Lines,
    folders, s3://bucket/key.

    \b
    In FOLDER afterwards:
      tables/NOUN/*.parquet   incidents, reports, claims, origins, … and refused (docs/tables.md)
      briefs/ID.html, .json   of the incidents asked for
      report.json             what was read, refused and copied; time and memory by stage
      work/                   what each stage made: the same command goes on from there after a stop

    \b
    Examples:
      twosource scale run crawl/*.warc.gz --out archive
      twosource --jobs 16 scale run reports.parquet --out archive --briefs 10
      twosource scale run s3://news/2025/*.jsonl --out /shared/archive --ray 10.0.0.5:6379
      twosource scale run crawl/*.warc.gz --out archive --brief i3f9c01ab72de

    Which settings bound memory and parts, and how to set up a cluster, is told in docs/scale.md.
    """
    _check_installed()
    if any(not name.strip() for name in briefs):
        raise UsageError("--brief takes the id of an incident, as tables/incidents has it")
    from twosource.scale.running import Wanted
    from twosource.scale.running import run as start

    settings, quiet = ctx.obj
    with Progress(quiet) as progress:
        found = start(Wanted(inputs, out, largest, briefs, address), settings, progress)
    for text in found.lines():
        click.echo(text)
    click.echo(f"{out}: tables, report.json" + (f", {len(found.briefs)} briefs" if found.briefs else ""))
    for r in found.first_refused[:NAMED]:
        print(f"refused: {r.input}: {r.reason}", file=sys.stderr)
    if found.refused > NAMED:
        print(f"refused: {found.refused - NAMED:,} more, in {out / 'tables' / 'refused'}", file=sys.stderr)
    ctx.exit(3 if found.refused else 0)


def _check_installed() -> None:
    """Raises MissingExtra before anything else is said or made."""
    from importlib.util import find_spec

    if find_spec("daft") is None or find_spec("pyarrow") is None:
        raise MissingExtra("twosource scale", "scale")
