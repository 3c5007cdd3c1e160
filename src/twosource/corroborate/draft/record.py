"""One thing that an editor should look at in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from twosource.model import Evidence, Span

FaultKind = Literal["number", "name", "date", "speaker", "hedge", "denial", "quotation", "unsupported"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where in the draft, and the words of the reports that show it."""

    kind: FaultKind
    span: Span
    why: str
    evidence: tuple[Evidence, ...] = ()
