"""The trained classifier: features of ordered pairs in, event codes with probabilities out.

Three steps, all logistic regressions over the same sparse features: is there an event between
the two (`gate`), which root code (`root`), which 3- or 4-digit code under it (`leaves`). The gate
weighs features by their rarity among all pairs, root and leaves by their rarity among events.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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


def features_to_matrix(
    features: Sequence[Features], vocabulary: dict[str, int], idf: np.ndarray
) -> sparse.csr_matrix:
    """Binary features times idf, each row of unit length: (n, columns) float32."""
    indices: list[int] = []
    starts = [0]
    for row in features:
        indices.extend({vocabulary[f] for f in row if f in vocabulary})
        starts.append(len(indices))
    columns = np.asarray(indices, dtype=np.int32)
    data = idf[columns] if len(columns) else np.empty(0, dtype=np.float32)
    row_of = np.repeat(np.arange(len(features)), np.diff(starts))
    norms = np.sqrt(np.bincount(row_of, data.astype(np.float64) ** 2, minlength=len(features)))
    data = (data / np.maximum(norms, 1e-12)[row_of]).astype(np.float32)
    shape = (len(features), len(vocabulary))
    return sparse.csr_matrix((data, columns, np.asarray(starts, dtype=np.int32)), shape=shape)


def score_pairs(classifier: Classifier, features: Sequence[Features]) -> Scores:
    """Gate and root probabilities of each pair."""
    gate = features_to_matrix(features, classifier.vocabulary, classifier.gate_idf)
    matrix = features_to_matrix(features, classifier.vocabulary, classifier.event_idf)
    event = probabilities(classifier.gate, gate)[:, 1]
    root = probabilities(classifier.root, matrix)
    return Scores(event, root, tuple(map(str, classifier.root.classes_)), matrix)


def best_leaf(classifier: Classifier, root: str, row: sparse.csr_matrix) -> str:
    """The most probable code under a root for one row of the matrix."""
    leaf = classifier.leaves[root]
    if isinstance(leaf, str):
        return leaf
    return str(leaf.classes_[int(probabilities(leaf, row)[0].argmax())])


def probabilities(estimator: Any, matrix: sparse.csr_matrix) -> np.ndarray:
    """Class probabilities of a logistic regression whose weights may be stored sparse."""
    scores = matrix @ estimator.coef_.T
    scores = np.asarray(scores.toarray() if sparse.issparse(scores) else scores, dtype=np.float64)
    scores = scores + estimator.intercept_
    if scores.shape[1] == 1:
        positive = 1 / (1 + np.exp(-scores[:, 0]))
        return np.column_stack([1 - positive, positive])
    scores -= scores.max(axis=1, keepdims=True)
    exponential = np.exp(scores)
    return exponential / exponential.sum(axis=1, keepdims=True)
