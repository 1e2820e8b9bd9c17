"""What each stage saw in a text, and why: for `eventcoder explain` and `eventcoder actors`."""

import csv
import io
from collections.abc import Iterable
from datetime import date as Date

import numpy as np

from coder.actor_files import NAME_COLUMNS
from coder.actors import ActorDictionary
from coder.classify import score_pairs
from coder.dataset import defuse
from coder.dyads import sentence_to_dyads
from coder.events import candidates_to_events, settle
from coder.gate import sentence_probability
from coder.geo import country_of, fips_of, full_name
from coder.mentions import find_mentions
from coder.pipeline import (
    EventCoder,
    Work,
    dyad_features,
    mask_work,
    sentence_least,
    with_scenes,
    work_to_candidates,
)
from coder.records import ActorMention, Article, Dyad
from coder.segment import article_to_sentences
from coder.unknown import unknown_names
from coder.when import When
from coder.where import Where

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
        gate = sentence_probability(coder.model.sentence_weights, sentence, found)
        least = sentence_least(coder, found)
        passes = "parsed" if gate >= least else "below the gate, not parsed when coding"
        lines.append(f"  gate   {gate:.2f} (least {least:.2f}): {passes}")
        lines += _explain_dyads(coder, Work(article, sentence, found))
    return "\n".join(lines) or "no sentence"


def _explain_dyads(coder: EventCoder, work: Work) -> list[str]:
    model = coder.model.classifier
    [parse] = coder.parser.parse([work.sentence.text])
    dyads = sentence_to_dyads(work.sentence, work.mentions)
    features = dyad_features(mask_work(coder, work, parse), dyads)
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
    shown: set[str] = set()
    for pair in sorted(with_scenes(coder, work, parse, kept), key=lambda p: -p[0].probability):
        for e in candidates_to_events(
            work.article, [pair], coder.ontology, coder.model.manifest.label
        ):
            if e.event_id not in shown:
                shown.add(e.event_id)
                lines += [
                    f"  event  {e.source} -> {e.target or '(none)'}  {e.event_code} {e.event_name}  "
                    f"p={e.probability:.2f}  [{e.action_text}]",
                    f"  date   {_when(pair[1].when)}",
                    f"  place  {_where(pair[1].where)}",
                ]
    return lines or ["  no event"]


def _weights(coef: object, row: int) -> np.ndarray:
    part = coef[row]  # type: ignore[index]
    return part.toarray().ravel() if hasattr(part, "toarray") else np.asarray(part)


def _when(when: When) -> str:
    words = f' "{when.words}"' if when.words else ""
    return f"{when.day.isoformat() if when.day else 'none'} ({when.rule}){words}"


def _where(where: Where) -> str:
    """A place with its country, codes (FIPS 10-4 with ADM1, ISO 3166) and degrees."""
    place = where.place
    if place is None:
        return "none told"
    iso = f"{country_of(place.country, 'iso3')} {place.iso}".strip()
    return (
        f"{full_name(place)} {fips_of(place)}{place.adm1} {iso} {place.latitude:.2f} {place.longitude:.2f} "
        f'({where.rule}) "{where.words}"'
    )


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
    """CSV of frequent names that nothing codes: fill in `code` and give the file to --actors."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*NAME_COLUMNS, "count", "guess", "reason", "example"])
    for n in unknown_names(articles, actors):
        row = {"name": n.name, "kind": n.kind}
        cells = [row.get(column, "") for column in NAME_COLUMNS]
        writer.writerow([*cells, n.count, n.guess, n.reason, defuse(n.example)])
    return out.getvalue()
