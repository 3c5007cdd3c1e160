"""Names for things in linked data: URNs of our own, so that nothing points at an address that isn't there."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

VOCABULARY = "urn:twosource:vocabulary:"
_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"


def iri(noun: str, *parts: str) -> str:
    """The URN of a thing, such as `urn:twosource:claim:c0123456789ab`; any id can stand in it."""
    return ":".join(["urn:twosource", noun, *(quote(p, safe="", errors="replace") for p in parts)])


def address(url: str | None) -> str | None:
    """A web address as an IRI may hold it; None for what is no web address."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return quote(url, safe=_IN_ADDRESSES, errors="replace")
