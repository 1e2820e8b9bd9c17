"""The trained classifier: features of ordered pairs in, event codes with probabilities out.

Three steps, all logistic regressions over the same sparse features: is there an event between
the two (`gate`), which root code (`root`), which 3- or 4-digit code under it (`leaves`). The gate
weighs features by their rarity among all pairs, root and leaves by their rarity among events.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

import numpy as np
from scipy import sparse

from coder.features import Lexicon

Features = list[str]


@dataclass(frozen=True, slots=True)
class Classifier:
    """Fitted estimators with the feature vocabulary they were trained on.

    `vocabulary` maps a feature to its column; `gate_idf` and `event_idf` hold one weight a column
    (float32), the latter 0 for a feature that no event has;
    `leaves` maps a root code to an estimator over its codes, or to the one code it has.
    """

    vocabulary: dict[str, int]
    gate_idf: np.ndarray
    event_idf: np.ndarray
    gate: Any
    root: Any
    leaves: dict[str, Any]
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Scores:
    """Probabilities of pairs: `event` (n,), `root` (n, roots) given an event, in class order.

    `matrix` (n, columns) is what root and leaves see.
    """

    event: np.ndarray
    root: np.ndarray
    roots: tuple[str, ...]
    matrix: sparse.csr_matrix


def features_to_rows(features: Sequence[Features], vocabulary: dict[str, int]) -> sparse.csr_matrix:
    """Binary features: (n, columns) float32, the columns of a row in order."""
    shape = (len(features), len(vocabulary))
    found = (map(vocabulary.get, row, repeat(-1)) for row in features)
    columns = np.fromiter(chain.from_iterable(found), dtype=np.int64)
    row_of = np.repeat(np.arange(shape[0]), np.fromiter(map(len, features), dtype=np.int64))
    known = columns >= 0
    cells = np.sort(row_of[known] * shape[1] + columns[known])
    cells = cells[np.diff(cells, prepend=-1) > 0]
    starts = np.searchsorted(cells, np.arange(shape[0] + 1) * shape[1]).astype(np.int32)
    columns = (cells % max(shape[1], 1)).astype(np.int32)
    return sparse.csr_matrix((np.ones(len(cells), np.float32), columns, starts), shape=shape)


def weigh(rows: sparse.csr_matrix, idf: np.ndarray) -> sparse.csr_matrix:
    """Binary rows times idf, each row of unit length; float32."""
    data = idf[rows.indices]
    row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    norms = np.sqrt(np.bincount(row_of, data.astype(np.float64) ** 2, minlength=rows.shape[0]))
    data = (data / np.maximum(norms, 1e-12)[row_of]).astype(np.float32)
    return sparse.csr_matrix((data, rows.indices, rows.indptr), shape=rows.shape)


def features_to_matrix(
    features: Sequence[Features], vocabulary: dict[str, int], idf: np.ndarray
) -> sparse.csr_matrix:
    """Binary features times idf, each row of unit length: (n, columns) float32."""
    return weigh(features_to_rows(features, vocabulary), idf)


def score_pairs(
    classifier: Classifier, features: Sequence[Features], least: np.ndarray | float = 0.0
) -> Scores:
    """Gate and root probabilities of each pair.

    Pairs whose event probability is below `least` (one number, or one a pair) are not asked for
    their root: it stays 0 throughout.
    """
    rows = features_to_rows(features, classifier.vocabulary)
    event = probabilities(classifier.gate, weigh(rows, classifier.gate_idf))[:, 1]
    matrix = weigh(rows, classifier.event_idf)
    likely = np.flatnonzero(event >= least)
    root = np.zeros((len(features), len(classifier.root.classes_)))
    root[likely] = probabilities(classifier.root, matrix[likely])
    return Scores(event, root, tuple(map(str, classifier.root.classes_)), matrix)


def best_leaves(
    classifier: Classifier, roots: Sequence[str], matrix: sparse.csr_matrix
) -> list[str]:
    """The most probable code under the root of each row of the matrix."""
    codes = [""] * len(roots)
    for root in dict.fromkeys(roots):
        rows = [i for i, r in enumerate(roots) if r == root]
        leaf = classifier.leaves[root]
        if isinstance(leaf, str):
            best = [leaf] * len(rows)
        else:
            best = leaf.classes_[probabilities(leaf, matrix[rows]).argmax(axis=1)]
        for i, code in zip(rows, best, strict=True):
            codes[i] = str(code)
    return codes


def probabilities(estimator: Any, matrix: sparse.csr_matrix) -> np.ndarray:
    """Class probabilities of a regression, class against rest; its weights may be stored sparse."""
    scores = matrix @ estimator.coef_.T
    scores = np.asarray(scores.toarray() if sparse.issparse(scores) else scores, dtype=np.float64)
    positive = 1 / (1 + np.exp(-(scores + estimator.intercept_).clip(-30, 30)))
    if positive.shape[1] == 1:
        return np.column_stack([1 - positive, positive])
    return positive / positive.sum(axis=1, keepdims=True)
