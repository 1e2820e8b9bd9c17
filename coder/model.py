"""The model folder: what is in it, how it is written, checked and read.

Loading a model cannot run code: estimators are stored by skops and only scikit-learn, NumPy and
SciPy types are accepted; every file is checked against the manifest first, and then whether the
parts fit together (`model_check`).
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coder.classify import Classifier
from coder.errors import InputError, ModelError
from coder.features import parse_lexicon
from coder.files import read_bytes
from coder.model_check import check_classifier, check_gate
from coder.weights import check_sizes, read_regressions, to_regression

FORMAT_VERSION = 2
"""Raise by one when an older program could not use what `save_model` writes; say so in CHANGELOG.md."""

MANIFEST = "manifest.json"
ESTIMATORS = "classifier.skops"
VOCABULARY = "features.tsv.gz"
SENTENCE_WORDS = "sentence_gate.json"
LEXICON = "lexicon.txt"
ACTORS = "actors"
METRICS = "metrics.json"
CARD = "README.md"

DEFAULT_MODEL = "cameo-en"

TRUSTED = ("scipy.sparse._csr.csr_matrix",)
"""Types beyond those that skops trusts by itself: plain arrays, no code."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made a model and what belongs to it; `files` maps a name to its sha256."""

    name: str
    format_version: int
    versions: dict[str, str]
    parser: str
    training_data: str
    threshold: float
    sentence_threshold: float
    files: dict[str, str]

    @property
    def label(self) -> str:
        """Name and digest, as written into each event: "cameo-en-3f2a9c1b"."""
        digest = hashlib.sha256(json.dumps(self.files, sort_keys=True).encode())
        return f"{self.name}-{digest.hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model folder. `actors` are its dictionary files in the order they are read."""

    manifest: Manifest
    classifier: Classifier
    sentence_weights: dict[str, float]
    actors: tuple[Path, ...]


