"""A stand-in for a server with a language model: on this machine, and saying what a test wants, true or not."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from twosource.settings import Settings

Question = dict[str, Any]


@dataclass
class Answer:
    """What goes over the line for one request."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    promised: int | None = None  # the length in the header, where it is not the body's
    wait: float = 0.0  # before the answer
    trickle: float = 0.0  # between two bytes
    times: int = 1  # that the body is sent


def says(content: object, finish: str = "stop") -> Answer:
    """A completion with that content: JSON of it, or the text as it is."""
    text = content if isinstance(content, str) else json.dumps(content)
    made = {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": finish}]}
    return Answer(json.dumps(made).encode())


@dataclass
class Stand:
    """The server's address, and what it was asked."""

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        """What the user's messages hold."""
        return [json.loads(x["messages"][-1]["content"]) for x in self.asked]

    def settings(self, **more: Any) -> Settings:
        """Settings that name this server."""
        return Settings(**{"proposals_address": self.address, "proposals_model": "stand-in", **more})


@contextmanager
def answering(answer: Callable[[Question], Answer]) -> Iterator[Stand]:
    """A server that gives to each question what the function says."""
    stand = Stand("")
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stand.asked.append(body)
            stand.headers.append(dict(self.headers.items()))
            stand.paths.append(self.path)
            with suppress(OSError):  # whoever asked has gone
                self._send(answer(json.loads(body["messages"][-1]["content"])))

        def do_GET(self) -> None:
            stand.paths.append(self.path)

        def _send(self, a: Answer) -> None:
            done.wait(a.wait)
            self.send_response(a.status)
            for name, value in a.headers:
                self.send_header(name, value)
            self.send_header(
                "Content-Length", str(len(a.body) * a.times if a.promised is None else a.promised)
            )
            self.end_headers()
            for _ in range(a.times):
                if not a.trickle:
                    self.wfile.write(a.body)
                for n in range(len(a.body) if a.trickle else 0):
                    self.wfile.write(a.body[n : n + 1])
                    if done.wait(a.trickle):
                        return

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield stand
    finally:
        done.set()
        server.shutdown()
        server.server_close()
        thread.join()
