"""Whether the parts of a model fit together, so that one from anywhere fails here or not at all."""

from typing import Any

import numpy as np

from coder.classify import Classifier
from coder.ontology import load_ontology
from coder.weights import Regression


def check_classifier(classifier: Classifier) -> None:
    """Raise ValueError for weights of wrong shape or size, and for classes that are no codes."""
    columns = len(classifier.vocabulary)
    for name in ("gate_idf", "event_idf"):
        _need(_is_numbers(getattr(classifier, name), (columns,)), f"{name} of wrong shape or value")
    codes = load_ontology().codes
    _check_regression("gate", classifier.gate, columns)
    _need(len(classifier.gate.classes_) == 2, "a gate that is not of two classes")
    _check_regression("root", classifier.root, columns)
    for root in map(str, classifier.root.classes_):
        _need(root in codes and root in classifier.leaves, f"no codes under root {root[:20]!r}")
        leaf = classifier.leaves[root]
        if not isinstance(leaf, str):
            _check_regression(f"leaves of {root}", leaf, columns)
        for code in [leaf] if isinstance(leaf, str) else map(str, leaf.classes_):
            _need(code in codes, f"{code[:20]!r} is no event code")


def check_gate(weights: Any) -> None:
    """Raise ValueError for weights of the sentence gate that are not words with numbers."""
    _need(isinstance(weights, dict) and "" in weights, "the sentence gate has no intercept")
    _need(
        all(isinstance(w, int | float) and abs(w) < 1e6 for w in weights.values()),
        "weights of the sentence gate that are no numbers",
    )


def _check_regression(name: str, regression: Any, columns: int) -> None:
    _need(isinstance(regression, Regression), f"{name} is no regression")
    classes = regression.classes_
    _need(isinstance(classes, np.ndarray) and classes.ndim == 1, f"{name}: no list of classes")
    outputs = 1 if len(classes) == 2 else len(classes)
    _need(
        len(classes) > 1
        and regression.coef_.shape == (outputs, columns)
        and _is_numbers(regression.coef_.data, regression.coef_.data.shape)
        and _is_numbers(regression.intercept_, (outputs,)),
        f"{name}: weights of wrong shape or value",
    )


def _is_numbers(array: Any, shape: tuple[int, ...]) -> bool:
    """Whether it is an array of that shape with finite numbers."""
    return (
        isinstance(array, np.ndarray)
        and array.shape == shape
        and array.dtype.kind in "fiu"
        and bool(np.isfinite(array).all())
    )


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)
