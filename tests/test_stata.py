"""Stata files: codes keep their zeros, dates are dates, missing values are missing."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from test_dataset import FIRST, SECOND

from coder.aggregate import Panel, aggregate, write_table
from coder.dataset import EVENT_COLUMNS, write_events
from coder.errors import InputError
from coder.event_reader import read_events
from coder.tallies import PERIODS, Plan


def test_events_come_back_from_stata(tmp_path):
    path, again = tmp_path / "events.dta", tmp_path / "again.dta"
    third = replace(FIRST, sentence="Żółw " * 2000, event_code="010", probability=None,
                    sentence_index=None)  # fmt: skip
    for name in (path, again):
        assert write_events([FIRST, SECOND, third], str(name)) == 3
    assert path.read_bytes() == again.read_bytes()
    found = pd.read_stata(path)
    assert list(found.columns) == list(EVENT_COLUMNS)
    assert all(len(c) <= 32 for c in found.columns)
    assert found.event_code.tolist() == ["057", "1411", "010"]
    assert found.date.tolist()[0] == pd.Timestamp("2014-05-19")
    assert found.date.isna().tolist() == [False, True, False]
    assert found.latitude.isna().tolist() == [False, True, False]
    assert found.probability.isna().tolist() == [False, False, True]
    assert found.sentence_index.tolist()[:2] == [0, 0]
    assert math.isnan(found.sentence_index[2])
    assert found.sentence[2] == "Żółw " * 2000
    assert (found.source[1], found.target[1], found.sentence[1]) == (
        "---COP", "", "-@ begins this",
    )  # fmt: skip
    assert found.dtypes[["quad_class", "mentions"]].map(lambda t: t.kind).tolist() == ["i", "i"]


@pytest.mark.parametrize("by", PERIODS)
def test_an_aggregate_comes_back_from_stata(tmp_path, by):
    path = tmp_path / "panel.dta"
    write_events([FIRST, replace(FIRST, date="2015-03-04", root_code="01", quad_class=1)],
                 str(tmp_path / "events.csv"))  # fmt: skip
    panel = aggregate(read_events([tmp_path / "events.csv"]), Plan(by), Panel(balanced=True))
    with path.open("wb") as file:
        write_table(panel, "stata", file, by)
    found = pd.read_stata(path)
    assert found.period.dt.to_period(PERIODS[by]).tolist() == [
        pd.Period(p, PERIODS[by]) for p in panel.period.astype(str)
    ]
    assert found.root_code.tolist() == panel.root_code.astype(str).tolist()
    assert set(found.root_code) == {"01", "05"}
    assert found.events.tolist() == panel.events.tolist()
    assert found.goldstein_mean.isna().equals(panel.events == 0)


def test_no_events_make_a_stata_file_without_rows(tmp_path):
    assert write_events([], str(tmp_path / "none.dta")) == 0
    assert pd.read_stata(tmp_path / "none.dta").columns.tolist() == list(EVENT_COLUMNS)


def test_stata_files_are_not_read(tmp_path):
    path = tmp_path / "events.dta"
    write_events([FIRST], str(path))
    with pytest.raises(InputError) as error:
        read_events([path])
    assert (
        str(error.value) == f"{path}: Stata files are only written; give .csv, .jsonl or .parquet"
    )
