"""Lists of known actors, as commands take them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from twosource.cli.output import name_refused
from twosource.errors import UsageError

if TYPE_CHECKING:
    from twosource.model import Listed
    from twosource.resolve import Register
    from twosource.settings import Settings

ACTORS = click.option(
    "--actors",
    "actors",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Known actors (FollowTheMoney, JSON Lines): their aliases bring spellings together, their ids are shown; several times for several.",
)


def known_in(paths: tuple[Path, ...], settings: Settings) -> tuple[Register, int]:
    """The known actors of the files, and the exit code of what could not be used, which is named on standard error."""
    from twosource.resolve import register

    code = 0
    listed: list[Listed] = []
    for path in paths:
        found, refused = usable(path, settings)
        listed += found
        code = max(code, refused)
    return register(listed), code


def usable(path: Path, settings: Settings) -> tuple[tuple[Listed, ...], int]:
    """The known actors of a file; what it has beside them is said on standard error. Raises UsageError where there is none."""
    from twosource.read.known import read_known

    found = read_known(path, settings)
    code = name_refused(list(found.refused))
    if found.passed:
        told = ", ".join(f"{count} {schema}" for schema, count in found.passed)
        click.echo(f"{path}: passed over, since they are no actors: {told}", err=True)
    if not found.actors:
        raise UsageError(f"{path} lists no known actor: it takes entities of FollowTheMoney, a line of JSON each (docs/exports.md)")  # fmt: skip
    return found.actors, code
