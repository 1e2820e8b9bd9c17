"""The whole coder on one screen: articles in, events out."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import islice
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from coder.actors import ActorDictionary, load_actors
from coder.classify import best_leaf, features_to_matrix, score_pairs
from coder.dyads import coordinated, is_group, sentence_to_dyads
from coder.events import Candidate, candidates_to_events, settle
from coder.features import action_span, mask_tokens, pair_features
from coder.mentions import find_mentions
from coder.model import Model, load_model
from coder.ontology import Ontology, load_ontology
from coder.records import ActorMention, Article, Dyad, Event, Sentence
from coder.segment import article_to_sentences, is_boilerplate
from coder.syntax import Parse, Parser, load_parser

if TYPE_CHECKING:
    import pandas as pd

BATCH = 64
"""Articles that are parsed together."""

_WORD = re.compile(r"[a-z][a-z'-]+")


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
    """Model, dictionaries and parser, ready to code. `threshold` is the least P(event)."""

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
    """Events of articles, in order. An article that fails is skipped, counted and reported."""
    counts = counts if counts is not None else Counts()
    stream = iter(articles)
    while batch := list(islice(stream, BATCH)):
        work: list[Work] = []
        for article in batch:
            counts.articles += 1
            try:
                work += article_to_work(coder, article, counts)
            except Exception as error:  # one bad article must not stop a run
                on_skip(f"{article.id}: skipped ({type(error).__name__}: {error})")
        for event in work_to_events(coder, work):
            counts.events += 1
            yield event


def article_to_work(coder: EventCoder, article: Article, counts: Counts) -> list[Work]:
    """The sentences of an article that name an actor and may hold an event."""
    sentences = article_to_sentences(article)
    counts.sentences += len(sentences)
    mentions = find_mentions(article, sentences, coder.actors)
    work = [
        Work(article, s, m)
        for s, m in zip(sentences, mentions, strict=True)
        if m and not is_boilerplate(s.text) and sentence_probability(coder.model, s, m)
        >= coder.model.manifest.sentence_threshold
    ]
    counts.parsed += len(work)
    return work


def sentence_probability(model: Model, sentence: Sentence, mentions: list[ActorMention]) -> float:
    """How likely a sentence holds an event, by its words alone (the gate before the parser)."""
    weights = model.sentence_weights
    spans = ((m.start - sentence.start, m.end - sentence.start) for m in mentions)
    score = weights[""] + sum(weights.get(w, 0.0) for w in words_outside(sentence.text, spans))
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def words_outside(text: str, spans: Iterable[tuple[int, int]]) -> set[str]:
    """The lower-case words of a sentence outside its actors."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return set(_WORD.findall("".join(letters).lower()))


def work_to_events(coder: EventCoder, work: list[Work]) -> Iterator[Event]:
    """Parse, score and settle the sentences of a batch."""
    parses = list(coder.parser.parse(w.sentence.text for w in work))
    for item, candidates in zip(work, work_to_candidates(coder, work, parses), strict=True):
        kept = settle(candidates, coder.threshold)
        yield from candidates_to_events(item.article, kept, coder.ontology, coder.model.label)


def work_to_candidates(
    coder: EventCoder, work: list[Work], parses: list[Parse]
) -> Iterator[list[Candidate]]:
    """Each sentence's dyads with the best code of each."""
    dyads = [sentence_to_dyads(w.sentence, w.mentions) for w in work]
    features = [
        row
        for w, parse, pairs in zip(work, parses, dyads, strict=True)
        for row in dyad_features(coder, parse, w, pairs)
    ]
    matrix = features_to_matrix(
        features, coder.model.classifier.vocabulary, coder.model.classifier.idf
    )
    scores = score_pairs(coder.model.classifier, matrix)
    best = scores.root.argmax(axis=1) if len(features) else []
    row = 0
    for parse, pairs in zip(parses, dyads, strict=True):
        candidates = []
        for dyad in pairs:
            if scores.event[row] >= coder.threshold:
                root = scores.roots[best[row]]
                code = best_leaf(coder.model.classifier, root, matrix[row])
                candidates.append(
                    Candidate(
                        dyad,
                        code,
                        float(scores.event[row]),
                        float(scores.root[row, best[row]]),
                        _joined(parse, dyad),
                        action_span(parse, *dyad_spans(dyad)),
                    )
                )
            row += 1
        yield candidates


def dyad_features(
    coder: EventCoder, parse: Parse, work: Work, dyads: list[Dyad]
) -> list[list[str]]:
    """Features of each dyad of a sentence; dyads over the same spans share them."""
    start = work.sentence.start
    words = mask_tokens(parse, [(m.start - start, m.end - start) for m in work.mentions])
    known: dict[tuple, list[str]] = {}
    for dyad in dyads:
        spans = dyad_spans(dyad)
        if spans not in known:
            known[spans] = pair_features(parse, words, *spans, coder.model.classifier.lexicon)
    return [known[dyad_spans(d)] for d in dyads]


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

    What a notebook calls, and what Dask, Spark or Ray users map over partitions.
    """
    import pandas as pd

    from coder.articles import row_to_article
    from coder.dataset import EVENT_COLUMNS

    coder = coder or load_coder()
    rows = (row_to_article(r, f"row {i}") for i, r in enumerate(articles.to_dict("records")))
    return pd.DataFrame(map(astuple, code_articles(coder, rows)), columns=list(EVENT_COLUMNS))
