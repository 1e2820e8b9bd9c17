"""Counts and Goldstein scores of events by period, dyad and event class, and balanced panels."""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np
import pandas as pd

from coder.dataset import DELIMITERS, defuse
from coder.errors import InputError

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
"""Periods and their pandas frequencies; weeks are those of ISO 8601, Monday to Sunday."""

ACTORS = ("country", "code", "none")
"""How actors are told apart: first three letters of the code, whole code, not at all."""

COUNTS = {
    "root": "root_code", "base": "base_code", "event": "event_code", "quad": "quad_class",
    "plover": "plover",
}  # fmt: skip
"""Levels of event classes and their native columns."""

LIMIT = 4_000_000_000
"""Bytes of a result; more is refused."""

ROW_BYTES, CELL_BYTES = 40, 4
"""Bytes of a row's keys and sums while it is made, and of a count in a wide column."""

PART = 50_000
"""Rows of a result that are made into JSON together."""


def columns_needed(count: str) -> tuple[str, ...]:
    """The native columns that `aggregate` reads."""
    return ("date", "source", "target", COUNTS[count], "goldstein")


def aggregate(
    events: pd.DataFrame,
    by: str = "month",
    actors: str = "country",
    count: str = "root",
    wide: bool = False,
    balanced: bool = False,
) -> pd.DataFrame:
    """Count events by period, source, target and class; one row of `events` is one event.

    Takes the table of `read_events` or `code_frame`. Long: period, source, target, the native
    column of `count`, events, goldstein_mean, goldstein_sum, sorted by the first four, which are
    categoricals. Wide: the class makes columns instead (root_04, quad_1, plover_CONSULT,
    event_0311; plover_none for codes without a PLOVER type), after those of the sums. With
    actors "none" source and target are left out.

    Periods are "2014-05-19" (day; for a week its Monday), "2014-05", "2014Q2", "2014". Balanced:
    every period from first to last with every dyad and (long) every class that occur, filled with
    0; goldstein_mean is NaN without events. Events without a date are left out with a warning.
    """
    for value, known in ((by, PERIODS), (actors, ACTORS), (count, COUNTS)):
        if value not in known:
            raise InputError(f"{value!r} is none of {', '.join(known)}")
    events = _dated(events, count)
    period, dyad = _period_axis(events["date"], by), _dyad_axis(events, actors)
    event_class = _axis(events[COUNTS[count]])
    axes = (period, dyad) if wide else (period, dyad, event_class)
    cells, place = _cells(axes, balanced, len(event_class.labels) if wide else 0)

    ids = _key_columns(axes, cells, actors, COUNTS[count])
    sums = _sums(place, len(cells), events["goldstein"].to_numpy(float))
    classes = _class_columns(place, len(cells), event_class, count) if wide else {}
    return pd.DataFrame({**ids, **sums, **classes}, copy=False)


