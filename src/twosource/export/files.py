"""Files that appear only when they are whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from twosource.errors import UsageError


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write; a reader sees the old one or the new one, never half of it."""
    part = path.with_name(f".{path.name}.part")
    try:
        file = part.open("wb")
    except OSError as e:
        raise UsageError(f"cannot write {path}: {e.strerror}") from e
    try:
        with file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def folder(path: Path) -> Path:
    """The folder, made where it isn't there; an existing one keeps what else is in it."""
    try:
        path.mkdir(exist_ok=True)
    except OSError as e:
        raise UsageError(f"cannot make the folder {path}: {e.strerror}") from e
    return path
