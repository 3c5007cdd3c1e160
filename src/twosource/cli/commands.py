"""The commands and their options."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from twosource import __version__
from twosource.cli.knowing import ACTORS, known_in
from twosource.cli.output import lines_to, list_failures, name_refused, name_unread, write_whole
from twosource.cli.owning import OWNERS, owners_in
from twosource.cli.progress import Progress
from twosource.errors import UsageError
from twosource.settings import Settings, load

INPUTS = click.argument("inputs", nargs=-1, required=True, metavar="IN...")
OUT = click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="Write here instead of to standard output."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="twosource")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A TOML file of settings (see docs/settings.md).",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help="How many processes annotate and compare many reports; by default as many as there are processors, at most four.",
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.pass_context
def twosource(ctx: click.Context, settings_file: Path | None, jobs: int | None, quiet: bool) -> None:
    """Many reports of one incident in; the account that a careful editor would write, out.

    IN is any number of files, folders, web addresses, or - for standard input: plain text, Markdown,
    HTML, PDF, mail, feeds, archives, JSON Lines. Nothing is sent anywhere, unless the settings name
    a language model that may propose (docs/models.md).

    \b
    The main job:
      twosource brief reports/*.txt -o brief.html

    Exit codes: 0 done; 1 nothing usable in the input; 2 wrong usage; 3 done, but some inputs were
    refused (each is named on standard error with its reason).
    """
    settings = load(settings_file)
    if jobs or settings.annotators == 1:
        settings = replace(settings, annotators=jobs or min(4, os.cpu_count() or 1))
    ctx.obj = (settings, quiet)


def _settings(ctx: click.Context) -> Settings:
    settings: Settings = ctx.obj[0]
    return settings


def _progress(ctx: click.Context) -> Progress:
    return Progress(quiet=ctx.obj[1])


@twosource.command()
@INPUTS
@OUT
@click.option(
    "--format",
    "formats",
    metavar="NAMES",
    help="html, json, md or an export (docs/exports.md), several with commas; by default what the ending of -o says.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    help="The account as of this day (YYYY-MM-DD): reports published later are left out and listed.",
)
@click.option(
    "--redact",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Withhold the names and patterns that this file lists (TOML: names = [...], patterns = [...]).",
)
@OWNERS
@ACTORS
@click.option("--raw", is_flag=True, help="CSV and TSV for programs: no apostrophe before what a spreadsheet would run as a formula.")  # fmt: skip
@click.pass_context
def brief(
    ctx: click.Context,
    inputs: tuple[str, ...],
    out: Path | None,
    formats: str | None,
    as_of: str | None,
    redact: Path | None,
    owners: Path | None,
    actors: tuple[Path, ...],
    raw: bool,
) -> None:
    """Write the account of each incident in the reports: the main job.

    Which reports are one text under many names, who said what to whom, how many independent origins
    stand behind each claim, who denies it, where the reports differ. Every sentence points at the
    characters it rests on. With no -o a summary is printed.

    \b
    Examples:
      twosource brief a.txt b.html c.pdf -o brief.html
      twosource brief reports.jsonl --format html,json -o brief.html
      twosource brief folder/ --format csv -o tables/
      twosource brief folder/ | less
    """
    from twosource.cli.formats import wanted, write

    places = wanted(out, formats, raw=raw)
    _check_day(as_of)
    from twosource.brief import to_terminal
    from twosource.pipeline import brief_of
    from twosource.redact import Policy, policy_from, redacted_brief

    policy = policy_from(redact) if redact else Policy()
    listed = owners_in(owners)
    known, code = known_in(actors, _settings(ctx))
    with _progress(ctx) as progress:
        found = brief_of(
            inputs,
            _settings(ctx),
            as_of=as_of,
            progress=progress,
            withheld=policy,
            owners=listed,
            known=known,
        )
        made = redacted_brief(found, policy)
    if not places:
        from rich.console import Console

        to_terminal(made, Console())
    for name, path in places:
        write(made, name, path, raw=raw)
    ctx.exit(max(code, name_refused(list(made.refused))))


if TYPE_CHECKING:
    from twosource.corroborate.stance import Asked


def _check_day(day: str | None) -> None:
    if day is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise UsageError(f"--as-of takes a day like 2024-05-17, not {day!r}")


@twosource.command()
@INPUTS
@OUT
@click.pass_context
def annotate(ctx: click.Context, inputs: tuple[str, ...], out: Path | None) -> None:
    """Write what each report says: statements, names, times, places, numbers, with their offsets.

    One line of JSON for each report, in the order of their ids.
    """
    from twosource.annotate import annotate as run
    from twosource.pipeline import articles_of
    from twosource.wire import annotation, line

    with _progress(ctx) as progress, lines_to(out) as write:
        articles, refused = articles_of(inputs, _settings(ctx), progress)
        for done, (article, found) in enumerate(zip(articles, run(articles, _settings(ctx)), strict=True), 1):
            write(line(annotation(found, [f.span for f in article.boilerplate])))
            name_unread(article, found)
            progress("annotating", done, len(articles))
    ctx.exit(name_refused(refused))


@twosource.command()
@INPUTS
@OUT
@click.pass_context
def group(ctx: click.Context, inputs: tuple[str, ...], out: Path | None) -> None:
    """Write which reports are about the same incident: one line {id, incident} each."""
    from twosource.pipeline import articles_of, incidents_of
    from twosource.wire import line, membership

    with _progress(ctx) as progress, lines_to(out) as write:
        settings = _settings(ctx)
        articles, refused = articles_of(inputs, settings, progress)
        for row in membership(incidents_of(articles, settings.annotators)[0]):
            write(line(row))
    ctx.exit(name_refused(refused))


@twosource.command()
@INPUTS
@OUT
@click.pass_context
def reuse(ctx: click.Context, inputs: tuple[str, ...], out: Path | None) -> None:
    """Write who copied whom: one line for each pair of reports that share text, with the shared passages."""
    from twosource.pipeline import articles_of
    from twosource.reuse import compare
    from twosource.wire import line
    from twosource.wire import reuse as row

    with _progress(ctx) as progress, lines_to(out) as write:
        settings = _settings(ctx)
        articles, refused = articles_of(inputs, settings, progress)
        for pair in compare(articles, processes=settings.annotators):
            write(line(row(pair)))
    ctx.exit(name_refused(refused))


@twosource.command()
@INPUTS
@OUT
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Store every original there, under its hash, with a record of where it came from and when it was read.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Add to the file of -o what is not in it yet: go on after a stop, try again what failed.",
)
@click.pass_context
def read(
    ctx: click.Context, inputs: tuple[str, ...], out: Path | None, keep: Path | None, resume: bool
) -> None:
    """Write each report as it was read: text, title, byline, outlet, dates, one line of JSON each.

    What was refused is listed beside the file of -o, under its name and .failures.jsonl.

    \b
    Examples:
      twosource read folder/ feed.xml https://example.org/story -o reports.jsonl
      twosource read crawl.warc.gz --keep originals -o reports.jsonl
    """
    from twosource.errors import NothingUsable
    from twosource.model import Refusal
    from twosource.read import keep as keep_and_read
    from twosource.read import left_to_read
    from twosource.read import read as run
    from twosource.wire import line, report

    if resume and (out is None or str(out) == "-"):
        raise UsageError("--resume needs -o FILE: it goes on where that file ends")
    wanted = left_to_read(inputs, out) if resume and out else list(inputs)
    refused: list[Refusal] = []
    written = 0
    with _progress(ctx) as progress, lines_to(out, more=resume) as write:
        settings = _settings(ctx)
        found = keep_and_read(wanted, keep, settings, version=__version__) if keep else run(wanted, settings)
        for item in found:
            if isinstance(item, Refusal):
                refused.append(item)
                continue
            write(line(report(item)))
            written += 1
            progress("reading", written, None)
    if out is not None and str(out) != "-":
        list_failures(out, refused)
    code = name_refused(refused)
    if not written and wanted:
        raise NothingUsable("no input could be used")
    ctx.exit(code)


@twosource.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def verify(ctx: click.Context, folder: Path) -> None:
    """Hash everything in a kept FOLDER again and name what changed; exit code 1 when something did."""
    from twosource.read import verify as run

    problems = run(folder)
    for problem in problems:
        click.echo(problem)
    if not problems:
        click.echo(f"{folder}: everything is as it was kept", err=True)
    ctx.exit(1 if problems else 0)


@twosource.command()
@click.argument("inputs", nargs=-1, required=True, metavar="[CLAIM] IN...")
@click.option(
    "--claims",
    "claims_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Claims as JSON Lines {id, claim, report}; then no CLAIM is given. With a report named, only that one is asked.",
)
@click.option(
    "--draft", metavar="DRAFT", help="A text that somebody is about to publish; then no CLAIM is given."
)
@OWNERS
@OUT
@click.pass_context
def check(
    ctx: click.Context,
    inputs: tuple[str, ...],
    claims_file: Path | None,
    draft: str | None,
    owners: Path | None,
    out: Path | None,
) -> None:
    """Hold a claim in plain words, or a draft, against the reports.

    A claim: does each report agree, disagree, only discuss it? One line of JSON for each claim and
    report: the stance (null where the report doesn't touch the claim), the sentences that show it and
    who says them.

    A draft: for every sentence what stands behind it, the earliest wording, a hedge or denial that was
    dropped, a number, name, date or speaker that changed, a quotation that was cut, and what nothing
    in the reports supports; as HTML or JSON by the ending of -o, JSON on standard output.

    \b
    Examples:
      twosource check "The train was speeding" reports/*.txt
      twosource check --draft story.txt reports/ -o desk.html
    """
    if draft is not None and claims_file is not None:
        raise UsageError("--claims and --draft are two questions: ask one at a time")
    if draft is not None:
        ctx.exit(_check_draft(ctx, draft, inputs, owners, out))
    if owners is not None:
        raise UsageError("--owners is for --draft: what a report says to a claim is not counted in origins")
    if claims_file is None and len(inputs) < 2:
        raise UsageError('check needs a claim and at least one input: twosource check "CLAIM" IN...')
    from twosource.corroborate.stance import Asked
    from twosource.pipeline import check_of
    from twosource.wire import line

    asked, sources = (
        (_claims(claims_file), inputs) if claims_file else ([Asked("claim", inputs[0])], inputs[1:])
    )
    with _progress(ctx) as progress, lines_to(out) as write:
        found, refused = check_of(asked, sources, _settings(ctx), progress=progress)
        for one in found:
            row = {
                "id": one.id,
                "report": one.report,
                "stance": one.stand.verdict,
                "evidence": [
                    {"report": one.report, "start": s.start, "end": s.end} for s in one.stand.evidence
                ],
                "origins": [{"who": v.who, "kind": v.kind} for v in one.voices],
                "why": one.stand.why,
            }
            write(line(row))
    ctx.exit(name_refused(refused))


def _check_draft(
    ctx: click.Context, draft: str, inputs: tuple[str, ...], owners: Path | None, out: Path | None
) -> int:
    if out is not None and out.suffix not in (".html", ".htm", ".json"):
        raise UsageError(f"the ending of {out} says no format: use .html or .json")
    from twosource.brief.draft import draft_document, draft_html
    from twosource.pipeline import draft_of
    from twosource.wire import line

    listed = owners_in(owners)
    with _progress(ctx) as progress:
        desk, refused = draft_of(draft, inputs, _settings(ctx), progress, listed)
    if out is None:
        sys.stdout.buffer.write(line(draft_document(desk)))
    else:
        write_whole(
            out, line(draft_document(desk)) if out.suffix == ".json" else draft_html(desk).encode("utf-8")
        )
    return name_refused(refused)


def _claims(path: Path) -> list[Asked]:
    """The claims of a JSON Lines file."""
    import msgspec

    from twosource.corroborate.stance import Asked

    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"cannot read the claims in {path}: {e}") from e
    for n, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            row = msgspec.json.decode(text)
            found.append(
                Asked(
                    str(row["id"]),
                    str(row["claim"]),
                    None if row.get("report") is None else str(row["report"]),
                )
            )
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as e:
            raise UsageError(f"{path}, line {n}: needs an object with id and claim ({e})") from e
    return found
