"""Where results go: a file that appears only when it is whole, or standard output."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from twosource.errors import UsageError
from twosource.model import Annotation, Article, Refusal
from twosource.wire import line


@contextlib.contextmanager
def lines_to(out: Path | None, *, more: bool = False) -> Iterator[Callable[[bytes], None]]:
    """A function that writes bytes to the file (or standard output) as they come, so that a stop loses nothing.

    With `more`, what the file already has stays.
    """
    if out is None or str(out) == "-":
        write = sys.stdout.buffer.write

        def to_stdout(data: bytes) -> None:
            write(data)
            sys.stdout.buffer.flush()

        yield to_stdout
        return
    with _opened(out, mode="ab" if more else "wb") as f:

        def to_file(data: bytes) -> None:
            f.write(data)
            f.flush()

        yield to_file


def write_whole(out: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it."""
    part = out.with_name(f".{out.name}.part")
    with _opened(part, named=out) as f:
        f.write(data)
    part.replace(out)


def list_failures(out: Path, refused: list[Refusal]) -> None:
    """List what was refused beside the output, so that it can be looked at and tried again; no list when nothing was."""
    path = out.with_name(out.name + ".failures.jsonl")
    if refused:
        write_whole(path, b"".join(line({"input": r.input, "reason": r.reason}) for r in refused))
    else:
        path.unlink(missing_ok=True)


def name_refused(refused: list[Refusal]) -> int:
    """Name each refused input on standard error; the exit code that goes with it."""
    for r in refused:
        print(f"refused: {r.input}: {r.reason}", file=sys.stderr)
    return 3 if refused else 0


def name_unread(article: Article, annotation: Annotation) -> None:
    """Name on standard error a report in a language that no installed pipeline reads: nothing was looked for in it."""
    if not annotation.analysed:
        where = article.report.original or article.id
        print(f"not analysed: language {annotation.language}: {where}", file=sys.stderr)


def _opened(path: Path, named: Path | None = None, mode: Literal["wb", "ab"] = "wb") -> BinaryIO:
    try:
        return path.open(mode)
    except OSError as e:
        raise UsageError(f"cannot write {named or path}: {e.strerror}") from e
