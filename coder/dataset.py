"""The event data set on disk: CSV, TSV, JSONL, Parquet and Stata, and the layouts of others.

A file is complete or absent: it grows under a hidden name beside the target, which takes the
target's place when the last row is on disk. When the stream of events fails or Ctrl-C ends it,
the file is finished with the events so far. All forms hold the same cells: codes and dates are
text with their leading zeros, an unknown coordinate is empty. All but Stata files are written as
the events come.

Text cells of CSV, TSV and layouts that a spreadsheet would run as a formula get an apostrophe in
front (`defuse`); `event_reader` takes it off again. Numbers are never touched.
"""

import csv
import gzip
import json
import os
import re
import shutil
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from coder.addresses import refuse_address
from coder.errors import InputError
from coder.records import EVENT_DATES, Event

EVENT_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Event))
"""The native columns, in order."""

FORMS = {
    ".csv": "csv", ".csv.gz": "csv", ".tsv": "tsv", ".tsv.gz": "tsv",
    ".jsonl": "jsonl", ".jsonl.gz": "jsonl", ".parquet": "parquet", ".dta": "stata",
}  # fmt: skip
"""File suffixes and the forms they stand for."""

LAYOUT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
"""Suffixes of a file in the layout of another data set, each also with .gz: always tab-separated."""

DELIMITERS = {"csv": ",", "tsv": "\t"}

BLOCK = 1_000
"""Rows of a text file that are written together."""

ROW_GROUP = 20_000
"""Rows of a Parquet row group."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ACTOR = re.compile(r"---(?:[A-Z][A-Z0-9]{2})*")
_BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def file_form(path: str | Path | None) -> str:
    """csv, tsv, jsonl, parquet or stata, by suffix; csv for standard output (None or "-").

    Raises InputError for other suffixes, and for Parquet when pyarrow is not installed.
    """
    if path is None or str(path) == "-":
        return "csv"
    name = Path(path).name.lower()
    form = next((FORMS[s] for s in FORMS if name.endswith(s)), None)
    if form is None:
        raise InputError(
            f"{path}: unknown file type; give .csv, .tsv or .jsonl (each also .gz), .parquet or .dta"
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
    refuse_address(output)
    target = Path(os.path.realpath(output))
    if not os.path.isdir(target.parent):
        raise InputError(f"{output}: no such folder; make {Path(output).parent} first")
    if os.path.exists(target) and not (os.path.isfile(target) and os.access(target, os.W_OK)):
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


@dataclass(frozen=True, slots=True)
class Rows:
    """How events become rows of another data set: its names (None: no header), a row's cells."""

    header: Sequence[str] | None
    cells: Callable[[Event], Sequence]


def write_events(events: Iterable[Event], output: str | None, rows: Rows | None = None) -> int:
    """Write events as they come, in constant memory; the number of rows written.

    `output` is a file name (its suffix says the form) or None for CSV on standard output. It is
    opened before the first event is asked for. If the stream of events raises or Ctrl-C stops
    it, the file is finished with the rows so far and the exception goes on; without any row the
    target stays as it was. A stream that is `collected` (`one_a_day`) is written to its end first.
    With `rows` the file is tab-separated in that layout. Stata files
    cannot be written piecemeal: their rows are kept in memory.
    """
    if rows:
        _check_suffix(output)
    form = "layout" if rows else file_form(output)
    make = rows.cells if rows else event_cells
    on_file = output not in (None, "-")
    size = ROW_GROUP if form == "parquet" else BLOCK if on_file else 1
    stream, count = iter(events), 0
    with (
        _hold_ctrl_c(on_file or _stdout_is_file(), stream) as hold,
        complete_file(output) as opened,
    ):
        block, failure = _pull(stream, make, size, hold)
        opened.keep = bool(block) or failure is None
        if opened.keep:
            with _writer(form, opened.file, rows) as write:
                while True:
                    write(block)
                    count += len(block)
                    if failure or len(block) < size or (hold.pressed and not hold.collected):
                        break
                    block, failure = _pull(stream, make, size, hold)
    if failure or hold.pressed:
        raise failure or KeyboardInterrupt
    return count


