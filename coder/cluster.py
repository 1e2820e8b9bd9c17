"""Code articles on the workers of a Dask cluster; the events are those of one process, in order.

Workers read their own partitions of the inputs and write their own parts into the run folder (see
`resume`), which all of them and the main process must see. What a lost worker had in hand Dask gives
to another. The main process reads the parts in order, for what only it can tell: unique ids, copies
of stories, one-a-day.
"""

import hashlib
import json
import logging
import os
import secrets
import socket
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.articles import Slice, find_files, unique_ids
from coder.child import ChildLost, call_in_child
from coder.errors import CoderError, InputError, one_line
from coder.events import in_article
from coder.parallel import Setup, add_counts, full_name, load_quietly, made_with
from coder.partitions import Partition, cut_files, group, read_partition
from coder.pipeline import Counts, EventCoder, code_articles
from coder.records import Article, Event
from coder.resume import MANIFEST, Part, digest, open_run, read_part, write_part
from coder.syndication import lead

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

PATIENCE = (0, 1, 2, 4, 8, 15, 30)
"""Seconds to wait for a part that was written: a network file system may show it late."""


@dataclass(frozen=True, slots=True)
class Order:
    """What each worker is told: how to code, where the parts go, and a digest of the manifest."""

    setup: Setup
    default_date: Date | None
    folder: Path
    manifest: str = ""


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
        yield from merged(_parts(client, order, files, on_skip), watch, counts, on_skip)


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
        client.submit(_cut, order, batch, ROWS, key=f"cut-{number:06d}-{run}", **options)
        for number, batch in enumerate(batches)
    ]
    slices: list[Slice] = []
    for cut in cuts:
        found, skipped = _result(cut)
        slices += found
        for line in skipped:
            on_skip(line)
    waiting: deque = deque()
    for number, partition in enumerate(group(slices, ROWS)):
        key = f"part-{number:06d}-{run}"
        future = client.submit(_code, order, number, partition, key=key, **options)
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
        if (error := future.exception()) is not None:
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


def _cut(order: Order, files: list[Slice], rows: int) -> tuple[list[Slice], list[str]]:
    """Cut files into slices, on a worker."""
    _check_worker(order)
    _check_files(files)
    return cut_files(files, rows)


def _code(order: Order, number: int, partition: Partition) -> None:
    """Have a partition coded and its part written by the child of a worker."""
    try:
        call_in_child(_code_here, order, number, partition)
    except ChildLost as error:
        raise InputError(
            f"part {number}: the process that codes it on {socket.gethostname()} ended each time "
            f"({error}); mostly memory (2 GB a worker), else see the log of the worker; then give the "
            "same command again, it goes on from here"
        ) from None


def _code_here(order: Order, number: int, partition: Partition) -> None:
    """Code a partition and write its part, unless it is there."""
    made = _check_worker(order)
    _check_files(partition)
    skipped: list[str] = []
    articles, broken = read_partition(partition, order.default_date, skipped.append)
    made_of = digest(articles)
    done = read_part(order.folder, number, made_of)
    if done and done.broken == broken:
        return
    leads = [replace(article, text=lead(article.text)) for article in articles]
    part = Part([], Counts(), skipped, leads, broken)
    coded = code_articles(
        _coder(order.setup, made), unique_ids(articles), part.counts, part.skipped.append
    )
    part.events.extend(coded)
    write_part(order.folder, number, made_of, part)


def _check_files(slices: Iterable[Slice]) -> None:
    """Raise InputError for a file that this worker does not see: left out, it would go unnoticed."""
    for file in {part.file for part in slices}:
        if isinstance(file, Path) and not os.access(file, os.R_OK):
            raise InputError(
                f"{file}: cannot be read by the worker on {socket.gethostname()}; give inputs that "
                "all machines share"
            )


@lru_cache(maxsize=1)
def _check_worker(order: Order) -> str:
    """What this worker would make parts with; InputError if it is not what the run is made with."""
    host = socket.gethostname()
    try:
        text = (order.folder / MANIFEST).read_bytes()
        mine = made_with(order.setup, (), None)
    except OSError:
        raise InputError(
            f"{order.folder}: not seen by the worker on {host}; give an output on a file system "
            "that all machines share"
        ) from None
    except CoderError as error:
        raise InputError(f"worker on {host}: {error}") from None
    if hashlib.sha256(text).hexdigest() != order.manifest:
        raise InputError(f"{order.folder}: changed by another run; give another output")
    wanted = json.loads(text)
    for name in mine.keys() - {"inputs", "date", "parts"}:
        if mine[name] != wanted[name]:
            raise InputError(
                f"worker on {host}: {name} is {mine[name]}, in this run it is {wanted[name]}; "
                "install the same on all machines"
            )
    return json.dumps(mine)


@lru_cache(maxsize=1)
def _coder(setup: Setup, made: str) -> EventCoder:
    """The coder of this worker; loaded anew when a file of the same name holds something else."""
    return load_quietly(setup)
