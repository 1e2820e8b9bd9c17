"""What the figures show: event files added up for a picture, without anything of drawing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from coder.actor_code import NOWHERE
from coder.errors import InputError
from coder.event_reader import read_pieces
from coder.layouts import country_of
from coder.tallies import PERIODS, Plan, tally

SPANS = (("day", 45), ("week", 420), ("month", 4_000), ("quarter", 12_000))
"""The longest span of days that is shown by each period, so that a figure has some 60 bars."""

PANELS = 6
"""Dyads of a figure that are chosen by their number of events."""

ACTORS = 18
"""Actors of a heat map, those with the most events."""


@dataclass(frozen=True, slots=True)
class Series:
    """Counts over time. `counts` has a row for each period and a column for each class."""

    name: str
    starts: pd.DatetimeIndex
    ends: pd.DatetimeIndex
    counts: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Shown:
    """What a figure tells of its data: by which period, first and last day, and what is left out."""

    by: str
    first: str
    last: str
    events: int
    without_dyad: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Places:
    """Events by place: degrees, numbers, and how many of them are conflict (quad class 3 or 4)."""

    latitude: np.ndarray
    longitude: np.ndarray
    events: np.ndarray
    conflict: np.ndarray
    unplaced: int


def dyad_series(
    paths: Sequence[Path], dyads: Sequence[tuple[str, str]] = (), by: str | None = None
) -> tuple[list[Series], Shown]:
    """Quad classes over time of the most frequent dyads of countries, or of those given.

    A dyad that is given is shown in both directions. An actor is the first three letters of its
    code; events without two of them are left out and counted. `by` is chosen by the length of
    time if it is not given. Raises InputError when no event is left, or none of a dyad.
    """
    days, alone = _between_countries(paths)
    totals = days.groupby(["source", "target"])["events"].sum()
    chosen = [pair for a, b in dyads for pair in dict.fromkeys(((a, b), (b, a)))]
    for a, b in dyads:
        if not {(a, b), (b, a)} & set(totals.index):
            common = ", ".join(f"{s} {t}" for s, t in _most(totals, 5))
            raise InputError(f"{_names(paths)}: no event between {a} and {b}; there are {common}")
    chosen = list(dict.fromkeys(chosen)) or _most(totals, PANELS)
    shown = days[pd.MultiIndex.from_frame(days[["source", "target"]]).isin(chosen)]
    axis, by = _axis(days, by)
    series = [
        _series(f"{name_of(s)} → {name_of(t)}", axis, by, part, (1, 2, 3, 4))
        for s, t in chosen
        for part in [shown[(shown["source"] == s) & (shown["target"] == t)]]
    ]
    count = int(shown["events"].sum())
    return series, _shown(days, by, count, without_dyad=alone, of=len(totals))


def root_series(paths: Sequence[Path], by: str | None = None) -> tuple[Series, Shown]:
    """CAMEO roots over time, of all events that have a date; InputError if none has."""
    days = _tally(paths, "none", "root")
    if days.empty:
        raise InputError(f"{_names(paths)}: no event with a date")
    axis, by = _axis(days, by)
    roots = sorted(set(days["class"]))
    return _series("", axis, by, days, roots), _shown(days, by, int(days["events"].sum()))


def dyad_matrix(paths: Sequence[Path]) -> tuple[pd.DataFrame, Shown]:
    """Events by source (rows) and target (columns) of the actors with the most events.

    Both have the same actors in the same order, the most frequent first. Events without two
    countries or a date are left out. Raises InputError when none is left.
    """
    days, alone = _between_countries(paths)
    pairs = days.groupby(["source", "target"])["events"].sum()
    totals = pairs.groupby("source").sum().add(pairs.groupby("target").sum(), fill_value=0)
    actors = _most(totals, ACTORS)
    matrix = pairs.unstack(fill_value=0).reindex(index=actors, columns=actors, fill_value=0)
    shown = _shown(days, "day", int(matrix.to_numpy().sum()), without_dyad=alone, of=len(totals))
    return matrix, shown


def event_places(paths: Sequence[Path]) -> Places:
    """Events by their coordinates, which are columns of the event file; InputError without any."""
    counts: Counter[tuple[float, float]] = Counter()
    conflict: Counter[tuple[float, float]] = Counter()
    unplaced = 0
    for piece in read_pieces(paths, ("latitude", "longitude", "quad_class")):
        events = piece.events
        known = events["latitude"].between(-90, 90) & events["longitude"].between(-180, 180)
        unplaced += int((~known).sum())
        placed = events[known]
        where = list(zip(placed["latitude"].tolist(), placed["longitude"].tolist(), strict=True))
        counts.update(where)
        fights = placed["quad_class"].isin((3, 4)).tolist()
        conflict.update(w for w, fight in zip(where, fights, strict=True) if fight)
    if not counts:
        raise InputError(
            f"{_names(paths)}: no event has a latitude and longitude, which a map needs"
        )
    order = sorted(counts, key=lambda w: (-counts[w], w))
    columns = np.array([(*w, counts[w], conflict[w]) for w in order]).T
    return Places(*columns, unplaced=unplaced)


def name_of(code: str) -> str:
    """A country's name, or the code of another actor."""
    return country_of(code, "name") or code


def _tally(paths: Sequence[Path], actors: str, count: str) -> pd.DataFrame:
    plan = Plan("day", actors, count)
    return tally((piece.events for piece in read_pieces(paths, plan.columns)), plan)


def _between_countries(paths: Sequence[Path]) -> tuple[pd.DataFrame, int]:
    """The tally of the events that have two countries, and the number of those that have not."""
    days = _tally(paths, "country", "quad")
    both = ~(days["source"].isin(("", NOWHERE)) | days["target"].isin(("", NOWHERE)))
    if not both.any():
        raise InputError(f"{_names(paths)}: no dated event between two countries")
    return days[both], int(days.loc[~both, "events"].sum())


def _most(totals: pd.Series, number: int) -> list:
    """The labels with the highest totals, those alike in alphabetical order."""
    return totals.sort_index().sort_values(ascending=False, kind="stable").index[:number].tolist()


def _axis(days: pd.DataFrame, by: str | None) -> tuple[pd.PeriodIndex, str]:
    """All periods from the first to the last event, and which periods they are."""
    first, last = (pd.Period(ordinal=int(d), freq="D") for d in _ends(days))
    if by is None:
        span = last.ordinal - first.ordinal + 1
        by = next((name for name, longest in SPANS if span <= longest), "year")
    freq = PERIODS[by]
    return pd.period_range(first.asfreq(freq), last.asfreq(freq), freq=freq), by


def _ends(days: pd.DataFrame) -> tuple[int, int]:
    return days["period"].min(), days["period"].max()


def _series(
    name: str, axis: pd.PeriodIndex, by: str, days: pd.DataFrame, classes: Sequence
) -> Series:
    periods = pd.PeriodIndex.from_ordinals(days["period"], freq="D").asfreq(PERIODS[by])
    table = days.groupby([periods, days["class"].to_numpy()])["events"].sum().unstack(fill_value=0)
    counts = table.reindex(index=axis, columns=list(classes), fill_value=0)
    return Series(name, axis.start_time, (axis + 1).start_time, counts)


def _shown(days: pd.DataFrame, by: str, events: int, **more: int) -> Shown:
    first, last = (str(pd.Period(ordinal=int(d), freq="D")) for d in _ends(days))
    return Shown(by, first, last, events, **more)


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(map(str, paths))
