"""What a case says: its incidents, single things, and what a search finds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twosource.cli.case.opening import CASE, JSON, UNREDACTED, listed, masked, opened
from twosource.cli.output import write_whole
from twosource.errors import UsageError
from twosource.settings import Settings

if TYPE_CHECKING:
    from twosource.store import Store


@click.command()
@CASE
@JSON
@UNREDACTED
def incidents(case: str, as_json: bool, unredacted: bool) -> None:
    """List the incidents of CASE, the largest first."""
    from twosource.case.showing import incidents_of

    with opened(case) as store:
        rows = masked(store, incidents_of(store), unredacted)
    listed(rows, as_json, ("id", "reports", "outlets", "when", "title", "tags"))


@click.command()
@CASE
@click.argument("name", metavar="ID")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write here: .html, .md or .json.")
@click.option("--with-confidential", is_flag=True, help="Write confidential reports into the file too.")
@UNREDACTED
@click.pass_context
def show(
    ctx: click.Context, case: str, name: str, out: Path | None, with_confidential: bool, unredacted: bool
) -> None:
    """Show an incident's account, a report, a claim, an actor or a decision of CASE.

    Without -o, an incident is summed up on the terminal and anything else is written as JSON. A file
    never holds what the case withholds, and confidential reports only with --with-confidential. An id
    that was merged away leads to what it became.
    """
    from twosource.case.showing import row_of
    from twosource.wire import line

    settings, _ = ctx.obj
    if out is not None and unredacted:
        raise UsageError("a file never holds what the case withholds: --unredacted is for the terminal; to lift the policy, undo it")  # fmt: skip
    with opened(case) as store:
        found = row_of(store, name)
        if found is None:
            _show_incident(store, name, out, settings, with_confidential, unredacted)
            return
        if out is not None and found.get("confidential") and not with_confidential:
            raise UsageError(f"{name} is confidential: it is written to a file with --with-confidential alone")  # fmt: skip
        data = line(masked(store, [found], unredacted)[0])
        if out is None:
            sys.stdout.buffer.write(data)
        else:
            write_whole(out, data)


def _show_incident(
    store: Store, name: str, out: Path | None, settings: Settings, with_confidential: bool, unredacted: bool
) -> None:
    from twosource.brief import to_html, to_json, to_markdown, to_terminal
    from twosource.case.withholding import released
    from twosource.model import Brief

    found = released(store, name, settings, with_confidential=with_confidential or out is None, unredacted=unredacted)  # fmt: skip
    if found is None:
        raise UsageError(
            f"there is nothing called {name!r} in the case: `case incidents`, `case reports` and `case search` name the ids"
        )
    made = Brief((found.account,), models=(settings.model,))
    if out is None:
        from rich.console import Console

        to_terminal(made, Console())
        _mark(store, [a.id for a in found.account.articles])
        return
    if out.suffix == ".json":
        write_whole(out, to_json(made))
    elif out.suffix in (".html", ".htm", ".md"):
        write_whole(out, (to_markdown(made) if out.suffix == ".md" else to_html(made)).encode("utf-8"))
    else:
        raise UsageError(f"the ending of {out} says no format: use .html, .json or .md")
    if found.left_out:
        click.echo(f"{_counted(found.left_out)} left out; --with-confidential puts them in", err=True)


def _mark(store: Store, reports: list[str]) -> None:
    """Say which of the reports that were shown are confidential."""
    from twosource.case.withholding import confidential

    with store.reads() as c:
        hidden = confidential(c) & set(reports)
    if hidden:
        click.echo(f"{_counted(len(hidden))} among these: {', '.join(sorted(hidden))}", err=True)


def _counted(n: int) -> str:
    return f"{n} confidential report{'s' * (n != 1)}"


@click.command()
@CASE
@click.argument("query", required=False)
@JSON
@click.option(
    "--like",
    metavar="ID|TEXT",
    help="Instead of words: what is nearest in meaning to a report, a claim or a text.",
)
@click.option("--in", "nouns", metavar="NOUNS", help="report, statement, claim, actor: several with commas; by default all.")  # fmt: skip
@click.option("--outlet", metavar="NAME", help="Only reports of this outlet.")
@click.option("--since", metavar="DAY", help="Only reports published on this day or later (YYYY-MM-DD).")
@click.option("--until", metavar="DAY", help="Only reports published on this day or earlier.")
@click.option("--actor", metavar="NAME", help="Only in incidents with this actor.")
@click.option("--place", metavar="NAME", help="Only in incidents at this place.")
@click.option("--stance", type=click.Choice(["asserts", "denies", "hedges", "asks"]), help="Only statements that do so.")  # fmt: skip
@click.option("--status", type=click.Choice(["single_origin", "corroborated", "disputed", "reporter_only"]), help="Only claims so backed.")  # fmt: skip
@click.option("--origins", type=click.IntRange(0), metavar="N", help="Only claims with at least N independent origins.")  # fmt: skip
@click.option("--most", type=click.IntRange(1, 1000), default=50, show_default=True, metavar="N", help="How many results.")  # fmt: skip
@UNREDACTED
def search(
    case: str,
    query: str | None,
    as_json: bool,
    like: str | None,
    nouns: str | None,
    most: int,
    unredacted: bool,
    **filters: Any,
) -> None:
    """Search CASE: words, "phrases", -words to leave out. A name is found in every spelling that the case knows.

    The best matches come first; of a word that thousands of reports have, the newest. Nothing is found
    by a name that the case withholds.

    \b
    Examples:
      twosource case search quake.case 'Halvas -denied' --since 2024-05-01
      twosource case search quake.case --like r42
      twosource case search quake.case --like "a bridge gave way under a train" --in claim
    """
    from twosource.case.searching import look, near
    from twosource.case.showing import hit_row
    from twosource.case.withholding import confidential
    from twosource.store.search import NOUNS, Filters

    wanted = tuple(n.strip() for n in nouns.split(",")) if nouns else NOUNS
    for n in wanted:
        if n not in NOUNS:
            raise UsageError(f"--in knows {', '.join(NOUNS)}, not {n!r}")
    if (query is None) == (like is None):
        raise UsageError("search needs words to look for, or --like")
    with opened(case) as store:
        asked = Filters(nouns=wanted, **filters)
        if like is not None:
            found = near(store, like, asked, most, unredacted=unredacted)
        else:
            found = look(store, query or "", asked, most, unredacted=unredacted)
        with store.reads() as c:
            hidden = confidential(c)
        rows = [{**hit_row(h), "confidential": h.report in hidden} for h in found]
        rows = masked(store, rows, unredacted)
    listed(rows, as_json, ("noun", "id", "title", "snippet", "confidential"))
