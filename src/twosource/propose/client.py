"""One question to the server that settings name, and its answer; to no other address, within limits of time, size and number."""

from __future__ import annotations

import ipaddress
import os
import re
import time
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from twosource.errors import ReportRefused, SettingsError
from twosource.read.connection import AGENT, pinned
from twosource.read.guard import Checked, check
from twosource.settings import Settings

LARGEST = 200_000  # bytes of an answer: a sentence and some names of fields need no more
_TRIES = 2  # for one question, where the server breaks off or answers that it failed
_FAILURES = 3  # one after the other, after which a server is asked nothing more
_HERE = "localhost"
T = TypeVar("T")


class NoAnswer(Exception):
    """A server gave no usable answer; the message says why in words that hold nothing of the answer."""


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


@dataclass(slots=True)
class Model:
    """A model at an address, and how many questions may still be put to it."""

    name: str
    address: str
    key: str = field(repr=False)
    seconds: int
    left: int
    failures: int = 0

    @property
    def open(self) -> bool:
        """Whether it may be asked once more."""
        return self.left > 0 and self.failures < _FAILURES

    def answer(self, system: str, question: str, shape: type[T]) -> T:
        """What the model says to a question. Raises NoAnswer; after several in a row it is not `open` any more."""
        self.left -= 1
        try:
            said = _shaped(_said(self._answered(self._asked(system, question))), shape)
        except NoAnswer:
            self.failures += 1
            raise
        self.failures = 0
        return said

    def _asked(self, system: str, question: str) -> bytes:
        return msgspec.json.encode(
            {
                "model": self.name,
                "temperature": 0,
                "stream": False,
                "response_format": {"type": "json_object"},
                "messages": [{"role": "system", "content": system}, {"role": "user", "content": question}],
            }
        )

    def _answered(self, body: bytes) -> bytes:
        """The answer's bytes; asked a second time where the server failed, never where it was too slow or too long."""
        for left in range(_TRIES - 1, -1, -1):
            try:
                return self._posted(body)
            except _Failed as e:
                if not left:
                    raise NoAnswer(str(e)) from e
        raise NoAnswer("the server was not asked")

    def _posted(self, body: bytes) -> bytes:
        import httpcore

        hop = _checked(self.address)
        deadline = time.monotonic() + self.seconds
        slow = f"it takes longer than {self.seconds} second{'s' * (self.seconds != 1)}"
        headers: dict[bytes | str, bytes | str] = {
            "User-Agent": AGENT,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Connection": "close",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **({"Authorization": f"Bearer {self.key}"} if self.key else {}),
        }
        backend = pinned(hop, deadline, float(self.seconds))
        try:
            with (
                httpcore.ConnectionPool(network_backend=backend) as pool,
                pool.stream("POST", hop.url, headers=headers, content=body) as response,
            ):
                return _body(response, deadline, slow)
        except httpcore.TimeoutException as e:
            raise NoAnswer(slow) from e
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as e:
            raise _Failed("the server is not there, or breaks off") from e


class _Failed(Exception):
    """It may go well the next time."""


def _body(response: Any, deadline: float, slow: str) -> bytes:
    status: int = response.status
    if 300 <= status < 400:
        raise NoAnswer("it sends us on to another address, which is never followed")
    if status >= 500:
        raise _Failed(f"the server failed ({status})")
    if status != 200:
        raise NoAnswer(f"the server refuses the question ({status})")
    if any(k.lower() == b"content-encoding" and v.lower() != b"identity" for k, v in response.headers):
        raise NoAnswer("the answer is packed, which was not asked for")
    whole, size = [], 0
    for part in response.iter_stream():
        size += len(part)
        if size > LARGEST:
            raise NoAnswer(f"the answer is longer than {LARGEST} bytes")
        if time.monotonic() > deadline:
            raise NoAnswer(slow)
        whole.append(part)
    return b"".join(whole)


def _said(body: bytes) -> str:
    try:
        completion = msgspec.json.decode(body, type=_Completion)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
        raise NoAnswer("the answer is not in the shape of a completion") from e
    if not completion.choices:
        raise NoAnswer("the answer is empty")
    first = completion.choices[0]
    if first.finish_reason not in (None, "stop"):
        raise NoAnswer("the answer is cut off")
    return first.message.content


def _shaped(said: str, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(said, type=shape)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
        raise NoAnswer("the answer is not the JSON that was asked for") from e


def model_of(settings: Settings) -> Model | None:
    """The model that the settings name; None, where they name no address: then nothing is ever asked.

    Raises SettingsError for an address that may not be asked, a model without a name, a key that isn't there.
    """
    if not settings.proposals_address:
        return None
    address = settings.proposals_address.rstrip("/") + "/chat/completions"
    _check_shape(address)
    if not settings.proposals_model.strip():
        raise SettingsError("setting 'proposals_model' must name the model at 'proposals_address'")
    return Model(
        settings.proposals_model.strip(),
        address,
        _key(settings.proposals_key),
        settings.proposals_seconds,
        settings.proposals_questions,
    )


def _check_shape(address: str) -> None:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError as e:
        raise SettingsError("setting 'proposals_address' is not an address") from e
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    here = parts.scheme == "http" and (host == _HERE or _is_loopback(host))
    if not (plain and host and (parts.scheme == "https" or here)):
        raise SettingsError(
            "setting 'proposals_address' must be https://…, or http:// on this machine (http://127.0.0.1:8080/v1), "
            "without a name, a password or a query in it"
        )


def _is_loopback(number: str) -> bool:
    try:
        return ipaddress.ip_address(number).is_loopback
    except ValueError:
        return False


def _checked(address: str) -> Checked:
    """The address with the number to connect to: without https, a number of this machine and no other."""
    host = urlsplit(address).hostname or ""
    try:
        hop = check(address, private_hosts=(host, host.rstrip(".")))
    except ReportRefused as e:
        raise _Failed("the server is not there, or breaks off") from e
    if urlsplit(address).scheme == "http":
        number = "127.0.0.1" if host == _HERE else hop.number
        return Checked(hop.url, hop.host, hop.port, number)
    return hop


def _key(variable: str) -> str:
    if not variable:
        return ""
    key = os.environ.get(variable, "").strip()
    if not re.fullmatch(r"[!-~]+", key):
        raise SettingsError(
            f"setting 'proposals_key' names {variable}, which holds no key: set it, or leave the setting out"
        )
    return key
