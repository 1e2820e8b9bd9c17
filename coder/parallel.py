"""Code articles on several processes; the events are those of one process, in the same order."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from coder.errors import CoderError
from coder.pipeline import Counts, EventCoder, code_articles, load_coder
from coder.records import Article, Event

CHUNK = 128
"""Articles that a worker process takes at a time."""

Setup = tuple[str | None, tuple[Path, ...], float | None]
"""Model folder, own actor files and least probability: the arguments of load_coder."""


def code_parallel(
    setup: Setup,
    articles: Iterable[Article],
    jobs: int,
    counts: Counts,
    on_skip: Callable[[str], None],
) -> Iterator[Event]:
    """Events of articles in order; each worker loads the model once."""
    if jobs == 1:
        yield from code_articles(load_coder(*setup), articles, counts, on_skip)
        return
    from joblib import Parallel, delayed

    _coder(setup)  # a missing model is one clear error here, not one in each worker
    failed: list[CoderError] = []
    tasks = (delayed(_code_chunk)(setup, chunk) for chunk in _chunks(articles, failed))
    for events, part, skipped in Parallel(n_jobs=jobs, return_as="generator")(tasks):
        _add(counts, part)
        for line in skipped:
            on_skip(line)
        yield from events
    if failed:
        raise failed[0]


def _chunks(articles: Iterable[Article], failed: list[CoderError]) -> Iterator[tuple[Article, ...]]:
    """Articles in chunks; an input that cannot be read ends them, so that what came is coded."""
    chunk: list[Article] = []
    try:
        for article in articles:
            chunk.append(article)
            if len(chunk) == CHUNK:
                yield tuple(chunk)
                chunk = []
    except CoderError as error:
        failed.append(error)
    if chunk:
        yield tuple(chunk)


def _code_chunk(
    setup: Setup, articles: tuple[Article, ...]
) -> tuple[list[Event], Counts, list[str]]:
    counts, skipped = Counts(), []
    events = list(code_articles(_coder(setup), articles, counts, skipped.append))
    return events, counts, skipped


@lru_cache(maxsize=1)
def _coder(setup: Setup) -> EventCoder:
    return load_coder(*setup)


def _add(counts: Counts, part: Counts) -> None:
    counts.articles += part.articles
    counts.sentences += part.sentences
    counts.parsed += part.parsed
    counts.events += part.events
