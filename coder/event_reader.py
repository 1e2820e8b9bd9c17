"""Event files read back as tables, piece by piece: the native forms and the layouts of others.

A file with a layout of GDELT, ICEWS, Phoenix or POLECAT is recognised by its first line, whatever
its suffix.
"""

import csv
import io
import json
import os
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, TYPE_CHECKING

from coder.dataset import DELIMITERS, EVENT_COLUMNS, file_form, restore
from coder.errors import InputError
from coder.files import MOST_UNPACKED, UNPACKED_FREELY, open_file
from coder.layout_reader import layout_columns, layout_of, layout_to_native, with_codes
from coder.layouts import NATIVE, load_layout
from coder.records import EVENT_DATES, Event

if TYPE_CHECKING:
    import pandas as pd

ROWS = 100_000
"""Rows of a piece."""

SURPLUS = "surplus"
"""Name for what a row of another layout has after its last column: such rows are misformatted."""

LONGEST_HEADER = 1 << 16
"""Characters of a first line; column names are no longer."""

CODES = ("event_code", "base_code", "root_code")

OPTIONAL = (
    "goldstein",
    "probability",
    "articles",
    "sentence_index",
    "lead",
    "latitude",
    "longitude",
)
"""Numbers that may be absent."""

ADDED = ("articles", "lead")
"""Columns that native files may lack; their cells are then absent."""

