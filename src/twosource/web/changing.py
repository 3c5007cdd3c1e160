"""What people change: decisions and what they bring; each through `case`, each in the audit log."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import msgspec
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from twosource.brief.wording import clipped, count, one_line
from twosource.case.deciding import decide as put_on_record
from twosource.errors import UsageError
from twosource.store import listing, team
from twosource.web.asking import Ask
from twosource.web.bench import Workbench
from twosource.web.gate import Visitor
from twosource.web.jobs import Brought, Job, TooMany
from twosource.web.shelf import report_address

PATIENCE = 4.0  # seconds that a decision's page waits for what it changes
IDS = 500  # of one decision
LONGEST_ADDRESS = 2000
CHUNK = 1 << 20


def decide(ask: Ask) -> Response:
    """Put a decision on record and show the page again, with a way to undo it."""
    undo = ask.said("undo") or None
    made = decided(
        ask.bench,
        ask.visitor.name,
        ask.said("kind"),
        ask.all("id"),
        value=ask.said("value").strip() or None,
        why=ask.said("why").strip() or None,
        undo=undo,
    )
    ask.bench.jobs.settle_soon(PATIENCE)
    return RedirectResponse(_with(ask.back(), made if undo is None else ""), 303)


def decided(
    bench: Workbench,
    who: str,
    kind: str,
    ids: list[str],
    *,
    value: str | None,
    why: str | None,
    undo: str | None,
) -> str:
    """The id of the decision, durable. Raises UsageError where it is none."""
    if len(ids) > IDS:
        raise UsageError(f"a decision is about at most {IDS} things")
    if kind == "note" and value is None:
        value, why = why, None
    if not all(i.isprintable() and len(i) <= 1000 for i in [*ids, undo or ""]):
        raise UsageError("an id holds printable characters only")
    made = put_on_record(bench.store, kind, ids, who=who, value=value, why=why, undo=undo)
    with bench.store.writes() as c:
        team.note(c, who, f"decision: {'undo' if undo else kind}", made.id)
    return made.id


def _with(back: str, made: str) -> str:
    """The page again, with the decision that can be undone there."""
    parts = urlsplit(back)
    kept = "&".join(p for p in parts.query.split("&") if p and not p.startswith("decided="))
    query = "&".join(x for x in (kept, urlencode({"decided": made}) if made else "") if x)
    return urlunsplit(("", "", parts.path, query, parts.fragment))


def add_page(ask: Ask, wrong: str = "", status: int = 200) -> Response:
    """Where reports are brought."""
    main = ask.bench.main(
        "add.html.j2", rules=ask.bench.rules, jobs=ask.bench.jobs.all()[:10], wrong=one_line(wrong)
    )
    return ask.bench.page(ask, "Add reports", main, status)


def add(ask: Ask) -> Response:
    """Take in files, addresses or a text, and show how far it is."""
    try:
        job = brought(ask)
    except UsageError as e:
        return add_page(ask, str(e), 400)
    except TooMany as e:
        return add_page(ask, str(e), 429)
    return RedirectResponse(f"/jobs/{job.id}", 303)


def brought(ask: Ask) -> Job:
    """The job of what a form brought. Raises UsageError where it brought nothing that can be read."""
    files = [f for f in ask.files if f.filename]
    if files:
        names = [clipped(one_line(f.filename), 8) for f in files]
        return bring_files(ask.bench, ask.visitor, files, ", ".join(names[:3]) + ("…" if names[3:] else ""))
    if ask.said("addresses").strip():
        return bring_addresses(ask.bench, ask.visitor, ask.said("addresses").split())
    text = ask.said("text")
    if not text.strip():
        raise UsageError("choose a file, or write an address or a text")
    row = {k: ask.said(k).strip() for k in ("title", "outlet", "published") if ask.said(k).strip()}
    if "published" in row and not re.fullmatch(r"\d{4}-\d\d-\d\d", row["published"]):
        raise UsageError("published is a day: YYYY-MM-DD")
    return bring_rows(ask.bench, ask.visitor, [{**row, "text": text}], clipped(one_line(text), 6))


def bring_files(bench: Workbench, visitor: Visitor, files: list[UploadFile], what: str) -> Job:
    """Files, copied to a folder of their own under names of ours: theirs are only what they are called."""
    if len(files) > bench.rules.files:
        raise UsageError(f"at most {bench.rules.files} files at a time")
    folder = Path(tempfile.mkdtemp(prefix="twosource-upload-"))
    try:
        held = []
        for n, f in enumerate(files):
            path = folder / f"{n:04d}{_ending(f.filename or '')}"
            _copy(f, path, bench.rules.file_bytes)
            held.append((str(path), _called(f.filename or "")))
        return bench.jobs.bring(visitor.name, what, Brought(folder, tuple(held), ()))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def bring_addresses(bench: Workbench, visitor: Visitor, addresses: list[str]) -> Job:
    """Pages of the web: `read` asks for them through its guard."""
    wrong = [a for a in addresses if not re.match(r"https?://", a, re.I) or len(a) > LONGEST_ADDRESS]
    if wrong or not addresses:
        raise UsageError(
            f"an address begins with http:// or https://: not {clipped(one_line(wrong[0]), 5) if wrong else 'nothing'}"
        )
    if len(addresses) > bench.rules.files:
        raise UsageError(f"at most {bench.rules.files} addresses at a time")
    folder = Path(tempfile.mkdtemp(prefix="twosource-upload-"))
    what = addresses[0] if len(addresses) == 1 else count(len(addresses), "address", "addresses")
    return _or_gone(bench, visitor, what, Brought(folder, (), tuple(dict.fromkeys(addresses))))


def bring_rows(bench: Workbench, visitor: Visitor, rows: list[dict[str, object]], what: str) -> Job:
    """Reports as lines of JSON."""
    folder = Path(tempfile.mkdtemp(prefix="twosource-upload-"))
    path = folder / "0000.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(r) + b"\n" for r in rows))
    return _or_gone(bench, visitor, what, Brought(folder, ((str(path), "typed in"),), ()))


def _or_gone(bench: Workbench, visitor: Visitor, what: str, held: Brought) -> Job:
    try:
        return bench.jobs.bring(visitor.name, what, held)
    except TooMany:
        shutil.rmtree(held.folder, ignore_errors=True)
        raise


def _ending(name: str) -> str:
    """The ending that tells a file's kind, of letters and digits only."""
    found = re.search(r"(\.tar)?\.[A-Za-z0-9]{1,8}\Z", name[-40:])
    return found[0].lower() if found else ""


