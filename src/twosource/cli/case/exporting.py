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
@click.option("--whole", is_flag=True, help="Package: put in confidential reports and withheld names too. It then holds all of the case, and must be kept like it.")  # fmt: skip
@click.option("--raw", is_flag=True, help="CSV and TSV for programs: no apostrophe before what a spreadsheet would run as a formula.")  # fmt: skip
@click.pass_context
def export(
    ctx: click.Context,
    case: str,
    name: str,
    out: Path | None,
    incidents: tuple[str, ...],
    whole: bool,
    raw: bool,
) -> None:
    """Write the accounts of CASE for other tools: tables, maps, calendars, graphs, linked data; or all of it as a package.

    Never what the case withholds, and never a confidential report: it is made as if those weren't
    there, and says how many they are. Every allegation leaves with who makes it and who denies it.

    A package is the one exception: `case import` makes the case again from it, so it holds all there is
    (originals, reports, decisions, accounts, hashes; a folder, or a zip when OUT ends in .zip). Where the
    case withholds names or has confidential reports it is written with --whole alone.

    \b
    Examples:
      twosource case export quake.case --format csv -o tables/
      twosource case export quake.case --format geojson --incident i45c2be9f3284 -o map.geojson
      twosource case export quake.case --format package -o quake.zip
    """
    from twosource.case.leaving import LeftOut, leaving
    from twosource.export import NAMES, check, write

    if name == "package":
        _package(ctx, case, out, whole=whole, other=bool(incidents or raw))
        return
    if whole:
        raise UsageError("--whole is for packages: every other format leaves out what is withheld or confidential")  # fmt: skip
    if name not in NAMES:
        raise UsageError(f"--format knows {', '.join((*NAMES, 'package'))}, not {name!r}")
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


def _package(ctx: click.Context, case: str, out: Path | None, *, whole: bool, other: bool) -> None:
    from twosource.case.packing import pack

    if out is None or str(out) == "-":
        raise UsageError("a package is a folder, or a zip: name it with -o FOLDER or -o FILE.zip")
    if other:
        raise UsageError("a package is of the whole case: --incident and --raw are for other formats")
    _, quiet = ctx.obj
    with opened(case) as store, Progress(quiet) as progress:
        done = pack(store, out, whole=whole, progress=progress)
    found = done.contents
    click.echo(
        f"{out}: {found.reports} reports, {found.decisions} decisions, {found.accounts} accounts, {found.originals} kept originals",
        err=True,
    )
    if done.gone:
        click.echo(f"kept originals that are gone or were changed, and are not in it: {done.gone}; `case doctor` names them", err=True)  # fmt: skip
    if done.waiting:
        click.echo(f"reports that wait to be analysed: {done.waiting}; `case add {case}` does it", err=True)
