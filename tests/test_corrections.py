"""Events judged by a person become training data; the sample to judge is drawn always alike."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from coder.cli import cli
from coder.corrections import COLUMNS
from coder.event_reader import read_events
from coder.labels import read_labelled
from coder.ontology import load_ontology
from coder.sampling import draw_uncertain, sample_to_csv

DATA = Path(__file__).parent / "data" / "report"


def run(*arguments):
    return CliRunner().invoke(cli, list(map(str, arguments)))


def corrections(tmp_path, *rows, name="corrections.csv"):
    start = dict.fromkeys(COLUMNS, "") | {
        "text": "<s>Oman</s> met <t>Mali</t>.", "event_code": "040",
        "event_name": "Consult, not specified below", "date": "2014-05-19",
    }  # fmt: skip
    path = tmp_path / name
    table = pd.DataFrame([start | {"event_id": f"e{n}"} | row for n, row in enumerate(rows)])
    table.to_csv(path, index=False)
    return path


def labels(tmp_path, *rows):
    """What the command writes for some rows, and what it says."""
    out = tmp_path / "labels.jsonl"
    result = run("labels", corrections(tmp_path, *rows), "-o", out)
    made = (
        [json.loads(line) for line in out.read_text("utf-8").splitlines()] if out.exists() else []
    )
    return made, result.output.replace(str(tmp_path), "")


def test_each_verdict_makes_its_label(tmp_path):
    made, said = labels(
        tmp_path,
        {"verdict": "right"},
        {"verdict": "Wrong"},
        {"verdict": "relabel", "code": "057"},
        {"verdict": "relabel", "swap": "yes"},
        {"code": "aid", "swap": "x"},
        {},
    )
    text, swapped = "<s>Oman</s> met <t>Mali</t>.", "<t>Oman</t> met <s>Mali</s>."
    assert [(row["id"], row["text"], row["code"]) for row in made] == [
        ("e0", text, "040"), ("e1", text, "none"), ("e2", text, "057"), ("e3", swapped, "040"),
        ("e4", swapped, "AID"),
    ]  # fmt: skip
    assert {row["date"] for row in made} == {"2014-05-19"}
    assert said == "5 labels written, 0 rows skipped\n"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"verdict": "maybe"}, "verdict 'maybe': give right, wrong, relabel"),
        ({"verdict": "right", "code": "19"}, "right, but code or swap is filled in; write relabel"),
        ({"verdict": "relabel"}, "relabel needs a code, or yes in swap"),
        ({"code": "057", "swap": "perhaps"}, "swap 'perhaps': give yes or leave it empty"),
        ({"verdict": "right", "text": "Oman met Mali."},
         "no actor is marked; put <s>…</s> round the source"),
        ({"swap": "yes", "text": "<s>Oman</s> spoke."},
         "nothing to swap; mark both <s>source</s> and <t>target</t>"),
        ({"verdict": "right", "event_code": ""}, "event_code '' is no CAMEO code"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_named_and_skipped(tmp_path, row, why):
    made, said = labels(tmp_path, {"verdict": "right"}, row)
    assert [m["id"] for m in made] == ["e0"]
    assert said == f"Skipped: /corrections.csv:3: {why}\n1 labels written, 1 rows skipped\n"


def test_a_dropped_leading_zero_is_put_back_or_refused(tmp_path):
    lost = {"event_code": "40"}
    made, said = labels(
        tmp_path, lost | {"verdict": "right"}, lost | {"code": "57"}, lost | {"code": "10"}
    )
    assert [m["code"] for m in made] == ["040", "057"]
    assert "code '10' may be 010: a spreadsheet has dropped leading zeros" in said
    made, _ = labels(tmp_path, {"code": "10"})
    assert [m["code"] for m in made] == ["10"]


def test_a_spreadsheet_may_separate_by_semicolons(tmp_path):
    path = corrections(tmp_path, {"verdict": "right"})
    pd.read_csv(path, dtype=str).to_csv(path, index=False, sep=";")
    result = run("labels", path)
    assert json.loads(result.stdout)["code"] == "040"


def test_of_an_event_judged_twice_the_last_holds(tmp_path):
    made, said = labels(
        tmp_path, {"event_id": "a", "verdict": "right"}, {"event_id": "a", "verdict": "wrong"}
    )
    assert [m["code"] for m in made] == ["none"]
    assert (
        "/corrections.csv:2: event a is judged otherwise in /corrections.csv:3, which holds" in said
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("a,b\n1,2\n", "no column event_id, verdict"),
        (None, "no such file"),
        (",".join(COLUMNS) + "\n", "no judged row that can be used; fill in verdict"),
        (b"\xff\xfe\x00", "no CSV in UTF-8"),
    ],
)
def test_wrong_files_are_one_line(tmp_path, content, why):
    path = tmp_path / "c.csv"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run("labels", path, "-o", tmp_path / "l.jsonl")
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1
    assert why in result.output
    assert not (tmp_path / "l.jsonl").exists()


def test_labels_load_as_training_data(tmp_path):
    out = tmp_path / "labels.jsonl"
    run(
        "labels",
        corrections(tmp_path, {"verdict": "right"}, {"verdict": "wrong"}, {"swap": "yes"}),
        "-o",
        out,
    )
    from training.corpus import read_corpus

    loaded = [s for _, s in read_corpus([out], load_ontology())]
    assert [(s.text, s.pairs[0].source, s.pairs[0].target, s.pairs[0].label) for s in loaded] == [
        ("Oman met Mali.", (0, 4), (9, 13), "040"),
        ("Oman met Mali.", (0, 4), (9, 13), "none"),
        ("Oman met Mali.", (9, 13), (0, 4), "040"),
    ]


@pytest.fixture(scope="module")
def events():
    return read_events([DATA / "coded.csv"])


def test_a_sample_is_uncertain_spread_over_roots_and_one_a_sentence(events):
    drawn = draw_uncertain([events], 8)
    assert len(drawn) == 8
    assert drawn["root_code"].nunique() == min(8, events["root_code"].nunique())
    assert drawn["sentence"].is_unique
    doubt = (drawn["probability"] - 0.5).abs()
    for root, best in doubt.groupby(drawn["root_code"]):
        assert (
            best.min()
            < (events.loc[events["root_code"] == root, "probability"] - 0.5).abs().min() + 0.05
        )


def test_a_sample_is_the_same_in_any_order_and_any_pieces(events):
    whole = list(draw_uncertain([events], 6, 3)["event_id"])
    shuffled = events.sample(frac=1, random_state=1)
    assert list(draw_uncertain([shuffled.iloc[:5], shuffled.iloc[5:]], 6, 3)["event_id"]) == whole


def test_another_seed_draws_others_of_the_same_uncertainty(events):
    alike = pd.concat([events.head(1)] * 40, ignore_index=True)
    alike["event_id"] = alike["sentence"] = [f"Iran hit {n}" for n in range(40)]
    alike["source_text"] = "Iran"
    draws = {tuple(draw_uncertain([alike], 5, seed)["event_id"]) for seed in (1, 2, 3)}
    assert len(draws) == 3


def test_events_that_cannot_be_judged_are_not_drawn(events):
    odd = events.head(4).copy()
    odd.loc[0, "sentence"] = "Somebody else did it."
    odd.loc[1, "source_text"] = ""
    odd.loc[2, "probability"] = float("nan")
    assert list(draw_uncertain([odd], 9)["event_id"]) == [odd["event_id"][3]]


def test_a_sample_filled_in_becomes_labels(tmp_path, events):
    rows = list(csv.DictReader(io.StringIO(sample_to_csv(draw_uncertain([events], 5)))))
    assert tuple(rows[0]) == COLUMNS
    path = tmp_path / "s.csv"
    pd.DataFrame([r | {"verdict": "right"} for r in rows]).to_csv(path, index=False)
    assert run("labels", path, "-o", tmp_path / "l.jsonl").exit_code == 0
    read = read_labelled(tmp_path / "l.jsonl", load_ontology())
    assert [s.pairs[0].label for s in read] == [r["event_code"] for r in rows]
    assert all(s.pairs[0].source for s in read)


def test_events_without_sentences_cannot_be_sampled(tmp_path):
    out = tmp_path / "g.csv"
    assert run("convert", DATA / "coded.csv", "--format", "gdelt", "-o", out).exit_code == 0
    result = run("sample", out, "--uncertain", 5)
    assert result.exit_code == 1
    assert "there is nothing to label; give" in result.output
