"""What the workbench allows: whose requests are answered, how much one may bring, how long it may take."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Nothing goes to other sites. With no-referrer, browsers would call the origin of our own forms "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits and names; the string after each says why it exists."""

    hosts: tuple[str, ...] = LOOPBACK
    "Names under which the workbench answers; a page elsewhere that points its own name here gets nothing."
    login: bool = False
    "Whether everybody must log in; only a workbench that no other machine can reach may do without."
    secure: bool = False
    "Whether the browser speaks TLS to us, so that cookies never travel without it."
    request_bytes: int = 100_000_000
    "The largest request, uploads included."
    field_bytes: int = 200_000
    "The largest form that is no upload."
    files: int = 100
    "Files in one upload, and addresses in one form."
    file_bytes: int = 64_000_000
    "The largest file in an upload."
    read_seconds: int = 120
    "How long reading one upload may take before its process is ended."
    read_memory: int = 2_000_000_000
    "Address space of the process that reads an upload."
    settle_seconds: int = 3600
    "How long working out what changed may take before its process is ended."
    session_seconds: int = 12 * 3600
    "How long a login holds."
    tries: int = 5
    "Wrong passwords for one name or from one machine before the next must wait."
    wait_seconds: int = 300
    "How long it must wait then."
    jobs: int = 20
    "Uploads that may wait at once."


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
