"""A case from its package."""

from __future__ import annotations

from pathlib import Path

import click

from twosource.cli.progress import Progress


@click.command("import")
@click.argument("package", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", required=True, metavar="CASE", help="The new case: a file, or an empty database."
)
@click.option("--keep", type=click.Path(path_type=Path), metavar="FOLDER", help="Put the kept originals into this new folder; by default they stay in the package.")  # fmt: skip
@click.pass_context
def import_(ctx: click.Context, package: Path, out: str, keep: Path | None) -> None:
    """Make a case again from the PACKAGE that `case export --format package` wrote.

    The same reports, ids, decisions and history; accounts are worked out anew from these, and where one
    comes out other than the package has it, its incident is named. Every file is compared with its hash
    before anything is made: a package that was damaged or changed is refused as a whole. Stopped after
    that, `case add CASE` goes on.

    \b
    Examples:
      twosource case import quake.zip -o quake.case
      twosource case import quake/ -o postgresql://anna@db/quake --keep originals/
    """
    from twosource.case.restoring import restore

    settings, quiet = ctx.obj
    with Progress(quiet) as progress:
        done = restore(package, out, settings, keep=keep, progress=progress)
    click.echo(f"{out}: {done.reports} reports, {done.decisions} decisions", err=True)
    if done.originals and keep is None:
        click.echo(f"{done.originals} kept originals stay in the package: --keep FOLDER puts them into a folder", err=True)  # fmt: skip
    if done.other:
        click.echo(
            f"accounts that are not those in the package, since another version made them or reports waited when it was written: {', '.join(done.other)}",
            err=True,
        )
