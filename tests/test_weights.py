"""Regressions read straight from the archive are those that skops gives; odd archives are left to it."""

import zipfile

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from skops import io

from coder.weights import read_regressions, to_regression


@pytest.fixture
def estimator():
    model = LogisticRegression().fit(np.eye(6), list("aabbcc"))
    model.coef_ = sparse.csr_matrix(model.coef_.astype(np.float32))
    return model


def test_the_archive_is_read_as_skops_reads_it(tmp_path, estimator):
    path = tmp_path / "model.skops"
    io.dump({"root": estimator, "leaves": {"01": estimator, "02": "021"}}, path)
    found = read_regressions(path)
    assert found["leaves"]["02"] == "021"
    for regression in (found["root"], found["leaves"]["01"]):
        wanted = to_regression(estimator)
        assert (regression.coef_ != wanted.coef_).nnz == 0
        assert regression.intercept_.tolist() == wanted.intercept_.tolist()
        assert regression.classes_.tolist() == ["a", "b", "c"]


def test_other_objects_and_other_forms_are_not_read(tmp_path, estimator):
    path = tmp_path / "model.skops"
    io.dump({"root": StandardScaler()}, path)
    assert read_regressions(path) is None
    io.dump({"root": estimator}, path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["schema.json"] = parts["schema.json"].replace(b'"protocol": 2', b'"protocol": 3')
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert read_regressions(path) is None
    path.write_bytes(b"no archive")
    assert read_regressions(path) is None
