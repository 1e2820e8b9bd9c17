"""Read articles: text, JSONL, CSV, TSV, Parquet and PETRARCH XML, plain or .gz, files or a stream.

A file is a path, or an address as text (see `addresses`); None is standard input.

Everything streams: of a file no more than one article (a batch of rows in Parquet) is in memory,
and of a run the ids, which stay unique.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date as Date
from pathlib import Path
from typing import IO, Any

from coder.addresses import is_address, list_address
from coder.dateline import find_dateline
from coder.dates import is_missing, to_date, value_to_date
from coder.errors import InputError, one_line
from coder.files import file_name, is_binary, open_file, splice
from coder.records import Article
from coder.rows import LONGEST_TEXT, READERS, Rows, read_parquet, read_stream

_SAMPLE = 1 << 13
_KINDS = ", ".join(READERS)
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")

File = Path | str | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Neighbouring rows of a file, or the whole file; `named` if the user named the file itself.

    `start` and `stop` are bytes of the unpacked file, rows in Parquet; None is its end. `rows` come
    before the slice. Of another slice than the first, `head` is how many bytes the file's start
    takes up to and with the first row, and `lines` is what its lines are to be counted up by.
    `size` is the number of rows.
    """

    file: File
    named: bool
    start: int = 0
    stop: int | None = None
    rows: int = 0
    lines: int = 0
    head: int = 0
    size: int = 1


def read_articles(
    inputs: Iterable[str],
    default_date: Date | None = None,
    on_skip: Callable[[str], None] = lambda line: None,
) -> Iterator[Article]:
    """Articles of files, of folders with all below them (sorted), and of "-", standard input.

    A row or a file of a folder that cannot be used is skipped and reported as "file:line: why".
    A named file that cannot be used raises InputError, before anything is read where possible, else
    when all other files are read. An article without a date takes that of its dateline, else
    `default_date`.
    """
    files = list(check_files(find_files(inputs, on_skip), on_skip))
    return unique_ids(read_slices(files, default_date, on_skip))


def row_to_article(row: Mapping[str, Any], where: str, default_date: Date | None = None) -> Article:
    """An article from a row with the columns id, date, text, title, source and url.

    `where` names the row in errors and is its id if it has none. Raises InputError for a row
    without text or with one of more than LONGEST_TEXT characters; a date that cannot be read
    counts as none. Control characters become blanks, half characters U+FFFD.
    """
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError(f"{where}: no text")
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"{where}: a text of more than {LONGEST_TEXT:,} characters; split it into its articles"
        )
    text = _clean(text)
    if not text.strip():
        raise InputError(f"{where}: the text is empty")
    return Article(
        id=_cell(row.get("id")) or _clean(where),
        date=value_to_date(row.get("date")) or _dateline_date(text, default_date) or default_date,
        text=text,
        title=_cell(row.get("title")),
        source=_cell(row.get("source")),
        url=_cell(row.get("url")),
    )


def _cell(value: object) -> str:
    """A cell as text; "" for what is missing or no single value."""
    if isinstance(value, str):
        return _clean(value).strip()
    if is_missing(value) or isinstance(value, list | dict):
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _clean(text: str) -> str:
    """Text of the same length without what other programs choke on."""
    return text if text.isprintable() else _CONTROL.sub(" ", _HALF.sub("\ufffd", text))


def _dateline_date(text: str, default_date: Date | None) -> Date | None:
    """The day of a dateline in the first lines; a year it leaves out is that of `default_date`."""
    for line in text[:1000].lstrip().splitlines()[:5]:
        found = find_dateline(line)
        if found and found.month and found.day:
            year = found.year or (default_date and default_date.year)
            return to_date(year, found.month, found.day) if year else None
    return None


