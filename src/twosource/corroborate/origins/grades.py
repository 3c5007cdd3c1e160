"""The number that the Admiralty system would give a claim, suggested from what the texts show.

After NATO's AJP-2.1 (source A to F, information 1 to 6): 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful,
5 improbable, 6 cannot be judged. The letter stays F until a person sets it, since reliability needs a track record.
"""

from __future__ import annotations

from collections.abc import Sequence

from twosource.model import Backing, Grade, Origin

_FIRST_HAND = ("witnessed", "documented")
_NAMED = ("person", "organisation", "document")


def grade(backing: Backing, against: Sequence[Origin], *, suspected: bool) -> Grade:
    """The suggested grade of a claim with that backing.

    `against` are those who deny the claim itself, `suspected` says that its origins may rest on one unknown source. What
    is only said to be possible is never more than possibly true, and a denial is never overlooked.
    """
    number, why = _number(backing, against, suspected)
    if number < 3 and backing.certainty == "possible":
        return Grade("F", 3, f"only said to be possible, by {_count(backing)}")
    return Grade("F", number, why)


def _number(b: Backing, against: Sequence[Origin], suspected: bool) -> tuple[int, str]:
    named = [o for o in b.origins if o.kind != "reporter"]
    if not named or b.independent_origins == 0:
        if against or b.status == "disputed":
            return 5, "denied, and nobody is named who says so"
        return 6, "nobody is named who says so"
    if b.status == "disputed":
        return _contested(b, against)
    first_hand = next((o for o in named if o.basis in _FIRST_HAND), None)
    if b.independent_origins >= 2:
        return 1, f"{_count(b)} say so and nobody denies it"
    if suspected:
        return 3, "the reports may rest on one unknown source"
    if b.certainty == "assessed":
        return 3, f"a judgement of {_count(b)}, which nothing else confirms"
    if sum(o.kind in _NAMED for o in named) >= 2:
        return 2, "more than one named origin, but not certain to be independent, and nobody denies it"
    if first_hand is not None and len(named) == 1:
        return 3, f"one origin, {_BASIS[first_hand.basis]}, which nothing else confirms or denies"
    return 3, "one origin, which nothing else confirms or denies"


_BASIS = {"witnessed": "who perceived it", "documented": "on paper or in a recording"}


def _contested(b: Backing, against: Sequence[Origin]) -> tuple[int, str]:
    shown = next((o for o in against if o.basis in _FIRST_HAND), None)
    own = [o for o in b.origins if o.kind != "reporter" and o.basis in _FIRST_HAND]
    if shown is not None and not own and b.independent_origins < 2:
        who = f" by {shown.who}" if shown.who else ""
        return 5, f"contradicted{who} with what was {_SEEN[shown.basis]}"
    if b.independent_origins >= 2:
        return 3, f"{_count(b)} say so, but it is denied"
    return 4, "one origin says so and another denies it"


_SEEN = {"witnessed": "seen or heard", "documented": "recorded"}


def _count(b: Backing) -> str:
    n = b.independent_origins
    return f"{n} independent origin{'s' * (n != 1)}"
