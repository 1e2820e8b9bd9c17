"""Rows of article files, one reader for each kind of file, as streams.

A reader takes a file of bytes (already unpacked) and the name to call it by in errors.
"""

import codecs
import csv
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from io import BufferedReader
from itertools import accumulate, chain, dropwhile, groupby, islice
from operator import itemgetter
from typing import IO, TYPE_CHECKING, Any, BinaryIO
from xml.parsers import expat

from coder.errors import InputError, one_line
from coder.files import LONGEST_LINE, is_binary, lines

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("id", "date", "text", "title", "source", "url")
"""What is read of a row; only text is needed."""

Rows = Iterator[tuple[int, Mapping[str, Any] | str]]
"""Rows with their line, 0 for a whole file; a str instead of a row says why it is no use."""

LONGEST_TEXT = 1_000_000
"""Characters of the longest article: so many take half a minute and half a gigabyte."""

_LARGEST_FIELD = 1 << 23
_BATCH = 256
_PIECE = 1 << 20
_MOST_OPEN = 20
_CONTROL = bytes({*range(32)} - {*b"\t\n\r"})
_NOT_XML = bytes.maketrans(_CONTROL, b" " * len(_CONTROL))
_BARE_AND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)")


def _decode(raw: bytes) -> str:
    """UTF-8; else Windows-1252 (Western European); bytes that even this lacks as Latin-1."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _lines(file: IO[bytes]) -> Iterator[str]:
    """Decoded lines; one that is too long comes as a field that no reader takes."""
    for number, raw in enumerate(lines(file)):
        if len(raw) > LONGEST_LINE:
            yield "x" * (_LARGEST_FIELD + 1) + "\n"
        else:
            yield _decode(raw if number else raw.removeprefix(codecs.BOM_UTF8))


def _read_text(file: IO[bytes], _: str) -> Rows:
    start = file.read(4 * LONGEST_TEXT + len(codecs.BOM_UTF8) + 1)  # what is more is too much
    yield 0, {"text": _decode(start.removeprefix(codecs.BOM_UTF8))}


def _read_jsonl(file: IO[bytes], _: str) -> Rows:
    for number, raw in enumerate(lines(file), 1):
        if len(raw) > LONGEST_LINE:
            yield number, f"a line of more than {LONGEST_LINE >> 20} MB"
            continue
        line = _decode(raw if number > 1 else raw.removeprefix(codecs.BOM_UTF8))
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, f"not JSON ({getattr(error, 'msg', error)}); write one object a line"
            else:
                yield number, row if isinstance(row, dict) else "not a JSON object in braces"


def _read_csv(file: IO[bytes], label: str, delimiters: str = ",;\t") -> Rows:
    csv.field_size_limit(_LARGEST_FIELD)
    source: Iterator[str] = dropwhile(lambda line: not line.strip(), _lines(file))
    first = next(source, "")
    taken: list[str] = []  # the lines of the row that is being read
    delimiter = max(delimiters, key=first.count)
    reader = csv.reader(_noted(chain([first], source), taken), delimiter=delimiter)
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
                raise InputError(f"{label}: too many quotes never close; the rest is not read")
            yield number, "a quote opens and never closes; close it"
            source = chain(taken[1:], source)
            taken.clear()
            reader = csv.reader(_noted(source, taken), delimiter=delimiter)
            continue
        if any(cells[len(header) :]):
            yield number + len(taken), "more fields than columns; put texts with commas in quotes"
        elif any(cells):
            yield number + len(taken), dict(zip(header, cells, strict=False))


def _noted(source: Iterable[str], taken: list[str]) -> Iterator[str]:
    """The lines, each also put into `taken`."""
    for line in source:
        taken.append(line)
        yield line


def _is_unclosed(taken: list[str], delimiter: str) -> bool:
    """Whether a quoted field is still open at the end of the lines."""
    try:
        list(csv.reader(taken, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _check_columns(header: list[str], label: str) -> None:
    if "text" not in header:
        found = one_line(", ".join(header))[:200]
        raise InputError(f"{label}: no column named text; found: {found}")
    if twice := [column for column in COLUMNS if header.count(column) > 1]:
        raise InputError(f"{label}: two columns named {twice[0]}; rename or delete one")


def read_parquet(file: IO[bytes], label: str, start: int = 0, stop: int | None = None) -> Rows:
    """Rows of a Parquet file from `start` up to `stop`; row groups without any are not read."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(
            f"{label}: Parquet needs pyarrow; run pip install 'eventcoder[parquet]'"
        ) from None
    with tempfile.TemporaryFile() as unpacked:
        if not file.seekable():  # Parquet is read from its end
            shutil.copyfileobj(file, unpacked)
            file = unpacked  # type: ignore[assignment]
        try:
            table = ParquetFile(file)
            names = {name.lower(): name for name in table.schema_arrow.names}
            _check_columns([name.lower() for name in table.schema_arrow.names], label)
            wanted = {column: names[column] for column in COLUMNS if column in names}
            groups, before = _row_groups(table.metadata, start, stop)
            batches = table.iter_batches(_BATCH, row_groups=groups, columns=list(wanted.values()))
            rows = (
                dict(zip(wanted, cells, strict=True))
                for batch in batches
                for cells in zip(*(_cells(batch.column(c)) for c in wanted.values()), strict=True)
            )
            yield from enumerate(islice(rows, start - before, stop and stop - before), start + 1)
        except (ArrowException, OSError, UnicodeError, MemoryError) as error:
            raise InputError(f"{label}: damaged Parquet file ({one_line(error)[:200]})") from None


