"""What is needed of the cast."""

from __future__ import annotations

from typing import Protocol

from twosource.model import Actor


class Names(Protocol):
    """Anything that has the actors of an incident."""

    @property
    def actors(self) -> tuple[Actor, ...]: ...
