"""Retraining on a user's labels, as `make train` does it."""

import json

import pytest
from click.testing import CliRunner

from coder.errors import InputError
from coder.model import load_model
from training.build import cli


@pytest.fixture(scope="module")
def retrained(tmp_path_factory, root_folder):
    out = tmp_path_factory.mktemp("models") / "mine"
    labels = root_folder / "tests" / "data" / "own_labels.csv"
    result = CliRunner().invoke(cli, ["retrain", str(out), str(labels)])
    assert result.exit_code == 0, result.output
    return out, result.output


@pytest.fixture(scope="module")
def root_folder():
    from pathlib import Path

    return Path(__file__).resolve().parent.parent


def test_it_prints_before_and_after_on_held_out_labels(retrained):
    _, output = retrained
    assert "held-out fifth of your labels" in output
    assert "shipped model" in output
    assert "new model" in output


def test_the_new_folder_is_a_model_that_loads(retrained):
    out, _ = retrained
    model = load_model(out)
    assert model.manifest.name == "mine"
    assert set(model.classifier.root.classes_) >= {"02", "05", "17"}
    assert json.loads((out / "metrics.json").read_text())["sentences"] == 12


def test_a_damaged_or_changed_file_is_refused(retrained, tmp_path):
    import shutil

    from coder.errors import ModelError

    copy = tmp_path / "copy"
    shutil.copytree(retrained[0], copy)
    (copy / "lexicon.txt").write_text("say: tell\n", encoding="utf-8")
    with pytest.raises(ModelError, match="does not match the manifest"):
        load_model(copy)


def test_labels_of_one_kind_teach_nothing(tmp_path):
    labels = tmp_path / "one.csv"
    labels.write_text('text,code\n"<s>Chad</s> met <t>Mali</t>.",040\n', encoding="utf-8")
    with pytest.raises(InputError, match="fewer than two root codes"):
        CliRunner().invoke(
            cli, ["retrain", str(tmp_path / "m"), str(labels)], catch_exceptions=False
        )
