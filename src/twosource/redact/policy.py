"""What is withheld: names, patterns, and actors by where they are mentioned."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twosource.errors import UsageError
from twosource.model import Evidence

LONGEST = 200  # characters of a pattern


@dataclass(frozen=True, slots=True)
class Policy:
    """One for a case: whoever bears one of the names, or is mentioned there, is withheld under every name."""

    names: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()  # regular expressions, as written
    mentions: tuple[Evidence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.patterns or self.mentions)


NOTHING = Policy()


def pattern_of(value: str) -> str | None:
    """The regular expression of `/…/`; None for a plain name.

    Raises UsageError for one that is none, matches nothing at all, or may take for ever.
    """
    match = re.fullmatch(r"(?s)/(.+)/", value.strip())
    if match is None:
        return None
    written = match[1]
    if len(written) > LONGEST:
        raise UsageError(f"a pattern has at most {LONGEST} characters")
    try:
        made = re.compile(written, re.IGNORECASE)
    except (re.error, OverflowError) as e:
        raise UsageError(f"/{written}/ is no regular expression: {e}") from e
    if made.search("") is not None:
        raise UsageError(f"/{written}/ matches where nothing stands: it would withhold everything or nothing")
    if _nested(written):
        raise UsageError(f"/{written}/ repeats what repeats, which can take for ever: write it without")
    return written


def _nested(written: str) -> bool:
    """Whether a repeated group holds a repetition or a choice, or a reference looks back: such may need exponential time."""
    if re.search(r"\\[1-9]|\(\?P=", written):
        return True
    plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "x", written)  # no brackets of their own in what is left
    depth: list[bool] = []
    for at, ch in enumerate(plain):
        if ch == "(":
            depth.append(False)
        elif ch in "*+{|" and depth:
            depth[-1] = True
        elif ch == ")" and depth:
            inner = depth.pop()
            if inner and plain[at + 1 : at + 2] in ("*", "+", "{"):
                return True
            if depth and inner:
                depth[-1] = True
    return len(re.findall(r"[*+{]", plain)) > 3


def policy_from(path: Path) -> Policy:
    """A policy file: TOML with `names = […]` and `patterns = […]`.

    Raises UsageError for what cannot be read, is no TOML, or lists nothing or something else.
    """
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise UsageError(f"cannot read the policy {path}: {e.strerror or e}") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise UsageError(f"the policy {path} is no TOML: {e}") from e
    if other := sorted(set(held) - {"names", "patterns"}):
        raise UsageError(f"the policy {path} knows names and patterns, not {', '.join(other)}")
    policy = Policy(
        tuple(_listed(held, "names", path)),
        tuple(p for x in _listed(held, "patterns", path) if (p := pattern_of(f"/{x}/"))),
    )
    if not policy:
        raise UsageError(f'the policy {path} lists nothing: names = ["…"] or patterns = ["…"]')
    return policy


def _listed(held: dict[str, Any], key: str, path: Path) -> list[str]:
    found = held.get(key, [])
    if not isinstance(found, list) or not all(
        isinstance(x, str) and (re.search(r"\w", x) or (x and key == "patterns")) for x in found
    ):
        raise UsageError(f"{key} in the policy {path} must be a list of texts that are not empty")
    return found