def write_table(table: pd.DataFrame, form: str, file: IO[bytes]) -> None:
    """Write an aggregated table as csv, tsv (codes defused), jsonl or parquet."""
    if form == "parquet":
        table.to_parquet(file, index=False)
    elif form == "jsonl":
        for start in range(0, len(table), PART):
            part = table.iloc[start : start + PART]
            file.write(part.to_json(orient="records", lines=True, force_ascii=False).encode())
    else:
        labels = table.select_dtypes("category").columns
        safe = {c: table[c].cat.rename_categories(lambda v: defuse(str(v))) for c in labels}
        table.assign(**safe).to_csv(
            file, sep=DELIMITERS[form], index=False, lineterminator="\n", encoding="utf-8"
        )


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where each event lies on one dimension of the result: `labels[index[event]]`."""

    index: np.ndarray
    labels: pd.Index


def _dated(events: pd.DataFrame, count: str) -> pd.DataFrame:
    """The needed columns of the events that have a date, absent actors as ""."""
    columns = columns_needed(count)
    if missing := [c for c in columns if c not in events]:
        raise InputError(f"the table of events has no column {', '.join(missing)}")
    if count != "quad" and pd.api.types.is_numeric_dtype(events[COUNTS[count]]) and len(events):
        raise InputError(f"{COUNTS[count]} must be text (057, not 57); use read_events")
    dates = pd.to_datetime(events["date"], format="%Y-%m-%d", errors="coerce")
    if undated := int(dates.isna().sum()):
        warnings.warn(f"undated events left out: {undated}", stacklevel=3)
    absent = dict.fromkeys({"source", "target", COUNTS[count]} - {"quad_class"}, "")
    return events[list(columns)].assign(date=dates)[dates.notna()].fillna(absent)


def _axis(values: pd.Series) -> _Axis:
    return _Axis(*pd.factorize(values, sort=True))


def _period_axis(dates: pd.Series, by: str) -> _Axis:
    """All periods from the first to the last as labels."""
    if dates.empty:
        return _Axis(np.zeros(0, int), pd.Index([], dtype=str))
    periods = pd.PeriodIndex(dates.dt.to_period(PERIODS[by]))
    every = pd.period_range(periods.min(), periods.max(), freq=PERIODS[by])
    labels = every.start_time.strftime("%Y-%m-%d") if by == "week" else every.astype(str)
    return _Axis(periods.asi8 - every.asi8[0], labels)


def _dyad_axis(events: pd.DataFrame, actors: str) -> _Axis:
    """Pairs of source and target that occur, sorted, as labels."""
    length = {"country": 3, "code": None, "none": 0}[actors]
    source, target = (_axis(events[c].str[:length]) for c in ("source", "target"))
    both = source.index * max(1, len(target.labels)) + target.index
    index, pairs = pd.factorize(both, sort=True)
    first, second = np.divmod(pairs, max(1, len(target.labels)))
    labels = pd.MultiIndex(
        [source.labels, target.labels], [first, second], names=["source", "target"]
    )
    return _Axis(index, labels)


def _cells(axes: Sequence[_Axis], balanced: bool, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the result's rows among all combinations of labels, and each event's row."""
    shape = [len(a.labels) for a in axes]
    flat = np.zeros(len(axes[0].index), np.int64)
    for axis, size in zip(axes, shape, strict=True):
        flat = flat * size + axis.index
    place, cells = (flat, np.empty(0)) if balanced else pd.factorize(flat, sort=True)
    rows = math.prod(shape) if balanced else len(cells)
    if rows * (ROW_BYTES + CELL_BYTES * width) > LIMIT:
        raise InputError(
            f"the result would have {rows:,} rows, too many; take longer periods, coarser actors "
            "or classes, or do not balance it"
        )
    return np.arange(rows) if balanced else cells, place


def _key_columns(
    axes: Sequence[_Axis], cells: np.ndarray, actors: str, class_name: str
) -> dict[str, pd.Categorical]:
    """Period, source, target and class of each row, those that the result has."""
    columns: dict[str, pd.Categorical] = {}
    after = math.prod(len(a.labels) for a in axes)
    for name, axis in zip(("period", "dyad", class_name), axes, strict=False):
        after //= max(1, len(axis.labels))
        at = (cells // max(1, after) % max(1, len(axis.labels))).astype(np.int32)
        if name != "dyad":
            columns[name] = _categorical(at, axis.labels)
        elif actors != "none":
            for level in (0, 1):
                codes = axis.labels.codes[level]
                columns[axis.labels.names[level]] = _categorical(
                    codes[at], axis.labels.levels[level]
                )
    return columns


def _categorical(codes: np.ndarray, labels: pd.Index) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, labels).remove_unused_categories()


def _sums(place: np.ndarray, rows: int, goldstein: np.ndarray) -> dict[str, np.ndarray]:
    """Number of events, mean and sum of Goldstein scores (4 decimals) of each row."""
    events = np.bincount(place, minlength=rows)
    total = np.bincount(place, weights=goldstein, minlength=rows).astype(float)
    mean = np.full(rows, np.nan)
    np.divide(total, events, out=mean, where=events > 0)
    for scores in (mean, total):
        np.round(scores, 4, out=scores)
        scores += 0.0  # no -0.0
    return {"events": events, "goldstein_mean": mean, "goldstein_sum": total}


def _class_columns(
    place: np.ndarray, rows: int, event_class: _Axis, count: str
) -> dict[str, np.ndarray]:
    """One column of counts for each class; names fit Stata (a letter first, 32 characters)."""
    return {
        f"{count}_{label or 'none'}": np.bincount(
            place[event_class.index == number], minlength=rows
        ).astype(np.int32)
        for number, label in enumerate(event_class.labels)
    }
