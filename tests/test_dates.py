from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from coder.dates import parse_date, value_to_date

DAY = date(2014, 5, 19)


@pytest.mark.parametrize(
    "text",
    [
        "2014-05-19", "2014-05-19T23:59:59Z", "2014-05-19 08:30", "2014-05-19T08:30:00.123+02:00",
        "20140519", "2014/05/19", "2014/5/19", "19 May 2014", "19 MAY 2014", "May 19, 2014",
        "May 19 2014", " May 19, 2014\n", "Monday, 19 May 2014", "Mon, 19 May 2014 10:00:00 GMT",
    ],
)  # fmt: skip
def test_dates_are_read(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "month"), [("5 Sept. 2011", 9), ("Sep 5, 2011", 9), ("5 december 2011", 12)]
)
def test_months_may_be_abbreviated(text, month):
    assert parse_date(text) == date(2011, month, 5)


@pytest.mark.parametrize(
    "text",
    [
        "", "Monday", "May 2014", "2014", "19 May", "2014-13-01", "2014-02-30", "20140230", "31 June 2014",
        "05/19/2014", "19.05.2014", "1400523", "on 19 May 2014", "2014-05-19x", "0000-01-01", "٢٠١٤-٠٥-١٩",
        "19 Mayor 2014", "2014-05/19", "x" * 100_000,
    ],
)  # fmt: skip
def test_anything_else_is_no_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "value",
    [
        "2014-05-19", 20140519, 20140519.0, np.int64(20140519), DAY, datetime(2014, 5, 19, 23, 0),
        pd.Timestamp("2014-05-19 08:00", tz="Asia/Tokyo"),
    ],
)  # fmt: skip
def test_cells_of_tables_are_read(value):
    found = value_to_date(value)
    assert found == DAY
    assert type(found) is date


@pytest.mark.parametrize(
    "value", [None, float("nan"), pd.NaT, pd.NA, "", 7, True, [], float("inf")]
)
def test_empty_and_odd_cells_have_no_date(value):
    assert value_to_date(value) is None
