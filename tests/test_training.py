"""Retraining on a user's labels, as `make train` does it."""

import json

import pytest
from click.testing import CliRunner

from coder.errors import InputError
from coder.model import load_model
from training.build import cli
from training.train import fit_sentence_gate


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


def test_the_sentence_gate_lets_held_out_events_pass_and_gives_its_curve():
    rows = [({"signed", f"w{i % 3}"}, True, f"b{i % 5}") for i in range(100)]
    rows += [({"goal", f"w{i % 3}"}, False, f"b{i % 5}") for i in range(40)]
    gate = fit_sentence_gate(*map(list, zip(*rows, strict=True)))
    assert gate.weights["signed"] > 0 > gate.weights["goal"]
    assert set(gate.curve.values()) == {0.0}
    assert 0.5 < gate.threshold < 1


@pytest.mark.parametrize("events", [100, 3])
def test_a_sentence_gate_without_both_kinds_lets_all_pass(events):
    has_event = [i < events for i in range(100)]
    gate = fit_sentence_gate([{"signed"}] * 100, has_event, [f"b{i % 5}" for i in range(100)])
    assert (gate.weights, gate.threshold) == ({"": 0.0}, 0.0)
