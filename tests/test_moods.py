"""Mood decides the code: will, could, threatened to, did not, denied, called for, was … by."""

import json
from pathlib import Path

from coder.evaluate import classify_labelled
from coder.labels import read_labelled

TABLE = Path(__file__).parent / "data" / "moods.tsv"
MOST_WRONG = 6
"""So many lines may carry a "!": the model is known to code them otherwise."""


def probes():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def test_each_probe_is_coded_as_the_codebook_says(coder, tmp_path):
    rows = probes()
    known = {text for code, text in rows if code.startswith("!")}
    rows = [(code.strip("!"), text) for code, text in rows]
    assert len(rows) - len(known) >= 150
    assert len(known) <= MOST_WRONG
    labels = tmp_path / "probes.jsonl"
    pairs = [{"text": text, "code": "010" if code == "none" else code} for code, text in rows]
    labels.write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    found = classify_labelled(coder, read_labelled(labels, coder.ontology))
    wrong = []
    for (code, text), [best] in zip(rows, found, strict=True):
        sure = (1 - best.none_probability) * best.probability
        coded = best.event_code if sure >= coder.threshold else "none"
        if not coded.startswith(code) and text not in known:
            wrong.append(f"{code} coded {coded}: {text}")
    assert wrong == []
