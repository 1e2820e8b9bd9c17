"""The worker's side of a run on a cluster: what the child of a worker does for a task (see `cluster`)."""

import hashlib
import json
import os
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import lru_cache
from pathlib import Path
from typing import Any

from coder.articles import Slice, unique_ids
from coder.child import ChildLost, call_in_child
from coder.errors import CoderError, InputError
from coder.parallel import Setup, load_quietly, made_with
from coder.partitions import Partition, cut_files, read_partition
from coder.pipeline import Counts, EventCoder, code_articles
from coder.resume import MANIFEST, Part, digest, read_part, write_part
from coder.syndication import lead


@dataclass(frozen=True, slots=True)
class Order:
    """What each worker is told: how to code, where the parts go, and a digest of the manifest."""

    setup: Setup
    default_date: Date | None
    folder: Path
    manifest: str = ""


def cut(order: Order, files: list[Slice], rows: int) -> tuple[list[Slice], list[str]]:
    """Have files cut into slices by the child of a worker."""
    return _in_child(f"cutting {files[0].file}", _cut_here, order, files, rows)


def code(order: Order, number: int, partition: Partition) -> None:
    """Have a partition coded and its part written by the child of a worker."""
    _in_child(f"part {number}", _code_here, order, number, partition)


def _in_child(what: str, function: Callable, *arguments: Any) -> Any:  # noqa: ANN401
    try:
        return call_in_child(function, *arguments)
    except ChildLost as error:
        raise InputError(
            f"{what}: the process for it on {socket.gethostname()} ended each time ({error}); mostly "
            "memory (2 GB a worker), else see the log of the worker; then give the same command "
            "again, it goes on from here"
        ) from None


def _cut_here(order: Order, files: list[Slice], rows: int) -> tuple[list[Slice], list[str]]:
    """Cut files into slices."""
    _check_worker(order)
    _check_files(files)
    return cut_files(files, rows)


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
