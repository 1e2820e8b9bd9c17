"""From one layout to another, with an exact account of what is lost on the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from coder.dataset import EVENT_COLUMNS, Rows, event_cells, layout_line, restore
from coder.errors import InputError
from coder.event_reader import Piece
from coder.layout_reader import READERS, layout_to_native
from coder.layouts import HEADED, NATIVE, load_layout
from coder.records import Event

if TYPE_CHECKING:
    import pandas as pd


def layout_rows(name: str, header: bool = False) -> Rows | None:
    """How `write_events` writes a layout; None for the native one."""
    if name == NATIVE:
        return None
    layout = load_layout(name)
    return Rows(layout.names if header or name in HEADED else None, layout.cells_of())


def convert(pieces: Iterable[Piece], into: str, lost: Counter) -> Iterator[Event]:
    """The events of read files, for `write_events` to write in the layout `into`.

    Meanwhile `lost` counts, by column of the files read, the cells that do not come back the same
    when the new file is converted back.
    """
    for piece in pieces:
        if "event_code" not in READERS.get(piece.layout, ("event_code",)):
            raise InputError(
                f"{piece.layout} files have no CAMEO code, so they cannot be converted; "
                "eventcoder aggregate reads them with --count plover or quad"
            )
        events = list(table_to_events(piece.events))
        lost.update(lost_cells(piece, events, into))
        yield from events


def table_to_events(table: "pd.DataFrame") -> Iterator[Event]:
    """The rows of a table with all native columns as records, absent values as None or ""."""
    columns = []
    for field in fields(Event):
        cells = table[field.name]
        if cells.dtype.kind == "M":
            columns.append(cells.dt.strftime("%Y-%m-%d").fillna("").tolist())
        elif field.type is str:
            columns.append(cells.tolist())
        else:
            columns.append([None if missing else v for v, missing in
                            zip(cells.tolist(), cells.isna(), strict=True)])  # fmt: skip
    return (Event(*row) for row in zip(*columns, strict=True))


def lost_cells(piece: Piece, events: Sequence[Event], into: str) -> Counter:
    """How many cells of each column of a piece the layout `into` cannot give back."""
    back = events
    if into != NATIVE:
        back = list(table_to_events(_read_back(events, into)))
    if piece.raw is None:
        names, before, after = list(EVENT_COLUMNS), map(event_cells, events), map(event_cells, back)
    else:
        names, make = piece.raw.columns.tolist(), load_layout(piece.layout).cells_of()
        before = piece.raw.itertuples(index=False, name=None)
        after = map(make, back)
    found: Counter = Counter()
    for old, new in zip(before, after, strict=True):
        found.update(n for n, a, b in zip(names, old, new, strict=True) if not _same(a, b))
    return Counter({n: found[n] for n in names if found[n]})


def _read_back(events: Sequence[Event], layout: str) -> "pd.DataFrame":
    import pandas as pd

    make = load_layout(layout).cells_of()
    rows = [layout_line(make(e)).decode()[:-1].split("\t") for e in events]
    raw = pd.DataFrame(rows, columns=load_layout(layout).names, dtype=str).map(restore)
    return layout_to_native(layout, raw, EVENT_COLUMNS)


def _same(a: Any, b: Any) -> bool:  # noqa: ANN401
    """Whether two cells say the same; "8" and 8.0 do, and so do None and "", but not codes."""
    if a == b:
        return True
    a, b = ("" if v is None else str(v) for v in (a, b))
    if a == b or (a[:1] == "0" and a[1:2].isdigit()):
        return a == b
    try:
        return float(a) == float(b)
    except ValueError:
        return False


def lost_to_line(lost: Counter, into: str) -> str:
    """What was lost in one line, in the order of columns; "" if nothing."""
    if not lost:
        return ""
    told = ", ".join(f"{name} ({rows:,})" for name, rows in lost.items())
    return f"Lost or changed in {into} (rows): {told}"
