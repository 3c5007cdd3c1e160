"""Reports into a case, and what is there."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Any

import click

from twosource.cli.case.opening import CASE, JSON, UNREDACTED, WHO, WHY, listed, masked, opened
from twosource.cli.output import name_refused
from twosource.cli.progress import Progress
from twosource.errors import NothingUsable


@click.command()
@CASE
def init(case: str) -> None:
    """Make a new, empty CASE."""
    from twosource.store import Store

    Store.create(case).close()
    click.echo(f"{case}: an empty case; `twosource case add {case} IN...` adds reports", err=True)


@click.command()
@CASE
@click.argument("inputs", nargs=-1, metavar="[IN...]")
@click.option("--batch", type=click.IntRange(1, 10_000), default=200, show_default=True, metavar="N", help="How many reports become durable in one step.")  # fmt: skip
@click.option("--no-analysis", is_flag=True, help="Only take the reports in; the next `case add` analyses them.")  # fmt: skip
@click.option("--keep", type=click.Path(path_type=Path), metavar="FOLDER", help="Store every original there, under its hash.")  # fmt: skip
@click.option("--confidential", is_flag=True, help="Mark them: they go into no alert, no file and to no language model.")  # fmt: skip
@click.pass_context
def add(
    ctx: click.Context,
    case: str,
    inputs: tuple[str, ...],
    batch: int,
    no_analysis: bool,
    keep: Path | None,
    confidential: bool,
) -> None:
    """Take reports into CASE and bring its incidents up to date.

    Each new report is named as `added ID` once nothing can lose it any more; what is there already is
    skipped. Stopped at any point, the same command goes on where it was. With no IN, what waits for
    analysis is analysed.
    """
    from twosource import __version__
    from twosource.case import add as take_in
    from twosource.case import settle
    from twosource.read import keep as keep_and_read
    from twosource.read import read

    settings, quiet = ctx.obj
    with opened(case) as store, Progress(quiet) as progress:
        found = keep_and_read(inputs, keep, settings, version=__version__) if keep else read(inputs, settings)
        added = take_in(
            store,
            found,
            batch=batch,
            kept=str(keep.resolve()) if keep else None,
            confidential=getpass.getuser() if confidential else None,
            durable=_say_added,
            progress=progress,
        )
        changed = [] if no_analysis else settle(store, settings, progress)
    click.echo(
        f"{len(added.new)} new, {len(added.known)} known already, {len(added.refused)} refused"
        + ("" if no_analysis else f"; incidents changed: {', '.join(changed) or 'none'}"),
        err=True,
    )
    code = name_refused(added.refused)
    if inputs and not added.new and not added.known:
        raise NothingUsable("no input could be used")
    ctx.exit(code)


def _say_added(name: str) -> None:
    sys.stdout.write(f"added {name}\n")
    sys.stdout.flush()


@click.command()
@CASE
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("--every", type=click.IntRange(60, 86_400), default=900, show_default=True, metavar="SECONDS", help="How often each feed is asked.")  # fmt: skip
@click.option("--once", is_flag=True, help="Ask every feed that is due once, then stop.")
@click.option("--alert", metavar="FILE|COMMAND", help="Write what changes as JSON Lines to FILE.jsonl, or start COMMAND for each with the line on its standard input.")  # fmt: skip
@click.pass_context
def watch(
    ctx: click.Context, case: str, feeds: tuple[str, ...], every: int, once: bool, alert: str | None
) -> None:
    """Watch feeds for CASE and tell what changes.

    FEED is an address, or an OPML file that lists some. Each is asked politely (ETag, Last-Modified,
    ever more seldom while it fails). Told are new incidents, new reports, a second independent origin
    of a claim, a toll that moved, a denial, a page that was edited; never what may rest on a
    confidential report, and no name that the case withholds.

    \b
    Examples:
      twosource case watch quake.case feeds.opml --alert changes.jsonl
      twosource case watch quake.case https://news.example/feed --once
    """
    import time

    from twosource.case.watching import addresses, asker, look
    from twosource.cli.alerts import alerts_to

    settings, quiet = ctx.obj
    urls = addresses(feeds)
    with opened(case) as store, alerts_to(alert) as tell:
        ask = asker(settings)
        while True:
            with Progress(quiet) as progress:
                done = look(
                    store, urls, settings, ask, every=every, durable=_say_added, progress=progress, tell=tell
                )
            name_refused([*done.failed, *done.added.refused])
            if once:
                ctx.exit(3 if done.failed or done.added.refused else 0)
            time.sleep(min(every, max(1.0, done.wait)))


@click.command()
@CASE
@JSON
@UNREDACTED
def reports(case: str, as_json: bool, unredacted: bool) -> None:
    """List the reports of CASE, with the outlet and the date that each has or shows at its head."""
    from twosource.case.showing import reports_of

    with opened(case) as store:
        rows: list[dict[str, Any]] = masked(store, reports_of(store), unredacted)
    listed(rows, as_json, ("id", "outlet", "published", "title", "incident", "confidential", "tags"))


@click.command()
@CASE
@click.argument("name", metavar="ID")
@WHY
@WHO
@click.pass_context
def forget(ctx: click.Context, case: str, name: str, why: str | None, who: str | None) -> None:
    """Remove report ID from CASE with all that rests on it alone; a tombstone says that it was there."""
    from twosource.case import settle
    from twosource.case.forgetting import forget as take_out

    settings, quiet = ctx.obj
    with opened(case) as store, Progress(quiet) as progress:
        take_out(store, name, who=who or getpass.getuser(), why=why or "")
        settle(store, settings, progress)
    click.echo(f"{name}: forgotten", err=True)
