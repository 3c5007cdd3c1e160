"""Words as numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twosource.reuse.encoding import encoded
from twosource.text import normal, offsets


@given(st.text() | st.text("aAéÉß'’ ẞﬁ½_x1\ud800İı\u0301"))
def test_words_stand_where_the_text_has_them_and_read_the_same_when_they_compare_the_same(text: str) -> None:
    starts, ends, codes = encoded(text)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == offsets(text)
    names = [normal(text[s:e]) for s, e in offsets(text)]
    assert [[x == y for y in names] for x in names] == [[x == y for y in codes] for x in codes]


def test_codes_stay_what_they_are_since_they_are_stored() -> None:
    assert encoded("The ferry, Ünal’s")[2].tolist() == [
        7694499339945447651,
        3479704167750501680,
        14320949829620026539,
    ]


def test_a_word_has_one_code_wherever_it_stands() -> None:
    for word in ("ferry", "Straße", "ﬁeld’s"):
        alone = encoded(word)[2].tolist()
        assert encoded(f"{'a tide ' * 12000}{word}")[2].tolist()[-1:] == alone
        assert encoded(f"{'ß ' * 40000}{word}!")[2].tolist()[-1:] == alone
