"""What each stage saw in a text, and why: for `eventcoder explain` and `eventcoder actors`."""

import csv
import io
from collections.abc import Iterable
from datetime import date as Date

import numpy as np

from coder.actors import ActorDictionary
from coder.classify import score_pairs
from coder.dyads import sentence_to_dyads
from coder.events import candidates_to_events, settle
from coder.mentions import find_mentions, unknown_names
from coder.pipeline import (
    EventCoder,
    Work,
    dyad_features,
    sentence_probability,
    work_to_candidates,
)
from coder.records import ActorMention, Article, Dyad
from coder.segment import article_to_sentences
from coder.when import event_date

TOP = 3
"""Roots and features shown for a dyad."""


def explain(coder: EventCoder, text: str, day: Date | None) -> str:
    """Mentions, dyads with their top roots and strongest features, and the events of a text."""
    article = Article("text", day, text)
    sentences = article_to_sentences(article)
    mentions = find_mentions(article, sentences, coder.actors)
    lines: list[str] = []
    for sentence, found in zip(sentences, mentions, strict=True):
        lines.append(f"sentence {sentence.index}: {sentence.text}")
        lines += [f"  actor  {_mention(m)}" for m in found]
        if not found:
            lines.append("  no actor: not parsed")
            continue
        gate = sentence_probability(coder.model, sentence, found)
        least = coder.model.manifest.sentence_threshold
        passes = "parsed" if gate >= least else "below the gate, not parsed when coding"
        lines.append(f"  gate   {gate:.2f} (least {least:.2f}): {passes}")
        lines += _explain_dyads(coder, Work(article, sentence, found))
        when = event_date(sentence.text, day)
        lines.append(f"  date   {when.isoformat() if when else 'unknown'}")
    return "\n".join(lines) or "no sentence"


def _explain_dyads(coder: EventCoder, work: Work) -> list[str]:
    model = coder.model.classifier
    [parse] = coder.parser.parse([work.sentence.text])
    dyads = sentence_to_dyads(work.sentence, work.mentions)
    features = dyad_features(coder, parse, work, dyads)
    scores = score_pairs(model, features)
    names = {i: f for f, i in model.vocabulary.items()}
    lines = []
    for row, dyad in enumerate(dyads):
        if scores.event[row] < coder.threshold / 2:
            continue
        order = np.argsort(-scores.root[row])[:TOP]
        roots = ", ".join(f"{scores.roots[i]} {scores.root[row, i]:.2f}" for i in order)
        weights = _weights(model.root.coef_, int(order[0])) * scores.matrix[row].toarray()[0]
        why = ", ".join(names[i] for i in np.argsort(-weights)[:TOP] if weights[i] > 0)
        lines.append(
            f"  dyad   {_dyad(dyad)}: event {scores.event[row]:.2f}; roots {roots}; why {why}"
        )
    [candidates] = work_to_candidates(coder, [work], [parse])
    kept = settle(candidates, coder.threshold)
    for e in candidates_to_events(work.article, kept, coder.ontology, coder.model.label):
        lines.append(
            f"  event  {e.source} -> {e.target or '(none)'}  {e.event_code} {e.event_name}  "
            f"p={e.probability:.2f}  [{e.action_text}]"
        )
    return lines or ["  no event"]


def _weights(coef: object, row: int) -> np.ndarray:
    part = coef[row]  # type: ignore[index]
    return part.toarray().ravel() if hasattr(part, "toarray") else np.asarray(part)


def _mention(m: ActorMention) -> str:
    return f"{m.text}  {m.code}  ({m.how})"


def _dyad(dyad: Dyad) -> str:
    target = f"{dyad.target.text} [{dyad.target.code}]" if dyad.target else "(none)"
    return f"{dyad.source.text} [{dyad.source.code}] -> {target}"


def describe_actors(text: str, day: Date | None, actors: ActorDictionary) -> str:
    """Each actor of a text on a line: words, code and the rule that found it."""
    article = Article("text", day, text)
    found = find_mentions(article, article_to_sentences(article), actors)
    lines = [_mention(m) for mentions in found for m in mentions]
    return "\n".join(lines) or "no actor found"


def unknown_table(articles: Iterable[Article], actors: ActorDictionary) -> str:
    """CSV of frequent names that no dictionary knows, ready to fill in as a dictionary."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "aliases", "code", "kind", "from", "to", "source", "count", "example"])
    for name in unknown_names(articles, actors):
        writer.writerow([name.name, "", "", "", "", "", "", name.count, name.example])
    return out.getvalue()
