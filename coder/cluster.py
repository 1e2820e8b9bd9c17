"""Code articles on the workers of a Dask cluster; the events are those of one process, in order.

Workers read their own partitions of the inputs and write their own parts into the run folder (see
`resume`), which all of them and the main process must see. What a lost worker had in hand Dask gives
to another. The main process reads the parts in order, for what only it can tell: unique ids, copies
of stories, one-a-day.
"""

import hashlib
import logging
import secrets
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.articles import Slice, find_files, unique_ids
from coder.errors import CoderError, InputError, one_line
from coder.events import in_article
from coder.parallel import add_counts, full_name, made_with
from coder.partitions import group
from coder.pipeline import Counts
from coder.records import Article, Event
from coder.resume import MANIFEST, Part, abandon_run, open_run, read_part
from coder.worker import Order, code, cut

if TYPE_CHECKING:
    from distributed import Client

ROWS = 256
"""Rows of a partition: some seconds of work, so that little is lost with a worker."""

FILES = 64
"""Files that a worker cuts into slices at a time."""

AHEAD = 10_000
"""Partitions that the scheduler knows of at a time."""

CONNECT = 20
"""Seconds in which a scheduler must answer."""

LOOK = 10
"""Seconds after which it is looked whether there are workers at all."""

PATIENCE = (0, 1, 2, 4, 8, 15, 30)
"""Seconds to wait for a part that was written: a network file system may show it late."""


def code_on_cluster(
    address: str,
    order: Order,
    inputs: Iterable[str],
    watch: Callable[[Iterable[Article]], Iterator[Article]],
    counts: Counts,
    on_skip: Callable[[str], None],
) -> Iterator[Event]:
    """Events of all articles in the order of the inputs.

    `watch` is given all articles, with texts cut to their first words, and hands on each before it
    takes the next. Parts that are done are not coded again. All that goes wrong is a CoderError;
    what is done then stays in the folder of the run.
    """
    if "-" in inputs:
        raise InputError("standard input cannot be read by a cluster; give files or addresses")
    model, actors, least = order.setup
    actors = tuple(Path(full_name(str(file))) for file in actors)
    order = replace(order, setup=(model and full_name(model), actors, least))
    names = [full_name(name) for name in inputs]
    made = made_with(order.setup, names, order.default_date, f"slices of {ROWS} rows")
    files = find_files(names, on_skip)
    with _connected(address) as client:
        open_run(order.folder, made)
        text = (order.folder / MANIFEST).read_bytes()
        order = replace(order, manifest=hashlib.sha256(text).hexdigest())
        try:
            yield from merged(_parts(client, order, files, on_skip), watch, counts, on_skip)
        except CoderError:
            abandon_run(order.folder)
            raise


def merged(
    parts: Iterable[Part],
    watch: Callable[[Iterable[Article]], Iterator[Article]],
    counts: Counts,
    on_skip: Callable[[str], None],
) -> Iterator[Event]:
    """The events of parts as if their articles had come in one stream, with unique ids.

    Named files that cannot be read to their end raise InputError when all parts are read.
    """
    broken: list[str] = []
    waiting: deque[list[Event]] = deque()

    def articles() -> Iterator[Article]:
        for part in parts:
            add_counts(counts, part.counts)
            for line in part.skipped:
                on_skip(line)
            rows = groupby(part.events, attrgetter("article_id"))
            events = {name: list(found) for name, found in rows}
            for article, known_as in zip(part.articles, unique_ids(part.articles), strict=True):
                waiting.append(events.get(known_as.id, []))
                yield article
            if part.broken:
                broken.append(part.broken)
        if broken:
            raise InputError("; ".join(broken))

    for article in watch(unique_ids(articles())):
        for event in waiting.popleft():
            yield in_article(event, article.id)


@contextmanager
def _connected(address: str) -> Iterator["Client"]:
    """A client of the scheduler at an address."""
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(
            f"--scheduler needs Dask ({one_line(error)[:200]}); run pip install 'eventcoder[dask]'"
        ) from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # it raises all it logs
    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"--scheduler {address}: no Dask scheduler answers there ({one_line(error)[:200]})"
        ) from None
    try:
        if not client.nthreads():
            warnings.warn(f"{address} has no workers yet; waiting for them", stacklevel=2)
        yield client
    finally:
        client.close()


def _parts(
    client: "Client", order: Order, files: list[Slice], on_skip: Callable[[str], None]
) -> Iterator[Part]:
    """The parts of a run in order, as workers get done with them."""
    run = secrets.token_hex(4)
    options: dict[str, Any] = {"pure": False, "retries": 2}
    stream = iter(files)
    batches = iter(lambda: list(islice(stream, FILES)), [])
    cuts = [
        client.submit(cut, order, batch, ROWS, key=f"cut-{number:06d}-{run}", **options)
        for number, batch in enumerate(batches)
    ]
    slices: list[Slice] = []
    for future in cuts:
        found, skipped = _result(future)
        slices += found
        for line in skipped:
            on_skip(line)
    waiting: deque = deque()
    for number, partition in enumerate(group(slices, ROWS)):
        key = f"part-{number:06d}-{run}"
        future = client.submit(code, order, number, partition, key=key, **options)
        waiting.append((number, future))
        if len(waiting) == AHEAD:
            yield _await_part(order.folder, *waiting.popleft())
    while waiting:
        yield _await_part(order.folder, *waiting.popleft())


def _await_part(folder: Path, number: int, future: Any) -> Part:  # noqa: ANN401
    """The part that a worker has written; nothing is fetched from the worker, which may be lost."""
    _result(future, fetch=False)
    for seconds in PATIENCE:
        time.sleep(seconds)
        if part := read_part(folder, number):
            return part
    raise InputError(
        f"{folder}: part {number} was written by a worker and is not seen here; give an output "
        "on a file system that all machines share"
    )


def _result(future: Any, fetch: bool = True) -> Any:  # noqa: ANN401
    """What a task gave, or None; what went wrong as a CoderError."""
    from distributed import KilledWorker

    try:
        if (error := _error(future)) is not None:
            raise error
        if future.cancelled():
            raise ConnectionError("the scheduler was lost")
        return future.result() if fetch else None
    except CoderError:
        raise
    except KilledWorker as error:
        raise InputError(
            f"{error.task}: {error.allowed_failures + 1} workers were lost while at it; give workers "
            "more memory (2 GB each) and the same command again, it goes on from here"
        ) from None
    except Exception as error:  # the network, the scheduler, other programs on the worker
        raise InputError(
            f"the cluster failed ({type(error).__name__}: {one_line(error)[:200]}); give the same command "
            "again, it goes on from here"
        ) from None


def _error(future: Any) -> BaseException | None:  # noqa: ANN401
    """What a task has raised, when it is done; says when there is nobody to do it."""
    said = False
    while True:
        try:
            return future.exception(timeout=LOOK)
        except TimeoutError:
            if not said and not future.client.nthreads():
                warnings.warn("no workers are left; waiting for new ones", stacklevel=2)
                said = True
