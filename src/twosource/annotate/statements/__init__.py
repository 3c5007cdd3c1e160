"""Who said what to whom: attributed statements and the report's own, each with its exact characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from twosource.annotate.parse import Parsed
from twosource.annotate.statements.cast import Cast, Originator
from twosource.annotate.statements.chain import carried, nested, told
from twosource.annotate.statements.clauses import clause_drafts
from twosource.annotate.statements.closing import closing_drafts
from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.lexicon import sources
from twosource.annotate.statements.loose import loose_drafts
from twosource.annotate.statements.narration import narration
from twosource.annotate.statements.nominal import nominal_drafts
from twosource.annotate.statements.phrases import noun_phrase
from twosource.annotate.statements.quoted import Block, doer_before, quoted_drafts
from twosource.annotate.statements.saying import concludes, may_speak, unsaid
from twosource.annotate.statements.stance import Reading, basis_of, read
from twosource.annotate.statements.transcript import post_drafts, transcript_drafts
from twosource.annotate.statements.tree import Tree
from twosource.annotate.statements.who import resolve
from twosource.annotate.statements.witnessing import with_witnesses
from twosource.model import Mention, Mode, Span, Stance, Statement
from twosource.text import Quotation, make_id, paragraphs, quotations, words

__all__ = ["is_opinion", "statements"]

# The labels that newspapers put over what is not reporting.
_OPINION = re.compile(
    r"(?:opinion|commentary|editorial|op-ed|viewpoint|guest column|letters? to the editor)\b(?:\s*[:|–—-]|\s*$)",
    re.IGNORECASE,
)
_HEAD = 2000  # characters
_HEAD_LINES = 4
_LEADING = frozenset({"clause", "infinitive", "as", "charge"})  # what may lead up to a quotation
_OF_MANY = frozenset({"both", "all", "each"})
_LEAST_LEADING = 2  # words
_UNDERLINES = frozenset(
    {"underline", "underscore", "highlight"}
)  # what happens does it as well as who speaks
# Words that stand for nobody who could be asked, or for whoever is named beside them.
_NOBODYS = frozenset("nobody none nothing what whatever himself herself itself themselves ourselves".split())


def statements(parsed: Parsed, mentions: tuple[Mention, ...]) -> tuple[Statement, ...]:
    """Everything that the report says somebody said, and what it says in its own voice, in reading order."""
    text = parsed.article.text
    cast = Cast(text, mentions)
    found: list[Statement] = []
    found_blocks = list(blocks(parsed))
    scripted = transcript_drafts(found_blocks) | post_drafts(found_blocks)
    rows = [
        (b, [scripted[n]] if n in scripted else block_drafts(text, b)) for n, b in enumerate(found_blocks)
    ]
    trees = {block.first + k: tree for block, _ in rows for k, tree in enumerate(block.trees)}
    for paragraph, (block, _drafts) in enumerate(rows):
        said: list[Statement] = []
        thoughts: set[str] = set()
        cast.paragraph = paragraph
        for draft in spoken_for(rows, paragraph):
            cast.before, cast.now = trees.get(draft.sentence - 1), draft.sentence
            made = list(_statements(parsed, cast, block, trees[draft.sentence], draft, paragraph))
            said += made
            if draft.frame is not None and not draft.frame.heard:
                thoughts.update(s.id for s in made)
        found += nested(_unique(said), frozenset(thoughts))
        found += narration(parsed, block.trees, [s for s in said if s.voiced])
    found = with_witnesses(found, trees.values())
    if is_opinion(parsed):
        found = [replace(s, register="opinion") if _own_voice(s) else s for s in found]
    return tuple(sorted(_unique(found), key=_place))


def is_opinion(parsed: Parsed) -> bool:
    """Whether the title or a line at the head says that this is somebody's view ("Opinion: …", "Editorial")."""
    text = parsed.article.text
    heads = [parsed.article.report.title or "", *(p.of(text) for p in paragraphs(text[:_HEAD])[:_HEAD_LINES])]
    return any(_OPINION.match(h.strip()) for h in heads)


def _own_voice(s: Statement) -> bool:
    return s.mode == "narration" and s.register == "report"


def _place(s: Statement) -> tuple[Span, int, str]:
    """Reading order; of two statements with one content the one whose cue is nearer to it comes first."""
    return s.content[0], -s.cue[0].start if s.cue else 0, s.id


def spoken_for(rows: Sequence[tuple[Block, list[Draft]]], n: int) -> list[Draft]:
    """A paragraph's attributions; quotations that have no cue of their own take the next or last paragraph's.

    A quotation that runs over into the next paragraph takes the cue that closes it there; one that a colon announced
    at the end of the last paragraph takes that paragraph's subject.
    """
    block, drafts = rows[n]
    if not any(d.follows for d in drafts):
        return drafts
    lent: Draft | None = None
    if block.quotes and not block.quotes[-1].closed and n + 1 < len(rows):
        lent = next((d for d in rows[n + 1][1] if d.how == "quote" and d.source and not d.follows), None)
    if lent is None and n and rows[n - 1][0].text.rstrip().endswith(":"):
        lent = doer_before(rows[n - 1][0], rows[n - 1][0].span.end)
    return [replace(lent, content=d.content) if d.follows and lent is not None else d for d in drafts]


