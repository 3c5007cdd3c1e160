"""What people decide, and what waits for them."""

from __future__ import annotations

import getpass
import sys

import click

from twosource.cli.case.opening import CASE, JSON, UNREDACTED, WHO, WHY, listed, masked, opened
from twosource.cli.progress import Progress
from twosource.errors import UsageError


@click.command()
@CASE
@click.argument("kind", required=False)
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--value", metavar="TEXT", help="The grade, note, tag or verdict; the origin or the name that is meant.")  # fmt: skip
@WHY
@click.option("--undo", metavar="DECISION", help="Take a decision back; nothing else is needed then.")
@WHO
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
    """Put a person's decision on record in CASE and have its accounts follow it.

    \b
    merge         incidents, actors or claims are one
    split         reports out of their incident, statements out of their claim, mentions
                  (REPORT:START:END, or ACTOR --value NAME) out of their actor
    confirm       a difference; REPORT REPORT: one rests on the other; CLAIM --value WHO: its origin
    reject        the same is wrong
    grade         CLAIM --value B2; ACTOR or REPORT (its outlet) --value B
    note, tag     anything, with --value
    verdict       what you find a CLAIM to be, in your words (--value)
    confidential  a REPORT goes into no alert, no file and to no language model

    Nothing is overwritten: a decision is taken back with --undo, and that is on record too.

    \b
    Examples:
      twosource case decide quake.case merge i1a2b3c4d5e6 i6e5d4c3b2a1 --why "one quake, two towns"
      twosource case decide quake.case split r42 r43
      twosource case decide quake.case reject r42 r43 --why "both had a reporter there"
      twosource case decide quake.case grade c0ffee012345 --value B2
      twosource case decide quake.case --undo j0123456789ab
    """
    from twosource.case import settle
    from twosource.case.deciding import decide as put_on_record

    settings, quiet = ctx.obj
    if undo is None and kind is None:
        raise UsageError("decide needs a kind of decision and ids, or --undo DECISION")
    with opened(case) as store, Progress(quiet) as progress:
        made = put_on_record(
            store, kind or "undo", ids, who=who or getpass.getuser(), value=value, why=why, undo=undo
        )
        sys.stdout.write(f"decided {made.id}\n")
        sys.stdout.flush()
        settle(store, settings, progress)


@click.command()
@CASE
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--actor", "actors", multiple=True, metavar="ID", help="An actor of the case, under all its names; several times for several.")  # fmt: skip
@click.option("--pattern", "patterns", multiple=True, metavar="REGEX", help="Whatever matches this regular expression, in any case.")  # fmt: skip
@WHY
@WHO
def redact(
    case: str,
    names: tuple[str, ...],
    actors: tuple[str, ...],
    patterns: tuple[str, ...],
    why: str | None,
    who: str | None,
) -> None:
    """Withhold names from every output of CASE: minors, victims, private persons. With nothing, list what is withheld.

    A name is covered in all its spellings, letter for letter, in texts, titles, addresses and ids, and
    nothing is found by it. The originals stay as they are for those who work on the case
    (--unredacted). `case decide CASE --undo DECISION` shows a name again. Who may have to be withheld,
    `case review` says.

    \b
    Examples:
      twosource case redact quake.case "Lena Ost" --why "she is nine"
      twosource case redact quake.case --actor a0123456789ab --pattern '\\b\\d{3}-\\d{4}\\b'
    """
    from twosource.case.deciding import decide as put_on_record
    from twosource.store.decisions import history, in_force

    who = who or getpass.getuser()
    with opened(case) as store:
        wanted = [((), n) for n in names] + [((), f"/{p}/") for p in patterns] + [((a,), None) for a in actors]  # fmt: skip
        for ids, value in wanted:
            made = put_on_record(store, "redact", ids, who=who, value=value, why=why)
            click.echo(f"decided {made.id}")
        if wanted:
            return
        with store.reads() as c:
            log = [d for d in in_force(history(c)) if d.kind == "redact"]
    rows = [
        {"id": d.id, "at": d.at, "who": d.who, "withheld": d.value or " ".join(d.targets), "why": d.why}
        for d in log
    ]
    listed(rows, False, ("id", "who", "withheld", "why"))


@click.command()
@CASE
@JSON
def review(case: str, as_json: bool) -> None:
    """List what waits for a person.

    Decisions that new reports speak against or that rest on less than they did, incidents that may be
    one, edited pages, people whose names may have to be withheld.
    """
    from twosource.case.reviewing import waiting

    with opened(case) as store:
        rows = masked(store, waiting(store), False)
    listed(rows, as_json, ("kind", "ids", "text"))


@click.command()
@CASE
@JSON
@UNREDACTED
def history(case: str, as_json: bool, unredacted: bool) -> None:
    """List the decisions taken in CASE, the first first; undone ones are marked."""
    from twosource.case.showing import decision_row
    from twosource.store import decisions

    with opened(case) as store:
        with store.reads() as c:
            log = decisions.history(c)
        holds = {d.id for d in decisions.in_force(log)}
        rows = masked(store, [decision_row(d, d.id in holds) for d in log], unredacted)
    listed(rows, as_json, ("id", "at", "who", "kind", "targets", "value", "why", "holds"))
