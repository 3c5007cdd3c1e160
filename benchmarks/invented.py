"""Invented reports to measure on: sentences that read like news, incidents of uneven size, copies where asked for.

Everything follows from the seed. A sentence is put together from a stock of openings, clauses and names that is large
enough that two reports share a run of words only where one was copied from the other.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

Row = dict[str, str]

TOWNS = (
    "Ellerton", "Marrow Bay", "Kestrel Point", "Dunholm", "Ashby Falls", "Port Alder", "Wexcombe", "Larchmere", "Stonegate", "Fenwick",
)  # fmt: skip
NAMES = (
    "Ida Brandt", "Omar Castell", "Ruth Vance", "Pavel Lund", "Nora Quill", "Theo Marsh", "Lena Okafor", "Sam Iver", "Greta Holt", "Max Tarn",
)  # fmt: skip
EVENTS = (
    "a barge struck the pier", "a warehouse burned down", "a bridge gave way", "a bus left the road", "a crane fell on a school",
)  # fmt: skip
LINES = (
    "{n} people were hurt when {event} in {town} on {day}, the fire service said.",
    "“We heard it before we saw it,” said {name}, who lives beside the water in {town}.",
    "{name}, the mayor of {town}, told reporters that {n} families had left their homes.",
    "The company that owns the site denied that safety rules had been broken.",
    "Police said either a failed brake or a loose cable may have caused it.",
    "“Nobody warned us, and nobody came until it was dark,” {name} said.",
    "According to the county, repairs will cost at least ${n} million and take until spring.",
    "A spokeswoman for the hospital in {town} said {n} patients had been sent home by {day}.",
    "Last year {event} in the same street, killing {n} people.",
    "Traffic was led around the quarter for the whole of {day}, and schools stayed closed.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def invented(reports: int, incidents: int, words: int = 500) -> list[Row]:
    """Near-alike reports from ten sentences: those of one incident share its town, people and event, and are said to be of it."""
    chance = random.Random(20)
    found = []
    for k in range(reports):
        own = random.Random(k % incidents)
        town, event, day = own.choice(TOWNS), own.choice(EVENTS), own.choice(DAYS[:5])
        lines: list[str] = []
        while sum(len(x.split()) for x in lines) < words:
            line = chance.choice(LINES)
            lines.append(
                line.format(
                    town=town, event=event, day=day, n=chance.randint(2, 40), name=chance.choice(NAMES)
                )
            )
        found.append(
            {
                "id": f"r{k}",
                "text": "\n\n".join(lines),
                "outlet": f"Outlet {k % 37}",
                "published": f"2025-03-{1 + k % 28:02}",
                "incident": f"i{k % incidents}",
            }
        )
    return found


_GIVEN = (
    "Ida Omar Ruth Pavel Nora Theo Lena Sam Greta Max Clara Hugo Anna Victor Emma Martin Laura Daniel Helen Peter Maria Simon Julia "
    "Thomas Sarah Robert Alice George Rachel Frank Diana Oscar Irene Walter Judith Carl Monica Arthur Teresa Leon"
).split()
_HEADS = "Brand Cast Van Lun Quil Mar Okaf Iver Hol Tar Wex Ald Fen Dun Ash Kest Lar Ston Elling Rother Hask Brom Cald Wint Thorn Pell Gar Mor Nes Sed".split()
_FAMILY = "t ell ce d lby sh or son man berg ley ter ow wick ford gate mere by ham stead".split()
_PLACE = "ton ham bury ford mouth port field bridge wick dale".split()
_THINGS = (
    "bridge warehouse ferry tanker factory tower mine depot dam tunnel refinery station market clinic silo barracks stadium archive quarry "
    "pipeline convoy hangar jetty school museum prison brewery substation sawmill courthouse"
).split()
_DONE = "damaged destroyed closed flooded burned searched sealed evacuated struck inspected looted shut abandoned rebuilt".split()
_ROLES = (
    "mayor", "police chief", "fire commander", "harbour master", "deputy minister", "union leader", "hospital director", "council member",
    "army spokesman", "company spokeswoman", "district judge", "relief coordinator", "chief engineer", "prosecutor",
)  # fmt: skip
_PEOPLE = "workers passengers residents soldiers miners pupils drivers nurses farmers prisoners tourists firefighters sailors guards families".split()
_HURT = "injured killed trapped rescued missing evacuated detained hospitalised questioned stranded".split()
_SAID = "said|told reporters|said in a statement|told the council|wrote|announced|warned|insisted|acknowledged|testified".split(
    "|"
)
_BODIES = "Transport Ministry|Interior Ministry|Coast Guard|Fire Brigade|Harbour Board|Rail Authority|Labour Inspectorate|Red Lantern Relief|Northern Command|Energy Agency|Water Board|Public Prosecutor".split(
    "|"
)
_CAUSES = (
    "valve wiring boiler brake cable engine pump signal battery axle rudder gate beam pylon compressor crane turbine ceiling chimney detonator"
).split()
_FAULTS = "failed faulty overloaded rusted frozen leaking cracked misplaced burning missing worn untested blocked loose broken".split()
_ADVERBS = "slowly badly partly nearly quickly openly twice again reportedly suddenly largely quietly".split()
_KINDS = (
    "old new northern southern eastern western narrow empty crowded wooden private public former local foreign young elderly retired "
    "seasonal nearby distant historic disused temporary second third central remote unfinished municipal military civilian regional "
    "coastal rural industrial abandoned fenced busy small large famous rented insured licensed unlicensed striking exhausted volunteer"
).split()
_QUOTES = (
    "we {adverb} left {a_thing} with {some}", "nobody told {name2} about {cause}", "{some} stood near {a_thing}", "I saw {a_thing} {done} {when}",
    "{a_thing} was never {adverb} {done}", "let {body} explain {cause}", "{some} are {adverb} {hurt}", "{town2} knows {cause} and {a_thing}",
    "my {kind} brother {adverb} carried {some}", "ask {name2} why {some} left {a_thing}",
)  # fmt: skip
_CLAUSES = (
    "{some} were {hurt} {where}", "{a_thing} had been {adverb} {done} {when}", "{cause} had {adverb} {done} {a_thing}", "{name2} was {hurt} {where} {when}",
    "{a_thing} needs ${n} million", "{body} had ignored {cause} at {a_thing}", "at least {some} remained {hurt}",
    "{a_thing} {where} was {done} by {cause}", "{some} from {town2} {adverb} left {when}", "{body} would send {some} to {town2}",
    "{some} met {name2} {where}", "{a_thing} was {adverb} sold to {name2}", "{town2} lost {a_thing} {when}",
)  # fmt: skip
_SENTENCES = (
    "{name}, the {role} of {town}, {said} {when} that {clause}.", "“{quote},” said {name}, a {kind} {role} from {town2}.", "{body} {said} that {clause}, but {name2} disputed it.",
    "{clause}, according to {body}.", "{name} denied that {clause}.", "{body} denied {when} that {clause}.", "{clause} and {clause2}.",
    "“{quote},” {name} {said}. “{quote2}.”", "Whether {clause}, {name} could not say.", "{when}, {clause}, while {clause2}.",
    "Officials of {body} {adverb} believe {cause} may have {done} {a_thing}.", "{name} asked why {clause}.",
    "{name} told {body} that {clause}.", "Near {town2}, {some} {adverb} waited for {name2}.", "{clause} after {a_thing} {where} was {done}.",
)  # fmt: skip

_PARTS = (("clause", _CLAUSES), ("clause2", _CLAUSES), ("quote", _QUOTES), ("quote2", _QUOTES))


class _Incident:
    """What the reports of one incident have in common."""

    def __init__(self, dice: random.Random) -> None:
        self.town, self.other = _town(dice), _town(dice)
        self.people = [_person(dice) for _ in range(5)]
        self.bodies = [_body_of(dice) for _ in range(3)]
        self.things = dice.sample(_THINGS, 2)
        self.cause = _cause(dice)
        self.day = dice.randrange(360)
        self.count = dice.randint(2, 90)

    def sentence(self, dice: random.Random) -> str:
        """One sentence about it, three in ten beside it."""
        beside = dice.random() < 0.3
        form = dice.choice(_SENTENCES)
        parts = {
            name: dice.choice(forms).format(**self._slots(dice, beside))
            for name, forms in _PARTS
            if f"{{{name}}}" in form
        }
        told = {k: _capital(v) if k.startswith("quote") else v for k, v in parts.items()}
        return _capital(form.format(**self._slots(dice, beside), **told))

    def _slots(self, dice: random.Random, beside: bool) -> dict[str, str]:
        """What stands in the gaps of a sentence."""
        number = self.count if dice.random() < 0.2 else dice.randint(2, 900)
        clock = f"at {dice.randint(1, 12)}:{dice.randrange(60):02} {dice.choice(('am', 'pm'))}"
        return {
            "n": str(number), "kind": dice.choice(_KINDS), "cause": _cause(dice) if beside else self.cause,
            "name": dice.choice(self.people), "name2": _person(dice) if beside else dice.choice(self.people),
            "town": self.town, "town2": _town(dice) if beside else self.other,
            "a_thing": f"the {dice.choice(_KINDS)} {dice.choice(_THINGS if beside else self.things)}",
            "some": f"{number} {dice.choice(_KINDS)} {dice.choice(_PEOPLE)}",
            "body": _body_of(dice) if beside else dice.choice(self.bodies),
            "role": dice.choice(_ROLES), "hurt": dice.choice(_HURT), "done": dice.choice(_DONE),
            "said": dice.choice(_SAID), "adverb": dice.choice(_ADVERBS),
            "when": f"on {dice.choice(DAYS)}" if dice.random() < 0.5 else clock,
            "where": f"{dice.choice(('in', 'near', 'outside', 'behind'))} {self.town}",
        }  # fmt: skip


def archive(
    reports: int, *, copies: float = 0.3, words: int = 300, seed: int = 1, told: bool = False
) -> Iterator[Row]:
    """Rows of JSON Lines: incidents of one report and up to sixty, most of them small; that share of the reports are copies.

    A copy is an earlier report of the same incident in another outlet: as it was, cut, or with words of its own before it.
    One original in five is a wire story, and those are copied eight times as often as the others. `told`: each row says under
    `about` which incident it is of.
    """
    dice = random.Random(f"{seed} {reports} {copies} {words}")
    originals = max(1, round(reports * (1 - copies)))
    held: list[tuple[int, _Incident, list[str]]] = []
    number = 0
    while len(held) < originals:
        incident = _Incident(dice)
        for _ in range(min(_size(dice), originals - len(held))):
            held.append((number, incident, _body(incident, dice, words)))
        number += 1
    weights = list(accumulate(8.0 if n % 5 == 0 else 1.0 for n in range(len(held))))
    for _ in range(reports - originals):
        number, incident, body = held[dice.choices(range(originals), cum_weights=weights)[0]]
        held.append((number, incident, _copied(incident, body, dice)))
    for n, (number, incident, body) in enumerate(held):
        paragraphs = [" ".join(body[at : at + 3]) for at in range(0, len(body), 3)]
        day = incident.day + dice.randrange(2)
        row = {
            "id": f"r{n:07}",
            "text": "\n\n".join(paragraphs),
            "outlet": f"Outlet {dice.randrange(400)}",
            "published": f"2025-{day // 30 % 12 + 1:02}-{day % 28 + 1:02}",
        }
        yield row | {"about": f"i{number}"} if told else row


def _size(dice: random.Random) -> int:
    """How many originals an incident has: a half has one, one in forty twenty and more."""
    return min(60, int(dice.random() ** (-1 / 1.2)))


def _body(incident: _Incident, dice: random.Random, words: int) -> list[str]:
    body, count = [], 0
    while count < words:
        body.append(incident.sentence(dice))
        count += len(body[-1].split())
    return body


def _copied(incident: _Incident, body: list[str], dice: random.Random) -> list[str]:
    kind = dice.random()
    if kind < 0.5:
        return list(body)
    if kind < 0.8:
        return body[: max(1, len(body) * 2 // 3)]
    own = [incident.sentence(dice) for _ in range(max(1, len(body) // 4))]
    return own + body[: len(body) - len(own)]


def _person(dice: random.Random) -> str:
    return f"{dice.choice(_GIVEN)} {dice.choice(_HEADS)}{dice.choice(_FAMILY)}"


def _town(dice: random.Random) -> str:
    return f"{dice.choice(_HEADS)}{dice.choice(_PLACE)}"


def _body_of(dice: random.Random) -> str:
    return f"the {_town(dice)} {dice.choice(_BODIES)}"


def _cause(dice: random.Random) -> str:
    return f"a {dice.choice(_FAULTS)} {dice.choice(_CAUSES)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
