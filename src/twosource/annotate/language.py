"""The spaCy pipeline: loaded once, its weights checked, and run without doing the same work twice.

Part of speech and lemma come from the pipeline's attribute ruler and lemmatizer, which cost a third of the whole although
they look at nothing but a word, its tag and its relation. So their answers are remembered; the few rules of the ruler that
look at two words are left to it. Names are found by the pipeline's own recogniser, decoded in `entities.py`.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

from twosource.annotate.entities import Name, recogniser
from twosource.errors import SettingsError

_REMEMBERED = 200_000  # readings; then they are forgotten and learnt again
_FILLER = "x"  # stands between words that are read together, so that no rule sees two of them side by side

_Reading = tuple[str, str]  # part of speech, lemma


class Language:
    """A loaded pipeline."""

    def __init__(self, nlp: Any) -> None:
        self.nlp = nlp
        self._pairs = _pair_rules(nlp)
        self._known: dict[tuple[int, int, int], _Reading] = {}
        self._recogniser = recogniser(nlp)

    def make_doc(self, text: str) -> Any:
        """The text's words, not yet parsed."""
        return self.nlp.make_doc(text)

    def pipe(self, docs: Sequence[Any], batch: int) -> Iterator[Any]:
        """Parse the documents, in order; names may be left to `names`."""
        left_out = ["attribute_ruler", "lemmatizer"] if self._pairs is not None else []
        left_out += ["ner"] if self._recogniser is not None else []
        found: Iterable[Any] = self.nlp.pipe(docs, batch_size=batch, disable=left_out)
        yield from found

    def names(self, docs: Sequence[Any], batch: int) -> Iterator[list[Name]]:
        """The names of each of the parsed documents, in order."""
        if self._recogniser is None:
            yield from ([Name(e.start_char, e.end_char, e.label_) for e in doc.ents] for doc in docs)
            return
        for n in range(0, len(docs), batch):
            yield from self._recogniser.find(docs[n : n + batch])

    def readings(self, doc: Any) -> list[_Reading]:
        """The part of speech and the lemma of each word of a parsed document."""
        if self._pairs is None or any(self._pairs.begins(t) for t in doc):
            if self._pairs is not None:
                self._rules(doc)
            return [(t.pos_, t.lemma_) for t in doc]
        keys = [(t.orth, t.tag, t.dep) for t in doc]
        unknown = {key: t for key, t in zip(keys, doc, strict=True) if key not in self._known}
        if unknown:
            self._learn(list(unknown.items()))
        return [self._known[key] for key in keys]

    def _learn(self, unknown: list[tuple[tuple[int, int, int], Any]]) -> None:
        from spacy.tokens import Doc

        words = [w for _, t in unknown for w in (t.text, _FILLER)]
        tags = [w for _, t in unknown for w in (t.tag_, "NN")]
        deps = [w for _, t in unknown for w in (t.dep_ or "dep", "dep")]
        doc = Doc(self.nlp.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
        self._rules(doc)
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        for n, (key, _) in enumerate(unknown):
            self._known[key] = (doc[2 * n].pos_, doc[2 * n].lemma_)

    def _rules(self, doc: Any) -> None:
        self.nlp.get_pipe("attribute_ruler")(doc)
        self.nlp.get_pipe("lemmatizer")(doc)


class _Pairs:
    """The first words of the ruler's rules for two words."""

    def __init__(
        self, words: frozenset[str], patterns: tuple[re.Pattern[str], ...], deps: frozenset[str]
    ) -> None:
        self._words, self._patterns, self._deps = words, patterns, deps

    def begins(self, token: Any) -> bool:
        """Whether a rule for two words may begin here."""
        low = token.lower_
        return low in self._words or token.dep_ in self._deps or any(p.search(low) for p in self._patterns)


def _pair_rules(nlp: Any) -> _Pairs | None:
    """None where the pipeline has other components or rules than those that may be remembered."""
    if "attribute_ruler" not in nlp.pipe_names or "lemmatizer" not in nlp.pipe_names:
        return None
    if nlp.get_pipe("lemmatizer").mode != "rule":
        return None
    words: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    deps: set[str] = set()
    for rule in nlp.get_pipe("attribute_ruler").patterns:
        for pattern in rule["patterns"]:
            if any(set(token) - {"TAG", "LOWER", "DEP", "IS_SPACE"} for token in pattern):
                return None
            if len(pattern) == 1:
                continue
            first = pattern[0]
            if isinstance(first.get("LOWER"), str):
                words.add(first["LOWER"])
            elif isinstance(first.get("LOWER"), dict) and set(first["LOWER"]) == {"REGEX"}:
                patterns.append(re.compile(first["LOWER"]["REGEX"]))
            elif isinstance(first.get("DEP"), str):
                deps.add(first["DEP"])
            else:
                return None
    return _Pairs(frozenset(words), tuple(patterns), frozenset(deps))


@lru_cache(maxsize=2)
def load(model: str) -> Language:
    """The spaCy pipeline of that name.

    Raises SettingsError when it is not installed, or when the default model's weights are not those it was measured with.
    """
    import importlib

    spacy = _spacy()
    try:
        nlp = importlib.import_module(model).load() if model.isidentifier() else spacy.load(model)
    except ImportError:
        try:
            nlp = spacy.load(model)
        except OSError as e:
            raise SettingsError(f"the language model {model!r} is not installed: pip install {model}") from e
    _check(model, nlp.path)
    return Language(nlp)


def _spacy() -> Any:
    """spaCy without its command line, which costs a third of its import (web clients, a terminal toolkit) for nothing."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    stand_in = ModuleType("spacy.cli.info")
    stand_in.info = None  # type: ignore[attr-defined]
    held = {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": stand_in}
    sys.modules.update(held)
    try:
        import spacy
    finally:
        for name in held:
            sys.modules.pop(name, None)
    return spacy


def _check(model: str, folder: Path | None) -> None:
    """Raises SettingsError when a pinned model's weights differ from the pin."""
    pinned = tomllib.loads(files(__package__).joinpath("model.toml").read_text(encoding="utf-8")).get(model)
    if pinned is None or folder is None:
        return
    for name, expected in pinned["sha256"].items():
        try:
            with (Path(folder) / name).open("rb") as f:
                found = hashlib.file_digest(f, "sha256").hexdigest()
        except OSError as e:
            raise SettingsError(f"the language model {model!r} cannot be read: {e}") from e
        if found != expected:
            raise SettingsError(
                f"the language model {model!r} has other weights ({name}) than version {pinned['version']}: "
                f"pip install --force-reinstall {model}=={pinned['version']}, or name another model in the settings"
            )
