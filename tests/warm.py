"""A program that has everything loaded and does each command in a fork of itself: a kill meets work, and not the loading of a language model.

On standard input it takes a command a line: {"arguments", "out", "err"}. On standard output it answers `begun PID` when the command
first asks for its case's tables, and `ended STATUS` (as `os.wait` has it) when it is over.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Engine, event

from twosource.cli import main

TEXTS = (
    "PORT ELLIS — A crane fell on the quay on Monday. Two dockers were killed, harbour master Hugo Brandt said.",
    "Three dockers died when a crane fell at Port Ellis, the police said. Brandt denied that it was overloaded.",
)


def load() -> None:
    """Have all that commands need in this process: the modules, the model, the encoder."""
    import psycopg  # noqa: F401

    import twosource.case.watching
    import twosource.cli.alerts
    import twosource.read.polling  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder) / "a.case")
        for n, text in enumerate(TEXTS):
            Path(folder, f"{n}.txt").write_text(text)
        for arguments in (
            ["init", name],
            ["add", name, *(str(p) for p in sorted(Path(folder).glob("*.txt")))],
            ["history", name, "--json"],
        ):
            done(["--quiet", "case", *arguments])


def done(arguments: Sequence[str]) -> int:
    """Do a command here and give its exit code."""
    sys.argv = ["twosource", *arguments]
    try:
        main()
    except SystemExit as e:
        return e.code if isinstance(e.code, int) else 1
    return 0


def command(asked: dict[str, Any], answers: int) -> NoReturn:
    """In the fork: do the command and end."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    event.listen(
        Engine, "engine_connect", lambda _: os.write(answers, b"begun %d\n" % os.getpid()), once=True
    )
    code = 1
    try:
        code = done(asked["arguments"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def run() -> None:
    """Take commands until there are no more."""
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    load()
    os.write(answers, b"ready\n")
    for line in sys.stdin:
        if os.fork() == 0:
            command(json.loads(line), answers)
        _, status = os.wait()
        os.write(answers, b"ended %d\n" % status)


if __name__ == "__main__":
    run()
