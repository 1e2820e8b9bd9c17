"""Models from strangers: nothing runs, nothing is unpacked without bound, nothing odd gets in."""

import io
import json
import os
import pickle
import zipfile

import numpy as np
import pytest
from scipy import sparse
from sklearn.preprocessing import FunctionTransformer
from skops.io import dump

from coder import weights
from coder.errors import ModelError
from coder.model import load_model
from tests.hostile_model import estimators, regression, whole_model, write_model


class Runs:
    """Makes a folder when it is unpickled."""

    def __reduce__(self):
        return os.mkdir, ("was_here",)


def stored(**changed):
    file = io.BytesIO()
    dump(estimators(**changed), file)
    return file.getvalue()


def parts_of(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name, data)
    return file.getvalue()


def with_array(data):
    """A sound archive with other bytes in all its arrays."""
    return zipped({n: data if n.endswith(".npy") else b for n, b in parts_of(stored()).items()})


def array(header, data=b""):
    text = repr({"descr": "<f8", "fortran_order": False, "shape": header}).encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + data


def pickled():
    file = io.BytesIO()
    np.save(file, np.array([Runs()], dtype=object), allow_pickle=True)
    return file.getvalue()


def pointing_outside():
    matrix = sparse.csr_matrix(np.eye(3))
    matrix.indices = np.array([0, 10**8, 2], dtype=np.int32)
    return matrix


def refusal(folder, files):
    write_model(folder, files)
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    assert str(folder) in str(caught.value)
    assert not os.path.exists("was_here")
    return str(caught.value)


@pytest.fixture(autouse=True)
def in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_sound_model_is_read(tmp_path):
    write_model(tmp_path, whole_model())
    assert load_model(tmp_path).manifest.name == "tiny"


@pytest.mark.parametrize(
    ("archive", "says"),
    [
        (lambda: pickle.dumps(Runs()), "cannot be read"),
        (lambda: stored(gate=FunctionTransformer(os.mkdir)), "untrusted types .posix.mkdir."),
        (lambda: with_array(pickled()), "cannot be read"),
        (lambda: with_array(array((1 << 62, 8))), "cannot be read"),
        (lambda: with_array(array((-1,))), "cannot be read"),
        (lambda: with_array(array((0,))), "gate: weights of wrong shape"),
        (lambda: zipped({**parts_of(stored()), "schema.json": b"[" * 100_000}), "cannot be read"),
        (lambda: stored(root=regression(["01", "02", "03", "04"])), "root: weights of wrong shape"),
        (lambda: stored(root=regression(["01", "02", "03"], intercept_=np.full(3, np.nan))), "root:"),
        (lambda: stored(root=regression(["01", "02", "03"], coef_=pointing_outside())), "cannot be read"),
        (lambda: stored(root=regression(["01", "02", "xx"])), "no codes under root 'xx'"),
        (lambda: stored(gate=regression([0, 1, 2])), "not of two classes"),
        (lambda: stored(gate="none"), "gate is no regression"),
        (lambda: stored(leaves={"01": "010", "02": "999", "03": "030"}), "'999' is no event code"),
        (lambda: stored(leaves={"01": "010"}), "no codes under root '02'"),
        (lambda: stored(more=1), "unexpected keyword"),
    ],
)  # fmt: skip
def test_archives_that_are_refused(tmp_path, archive, says):
    line = refusal(tmp_path, {**whole_model(), "classifier.skops": archive()})
    assert says.replace("types .", "types (").replace("mkdir.", "mkdir)") in line


@pytest.mark.parametrize("form", [b'"protocol": 2', b'"protocol": 1'])
def test_archives_that_unpack_to_too_much(tmp_path, monkeypatch, form):
    archive = parts_of(stored())
    archive["schema.json"] = archive["schema.json"].replace(b'"protocol": 2', form)
    inner = next(name for name in archive if name.endswith(".npz"))
    archive[inner] = zipped(
        {**parts_of(archive[inner]), "data.npy": array((1 << 16,), bytes(1 << 19))}
    )
    monkeypatch.setattr(weights, "LARGEST", 1 << 18)
    files = {**whole_model(), "classifier.skops": zipped(archive)}
    assert "unpacks to more than" in refusal(tmp_path, files)


@pytest.mark.parametrize("name", ["/etc/passwd", "../other", "actors/../lexicon.txt"])
def test_names_that_lead_out_of_the_folder(tmp_path, name):
    (tmp_path / "other").write_text("x")
    folder = tmp_path / "model"
    write_model(folder, whole_model())
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match="is missing; copy or train"):
        load_model(folder)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("format_version", 99, "upgrade eventcoder"),
        ("format_version", 0, "train the model again"),
        ("format_version", "x", "damaged"),
        ("versions", {"scikit-learn": "0.1"}, "made with scikit-learn 0.1"),
        ("versions", 3, "damaged"),
        ("files", {}, "is not in the manifest"),
        ("threshold", None, "damaged"),
        ("threshold", 7, "damaged"),
        ("name", "x\x1b[31m", "damaged"),
    ],
)
def test_manifests_that_are_refused(tmp_path, field, value, says):
    files = whole_model()
    manifest = json.loads(files["manifest.json"]) | {field: value}
    assert says in refusal(tmp_path, {**files, "manifest.json": json.dumps(manifest).encode()})


@pytest.mark.parametrize("gate", [[], {}, {"": "x"}, {"": 1.0, "a": None}, {"": float("inf")}])
def test_sentence_gates_that_are_refused(tmp_path, gate):
    files = {**whole_model(), "sentence_gate.json": json.dumps(gate).encode()}
    assert "the sentence gate" in refusal(tmp_path, files)


def test_a_dictionary_that_is_in_no_manifest_is_refused(tmp_path):
    write_model(tmp_path, whole_model())
    (tmp_path / "actors" / "more.csv").write_text("x")
    with pytest.raises(ModelError, match="actors/more.csv is not in the manifest"):
        load_model(tmp_path)
