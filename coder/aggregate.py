"""Counts and Goldstein scores of events by period, dyad and event class, and balanced panels."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np
import pandas as pd

from coder.dataset import DELIMITERS, defuse
from coder.errors import InputError
from coder.tallies import COUNTS, PERIODS, Plan, tally

LIMIT = 4_000_000_000
"""Bytes of a result; more is refused."""

ROW_BYTES, CELL_BYTES = 40, 4
"""Bytes of a row's keys and sums while it is made, and of a count in a wide column."""

PART = 50_000
"""Rows of a result that are made into JSON together."""

STATA_DATES = {"day": "td", "week": "td", "month": "tm", "quarter": "tq", "year": "ty"}
"""Stata's date formats of the periods; a week is the date of its Monday."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The form of the result: classes as columns, all combinations, further columns, windows."""

    wide: bool = False
    balanced: bool = False
    share: bool = False
    rolling: int = 1


def aggregate(
    events: pd.DataFrame | Iterable[pd.DataFrame],
    plan: Plan | None = None,
    panel: Panel | None = None,
) -> pd.DataFrame:
    """Count events by period, source, target and class; one row of `events` is one event.

    Takes the table of `read_events` or `code_frame`, or any number of such tables one after the
    other. Long: period, source, target, the native column of `plan.count`, events, goldstein_mean,
    goldstein_sum, sorted by the first four, which are categoricals. Wide: the class makes columns
    instead (root_04, quad_1, plover_CONSULT, event_0311; plover_none for codes without a PLOVER
    type), after those of the sums. With actors "none" source and target are left out; undirected
    dyads have actor_a and actor_b, in alphabetical order.

    Periods are "2014-05-19" (day; for a week its Monday), "2014-05", "2014Q2", "2014". Balanced:
    every period from first to last with every dyad and (long) every class that occur, filled with
    0; goldstein_mean is NaN without events. Events without a date are left out with a warning.

    share: the row's events among all of its period. plan.score: cooperative less conflictual events
    (quad classes 1-2, 3-4) among the row's events, -1 to +1. rolling: each row is the sum over that
    many periods, the last of which names it; it makes a balanced panel and begins with the first
    whole window.
    """
    plan, panel = plan or Plan(), panel or Panel()
    rows = tally([events] if isinstance(events, pd.DataFrame) else events, plan)
    period, dyad, event_class = (
        _period_axis(rows, plan),
        _dyad_axis(rows, plan),
        _axis(rows["class"]),
    )
    _check_window(panel.rolling, len(period.labels), plan.by)
    axes = (period, dyad) if panel.wide else (period, dyad, event_class)
    balanced = panel.balanced or panel.rolling > 1
    cells, place = _cells(axes, balanced, len(event_class.labels) if panel.wide else 0)
    add = _Adder(place, len(cells), len(period.labels) if balanced else 1, panel.rolling)

    after = math.prod(len(a.labels) for a in axes[1:])
    cells = cells[(panel.rolling - 1) * after :]
    ids = _key_columns(axes, cells, plan)
    sums = _sums(add, rows)
    if panel.share:
        of_period = np.bincount(cells // max(1, after), sums["events"])
        sums["share"] = _ratio(sums["events"], of_period[cells // max(1, after)])
    if plan.score:
        balance = add(rows["cooperation"]) - add(rows["conflict"])
        sums["coop_score"] = _ratio(balance, sums["events"])
    classes = _class_columns(add, rows, event_class, plan.count) if panel.wide else {}
    return pd.DataFrame({**ids, **sums, **classes}, copy=False)


def write_table(table: pd.DataFrame, form: str, file: IO[bytes], by: str = "month") -> None:
    """Write an aggregated table as csv, tsv (codes defused), jsonl, parquet or stata (by `by`)."""
    labels = table.select_dtypes("category").columns
    if form == "parquet":
        table.to_parquet(file, index=False)
    elif form == "stata":
        from coder.stata import write_stata

        starts = pd.PeriodIndex(table["period"].astype(str), freq=PERIODS[by]).start_time
        plain = table.astype(dict.fromkeys(labels, str)).assign(period=starts)
        write_stata(plain, file, {"period": STATA_DATES[by]})
    elif form == "jsonl":
        for start in range(0, len(table), PART):
            part = table.iloc[start : start + PART]
            file.write(part.to_json(orient="records", lines=True, force_ascii=False).encode())
    else:
        safe = {c: table[c].cat.rename_categories(lambda v: defuse(str(v))) for c in labels}
        table.assign(**safe).to_csv(
            file, sep=DELIMITERS[form], index=False, lineterminator="\n", encoding="utf-8"
        )


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where each row of the tally lies on one dimension of the result: `labels[index[row]]`."""

    index: np.ndarray
    labels: pd.Index


@dataclass(frozen=True, slots=True)
class _Adder:
    """Adds up a column of the tally to the result's rows, over windows of periods if asked."""

    place: np.ndarray
    rows: int
    periods: int
    window: int

    def __call__(self, values: pd.Series, where: np.ndarray | slice = slice(None)) -> np.ndarray:
        exact = values.dtype.kind == "i"
        total = np.bincount(self.place[where], values.to_numpy()[where], minlength=self.rows)
        if self.window > 1:
            sums = np.cumsum(total.reshape(self.periods, -1), axis=0)
            sums[self.window :] -= sums[: -self.window].copy()
            total = sums[self.window - 1 :].ravel()
        return np.rint(total).astype(np.int64) if exact else total.astype(float)


def _check_window(window: int, periods: int, by: str) -> None:
    if window > 1 and periods < window:
        raise InputError(
            f"the events span {periods} periods by {by}, fewer than a window of {window}"
        )


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """One count over another, 6 decimals; NaN where there is nothing."""
    return np.round(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0), 6)


def _axis(values: pd.Series) -> _Axis:
    return _Axis(*pd.factorize(values, sort=True))


def _period_axis(rows: pd.DataFrame, plan: Plan) -> _Axis:
    """All periods from the first to the last as labels."""
    if rows.empty:
        return _Axis(np.zeros(0, int), pd.Index([], dtype=str))
    first, last = rows["period"].min(), rows["period"].max()
    every = pd.PeriodIndex.from_ordinals(np.arange(first, last + 1), freq=PERIODS[plan.by])
    labels = every.start_time.strftime("%Y-%m-%d") if plan.by == "week" else every.astype(str)
    return _Axis((rows["period"] - first).to_numpy(), labels)


def _dyad_axis(rows: pd.DataFrame, plan: Plan) -> _Axis:
    """Pairs of source and target that occur, sorted, as labels."""
    source, target = _axis(rows["source"]), _axis(rows["target"])
    both = source.index * max(1, len(target.labels)) + target.index
    index, pairs = pd.factorize(both, sort=True)
    first, second = np.divmod(pairs, max(1, len(target.labels)))
    names = ["actor_a", "actor_b"] if plan.undirected else ["source", "target"]
    labels = pd.MultiIndex([source.labels, target.labels], [first, second], names=names)
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


def _key_columns(axes: Sequence[_Axis], cells: np.ndarray, plan: Plan) -> dict[str, pd.Categorical]:
    """Period, source, target and class of each row, those that the result has."""
    columns: dict[str, pd.Categorical] = {}
    after = math.prod(len(a.labels) for a in axes)
    for name, axis in zip(("period", "dyad", COUNTS[plan.count]), axes, strict=False):
        after //= max(1, len(axis.labels))
        at = (cells // max(1, after) % max(1, len(axis.labels))).astype(np.int32)
        if name != "dyad":
            columns[name] = _categorical(at, axis.labels)
        elif plan.actors != "none":
            for level in (0, 1):
                codes = axis.labels.codes[level]
                columns[axis.labels.names[level]] = _categorical(
                    codes[at], axis.labels.levels[level]
                )
    return columns


def _categorical(codes: np.ndarray, labels: pd.Index) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, labels).remove_unused_categories()


def _sums(add: _Adder, rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Number of events, mean and sum of Goldstein scores (4 decimals) of each row.

    Without a score in any of its events a row has neither mean nor sum.
    """
    events, total, scored = add(rows["events"]), add(rows["goldstein"]), add(rows["scored"])
    mean = np.full(len(events), np.nan)
    np.divide(total, scored, out=mean, where=scored > 0)
    total[(events > 0) & (scored == 0)] = np.nan
    for scores in (mean, total):
        np.round(scores, 4, out=scores)
        scores += 0.0  # no -0.0
    return {"events": events, "goldstein_mean": mean, "goldstein_sum": total}


def _class_columns(
    add: _Adder, rows: pd.DataFrame, event_class: _Axis, count: str
) -> dict[str, np.ndarray]:
    """One column of counts for each class; names fit Stata (a letter first, 32 characters)."""
    return {
        f"{count}_{label or 'none'}": add(rows["events"], event_class.index == number).astype(
            np.int32
        )
        for number, label in enumerate(event_class.labels)
    }