def blocks(parsed: Parsed) -> Iterator[Block]:
    """The report's paragraphs with their parsed sentences and quotations."""
    text = parsed.article.text
    lines = paragraphs(text)
    starts = [p.start for p in lines]
    quotes: dict[int, list[Quotation]] = {}
    for q in quotations(text):
        quotes.setdefault(bisect_right(starts, q.span.start) - 1, []).append(q)
    rows: dict[int, list[int]] = {}
    for n, s in enumerate(parsed.sentences):
        if s.tokens:
            rows.setdefault(bisect_right(starts, s.span.start) - 1, []).append(n)
    for k, numbers in rows.items():
        held = [q.span for q in quotes.get(k, ())]
        trees = tuple(Tree(parsed.sentences[n], text, held) for n in numbers)
        yield Block(lines[k], lines[k].of(text), numbers[0], trees, tuple(quotes.get(k, ())))


def block_drafts(text: str, block: Block) -> list[Draft]:
    """The attributions of one paragraph, in reading order."""
    drafts, inside = quoted_drafts(text, block)
    drafts = [_led_up_to(block, d) for d in drafts]
    taken = {(d.sentence, d.verb) for d in drafts if _beside_its_cue(block, d)}
    for k, tree in enumerate(block.trees):
        number = block.first + k
        own = [d for d in nominal_drafts(tree, number, inside[k]) if (number, d.verb) not in taken]
        taken.update((number, d.verb) for d in own)
        own += [d for d in clause_drafts(tree, number, inside[k]) if (number, d.verb) not in taken]
        drafts += closing_drafts(tree, number, inside[k], own)
        drafts += [d for d in loose_drafts(tree, number, inside[k], drafts) if (number, d.verb) not in taken]
    drafts = [d for d in drafts if not _nobodys(block.trees[d.sentence - block.first], d)]
    drafts = [_quoted_whole(block, d) for d in _without_tails(_cited(drafts, block))]
    drafts = [
        replace(d, voiced=d.voiced and not unsaid(block.trees[d.sentence - block.first], d)) for d in drafts
    ]
    return sorted((d for d in drafts if d.content), key=lambda d: (d.where, d.verb or 0))


def _beside_its_cue(block: Block, d: Draft) -> bool:
    """Whether a quotation stands in its cue's sentence; one that follows it leaves the cue what it closes."""
    return any(c.overlaps(block.trees[d.sentence - block.first].sentence.span) for c in d.content)


def _led_up_to(block: Block, d: Draft) -> Draft:
    """A quotation with the words of the same sentence that lead up to it: "said it was safe, “and it will stay so”"."""
    tree = block.trees[d.sentence - block.first]
    if d.how != "quote" or d.verb is None or d.verb >= len(tree.words) or not d.content:
        return d
    opening = d.content[0].start
    if not tree.words[d.verb].span.end <= opening < tree.sentence.span.end:
        return d
    own = next((c for c in clause_drafts(tree, d.sentence, frozenset()) if c.verb == d.verb), None)
    if own is None or own.how not in _LEADING:
        return d
    lead = Span(own.content[0].start, opening)
    if own.content[0].start <= tree.words[d.verb].span.start or lead.start + 1 >= opening:
        return d
    if sum(lead.holds(w.span) and w.text[0].isalnum() for w in tree.words) < _LEAST_LEADING:
        return d
    return replace(own, content=(Span(lead.start, d.content[-1].end),))


def _quoted_whole(block: Block, d: Draft) -> Draft:
    """A content that ends within a quotation goes on to its end, if need be in the next sentences."""
    if d.how in {"quote", "colon"} or d.inside or not d.content:
        return d
    last = d.content[-1]
    q = next((q.span for q in block.quotes if last.start < q.span.start < last.end < q.span.end), None)
    if q is None or any(q.overlaps(k) for k in (*d.cue, *d.source)):
        return d
    return replace(d, content=(*d.content[:-1], Span(last.start, q.end)))


def _nobodys(tree: Tree, draft: Draft) -> bool:
    """Whether a draft attributes nothing: nobody says it, an event shows it, or somebody asks not to be named."""
    if draft.head is None or draft.verb is None or draft.how == "quote":
        return False
    head = tree.low(draft.head)
    if head == "it" and concludes(draft.frame) and tree.kid(draft.verb, "aux") is not None:
        return True  # "it could indicate": a fact does, nobody says it
    if draft.subject and tree.words[draft.subject[-1]].tag == "DT" and draft.subject[-1] != draft.head:
        return True  # "one of the | not yet answered questions": the cue is part of the phrase
    if head in _NOBODYS or any(tree.low(k) == "no" for k in tree.kids(draft.head, "det")):
        return True
    if head in _OF_MANY and draft.verb + 1 < len(tree.words) and tree.low(draft.verb + 1) == "by":
        return True  # "both described by colleagues as": a participle
    if not may_speak(tree, draft.head) and (concludes(draft.frame) or tree.lemma(draft.verb) in _UNDERLINES):
        return True  # "the crater suggests", "the outcome underlined": the reporter concludes it
    if draft.frame is not None and draft.frame.spoken == {"show"} and head.endswith("ing"):
        return tree.lemma(draft.head) not in sources().document  # "the sinking shows": a thing that happened
    return tree.lemma(draft.verb) == "ask" and any(
        tree.low(i) in {"named", "identified"} and tree.words[i].head == draft.verb
        for i in range(len(tree.words))
    )


