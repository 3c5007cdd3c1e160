"""What the head and the foot of a report say about it: outlet, byline, dateline, dates, credits, update notes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from twosource.clean.rules import LONGEST, tightened
from twosource.model import Credit, Furniture, Marked, Masthead, Report, Span
from twosource.read.written_dates import written_date
from twosource.text import normal, paragraphs, sentences

HEAD = 6  # lines in which a masthead is looked for
FOOT = 8
_NAME = r"[A-Z][\w'’.-]*"
_WORD = r"[A-Z][\w'’&-]*(?:\.\w+)*"
_DATELINE = re.compile(
    r"(?P<place>(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,4})(?:(?:, |/)(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d)[A-Z][\w.'’ -]{1,30}){0,2})?"
    r"(?:,? ?(?P<date>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?:, \d{4})?))?"
    r"(?: ?\((?P<code>[A-Za-z0-9 .'’/&-]{2,40})\))? ?(?:--+|—|–|―|-|:) ?(?=[\"“A-Z0-9‘'`])"
)
_NO_NAMES = {"all", "by", "our", "free", "new", "this", "the", "mobile", "latest"}
_DATE_FIRST = re.compile(r"\((?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})\) ?(?:--?|—|–|―)")
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Written by|Reported by|Story by):? (?P<names>{_NAME}(?: {_NAME}){{0,5}}(?:(?:, | and | & |, and ){_NAME}(?: {_NAME}){{0,3}}){{0,4}})(?P<rest>(?: ?[|,/–—-] ?| for | of ).{{2,80}})?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_STAMP = re.compile(
    r"(?:^|(?<=[\s(|•·])(?=(?-i:[A-Z])))(?P<what>(?:first |originally |last )?(?:posted|published|updated|modified)(?: on| at)?:?"
    r"|(?:created|filed|issued|date)(?: on| at)?:)[ |]*"
    rf"(?:\d{{1,2}}:\d\d ?(?:[ap]\.?m\.?)?,? ?(?:[A-Z]{{2,4}},? )?(?:on )?)?{_WEEKDAY}(?:the )?"
    r"(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.I | re.M,
)
_OWNER = re.compile(
    r"(?:copyright|©|\(c\)|&copy;)(?: ?©)?(?: ?(?:19|20)\d\d)?(?:[-–](?:19|20)\d\d)?,?(?: by)? (?P<who>[A-Z][\w.&'’ -]{1,50}?)(?: ?\(.{2,60}\))?(?: ?[-–—]+)?(?:[.,;] |\.?$| all rights)",
    re.I,
)
_PLUG = re.compile(
    r"(?:download|get|install|for|with) the (?P<who>[\w.&'’ -]{2,40}?) (?:mobile )?app\b", re.I
)
_WRITES_FOR = re.compile(
    rf"(?:{_NAME} ){{1,3}}{_NAME} (?:is|was) (?:a|an|the) [^.]{{0,60}}\b(?:reporter|writer|correspondent|journalist|editor|columnist)\b (?:for|at|with|of) (?:the )?(?P<who>{_WORD}(?: (?:(?:of|the|and|&) )?{_WORD}){{0,4}})"
)
_CONTRIBUTED = re.compile(
    r"(?P<who>[A-Z][^.!?\n]{1,200}?)(?:,? (?:also )?(?:contributed|provided|supplied)\b(?: (?:reporting|information|material|copy))?)(?: (?:to|for) (?:this|the) (?:report|story|article|piece)| (?:from|reporting)\b|\W*$)"
)
_FROM = re.compile(
    r"(?:with |additional |further |information |material |reporting |source: ?|via |files )(?:\w+ ){0,2}?(?:from|by|source: ?|via) (?:the )?(?P<who>[A-Z][^.!?\n()]{1,100})",
    re.I,
)
_PHOTO = re.compile(
    r"\((?P<who>[A-Z][\w .&'’-]{1,40}?)(?: file)? photo(?:/| by |: )[^()]{2,60}\)|(?:photo|image|picture)s?(?: credit| courtesy| by)?: ?(?P<also>[^\n|]{2,80})",
    re.I,
)


_BESIDE_DATE = re.compile(
    r"\d[\d.:]*(?:st|nd|rd|th|[ap]\.?m\.?)?|[ap]\.?m\.?|at|on|of|the|published|posted|gmt|utc|uk|[ecmpb][sd]?t|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?<=\d{4}),? (?:last )?updated(?: at| on)?\b.{0,40}$", re.IGNORECASE
)  # "22 July 2013 Last updated at 17:50"
_NAME_LINE = re.compile(r"(?:The )?[A-Z][\w’'&-]*(?: (?:of|and|&|the|for|[A-Z0-9][\w’'&-]*)){0,4}")


@lru_cache(maxsize=1)
def _table() -> dict[str, list[object]]:
    return tomllib.loads(files("twosource.clean").joinpath("masthead.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def agencies() -> dict[str, str]:
    """Every name that an agency signs with, as written there, to the name it is shown under."""
    return {
        str(name): str(names[0])
        for names in _table()["agencies"]
        if isinstance(names, list)
        for name in names
    }


@lru_cache(maxsize=1)
def _agency_pattern() -> re.Pattern[str]:
    names = sorted((n for n in agencies() if len(n) > 3), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r"|AP|AFP|UPI)(?!\w)")


@lru_cache(maxsize=1)
def _note_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _table()["notes"]), re.I | re.S)


def masthead(report: Report, marked: Sequence[Furniture] = ()) -> Masthead:
    """The masthead of a report; values that came with its metadata are not repeated here."""
    text = report.text
    lines = [s for s in paragraphs(text) if s.end - s.start <= 20 * LONGEST]
    edge = _edges(lines)
    dateline, date, code = _dateline(text, lines[:HEAD])
    stamps = _stamps(text, edge)
    byline = _byline(text, edge)
    day = _date_line(text, lines[:HEAD])
    outlet = (
        None
        if report.outlet
        else _outlet(text, marked, code) or _outlet_line(text, lines[:HEAD], byline, day)
    )
    own = report.outlet or (outlet.value if outlet else None) or report.url or ""
    return Masthead(
        outlet=outlet or _host(report),
        byline=None if report.byline else byline,
        dateline=dateline,
        published=None if report.published else stamps.get("published") or date or day,
        modified=None if report.modified else stamps.get("modified"),
        credits=tuple(_credits(text, lines, edge, code, own)),
        notes=tuple(_notes(text, lines)),
    )


def _edges(lines: Sequence[Span]) -> list[Span]:
    return list(lines) if len(lines) <= HEAD + FOOT else [*lines[:HEAD], *lines[-FOOT:]]


def _dateline(text: str, head: Sequence[Span]) -> tuple[Marked | None, Marked | None, Span | None]:
    """The place in capitals before the first dash, the date and the signature that stand with it."""
    for line in head:
        first = _DATE_FIRST.match(text, line.start, min(line.end, line.start + 60))
        if first:
            return None, _dated(first, "date"), None
        m = _DATELINE.match(text, line.start, min(line.end, line.start + 160))
        if not m or not (
            m.group("code")
            or m.group("date")
            or (
                m.group("place")
                and m.group(0)[-2:].strip() != ":"
                and m.group("place").isupper()
                and "-" not in m.group(0)[len(m.group("place")) :].strip(" -–—―")
            )
        ):
            continue
        place = Marked(m.group("place").strip(), Span(*m.span("place"))) if m.group("place") else None
        code = Span(*m.span("code")) if m.group("code") else None
        if code and not re.search("[A-Za-z]{2}", code.of(text)):
            code = None
        return place, _dated(m, "date"), code
    return None, None, None


def _dated(m: re.Match[str], group: str) -> Marked | None:
    value = written_date(m.group(group)) if m.group(group) else None
    return Marked(value, Span(*m.span(group))) if value else None


def _stamps(text: str, edge: Sequence[Span]) -> dict[str, Marked]:
    found: dict[str, Marked] = {}
    for line in edge:
        if line.end - line.start > LONGEST:
            continue
        labels = list(_STAMP.finditer(text, line.start, line.end))
        ends = [*(m.start() for m in labels[1:]), line.end]
        for m, end in zip(labels, ends, strict=False):
            span = Span(m.start(), min(end, m.end() + 60))
            value = written_date(text[m.end() : min(span.end, m.end() + 30)])
            kind = "modified" if re.search("updat|modif", m.group(), re.I) else "published"
            if value and kind not in found:
                found[kind] = Marked(value, span)
    return found


def _byline(text: str, edge: Sequence[Span]) -> Marked | None:
    for line in edge:
        if line.end - line.start > 160:
            continue
        m = _BYLINE.fullmatch(text, line.start, line.end)
        if m:
            return Marked(m.group("names"), Span(*m.span("names")))
    return None


def _date_line(text: str, head: Sequence[Span]) -> Marked | None:
    """The date that stands on a line of its own above the story."""
    for line in head:
        if line.end - line.start > LONGEST:
            continue
        said = _CHANGED.sub("", tightened(line.of(text)))
        if (
            len(said) <= 60
            and (value := written_date(said))
            and all(_BESIDE_DATE.fullmatch(w) for w in re.findall(r"\w[\w.]*", said))
        ):
            return Marked(value, line)
    return None


def _outlet_line(text: str, head: Sequence[Span], byline: Marked | None, day: Marked | None) -> Marked | None:
    """The outlet where its name heads the page, or stands on a line of its own next to the byline or the date."""
    if head and _NAME_LINE.fullmatch(text, head[0].start, head[0].end) and _is_paper(head[0].of(text)):
        return Marked(head[0].of(text), head[0])
    known = [m.span for m in (byline, day) if m and m.span]
    at = [n for n, line in enumerate(head) if any(line.overlaps(k) for k in known)]
    for n, line in enumerate(head[1:], 1):
        beside = any(abs(n - k) == 1 for k in at) and n not in at
        if beside and _NAME_LINE.fullmatch(text, line.start, line.end) and _agency(line.of(text)) is None:
            return Marked(line.of(text), line)
    return None


def _outlet(text: str, marked: Sequence[Furniture], code: Span | None) -> Marked | None:
    """Who published it, where the page's own furniture or the dateline's signature says so; an agency is a supplier."""
    for furniture in marked:
        for pattern, kinds in ((_OWNER, ("legal",)), (_PLUG, ("promo",)), (_WRITES_FOR, ("biography",))):
            m = (
                pattern.search(text, furniture.span.start, furniture.span.end)
                if furniture.kind in kinds
                else None
            )
            if m and _is_name(m.group("who")) and not _agency_pattern().search(m.group("who")):
                return Marked(_titled(m.group("who").strip()), Span(*m.span("who")))
    if code and _agency(code.of(text).split("/")[0]) is None:
        return Marked(code.of(text).split("/")[0].strip(), code)
    return None


def _is_paper(line: str) -> bool:
    """Whether a line is a name that ends as newspapers' names do ("Springfield Courier")."""
    row = normal(line).split()
    return len(row) > 1 and row[-1] in str(_table()["papers"]).split() and _agency(line) is None


