"""The whole coder on one screen: articles in, events out."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coder.actors import ActorDictionary, load_actors
from coder.classify import best_leaves, score_pairs
from coder.dyads import actor_identity, coordinated, is_group, sentence_to_dyads
from coder.errors import CoderError, InputError
from coder.events import Candidate, candidates_to_events, is_idle, least, parties, settle
from coder.features import Masked, action_span, mask_sentence, pair_features
from coder.gate import sentence_probability
from coder.limits import time_limit
from coder.mentions import find_mentions
from coder.model import Model, load_model
from coder.ontology import Ontology, load_ontology
from coder.records import ActorMention, Article, Dyad, Event, Sentence
from coder.scenes import Scene, find_scene
from coder.segment import article_to_sentences, is_boilerplate
from coder.syntax import Parse, Parser, load_parser

if TYPE_CHECKING:
    import pandas as pd

BATCH = 64
"""Articles that are coded together."""

TOGETHER = 256
"""Sentences of them that are parsed and scored together, which bounds the memory."""

LONELY = 0.25
"""What a sentence that names one actor must reach in probability to be parsed: all it can hold is an
act without a target, and sentences below this hold none."""

LONGEST_TIME = 120
"""Seconds for the articles that are coded together, and then for each alone."""


@dataclass(slots=True)
class Counts:
    """What a run has seen so far."""

    articles: int = 0
    skipped: int = 0
    sentences: int = 0
    parsed: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class EventCoder:
    """Model, dictionaries and parser, ready to code. `threshold` is the least probability of an event."""

    model: Model
    actors: ActorDictionary
    ontology: Ontology
    parser: Parser
    threshold: float


@dataclass(frozen=True, slots=True)
class Work:
    """A sentence that may hold an event, with its article and mentions."""

    article: Article
    sentence: Sentence
    mentions: list[ActorMention]


def load_coder(
    model: str | Path | None = None,
    actor_files: Iterable[Path] = (),
    min_probability: float | None = None,
) -> EventCoder:
    """Load a model folder (the shipped one by default) with the user's own dictionaries."""
    loaded = load_model(model)
    return EventCoder(
        model=loaded,
        actors=load_actors([*loaded.actors, *actor_files]),
        ontology=load_ontology(),
        parser=load_parser(),
        threshold=loaded.manifest.threshold if min_probability is None else min_probability,
    )


