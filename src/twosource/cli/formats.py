"""What a brief can be written as, and where each format goes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from twosource.cli.output import write_whole
from twosource.errors import UsageError
from twosource.export import ENDINGS, FOLDERS, check
from twosource.export import NAMES as EXPORTS
from twosource.export import write as export

if TYPE_CHECKING:
    from twosource.model import Brief

PAGES = ("html", "json", "md")
_BY_ENDING = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".md": "md",
    **{ending: name for name, ending in ENDINGS.items()},
}


def wanted(out: Path | None, formats: str | None, *, raw: bool = False) -> list[tuple[str, Path | None]]:
    """What to write and where; several formats share the file's name and differ in ending.

    Raises what writing would raise, before the work begins.
    """
    places = _places(out, [n.strip() for n in formats.split(",") if n.strip()] if formats else [])
    for name, path in places:
        if name not in PAGES:
            check(name, path)
    if raw and not any(name in ("csv", "tsv") for name, _ in places):
        raise UsageError("--raw is for csv and tsv: no other format has formulas to be kept from")
    return places


def _places(out: Path | None, names: list[str]) -> list[tuple[str, Path | None]]:
    for n in names:
        if n not in (*PAGES, *EXPORTS):
            raise UsageError(f"--format knows {', '.join((*PAGES, *EXPORTS))}, not {n!r}")
    if out is None:
        if len(names) > 1:
            raise UsageError("several formats need -o FILE: each is written beside it with its own ending")
        return [(n, None) for n in names]
    if not names:
        return [(_said_by_ending(out), out)]
    if len(names) == 1:
        return [(names[0], out)]
    return [(n, _beside(out, n)) for n in names]


def write(made: Brief, name: str, out: Path | None, *, raw: bool) -> None:
    """Write the brief in one format, to the file, the folder or standard output."""
    if name not in PAGES:
        export(name, made.accounts, out, raw=raw)
        return
    data = _rendered(made, name)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        write_whole(out, data)


def _rendered(made: Brief, name: str) -> bytes:
    from twosource.brief import to_html, to_json, to_markdown

    if name == "json":
        return to_json(made)
    return (to_html(made) if name == "html" else to_markdown(made)).encode("utf-8")


def _said_by_ending(out: Path) -> str:
    """The format whose ending the file's name has; the longest where several fit."""
    found = [e for e in _BY_ENDING if out.name.endswith(e)]
    if not found:
        exports = ", ".join(ENDINGS.values())
        raise UsageError(
            f"the ending of {out} says no format: use .html, .json or .md, that of an export ({exports}), or --format"
        )
    return _BY_ENDING[max(found, key=len)]


def _beside(out: Path, name: str) -> Path:
    if name in FOLDERS:
        return out.with_name(f"{out.stem}-{name}")
    return out.with_suffix(ENDINGS.get(name, f".{name}"))
