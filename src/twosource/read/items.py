"""Streams of bytes on their way to a reader, with where they came from and the limits that hold for them."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, Protocol, cast

from twosource.errors import ReportRefused

TOO_MUCH = "unpacks to too much: unpack it yourself, or raise the setting max_unpacked_bytes"
TOO_TIGHT = (
    "packed more tightly than text can be, as a bomb is: unpack it yourself, or raise the setting max_ratio"
)
HEAD = 16_384  # bytes that decide what something is


class Source(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(slots=True)
class Budget:
    """What may still come out of one input, so that an archive of archives cannot grow without end."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Capture:
    """What a server answered: the body as sent, and the headers that say how to read it."""

    asked: str
    url: str  # after redirects
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((v for k, v in self.headers if k.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One stream of bytes, its name for the user, and how many containers it lies in."""

    name: str
    stream: BinaryIO
    head: bytes  # the first bytes, which are still in the stream
    budget: Budget
    url: str | None = None
    encoding: str | None = None  # as a server or a mail declared it
    media_type: str | None = None  # likewise
    seen: str | None = None  # the day and time at which a crawler or a server says it was handed out
    depth: int = 0
    path: str | None = None  # set where the bytes are a plain file
    capture: Capture | None = None  # set where it was fetched from an address

    def whole(self, limit: int) -> bytes:
        """All bytes; refused when there are more than the limit."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise ReportRefused(
                self.name, f"larger than {size(limit)}: split it, or raise the setting max_bytes"
            )
        return data

    def inner(self, name: str, source: Source, **facts: object) -> Item:
        """An item that lies inside this one."""
        return item(name, source, self.budget, depth=self.depth + 1, **facts)


def item(name: str, source: Source, budget: Budget, **facts: object) -> Item:
    """An item over the source, whose first bytes are looked at without being lost."""
    head = b""
    while len(head) < HEAD:
        more = source.read(HEAD - len(head))
        if not more:
            break
        head += more
    stream = cast("BinaryIO", io.BufferedReader(_Rejoined(head, source), 65_536))
    return Item(name, stream, head, budget, **facts)  # type: ignore[arg-type]


class _Rejoined(io.RawIOBase):
    """The head that was looked at, and then the rest."""

    def __init__(self, head: bytes, rest: Source) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            n = min(len(buffer), len(self._head))
            buffer[:n] = self._head[:n]
            self._head = self._head[n:]
            return n
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            getattr(self._rest, "close", _nothing)()
        super().close()


def _nothing() -> None:
    """A source that has no end to close, as one that is only borrowed."""


class Borrowed:
    """A source that is read here but belongs to somebody else, who closes it."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        return self._source.read(size)


class Measured:
    """A source inside an archive that is stopped when it grows past what the archive may hold."""

    def __init__(self, name: str, source: Source, budget: Budget, *, packed: int = 0, ratio: int = 0) -> None:
        self._name = name
        self._source = source
        self._budget = budget
        self._most = max(packed * ratio, 1_000_000) if packed and ratio else None
        self._seen = 0

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; refused when too many came out."""
        data = self._source.read(size)
        self._seen += len(data)
        self._budget.bytes -= len(data)
        if self._budget.bytes < 0:
            raise ReportRefused(self._name, TOO_MUCH)
        if self._most is not None and self._seen > self._most:
            raise ReportRefused(self._name, TOO_TIGHT)
        return data

    def close(self) -> None:
        """Close the member, not the archive."""
        getattr(self._source, "close", _nothing)()


def lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1; None in place of one that is longer than the limit."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield number, None


@contextlib.contextmanager
def seekable(source: Item, limit: int) -> Iterator[IO[bytes]]:
    """The item as a file that can be read from any place: the file itself, or a copy in the temporary folder."""
    if source.path is not None:
        with open(source.path, "rb") as f:  # noqa: PTH123
            yield f
        return
    with tempfile.TemporaryFile() as f:
        left = limit
        while chunk := source.stream.read(1_048_576):
            left -= len(chunk)
            if left < 0:
                raise ReportRefused(
                    source.name,
                    f"larger than {size(limit)}: give it as a file, or raise the setting max_unpacked_bytes",
                )
            f.write(chunk)
        f.seek(0)
        yield f


def size(count: int) -> str:
    """A number of bytes for people."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= unit:
            return f"{count / unit:.3g} {name}"
    return f"{count} bytes"
