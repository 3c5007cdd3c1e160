"""Plain English for what the records say: dates, counts, statuses; and hostile characters made harmless."""

from __future__ import annotations

import re

from twosource.model import Place

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_EDTF = re.compile(
    r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?(?:T([0-9]{2}:[0-9]{2})(?::[0-9.]+)?\S*)?([?~%])?"
)

# Controls that reorder or rewrite what is seen: C0 and C1 but tab and line feed, the bidirectional embeddings,
# overrides and isolates (Unicode TR 9; "Trojan Source", CVE-2021-42574), language tags, lone surrogates.
_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)

STATUS = {
    "single_origin": "one origin",
    "corroborated": "more than one origin found",
    "disputed": "disputed",
    "reporter_only": "no source named",
}
STATUS_MEANS = {
    "single_origin": "Everything that these reports say about it goes back to one origin, however many carried it.",
    "corroborated": "More than one origin was found that did not, as far as the texts show, get it from another. "
    "That is a finding about texts, not a proof that it is true.",
    "disputed": "At least one origin denies or contradicts this very claim.",
    "reporter_only": "Reports say it in their own voice and name nobody it comes from.",
}
NATURE = {
    "contradiction": "cannot both be right",
    "update": "later news replaces earlier",
    "precision": "one is more exact",
    "variant": "two forms of the same",
}
KIND = {
    "quantity": "How many",
    "time": "When",
    "place": "Where",
    "name": "Name",
    "responsibility": "Who is responsible",
    "occurrence": "Whether it happened",
    "certainty": "How sure",
    "attribution": "Who said it",
    "quotation": "How a quote is given",
    "other": "Other",
}
RELATION = {
    "same_text": "the same text",
    "revised": "another version by the same outlet",
    "shared_text": "shares running text",
    "shared_source": "own words, same origin",
    "independent": "independent",
}
CERTAINTY = {"asserted": "stated as fact", "assessed": "an assessment", "possible": "said to be possible"}
BASIS = {
    "witnessed": "saw or heard it",
    "documented": "a document or record",
    "assessed": "an assessment",
    "relayed": "passed on from somebody else",
    "unstated": "how they know is not said",
}
ROLE = {"part_of": "is part of", "speaks_for": "speaks for"}
TARGET = {
    "claim": "denied by",
    "premise": "what this presupposes is denied by",
    "related": "something related is denied by",
}


def harmless(text: str | None) -> str:
    """The text with every control that could reorder, hide or rewrite what a reader sees made a visible mark."""
    return _HOSTILE.sub("\ufffd", text or "")


def one_line(text: str | None) -> str:
    """The text on one line, harmless, its quotation marks as people write them."""
    return marks(" ".join(harmless(text).split()))


_LOOSE_OWNER = re.compile(r"(?<=[a-z]s) '(?= [a-z])")  # "the owners ' office", as tokenizers write it


def marks(text: str) -> str:
    """Quotation marks of two backquotes and two apostrophes (Penn Treebank, LaTeX) as one mark each, owners' as people write them."""
    text = _LOOSE_OWNER.sub("'", text) if " ' " in text else text
    if "``" not in text and "''" not in text:
        return text
    return re.sub(r"\s?''", "”", re.sub(r"``\s?", "“", text))


def in_words(n: int) -> str:
    """A count as a word up to twelve, else in figures."""
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else str(n)


