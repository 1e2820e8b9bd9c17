"""Tagger and parser of a spaCy model, run for their answers alone: what spaCy answers, in less than
half of its time.

A word's vector, before its neighbours are looked at, is computed once and kept. The layers over the
neighbours keep nothing for training and are multiplied by NumPy, in one thread, since several
would only wait for each other. And the parser's steps are called one by one, holding Python's lock,
which spaCy's own loop, written to run without it, takes and gives back several times for every step
of every sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

TOKENS = 2000
"""Tokens that go through the network together, so that its arrays (4 KB a token) stay small."""

KEPT = 20_000
"""Word vectors that are kept; nearly all words of news are among so many."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution over a token and its two neighbours, with the best of several pieces and a norm.

    `weights` are (3 * width, pieces * width) and `bias` (pieces * width), piece by piece.
    """

    weights: np.ndarray
    bias: np.ndarray
    scale: np.ndarray
    shift: np.ndarray


class Network:
    """Word vectors, tagger and parser of a loaded spaCy pipeline."""

    def __init__(self, nlp: Any) -> None:
        from thinc.api import chain

        model = nlp.get_pipe("tok2vec").model
        embed, encode = model.get_ref("embed"), model.get_ref("encode")
        self._tagger, self._parser = nlp.get_pipe("tagger"), nlp.get_pipe("parser")
        self._attributes, self._embed = embed.layers[0], chain(*embed.layers[1:])
        self._layers, self._pad = _layers(encode), encode.attrs["pad"]
        self._threads, self._alone = ThreadpoolController(), Lock()
        self._rows: dict[tuple[int, ...], int] = {}
        self._vectors = np.zeros((KEPT + 1, model.get_dim("nO")), np.float32)

    def annotate(self, docs: Sequence[Any]) -> None:
        """Set tags, heads and labels of docs; of several threads one at a time, as words are kept."""
        for some in _by_length(docs):
            with self._alone:
                found = self._word_vectors(some)
            for doc, vectors in zip(some, found, strict=True):
                doc.tensor = vectors
            self._tagger.set_annotations(some, self._tagger.predict(some))
            self._parser.set_annotations(some, self._states(some))

    def _states(self, docs: Sequence[Any]) -> list[Any]:
        """The final states of the parser, each step taken by all docs that are not done."""
        states = self._parser.moves.init_batch(docs)
        model = self._parser.model.predict(docs)
        live = [s for s in states if not s.is_final()]
        while live:
            live = self._parser.transition_states(live, model.predict(live))
        return states

    def _word_vectors(self, docs: Sequence[Any]) -> list[np.ndarray]:
        """(tokens, width) of each doc; between docs lie rows of zeros, as spaCy has it."""
        rows = iter(self._word_rows(self._attributes.predict(docs)))
        ends = np.cumsum([len(doc) + self._pad for doc in docs])
        flat = np.zeros(ends[-1] + self._pad, np.intp)
        spans = [slice(end - len(doc), end) for doc, end in zip(docs, ends.tolist(), strict=True)]
        for span in spans:
            flat[span] = [next(rows) for _ in range(span.start, span.stop)]
        vectors = self._vectors[flat]
        with self._threads.limit(limits=1, user_api="blas"):
            for layer in self._layers:
                vectors = _convolve(layer, vectors)
        return [vectors[span] for span in spans]

    def _word_rows(self, attributes: Sequence[np.ndarray]) -> list[int]:
        """Where the vector of each token is kept; row 0 is of zeros."""
        words = list(map(tuple, np.concatenate(attributes).tolist()))
        new = [w for w in dict.fromkeys(words) if w not in self._rows]
        if len(self._rows) + len(new) > KEPT:
            self._rows.clear()
            new = list(dict.fromkeys(words))
            rows = 1 + max(KEPT, len(new))
            self._vectors = np.zeros((rows, self._vectors.shape[1]), np.float32)
        if new:
            first = len(self._rows) + 1
            found = self._embed.predict([np.array(new, np.uint64)])[0]
            self._vectors[first : first + len(new)] = found
            self._rows.update(zip(new, range(first, first + len(new)), strict=True))
        return [self._rows[w] for w in words]


def _convolve(layer: Layer, vectors: np.ndarray) -> np.ndarray:
    """(tokens, width) to the same shape."""
    count, width = vectors.shape
    windows = np.zeros((count, 3 * width), np.float32)
    windows[1:, :width] = vectors[:-1]
    windows[:, width:-width] = vectors
    windows[:-1, -width:] = vectors[1:]
    pieces = windows @ layer.weights
    pieces += layer.bias
    best = pieces[:, :width]
    for start in range(width, pieces.shape[1], width):
        best = np.maximum(best, pieces[:, start : start + width])
    best -= best.mean(axis=1, keepdims=True)
    variance = (best * best).sum(axis=1, keepdims=True) / np.float32(width) + 1e-08
    best *= variance ** (-1.0 / 2.0)
    best *= layer.scale
    best += layer.shift
    return best + vectors


def _layers(encode: Any) -> list[Layer]:
    """The layers of spaCy's encoder, in order."""
    nodes = list(encode.walk())
    layers = []
    for maxout, norm in zip(
        (n for n in nodes if n.name == "maxout"),
        (n for n in nodes if n.name == "layernorm"),
        strict=True,
    ):
        weights = maxout.get_param("W").swapaxes(0, 1)
        bias = maxout.get_param("b").T.ravel()
        flat = np.ascontiguousarray(weights.reshape(-1, weights.shape[2]).T)
        layers.append(Layer(flat, bias, norm.get_param("G"), norm.get_param("b")))
    return layers


def _by_length(docs: Sequence[Any]) -> Iterator[list[Any]]:
    """Docs that are not empty, those of like length together, by about TOKENS tokens."""
    some: list[Any] = []
    size = 0
    for doc in sorted(filter(len, docs), key=len):
        some.append(doc)
        size += len(doc)
        if size >= TOKENS:
            yield some
            some, size = [], 0
    if some:
        yield some
