"""Fit the classifier: features to vocabulary, then gate, root and leaf regressions."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from coder.classify import Classifier, features_to_matrix
from coder.features import Lexicon
from coder.ontology import NONE, Ontology
from training.examples import Example

MIN_COUNT = 2
"""A feature must occur in this many pairs to get a weight."""

ROOT_C, LEAF_C, GATE_C = 30.0, 30.0, 3.0
"""Inverse regularisation of the three regressions, chosen by cross-validation over batches."""

PRUNE = 0.004
"""Weights smaller than this share of the largest are dropped from the stored model."""


def fit(examples: Sequence[Example], lexicon: Lexicon, ontology: Ontology) -> Classifier:
    """Fit all three steps on examples labelled with CAMEO codes or none.

    A label of root level teaches gate and root only; PLOVER labels teach the gate, and the root
    where the type stands for a single root.
    """
    features = [e.features for e in examples]
    vocabulary, gate_idf = build_vocabulary(features)
    event_idf = rarity(vocabulary, [e.features for e in examples if e.label != NONE])
    gated = features_to_matrix(features, vocabulary, gate_idf)
    matrix = features_to_matrix(features, vocabulary, event_idf)
    is_event = np.array([e.label != NONE for e in examples])
    roots = [label_root(e.label, ontology) for e in examples]
    rooted = np.array([i for i, r in enumerate(roots) if r])
    root = _regression(matrix[rooted], [roots[i] for i in rooted], ROOT_C, balanced=True)
    gate = _regression(gated, is_event, GATE_C, balanced=False)
    leaves = {r: _fit_leaf(r, examples, matrix, ontology) for r in root.classes_}
    return Classifier(vocabulary, gate_idf, event_idf, gate, root, leaves, lexicon)


def label_root(label: str, ontology: Ontology) -> str:
    """The root of a code or of a PLOVER type that stands for one root, else ""."""
    if label in ontology:
        return label[:2]
    roots = [r for r in ontology.roots if ontology[r].plover == label]
    return roots[0] if len(roots) == 1 else ""


def build_vocabulary(features: Sequence[list[str]]) -> tuple[dict[str, int], np.ndarray]:
    """Features that occur often enough, sorted, with smoothed inverse document frequency."""
    counts = Counter(f for row in features for f in set(row))
    names = sorted(f for f, n in counts.items() if n >= MIN_COUNT)
    vocabulary = {f: i for i, f in enumerate(names)}
    return vocabulary, rarity(vocabulary, features)


def rarity(vocabulary: dict[str, int], features: Sequence[list[str]]) -> np.ndarray:
    """Smoothed inverse document frequency of each feature; 0 for one below MIN_COUNT."""
    counts = Counter(f for row in features for f in set(row))
    n = len(features)
    weights = [
        np.log((1 + n) / (1 + counts[f])) + 1 if counts[f] >= MIN_COUNT else 0.0 for f in vocabulary
    ]
    return np.array(weights, dtype=np.float32)


def _fit_leaf(
    root: str, examples: Sequence[Example], matrix: sparse.csr_matrix, ontology: Ontology
) -> Any:
    rows = [i for i, e in enumerate(examples) if len(e.label) > 2 and e.label[:2] == root]
    rows = [i for i in rows if examples[i].label in ontology]
    codes = [examples[i].label for i in rows]
    if not codes:
        return f"{root}0" if f"{root}0" in ontology else root
    if len(set(codes)) == 1:
        return codes[0]
    return _regression(matrix[rows], codes, LEAF_C, balanced=False)


def _regression(matrix: sparse.csr_matrix, y: Any, c: float, *, balanced: bool) -> Any:
    """A logistic regression on the columns that occur in its rows at least MIN_COUNT times.

    Its weights are then spread over all columns, tiny ones dropped, sparse and in single precision.
    """
    from sklearn.linear_model import LogisticRegression

    used = np.flatnonzero((matrix != 0).getnnz(axis=0) >= MIN_COUNT)
    model = LogisticRegression(
        C=c, class_weight="balanced" if balanced else None, max_iter=300, tol=1e-3
    )
    model.fit(matrix[:, used], y)
    weights = model.coef_.astype(np.float32)
    weights[np.abs(weights) < PRUNE * np.abs(weights).max()] = 0
    narrow = sparse.coo_matrix(weights)
    shape = (weights.shape[0], matrix.shape[1])
    model.coef_ = sparse.csr_matrix((narrow.data, (narrow.row, used[narrow.col])), shape=shape)
    model.n_features_in_ = matrix.shape[1]
    return model


@dataclass(frozen=True, slots=True)
class SentenceGate:
    """Word weights ("" is the intercept) and the threshold of the gate before the parser."""

    weights: dict[str, float]
    threshold: float


def fit_sentence_gate(
    words: Sequence[set[str]], has_event: Sequence[bool], recall: float = 0.99
) -> SentenceGate:
    """Which sentences hold an event, by their words; threshold for a recall in cross-validation.

    Labels with fewer than five sentences of either kind cannot teach it: all sentences then pass.
    """
    if min(sum(has_event), len(has_event) - sum(has_event)) < 5:
        return SentenceGate({"": 0.0}, 0.0)
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    vocabulary, idf = build_vocabulary([sorted(w) for w in words])
    binary = features_to_matrix([sorted(w) for w in words], vocabulary, idf)
    binary.data[:] = 1
    y = np.asarray(has_event)
    model = LogisticRegression(C=0.3, class_weight="balanced", max_iter=300)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    held_out = cross_val_predict(model, binary, y, cv=folds, method="predict_proba")[:, 1]
    threshold = float(np.quantile(held_out[y], 1 - recall))
    model.fit(binary, y)
    weights = {w: round(float(model.coef_[0, i]), 4) for w, i in vocabulary.items()}
    return SentenceGate({"": round(float(model.intercept_[0]), 4), **weights}, round(threshold, 4))


def group_folds(examples: Sequence[Example], folds: int = 5) -> list[tuple[np.ndarray, np.ndarray]]:
    """Train and test rows with every batch of sentences wholly on one side."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, e in enumerate(examples):
        groups[e.group].append(i)
    sides: list[list[int]] = [[] for _ in range(folds)]
    for _, rows in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        min(sides, key=len).extend(rows)
    everything = np.arange(len(examples))
    return [(np.setdiff1d(everything, side), np.array(sorted(side))) for side in sides]
