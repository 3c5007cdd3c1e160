"""One request to an address that was checked: to that very number, within its limits of size and time."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from twosource.errors import ReportRefused
from twosource.read.guard import Checked
from twosource.read.items import Capture, size
from twosource.settings import Settings

AGENT = "twosource/0.1 (+https://twosource.readthedocs.io)"
_STEP = 10.0  # seconds that a server may be silent


def answer(
    hop: Checked, asked: str, settings: Settings, deadline: float, more: Mapping[str, str] | None = None
) -> Capture:
    """What the server answers to a request with these headers more; raises ReportRefused when it is too slow, too large, or not there.

    The name stays in the request and in the check of the certificate; only the connection goes to the number.
    """
    import httpcore

    headers: dict[bytes | str, bytes | str] = {
        "User-Agent": AGENT,
        "Accept": "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    headers.update(more or {})
    try:
        with (
            httpcore.ConnectionPool(network_backend=pinned(hop, deadline)) as pool,
            pool.stream("GET", hop.url, headers=headers) as response,
        ):
            sent = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers)
            coding = next((v for k, v in sent if k.lower() == "content-encoding"), "")
            body = _body(response.iter_stream(), coding, asked, settings, deadline)
            reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
            return Capture(asked, hop.url, response.status, reason, sent, body)
    except httpcore.TimeoutException as e:
        if time.monotonic() > deadline:
            raise _too_slow(asked, settings) from e
        raise ReportRefused(asked, "the server doesn't answer: try again later") from e
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as e:
        raise ReportRefused(
            asked, f"cannot be fetched ({str(e)[:150] or type(e).__name__}): try again later"
        ) from e


def _body(parts: Iterable[bytes], coding: str, asked: str, settings: Settings, deadline: float) -> bytes:
    """The body, unpacked in bounded steps, given up when it is too large or too slow."""
    coding = coding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise ReportRefused(
            asked,
            f"the server packs its answer with {coding[:20]}, which was not asked for: save the page by hand",
        )
    unpack = zlib.decompressobj(wbits=47) if coding not in ("", "identity") else None
    whole: list[bytes] = []
    left = settings.max_bytes
    for part in parts:
        if time.monotonic() > deadline:
            raise _too_slow(asked, settings)
        try:
            data = unpack.decompress(part, left + 1) if unpack else part
        except zlib.error as e:
            raise ReportRefused(asked, "the answer is broken (it does not unpack): try again later") from e
        left -= len(data)
        if left < 0:
            raise ReportRefused(
                asked,
                f"larger than {size(settings.max_bytes)}: save it by hand, or raise the setting max_bytes",
            )
        whole.append(data)
    return b"".join(whole)


def _too_slow(asked: str, settings: Settings) -> ReportRefused:
    return ReportRefused(
        asked, f"takes longer than {settings.fetch_seconds} seconds: raise the setting fetch_seconds"
    )


def pinned(hop: Checked, deadline: float, silence: float = _STEP) -> Any:
    """A way to the network that only leads to the checked number, and that ends at the deadline or at that many seconds of silence.

    A limit between two bytes is not enough: a server that sends one every few seconds would never meet it.
    """
    import httpcore

    def left(timeout: float | None) -> float:
        rest = deadline - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return min(silence, rest, timeout or silence)

    class Stream(httpcore.NetworkStream):
        def __init__(self, stream: httpcore.NetworkStream) -> None:
            self._stream = stream

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._stream.read(max_bytes, left(timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._stream.write(buffer, left(timeout))

        def close(self) -> None:
            self._stream.close()

        def start_tls(
            self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            return Stream(self._stream.start_tls(ssl_context, server_hostname, left(timeout)))

        def get_extra_info(self, info: str) -> Any:
            return self._stream.get_extra_info(info)

    class Backend(httpcore.NetworkBackend):
        def connect_tcp(
            self,
            host: str,  # noqa: ARG002 (the number that was checked is connected to instead)
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Any = None,
        ) -> httpcore.NetworkStream:
            opened = httpcore.SyncBackend().connect_tcp(
                hop.number, port, left(timeout), local_address, socket_options
            )
            return Stream(opened)

    return Backend()