def default_model_folder() -> Path:
    """The model that ships with the program: beside the package in a wheel or a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "models", package.parent / "models"):
        if (folder / DEFAULT_MODEL / MANIFEST).is_file():
            return folder / DEFAULT_MODEL
    raise ModelError("the shipped model cameo-en is missing; run `make model` or reinstall")


def save_model(
    folder: Path,
    manifest: dict[str, Any],
    classifier: Classifier,
    sentence_weights: dict[str, float],
) -> None:
    """Write classifier files and the manifest; files already in the folder are listed too.

    `manifest` holds the fields of Manifest other than format_version, versions and files.
    """
    from zipfile import ZIP_DEFLATED

    import skops.io

    folder.mkdir(parents=True, exist_ok=True)
    estimators = {
        "gate": classifier.gate,
        "root": classifier.root,
        "leaves": classifier.leaves,
    }
    skops.io.dump(estimators, folder / ESTIMATORS, compression=ZIP_DEFLATED)
    names = sorted(classifier.vocabulary, key=classifier.vocabulary.__getitem__)
    weights = zip(names, classifier.gate_idf, classifier.event_idf, strict=True)
    lines = (f"{name}\t{gate:.5g}\t{event:.5g}\n" for name, gate, event in weights)
    with gzip.GzipFile(folder / VOCABULARY, "wb", mtime=0) as file:
        file.write("".join(lines).encode())
    (folder / SENTENCE_WORDS).write_text(
        json.dumps(sentence_weights, sort_keys=True, ensure_ascii=False, indent=0), encoding="utf-8"
    )
    full = Manifest(
        format_version=FORMAT_VERSION,
        versions=library_versions(),
        files={name: _sha256(folder / name) for name in _file_names(folder)},
        **manifest,
    )
    (folder / MANIFEST).write_text(json.dumps(asdict(full), indent=1) + "\n", encoding="utf-8")


def load_model(folder: str | Path | None = None) -> Model:
    """Read a model folder (the shipped one by default); raises ModelError with what to do."""
    path, manifest = check_model(folder)
    estimators = read_regressions(path / ESTIMATORS) or _load_estimators(path / ESTIMATORS)
    try:
        vocabulary, gate_idf, event_idf = _read_vocabulary(path / VOCABULARY)
        weights = json.loads(read_bytes(path / SENTENCE_WORDS))
        lexicon = parse_lexicon(read_bytes(path / LEXICON).decode())
        classifier = Classifier(vocabulary, gate_idf, event_idf, lexicon=lexicon, **estimators)
        check_classifier(classifier)
        check_gate(weights)
    except (InputError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(f"{path}: damaged model ({error}); copy or train it again") from None
    return Model(manifest, classifier, weights, read_actor_files(path))


def check_model(folder: str | Path | None = None) -> tuple[Path, Manifest]:
    """The folder and manifest of a model whose files and library versions are right."""
    path = Path(folder) if folder is not None else default_model_folder()
    manifest = read_manifest(path)
    _check(path, manifest)
    return path, manifest


def read_actor_files(path: Path) -> tuple[Path, ...]:
    """The actor dictionaries of a model folder, in the order they are read."""
    return tuple(sorted((path / ACTORS).glob("*.csv")))


def read_manifest(path: Path) -> Manifest:
    """Read and check manifest.json of a model folder."""
    try:
        data = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
        version = int(data["format_version"])
        if version != FORMAT_VERSION:
            raise ModelError(
                f"{path}: model format {version}, this program reads {FORMAT_VERSION}; "
                + ("upgrade eventcoder" if version > FORMAT_VERSION else "train the model again")
            )
        manifest = Manifest(**data)
        _check_types(manifest)
        return manifest
    except FileNotFoundError:
        raise ModelError(f"{path}: no model here ({MANIFEST} is missing)") from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
            RecursionError):  # fmt: skip
        raise ModelError(f"{path}/{MANIFEST}: damaged; copy or train the model again") from None


def library_versions() -> dict[str, str]:
    """Versions of the libraries that a stored model depends on (major.minor)."""
    from importlib.metadata import version

    return {
        name: ".".join(version(name).split(".")[:2]) for name in ("scikit-learn", "skops", "spacy")
    }


def _check_types(manifest: Manifest) -> None:
    """Raise ValueError for a manifest that holds something else than its fields say."""
    tables = (manifest.versions, manifest.files)
    texts = [manifest.name, manifest.parser, manifest.training_data]
    texts += [text for table in tables for item in table.items() for text in item]
    shares = (manifest.threshold, manifest.sentence_threshold)
    if not all(isinstance(text, str) and text.isprintable() for text in texts):
        raise ValueError
    if not all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares):
        raise ValueError


def _check(path: Path, manifest: Manifest) -> None:
    for name, wanted in manifest.versions.items():
        found = library_versions().get(name)
        if found != wanted:
            raise ModelError(
                f"{path}: made with {name} {wanted}, installed is {found}; "
                f"install {name} {wanted} or train the model again with `make train`"
            )
    for name, digest in manifest.files.items():
        file = path / name
        outside = Path(name).is_absolute() or ".." in Path(name).parts
        if outside or not os.path.isfile(file):
            raise ModelError(f"{path}: {name} is missing; copy or train the model again")
        if _sha256(file) != digest:
            raise ModelError(f"{file}: does not match the manifest; copy or train the model again")
    actors = [f"{ACTORS}/{file.name}" for file in read_actor_files(path)]
    for name in (ESTIMATORS, VOCABULARY, SENTENCE_WORDS, LEXICON, *actors):
        if name not in manifest.files:
            raise ModelError(
                f"{path}: {name} is not in the manifest; copy or train the model again"
            )


def _load_estimators(path: Path) -> dict[str, Any]:
    import skops.io

    try:
        check_sizes(path)
        unknown = set(skops.io.get_untrusted_types(file=path)) - set(TRUSTED)
        if unknown:
            raise ModelError(
                f"{path}: holds untrusted types ({', '.join(sorted(unknown))}); do not use it"
            )
        stored = skops.io.load(path, trusted=list(TRUSTED))
        leaves = {
            root: leaf if isinstance(leaf, str) else to_regression(leaf)
            for root, leaf in stored["leaves"].items()
        }
        return {"leaves": leaves, **{n: to_regression(stored[n]) for n in ("gate", "root")}}
    except ModelError as error:
        raise ModelError(error if str(path) in str(error) else f"{path}: {error}") from None
    except Exception as error:  # skops raises many kinds on a damaged file
        raise ModelError(
            f"{path}: cannot be read ({error}); copy or train the model again"
        ) from None


def _read_vocabulary(path: Path) -> tuple[dict[str, int], np.ndarray, np.ndarray]:
    """Column of each feature, and its weights for the gate and for root and leaves."""
    text = read_bytes(path).decode()
    cells = text.removesuffix("\n").replace("\n", "\t").split("\t")
    gate = np.asarray(cells[1::3], dtype=np.float32)
    event = np.asarray(cells[2::3], dtype=np.float32)
    return {name: i for i, name in enumerate(cells[0::3])}, gate, event


def _file_names(folder: Path) -> Iterable[str]:
    skip = {MANIFEST, METRICS, CARD}
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in skip)
    return [p.relative_to(folder).as_posix() for p in files]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