def unique_ids(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles, one by one; a later one of the same id gets a number behind it."""
    seen: dict[str, int] = {}
    for article in articles:
        name = article.id
        while name in seen:
            seen[article.id] += 1
            name = f"{article.id}-{seen[article.id]}"
        seen[name] = 1
        yield article if name == article.id else replace(article, id=name)


def find_files(inputs: Iterable[str], on_skip: Callable[[str], None]) -> list[Slice]:
    """The files of inputs, whole. Raises InputError for an input that is not there."""
    found = [_files(name, on_skip) for name in inputs]
    return [Slice(file, named) for files, named in found for file in files]


def _files(name: str, on_skip: Callable[[str], None]) -> tuple[Sequence[File], bool]:
    """The files of an input, and whether it is one file, named itself."""
    if name == "-":
        return [None], True
    files: Sequence[File]
    if is_address(name):
        found, named = list_address(name)
        files = [file for file in found if named or _kind(file) in READERS]
    elif os.path.isdir(name):
        files, named = _files_in(Path(name), on_skip), False
    elif os.path.exists(name):
        return [Path(name)], True
    else:
        raise InputError(f"{name}: no such file or folder")
    if not files:
        raise InputError(f"{name}: the folder holds no {_KINDS} file")
    return files, named


def _files_in(folder: Path, on_skip: Callable[[str], None]) -> list[Path]:
    """The readable kinds of files in a folder and all below it, without hidden ones, sorted."""

    def refuse(error: OSError) -> None:
        on_skip(one_line(f"{error.filename}: cannot be read ({error.strerror})"))

    found = (Path(top, name) for top, _, names in os.walk(folder, onerror=refuse) for name in names)
    return sorted(
        p for p in found if _kind(p) in READERS and p.name[0] != "." and os.path.isfile(p)
    )


def check_files(files: Iterable[Slice], on_skip: Callable[[str], None]) -> Iterator[Slice]:
    """The files that can be read; one that was named and cannot raises InputError."""
    for whole in files:
        try:
            if whole.file:
                _check(whole.file)
        except InputError as error:
            if whole.named:
                raise
            on_skip(str(error))
        else:
            yield whole


def _check(file: Path | str) -> None:
    """Raise InputError for a file that cannot be read at all."""
    if _kind(file) not in READERS:
        raise InputError(f"{file}: unknown kind of file; give {_KINDS}, each also as .gz")
    with open_file(file) as opened:
        start = opened.read(_SAMPLE)
    if not start.strip():
        raise InputError(f"{file}: the file is empty")
    if not is_parquet(file) and is_binary(start):
        raise InputError(f"{file}: a binary file (or UTF-16), no text; save it as UTF-8")


def _kind(file: Path | str) -> str:
    """The suffix without .gz: ".jsonl" of news.jsonl.gz."""
    return Path(file_name(file).lower().removesuffix(".gz")).suffix


def is_parquet(file: Path | str) -> bool:
    """Whether a file is Parquet, plain or packed."""
    return _kind(file) == ".parquet"


def read_slices(
    slices: Iterable[Slice], default_date: Date | None, on_skip: Callable[[str], None]
) -> Iterator[Article]:
    """Articles of slices. A file that cannot be read (to its end) does not keep others from it.

    In a folder it is reported, a named one raises InputError when all are read. One at an address
    that may be whole another time raises UnreachableError at once.
    """
    broken: list[str] = []
    for part in slices:
        try:
            yield from _slice_articles(part, default_date, on_skip)
        except InputError as error:
            if part.named:
                broken.append(str(error))
            else:
                on_skip(str(error))
    if broken:
        raise InputError("; ".join(broken))


def _slice_articles(
    part: Slice, default_date: Date | None, on_skip: Callable[[str], None]
) -> Iterator[Article]:
    """Articles of a slice; one without an id is named by the file and its number.

    Raises InputError where the file cannot be read on.
    """
    label, stem = "standard input", "stdin"
    if part.file:
        label, name = str(part.file), file_name(part.file)
        stem = _clean(Path(name.removesuffix(".gz").removesuffix(".GZ")).stem)
    with open_file(part.file) if part.file else nullcontext(sys.stdin.buffer) as opened:
        for count, (line, row) in enumerate(_slice_rows(part, opened, label), part.rows + 1):
            where = f"{label}:{line + part.lines}" if line else label
            name = f"{stem}:{count}" if line else stem
            try:
                if isinstance(row, str):
                    raise InputError(f"{where}: {row}")
                article = row_to_article(row, where, default_date)
            except InputError as error:
                on_skip(str(error))
            else:
                yield article if article.id != _clean(where) else replace(article, id=name)


def _slice_rows(part: Slice, opened: IO[bytes], label: str) -> Rows:
    if part.file is None:
        return read_stream(opened, label)
    if is_parquet(part.file):
        return read_parquet(opened, label, part.start, part.stop)
    if part.start or part.stop:
        opened = splice(opened, part.head, part.start, part.stop)
    rows = file_rows(part.file, opened, label)
    if part.start:
        next(rows)  # of the head
    return rows


def file_rows(file: Path | str, opened: IO[bytes], label: str) -> Rows:
    """The rows of a file of any kind."""
    return READERS[_kind(file)](opened, label)
