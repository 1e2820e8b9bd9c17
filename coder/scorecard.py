"""The figures of `eventcoder evaluate`, as a dictionary and as text, and the rows of `classify`."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
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
from coder.labels import LabelledSentence, read_labelled
from coder.mention_score import mention_score_to_text, read_gold_mentions, score_mentions
from coder.ontology import NONE, Ontology
from coder.pipeline import EventCoder, code_articles
from coder.records import Article
from coder.segment import article_to_sentences

LEVELS = ("root", "quad", "base", "code")
GOLD_COLUMNS = ("source", "target", "event_code")
MENTION_COLUMNS = ("sentence", "words", "code", "how")


def classified_to_csv(coder: EventCoder, sentences: Sequence[LabelledSentence]) -> str:
    """CSV with one row for each pair of each sentence, in order."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        "id event_code root_code plover quad_class probability none_probability".split()
    )
    for sentence, found in zip(sentences, classify_labelled(coder, sentences), strict=True):
        for p in found:
            entry = coder.ontology[p.event_code]
            sure, none = f"{p.probability:.4f}", f"{p.none_probability:.4f}"
            writer.writerow(
                [sentence.id, p.event_code, entry.root, p.plover, entry.quad_class, sure, none]
            )
    return out.getvalue()


def scorecard(coder: EventCoder, labelled: Path) -> dict[str, Any]:
    """Scores on a labelled file, or on a folder of gold articles."""
    if os.path.isdir(labelled):
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
    """Code the articles of a gold folder and compare them with their gold events and mentions.

    The folder holds NAME.txt, dates.csv (columns article, date), and for each article
    NAME.gold.csv (columns source, target, event_code), NAME.mentions.csv (columns sentence, words,
    code, how) or both. An event counts once an article. `actors` compares the actor codes that
    take part in events, `mentions` all mentions.
    """
    gold: set[EventKey] = set()
    named, coded, mentions = gold_articles(folder), [], []
    for path, day in named:
        article = Article(path.stem, day, _text(path))
        answers, marks = path.with_suffix(".gold.csv"), path.with_suffix(".mentions.csv")
        if answers.is_file():
            coded.append(article)
            gold |= {(path.stem, *event) for event in _read_events(answers, coder.ontology)}
        if marks.is_file():
            rows, sentences = _table(marks, MENTION_COLUMNS), article_to_sentences(article)
            mentions.append((article, read_gold_mentions(rows, sentences, str(marks))))
    card: dict[str, Any] = {"articles": len(named)}
    if coded:
        predicted = {event_key(e) for e in code_articles(coder, coded)}
        card |= {
            "country_root": asdict(overlap(map(country_root, predicted), map(country_root, gold))),
            "code": asdict(overlap(predicted, gold)),
            "actors": asdict(overlap(actors_of(predicted), actors_of(gold))),
        }
    if mentions:
        card["mentions"] = asdict(score_mentions(mentions, coder.actors))
    return card


def _read_events(path: Path, ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    """Source, target and code of each gold event; raises InputError for a code that CAMEO lacks."""
    for row in _table(path, GOLD_COLUMNS):
        if row["event_code"] not in ontology:
            raise InputError(f"{path}: {row['event_code']!r} is no CAMEO code such as 057")
        yield row["source"], row["target"], row["event_code"]


def actors_of(events: Iterable[EventKey]) -> set[EventKey]:
    """The actor codes of events by article, as keys that `overlap` takes."""
    return {(unit, code, "", "") for unit, *pair, _ in events for code in pair if code}


def gold_articles(folder: Path) -> list[tuple[Path, Date | None]]:
    """The article files of a gold folder with their dates; raises InputError if there are none."""
    dates: dict[str, Date] = {}
    if (folder / "dates.csv").is_file():
        for row in _table(folder / "dates.csv", ("article", "date")):
            try:
                dates[row["article"]] = Date.fromisoformat(row["date"])
            except ValueError:
                raise InputError(
                    f"{folder / 'dates.csv'}: {row['date']!r} is no date such as 2014-05-19"
                ) from None
    paths = [p for p in sorted(folder.glob("*.txt")) if any(map(Path.is_file, _answers(p)))]
    if not paths:
        raise InputError(
            f"{folder}: no gold articles (NAME.txt with NAME.gold.csv or NAME.mentions.csv beside it)"
        )
    return [(p, dates.get(p.stem)) for p in paths]


def _answers(path: Path) -> list[Path]:
    return [path.with_suffix(suffix) for suffix in (".gold.csv", ".mentions.csv")]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: no text in UTF-8; save it as UTF-8") from None


def _table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The given columns of a CSV file."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    if missing := [c for c in columns if c not in (reader.fieldnames or ())]:
        raise InputError(f"{path}: no column {', '.join(missing)}; needs {','.join(columns)}")
    return [{c: row[c] or "" for c in columns} for row in reader]


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
        if name == "mentions":
            lines.append(mention_score_to_text(scores))
        elif isinstance(scores, dict):
            unit = "actors" if name == "actors" else "events"
            lines.append(
                f"end to end, {name.replace('_', ' + ')}: precision {scores['precision']:.3f}  "
                f"recall {scores['recall']:.3f}  F1 {scores['f1']:.3f}  ({scores['support']} {unit})"
            )
    if "root" in card:
        lines += ["", f"{'class':12s} precision  recall     F1  pairs"]
        lines += [
            f"{c['name']:12s} {c['precision']:9.3f} {c['recall']:7.3f} {c['f1']:6.3f} {c['support']:6d}"
            for c in card["root"]["classes"]
        ]
    return "\n".join(lines)
