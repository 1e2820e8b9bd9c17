"""The event data set on disk: CSV, TSV, JSONL and Parquet, written as a stream and read back.

A file is complete or absent: it grows under a hidden name beside the target, which takes the
target's place when the last row is on disk. When the stream of events fails or Ctrl-C ends it,
the file is finished with the events so far. All forms hold the same cells: codes and dates are
text with their leading zeros, an unknown coordinate is empty.

Text cells of CSV and TSV that a spreadsheet would run as a formula get an apostrophe in front
(`defuse`); `read_events` takes it off again. Numbers are never touched.
"""

import csv
import gzip
import json
import os
import re
import shutil
import signal
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coder.errors import InputError
from coder.records import Event

if TYPE_CHECKING:
    import pandas as pd

EVENT_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Event))
"""The native columns, in order."""

FORMS = {
    ".csv": "csv", ".csv.gz": "csv", ".tsv": "tsv", ".tsv.gz": "tsv",
    ".jsonl": "jsonl", ".jsonl.gz": "jsonl", ".parquet": "parquet",
}  # fmt: skip
"""File suffixes and the forms they stand for."""

DELIMITERS = {"csv": ",", "tsv": "\t"}
DATES = ("date", "article_date")
CODES = ("event_code", "base_code", "root_code")

BLOCK = 1_000
"""Rows of a text file that are written together."""

ROW_GROUP = 20_000
"""Rows of a Parquet row group."""

_TYPES = {f.name: f.type for f in fields(Event)}
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ACTOR = re.compile(r"---(?:[A-Z][A-Z0-9]{2})*")
_CAMEO = re.compile(r"(?:0[1-9]|1\d|20)\d{0,2}", re.ASCII)


def file_form(path: str | Path | None) -> str:
    """csv, tsv, jsonl or parquet, by suffix; csv for standard output (None or "-").

    Raises InputError for other suffixes, and for Parquet when pyarrow is not installed.
    """
    if path is None or str(path) == "-":
        return "csv"
    name = Path(path).name.lower()
    form = next((FORMS[s] for s in FORMS if name.endswith(s)), None)
    if form is None:
        raise InputError(
            f"{path}: unknown file type; give .csv, .tsv or .jsonl (each also .gz) or .parquet"
        )
    if form == "parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise InputError(
                f"{path}: Parquet needs pyarrow; run pip install 'eventcoder[parquet]'"
            ) from None
    return form


def defuse(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    These are texts that start with = + - @, tab or carriage return, also behind apostrophes, so
    that `restore` gives back every text. Actor codes without a country ("---COP") stay as they
    are: no formula has only hyphens and capitals, and other programs join on them.
    """
    return "'" + text if _FORMULA.match(text) and not _ACTOR.fullmatch(text) else text


def restore(text: str) -> str:
    """Undo `defuse`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


@dataclass(slots=True)
class Output:
    """An open output; a file with `keep` unset at the end is thrown away."""

    file: IO[bytes]
    keep: bool = True


@contextmanager
def complete_file(output: str | None) -> Iterator[Output]:
    """Open a file that takes its name only when complete; standard output for None or "-".

    An exception throws it away. What cannot be written is an InputError, at once where possible.
    """
    if output is None or output == "-":
        try:
            yield Output(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # the reader has seen enough (| head)
            raise
        except OSError as error:
            raise InputError(f"standard output: cannot be written ({error.strerror})") from None
        return
    target = Path(os.path.realpath(output))
    if not target.parent.is_dir():
        raise InputError(f"{output}: no such folder; make {Path(output).parent} first")
    if os.path.exists(target) and not (target.is_file() and os.access(target, os.W_OK)):
        raise InputError(f"{output}: cannot be written; give another file name")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as raw:
            zipped = target.name.lower().endswith(".gz")
            opened = Output(gzip.GzipFile("", "wb", 6, raw, mtime=0) if zipped else raw)
            yield opened
            if zipped:
                opened.file.close()
            raw.flush()
            os.fsync(raw.fileno())
        if opened.keep:
            if target.exists():
                shutil.copymode(target, temporary)
            temporary.replace(target)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror or error})") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_events(events: Iterable[Event], output: str | None) -> int:
    """Write events as they come, in constant memory; the number of rows written.

    `output` is a file name (its suffix says the form) or None for CSV on standard output. It is
    opened before the first event is asked for. If the stream of events raises or Ctrl-C stops
    it, the file is finished with the rows so far and the exception goes on; without any row the
    target stays as it was.
    """
    form = file_form(output)
    on_file = output not in (None, "-")
    size = ROW_GROUP if form == "parquet" else BLOCK if on_file else 1
    stream, count = iter(events), 0
    with _hold_ctrl_c(on_file) as hold, complete_file(output) as opened:
        block, failure = _pull(stream, size, hold)
        opened.keep = bool(block) or failure is None
        if opened.keep:
            with _writer(form, opened.file) as write:
                while True:
                    write(block)
                    count += len(block)
                    if failure or hold.pressed or len(block) < size:
                        break
                    block, failure = _pull(stream, size, hold)
    if failure or hold.pressed:
        raise failure or KeyboardInterrupt
    return count


