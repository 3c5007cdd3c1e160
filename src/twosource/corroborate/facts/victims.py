"""One sentence as a tree, read for those who are killed, hurt or struck in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from twosource.corroborate.facts.fates import Casualty, Fate, Lexicon
from twosource.model import Token
from twosource.text import normal
from twosource.text.numbers import ORDINALS, parse_number

# People are named by what they do: "baker", "gardener", "teacher", "cyclist", "musician", "fisherman", "trainee".
_TRADE = re.compile(r"(?:er|or|ist|ian|man|woman|ant|ee|eer|ster)$")
_SELVES = frozenset({"himself", "herself", "itself", "self"})
_OTHERS = frozenset({"other", "others", "another", "more"})
_VAGUE = frozenset(
    "themselves it everyone anyone someone somebody that this what they them we us i you".split()
)
_NOBODY = frozenset({"no", "nobody", "none", "neither", "nor"})


def _after_dateline(tokens: Sequence[Token]) -> int:
    """Where a sentence begins after "TOWN, State (Agency) — "."""
    if not tokens or not tokens[0].text.isupper() or len(tokens[0].text) < 2:
        return 0
    dash = [n for n, t in enumerate(tokens[:14]) if re.fullmatch(r"[–—-]{1,2}|>>|:", t.text)]
    return dash[0] + 1 if dash else 0


class Victims:
    """The words of one sentence as a tree."""

    def __init__(self, tokens: Sequence[Token], lex: Lexicon) -> None:
        self.tokens = tokens
        self.lex = lex
        self.begins = _after_dateline(tokens)
        self.deadly = any(t.lemma.lower() in lex.kill or t.text.lower() in lex.dead_words for t in tokens)
        self.children: list[list[int]] = [[] for _ in tokens]
        for n, t in enumerate(tokens):
            if t.head != n:
                self.children[t.head].append(n)

    def at(self, n: int) -> list[Casualty]:
        """What the word at n says of casualties."""
        t = self.tokens[n]
        lemma = t.lemma.lower()
        if t.pos in ("VERB", "AUX") or t.tag.startswith("VB"):
            return self._verb(n, lemma)
        if t.pos in ("ADJ", "NOUN", "PROPN", "ADV") or t.tag.startswith("JJ"):
            return self._state(n, lemma)
        return []

    # ---------------------------------------------------------------- verbs

    def _verb(self, n: int, lemma: str) -> list[Casualty]:
        fate = self._fate(n, lemma)
        if fate is None or self._unreal(n) or self._negated(n):
            return []
        found = [c for v in self._victims(n, lemma) for c in self._people(v, fate)]
        if lemma in self.lex.take and self.deadly:
            # Told beside the dead: those taken to hospital are others, so the dead are not subtracted from them.
            return [replace(c, fate="injured") if c.counted and c.rest else c for c in found]
        return found

    def _victims(self, n: int, lemma: str) -> list[int]:
        """The nouns that a verb of harm happens to: the subject of dying or of a passive, else the object."""
        if lemma in self.lex.die or lemma in self.lex.suffer:
            return self._related(n, ("nsubj", "nsubjpass"))
        t = self.tokens[n]
        if t.dep == "acl" and t.tag == "VBN":
            return [t.head]
        if t.tag == "VBN" and self._passive(n):
            return self._related(n, ("nsubjpass", "nsubj"))
        objects = [c for c in self.children[n] if self.tokens[c].dep in ("dobj", "obj")]
        objects += [
            c
            for c in self.children[n]
            if c > n and self.tokens[c].text.lower() in _SELVES and c not in objects
        ]
        left = t.dep == "ccomp" and self.tokens[t.head].lemma.lower() in self.lex.leave
        if not objects and (t.tag == "VBN" or left):
            return self._related(n, ("nsubjpass", "nsubj"))
        return objects or self._related(n, ("dobj", "obj"))

    def _fate(self, n: int, lemma: str) -> Fate | None:
        lex = self.lex
        if lemma in lex.kill or lemma in lex.die:
            return "killed"
        if lemma in lex.hurt:
            return "killed" if self._fatally(n) else "injured"
        if lemma in lex.hit:
            if self._fatally(n):
                return "killed"
            joined = [c for c in self.children[n] if self.tokens[c].dep == "conj" and not self._subjects(c)]
            if any(self.tokens[c].lemma.lower() in lex.kill for c in joined):
                return "killed"
            if lemma in lex.weak and not self._armed(n):
                return None
            return "struck"
        if (
            lemma in lex.take
            and self._passive(n)
            and self._under(n, {"hospital", "hospitals", "center", "trauma"})
        ):
            return "struck"
        if lemma in lex.suffer and self._under(n, {"wound", "wounds", "injury", "injuries"}):
            return "killed" if self._under(n, {"fatal", "mortal"}) else "struck"
        return None

    def _subjects(self, n: int) -> list[int]:
        return [c for c in self.children[n] if self.tokens[c].dep in ("nsubj", "nsubjpass")]

    def _under(self, n: int, wanted: set[str]) -> bool:
        """Whether one of the words hangs within three steps below."""
        level = [n]
        for _ in range(3):
            level = [c for at in level for c in self.children[at]]
            if any(self.tokens[c].text.lower() in wanted for c in level):
                return True
        return False

    def _fatally(self, n: int) -> bool:
        near = [
            c
            for c in self.children[n]
            if self.tokens[c].dep in ("advmod", "acomp", "oprd", "prep", "xcomp", "ccomp", "amod")
        ]
        deeper = [g for c in near if self.tokens[c].dep == "prep" for g in self.children[c]]
        return any(self.tokens[c].text.lower() in self.lex.fatal for c in near + deeper)

    def _armed(self, n: int) -> bool:
        return (
            any(t.lemma.lower() in self.lex.weapons for t in self.tokens)
            or self.tokens[n].lemma.lower() == "gun"
        )

    def _passive(self, n: int) -> bool:
        return any(self.tokens[c].dep in ("auxpass", "nsubjpass") for c in self.children[n]) or (
            self.tokens[n].dep == "conj" and self._passive_head(n)
        )

    def _passive_head(self, n: int) -> bool:
        head = self.tokens[n].head
        return head != n and any(self.tokens[c].dep in ("auxpass", "nsubjpass") for c in self.children[head])

    def _negated(self, n: int) -> bool:
        return any(
            self.tokens[c].dep == "neg" or self.tokens[c].text.lower() in ("not", "n't", "never")
            for c in self.children[n]
        )

    def _unreal(self, n: int) -> bool:
        if any(
            self.tokens[c].dep == "aux" and self.tokens[c].lemma.lower() in self.lex.modal
            for c in self.children[n]
        ):
            return True
        t = self.tokens[n]
        head = self.tokens[t.head]
        if t.dep == "xcomp" and head.lemma.lower() in self.lex.unreal:
            return True
        return t.dep == "advcl" and any(self.tokens[c].text.lower() == "if" for c in self.children[n])

    def _related(self, n: int, deps: tuple[str, ...]) -> list[int]:
        """The words in those relations to a verb; a verb joined by "and" has those of the one before it."""
        for _ in range(4):
            found = [c for c in self.children[n] if self.tokens[c].dep in deps]
            if found:
                return [self._antecedent(c) for c in found]
            if self.tokens[n].dep in ("conj", "xcomp") and self.tokens[n].head != n:
                n = self.tokens[n].head
            else:
                break
        if self.tokens[n].dep in ("acl", "relcl"):
            return [self.tokens[n].head]
        return []

    def _antecedent(self, n: int) -> int:
        """ "who" stands for the noun that its clause hangs on."""
        if self.tokens[n].text.lower() in ("who", "that", "which"):
            verb = self.tokens[n].head
            if self.tokens[verb].dep == "relcl":
                return self.tokens[verb].head
        return n

    # ---------------------------------------------------------------- states and nouns

    def _state(self, n: int, lemma: str) -> list[Casualty]:
        lex, t = self.lex, self.tokens[n]
        word = t.text.lower()
        if word in lex.dead_words or (word in lex.hurt_words and t.pos != "NOUN"):
            fate: Fate = "killed" if word in lex.dead_words else "injured"
            found = [c for v in self._holders(n) for c in self._people(v, fate)]
            return found[:1] if t.dep == "amod" else found
        if word == "condition" and any(
            self.tokens[c].text.lower() in lex.conditions for c in self.children[n]
        ):
            return self._in_condition(n)
        if lemma in lex.dead_nouns and t.pos in ("NOUN", "PROPN"):
            return self._deaths(n) or self._one_death(n)
        if lemma in ("shooting", "stabbing") and t.pos in ("NOUN", "VERB"):
            return self._of(n, "struck")
        if lemma == "victim" and any(
            self.tokens[c].lemma.lower() in ("gunshot", "shooting", "stabbing") for c in self.children[n]
        ):
            return [c for c in self._people(n, "struck") if c.counted]
        return []

    def _holders(self, n: int) -> list[int]:
        """The nouns that "dead", "wounded" … is said of."""
        t = self.tokens[n]
        if t.dep == "amod":
            return [t.head] if self._human(t.head) else []
        own = [c for c in self.children[n] if self.tokens[c].dep in ("nsubj", "nsubjpass", "nummod")]
        if own or t.head == n:
            return own[:1]
        if (
            self._negated(t.head)
            or self._unreal(t.head)
            or self.tokens[t.head].pos not in ("VERB", "AUX", "ADJ")
        ):
            return []
        objects = [c for c in self.children[t.head] if self.tokens[c].dep == "dobj"]
        if objects and self.tokens[t.head].lemma.lower() in self.lex.leave:
            return [c for c in objects if c < n][-1:] or objects  # "left one dead and six others with wounds"
        return self._related(t.head, ("nsubjpass", "nsubj", "dobj"))

    def _in_condition(self, n: int) -> list[Casualty]:
        """ "was in critical condition", "listed in serious condition"."""
        at = n
        for _ in range(4):
            at = self.tokens[at].head
            if self.tokens[at].pos in ("VERB", "AUX"):
                return [
                    c for v in self._related(at, ("nsubjpass", "nsubj")) for c in self._people(v, "struck")
                ]
        return []

    def _of(self, n: int, fate: Fate) -> list[Casualty]:
        below = [g for c in self.children[n] if self.tokens[c].text.lower() == "of" for g in self.children[c]]
        return [x for g in below if self._human(g) for x in self._people(g, fate)]

    def _deaths(self, n: int) -> list[Casualty]:
        """ "the deaths of four people", "Ann Lee's death", "two bodies"."""
        lemma = self.tokens[n].lemma.lower()
        found = self._of(n, "killed")
        for c in self.children[n]:
            t = self.tokens[c]
            if t.dep == "poss" and (t.pos == "PROPN" or self._human(c)) and t.pos != "PRON":
                found += self._people(c, "killed")
            elif t.dep == "nummod" and lemma in ("death", "body", "fatality", "homicide"):
                found += self._people(n, "killed", people=True)
        return found

    def _one_death(self, n: int) -> list[Casualty]:
        """ "A shooting death": one person at least, whoever it was."""
        t = self.tokens[n]
        kinds = {self.tokens[c].text.lower() for c in self.children[n]}
        if (
            t.lemma.lower() != "death"
            or t.tag != "NN"
            or not kinds & {"shooting", "stabbing", "drowning", "crash"}
        ):
            return []
        return [Casualty("killed", 1, 1, t.span, False, False, n)]

    # ---------------------------------------------------------------- people

    def _human(self, n: int) -> bool:
        t = self.tokens[n]
        if n < self.begins:
            return False
        if t.pos == "NOUN" and _TRADE.search(normal(t.lemma)) and normal(t.lemma) not in self.lex.things:
            return True
        return (
            t.pos == "PROPN"
            or t.text.lower() in ("one", "old")
            or t.text.lower() in self.lex.person
            or t.pos in ("NUM", "PRON")
            or t.text.lower().endswith("-old")
        )

    def _people(self, n: int, fate: Fate, people: bool = False) -> list[Casualty]:
        """A noun phrase and those joined to it, as casualties."""
        found: list[Casualty] = []
        queue, seen = [n], set()
        while queue:
            at = queue.pop(0)
            if at in seen:
                continue
            seen.add(at)
            if people or self._human(at):
                one = self._one(at, fate, n)
                if one:
                    found.append(one)
            queue += self._joined(at)
        return found

    def _joined(self, n: int) -> list[int]:
        """The nouns that stand beside one: "wife, son and daughter"; not the names of those that a number has counted."""
        kids = self.children[n]
        listed = any(self.tokens[c].dep == "cc" for c in kids)
        counted = self._count(n)[2]
        found = []
        for c in kids:
            t = self.tokens[c]
            bare = not any(self.tokens[g].dep in ("det", "poss", "nummod") for g in self.children[c])
            row = (
                bare
                and t.text.lower() in self.lex.person
                and any(self.tokens[g].dep == "cc" for g in self.children[c])
            )
            if (t.dep == "conj" and not (counted and not listed and t.pos == "PROPN")) or (
                t.dep == "appos" and row and t.pos == "NOUN"
            ):
                found.append(c)
        return [c for c in found if self.tokens[c].pos in ("NOUN", "PROPN", "NUM", "PRON")]

    def _one(self, n: int, fate: Fate, breath: int) -> Casualty | None:
        t = self.tokens[n]
        kids = self.children[n]
        word = t.text.lower()
        if (
            any(self.tokens[c].text.lower() in _NOBODY for c in kids)
            or word in _NOBODY
            or (word in ("nobody", "one") and self._no(n))
        ):
            return Casualty(fate, 0, 0, t.span, True)
        if word in _VAGUE:
            return None
        low, high, counted = self._count(n)
        nth = [ORDINALS[self.tokens[c].text.lower()] for c in kids if self.tokens[c].text.lower() in ORDINALS]
        if fate == "killed" and not counted and nth and 1 < nth[0] < 20:
            low, high, counted = nth[0], nth[0], True  # "a third victim died": three by now
        if word == "both":
            low, high, counted = 2, 2, True
        elif low == 2 and self._joined(n) and any(self.tokens[c].text.lower() == "both" for c in kids):
            low, high, counted = 1, 1, False  # "both the driver and a guard": the first of two
        elif not counted and (t.tag in ("NNS", "NNPS") or word in ("people", "others", "victims")):
            low, high = 2, None
        return Casualty(fate, low, high, t.span, counted, self._besides(n, breath), breath)

    def _besides(self, n: int, breath: int) -> bool:
        """Whether these come on top of others already told: "another", "also", "and himself"."""
        word = self.tokens[n].text.lower()
        beside = {self.tokens[c].text.lower() for c in self.children[n]}
        verb = self.tokens[n].head
        also = any(self.tokens[c].text.lower() == "also" for c in self.children[verb]) and n == breath
        return bool(
            (word in _SELVES and self._second(n, breath)) or word in _OTHERS or beside & _OTHERS or also
        )

    def _second(self, n: int, breath: int) -> bool:
        """Whether "himself" comes on top of others: joined to them, or the object of a verb that goes on from harm to others."""
        if n != breath:
            return True
        verb = self.tokens[n].head
        above = self.tokens[self.tokens[verb].head]
        if self.tokens[verb].dep == "pcomp":  # "shot two others before killing himself"
            above = self.tokens[above.head]
        harmed = (*self.lex.kill, *self.lex.hurt, *self.lex.hit)
        return not self._subjects(verb) and above.lemma.lower() in harmed

    def _no(self, n: int) -> bool:
        return n > 0 and self.tokens[n - 1].text.lower() == "no"

    def _count(self, n: int) -> tuple[int, int | None, bool]:
        """The number of a noun phrase, with "at least" and "more than"."""
        numbers = [c for c in self.children[n] if self.tokens[c].dep == "nummod"] or (
            [n] if self.tokens[n].pos == "NUM" else []
        )
        for c in numbers:
            word = self.tokens[c].text
            value = {"both": 2.0, "dozen": 12.0}.get(word.lower(), parse_number(word))
            if (
                value is None
                or value != int(value)
                or not 0 <= value < 100_000
                or re.fullmatch(r"(?:19|20)\d\d|\d+:\d+", word)
            ):
                continue
            bound = {self.tokens[g].text.lower() for g in self.children[c]}
            if "least" in bound:
                return int(value), None, True
            if bound & {"than", "over"} and bound & {"more", "over"}:
                return int(value) + 1, None, True
            return int(value), int(value), True
        if any(self.tokens[c].text.lower() == "both" for c in self.children[n]):
            return 2, 2, True
        return 1, 1, False
