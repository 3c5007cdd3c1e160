"""Known actors of a case."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from twosource.cli.case.opening import CASE, JSON, UNREDACTED, WHO, listed, opened
from twosource.cli.knowing import usable
from twosource.cli.progress import Progress


@click.group()
def actors() -> None:
    """Known actors of CASE: people and bodies of somebody's list, with aliases and ids.

    FILE has entities of FollowTheMoney, a line of JSON each, as Aleph, OpenAleph and OpenSanctions
    export them, or written by hand. Where a report names one of them in full, its id is shown beside
    the actor, and its aliases bring spellings together. A name that two of them bear brings nothing
    together, and what people decide has the last word.

    \b
    Examples:
      twosource case actors import quake.case people.ftm.jsonl
      twosource case actors list quake.case
      twosource case actors remove quake.case NK-4711
    """


@actors.command("import")
@CASE
@click.argument("file", type=click.Path(path_type=Path))
@WHO
@click.pass_context
def import_(ctx: click.Context, case: str, file: Path, who: str | None) -> None:
    """Put the known actors in FILE on record in CASE, and make the accounts again that follow them.

    They take the place of those of a file of the same name. Lines that cannot be used are named, and
    the others are taken.
    """
    from twosource.brief.wording import count
    from twosource.case import settle
    from twosource.case.knowing import bring

    settings, quiet = ctx.obj
    found, code = usable(file, settings)
    with opened(case) as store, Progress(quiet) as progress:
        done = bring(store, found, who=who or getpass.getuser())
        settle(store, settings, progress)
    told = f"{file.name}: {count(done.listed, 'known actor')} new or changed, {done.same} as before, {done.gone} not in it any more"
    click.echo(f"{told}; {count(done.reports, 'report')} of the case may name one of these", err=True)
    ctx.exit(code)


@actors.command("list")
@CASE
@JSON
@UNREDACTED
def list_(case: str, as_json: bool, unredacted: bool) -> None:
    """List the known actors that are on record in CASE."""
    from twosource.case.knowing import covered, rows
    from twosource.case.withholding import mask_of

    with opened(case) as store:
        found = rows(store)
        mask = None if unredacted else mask_of(store)
    listed([covered(r, mask) if mask else r for r in found], as_json, ("id", "schema", "name", "source"))


@actors.command()
@CASE
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@WHO
@click.pass_context
def remove(ctx: click.Context, case: str, ids: tuple[str, ...], who: str | None) -> None:
    """Take known actors away from CASE by their ids, or all of a list by its file name.

    The log keeps that they were there.
    """
    from twosource.case import settle
    from twosource.case.knowing import remove as take_away

    settings, quiet = ctx.obj
    with opened(case) as store, Progress(quiet) as progress:
        gone = take_away(store, ids, who=who or getpass.getuser())
        settle(store, settings, progress)
    for one in gone:
        click.echo(f"removed {one.id} of {one.source}")