def _cited(drafts: list[Draft], block: Block) -> list[Draft]:
    """ "…, the agency reported, citing two officials": the officials are a source of what the agency carries."""
    found = []
    for d in drafts:
        tree = block.trees[d.sentence - block.first]
        if d.verb is None or d.how != "object" or tree.lemma(d.verb) != "cite":
            found.append(d)
            continue
        head = tree.kid(d.verb, "dobj")
        above = set(tree.ancestors(d.verb))
        carried = next(
            (o for o in drafts if o.sentence == d.sentence and o.verb in above and o.content), None
        )
        if carried is None and tree.words[d.verb].tag != "VBG":
            found.append(d)
        if head is not None and carried is not None and _is_source(tree, head):
            source = noun_phrase(tree, head, None)
            found.append(
                replace(d, content=carried.content, source=tree.spans(source), subject=tuple(source), head=head, how="cited",
                        carrier=carried.subject, frame=carried.frame, told=())
            )  # fmt: skip
    return found


def _is_source(tree: Tree, head: int) -> bool:
    """Whether what is cited can say something: "citing two officials", not "citing the costs"."""
    known, lemma = sources(), tree.lemma(head)
    said = (
        known.organisation
        | known.group
        | known.person
        | known.anonymous
        | known.document
        | known.media
        | known.spokes
    )
    return tree.words[head].pos == "PROPN" or lemma in said or tree.low(head) in said


def _without_tails(drafts: list[Draft]) -> list[Draft]:
    """Nobody's content holds the "according to" that closes the sentence: it attributes the whole of it."""
    tails = [
        d
        for d in drafts
        if d.how == "according" and d.cue and d.content and d.cue[0].start >= d.content[-1].end
    ]
    for tail in tails:
        at = tail.cue[0].start
        drafts = [
            replace(
                d,
                content=tuple(
                    Span(c.start, tail.content[-1].end) if c.start < at < c.end else c for c in d.content
                ),
            )
            for d in drafts
        ]
    return drafts


def _statements(
    parsed: Parsed, cast: Cast, block: Block, tree: Tree, draft: Draft, paragraph: int
) -> Iterator[Statement]:
    text = parsed.article.text
    draft = replace(draft, cue=tuple(k for k in draft.cue if not any(k.overlaps(c) for c in draft.content)))
    reading = read(text, draft, tree)
    outlet = parsed.article.outlet
    for who in resolve(cast, tree, draft):
        if draft.inside and who.who is None:
            continue  # "“They say it fell,” said Vale": as far as the report tells, it is hers
        stance = _stance(cast, draft, reading, who)
        audience = told(cast, tree, draft, who, paragraph, outlet)
        yield Statement(
            id=make_id("s", parsed.article.id, draft.content, draft.cue, who.who),
            report=parsed.article.id,
            content=draft.content,
            cue=draft.cue,
            source=draft.source,
            who=who.who,
            kind=who.kind,
            told=audience,
            via=carried(cast, tree, draft, audience, outlet),
            stance=stance,
            certainty=reading.certainty,
            mode=_mode(text, block, draft),
            register=reading.register,
            negated=reading.negated,
            hedge=reading.hedge,
            basis=basis_of(text, draft, who.kind, reading.certainty),
            voiced=draft.voiced,
            declined=draft.declined or (draft.negated and stance == "asserts"),
        )
        cited = (
            draft.verb is not None and tree.words[draft.verb].head != draft.verb and who.kind == "anonymous"
        )
        cast.spoke(who, draft.sentence, aside=cited)


def _stance(cast: Cast, draft: Draft, reading: Reading, who: Originator) -> Stance:
    """A speaker who denied goes on denying in the next quotations that say no; else the words' own stance."""
    denier, paragraph = cast.denied
    stance = reading.stance
    if stance == "asserts" and reading.negated and draft.how == "quote" and who.key == denier and who.key:
        stance = "denies" if cast.paragraph - paragraph <= 1 else stance
    if stance == "denies":
        cast.denied = (who.key, cast.paragraph)
    return stance


def _mode(text: str, block: Block, draft: Draft) -> Mode:
    if draft.how in {"quote", "colon"}:
        return "direct"
    held = [q.span for q in block.quotes]
    inside = outside = 0
    for s in draft.content:
        for w in words(text, s):
            if any(h.holds(w) for h in held):
                inside += 1
            else:
                outside += 1
    return "indirect" if not inside else "mixed" if outside > 1 else "direct"


def _unique(found: list[Statement]) -> list[Statement]:
    return list({s.id: s for s in found}.values())