@dataclass(slots=True)
class _Hold:
    """Ctrl-C reaches the stream of events; while rows are written it is only noted."""

    active: bool
    pressed: bool = False

    def note(self, *_: Any) -> None:
        self.pressed = True


@contextmanager
def _hold_ctrl_c(on_file: bool) -> Iterator[_Hold]:
    main = threading.current_thread() is threading.main_thread()
    hold = _Hold(on_file and main and signal.getsignal(signal.SIGINT) is signal.default_int_handler)
    with _on_ctrl_c(hold.note, hold.active):
        yield hold


@contextmanager
def _on_ctrl_c(handler: Callable, active: bool) -> Iterator[None]:
    if not active:
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _pull(
    stream: Iterator[Event], size: int, hold: _Hold
) -> tuple[list[tuple], BaseException | None]:
    """The next rows: fewer than `size` at the end, or with the exception that cut them short."""
    block: list[tuple] = []
    try:
        with _on_ctrl_c(signal.default_int_handler, hold.active):
            for event in islice(stream, size):
                block.append(_row(event))
    except BaseException as error:
        return block, error
    return block, None


_values = attrgetter(*EVENT_COLUMNS)


def _row(event: Event) -> tuple:
    """The cells of an event; half characters (lone surrogates), which no file holds, become "?"."""
    return tuple(
        v.encode("utf-8", "replace").decode() if isinstance(v, str) and not v.isascii() else v
        for v in _values(event)
    )


@contextmanager
def _writer(form: str, file: IO[bytes]) -> Iterator[Callable[[list[tuple]], None]]:
    """A function that writes blocks of rows; the header goes out at once."""
    if form == "parquet":
        import pyarrow as pa
        from pyarrow import parquet

        types = {str: pa.string(), int: pa.int64()}
        schema = pa.schema([(f.name, types.get(f.type, pa.float64())) for f in fields(Event)])
        with parquet.ParquetWriter(file, schema) as writer:
            yield lambda rows: writer.write_table(
                pa.Table.from_pylist(
                    [dict(zip(EVENT_COLUMNS, r, strict=True)) for r in rows], schema=schema
                )
            )
        return
    line = _json_line if form == "jsonl" else _line_maker(DELIMITERS[form])
    if form != "jsonl":
        file.write(line(EVENT_COLUMNS))

    def write(rows: list[tuple]) -> None:
        file.write(b"".join(map(line, rows)))
        file.flush()

    yield write


def _json_line(row: Sequence) -> bytes:
    cells = dict(zip(EVENT_COLUMNS, row, strict=True))
    return (json.dumps(cells, ensure_ascii=False) + "\n").encode()


def _line_maker(delimiter: str) -> Callable[[Sequence], bytes]:
    """A function from cells to a line that ends in a line feed, text cells defused.

    The csv module is left to end lines with carriage return and line feed, for only then does
    it quote a carriage return within a cell.
    """

    class Echo:
        def write(self, line: str) -> str:
            return line

    writer = csv.writer(Echo(), delimiter=delimiter)

    def line(row: Sequence) -> bytes:
        cells = [defuse(v) if isinstance(v, str) else v for v in row]
        return (writer.writerow(cells)[:-2] + "\n").encode()

    return line