def _called(name: str) -> str:
    """The last part of a file's name, as text: a path in it leads nowhere."""
    return one_line(re.split(r"[/\\]", name)[-1])[:200] or "a file"


def _copy(f: UploadFile, path: Path, most: int) -> None:
    held = 0
    with path.open("xb") as out:
        while some := f.file.read(CHUNK):
            held += len(some)
            if held > most:
                raise UsageError(f"{_called(f.filename or '')} is larger than {most // 1_000_000} MB")
            out.write(some)


def job(ask: Ask) -> Response:
    """How far an upload is, and what became of it."""
    found = ask.bench.jobs.get(ask.request.path_params["id"])
    if found is None:
        raise HTTPException(404, "There is no such upload, or it was long ago.")
    with ask.bench.store.reads() as c:
        held = listing.accounts(c, found.incidents)
    main = ask.bench.main(
        "job.html.j2",
        j=found,
        new=[(n, report_address(n)) for n in found.new],
        incidents=[{"id": i, "title": one_line(a["title"]) or i} for i, a in sorted(held.items())],
    )
    return ask.bench.page(ask, "An upload", main)


def waits(ask: Ask) -> Response:
    """How much is still being worked out, for a page that waits for it."""
    with ask.bench.store.reads() as c:
        n = listing.counts(c)["waiting"]
    found = ask.bench.jobs.get(ask.one("job"))
    return JSONResponse(
        {"waiting": n, "stage": found.stage if found else None, "over": found.over if found else n == 0}
    )
