"""The workbench under a bounded load: `python -m benchmarks.web [--case FILE] [--full] [--write]`.

A case of one incident of a hundred invented reports is served by one process; another asks it 1,000 times (10,000 with `--full`), twenty clients at
once, each on one kept connection. Times are what a client waits, so they hold the client's own share too. First the time to lay
the incident out is taken, which the first visitor after a change waits for. What the static brief costs a browser is measured by benchmarks/opening.py.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import quote

from benchmarks.figures import asked, tell
from benchmarks.invented import invented
from benchmarks.timing import Clock

QUICK, FULL, CLIENTS = 1_000, 10_000, 20


def main() -> None:
    """Serve, ask, tell."""
    given = asked(
        "web", __doc__,
        ("--case", {"type": Path, "help": "a case with one large incident, made before"}),
        ("--requests", {"type": int}), ("--load", {"help": "(the second process) the address to ask"}),
    )  # fmt: skip
    requests = given.requests or (FULL if given.full else QUICK)
    if given.load:
        print(json.dumps(load(given.load, requests)))
        return
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        case = given.case or _made(Path(folder))
        command = [sys.executable, "-m", "twosource", "serve", str(case), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            home = server.stdout.readline().strip()
            try:
                second = [
                    sys.executable,
                    "-m",
                    "benchmarks.web",
                    "--load",
                    home,
                    "--requests",
                    str(requests),
                ]
                said = subprocess.run(second, capture_output=True, text=True, check=True).stdout
                figures = json.loads(said) | {"server_mb": _memory(server.pid)}
            finally:
                server.terminate()
    tell("workbench", figures | {"other work on the machine (%)": clock.others}, given.out)


def _made(folder: Path) -> Path:
    """A case of one incident of a hundred reports."""
    from twosource.case import add, settle
    from twosource.model import Report
    from twosource.settings import Settings
    from twosource.store import Store

    path = folder / "hundred.case"
    rows = invented(100, 1)
    with Store.create(str(path)) as store:
        add(store, [Report(r["id"], r["text"], incident="one") for r in rows])
        settle(store, Settings())
    return path


def load(home: str, requests: int) -> dict[str, float | int]:
    """Ask with twenty clients at once; the waits by kind of page, and how many answers were none."""
    host = home.removeprefix("http://").rstrip("/")
    incident, reports = _targets(host)
    started = time.monotonic()
    size = len(_get(http.client.HTTPConnection(host, timeout=900), f"/incidents/{incident}")[1])
    first = time.monotonic() - started
    kinds = {
        "incident": [f"/incidents/{incident}"],
        "report": [f"/report?id={quote(r, safe='')}" for r in reports],
        "list": ["/", "/reports", "/history"],
        "search": [f"/search?q={w}" for w in ("police", "hospital", "mayor", "brake")],
        "api": [f"/api/v1/incidents/{incident}", "/api/v1/incidents", "/api/v1/reports"],
    }
    turn = ["incident"] * 5 + ["report"] * 2 + ["list", "search", "api"]
    waits: dict[str, list[float]] = {k: [] for k in kinds}
    wrong: list[str] = []
    lock = threading.Lock()
    numbers = iter(range(requests))

    def client() -> None:
        line = http.client.HTTPConnection(host, timeout=120)
        while True:
            with lock:
                n = next(numbers, None)
            if n is None:
                return
            kind = turn[n % len(turn)]
            address = kinds[kind][n // len(turn) % len(kinds[kind])]
            began = time.perf_counter()
            try:
                status, _ = _get(line, address)
            except (OSError, http.client.HTTPException) as e:
                status = 0
                wrong.append(f"{address}: {e!r}")
                line = http.client.HTTPConnection(host, timeout=120)
            with lock:
                waits[kind].append(time.perf_counter() - began)
                if status not in (0, 200):
                    wrong.append(f"{address}: {status}")

    began = time.monotonic()
    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for c in clients:
        c.start()
    for c in clients:
        c.join()
    took = time.monotonic() - began
    for w in wrong[:5]:
        print(w, file=sys.stderr)
    found: dict[str, float | int] = {
        "requests": requests,
        "clients": CLIENTS,
        "errors": len(wrong),
        "requests_a_second": round(requests / took, 1),
        "first_visit_s": round(first, 2),
        "incident_page_kb": round(size / 1000),
        "reports": len(reports),
    }
    for kind, times in waits.items():
        times.sort()
        found[f"{kind}_median_ms"] = round(times[len(times) // 2] * 1000, 1)
        found[f"{kind}_p95_ms"] = round(times[int(len(times) * 0.95)] * 1000, 1)
    return found


def _targets(host: str) -> tuple[str, list[str]]:
    line = http.client.HTTPConnection(host, timeout=60)
    rows = json.loads(_get(line, "/api/v1/incidents")[1])
    reports = [
        r["id"]
        for r in json.loads(_get(line, "/api/v1/reports?per_page=200")[1])
        if r["incident"] == rows[0]["id"]
    ]
    return rows[0]["id"], reports


def _get(line: http.client.HTTPConnection, address: str) -> tuple[int, bytes]:
    line.request("GET", address)
    answer = line.getresponse()
    return answer.status, answer.read()


def _memory(pid: int) -> int:
    """Megabytes that the server's process holds."""
    for row in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if row.startswith("VmRSS"):
            return int(row.split()[1]) // 1000
    return 0


if __name__ == "__main__":
    main()
