"""The figures of `eventcoder evaluate`, as a dictionary and as text."""

import csv
from dataclasses import asdict
from datetime import date as Date
from pathlib import Path
from typing import Any

from coder.errors import InputError
from coder.evaluate import (
    EventKey,
    Level,
    classify_labelled,
    country_root,
    event_key,
    overlap,
    score_end_to_end,
    score_pairs_by_level,
)
from coder.labels import read_labelled
from coder.ontology import NONE
from coder.pipeline import EventCoder, code_articles
from coder.records import Article

LEVELS = ("root", "quad", "base", "code")


def scorecard(coder: EventCoder, labelled: Path) -> dict[str, Any]:
    """Scores on a labelled file, or on a folder of gold articles."""
    if labelled.is_dir():
        return {"end_to_end": score_articles(coder, labelled)}
    sentences = read_labelled(labelled, coder.ontology)
    card: dict[str, Any] = {"sentences": len(sentences)}
    if any(p.label != NONE for s in sentences for p in s.pairs):
        predictions = classify_labelled(coder, sentences)
        scores = score_pairs_by_level(sentences, predictions, coder.ontology)
        card |= {k: asdict(v) if isinstance(v, Level) else v for k, v in scores.items()}
    if any(s.complete for s in sentences):
        found = score_end_to_end(coder, sentences)
        card["end_to_end"] = {k: asdict(v) for k, v in found.items()}
    return card


def score_articles(coder: EventCoder, folder: Path) -> dict[str, Any]:
    """Code the articles of a gold folder and compare them with their gold events.

    The folder holds NAME.txt, NAME.gold.csv (columns source, target, event_code) and dates.csv
    (columns article, date). An event counts once an article.
    """
    gold: set[EventKey] = set()
    articles = []
    for path, day in gold_articles(folder):
        articles.append(Article(path.stem, day, path.read_text(encoding="utf-8")))
        with path.with_suffix(".gold.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                gold.add((path.stem, row["source"], row["target"], row["event_code"]))
    predicted = {event_key(e) for e in code_articles(coder, articles)}
    return {
        "articles": len(articles),
        "country_root": asdict(overlap(map(country_root, predicted), map(country_root, gold))),
        "code": asdict(overlap(predicted, gold)),
    }


def gold_articles(folder: Path) -> list[tuple[Path, Date | None]]:
    """The article files of a gold folder with their dates; raises InputError if there are none."""
    dates: dict[str, str] = {}
    if (folder / "dates.csv").is_file():
        with (folder / "dates.csv").open(encoding="utf-8", newline="") as file:
            dates = {row["article"]: row["date"] for row in csv.DictReader(file)}
    paths = [p for p in sorted(folder.glob("*.txt")) if p.with_suffix(".gold.csv").is_file()]
    if not paths:
        raise InputError(f"{folder}: no gold articles (NAME.txt with NAME.gold.csv beside it)")
    return [(p, Date.fromisoformat(dates[p.stem]) if p.stem in dates else None) for p in paths]


def scorecard_to_text(card: dict[str, Any]) -> str:
    """The scorecard as aligned lines."""
    lines = [f"sentences {card['sentences']}"] if "sentences" in card else []
    for name in LEVELS:
        if name in card:
            scores = card[name]
            line = f"{name:5s} macro-F1 {scores['macro_f1']:.3f}  accuracy {scores['accuracy']:.3f}"
            if f"{name}_given_root" in card:
                line += f"  accuracy given the right root {card[f'{name}_given_root']:.3f}"
            lines.append(line)
    if "calibration_error" in card:
        lines.append(f"expected calibration error {card['calibration_error']:.3f}")
    for name, scores in card.get("end_to_end", {}).items():
        if isinstance(scores, dict):
            lines.append(
                f"end to end, {name.replace('_', ' + ')}: precision {scores['precision']:.3f}  "
                f"recall {scores['recall']:.3f}  F1 {scores['f1']:.3f}  ({scores['support']} events)"
            )
    if "root" in card:
        lines += ["", f"{'class':12s} precision  recall     F1  pairs"]
        lines += [
            f"{c['name']:12s} {c['precision']:9.3f} {c['recall']:7.3f} {c['f1']:6.3f} {c['support']:6d}"
            for c in card["root"]["classes"]
        ]
    return "\n".join(lines)