def _is_name(who: str) -> bool:
    word = normal(who.strip())
    return bool(word) and "copyright" not in word and word not in _NO_NAMES


def _titled(name: str) -> str:
    """A name without its year; set in capitals, it is written as usual, save for abbreviations."""
    name = re.sub(r"^(?:19|20)\d\d |[ ,]*(?:19|20)\d\d$", "", name).strip()
    if not name.isupper() or " " not in name:
        return name
    return " ".join(
        w if len(w) <= 3 or w[0] in "WK" or not w.isalpha() else w.capitalize() for w in name.split()
    )


def _host(report: Report) -> Marked | None:
    """The site's name from the address, where nothing else names the outlet."""
    m = re.match(r"https?://(?:www\d?\.|m\.)?([\w.-]+)", report.url or "")
    return Marked(m.group(1).lower()) if m and not report.outlet else None


def _agency(name: str) -> str | None:
    name = name.strip()
    known = agencies()
    return known.get(name) or known.get(name.removeprefix("the ").removeprefix("The "))


def _credits(
    text: str, lines: Sequence[Span], edge: Sequence[Span], code: Span | None, own: str
) -> list[Credit]:
    found: dict[Span, Credit] = {}

    def add(name: str, span: Span, role: str) -> None:
        if not _same_outlet(name, own) and not any(s.overlaps(span) for s in found):
            found[span] = Credit(name, span, role)  # type: ignore[arg-type]

    if code:
        for part in code.of(text).split("/"):
            name = _agency(part)
            if name:
                add(name, code, "copy")
    for line in edge:
        if line.end - line.start > 2 * LONGEST:
            continue
        for m in _CONTRIBUTED.finditer(text, line.start, line.end):
            for a in _agency_pattern().finditer(text, *m.span("who")):
                add(agencies()[a.group()], Span(*a.span()), "contributed")
        if line.end - line.start > LONGEST:
            continue
        said = line.of(text)
        if re.search(r"copyright|©|\(c\)|^by\b|^BY\b|^source|\| ?$", said, re.I) or _agency(
            said.strip(" ()[]—–-*.")
        ):
            for a in _agency_pattern().finditer(text, line.start, line.end):
                add(agencies()[a.group()], Span(*a.span()), "copy")
        for m in _FROM.finditer(text, line.start, line.end):
            for a in _agency_pattern().finditer(text, *m.span("who")):
                add(agencies()[a.group()], Span(*a.span()), "contributed")
    for line in lines:
        if line.end - line.start <= LONGEST:
            for m in _PHOTO.finditer(text, line.start, line.end):
                for a in _agency_pattern().finditer(text, *m.span()):
                    add(agencies()[a.group()], Span(*a.span()), "photo")
    return [found[s] for s in sorted(found)]


def _same_outlet(name: str, own: str) -> bool:
    signs = [_squeezed(n) for n, shown in agencies().items() if shown == name]
    host = re.sub(r"https?://([^/]*).*", r"\1", own)
    mine = (
        {_squeezed(own), *(_squeezed(label) for label in host.split("."))}
        if "." in host
        else {_squeezed(own)}
    )
    return any(n in mine or (len(n) > 3 and any(m.startswith(n) for m in mine)) for n in signs)


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", normal(name).removeprefix("the "))


def _notes(text: str, lines: Sequence[Span]) -> list[Span]:
    found = []
    for line in _edges(lines):
        for part in [line] if line.end - line.start <= LONGEST else sentences(text, line)[:3]:
            if (
                part.end - part.start <= LONGEST
                and not _is_stamp(part.of(text))
                and _note_pattern().fullmatch(text, part.start, part.end)
            ):
                found.append(part)
    return found


def _is_stamp(said: str) -> bool:
    """Whether a line only says when: "Updated: May 3, 2021 - 6:54 PM" tells of no change."""
    return len(said) < 60 and _STAMP.match(said) is not None and written_date(said) is not None
