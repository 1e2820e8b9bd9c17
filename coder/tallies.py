"""Events added up by period, dyad and class as they are read, in the memory of the result."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coder.actor_code import parse_actor
from coder.errors import InputError

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}
"""Periods and their pandas frequencies; weeks are those of ISO 8601, Monday to Sunday."""

ACTORS = ("country", "code", "sector", "none")
"""How actors are told apart: first three letters of the code, whole code, role, not at all."""

COUNTS = {
    "root": "root_code", "base": "base_code", "event": "event_code", "quad": "quad_class",
    "plover": "plover",
}  # fmt: skip
"""Levels of event classes and their native columns."""

KEYS = ["period", "source", "target", "class"]
SUMS = ["events", "goldstein", "scored", "cooperation", "conflict"]

FEW = 500_000
"""Rows of tallies that are kept before they are added up."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to add up by what; raises InputError for a value that is not known."""

    by: str = "month"
    actors: str = "country"
    count: str = "root"
    undirected: bool = False
    score: bool = False

    def __post_init__(self) -> None:
        for value, known in ((self.by, PERIODS), (self.actors, ACTORS), (self.count, COUNTS)):
            if value not in known:
                raise InputError(f"{value!r} is none of {', '.join(known)}")

    @property
    def columns(self) -> tuple[str, ...]:
        """The native columns that are read."""
        needed = ("date", "source", "target", COUNTS[self.count], "goldstein")
        return (*needed, "quad_class") if self.score and self.count != "quad" else needed


def tally(tables: Iterable[pd.DataFrame], plan: Plan) -> pd.DataFrame:
    """Add up tables of events: one row for each combination of KEYS that occurs, with SUMS.

    `period` is the ordinal of a pandas period, `scored` the number of events with a Goldstein
    score, cooperation and conflict those of quad classes 1-2 and 3-4. Events without a date are
    left out with a warning.
    """
    parts: list[pd.DataFrame] = []
    undated = 0
    for table in tables:
        dated = _dated(table, plan)
        undated += len(table) - len(dated)
        parts.append(_add_up(_keyed(dated, plan)))
        if sum(map(len, parts)) > FEW + 2 * len(parts[0]):
            parts = [_add_up(pd.concat(parts))]
    if undated:
        warnings.warn(f"undated events left out: {undated}", stacklevel=3)
    return _add_up(pd.concat(parts)).sort_values(KEYS, ignore_index=True)


def _dated(events: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The needed columns of the events that have a date, absent actors as ""."""
    if missing := [c for c in plan.columns if c not in events]:
        raise InputError(f"the table of events has no column {', '.join(missing)}")
    column = COUNTS[plan.count]
    if plan.count != "quad" and pd.api.types.is_numeric_dtype(events[column]) and len(events):
        raise InputError(f"{column} must be text (057, not 57); use read_events")
    dates = pd.to_datetime(events["date"], format="%Y-%m-%d", errors="coerce")
    absent = dict.fromkeys({"source", "target", column} - {"quad_class"}, "")
    return events[list(plan.columns)].assign(date=dates)[dates.notna()].fillna(absent)


def _keyed(events: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Keys and sums of each event."""
    periods = pd.PeriodIndex(events["date"].dt.to_period(PERIODS[plan.by]))
    source, target = (_actors(events[c], plan.actors) for c in ("source", "target"))
    if plan.undirected:
        source, target = _ordered(source, target)
    score = events["goldstein"].to_numpy(float)
    quad = events["quad_class"].to_numpy(int) if "quad_class" in events else np.zeros(len(events))
    return pd.DataFrame(
        {
            "period": periods.asi8, "source": source, "target": target,
            "class": events[COUNTS[plan.count]], "events": 1, "goldstein": np.nan_to_num(score),
            "scored": (~np.isnan(score)).astype(int),
            "cooperation": np.isin(quad, (1, 2)).astype(int),
            "conflict": np.isin(quad, (3, 4)).astype(int),
        }
    )  # fmt: skip


def _actors(codes: pd.Series, actors: str) -> pd.Series:
    shorten = {
        "country": lambda c: c[:3],
        "code": lambda c: c,
        "sector": sector_of,
        "none": lambda c: "",
    }[actors]
    return codes.map({c: shorten(c) for c in codes.unique()}).astype(str)


def sector_of(code: str) -> str:
    """First role or international type of an actor code: "GOV" of KAZGOVMIL, "IGO" of IGOUNO."""
    return next(iter(parse_actor(code).types), "")


def _ordered(source: pd.Series, target: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Both actors in alphabetical order, an absent one last."""
    swap = (target != "") & ((target < source) | (source == ""))
    return source.mask(swap, target), target.mask(swap, source)


def _add_up(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby(KEYS, sort=False, as_index=False)[SUMS].sum()
