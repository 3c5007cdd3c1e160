"""A case to other tools."""

from __future__ import annotations

from pathlib import Path

import click

from twosource.cli.case.opening import CASE, opened
from twosource.cli.progress import Progress
from twosource.errors import UsageError


@click.command()
@CASE
@click.option("--format", "name", required=True, metavar="NAME", help="One of docs/exports.md.")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="OUT", help="A file; for csv, tsv and parquet a folder. By default standard output.")  # fmt: skip
@click.option("--incident", "incidents", multiple=True, metavar="ID", help="Only this incident; several times for several.")  # fmt: skip
@click.option("--raw", is_flag=True, help="CSV and TSV for programs: no apostrophe before what a spreadsheet would run as a formula.")  # fmt: skip
@click.pass_context
def export(
    ctx: click.Context, case: str, name: str, out: Path | None, incidents: tuple[str, ...], raw: bool
) -> None:
    """Write the accounts of CASE for other tools: tables, maps, calendars, graphs, linked data.

    Never what the case withholds, and never a confidential report: it is made as if those weren't
    there, and says how many they are. Every allegation leaves with who makes it and who denies it.

    \b
    Examples:
      twosource case export quake.case --format csv -o tables/
      twosource case export quake.case --format geojson --incident i45c2be9f3284 -o map.geojson
    """
    from twosource.case.leaving import LeftOut, leaving
    from twosource.export import check, write

    check(name, out)
    if raw and name not in ("csv", "tsv"):
        raise UsageError("--raw is for csv and tsv: no other format has formulas to be kept from")
    settings, quiet = ctx.obj
    left_out = LeftOut()
    with opened(case) as store, Progress(quiet) as progress:
        write(name, leaving(store, settings, left_out, incidents, progress), out, raw=raw)
    if left_out.reports:
        click.echo(
            f"confidential and left out: {left_out.reports} reports, with them {left_out.incidents} incidents as a whole",
            err=True,
        )
