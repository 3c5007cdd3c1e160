"""Whose the outlets of a case are."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from twosource.cli.case.opening import CASE, JSON, UNREDACTED, WHO, WHY, listed, masked, opened
from twosource.cli.progress import Progress


@click.group()
def outlets() -> None:
    """Whose the outlets of CASE are: two outlets of one owner count as one, and are never two origins by themselves.

    FILE is CSV whose first row names the columns outlet and owner; other columns are passed over. An
    outlet is named as reports name it, or by its host (post.example). An owner may be an outlet of the
    list itself: what counts is who is above in the end. An outlet with two owners is refused, and so
    are owners that go round in a circle.

    \b
    Examples:
      twosource case outlets import quake.case owners.csv
      twosource case outlets list quake.case
      twosource case outlets remove quake.case owners.csv
    """


@outlets.command("import")
@CASE
@click.argument("file", type=click.Path(path_type=Path))
@WHY
@WHO
@click.pass_context
def import_(ctx: click.Context, case: str, file: Path, why: str | None, who: str | None) -> None:
    """Put the list in FILE on record in CASE, and make the accounts again that follow it.

    It takes the place of a list of the same name; who brought which list and when stays in the history.
    """
    from twosource.brief.wording import count
    from twosource.case import settle
    from twosource.case.owning import bring

    settings, quiet = ctx.obj
    with opened(case) as store, Progress(quiet) as progress:
        done = bring(store, file, who=who or getpass.getuser(), why=why)
        if done.decision is not None:
            click.echo(f"decided {done.decision.id}")
            settle(store, settings, progress)
    told = f"{file.name}: {count(done.outlets, 'outlet')} of {count(done.owners, 'owner')}"
    named = f"{count(done.reports, 'report')} of the case may be touched by it"
    click.echo(f"{told}; {'known already' if done.decision is None else named}", err=True)


@outlets.command("list")
@CASE
@JSON
@UNREDACTED
def list_(case: str, as_json: bool, unredacted: bool) -> None:
    """List the outlets whose owner is on record in CASE; `group` is who is above in the end."""
    from twosource.case.owning import rows

    with opened(case) as store:
        found = masked(store, rows(store), unredacted)
    listed(found, as_json, ("outlet", "owner", "group", "list", "who"))


@outlets.command()
@CASE
@click.argument("name", metavar="LIST")
@WHY
@WHO
@click.pass_context
def remove(ctx: click.Context, case: str, name: str, why: str | None, who: str | None) -> None:
    """Take the LIST of that file name, or of that decision, back from CASE; the history keeps it."""
    from twosource.case import settle
    from twosource.case.owning import remove as take_back

    settings, quiet = ctx.obj
    with opened(case) as store, Progress(quiet) as progress:
        for made in take_back(store, name, who=who or getpass.getuser(), why=why):
            click.echo(f"decided {made.id}")
        settle(store, settings, progress)
