"""Inputs cut into partitions of some rows each, which are read apart and give the same articles."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

from coder.articles import Slice, check_files, file_rows, is_parquet, read_slices
from coder.errors import InputError
from coder.files import file_name, has_cr_lines, open_file
from coder.records import Article

Partition = tuple[Slice, ...]

_CUT = (".jsonl", ".csv", ".tsv", ".parquet")


def cut_files(files: Iterable[Slice], rows: int) -> tuple[list[Slice], list[str]]:
    """Files cut into slices of so many rows, and what is to be said of files that are no use.

    Text and XML files are not cut, nor are files whose lines end in CR. Raises InputError for a
    named file that cannot be read.
    """
    skipped: list[str] = []
    return [s for f in check_files(files, skipped.append) for s in _cut(f, rows)], skipped


def group(slices: Iterable[Slice], rows: int) -> Iterator[Partition]:
    """Neighbouring slices together, until they have so many rows."""
    taken: list[Slice] = []
    for part in slices:
        taken.append(part)
        if sum(s.size for s in taken) >= rows:
            yield tuple(taken)
            taken = []
    if taken:
        yield tuple(taken)


def read_partition(
    partition: Partition, default_date: Date | None, on_skip: Callable[[str], None]
) -> tuple[list[Article], str]:
    """The articles of a partition, whose ids need not be unique (see `articles.unique_ids`), and
    what is wrong with named files that cannot be read to their end, "" for nothing.
    """
    articles: list[Article] = []
    try:
        articles.extend(read_slices(partition, default_date, on_skip))
    except InputError as error:
        return articles, str(error)
    return articles, ""


def _cut(whole: Slice, rows: int) -> Iterator[Slice]:
    """The slices of a file; where it breaks is left to those who read the last one."""
    file, part = whole.file, whole
    count, head, before = 0, (0, 0), (0, 0)
    try:
        if not file or not _can_be_cut(file):
            yield whole
            return
        with open_file(file) as opened:
            for count, (line, _) in enumerate(file_rows(file, opened, str(file)), 1):
                at = (line, 0) if is_parquet(file) else (opened.tell(), line)
                # A quote that never closes has taken the rest of the file: no cut from there on.
                if count > part.rows + rows and at[0] > before[0]:
                    yield replace(part, stop=before[0], size=count - 1 - part.rows)
                    part = replace(
                        whole,
                        start=before[0],
                        rows=count - 1,
                        lines=before[1] - head[1],
                        head=head[0],
                    )
                before = at
                head = head if count > 1 else at
    except InputError:
        pass
    yield replace(part, size=count - part.rows)


def _can_be_cut(file: Path | str) -> bool:
    """Whether rows of this kind of file can be read apart, and it tells where they end."""
    if not file_name(file).lower().removesuffix(".gz").endswith(_CUT):
        return False
    with open_file(file) as opened:
        return is_parquet(file) or not has_cr_lines(opened)
