"""Identifiers that come from content, so that the same input gives the same ids."""

from __future__ import annotations

import hashlib


def digest(*parts: object) -> str:
    """The SHA-256, in hexadecimal, of the parts, each marked off from the next."""
    h = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        h.update(len(data).to_bytes(8, "big"))
        h.update(data)
    return h.hexdigest()


def make_id(prefix: str, *parts: object) -> str:
    """A short id such as `s3f9c01ab72de`: the prefix says the noun, twelve hexadecimal digits the content."""
    return prefix + digest(*parts)[:12]
