"""The server: on this machine alone for one user, elsewhere only where people log in."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import uvicorn

from twosource.errors import UsageError
from twosource.settings import Settings
from twosource.store import Store, team
from twosource.web.app import same_user, workbench
from twosource.web.rules import LOOPBACK, Rules, is_loopback

AT_ONCE = 400  # connections; more are told to come back


def rules_for(store: Store, host: str, names: tuple[str, ...], secure: bool) -> Rules:
    """The rules for listening at that address.

    Raises UsageError where others could reach it and there is nobody who could log in.
    """
    local = is_loopback(host) and all(is_loopback(n) for n in names)
    if local:
        return Rules(hosts=(*LOOPBACK, host.lower(), *names))
    with store.reads() as c:
        if not team.admins(c):
            raise UsageError(
                f"others can reach {host if not is_loopback(host) else names[0]}: they must log in, and there is no admin yet; "
                f"`twosource serve {store.name} --add-user NAME --role admin` makes one"
            )
    every = host in ("0.0.0.0", "::", "")
    if every and not names:
        raise UsageError(
            "say with --name under which names the workbench is reached: an address that listens everywhere has none"
        )
    return Rules(
        hosts=tuple(n.lower() for n in (*LOOPBACK, *((host,) if not every else ()), *names)),
        login=True,
        secure=secure,
    )


def serve(
    case: str,
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    names: tuple[str, ...] = (),
    certificate: Path | None = None,
    key: Path | None = None,
    https: bool = False,
    ready: Callable[[str], None] = print,
) -> None:
    """Serve a case until stopped; `ready` is told the address once requests are answered.

    Raises UsageError when the address is taken, or others could reach it without logging in.
    """
    secure = https or certificate is not None
    store = Store.open(case)
    try:
        rules = rules_for(store, host, names, secure)
        listening = _listen(host, port)
    except BaseException:
        store.close()
        raise
    shown = listening.getsockname()[1]
    at = f"[{host}]" if ":" in host else host
    rules = replace(rules, hosts=(*rules.hosts, at.lower()))
    shown_as = Path(case).name if "://" not in case else "case"
    app = workbench(store, settings, rules, local=same_user(), name=shown_as, warm=True)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        proxy_headers=False,  # who asks is who is connected: a header can claim anything
        server_header=False,
        date_header=True,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=32_768,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        http="h11",
        ws="none",
    )
    server = _Server(config, lambda: ready(f"{'https' if certificate else 'http'}://{at}:{shown}/"))
    server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host.strip("[]"), port))
        made.listen(512)
    except OSError as e:
        made.close()
        raise UsageError(f"cannot listen at {host} port {port}: {e.strerror or e}") from e
    return made