def code_articles(
    coder: EventCoder,
    articles: Iterable[Article],
    counts: Counts | None = None,
    on_skip: Callable[[str], None] = lambda line: None,
) -> Iterator[Event]:
    """Events of articles, in order.

    An article that fails or takes longer than LONGEST_TIME is skipped, counted and reported.
    """
    counts = counts if counts is not None else Counts()
    for batch in _batches(articles):
        counts.articles += len(batch)
        try:
            with time_limit(LONGEST_TIME):
                events = _batch_events(coder, batch, counts)
        except Exception:  # one bad article must not stop a run: find it by coding each alone
            events = []
            for article in batch:
                try:
                    with time_limit(LONGEST_TIME):
                        events += _batch_events(coder, [article], counts)
                except Exception as error:
                    on_skip(f"{article.id}: skipped ({type(error).__name__}: {error})")
        counts.events += len(events)
        yield from events


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles by BATCH; what was read before a file that cannot be used comes out first."""
    stream, failure = iter(articles), None
    while failure is None:
        batch: list[Article] = []
        try:
            batch.extend(islice(stream, BATCH))
        except CoderError as error:
            failure = error
        if batch:
            yield batch
        elif failure is None:
            return
    raise failure


def _batch_events(coder: EventCoder, batch: list[Article], counts: Counts) -> list[Event]:
    """Events of a few articles that are parsed together; counts change only when all went well."""
    part = Counts()
    work = [w for article in batch for w in article_to_work(coder, article, part)]
    parts = (work[start : start + TOGETHER] for start in range(0, len(work), TOGETHER))
    events = [event for some in parts for event in work_to_events(coder, some)]
    counts.sentences += part.sentences
    counts.parsed += part.parsed
    return events


def article_to_work(coder: EventCoder, article: Article, counts: Counts) -> list[Work]:
    """The sentences of an article that name an actor and may hold an event."""
    sentences = article_to_sentences(article)
    counts.sentences += len(sentences)
    mentions = find_mentions(article, sentences, coder.actors)
    work = [
        Work(article, s, m)
        for s, m in zip(sentences, mentions, strict=True)
        if m
        and not is_boilerplate(s.text)
        and sentence_probability(coder.model.sentence_weights, s, m) >= sentence_least(coder, m)
    ]
    counts.parsed += len(work)
    return work


def sentence_least(coder: EventCoder, mentions: list[ActorMention]) -> float:
    """The least probability of a sentence with these actors to be parsed."""
    least_likely = coder.model.manifest.sentence_threshold
    lonely = len({actor_identity(m.code) for m in mentions}) < 2
    return max(least_likely, LONELY) if lonely else least_likely


def work_to_events(coder: EventCoder, work: list[Work]) -> Iterator[Event]:
    """Parse, score and settle the sentences of a batch."""
    parses = list(coder.parser.parse(w.sentence.text for w in work))
    label = coder.model.manifest.label
    found = work_to_candidates(coder, work, parses)
    for item, parse, candidates in zip(work, parses, found, strict=True):
        kept = with_scenes(coder, item, parse, settle(candidates, coder.threshold))
        yield from candidates_to_events(item.article, kept, coder.ontology, label)


def with_scenes(
    coder: EventCoder, work: Work, parse: Parse, kept: list[Candidate]
) -> list[tuple[Candidate, Scene]]:
    """Candidates with the day and place of each."""
    day, actors = work.article.date, coder.actors
    return [(c, find_scene(c.dyad, c.event_code, c.action, day, parse, actors)) for c in kept]


def work_to_candidates(
    coder: EventCoder, work: list[Work], parses: list[Parse]
) -> list[list[Candidate]]:
    """Each sentence's probable dyads with the best code of each, pairs first.

    Actors alone, a third of all dyads, are looked at only where they are in no probable pair.
    """
    masked = [mask_work(coder, w, p) for w, p in zip(work, parses, strict=True)]
    dyads = [sentence_to_dyads(w.sentence, w.mentions) for w in work]
    pairs = [[d for d in some if d.target] for some in dyads]
    found = _probable(coder, masked, pairs)
    idle = map(parties, found)
    alone = [
        [d for d in some if not d.target and not is_idle(d, paired)]
        for some, paired in zip(dyads, idle, strict=True)
    ]
    return [a + b for a, b in zip(found, _probable(coder, masked, alone), strict=True)]


def _probable(
    coder: EventCoder, masked: list[Masked], dyads: list[list[Dyad]]
) -> list[list[Candidate]]:
    """Of the dyads of each sentence those that are probable."""
    features = [
        row for m, some in zip(masked, dyads, strict=True) for row in dyad_features(m, some)
    ]
    needed = np.array([least(d, coder.threshold) for some in dyads for d in some])
    scores = score_pairs(coder.model.classifier, features, needed)
    best = scores.root.argmax(axis=1)
    sure = scores.root[np.arange(len(best)), best]
    kept = np.flatnonzero(scores.event * sure >= needed)
    roots = [scores.roots[best[row]] for row in kept]
    codes = best_leaves(coder.model.classifier, roots, scores.matrix[kept])
    code_of = dict(zip(kept.tolist(), codes, strict=True))
    rows = count()
    return [
        [
            Candidate(
                dyad,
                code_of[row],
                float(scores.event[row]),
                float(sure[row]),
                _joined(m.parse, dyad),
                action_span(m.parse, *dyad_spans(dyad)),
            )
            for dyad, row in zip(some, rows, strict=False)
            if row in code_of
        ]
        for m, some in zip(masked, dyads, strict=True)
    ]


def mask_work(coder: EventCoder, work: Work, parse: Parse) -> Masked:
    """What all dyads of a sentence share."""
    start = work.sentence.start
    spans = [(m.start - start, m.end - start) for m in work.mentions]
    return mask_sentence(parse, spans, coder.model.classifier.lexicon)


def dyad_features(masked: Masked, dyads: list[Dyad]) -> list[list[str]]:
    """Features of each dyad of a sentence; dyads over the same spans share them."""
    known: dict[tuple, list[str]] = {}
    for dyad in dyads:
        key = (*dyad_spans(dyad), is_group(dyad))
        if key not in known:
            source, target, group = key
            known[key] = pair_features(masked, source, target, group=group)
    return [known[*dyad_spans(d), is_group(d)] for d in dyads]


def dyad_spans(dyad: Dyad) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Source and target as offsets in the sentence; a group is a source without a target."""
    start = dyad.sentence.start
    source = (dyad.source.start - start, dyad.source.end - start)
    if dyad.target is None or is_group(dyad):
        return source, None
    return source, (dyad.target.start - start, dyad.target.end - start)


def _joined(parse: Parse, dyad: Dyad) -> bool:
    source, target = dyad_spans(dyad)
    return is_group(dyad) or (target is not None and coordinated(parse, source, target))


def code_frame(articles: "pd.DataFrame", coder: EventCoder | None = None) -> "pd.DataFrame":
    """Events of a table of articles (columns id, date, text, title, source, url; only text needed).

    What a notebook calls, and what Dask, Spark or Ray users map over partitions. A row that
    cannot be coded is skipped with a warning.
    """
    import pandas as pd

    from coder.dataset import EVENT_COLUMNS

    if "text" not in articles.columns:
        found = ", ".join(map(str, articles.columns))
        raise InputError(f"table of articles: no column named text; found: {found}")
    coder = coder or load_coder()
    events = code_articles(coder, _frame_articles(articles), on_skip=warnings.warn)
    return pd.DataFrame(map(astuple, events), columns=list(EVENT_COLUMNS))


def _frame_articles(articles: "pd.DataFrame") -> Iterator[Article]:
    from coder.articles import row_to_article

    for i, row in enumerate(articles.to_dict("records")):
        try:
            yield row_to_article(row, f"row {i}")
        except InputError as error:
            warnings.warn(str(error), stacklevel=2)
