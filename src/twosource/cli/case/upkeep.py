"""Whether a case is as it was written, how to mend it, and copies of it."""

from __future__ import annotations

from pathlib import Path

import click

from twosource.cli.case.opening import CASE, opened
from twosource.cli.progress import Progress


@click.command()
@CASE
@click.pass_context
def verify(ctx: click.Context, case: str) -> None:
    """Read all of CASE, make its accounts again, and name what is not as it was written; exit code 1 when something is.

    The decisions are replayed: the accounts that they and the reports give must be those that are kept.
    """
    from twosource.case.verifying import replayed
    from twosource.store.soundness import problems, unseen

    settings, quiet = ctx.obj
    with opened(case) as store, Progress(quiet) as progress:
        with store.reads() as c:
            found, away = problems(c), unseen(c)
        if not found:
            found = replayed(store, settings, progress)
    for folder in away:
        click.echo(f"the originals in {folder} were not looked at: the folder is not there", err=True)
    for p in found:
        click.echo(p.what)
    if not found:
        click.echo(f"{case}: everything is as it was written", err=True)
    ctx.exit(1 if found else 0)


@click.command()
@CASE
@click.option("--mend", is_flag=True, help="Make again all that can be made from the reports and decisions.")
@click.pass_context
def doctor(ctx: click.Context, case: str, mend: bool) -> None:
    """Say what is wrong with CASE and how to mend it; exit code 1 when something is."""
    from twosource.case import settle
    from twosource.case.verifying import replayed
    from twosource.store import misspelt
    from twosource.store.soundness import mend as make_again
    from twosource.store.soundness import problems

    settings, quiet = ctx.obj
    with opened(case) as store, Progress(quiet) as progress:
        if mend:
            with store.writes() as c:
                make_again(c)
            settle(store, settings, progress)
        with store.reads() as c:
            found, lacking = problems(c), misspelt.lacking(c)
        found = found or replayed(store, settings, progress)
    if lacking:
        click.echo(
            "the database has no extension pg_trgm, so a name typed with a slip is not found: whoever may, says `CREATE EXTENSION pg_trgm`; then `case doctor --mend`",
            err=True,
        )
    for p in found:
        click.echo(f"{p.what}\n  to mend it: {p.cure}")
    if not found:
        click.echo(f"{case}: nothing is wrong", err=True)
    ctx.exit(1 if found else 0)


@click.command()
@CASE
@click.argument("file", type=click.Path(path_type=Path))
def backup(case: str, file: Path) -> None:
    """Write a copy of CASE to FILE, whole as of one moment, while others go on working."""
    from twosource.store.backup import backup as copy

    copy(case, file)
    click.echo(f"{file}: a backup of {case}", err=True)
