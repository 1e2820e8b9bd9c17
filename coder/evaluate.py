"""Accuracy on labelled data: of single pairs, and of the whole coder end to end."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coder.classify import best_leaves, score_pairs
from coder.features import Span, mask_sentence, pair_features
from coder.labels import LabelledSentence
from coder.mentions import find_mentions
from coder.ontology import NONE, Ontology
from coder.pipeline import EventCoder, code_articles
from coder.records import ActorMention, Article, Event, Sentence

PLOVER_QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"), 4),
}
"""Quad classes of PLOVER types; REQUEST is verbal conflict there, unlike CAMEO's root 02."""


@dataclass(frozen=True, slots=True)
class PairPrediction:
    """The best code of a pair other than none, and the best PLOVER type and their probabilities.

    `probability` is that of the root given an event, `none_probability` that of no event.
    """

    event_code: str
    probability: float
    none_probability: float
    plover: str
    plover_probability: float


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 of one class, with its number of gold pairs."""

    name: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Level:
    """Scores at one level: root, quad class, base or code."""

    accuracy: float
    macro_f1: float
    classes: tuple[ClassScore, ...]


def classify_labelled(
    coder: EventCoder, sentences: Sequence[LabelledSentence]
) -> list[list[PairPrediction]]:
    """Predictions for each pair of each sentence, in order."""
    model = coder.model.classifier
    features: list[list[str]] = []
    for sentence, parse in zip(
        sentences, coder.parser.parse(s.text for s in sentences), strict=True
    ):
        masked = mask_sentence(parse, _spans(coder, sentence), model.lexicon)
        for pair in sentence.pairs:
            features.append(pair_features(masked, pair.source, pair.target))
    scores = score_pairs(model, features)
    rows = iter(range(len(features)))
    plover = _plover_matrix(scores.roots, coder.ontology)
    best_roots = [_best_root(root, plover) for root in scores.root]
    codes = best_leaves(model, [scores.roots[i] for i in best_roots], scores.matrix)
    types = coder.ontology.plover_types
    out = []
    for sentence in sentences:
        out.append([])
        for _ in sentence.pairs:
            row = next(rows)
            by_type = scores.root[row] @ plover
            total = by_type.sum()
            out[-1].append(
                PairPrediction(
                    event_code=codes[row],
                    probability=float(scores.root[row, best_roots[row]]),
                    none_probability=float(1 - scores.event[row]),
                    plover=types[int(by_type.argmax())],
                    plover_probability=float(by_type.max() / total) if total else 0.0,
                )
            )
    return out


def _best_root(root: np.ndarray, plover: np.ndarray) -> int:
    """The best root of the best PLOVER type; root 01, which has no type, stands for itself."""
    by_type = np.where(plover.any(axis=1), plover @ (root @ plover), root)
    return int(np.lexsort((root, by_type.round(9)))[-1])


def _spans(coder: EventCoder, sentence: LabelledSentence) -> list[Span]:
    labelled = {span for p in sentence.pairs for span in (p.source, p.target) if span}
    mentions = sentence_mentions(coder, sentence)
    return sorted(labelled | {(m.start, m.end) for m in mentions})


def sentence_mentions(coder: EventCoder, sentence: LabelledSentence) -> list[ActorMention]:
    """The actors found in a labelled text taken as one sentence."""
    whole = Sentence("", 0, 0, len(sentence.text), sentence.text)
    return find_mentions(Article("", None, sentence.text), [whole], coder.actors)[0]


def _plover_matrix(roots: Sequence[str], ontology: Ontology) -> np.ndarray:
    types = ontology.plover_types
    return np.array([[float(ontology[r].plover == t) for t in types] for r in roots])


def score_pairs_by_level(
    sentences: Sequence[LabelledSentence],
    predictions: Sequence[Sequence[PairPrediction]],
    ontology: Ontology,
) -> dict[str, Level | float]:
    """Accuracy and macro-F1 by level, each compared at the level of the label.

    Keys: root, quad, base, code (Level; base and code only where labels go that deep),
    base_given_root, code_given_root (accuracy where the root is right), calibration_error.
    """
    rows = [
        (pair.label, prediction)
        for sentence, found in zip(sentences, predictions, strict=True)
        for pair, prediction in zip(sentence.pairs, found, strict=True)
        if pair.label != NONE
    ]
    out: dict[str, Level | float] = {
        "root": level(
            [_root(g, ontology) for g, _ in rows], [_root_of(p, g, ontology) for g, p in rows]
        ),
        "quad": level(
            [_quad(g, ontology) for g, _ in rows], [_quad_of(p, g, ontology) for g, p in rows]
        ),
    }
    for name, length in (("base", 3), ("code", 4)):
        deep = [(g, p) for g, p in rows if g in ontology and len(g) >= 3]
        if deep:
            out[name] = level(
                [g[:length] for g, _ in deep], [p.event_code[:length] for _, p in deep]
            )
            right = [
                g[:length] == p.event_code[:length] for g, p in deep if g[:2] == p.event_code[:2]
            ]
            out[f"{name}_given_root"] = float(np.mean(right)) if right else 0.0
    hits = [_root_of(p, g, ontology) == _root(g, ontology) for g, p in rows]
    sure = [p.probability if g in ontology else p.plover_probability for g, p in rows]
    out["calibration_error"] = calibration_error(sure, hits)
    return out


def _root(label: str, ontology: Ontology) -> str:
    return label[:2] if label in ontology else label


def _root_of(prediction: PairPrediction, label: str, ontology: Ontology) -> str:
    return prediction.event_code[:2] if label in ontology else prediction.plover


def _quad(label: str, ontology: Ontology) -> str:
    return str(ontology[label].quad_class if label in ontology else PLOVER_QUAD[label])


def _quad_of(prediction: PairPrediction, label: str, ontology: Ontology) -> str:
    if label in ontology:
        return str(ontology[prediction.event_code].quad_class)
    return str(PLOVER_QUAD[prediction.plover])


def level(gold: Sequence[str], predicted: Sequence[str]) -> Level:
    """Accuracy and macro-F1 over the classes that occur in the gold labels."""
    pairs = Counter(zip(gold, predicted, strict=True))
    classes = []
    for name in sorted(set(gold)):
        right = pairs[name, name]
        support = sum(n for (g, _), n in pairs.items() if g == name)
        guessed = sum(n for (_, p), n in pairs.items() if p == name)
        precision, recall = right / guessed if guessed else 0.0, right / support
        classes.append(ClassScore(name, precision, recall, _f1(precision, recall), support))
    accuracy = sum(n for (g, p), n in pairs.items() if g == p) / max(1, len(gold))
    macro = sum(c.f1 for c in classes) / max(1, len(classes))
    return Level(accuracy, macro, tuple(classes))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def calibration_error(
    probabilities: Sequence[float], hits: Sequence[bool], bins: int = 10
) -> float:
    """Expected calibration error with equal-width bins (Guo et al. 2017)."""
    p, h = np.asarray(probabilities), np.asarray(hits, dtype=float)
    which = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [
        (which == b).mean() * abs(p[which == b].mean() - h[which == b].mean())
        for b in range(bins)
        if (which == b).any()
    ]
    return float(sum(gaps))


EventKey = tuple[str, str, str, str]
"""What is compared end to end: unit (sentence or article), source, target, code."""


def overlap(predicted: Iterable[EventKey], gold: Iterable[EventKey]) -> ClassScore:
    """Precision, recall and F1 of predicted against gold events, as sets."""
    found, wanted = set(predicted), set(gold)
    right = len(found & wanted)
    precision = right / len(found) if found else 0.0
    recall = right / len(wanted) if wanted else 0.0
    return ClassScore("events", precision, recall, _f1(precision, recall), len(wanted))


def country_root(key: EventKey) -> EventKey:
    """The coarse key: countries (first three letters) and root code."""
    unit, source, target, code = key
    return unit, source[:3], target[:3], code[:2]


def score_end_to_end(
    coder: EventCoder, sentences: Sequence[LabelledSentence]
) -> dict[str, ClassScore]:
    """Code whole-labelled sentences from raw text and compare with their events.

    Gold actors are coded by the dictionaries; one they do not know counts as not found.
    """
    whole = [replace(s, id=f"{i}") for i, s in enumerate(sentences) if s.complete]
    gold = {key for s in whole for key in _gold_keys(coder, s)}
    articles = [Article(s.id, None, s.text) for s in whole]
    events = code_articles(coder, articles)
    predicted = {event_key(e) for e in events}
    return {
        "country_root": overlap(map(country_root, predicted), map(country_root, gold)),
        "code": overlap(predicted, gold),
    }


def event_key(event: Event) -> EventKey:
    """The key of a coded event within its article."""
    return event.article_id, event.source, event.target, event.event_code


def _gold_keys(coder: EventCoder, sentence: LabelledSentence) -> Iterable[EventKey]:
    mentions = sentence_mentions(coder, sentence)
    for pair in sentence.pairs:
        source = _code_at(mentions, pair.source)
        target = _code_at(mentions, pair.target) if pair.target else ""
        yield sentence.id, source, target, pair.label


def _code_at(mentions: Sequence[ActorMention], span: Span | None) -> str:
    for m in mentions:
        if span and m.start < span[1] and m.end > span[0]:
            return m.code
    return "?"
