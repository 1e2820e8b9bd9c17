"""Small model folders, whole or as an attacker would make them."""

import gzip
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from coder.classify import Classifier
from coder.model import LEXICON, MANIFEST, save_model
from tests import hostile

FEATURES = ("a", "b", "c")


def regression(classes: Sequence[object], **changed: object) -> LogisticRegression:
    """A fitted regression, one column a class given, with attributes changed afterwards."""
    model = LogisticRegression().fit(np.eye(len(classes)), classes)
    for name, value in ({"coef_": sparse.csr_matrix(model.coef_)} | changed).items():
        setattr(model, name, value)
    return model


def estimators(**changed: object) -> dict[str, object]:
    """What the archive of a sound model holds, apart from what is changed."""
    gate, root = regression([0, 1, 1]), regression(["01", "02", "03"])
    leaves = {"01": "010", "02": regression(["020", "021", "021"]), "03": "030"}
    return {"gate": gate, "root": root, "leaves": leaves, **changed}


@cache
def whole_model() -> dict[str, bytes]:
    """The files of a sound model with three features, by name."""
    weights = np.ones(3, dtype=np.float32)
    vocabulary = {f: i for i, f in enumerate(FEATURES)}
    classifier = Classifier(vocabulary, weights, weights, lexicon={}, **estimators())
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "actors").mkdir()
        (folder / "actors" / "countries.csv").write_text(
            "name,aliases,code,kind,from,to,source\nTurkey,,TUR,country,,,x\n"
        )
        (folder / LEXICON).write_text("say: say tell\n")
        manifest = {
            "name": "tiny",
            "parser": "p",
            "training_data": "0",
            "threshold": 0.35,
            "sentence_threshold": 0.1,
        }
        save_model(folder, manifest, classifier, {"": 0.0, "#n1": 0.5})
        return {
            p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*")
            if p.is_file()
        }


def write_model(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder whose manifest has the right checksum of every file."""
    manifest = files[MANIFEST]
    try:
        data = json.loads(manifest)
        data["files"] = {
            n: hashlib.sha256(b).hexdigest() for n, b in files.items() if n in data["files"]
        }
        manifest = json.dumps(data).encode()
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    for name, data in {**files, MANIFEST: manifest}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def write_damaged(rng: Random, folder: Path) -> None:
    """A model of which one file or one value of the manifest is not what it should be."""
    files = dict(whole_model())
    name = rng.choice(sorted(files))
    if name == MANIFEST and rng.random() < 0.7:
        data = json.loads(files[MANIFEST])
        part = data if rng.random() < 0.6 else data[rng.choice(["versions", "files"])]
        part[rng.choice([*part, "../x", "new"])] = hostile.value(rng)
        files[MANIFEST] = json.dumps(data).encode()
    elif name.endswith(".gz") and rng.random() < 0.7:
        files[name] = gzip.compress(hostile.damaged(rng, gzip.decompress(files[name])))
    elif name.endswith(".json") and rng.random() < 0.4:
        files[name] = json.dumps({"": hostile.value(rng), "x": hostile.value(rng)}).encode()
    else:
        files[name] = hostile.damaged(rng, files[name])
    write_model(folder, files)
