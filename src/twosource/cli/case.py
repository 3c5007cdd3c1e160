"""`twosource case`: work that goes on."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from twosource.cli.output import name_refused, write_whole
from twosource.cli.progress import Progress
from twosource.errors import NothingUsable, UsageError
from twosource.settings import Settings

if TYPE_CHECKING:
    from twosource.model import Account
    from twosource.store import Store

CASE = click.argument("case", metavar="CASE")
JSON = click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of a table.")
WHY = click.option("--why", metavar="TEXT", help="Why; it is kept with the decision.")


@click.group()
def case() -> None:
    """Work that goes on: reports come in, incidents keep up, decisions are remembered.

    CASE is a file, or a database as postgresql://user@host/name. One program writes at a time, any
    number read.

    \b
    A first case:
      twosource case init quake.case
      twosource case add quake.case reports/
      twosource case incidents quake.case
      twosource case show quake.case ID -o quake.html
    """


@contextmanager
def _opened(name: str) -> Iterator[Store]:
    from twosource.store import Store

    with Store.open(name) as store:
        yield store


@case.command()
@CASE
def init(case: str) -> None:
    """Make a new, empty CASE."""
    from twosource.store import Store

    Store.create(case).close()
    click.echo(f"{case}: an empty case; `twosource case add {case} IN...` adds reports", err=True)


@case.command()
@CASE
@click.argument("inputs", nargs=-1, metavar="[IN...]")
@click.option("--batch", type=click.IntRange(1, 10_000), default=200, show_default=True, metavar="N", help="How many reports become durable in one step.")  # fmt: skip
@click.option("--no-analysis", is_flag=True, help="Only take the reports in; the next `case add` analyses them.")  # fmt: skip
@click.option("--keep", type=click.Path(path_type=Path), metavar="FOLDER", help="Store every original there, under its hash.")  # fmt: skip
@click.pass_context
def add(
    ctx: click.Context, case: str, inputs: tuple[str, ...], batch: int, no_analysis: bool, keep: Path | None
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
    with _opened(case) as store, Progress(quiet) as progress:
        found = keep_and_read(inputs, keep, settings, version=__version__) if keep else read(inputs, settings)
        added = take_in(
            store,
            found,
            batch=batch,
            kept=str(keep.resolve()) if keep else None,
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


@case.command()
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
    of a claim, a toll that moved, a denial, a page that was edited.

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
    with _opened(case) as store, alerts_to(alert) as tell:
        ask = asker(settings)
        while True:
            with Progress(quiet) as progress:
                done = look(store, urls, settings, ask, every=every, durable=_say_added, progress=progress)
            for event in done.events:
                tell(event)
            name_refused([*done.failed, *done.added.refused])
            if once:
                ctx.exit(3 if done.failed or done.added.refused else 0)
            time.sleep(min(every, max(1.0, done.wait)))


@case.command()
@CASE
@JSON
def reports(case: str, as_json: bool) -> None:
    """List the reports of CASE."""
    from twosource.store import derived, evidence

    with _opened(case) as store, store.reads() as c:
        held = list(evidence.listed(c))
        home = derived.incidents_of(c, [r.n for r in held])
    _rows(
        (
            {
                "id": r.id,
                "title": r.title,
                "outlet": r.outlet,
                "published": r.published,
                "url": r.url,
                "words": r.words,
                "incident": home.get(r.n),
            }
            for r in held
        ),
        as_json,
        ("id", "outlet", "published", "title", "incident"),
    )


@case.command()
@CASE
@JSON
def incidents(case: str, as_json: bool) -> None:
    """List the incidents of CASE, the largest first."""
    from twosource.store import derived

    with _opened(case) as store, store.reads() as c:
        _rows(
            (
                {
                    "id": i.id,
                    "title": i.title,
                    "when": i.when,
                    "where": i.place,
                    "reports": i.reports,
                    "outlets": i.outlets,
                    "why": i.why,
                }
                for i in list(derived.listed(c))
            ),
            as_json,
            ("id", "reports", "outlets", "when", "title"),
        )


@case.command()
@CASE
@JSON
def history(case: str, as_json: bool) -> None:
    """List the decisions taken in CASE, the first first; undone ones are marked."""
    from twosource.store import decisions

    with _opened(case) as store, store.reads() as c:
        log = decisions.history(c)
    holds = {d.id for d in decisions.in_force(log)}
    _rows(
        (
            {
                "id": d.id,
                "at": d.at,
                "who": d.who,
                "kind": d.kind,
                "about": d.about,
                "targets": list(d.targets),
                "value": d.value,
                "why": d.why,
                "undoes": d.undoes,
                "holds": d.id in holds,
            }
            for d in log
        ),
        as_json,
        ("id", "at", "who", "kind", "targets", "value", "why", "holds"),
    )


@case.command()
@CASE
@click.argument("name", metavar="ID")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write here: .html, .md or .json.")
@click.pass_context
def show(ctx: click.Context, case: str, name: str, out: Path | None) -> None:
    """Show an incident's account, a report or a decision of CASE.

    Without -o, an incident is summed up on the terminal and a report is written as JSON.
    """
    from twosource.case.showing import report_in
    from twosource.wire import line

    settings, _ = ctx.obj
    with _opened(case) as store:
        report = report_in(store, name)
        if report is not None:
            data = line(report)
            if out is None:
                sys.stdout.buffer.write(data)
            else:
                write_whole(out, data)
            return
        _show_incident(store, name, out, settings)


def _show_incident(store: Store, name: str, out: Path | None, settings: Settings) -> None:
    from twosource.brief import to_html, to_json, to_markdown, to_terminal
    from twosource.case import account_in
    from twosource.model import Brief

    account: Account | None = account_in(store, name, settings)
    if account is None:
        raise UsageError(
            f"there is no incident or report {name!r} in the case: `case incidents` and `case reports` list them"
        )
    made = Brief((account,), models=(settings.model,))
    if out is None:
        from rich.console import Console

        to_terminal(made, Console())
    elif out.suffix == ".json":
        write_whole(out, to_json(made))
    elif out.suffix in (".html", ".htm", ".md"):
        write_whole(out, (to_markdown(made) if out.suffix == ".md" else to_html(made)).encode("utf-8"))
    else:
        raise UsageError(f"the ending of {out} says no format: use .html, .json or .md")


@case.command()
@CASE
@click.argument("query")
@JSON
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
def search(
    case: str,
    query: str,
    as_json: bool,
    nouns: str | None,
    most: int,
    outlet: str | None,
    since: str | None,
    until: str | None,
    actor: str | None,
    place: str | None,
    stance: str | None,
    status: str | None,
    origins: int | None,
) -> None:
    """Search CASE: words, "phrases", -words to leave out. A name is found in every spelling that the case knows."""
    from twosource.store.search import NOUNS, Filters
    from twosource.store.search import search as look

    wanted = tuple(n.strip() for n in nouns.split(",")) if nouns else NOUNS
    for n in wanted:
        if n not in NOUNS:
            raise UsageError(f"--in knows {', '.join(NOUNS)}, not {n!r}")
    filters = Filters(
        nouns=wanted,
        outlet=outlet,
        since=since,
        until=until,
        actor=actor,
        place=place,
        stance=stance,
        status=status,
        origins=origins,
    )
    with _opened(case) as store, store.reads() as c:
        found = look(c, query, filters, most)
    _rows(
        (
            {
                "noun": h.noun,
                "id": h.id,
                "incident": h.incident,
                "report": h.report,
                "title": h.title,
                "snippet": h.snippet,
                "marks": [list(m) for m in h.marks],
            }
            for h in found
        ),
        as_json,
        ("noun", "id", "title", "snippet"),
    )


@case.command()
@CASE
@click.argument("kind", required=False)
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--value", metavar="TEXT", help="The grade, note, tag or verdict.")
@WHY
@click.option("--undo", metavar="DECISION", help="Take a decision back; nothing else is needed then.")
@click.option("--who", metavar="NAME", help="Who decides; by default the name you are logged in with.")
@click.pass_context
def decide(
    ctx: click.Context,
    case: str,
    kind: str | None,
    ids: tuple[str, ...],
    value: str | None,
    why: str | None,
    undo: str | None,
    who: str | None,
) -> None:
    """Put a person's decision on record in CASE: merge, split, confirm, reject, grade, note, tag, verdict, confidential.

    Nothing is overwritten: a decision is taken back with --undo, and that is on record too.

    \b
    Examples:
      twosource case decide quake.case merge i1a2b3c4d5e6 i6e5d4c3b2a1 --why "one quake, two towns"
      twosource case decide quake.case split r42 r43
      twosource case decide quake.case grade c0ffee012345 --value B2
      twosource case decide quake.case --undo j0123456789ab
    """
    from twosource.case import settle
    from twosource.case.deciding import decide as put_on_record

    settings, quiet = ctx.obj
    if undo is None and kind is None:
        raise UsageError("decide needs a kind of decision and ids, or --undo DECISION")
    with _opened(case) as store, Progress(quiet) as progress:
        made = put_on_record(
            store, kind or "undo", ids, who=who or getpass.getuser(), value=value, why=why, undo=undo
        )
        sys.stdout.write(f"decided {made.id}\n")
        sys.stdout.flush()
        settle(store, settings, progress)


@case.command()
@CASE
@click.argument("name", metavar="ID")
@WHY
@click.option("--who", metavar="NAME", help="Who decides; by default the name you are logged in with.")
@click.pass_context
def forget(ctx: click.Context, case: str, name: str, why: str | None, who: str | None) -> None:
    """Remove report ID from CASE with all that rests on it alone; a tombstone says that it was there."""
    from twosource.case import settle
    from twosource.case.forgetting import forget as take_out

    settings, quiet = ctx.obj
    with _opened(case) as store, Progress(quiet) as progress:
        take_out(store, name, who=who or getpass.getuser(), why=why or "")
        settle(store, settings, progress)
    click.echo(f"{name}: forgotten", err=True)


@case.command()
@CASE
@JSON
def review(case: str, as_json: bool) -> None:
    """List what waits for a person: decisions that new reports speak against, pairs that may be one, edited pages."""
    from twosource.case.reviewing import waiting

    with _opened(case) as store:
        _rows(waiting(store), as_json, ("kind", "ids", "text"))


@case.command()
@CASE
@click.pass_context
def verify(ctx: click.Context, case: str) -> None:
    """Read all of CASE and name what is not as it was written; exit code 1 when something is."""
    from twosource.store.soundness import problems

    with _opened(case) as store, store.reads() as c:
        found = problems(c)
    for p in found:
        click.echo(p.what)
    if not found:
        click.echo(f"{case}: everything is as it was written", err=True)
    ctx.exit(1 if found else 0)


@case.command()
@CASE
@click.option("--mend", is_flag=True, help="Make again all that can be made from the reports and decisions.")
@click.pass_context
def doctor(ctx: click.Context, case: str, mend: bool) -> None:
    """Say what is wrong with CASE and how to mend it; exit code 1 when something is."""
    from twosource.case import settle
    from twosource.store.soundness import mend as make_again
    from twosource.store.soundness import problems

    settings, quiet = ctx.obj
    with _opened(case) as store, Progress(quiet) as progress:
        if mend:
            with store.writes() as c:
                make_again(c)
            settle(store, settings, progress)
        with store.reads() as c:
            found = problems(c)
    for p in found:
        click.echo(f"{p.what}\n  to mend it: {p.cure}")
    if not found:
        click.echo(f"{case}: nothing is wrong", err=True)
    ctx.exit(1 if found else 0)


@case.command()
@CASE
@click.argument("file", type=click.Path(path_type=Path))
def backup(case: str, file: Path) -> None:
    """Write a copy of CASE to FILE, whole as of one moment, while others go on working."""
    from twosource.store.backup import backup as copy

    copy(case, file)
    click.echo(f"{file}: a backup of {case}", err=True)


def _rows(rows: Iterable[dict[str, Any]], as_json: bool, columns: tuple[str, ...]) -> None:
    """JSON Lines with all there is, or a table of some columns."""
    from twosource.wire import line

    if as_json:
        for row in rows:
            sys.stdout.buffer.write(line(row))
        sys.stdout.buffer.flush()
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in ("id", "noun", "reports", "outlets"))
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in columns))
    Console().print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(str(v) for v in value)
    return "".join(ch if ch.isprintable() else " " for ch in str(value))
