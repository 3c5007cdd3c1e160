"""The shape of a number with the words that bound it, and the interval that they set."""

from __future__ import annotations

import re
from functools import lru_cache

from twosource.annotate.quantities.counting import any_of, words
from twosource.text.numbers import CARDINAL, parse_number

_ABOUT = 0.1  # "about 40" is taken for 36 to 44


@lru_cache(maxsize=1)
def shape() -> re.Pattern[str]:
    """One expression for all numbers that may count something; its groups name the bounds."""
    lists = words()
    hedges = "|".join(f"(?P<{kind}>{any_of(forms)})" for kind, forms in lists["hedges"].items())
    after = "|".join(f"(?P<{kind}_after>{any_of(forms)})" for kind, forms in lists["after"].items())
    money = any_of(lists["money"])
    unit = any_of(f for forms in lists["units"].values() for f in forms)
    number = rf"(?:(?P<money>{money})\s?)?(?P<a>{CARDINAL})(?:\s*(?P<join>to|-|–|—|or|and)\s*(?:{money}\s?)?(?P<b>{CARDINAL}))?"
    return re.compile(
        rf"(?<![\w$€£/.:#-])(?P<quantity>(?P<lead>between\s+|from\s+)?(?:(?:{hedges})\s+)?(?:(?P<share>{any_of(lists['shares'])})(?=\s+(?:of|the)\b)|"
        rf"(?P<vague>{any_of(lists['vague'])})\b(?!-)|(?P<negative>no|zero|without)(?=\s+(?:casualties|deaths|injuries|fatalities|other|people|injured|victims|survivors|"
        rf"arrests|civilians|civilian|reports|immediate|known|loss)\b)|(?P<nobody>nobody|no[\s-]one|none)\b|{number})"
        rf"(?![\w/]|[.:,]\d)(?:\s*-?(?:{after})(?!\w))?)(?:[\s-]*(?P<unit>{unit})(?!\w))?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _unit_names() -> dict[str, str]:
    return {form: unit for unit, forms in words()["units"].items() for form in forms}


def unit_of(m: re.Match[str]) -> str | None:
    """The unit that a match names, if any."""
    if m["money"]:
        return str(next(v for k, v in words()["money"].items() if k.lower() == m["money"].lower()))
    if m["share"]:
        return "percent"
    if not m["unit"]:
        return None
    return _unit_names().get(" ".join(m["unit"].lower().replace("-", " ").split()))


def bounds_of(m: re.Match[str]) -> tuple[float, float | None, str] | None:
    """The interval that the words of a match set, and the sentence that says why."""
    groups = m.groupdict()
    said = " ".join(m["quantity"].split())
    if groups["negative"] or groups["nobody"]:
        return 0.0, 0.0, f"“{said}” is none"
    if groups["vague"]:
        low, high = words()["vague"][" ".join(groups["vague"].lower().replace("-", " ").split())]
        first, last = float(low), float(high)
        why = f"“{said}” is taken for {low:,} to {high:,}"
    elif groups["share"]:
        first = last = float(words()["shares"][" ".join(groups["share"].lower().replace("-", " ").split())])
        why = f"“{said}” as a share"
    else:
        a, b = parse_number(groups["a"]), parse_number(groups["b"]) if groups["b"] else None
        if a is None:
            return None
        if b is not None:
            pair = _pair(m, a, b)
            if pair is None:
                return None
            first, last = pair
        else:
            first = last = a
        why = f"“{said}” as the text gives it"
    bounded = next(
        (
            k
            for k in (
                "above",
                "least",
                "below",
                "most",
                "nearly",
                "about",
                "least_after",
                "most_after",
                "about_after",
            )
            if groups[k]
        ),
        None,
    )
    if bounded is None:
        return first, last, why
    low_high = _bounded(bounded.removesuffix("_after"), first, last, whole=unit_of(m) is None)
    return (*low_high, f"“{said}” sets a bound")


def _pair(m: re.Match[str], a: float, b: float) -> tuple[float, float] | None:
    join = (m["join"] or "").lower()
    scaled = re.search(r"(hundred|thousand|million|billion|trillion|dozen)\s*$", m["b"] or "", re.IGNORECASE)
    if scaled and a < 1000 and not re.search(r"[a-z]{5,}$", (m["a"] or "").strip(), re.IGNORECASE) and a < b:
        a *= parse_number("one " + scaled[1]) or 1  # "two to three million"
    if join == "and" and not (m["lead"] or "").lower().startswith("between"):
        return None
    if b <= a:
        return None
    return a, b


def _bounded(kind: str, first: float, last: float, *, whole: bool) -> tuple[float, float | None]:
    """The bounds that a hedge sets; "more than 40" people are 41 or more, more than 40 miles may be 40.1."""
    step = 1.0 if whole and first.is_integer() and last.is_integer() else 0.0
    if kind == "above":
        return first + step, None
    if kind == "least":
        return first, None
    if kind == "below":
        return 0.0, max(0.0, last - step)
    if kind == "most":
        return 0.0, last
    if kind == "nearly":
        return _round_out(first * (1 - _ABOUT), down=True, whole=bool(step)), max(0.0, last - step)
    return _round_out(first * (1 - _ABOUT), down=True, whole=bool(step)), _round_out(
        last * (1 + _ABOUT), down=False, whole=bool(step)
    )


def _round_out(value: float, *, down: bool, whole: bool) -> float:
    if not whole:
        return round(value, 6)
    value = round(value, 6)
    floor = float(int(value))
    return floor if down or value == floor else floor + 1
