"""Numbers with bounds, and what two of them say about each other.

"More than 40" and "43" don't contradict: the second is only more precise. An interval is closed; no upper bound is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Agreement = Literal["consistent", "narrower", "contradicting"]

# One of the unit in terms of the unit that its kind is compared in (the international yard and pound, 1959).
_FACTORS: dict[str, tuple[str, float]] = {
    "km": ("m", 1000.0),
    "m": ("m", 1.0),
    "cm": ("m", 0.01),
    "mile": ("m", 1609.344),
    "nautical mile": ("m", 1852.0),
    "yard": ("m", 0.9144),
    "foot": ("m", 0.3048),
    "inch": ("m", 0.0254),
    "kg": ("kg", 1.0),
    "g": ("kg", 0.001),
    "tonne": ("kg", 1000.0),
    "ton": ("kg", 907.18474),
    "pound": ("kg", 0.45359237),
    "ounce": ("kg", 0.028349523125),
    "square km": ("square m", 1e6),
    "square mile": ("square m", 2589988.110336),
    "square m": ("square m", 1.0),
    "acre": ("square m", 4046.8564224),
    "hectare": ("square m", 1e4),
    "mph": ("km/h", 1.609344),
    "km/h": ("km/h", 1.0),
}
_ROUNDING = (
    0.05  # "40 miles" and "64 km" are one distance: a figure in another unit was converted and rounded
)


class Bounded(Protocol):
    """Anything with a lower and an upper bound."""

    @property
    def low(self) -> float: ...

    @property
    def high(self) -> float | None: ...


class Measured(Bounded, Protocol):
    """A bounded number of a unit."""

    @property
    def unit(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from low to high, both among them; high None means no upper bound."""

    low: float
    high: float | None
    unit: str | None = None


def holds(outer: Bounded, inner: Bounded) -> bool:
    """Whether every number of the inner interval is one of the outer's."""
    if inner.low < outer.low:
        return False
    return outer.high is None or (inner.high is not None and inner.high <= outer.high)


def common(a: Bounded, b: Bounded) -> Interval | None:
    """The numbers that both allow, or None when there are none."""
    low = max(a.low, b.low)
    ends = [h for h in (a.high, b.high) if h is not None]
    high = min(ends) if ends else None
    return None if high is not None and high < low else Interval(low, high)


def compare_quantities(a: Measured, b: Measured) -> tuple[Agreement, str]:
    """What two statements of one number say about each other, with a sentence for a reader.

    `narrower`: both can be true and one is the more precise. Order doesn't matter. Different units of one kind are
    converted, and then 5 % of rounding is allowed for; units of different kinds can't contradict each other.
    """
    a, b = sorted((a, b), key=lambda q: (q.low, q.high is None, q.high or 0.0, q.unit or ""))
    first, second = _comparable(a, b)
    if first is None or second is None:
        return (
            "consistent",
            f"“{say(a)}” and “{say(b)}” are counted in different units and can't be compared.",
        )
    agreement = _agreement(first, second)
    if (
        agreement == "contradicting"
        and a.unit != b.unit
        and common(_rounded(first), _rounded(second)) is not None
    ):
        agreement = "consistent"
    if agreement == "contradicting":
        return agreement, f"No number is both “{say(a)}” and “{say(b)}”."
    if agreement == "narrower":
        wide, fine = (a, b) if holds(first, second) else (b, a)
        return agreement, f"“{say(fine)}” is more precise than “{say(wide)}” and fits it."
    if (a.low, a.high, a.unit) == (b.low, b.high, b.unit):
        return agreement, f"Both say “{say(a)}”."
    return agreement, f"“{say(a)}” and “{say(b)}” can both be true."


def _comparable(a: Measured, b: Measured) -> tuple[Bounded | None, Bounded | None]:
    """The two in one unit; None where there is none."""
    if a.unit == b.unit:
        return a, b
    kind_a, kind_b = _FACTORS.get(a.unit or ""), _FACTORS.get(b.unit or "")
    if kind_a is None or kind_b is None or kind_a[0] != kind_b[0]:
        return None, None
    return _times(a, kind_a[1]), _times(b, kind_b[1])


def _times(q: Bounded, factor: float) -> Interval:
    return Interval(q.low * factor, None if q.high is None else q.high * factor)


def _rounded(q: Bounded) -> Interval:
    return Interval(q.low * (1 - _ROUNDING), None if q.high is None else q.high * (1 + _ROUNDING))


def _agreement(a: Bounded, b: Bounded) -> Agreement:
    if common(a, b) is None:
        return "contradicting"
    if (a.low, a.high) == (b.low, b.high) or not (holds(a, b) or holds(b, a)):
        return "consistent"
    return "narrower"


def say(q: Measured) -> str:
    """The interval in words: "43", "41 or more", "at most 5", "600 to 800", with its unit."""
    if q.high is None:
        words = f"{_digits(q.low)} or more"
    elif q.high == q.low:
        words = _digits(q.low)
    elif q.low <= 0:
        words = f"at most {_digits(q.high)}"
    else:
        words = f"{_digits(q.low)} to {_digits(q.high)}"
    return f"{words} {q.unit}" if q.unit and q.unit != "person" else words


def _digits(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.10g}"