def read_events(paths: Iterable[Path], columns: Sequence[str] = EVENT_COLUMNS) -> "pd.DataFrame":
    """Read event files of any form into one table of the given native columns.

    Codes and other text are str (absent: ""), dates are datetimes (absent: NaT), counts int,
    scores and coordinates float (absent: NaN). Columns not asked for are left in the file.
    A file that is no event file raises InputError naming file, row (1 = first event) and value.
    """
    import pandas as pd

    tables: dict[Path, pd.DataFrame] = {}
    for path in map(Path, paths):
        if path.resolve() in tables:
            raise InputError(f"{path}: given twice")
        tables[path.resolve()] = _read_file(path, columns)
    return pd.concat(tables.values(), ignore_index=True) if tables else pd.DataFrame()


def _read_file(path: Path, columns: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd

    if not path.is_file():
        wrong = "is a folder; give files" if path.is_dir() else "no such file"
        raise InputError(f"{path}: {wrong}")
    form = file_form(path)
    if path.stat().st_size == 0:
        raise InputError(f"{path}: empty file; give a file that `eventcoder code` wrote")
    read = {"jsonl": _read_jsonl, "parquet": _read_parquet}.get(form, _read_delimited)
    try:
        raw = read(path, columns)
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file in UTF-8") from None
    except pd.errors.EmptyDataError:
        raise InputError(f"{path}: empty file; give a file that `eventcoder code` wrote") from None
    except (pd.errors.ParserError, OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: cannot be read ({' '.join(str(error).split())})") from None
    if form in DELIMITERS:
        raw = raw.map(restore)
    return pd.DataFrame({c: _typed(path, c, raw[c]) for c in columns})


def _need(path: Path, columns: Sequence[str], found: Iterable[str]) -> None:
    names = list(found)
    if missing := [c for c in columns if c not in names]:
        shown = ", ".join(map(str, names[:30])) or "nothing"
        raise InputError(f"{path}: no column {', '.join(missing)}; found {shown[:300]}")


def _read_delimited(path: Path, columns: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd

    how = {
        "sep": DELIMITERS[file_form(path)],
        "compression": "gzip" if path.name.lower().endswith(".gz") else None,
        "encoding": "utf-8-sig",
        "index_col": False,
        "dtype": str,
        "keep_default_na": False,
    }
    _need(path, columns, pd.read_csv(path, nrows=0, **how).columns)
    return pd.read_csv(path, usecols=list(columns), **how)


def _read_jsonl(path: Path, columns: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd

    opened = gzip.open if path.name.lower().endswith(".gz") else open
    cells: dict[str, list] = {c: [] for c in columns}
    with opened(path, "rt", encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                raise InputError(f"{path}:{number}: not a JSON object")
            _need(Path(f"{path}:{number}"), columns, row)
            for column in columns:
                cells[column].append(row[column])
    return pd.DataFrame(cells, dtype=object)


def _read_parquet(path: Path, columns: Sequence[str]) -> "pd.DataFrame":
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            _need(path, columns, file.schema_arrow.names)
            return file.read(columns=list(columns)).to_pandas()
    except pa.ArrowException:
        raise InputError(f"{path}: not a Parquet file, or damaged") from None


def _typed(path: Path, column: str, cells: "pd.Series") -> "pd.Series":
    """A column in its type; a value that does not fit raises InputError."""
    import pandas as pd

    kind, absent = _TYPES[column], cells.isna() | (cells == "")
    if column in DATES:
        made = pd.to_datetime(cells.mask(absent), format="%Y-%m-%d", errors="coerce")
        return _checked(path, cells, made, made.notna() | absent, "is no date such as 2014-05-19")
    if kind is str:
        text = cells.mask(absent, "").astype(str)
        if column in CODES:
            good = {c for c in text.unique() if _CAMEO.fullmatch(c)}
            hint = "is no CAMEO code; has a spreadsheet dropped leading zeros?"
            return _checked(path, cells, text, text.isin(good), hint)
        return text
    made = pd.to_numeric(cells.mask(absent), errors="coerce")
    if kind is int:
        whole = made.notna() & (made % 1 == 0)
        return _checked(
            path, cells, made.where(whole, 0).astype("int64"), whole, "is no whole number"
        )
    good = made.notna() | (absent if kind is not float else False)
    return _checked(path, cells, made.astype(float), good, "is no number")


def _checked(
    path: Path, cells: "pd.Series", made: "pd.Series", good: "pd.Series", hint: str
) -> "pd.Series":
    if not good.all():
        row = int((~good).to_numpy().argmax())
        raise InputError(
            f"{path}: row {row + 1}: {cells.name} {str(cells.iloc[row])[:40]!r} {hint}"
        )
    return made
