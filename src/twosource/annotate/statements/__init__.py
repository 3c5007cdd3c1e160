"""Who said what to whom: attributed statements and the report's own, each with its exact characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from twosource.annotate.parse import Parsed
from twosource.annotate.statements.chain import nested, told
from twosource.annotate.statements.clauses import clause_drafts
from twosource.annotate.statements.draft import Draft
from twosource.annotate.statements.loose import loose_drafts
from twosource.annotate.statements.quoted import Block, quoted_drafts
from twosource.annotate.statements.stance import narrated, read
from twosource.annotate.statements.tree import Tree
from twosource.annotate.statements.who import Cast, is_media, resolve
from twosource.model import Mention, Mode, Span, Statement
from twosource.text import Quotation, make_id, paragraphs, quotations, words

__all__ = ["statements"]


def statements(parsed: Parsed, mentions: tuple[Mention, ...]) -> tuple[Statement, ...]:
    """Everything that the report says somebody said, and what it says in its own voice, in reading order."""
    text = parsed.article.text
    cast = Cast(text, tuple(sorted(mentions, key=lambda m: m.span)))
    found: list[Statement] = []
    for paragraph, block in enumerate(blocks(parsed)):
        drafts = block_drafts(text, block)
        said = [s for d in drafts for s in _statements(parsed, cast, block, d, paragraph)]
        found += said
        found += _narration(parsed, block, said)
    return tuple(sorted(nested(_unique(found)), key=lambda s: (s.content[0], s.cue, s.id)))


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
        trees = tuple(Tree(parsed.sentences[n], text) for n in numbers)
        yield Block(lines[k], numbers[0], trees, tuple(quotes.get(k, ())))


def block_drafts(text: str, block: Block) -> list[Draft]:
    """The attributions of one paragraph, in reading order."""
    drafts, inside = quoted_drafts(text, block)
    taken = {(d.sentence, d.verb) for d in drafts}
    for k, tree in enumerate(block.trees):
        number = block.first + k
        own = [d for d in clause_drafts(tree, number, inside[k]) if (number, d.verb) not in taken]
        drafts += own
        drafts += [d for d in loose_drafts(tree, number, inside[k], drafts) if (number, d.verb) not in taken]
    return sorted((d for d in drafts if d.content), key=lambda d: (d.where, d.verb or 0))


def _statements(
    parsed: Parsed, cast: Cast, block: Block, draft: Draft, paragraph: int
) -> Iterator[Statement]:
    text = parsed.article.text
    tree = block.trees[min(max(draft.sentence - block.first, 0), len(block.trees) - 1)]
    reading = read(text, draft)
    outlet = parsed.article.outlet
    for who in resolve(cast, tree, draft):
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
            via=audience if audience and is_media(audience) and audience != outlet else None,
            stance=reading.stance,
            certainty=reading.certainty,
            mode=_mode(text, block, draft),
            register=reading.register,
            negated=reading.negated,
            hedge=reading.hedge,
        )
        cast.spoke(who)


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


def _narration(parsed: Parsed, block: Block, said: list[Statement]) -> list[Statement]:
    """The sentences of the paragraph that nobody else says."""
    text = parsed.article.text
    taken = [x for s in said for x in (*s.content, *s.cue, *s.source)]
    found = []
    for tree in block.trees:
        span = tree.sentence.span
        if any(t.overlaps(span) for t in taken) or len(words(text, span)) < 4:
            continue
        reading = narrated(text, span)
        found.append(
            Statement(
                make_id("s", parsed.article.id, (span,), "narration"),
                parsed.article.id,
                (span,),
                (),
                (),
                None,
                "reporter",
                None,
                None,
                reading.stance,
                reading.certainty,
                "narration",
                reading.register,
                negated=reading.negated,
                hedge=reading.hedge,
            )  # fmt: skip
        )
    return found


def _unique(found: list[Statement]) -> list[Statement]:
    return list({s.id: s for s in found}.values())
