"""Stata files of events and aggregates, typed so that codes, dates and missing values survive.

A file is made from a whole table, some four times its size in memory: the widths of its columns
come first in it, and pandas, like the other writers for Python, takes a table.
"""

import warnings
from dataclasses import fields
from datetime import datetime
from typing import IO

import pandas as pd

from coder.records import EVENT_DATES, Event


def event_table(rows: list[tuple]) -> pd.DataFrame:
    """Rows in native columns as a table with dates and numbers, absent ones missing."""
    table = pd.DataFrame(rows, columns=[f.name for f in fields(Event)])
    for column in fields(Event):
        if column.name in EVENT_DATES:
            made = pd.to_datetime(table[column.name].replace("", None), format="%Y-%m-%d")
        else:
            made = table[column.name].astype(str if column.type is str else float)
        table[column.name] = made
    return table.astype({c.name: "int64" for c in fields(Event) if c.type is int})


def write_stata(table: pd.DataFrame, file: IO[bytes], dates: dict[str, str]) -> None:
    """Write a table as a Stata 14 file: `dates` are Stata's formats (td, tm) of date columns.

    Codes stay text with their zeros, missing dates and numbers are Stata's missing value, texts of
    any length are kept. The same table gives the same bytes.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.PerformanceWarning)
        table.to_stata(
            file, write_index=False, version=118, convert_dates=dates,
            time_stamp=datetime(1960, 1, 1),
        )  # fmt: skip
