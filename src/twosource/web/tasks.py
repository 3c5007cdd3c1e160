"""What is done in processes of their own: reading what people brought, settling the case, laying an account out.

Such a process is told what to do by a line of JSON and answers with lines of JSON: nothing that it says can act in the server.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from twosource.errors import TwosourceError
from twosource.pipeline import Progress as Say
from twosource.processes import end_with_parent
from twosource.settings import Settings


def answer_all(line: Connection, settings: Settings, memory: int, seconds: int) -> None:
    """Do what is asked until the line is closed. With limits the process can take no more than that, whatever it reads."""
    end_with_parent()
    _quiet()
    if memory:
        _limit(memory, seconds)

    def say(stage: str, done: int, total: int | None) -> None:
        line.send_bytes(msgspec.json.encode({"stage": stage, "done": done, "total": total}))

    while True:
        try:
            task = msgspec.json.decode(line.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            made: dict[str, Any] = {"made": TASKS[task["do"]](task, settings, say)}
        except TwosourceError as e:
            made = {"failed": str(e)}
        except MemoryError:
            made = {"failed": "it needs more memory than one upload may have"}
        except Exception as e:
            made = {"failed": f"it could not be done ({type(e).__name__})"}
        line.send_bytes(written(made))


def written(value: Any) -> bytes:
    """A line of JSON; halves of characters, which a report may hold, are written as escapes."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value)).encode("ascii")


def understood(line: bytes) -> Any:
    """What such a line says. Raises ValueError when it is none."""
    try:
        return msgspec.json.decode(line)
    except msgspec.DecodeError:
        return json.loads(line)


def _quiet() -> None:
    """Whoever stops the server stops it; what this process writes to a terminal helps nobody."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        os.nice(5)  # pages that are asked for come first


def _limit(memory: int, seconds: int) -> None:
    sys.setrecursionlimit(5_000)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_some(task: dict[str, Any], settings: Settings, say: Say) -> dict[str, Any]:
    """Read files and addresses into a file of JSON Lines, called by the names that people gave them."""
    from twosource.model import Refusal
    from twosource.read import read
    from twosource.wire import line, report

    names = dict(task["files"])
    done, refused = 0, []
    with Path(task["out"]).open("wb") as out:
        for found in read([*names, *task["addresses"]], settings):
            if isinstance(found, Refusal):
                refused.append([_named(found.input, names), found.reason])
                continue
            row = report(found)
            row["original"] = _named(row.get("original") or "", names) or None
            out.write(line(row))
            done += 1
            say("reading", done, None)
    return {"reports": done, "refused": refused}


def _named(where: str, names: dict[str, str]) -> str:
    """A path of ours, or of a member of an archive, under the name that the file had where it came from."""
    for path, name in names.items():
        if where.startswith(path):
            return name + where[len(path) :]
    return where


def settle_case(task: dict[str, Any], settings: Settings, say: Say) -> dict[str, Any]:
    """Bring the incidents of the case up to date."""
    from twosource.case import settle
    from twosource.store import Store

    with Store.open(task["case"]) as store:
        return {"changed": settle(store, settings, say)}


def lay_out(task: dict[str, Any], settings: Settings, say: Say) -> dict[str, Any]:
    """The account of an incident, as it may be shown: to those inside with confidential reports, to all without what is withheld."""
    from twosource.case.withholding import released
    from twosource.store import Store

    say("laying out", 0, None)
    with Store.open(task["case"]) as store:
        found = released(store, task["id"], settings, with_confidential=task["inside"])
    return {"account": found and found.account, "left_out": found.left_out if found else 0}


TASKS: dict[str, Callable[[dict[str, Any], Settings, Say], dict[str, Any]]] = {
    "read": read_some,
    "settle": settle_case,
    "lay out": lay_out,
}
