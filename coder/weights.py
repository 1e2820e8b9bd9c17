"""Regressions of a model folder, read from their skops archive without importing scikit-learn.

That import is half of the start-up of the program, and scoring needs no more than weights,
intercepts and class names. What is not exactly the plain archive that training writes is left
to skops, which knows all forms and checks their types.

An archive may come from a stranger: sizes are looked at before anything is unpacked, and indices of
sparse weights before SciPy, which trusts them, uses them as addresses.
"""

import json
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import numpy as np
from scipy import sparse

from coder.errors import ModelError

PROTOCOL = 2
"""The form of skops archives that is read here (skops 0.16)."""

LARGEST = 1 << 30
"""Bytes that the arrays of a model may unpack to."""

_REGRESSION = ("sklearn.linear_model._logistic", "LogisticRegression")


@dataclass(frozen=True, slots=True)
class Regression:
    """A fitted logistic regression; the names are scikit-learn's.

    `coef_` (outputs, columns) is stored column by column, so that a pair is scored without
    conversion; two classes have one output.
    """

    coef_: sparse.csc_matrix
    intercept_: np.ndarray
    classes_: np.ndarray


def to_regression(estimator: Any) -> Regression:
    """What scoring needs of a scikit-learn estimator."""
    return Regression(by_column(estimator.coef_), estimator.intercept_, estimator.classes_)


def by_column(coef: Any) -> sparse.csc_matrix:
    """Weights stored column by column; ValueError if a sparse matrix points outside itself."""
    if sparse.issparse(coef):
        if coef.format not in ("csr", "csc"):
            raise ValueError(f"weights in the form {coef.format}")
        coef.check_format(full_check=True)
    return sparse.csc_matrix(coef)


def check_sizes(path: Path) -> None:
    """Raise ModelError for an archive that unpacks to too much, with the archives in it."""
    with zipfile.ZipFile(path) as archive:
        _check_size(archive)
        for member in archive.infolist():
            with archive.open(member) as file:
                if zipfile.is_zipfile(file):
                    _check_size(zipfile.ZipFile(file))


def _check_size(archive: zipfile.ZipFile) -> None:
    if sum(member.file_size for member in archive.infolist()) > LARGEST:
        raise ModelError(f"a model that unpacks to more than {LARGEST >> 30} GB; do not use it")


def read_regressions(path: Path) -> dict[str, Any] | None:
    """The dictionary of regressions in an archive; None when it is of another form."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_size(archive)
            schema = json.loads(archive.read("schema.json"))
            return _read(schema, archive) if schema["protocol"] == PROTOCOL else None
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, EOFError,
            MemoryError, zlib.error, zipfile.BadZipFile):  # fmt: skip
        return None


def _read(node: dict[str, Any], archive: zipfile.ZipFile) -> Any:
    """A node of the schema: dictionaries, plain values, arrays and regressions, nothing else."""
    loader = node["__loader__"]
    if loader == "DictNode":
        return {key: _read(value, archive) for key, value in node["content"].items()}
    if loader == "JsonNode":
        return json.loads(node["content"])
    if loader == "NdArrayNode" and node["type"] == "numpy":
        return np.load(BytesIO(archive.read(node["file"])), allow_pickle=False)
    if loader == "SparseMatrixNode":
        return _read_sparse(BytesIO(archive.read(node["file"])))
    if loader == "ObjectNode" and (node["__module__"], node["__class__"]) == _REGRESSION:
        parts = node["content"]["content"]
        coef, intercept, classes = (
            _read(parts[name], archive) for name in ("coef_", "intercept_", "classes_")
        )
        return Regression(by_column(coef), intercept, classes)
    raise ValueError(f"node {loader}")


def _read_sparse(file: IO[bytes]) -> Any:
    with zipfile.ZipFile(file) as archive:
        _check_size(archive)
    return sparse.load_npz(file)
