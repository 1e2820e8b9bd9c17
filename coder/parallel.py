"""Code articles on several processes; the events are those of one process, in the same order."""

import gc
import hashlib
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date as Date
from functools import lru_cache
from pathlib import Path
from typing import Any

from coder import __version__
from coder.actors import load_actors
from coder.addresses import is_address
from coder.errors import CoderError
from coder.model import check_model
from coder.pipeline import Counts, EventCoder, code_articles, load_coder
from coder.records import Article, Event
from coder.resume import Part, digest, read_part, write_part
from coder.syntax import parser_version

CHUNK = 64
"""Articles that a worker process takes at a time."""

Setup = tuple[str | None, tuple[Path, ...], float | None]
"""Model folder, own actor files and least probability: the arguments of load_coder."""


def code_parallel(
    setup: Setup,
    articles: Iterable[Article],
    jobs: int,
    counts: Counts,
    on_skip: Callable[[str], None],
    folder: Path | None = None,
) -> Iterator[Event]:
    """Events of articles in order; each worker loads the model once.

    With the `folder` of a run (see `resume`) parts that are done are read from it and the others
    put into it.
    """
    check_model(setup[0])  # what is wrong is said before anything is read or any worker starts
    load_actors(setup[1])
    if jobs == 1 and folder is None:
        yield from code_articles(_coder(setup), articles, counts, on_skip)
        return
    failed: list[CoderError] = []
    chunks = enumerate(_chunks(articles, failed))
    tasks = ((setup, chunk, folder, number) for number, chunk in chunks)
    if jobs == 1:
        parts = (_code_part(*task) for task in tasks)
    else:
        from joblib import Parallel, delayed

        parts = Parallel(n_jobs=jobs, return_as="generator")(
            delayed(_code_part_for)(os.getpid(), *task) for task in tasks
        )
    for part in parts:
        add_counts(counts, part.counts)
        for line in part.skipped:
            on_skip(line)
        yield from part.events
    if failed:
        raise failed[0]


def made_with(
    setup: Setup, inputs: Iterable[str], default_date: Date | None, parts: str = f"{CHUNK} articles"
) -> dict[str, Any]:
    """All that the parts of a run depend on beside the text of the articles."""
    model, actor_files, min_probability = setup
    manifest = check_model(model)[1]
    load_actors(actor_files)  # a file that cannot be read is one clear error
    return {
        "eventcoder": __version__,
        "parser": parser_version(),
        "model": manifest.label,
        "min_probability": manifest.threshold if min_probability is None else min_probability,
        "sentence_threshold": manifest.sentence_threshold,
        "actors": [hashlib.sha256(file.read_bytes()).hexdigest() for file in actor_files],
        "date": default_date and default_date.isoformat(),
        "inputs": [*map(full_name, inputs)],
        "parts": parts,
    }


def full_name(name: str) -> str:
    """The name of an input from wherever it is read."""
    return name if name == "-" or is_address(name) else os.path.realpath(name)


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


def _code_part_for(parent: int, *task: Any) -> Part:
    """Code a part in a worker process.

    The coder is loaded with the first part, also where that is done: with psutil installed joblib
    takes what is loaded later for a leak, and starts the worker anew.
    """
    _end_with(parent)
    _coder(task[0])
    return _code_part(*task)


@lru_cache(maxsize=1)
def _end_with(parent: int) -> None:
    """End this worker when its parent was killed; it would wait for ever to hand over its part."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _code_part(
    setup: Setup, articles: tuple[Article, ...], folder: Path | None, number: int
) -> Part:
    made_of = digest(articles) if folder else ""
    if folder and (done := read_part(folder, number, made_of)):
        return done
    part = Part([], Counts(), [])
    part.events.extend(code_articles(_coder(setup), articles, part.counts, part.skipped.append))
    if folder:
        write_part(folder, number, made_of, part)
    return part


@lru_cache(maxsize=1)
def _coder(setup: Setup) -> EventCoder:
    return load_quietly(setup)


def load_quietly(setup: Setup) -> EventCoder:
    """The coder of a worker; what there is to warn of, the main process has said."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        coder = load_coder(*setup)
    gc.freeze()  # the collector need not walk the dictionaries again and again
    return coder


def add_counts(counts: Counts, part: Counts) -> None:
    """Add what a part has seen."""
    counts.articles += part.articles
    counts.sentences += part.sentences
    counts.parsed += part.parsed
    counts.events += part.events
