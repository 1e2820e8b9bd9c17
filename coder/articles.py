"""Read articles: text, JSONL, CSV, TSV, Parquet and PETRARCH XML, plain or .gz, files or a stream.

Everything streams: of a file no more than one article (a batch of rows in Parquet) is in memory,
and of a run the ids, which stay unique.
"""

import gzip
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date as Date
from pathlib import Path
from typing import IO, Any

from coder.dateline import find_dateline
from coder.dates import is_missing, to_date, value_to_date
from coder.errors import InputError
from coder.records import Article
from coder.rows import READERS, read_stream

_SAMPLE = 1 << 13
_KINDS = ", ".join(READERS)
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_articles(
    inputs: Iterable[str],
    default_date: Date | None = None,
    on_skip: Callable[[str], None] = lambda line: None,
) -> Iterator[Article]:
    """Articles of files, of folders with all below them (sorted), and of "-", standard input.

    A row or a file of a folder that cannot be used is skipped and reported as "file:line: why".
    A named file that cannot be used raises InputError, before anything is read where possible.
    An article without a date takes that of its dateline, else `default_date`.
    """
    files = [file for name in inputs for file in _find_files(name, on_skip)]
    return _unique_ids(
        article
        for path, named in files
        for article in _file_articles(path, named, default_date, on_skip)
    )


def row_to_article(row: Mapping[str, Any], where: str, default_date: Date | None = None) -> Article:
    """An article from a row with the columns id, date, text, title, source and url.

    `where` names the row in errors and is its id if it has none. Raises InputError for a row
    without text; a date that cannot be read counts as none.
    """
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError(f"{where}: no text")
    if not text.strip():
        raise InputError(f"{where}: the text is empty")
    text = _SURROGATE.sub("\ufffd", text)
    return Article(
        id=_cell(row.get("id")) or where,
        date=value_to_date(row.get("date")) or _dateline_date(text, default_date) or default_date,
        text=text,
        title=_cell(row.get("title")),
        source=_cell(row.get("source")),
        url=_cell(row.get("url")),
    )


def _cell(value: object) -> str:
    """A cell as text; "" for what is missing or no single value."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value.strip())
    if is_missing(value) or isinstance(value, list | dict):
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _dateline_date(text: str, default_date: Date | None) -> Date | None:
    """The day of a dateline in the first lines; a year it leaves out is that of `default_date`."""
    for line in text[:1000].lstrip().splitlines()[:5]:
        found = find_dateline(line)
        if found and found.month and found.day:
            year = found.year or (default_date and default_date.year)
            return to_date(year, found.month, found.day) if year else None
    return None


def _unique_ids(articles: Iterable[Article]) -> Iterator[Article]:
    seen: dict[str, int] = {}
    for article in articles:
        name = article.id
        while name in seen:
            seen[article.id] += 1
            name = f"{article.id}-{seen[article.id]}"
        seen[name] = 1
        yield article if name == article.id else replace(article, id=name)


def _find_files(name: str, on_skip: Callable[[str], None]) -> Iterator[tuple[Path | None, bool]]:
    """The files of an input, each with whether it was named itself; None is standard input."""
    path = Path(name)
    if name == "-":
        yield None, True
    elif path.is_dir():
        files = [p for p in sorted(path.rglob("*")) if _kind(p) in READERS and p.is_file()]
        files = [p for p in files if not p.name.startswith(".")]
        if not files:
            raise InputError(f"{name}: the folder holds no {_KINDS} file")
        for file in files:
            if problem := _problem(file):
                on_skip(problem)
            else:
                yield file, False
    elif not path.exists():
        raise InputError(f"{name}: no such file or folder")
    elif problem := _problem(path):
        raise InputError(problem)
    else:
        yield path, True


def _kind(path: Path) -> str:
    """The suffix without .gz: ".jsonl" of news.jsonl.gz."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _problem(path: Path) -> str:
    """Why a file cannot be read at all, "" if it can."""
    if _kind(path) not in READERS:
        return f"{path}: unknown kind of file; give {_KINDS}, each also as .gz"
    try:
        with _open(path) as file:
            start = file.read(_SAMPLE)
    except InputError as error:
        return str(error)
    if not start.strip():
        return f"{path}: the file is empty"
    if _kind(path) != ".parquet" and b"\0" in start:
        return f"{path}: a binary file (or UTF-16), no text; save it as UTF-8"
    return ""


@contextmanager
def _open(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a file for bytes, unpacked; all that can go wrong with it is an InputError."""
    if path is None:
        yield sys.stdin.buffer
        return
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            yield file  # type: ignore[misc]
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path}: damaged .gz file ({error})") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None


def _file_articles(
    path: Path | None, named: bool, default_date: Date | None, on_skip: Callable[[str], None]
) -> Iterator[Article]:
    """Articles of one file. A file that breaks after its first row is given up and reported."""
    label, stem, count = ("standard input", "stdin", 0) if path is None else (str(path), "", 0)
    if path:
        stem = Path(path.name.removesuffix(".gz").removesuffix(".GZ")).stem
    try:
        with _open(path) as file:
            reader = READERS[_kind(path)] if path else read_stream
            for count, (line, row) in enumerate(reader(file, label), 1):
                where = f"{label}:{line}" if line else label
                name = f"{stem}:{count}" if line else stem
                try:
                    article = row_to_article(_usable(row, where), where, default_date)
                except InputError as error:
                    on_skip(str(error))
                else:
                    yield article if article.id != where else replace(article, id=name)
    except InputError as error:
        if named and not count:
            raise
        on_skip(str(error))


def _usable(row: Mapping[str, Any] | str, where: str) -> Mapping[str, Any]:
    if isinstance(row, str):
        raise InputError(f"{where}: {row}")
    return row
