"""Build a model folder from labelled data, or report on the corpus.

python -m training.build model OUT LABELLED…        fit, cross-validate and save
python -m training.build retrain OUT LABELLED… [--add]   the same on a user's labels
python -m training.build report LABELLED…           counts of the corpus
python -m training.build actors OUT                  new dictionaries into a model, no fit
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from coder.actors import ActorDictionary, load_actors
from coder.classify import Classifier, best_leaves, score_pairs
from coder.errors import InputError
from coder.evaluate import calibration_error, level
from coder.features import Lexicon, parse_lexicon
from coder.gate import gate_features
from coder.model import ACTORS, CARD, LEXICON, MANIFEST, METRICS, load_model, save_model
from coder.ontology import NONE, Ontology, load_ontology
from coder.syntax import Parser, load_parser
from training.console import run
from training.corpus import Batched, digest, read_corpus, report
from training.examples import Example, Prepared, prepare, prepared_to_examples, whole
from training.train import fit, fit_sentence_gate, group_folds, label_root

THRESHOLD = 0.35
"""Least probability of an event. The best for F1 is half of the F1 that is reached (Lipton, Elkan
and Naryanaswamy 2014, ECML), which is 0.8 on whole news articles; there F1 is the same from 0.3 to
0.35, and the higher one is the more precise."""

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@click.group()
def cli() -> None:
    """Build models and report on the corpus."""


@cli.command("report")
@click.argument("labelled", nargs=-1, type=click.Path(path_type=Path))
def report_command(labelled: tuple[Path, ...]) -> None:
    """Count sentences and labels."""
    ontology, actors = load_ontology(), load_actors(sorted((SEEDS / ACTORS).glob("*.csv")))
    click.echo(report(read_corpus(labelled or [SEEDS / "sentences"], ontology), ontology, actors))


@cli.command("model")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("labelled", nargs=-1, type=click.Path(path_type=Path))
def model_command(out: Path, labelled: tuple[Path, ...]) -> None:
    """Fit a model on labelled files or folders, cross-validate it and write it to OUT."""
    paths = list(labelled) or [SEEDS / "sentences"]
    bench = load_bench()
    prepared = bench.prepare(read_corpus(paths, bench.ontology))
    metrics = cross_validate(bench.examples(prepared), bench.lexicon, bench.ontology)
    metrics["sentences"] = len(prepared)
    click.echo(describe(metrics), err=True)
    fit_and_save(out, bench, prepared, metrics, digest(paths))


@cli.command("retrain")
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("labelled", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--add", is_flag=True, help="Train on the shipped corpus as well.")
def retrain_command(out: Path, labelled: tuple[Path, ...], add: bool) -> None:
    """Train on your labels; show the shipped and the new model on a held-out fifth of them."""
    bench = load_bench()
    own = bench.prepare(read_corpus(labelled, bench.ontology))
    shipped = bench.prepare(read_corpus([SEEDS / "sentences"], bench.ontology)) if add else []
    held_out = [p for p in own if is_held_out(p.sentence.text)]
    rest = [p for p in own if not is_held_out(p.sentence.text)]
    metrics: dict[str, Any] = {"sentences": len(own) + len(shipped), "threshold": THRESHOLD}
    if held_out and has_two_roots(rest + shipped, bench.ontology):
        after = fit(bench.examples(rest + shipped), bench.lexicon, bench.ontology)
        before = load_model()
        test = [e for e in bench.examples(held_out) if e.label != NONE]
        metrics["held_out_pairs"] = len(test)
        metrics["root_accuracy_before"] = root_accuracy(before.classifier, test, bench.ontology)
        metrics["root_accuracy_after"] = root_accuracy(after, test, bench.ontology)
        click.echo(
            f"held-out fifth of your labels ({len(test)} events), right root code: "
            f"shipped model {metrics['root_accuracy_before']:.3f}, "
            f"new model {metrics['root_accuracy_after']:.3f}",
            err=True,
        )
    else:
        click.echo("too few labels to hold a part out: no before/after figures", err=True)
    if not has_two_roots(own + shipped, bench.ontology):
        raise InputError("the labels hold fewer than two root codes; label more, or add ADD=1")
    fit_and_save(out, bench, own + shipped, metrics, digest(labelled))


@cli.command("actors")
@click.argument("out", type=click.Path(path_type=Path))
def actors_command(out: Path) -> None:
    """Put the dictionaries of seeds/actors into the model folder OUT, without fitting it again."""
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    kept = {k: v for k, v in manifest["files"].items() if not k.startswith(f"{ACTORS}/")}
    shutil.rmtree(out / ACTORS)
    (out / ACTORS).mkdir()
    for file in sorted((SEEDS / ACTORS).glob("*.csv")):
        shutil.copy(file, out / ACTORS / file.name)
        kept[f"{ACTORS}/{file.name}"] = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest["files"] = dict(sorted(kept.items()))
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Bench:
    """What training works with: parser, dictionaries, word classes and codes."""

    parser: Parser
    actors: ActorDictionary
    actor_files: tuple[Path, ...]
    lexicon: Lexicon
    ontology: Ontology

    def prepare(self, corpus: list[Batched]) -> list[Prepared]:
        """Parse a corpus and find its actors."""
        click.echo(f"parsing {len(corpus)} labelled sentences", err=True)
        return prepare(corpus, self.actors, self.parser)

    def examples(self, prepared: list[Prepared]) -> list[Example]:
        """The labelled pairs and the sure nones of prepared sentences."""
        return [e for p in prepared for e in prepared_to_examples(p, self.lexicon)]


def load_bench() -> Bench:
    """Load what training needs from seeds/ and the installed parser."""
    files = tuple(sorted((SEEDS / ACTORS).glob("*.csv")))
    lexicon = parse_lexicon((SEEDS / LEXICON).read_text(encoding="utf-8"))
    return Bench(load_parser(), load_actors(files), files, lexicon, load_ontology())


def is_held_out(text: str) -> bool:
    """A stable fifth of texts, by hash."""
    return hashlib.sha256(text.encode()).digest()[0] < 52


def has_two_roots(prepared: list[Prepared], ontology: Ontology) -> bool:
    """Whether there is anything to tell apart."""
    labels = {label_root(x.label, ontology) for p in prepared for x in p.sentence.pairs}
    return len(labels - {""}) > 1


def root_accuracy(model: Classifier, examples: list[Example], ontology: Ontology) -> float:
    """Share of events whose best root is right at the level of the label."""
    scores = score_pairs(model, [e.features for e in examples])
    roots = [scores.roots[i] for i in scores.root.argmax(axis=1)]
    return _share(
        r == e.label[:2] if e.label in ontology else ontology[r].plover == e.label
        for r, e in zip(roots, examples, strict=True)
    )


def fit_and_save(
    out: Path, bench: Bench, prepared: list[Prepared], metrics: dict[str, Any], data: str
) -> None:
    """Fit on everything and write the model folder, complete or not at all."""
    examples = bench.examples(prepared)
    gate = fit_sentence_gate(
        [gate_features(whole(p.sentence.text), p.mentions) for p in prepared],
        [any(pair.label != NONE for pair in p.sentence.pairs) for p in prepared],
        [p.group for p in prepared],
    )
    metrics["gate_pass_of_no_event_at_recall"] = gate.curve
    manifest = {
        "name": out.name,
        "parser": bench.parser.name,
        "training_data": data,
        "threshold": metrics["threshold"],
        "sentence_threshold": gate.threshold,
    }
    classifier = fit(examples, bench.lexicon, bench.ontology)
    with tempfile.TemporaryDirectory(dir=_parent(out)) as scratch:
        folder = Path(scratch) / "model"
        (folder / ACTORS).mkdir(parents=True)
        for file in bench.actor_files:
            shutil.copy(file, folder / ACTORS / file.name)
        shutil.copy(SEEDS / LEXICON, folder / LEXICON)
        save_model(folder, manifest, classifier, gate.weights)
        (folder / METRICS).write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
        (folder / CARD).write_text(model_card(out.name, metrics), encoding="utf-8")
        if out.exists():
            shutil.rmtree(out)
        folder.rename(out)
    click.echo(f"model written to {out}", err=True)


def _parent(out: Path) -> Path:
    out.parent.mkdir(parents=True, exist_ok=True)
    return out.parent


def cross_validate(examples: Sequence[Example], lexicon: Lexicon, ontology: Ontology) -> dict:
    """Five folds of whole batches: scores of root, code and whole events."""
    gold, root_of, code_of, sure = [], [], [], []
    sure_event, right = np.zeros(len(examples)), np.zeros(len(examples), dtype=bool)
    for train, test in group_folds([e.group for e in examples]):
        model = fit([examples[i] for i in train], lexicon, ontology)
        scores = score_pairs(model, [examples[i].features for i in test])
        roots = scores.root
        sure_event[test] = scores.event * roots.max(axis=1)
        true = [label_root(examples[i].label, ontology) for i in test]
        rooted = [row for row, root in enumerate(true) if root]
        codes = best_leaves(model, [true[row] for row in rooted], scores.matrix[rooted])
        for row, code in zip(rooted, codes, strict=True):
            i = test[row]
            best = int(roots[row].argmax())
            right[i] = scores.roots[best] == true[row]
            gold.append(examples[i].label)
            root_of.append(scores.roots[best])
            code_of.append(code)
            sure.append(float(roots[row, best]))
    roots_level = level([g[:2] for g in gold], root_of)
    deep = [(g, c) for g, c in zip(gold, code_of, strict=True) if len(g) > 2]
    hits = [g[:2] == r for g, r in zip(gold, root_of, strict=True)]
    is_event = np.array([e.label != NONE for e in examples])
    known = np.array([e.complete for e in examples])
    event_f1 = f1_at(THRESHOLD, sure_event[known], is_event[known], right[known])
    return {
        "root_macro_f1": round(roots_level.macro_f1, 4),
        "root_accuracy": round(roots_level.accuracy, 4),
        "base_given_root": _share(g[:3] == c[:3] for g, c in deep),
        "code_given_root": _share(g == c for g, c in deep),
        "root_calibration_error": round(calibration_error(sure, hits), 4),
        "event_f1": round(event_f1, 4),
        "threshold": THRESHOLD,
        "pairs": len(examples),
        "event_pairs": int(is_event.sum()),
        "roots": {c.name: asdict(c) for c in roots_level.classes},
    }


def _share(hits: object) -> float:
    return round(float(np.mean(list(hits))), 4)  # type: ignore[call-overload]


def f1_at(
    threshold: float, probability: np.ndarray, is_event: np.ndarray, right: np.ndarray
) -> float:
    """F1 of events at a least probability; an event counts with its root right."""
    found = probability >= threshold
    total = float(found.sum() + is_event.sum())
    return 2 * float((found & right).sum()) / total if total else 0.0


def describe(metrics: dict) -> str:
    """The cross-validated figures as lines."""
    keys = ("root_macro_f1", "root_accuracy", "base_given_root", "code_given_root",
            "root_calibration_error", "event_f1")  # fmt: skip
    lines = ["cross-validated over batches of the training data:"]
    return "\n".join([*lines, *(f"  {k:24s} {metrics[k]}" for k in keys)])


def model_card(name: str, metrics: dict[str, Any]) -> str:
    """The README.md of a model folder."""
    figures = "\n".join(f"- {k}: {v}" for k, v in metrics.items() if not isinstance(v, dict))
    rows = "\n".join(
        f"| {r} | {s['precision']:.2f} | {s['recall']:.2f} | {s['f1']:.2f} | {s['support']} |"
        for r, s in metrics.get("roots", {}).items()
    )
    table = (
        f"\n| root | precision | recall | F1 | events |\n| --- | --- | --- | --- | --- |\n{rows}\n"
    )
    return f"""# Model {name}

CAMEO event classifier of eventcoder for English news: a gate (event or none), a root and a leaf
step, all logistic regressions over dependency and word features in which names are masked.

{figures}

Figures are cross-validated over whole writing batches, or measured on a held-out fifth.
{table if rows else ""}
Loading runs no code: estimators are stored with skops and only scikit-learn, NumPy and SciPy
types are accepted. `manifest.json` holds library versions and checksums of all files.
"""


if __name__ == "__main__":
    run(cli)