_TYPES = {f.name: f.type for f in fields(Event)}
_CAMEO = re.compile(r"(?:0[1-9]|1\d|20)\d{0,2}", re.ASCII)
_SKIPPED = re.compile(r"Skipping line \d+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: in native columns, and for another layout also as texts of the file."""

    layout: str
    events: "pd.DataFrame"
    raw: "pd.DataFrame | None" = None


def read_events(paths: Iterable[Path], columns: Sequence[str] = EVENT_COLUMNS) -> "pd.DataFrame":
    """Read event files of any form and layout into one table of the given native columns.

    Codes and other text are str (absent: ""), dates are datetimes (absent: NaT), counts int,
    scores and coordinates float (absent: NaN). Columns not asked for are left in the file.
    A file that is no event file raises InputError naming file, row (1 = first event) and value.
    """
    import pandas as pd

    tables = [piece.events for piece in read_pieces(paths, columns)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(columns))


def read_pieces(
    paths: Iterable[Path], columns: Sequence[str] = EVENT_COLUMNS, rows: int = ROWS
) -> Iterator[Piece]:
    """The rows of event files as tables of at most `rows` rows, at least one table a file.

    As `read_events`, in the memory of one piece. Rows of other layouts that cannot be used are
    counted in a warning at the end of their file.
    """
    seen: set[str] = set()
    for path in map(Path, paths):
        if os.path.realpath(path) in seen:
            raise InputError(f"{path}: given twice")
        seen.add(os.path.realpath(path))
        yield from _file_pieces(path, columns, rows)


def _file_pieces(path: Path, columns: Sequence[str], rows: int) -> Iterator[Piece]:
    if not os.path.isfile(path):
        wrong = "is a folder; give files" if os.path.isdir(path) else "no such file"
        raise InputError(f"{path}: {wrong}")
    with _errors(path):
        line = _first_line(path)
    if len(line) == LONGEST_HEADER and not path.name.lower().endswith((".jsonl", ".jsonl.gz")):
        raise InputError(f"{path}: no line of column names; give a file of events")
    if layout := layout_of(line):
        yield from _layout_pieces(path, line, layout, columns, rows)
        return
    form, start = file_form(path), 0
    if form == "stata":
        raise InputError(f"{path}: Stata files are only written; give .csv, .jsonl or .parquet")
    if path.stat().st_size == 0:
        raise InputError(f"{path}: empty file; give a file that `eventcoder code` wrote")
    read = {"jsonl": _read_jsonl, "parquet": _read_parquet}.get(form, _read_delimited)
    tables = read(path, columns, rows)
    while True:
        with _errors(path):
            raw = next(tables, None)
        if raw is None:
            return
        if form in DELIMITERS:
            raw = raw.map(restore)
        raw = raw.reindex(columns=list(columns))
        typed = {c: _typed(path, start, c, raw[c]) for c in columns}
        start += len(raw)
        yield Piece(NATIVE, type(raw)(typed))


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """What goes wrong while a file is read as one line."""
    import pandas as pd

    try:
        yield
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a text file in UTF-8") from None
    except pd.errors.EmptyDataError:
        raise InputError(f"{path}: empty file; give a file that `eventcoder code` wrote") from None
    except (pd.errors.ParserError, OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise InputError(f"{path}: cannot be read ({' '.join(str(error).split())})") from None


@contextmanager
def _open(path: Path) -> Iterator[IO[str]]:
    """A text file, also packed; of a .zip, as GDELT ships it, the first member."""
    opened = _open_zip(path) if path.suffix.lower() == ".zip" else open_file(path)
    with opened as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as file:
        yield file


@contextmanager
def _open_zip(path: Path) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(path) as archive:
        first = next(iter(archive.infolist()), None)
        if first is None or first.flag_bits & 1:
            raise InputError(
                f"{path}: the archive is {'encrypted' if first else 'empty'}; unpack it"
            )
        if first.file_size > max(UNPACKED_FREELY, MOST_UNPACKED * first.compress_size):
            raise InputError(f"{path}: unpacks like a zip bomb; unpack it yourself if it is none")
        try:
            with archive.open(first) as file:
                yield file
        except NotImplementedError as error:
            raise InputError(f"{path}: cannot be unpacked ({error})") from None


def _first_line(path: Path) -> str:
    """The first line of a text file, "" for Parquet and Stata."""
    if path.name.lower().endswith((".parquet", ".dta")):
        return ""
    with _open(path) as file:
        return file.readline(LONGEST_HEADER)


def _layout_pieces(
    path: Path, line: str, layout: str, columns: Sequence[str], rows: int
) -> Iterator[Piece]:
    """The pieces of a file in a layout, whose first line is known."""
    import pandas as pd

    names = load_layout(layout).names
    used = names if tuple(columns) == EVENT_COLUMNS else layout_columns(layout, columns)
    tables = _read_layout(path, names, line.startswith(names[0]), rows)
    wrong = 0
    while True:
        with _errors(path), warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", pd.errors.ParserWarning)
            raw = next(tables, None)
        wrong += sum(len(_SKIPPED.findall(str(w.message))) for w in caught)
        if raw is None:
            break
        kept = raw.loc[raw[SURPLUS] == "", used].map(restore)
        if layout == "icews":  # R writes NA for what is missing
            kept = kept.replace("NA", "")
        kept = with_codes(layout, kept.reset_index(drop=True))
        wrong += len(raw) - len(kept)
        yield Piece(layout, layout_to_native(layout, kept, columns), kept)
    if wrong:
        warnings.warn(
            f"{path}: {wrong} rows left out that have no CAMEO code or too many columns",
            stacklevel=2,
        )


def _read_layout(path: Path, names: list[str], headed: bool, rows: int) -> Iterator["pd.DataFrame"]:
    import pandas as pd

    with _open(path) as file, pd.read_csv(
        file, sep="\t", names=[*names, SURPLUS], index_col=False, skiprows=int(headed), dtype=str,
        quoting=csv.QUOTE_NONE, keep_default_na=False, na_filter=False, chunksize=rows,
        on_bad_lines="warn",
    ) as tables:  # fmt: skip
        yield from tables


def _need(path: Path | str, columns: Sequence[str], found: Iterable[str]) -> None:
    names = list(found)
    if missing := [c for c in columns if c not in (*names, *ADDED)]:
        shown = ", ".join(map(str, names[:30])) or "nothing"
        raise InputError(f"{path}: no column {', '.join(missing)}; found {shown[:300]}")


def _read_delimited(path: Path, columns: Sequence[str], rows: int) -> Iterator["pd.DataFrame"]:
    import pandas as pd

    how = {
        "sep": DELIMITERS[file_form(path)],
        "index_col": False,
        "dtype": str,
        "keep_default_na": False,
    }
    with _open(path) as file:
        _need(path, columns, pd.read_csv(file, nrows=0, **how).columns)
    with (
        _open(path) as file,
        pd.read_csv(file, usecols=lambda c: c in columns, chunksize=rows, **how) as tables,
    ):
        yield from tables


def _read_jsonl(path: Path, columns: Sequence[str], rows: int) -> Iterator["pd.DataFrame"]:
    import pandas as pd

    cells: list[list] = []
    with _open(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if not isinstance(row, dict):
                raise InputError(f"{path}:{number}: not a JSON object")
            _need(f"{path}:{number}", columns, row)
            cells.append([row.get(c) for c in columns])
            if len(cells) == rows:
                yield pd.DataFrame(cells, columns=list(columns), dtype=object)
                cells = []
    yield pd.DataFrame(cells, columns=list(columns), dtype=object)


def _read_parquet(path: Path, columns: Sequence[str], rows: int) -> Iterator["pd.DataFrame"]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            _need(path, columns, file.schema_arrow.names)
            found = [c for c in columns if c in file.schema_arrow.names]
            if not file.metadata.num_rows:
                yield file.read(columns=found).to_pandas()
            for batch in file.iter_batches(rows, columns=found):
                yield batch.to_pandas()
    except pa.ArrowException:
        raise InputError(f"{path}: not a Parquet file, or damaged") from None


def _typed(path: Path, start: int, column: str, cells: "pd.Series") -> "pd.Series":
    """A column in its type; a value that does not fit raises InputError with its row."""
    import pandas as pd

    kind, absent = _TYPES[column], cells.isna() | (cells == "")

    def checked(made: "pd.Series", good: "pd.Series", hint: str) -> "pd.Series":
        if not good.all():
            row = int((~good).to_numpy().argmax())
            value = str(cells.iloc[row])[:40]
            raise InputError(f"{path}: row {start + row + 1}: {column} {value!r} {hint}")
        return made

    if column in EVENT_DATES:
        made = pd.to_datetime(cells.mask(absent), format="%Y-%m-%d", errors="coerce")
        return checked(made, made.notna() | absent, "is no date such as 2014-05-19")
    if kind is str:
        text = cells.mask(absent, "").astype(str)
        if column in CODES:
            good = {c for c in text.unique() if _CAMEO.fullmatch(c)}
            hint = "is no CAMEO code; has a spreadsheet dropped leading zeros?"
            return checked(text, text.isin(good), hint)
        return text
    made = pd.to_numeric(cells.mask(absent), errors="coerce")
    known = made.notna() | (absent if column in OPTIONAL else False)
    if kind in (int, int | None):
        whole = known & ((made % 1 == 0) | absent)
        checked(made, whole, "is no whole number")
        return made.astype("Int64" if kind is not int else "int64")
    return checked(made.astype(float), known, "is no number")