def _row_groups(metadata: Any, start: int, stop: int | None) -> tuple[list[int], int]:  # noqa: ANN401
    """The row groups with rows from `start` up to `stop`, and how many rows come before them."""
    sizes = [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)]
    ends = list(accumulate(sizes))
    groups = [
        i for i, (end, size) in enumerate(zip(ends, sizes, strict=True))
        if end > start and (stop is None or end - size < stop)
    ]  # fmt: skip
    return groups, ends[groups[0]] - sizes[groups[0]] if groups else start


def _cells(column: "pa.Array") -> list:
    """The cells of a column as Python has them; None for one that it cannot hold, as the year 99999."""
    try:
        return column.to_pylist()
    except (ValueError, OverflowError):
        return [_cell(cell) for cell in column]


def _cell(cell: "pa.Scalar") -> object:
    try:
        return cell.as_py()
    except (ValueError, OverflowError):
        return None


def _read_petrarch(file: IO[bytes], label: str) -> Rows:
    """Stories of PETRARCH XML, whose sentences follow each other; each becomes a line."""
    line = 0
    for _, story in groupby(_petrarch_sentences(file, label), key=itemgetter("story", "alone")):
        sentences = list(story)
        line = sentences[0]["line"]
        text = "\n".join(s["text"] for s in sentences if s["text"])
        yield line, {**sentences[0], "id": sentences[0]["story"], "text": text}
    if not line:
        raise InputError(f"{label}: no PETRARCH XML; it holds no <Sentence>")


def _petrarch_sentences(file: IO[bytes], label: str) -> Iterator[dict[str, Any]]:
    """Attributes, text, story and line of each <Sentence>; entities are refused, not expanded."""
    parser = expat.ParserCreate()
    found: list[dict[str, Any]] = []
    words: list[str] = []
    size = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal size
        if tag == "Text":
            words.clear()
            size = 0
        elif tag == "Sentence":
            name, line = attributes.get("id", "").strip(), parser.CurrentLineNumber
            whole = attributes.get("sentence", "").lower() == "false" or "_" not in name
            story = name if whole else name.rpartition("_")[0]
            alone = line if whole else 0
            found.append({**attributes, "story": story, "alone": alone, "line": line, "text": ""})

    def end(tag: str) -> None:
        if tag == "Text" and found:
            found[-1]["text"] = " ".join("".join(words).split())

    def add(part: str) -> None:
        nonlocal size
        size += len(part)
        if size <= _LARGEST_FIELD:  # what is more makes the text no longer too long
            words.append(part)

    def refuse(*_: object) -> None:
        raise InputError(f"{label}: XML that declares entities is not read")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = add, refuse
    try:
        for part in chain(_pieces(file), [None]):
            parser.Parse(part or "", part is None)
            while len(found) > (part is not None):
                yield found.pop(0)
    except expat.ExpatError as error:
        raise InputError(f"{label}: not well-formed XML ({error})") from None


def _pieces(file: IO[bytes]) -> Iterator[str]:
    """XML in pieces that end with a line or a tag, without what often makes it ill-formed.

    Control characters become blanks; an "&" that begins no entity of XML stands for itself.
    """
    rest = b""
    first = True
    while piece := file.readline(_PIECE):
        piece = rest + (piece.removeprefix(codecs.BOM_UTF8) if first else piece)
        cut = len(piece) if piece.endswith(b"\n") else piece.rfind(b">") + 1 or len(piece)
        yield _well_formed(piece[:cut])
        rest, first = piece[cut:], False
    yield _well_formed(rest)


def _well_formed(piece: bytes) -> str:
    return _BARE_AND.sub("&amp;", _decode(piece.translate(_NOT_XML)))


def read_stream(stream: BinaryIO, label: str) -> Rows:
    """Standard input: JSONL from a brace on, XML from "<" on, else one plain text."""
    file = BufferedReader(stream)  # type: ignore[arg-type]
    try:
        while (head := file.peek()) and not head.removeprefix(codecs.BOM_UTF8).strip():
            file.read(len(head))
    except OSError as error:
        raise InputError(f"standard input cannot be read ({error.strerror})") from None
    if not head:
        raise InputError("standard input is empty")
    if is_binary(head):
        raise InputError("standard input is binary (or UTF-16), no text; pipe in UTF-8")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    reader = {b"{": _read_jsonl, b"<": _read_petrarch}.get(start, _read_text)
    yield from reader(file, label)


READERS = {
    ".txt": _read_text,
    ".jsonl": _read_jsonl,
    ".csv": _read_csv,
    ".tsv": partial(_read_csv, delimiters="\t"),
    ".parquet": read_parquet,
    ".xml": _read_petrarch,
}
