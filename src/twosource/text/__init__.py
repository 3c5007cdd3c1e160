"""Plain functions over characters: words, sentences, quotation marks, identifiers."""

from twosource.text.ids import digest, make_id
from twosource.text.quotes import Quotation, quotations
from twosource.text.sentences import paragraphs, sentences
from twosource.text.words import normal, offsets, surfaces, words

__all__ = [
    "Quotation",
    "digest",
    "make_id",
    "normal",
    "offsets",
    "paragraphs",
    "quotations",
    "sentences",
    "surfaces",
    "words",
]
