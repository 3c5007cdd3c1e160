"""Which reports may share text, on numbers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twosource.reuse import candidates as room
from twosource.reuse.candidates import CROWD, candidates
from twosource.reuse.encoding import encoded
from twosource.reuse.fingerprints import fingerprints, own_bits, prints_of
from twosource.reuse.shingles import shingles

TEXTS = st.lists(
    st.lists(st.sampled_from("boat tide pier gull net".split()), max_size=40).map(" ".join), max_size=12
)


@given(TEXTS, st.integers(1, 5))
def test_texts_fingerprinted_together_have_the_fingerprints_that_each_has_alone(
    texts: list[str], at_once: int
) -> None:
    bits = own_bits(len(texts))
    for at in range(0, len(texts), at_once):
        some = texts[at : at + at_once]
        found = prints_of([(t, ()) for t in some], range(at, at + len(some)), bits)
        alone = [
            set((fingerprints(encoded(t)[2]) >> np.uint64(bits) << np.uint64(bits)).tolist()) for t in some
        ]
        assert set(found.keys.tolist()) == {h | at + n for n, held in enumerate(alone) for h in held}
        assert found.keys.tolist() == sorted(set(found.keys.tolist()))
        assert found.sizes.tolist() == [len(held) for held in alone]


@settings(deadline=None)
@given(TEXTS)
def test_few_texts_are_paired_when_they_share_a_fingerprint(texts: list[str]) -> None:
    prints = [set(fingerprints(encoded(t)[2]).tolist()) for t in texts]
    found = candidates(
        [prints_of([(t, ()) for t in texts], range(len(texts)), own_bits(len(texts)))] if texts else []
    )
    assert found.pairs.tolist() == [
        [i, j] for i, j in combinations(range(len(texts)), 2) if prints[i] & prints[j]
    ]
    assert len(texts) <= CROWD
    assert found.crowded.tolist() == []


@settings(deadline=None, max_examples=20)
@given(TEXTS)
def test_the_size_of_the_parts_changes_nothing(texts: list[str]) -> None:
    held = prints_of([(t, ()) for t in texts * 3], range(3 * len(texts)), own_bits(3 * len(texts)))
    whole = candidates([held])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "CHUNK", 3)
        parted = candidates([held])
    assert whole.pairs.tolist() == parted.pairs.tolist()
    assert whole.crowded.tolist() == parted.crowded.tolist()


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 9))
def test_runs_of_words_have_one_hash_when_they_are_alike(words: list[int], size: int) -> None:
    found = shingles(np.array(words, dtype=np.uint64), size).tolist()
    told = [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]
    assert len(found) == len(told)
    assert all(
        (x == y) == (s == t)
        for x, s in zip(found, told, strict=True)
        for y, t in zip(found, told, strict=True)
    )