def count(n: int, noun: str, plural: str | None = None) -> str:
    """`1 report`, `4 reports`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def listed(items: list[str], last: str = "and") -> str:
    """Items in a row of prose: `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def around(text: str, value: str, words: int) -> tuple[str, str, str]:
    """What stands before the value, the value, and what stands after it, in about that many words; no value where it isn't in the text."""
    found = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE) if value else None
    if found is None:
        return clipped(text, words), "", ""
    at, end = found.span()
    before, after = text[:at].split(), text[end:].split()
    left = min(len(before), max(words // 2, words - len(after)))
    right = min(len(after), words - left)
    lead = " ".join(before[len(before) - left :])
    tail = " ".join(after[:right])
    gap_before = " " if at > 0 and text[at - 1].isspace() else ""
    gap_after = " " if text[end : end + 1].isspace() else ""
    return (
        ("… " if left < len(before) else "") + lead + (gap_before if lead else ""),
        found[0],
        (gap_after if tail else "") + tail + (" …" if right < len(after) else ""),
    )


def inside_quotes(text: str) -> str:
    """Words for inside double quotation marks: their own double marks become single."""
    swapped = re.sub(r'(?<!\w)"(?=\S)', "‘", marks(text))
    return swapped.replace('"', "’").replace("“", "‘").replace("”", "’")


_ABBREVIATED = re.compile(r"(?:\.|\b)\w$")


def without_stop(text: str) -> str:
    """Words without the full stop that ends their sentence; that of "p.m." is the word's own and stays."""
    bare = text.rstrip(".")
    return text if _ABBREVIATED.search(bare[-3:]) and len(bare) > 1 else bare


def clipped(text: str, words: int) -> str:
    """At most that many words, with an ellipsis where some were left off."""
    parts = text.split()
    return " ".join(parts) if len(parts) <= words else " ".join(parts[:words]) + " …"


def date_in_words(edtf: str | None) -> str:
    """An EDTF date as a person writes it; what it leaves unknown is said, what cannot be read is given as it is."""
    if not edtf or not edtf.strip():
        return "not said in the reports"
    start, slash, end = edtf.partition("/")
    if slash and all(x in ("", "..") or _EDTF.fullmatch(x) for x in (start, end)):
        if start in ("", ".."):
            return f"until {date_in_words(end)}"
        if end in ("", ".."):
            return f"from {date_in_words(start)} on"
        return f"{date_in_words(start)} to {date_in_words(end)}"
    m = _EDTF.fullmatch(edtf)
    return _one_date(m) if m else one_line(edtf)


def _one_date(m: re.Match[str]) -> str:
    year, month, day, time, doubt = m.groups()
    named = ""
    if month and month.isdigit():
        named = _SEASONS.get(month) or (_MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else "")
        if day and day.isdigit():
            named = f"{int(day)} {named}"
    if year == "XXXX":
        said = f"{named} (year not given)" if named else "year not given"
    elif "X" in year:
        said = f"{named} {year.replace('X', '0')}s".strip()
    else:
        said = f"{named} {year}".strip()
    if time:
        said += f", {time}"
    return {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(doubt or "", "") + said


def place_name(place: Place) -> str:
    """A place with the larger ones that it lies in, none twice in a row: "Town, Region, Country"."""
    return without_repeats(one_line(place.full_name or place.name))


def without_repeats(name: str) -> str:
    """A name whose parts between commas don't repeat the one before."""
    parts = [p.strip() for p in name.split(",")]
    return ", ".join(p for i, p in enumerate(parts) if i == 0 or p != parts[i - 1])


_UNNAMED = re.compile(r"(unnamed|unidentified|anonymous) (?:an?other |the |an? |one )?", re.IGNORECASE)
_HEAD_OF = re.compile(
    r"[\w'’.-]+(?=$|,| (?:of|for|from|in|at|with|to|on|by|who|that|close|familiar|inside|near)\b)"
)
_VOWEL = re.compile(r"(?:[aeio]|u(?!n(?:i(?!n|m|d)|a(?:n|r))|s))", re.IGNORECASE)


def with_article(words: str) -> str:
    """One person or thing that a phrase describes, with "a" or "an" before it."""
    return f"{'an' if _VOWEL.match(words) else 'a'} {words}" if words else words


def unnamed_in_words(who: str) -> str:
    """An unnamed source as prose: "unnamed official" as "an unnamed official"; several keep no article."""
    m = _UNNAMED.match(who)
    if not m:
        return who
    rest = who[m.end() :]
    head = _HEAD_OF.search(rest)
    noun = head[0].casefold() if head else ""
    several = noun in ("people", "police", "men", "women", "children") or (
        noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    )
    said = f"{m[1].lower()} {rest[:1].lower() + rest[1:] if rest[1:2].islower() and several else rest}"
    return said if several else with_article(said)


def bounds(low: int, high: int | None) -> str:
    """A toll with its bounds: `3`, `3 to 5`, `at least 40`."""
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
