"""Rows of article files, one reader for each kind of file, as streams.

A reader takes the bytes of a file (already unpacked) and the name to call it by in errors.
"""

import codecs
import csv
import gzip
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from typing import IO, Any
from xml.parsers import expat

from coder.errors import InputError

COLUMNS = ("id", "date", "text", "title", "source", "url")
"""What is read of a row; only text is needed."""

Rows = Iterator[tuple[int, Mapping[str, Any] | str]]
"""Rows with their line, 0 for a whole file; a str instead of a row says why it is no use."""

_LARGEST_FIELD = 1 << 26
_BATCH = 256
_MOST_OPEN = 20


def _decode(raw: bytes) -> str:
    """UTF-8; else Windows-1252 (Western European); bytes that even this lacks as Latin-1."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    for number, raw in enumerate(file):
        yield _decode(raw if number else raw.removeprefix(codecs.BOM_UTF8))


def _read_text(file: Iterable[bytes], _: str) -> Rows:
    yield 0, {"text": _decode(b"".join(file).removeprefix(codecs.BOM_UTF8))}


def _read_jsonl(file: Iterable[bytes], _: str) -> Rows:
    for number, line in enumerate(_lines(file), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, f"not JSON ({getattr(error, 'msg', error)}); write one object a line"
            else:
                yield number, row if isinstance(row, dict) else "not a JSON object in braces"


def _read_csv(file: Iterable[bytes], label: str, delimiters: str = ",;\t") -> Rows:
    csv.field_size_limit(_LARGEST_FIELD)
    lines = (line for number, line in enumerate(_lines(file)) if number or line.strip())
    first = next(lines, "")
    taken: list[str] = []  # the lines of the row that is being read
    delimiter = max(delimiters, key=first.count)
    reader = csv.reader(_noted(chain([first], lines), taken), delimiter=delimiter)
    number = unclosed = 0
    try:
        header = [name.strip().lower() for name in next(reader)]
    except csv.Error as error:
        raise InputError(f"{label}: not CSV ({error})") from None
    _check_columns(header, label)
    while True:
        number += len(taken)
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number + len(taken), f"not CSV ({error})"
            continue
        if len(taken) > 1 and _is_unclosed(taken, delimiter):  # it swallowed the rest of the file
            number += 1
            unclosed += 1
            if unclosed > _MOST_OPEN:  # each is known only at the end of the file
                raise InputError(f"{label}:{number}: too many quotes never close; given up here")
            yield number, "a quote opens and never closes; close it"
            lines = chain(taken[1:], lines)
            taken.clear()
            reader = csv.reader(_noted(lines, taken), delimiter=delimiter)
            continue
        if any(cells[len(header) :]):
            yield number + len(taken), "more fields than columns; put texts with commas in quotes"
        elif any(cells):
            yield number + len(taken), dict(zip(header, cells, strict=False))


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """The lines, each also put into `taken`."""
    for line in lines:
        taken.append(line)
        yield line


def _is_unclosed(lines: list[str], delimiter: str) -> bool:
    """Whether a quoted field is still open at the end of the lines."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _check_columns(header: list[str], label: str) -> None:
    if "text" not in header:
        found = _one_line(", ".join(header))
        raise InputError(f"{label}: no column named text; found: {found}")
    if twice := [column for column in COLUMNS if header.count(column) > 1]:
        raise InputError(f"{label}: two columns named {twice[0]}; rename or delete one")


def _read_parquet(file: IO[bytes], label: str) -> Rows:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(
            f"{label}: Parquet needs pyarrow; run pip install 'eventcoder[parquet]'"
        ) from None
    with tempfile.TemporaryFile() as unpacked:
        if isinstance(file, gzip.GzipFile):  # Parquet is read from its end
            shutil.copyfileobj(file, unpacked)
            file = unpacked  # type: ignore[assignment]
        try:
            table = ParquetFile(file)
            names = {name.lower(): name for name in table.schema_arrow.names}
            _check_columns([name.lower() for name in table.schema_arrow.names], label)
            wanted = {column: names[column] for column in COLUMNS if column in names}
            batches = table.iter_batches(batch_size=_BATCH, columns=list(wanted.values()))
            rows = (row for batch in batches for row in batch.to_pylist())
            for number, row in enumerate(rows, 1):
                yield number, {column: row[name] for column, name in wanted.items()}
        except (ArrowException, OSError) as error:
            raise InputError(f"{label}: damaged Parquet file ({_one_line(error)})") from None


def _one_line(message: object) -> str:
    return " ".join(str(message).split())[:200]


def _read_petrarch(file: Iterable[bytes], label: str) -> Rows:
    """Stories of PETRARCH XML, whose sentences follow each other; each becomes a line."""
    line = 0
    for _, story in groupby(_petrarch_sentences(file, label), key=itemgetter("story", "alone")):
        sentences = list(story)
        line = sentences[0]["line"]
        text = "\n".join(s["text"] for s in sentences if s["text"])
        yield line, {**sentences[0], "id": sentences[0]["story"], "text": text}
    if not line:
        raise InputError(f"{label}: no PETRARCH XML; it holds no <Sentence>")


def _petrarch_sentences(file: Iterable[bytes], label: str) -> Iterator[dict[str, Any]]:
    """Attributes, text, story and line of each <Sentence>; entities are refused, not expanded."""
    parser = expat.ParserCreate()
    found: list[dict[str, Any]] = []
    words: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Text":
            words.clear()
        elif tag == "Sentence":
            name, line = attributes.get("id", "").strip(), parser.CurrentLineNumber
            whole = attributes.get("sentence", "").lower() == "false" or "_" not in name
            story = name if whole else name.rpartition("_")[0]
            alone = line if whole else 0
            found.append({**attributes, "story": story, "alone": alone, "line": line, "text": ""})

    def end(tag: str) -> None:
        if tag == "Text" and found:
            found[-1]["text"] = " ".join("".join(words).split())

    def refuse(*_: object) -> None:
        raise InputError(f"{label}: XML that declares entities is not read")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = words.append, refuse
    try:
        for line in chain(_lines(file), [None]):
            parser.Parse(line or "", line is None)
            while len(found) > (line is not None):
                yield found.pop(0)
    except expat.ExpatError as error:
        raise InputError(f"{label}: not well-formed XML ({error})") from None


def read_stream(file: Iterable[bytes], label: str) -> Rows:
    """Standard input: JSONL from a brace on, XML from "<" on, else one plain text."""
    lines = iter(file)
    head = next((raw for raw in lines if raw.removeprefix(codecs.BOM_UTF8).strip()), b"")
    if not head:
        raise InputError("standard input is empty")
    if b"\0" in head:
        raise InputError("standard input is binary (or UTF-16), no text; pipe in UTF-8")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    reader = {b"{": _read_jsonl, b"<": _read_petrarch}.get(start, _read_text)
    yield from reader(chain([head], lines), label)


READERS = {
    ".txt": _read_text,
    ".jsonl": _read_jsonl,
    ".csv": _read_csv,
    ".tsv": partial(_read_csv, delimiters="\t"),
    ".parquet": _read_parquet,
    ".xml": _read_petrarch,
}