def _check_suffix(output: str | None) -> None:
    name = str(output or "-").lower().removesuffix(".gz")
    if name != "-" and not name.endswith(LAYOUT_SUFFIXES):
        raise InputError(
            f"{output}: this layout is tab-separated text; give .csv, .tsv, .tab or .txt "
            "(each also .gz)"
        )


@dataclass(slots=True)
class _Hold:
    """Ctrl-C reaches the stream of events until it is collected; else it is only noted."""

    active: bool
    stream: Iterator[Event]
    pressed: bool = False

    @property
    def collected(self) -> bool:
        return getattr(self.stream, "collected", False)

    def note(self, *_: Any) -> None:
        self.pressed = True

    def interrupt(self, *_: Any) -> None:
        self.pressed = True
        if not self.collected:
            raise KeyboardInterrupt


def _stdout_is_file() -> bool:
    """Whether standard output goes to a file of its own (> events.csv)."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (AttributeError, OSError, ValueError):  # no stream of the system
        return False


@contextmanager
def _hold_ctrl_c(hold_it: bool, stream: Iterator[Event]) -> Iterator[_Hold]:
    main = threading.current_thread() is threading.main_thread()
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    hold = _Hold(hold_it and main and usual, stream)
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
    stream: Iterator[Event], make: Callable[[Event], Sequence], size: int, hold: _Hold
) -> tuple[list[tuple], BaseException | None]:
    """The next rows: fewer than `size` at the end, or with the exception that cut them short."""
    block: list[tuple] = []
    try:
        with _on_ctrl_c(hold.interrupt, hold.active):
            for event in islice(stream, size):
                block.append(_whole(make(event)))
    except BaseException as error:
        return block, error
    return block, None


event_cells = attrgetter(*EVENT_COLUMNS)
"""The native cells of an event."""


def _whole(cells: Sequence) -> tuple:
    """Cells without half characters (lone surrogates), which no file holds: they become "?"."""
    return tuple(
        v.encode("utf-8", "replace").decode() if isinstance(v, str) and not v.isascii() else v
        for v in cells
    )


@contextmanager
def _writer(
    form: str, file: IO[bytes], rows: Rows | None
) -> Iterator[Callable[[list[tuple]], None]]:
    """A function that writes blocks of rows; the header goes out at once."""
    if form == "stata":
        from coder.stata import event_table, write_stata

        kept: list[tuple] = []
        yield kept.extend
        table = event_table(kept)
        kept.clear()  # the writer makes copies of its own
        write_stata(table, file, dict.fromkeys(EVENT_DATES, "td"))
        return
    if form == "parquet":
        import pyarrow as pa
        from pyarrow import parquet

        types = {str: pa.string(), int: pa.int64(), int | None: pa.int64()}
        schema = pa.schema([(f.name, types.get(f.type, pa.float64())) for f in fields(Event)])
        with parquet.ParquetWriter(file, schema) as writer:
            yield lambda rows: writer.write_table(
                pa.Table.from_pylist(
                    [dict(zip(EVENT_COLUMNS, r, strict=True)) for r in rows], schema=schema
                )
            )
        return
    line = {"jsonl": _json_line, "layout": layout_line}.get(form) or _line_maker(DELIMITERS[form])
    header = rows.header if rows else EVENT_COLUMNS if form != "jsonl" else None
    if header:
        file.write(line(header))

    def write(block: list[tuple]) -> None:
        file.write(b"".join(map(line, block)))
        file.flush()

    yield write


def _json_line(row: Sequence) -> bytes:
    cells = dict(zip(EVENT_COLUMNS, row, strict=True))
    return (json.dumps(cells, ensure_ascii=False) + "\n").encode()


def layout_line(cells: Sequence) -> bytes:
    """Cells as a line of tab-separated text that is read alike with and without quoting rules.

    Tabs and line ends in a cell become a blank, double quotes become single ones.
    """
    return ("\t".join(map(_layout_cell, cells)) + "\n").encode()


def _layout_cell(value: object) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    if not value or value.isalnum():
        return value
    return defuse(_BREAKS.sub(" ", value).replace('"', "'"))


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
