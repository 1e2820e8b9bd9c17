"""Fit the classifier: features to vocabulary, then gate, root and leaf regressions."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from coder.classify import Classifier, features_to_matrix, features_to_rows
from coder.features import Lexicon
from coder.ontology import NONE, Ontology
from training.examples import Example

MIN_COUNT = 2
"""A feature must occur in this many pairs to get a weight."""

ROOT_C, LEAF_C, GATE_C = 200.0, 300.0, 1.0
"""Inverse regularisation of the three regressions, chosen on batches that were held out."""

GATE_POWER, EVENT_POWER = 2.5, 1.5
"""Features are weighed by these powers of their rarity. What is common in news says little of whether
two actors have to do with one another, more of what they do."""

TOLERANCE = 1e-3

SENTENCE_C = 1.0
"""Inverse regularisation of the gate before the parser, chosen likewise."""

SENTENCE_RECALL = 0.992
"""The share of held-out sentences with an event that must pass the gate before the parser."""

_BREAK = re.compile(r"[\t\n]")

PRUNE = 0.008
"""Weights smaller than this share of the largest are dropped from the stored model."""


def fit(examples: Sequence[Example], lexicon: Lexicon, ontology: Ontology) -> Classifier:
    """Fit all three steps on examples labelled with CAMEO codes or none.

    A label of root level teaches gate and root only; PLOVER labels teach the gate, and the root
    where the type stands for a single root.
    """
    features = [e.features for e in examples]
    vocabulary, idf = build_vocabulary(features)
    gate_idf = idf**GATE_POWER
    events = [e.features for e in examples if e.label != NONE]
    event_idf = rarity(vocabulary, events) ** EVENT_POWER
    gated = features_to_matrix(features, vocabulary, gate_idf)
    matrix = features_to_matrix(features, vocabulary, event_idf)
    is_event = np.array([e.label != NONE for e in examples])
    roots = [label_root(e.label, ontology) for e in examples]
    rooted = np.array([i for i, r in enumerate(roots) if r])
    root = _regression(matrix[rooted], [roots[i] for i in rooted], ROOT_C, balanced=False)
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
    """Features that occur often enough, the most frequent first, with smoothed inverse document
    frequency: what is looked up often then lies together in memory, where it is found sooner.

    One with a tab or a line break in it, which the file of the vocabulary cannot hold, is left out.
    """
    counts = Counter(f for row in features for f in set(row))
    known = (f for f, n in counts.items() if n >= MIN_COUNT and not _BREAK.search(f))
    names = sorted(known, key=lambda f: (-counts[f], f))
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
    return _regression(matrix[rows], codes, LEAF_C, balanced=True)


def _regression(matrix: sparse.csr_matrix, y: Sequence[Any], c: float, *, balanced: bool) -> Any:
    """A logistic regression, class against rest, on the columns that occur in at least MIN_COUNT
    of its rows (LIBLINEAR, Fan et al. 2008: it converges in seconds where the joint fit of all
    classes takes minutes, and is as accurate).

    Its weights are then spread over all columns, tiny ones dropped, sparse and in single precision.
    """
    from sklearn.linear_model import LogisticRegression

    used = np.flatnonzero((matrix != 0).getnnz(axis=0) >= MIN_COUNT)
    narrow, y = matrix[:, used], np.asarray(y)
    classes = np.unique(y)
    model = LogisticRegression(
        C=c, class_weight="balanced" if balanced else None, solver="liblinear", tol=TOLERANCE
    )
    rows, intercepts = [], []
    for positive in classes if len(classes) > 2 else classes[1:]:
        model.fit(narrow, y == positive)
        rows.append(model.coef_[0].astype(np.float32))
        intercepts.append(model.intercept_[0])
    weights = np.stack(rows)
    weights[np.abs(weights) < PRUNE * np.abs(weights).max()] = 0
    kept = sparse.coo_matrix(weights)
    shape = (len(rows), matrix.shape[1])
    model.coef_ = sparse.csr_matrix((kept.data, (kept.row, used[kept.col])), shape=shape)
    model.intercept_, model.classes_ = np.array(intercepts), classes
    model.n_features_in_ = matrix.shape[1]
    return model


@dataclass(frozen=True, slots=True)
class SentenceGate:
    """Weights ("" is the intercept) and the threshold of the gate before the parser.

    `curve` maps a recall of sentences with an event to the share of the others that pass then.
    """

    weights: dict[str, float]
    threshold: float
    curve: dict[str, float]


def fit_sentence_gate(
    features: Sequence[set[str]], has_event: Sequence[bool], groups: Sequence[str]
) -> SentenceGate:
    """Which sentences hold an event; threshold and curve come from held-out batches.

    Labels with fewer than five sentences of either kind, or of one batch only, cannot teach it:
    all sentences then pass.
    """
    y = np.asarray(has_event)
    folds = [(train, test) for train, test in group_folds(groups) if len(test)]
    if min(y.sum(), (~y).sum()) < 5 or any(len(set(y[train])) < 2 for train, _ in folds):
        return SentenceGate({"": 0.0}, 0.0, {})
    from sklearn.linear_model import LogisticRegression

    vocabulary, _ = build_vocabulary([sorted(f) for f in features])
    binary = features_to_rows([sorted(f) for f in features], vocabulary)
    model = LogisticRegression(C=SENTENCE_C, class_weight="balanced", max_iter=300)
    held_out = np.zeros(len(y))
    for train, test in folds:
        held_out[test] = model.fit(binary[train], y[train]).predict_proba(binary[test])[:, 1]
    curve = {}
    for recall in (0.98, 0.99, SENTENCE_RECALL, 0.995):
        least = np.quantile(held_out[y], 1 - recall)
        curve[str(recall)] = round(float((held_out[~y] >= least).mean()), 3)
    threshold = float(np.quantile(held_out[y], 1 - SENTENCE_RECALL))
    model.fit(binary, y)
    weights = {f: round(float(model.coef_[0, i]), 4) for f, i in vocabulary.items()}
    weights[""] = round(float(model.intercept_[0]), 4)
    return SentenceGate(weights, round(threshold, 4), curve)


def group_folds(groups: Sequence[str], folds: int = 5) -> list[tuple[np.ndarray, np.ndarray]]:
    """Train and test rows with every group (batch of sentences) wholly on one side."""
    rows_of: dict[str, list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        rows_of[group].append(i)
    sides: list[list[int]] = [[] for _ in range(folds)]
    for _, rows in sorted(rows_of.items(), key=lambda g: (-len(g[1]), g[0])):
        min(sides, key=len).extend(rows)
    everything = np.arange(len(groups))
    return [(np.setdiff1d(everything, side), np.array(sorted(side))) for side in sides]
