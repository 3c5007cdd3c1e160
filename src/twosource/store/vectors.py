"""What reports and claims are near in meaning: sentence vectors, a byte a component, and the signs of all of them side by side.

All vectors are looked through, though not byte by byte: the signs of a vector's components say nearly which are nearest, sixty-four
bytes each, and those that are nearest so are then weighed with all their bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, insert, select

from twosource.store import marks
from twosource.store.evidence import shares
from twosource.store.schema import found, reports, vector_signs, vectors

NOUNS = ("report", "claim")
BLOCK = 1024  # numbers whose signs stand in one place
NEARER = 1000  # vectors that are weighed with all their bytes
_BY, _UP_TO = "vectors_by", "vectors_up_to "

Matrix = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]


def made_by(c: Connection, encoder: str) -> None:
    """Have the vectors of another encoder than this forgotten: the two cannot be compared."""
    if marks.get(c, _BY) == encoder:
        return
    for table in (vectors, vector_signs):
        c.execute(delete(table))
    for noun in NOUNS:
        marks.put(c, _UP_TO + noun, "0")
    marks.put(c, _BY, encoder)


def encoder_of(c: Connection) -> str | None:
    """What made the vectors; None before there are any."""
    return marks.get(c, _BY)


def lacking(c: Connection, noun: str, most: int) -> list[int]:
    """Reports or claims that came since vectors were last made, the first first."""
    after = int(marks.get(c, _UP_TO + noun) or 0)
    if noun == "report":
        asked = select(reports.c.n).where(reports.c.n > after).order_by(reports.c.n)
    else:
        asked = select(found.c.n).where(found.c.n > after, found.c.noun == noun).order_by(found.c.n)
    return list(c.execute(asked.limit(most)).scalars())


def put(c: Connection, noun: str, made: Mapping[int, npt.NDArray[np.float32]]) -> None:
    """Store the vectors of these reports or claims (by number), the latest that there are."""
    if not made:
        return
    short = {n: _short(v) for n, v in sorted(made.items())}
    c.execute(insert(vectors), [{"noun": noun, "n": n, "vector": v.tobytes()} for n, v in short.items()])
    _change(c, noun, {n: _signs(v) for n, v in short.items()}, ())
    after = int(marks.get(c, _UP_TO + noun) or 0)
    marks.put(c, _UP_TO + noun, str(max(after, *short)))


def drop(c: Connection, noun: str, numbers: Sequence[int]) -> None:
    """Take the vectors of these reports or claims out."""
    had: list[int] = []
    for some in shares(numbers):
        here = (vectors.c.noun == noun, vectors.c.n.in_(some))
        had += c.execute(select(vectors.c.n).where(*here)).scalars()
        c.execute(delete(vectors).where(*here))
    if had:
        _change(c, noun, {}, had)


def drop_all(c: Connection) -> None:
    """Take all vectors out; they are made again."""
    made_by(c, "")


def count(c: Connection, noun: str) -> int:
    """How many vectors are looked through."""
    bytes_of_numbers = func.coalesce(func.sum(func.length(vector_signs.c.numbers)), 0)
    return int(c.execute(select(bytes_of_numbers).where(vector_signs.c.noun == noun)).scalar_one()) // 8


def of(c: Connection, noun: str, n: int) -> Matrix | None:
    """The vector of a report or claim."""
    data = c.execute(select(vectors.c.vector).where(vectors.c.noun == noun, vectors.c.n == n)).scalar()
    return None if data is None else np.frombuffer(data, dtype=np.int8).astype(np.float32)


def nearest(c: Connection, noun: str, vector: Matrix) -> list[tuple[int, float]]:
    """Numbers of reports or claims with the cosine of their vectors to this one, the nearest first."""
    rows = c.execute(
        select(vector_signs.c.numbers, vector_signs.c.signs)
        .where(vector_signs.c.noun == noun)
        .order_by(vector_signs.c.block)
    ).all()
    if not rows:
        return []
    numbers = np.concatenate([np.frombuffer(r.numbers, dtype=np.int64) for r in rows])
    signs = np.concatenate([np.frombuffer(r.signs, dtype=np.uint64) for r in rows]).reshape(len(numbers), -1)
    mine = np.frombuffer(_signs(_short(vector)), dtype=np.uint64)
    apart = np.bitwise_count(signs ^ mine).sum(axis=1, dtype=np.int32)
    best = np.argsort(apart, kind="stable")[:NEARER]
    return _weighed(c, noun, numbers[best].tolist(), vector)


def looked_through(c: Connection, noun: str) -> dict[int, bytes]:
    """The signs of every vector as they stand side by side."""
    held: dict[int, bytes] = {}
    for row in c.execute(select(vector_signs).where(vector_signs.c.noun == noun)):
        held |= _held(row)
    return held


def signs_again(c: Connection, noun: str) -> Iterator[tuple[int, bytes]]:
    """The number and the signs of every vector, made of the vector again."""
    asked = select(vectors.c.n, vectors.c.vector).where(vectors.c.noun == noun).order_by(vectors.c.n)
    for n, vector in c.execute(asked):
        yield n, _signs(np.frombuffer(vector, dtype=np.int8))


def _weighed(c: Connection, noun: str, numbers: Sequence[int], vector: Matrix) -> list[tuple[int, float]]:
    held: list[tuple[int, bytes]] = []
    for some in shares(numbers):
        asked = select(vectors.c.n, vectors.c.vector).where(vectors.c.noun == noun, vectors.c.n.in_(some))
        held += [(n, data) for n, data in c.execute(asked)]
    held.sort()
    table = (
        np.frombuffer(b"".join(d for _, d in held), dtype=np.int8).reshape(len(held), -1).astype(np.float32)
    )
    lengths = np.maximum(np.linalg.norm(table, axis=1), 1e-9) * max(float(np.linalg.norm(vector)), 1e-9)
    alike = np.round(table @ vector / lengths, 4)
    order = np.argsort(-alike, kind="stable")
    return [(held[i][0], float(alike[i])) for i in order.tolist()]


def _change(c: Connection, noun: str, new: Mapping[int, bytes], gone: Sequence[int]) -> None:
    """Put signs in their blocks and take others out."""
    blocks = sorted({n // BLOCK for n in (*new, *gone)})
    out = set(gone) | set(new)
    for some in shares(blocks):
        here = (vector_signs.c.noun == noun, vector_signs.c.block.in_(some))
        had = {r.block: r for r in c.execute(select(vector_signs).where(*here))}
        c.execute(delete(vector_signs).where(*here))
        rows = []
        for block in some:
            held = {n: s for n, s in _held(had.get(block)).items() if n not in out}
            held |= {n: s for n, s in new.items() if n // BLOCK == block}
            if held:
                order = sorted(held)
                numbers = np.array(order, dtype=np.int64).tobytes()
                signs = b"".join(held[n] for n in order)
                rows.append({"noun": noun, "block": block, "numbers": numbers, "signs": signs})
        if rows:
            c.execute(insert(vector_signs), rows)


def _held(row: object) -> dict[int, bytes]:
    if row is None:
        return {}
    numbers = np.frombuffer(row.numbers, dtype=np.int64).tolist()  # type: ignore[attr-defined]
    data: bytes = row.signs  # type: ignore[attr-defined]
    wide = len(data) // len(numbers)
    return {n: data[i * wide : (i + 1) * wide] for i, n in enumerate(numbers)}


def _short(vector: Matrix) -> Bytes:
    most = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (127 / most)).astype(np.int8)


def _signs(short: Bytes) -> bytes:
    return np.packbits(short > 0).tobytes()
