import random
from collections import Counter
from datetime import date, timedelta

import pandas as pd
import pytest

from coder import tallies
from coder.aggregate import Panel, aggregate
from coder.errors import InputError
from coder.ontology import load_ontology
from coder.tallies import COUNTS, PERIODS, Plan, sector_of

ACTORS = ["USA", "USAGOV", "KAZ", "KAZGOV", "---COP", "IGOUNO", ""]


def table(rows):
    """Rows of (date, source, target, event code) as the table of an event file."""
    ontology = load_ontology()
    cells = [
        (
            pd.Timestamp(d) if d else pd.NaT,
            s,
            t,
            c.code,
            c.base,
            c.root,
            c.plover,
            c.quad_class,
            c.goldstein,
        )
        for d, s, t, c in ((d, s, t, ontology[c]) for d, s, t, c in rows)
    ]
    names = ["date", "source", "target", *list(COUNTS.values())[2:3], "base_code", "root_code"]
    return pd.DataFrame(cells, columns=[*names, "plover", "quad_class", "goldstein"])


@pytest.fixture(scope="module")
def events():
    """400 events of a year and a half, from a fixed seed, some undated."""
    rng = random.Random(7)
    codes = rng.sample(sorted(load_ontology().codes), 60)
    return table(
        (
            None if rng.random() < 0.1 else date(2013, 11, 20) + timedelta(rng.randrange(500)),
            rng.choice(ACTORS[:-1]), rng.choice(ACTORS), rng.choice(codes),
        )
        for _ in range(400)
    )  # fmt: skip


@pytest.mark.filterwarnings("ignore:undated")
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("by", PERIODS)
@pytest.mark.parametrize("actors", ["country", "code", "sector", "none"])
def test_sums_equal_the_event_file(events, by, actors, count):
    dated = events.dropna(subset="date")
    for wide in (False, True):
        for balanced in (False, True):
            found = aggregate(events, Plan(by, actors, count), Panel(wide, balanced))
            assert found["events"].sum() == len(dated)
            assert found["goldstein_sum"].sum() == pytest.approx(dated["goldstein"].sum())
            if wide:
                classes = found.filter(regex=f"^{count}_")
                assert (classes.sum(axis=1) == found["events"]).all()
                expected = dated[COUNTS[count]].astype(str).replace("", "none").value_counts()
                assert classes.sum().to_dict() == expected.add_prefix(f"{count}_").to_dict()


@pytest.mark.filterwarnings("ignore:undated")
def test_counts_are_those_of_a_plain_loop(events):
    dated = events.dropna(subset="date")
    key = zip(
        dated.date.dt.strftime("%Y-%m"),
        dated.source.str[:3],
        dated.target.str[:3],
        dated.root_code,
        strict=True,
    )
    expected = Counter(key)
    found = aggregate(events)
    rows = list(found.itertuples(index=False))
    assert {tuple(r[:4]): r.events for r in rows} == expected
    assert [tuple(r[:4]) for r in rows] == sorted(expected)
    for row in rows:
        assert row.goldstein_mean == pytest.approx(row.goldstein_sum / row.events, abs=1e-4)


@pytest.mark.filterwarnings("ignore:undated")
def test_a_balanced_panel_holds_every_combination_once(events):
    dated = events.dropna(subset="date")
    found = aggregate(events, panel=Panel(balanced=True))
    periods = pd.period_range(dated.date.min(), dated.date.max(), freq="M")
    dyads = set(zip(dated.source.str[:3], dated.target.str[:3], strict=True))
    assert len(found) == len(periods) * len(dyads) * dated.root_code.nunique()
    assert not found.duplicated(["period", "source", "target", "root_code"]).any()
    assert set(zip(found.source, found.target, strict=True)) == dyads
    empty = found[found.events == 0]
    assert len(empty)
    assert empty.goldstein_mean.isna().all()
    assert (empty.goldstein_sum == 0).all()
    kept = found[found.events > 0].reset_index(drop=True).astype({"period": str})
    pd.testing.assert_frame_equal(
        kept, aggregate(events).astype({"period": str}), check_categorical=False
    )


@pytest.mark.parametrize(
    ("by", "day", "period"),
    [
        ("day", "2014-05-19", "2014-05-19"),
        ("week", "2014-05-19", "2014-05-19"),
        ("week", "2014-05-25", "2014-05-19"),
        ("week", "2021-01-03", "2020-12-28"),  # ISO week 53 of 2020
        ("month", "2014-05-31", "2014-05"),
        ("quarter", "2014-06-30", "2014Q2"),
        ("quarter", "2014-07-01", "2014Q3"),
        ("year", "2014-12-31", "2014"),
    ],
)
def test_names_of_periods(by, day, period):
    assert list(aggregate(table([(day, "USA", "KAZ", "040")]), Plan(by))["period"]) == [period]


def test_countries_are_the_first_three_letters_and_targets_may_be_absent():
    found = aggregate(
        table([("2014-05-19", s, t, "040") for s, t in (("---COP", ""), ("IGOUNO", "USAGOV"))])
    )
    assert list(zip(found.source, found.target, strict=True)) == [("---", ""), ("IGO", "USA")]


@pytest.mark.filterwarnings("ignore:undated")
@pytest.mark.parametrize("count", COUNTS)
def test_wide_names_can_be_used_in_stata(events, count):
    found = aggregate(events, Plan(count=count), Panel(wide=True))
    names = [c for c in found if c.startswith(f"{count}_")]
    assert len(names) == events.dropna(subset="date")[COUNTS[count]].nunique()
    assert all(n.isidentifier() and n[0].isalpha() and len(n) <= 32 for n in found)


def test_undated_events_are_left_out_and_counted():
    rows = [("2014-05-19", "USA", "KAZ", "040"), (None, "USA", "KAZ", "040")]
    with pytest.warns(UserWarning, match="undated events left out: 1"):
        assert list(aggregate(table(rows)).events) == [1]
    with pytest.warns(UserWarning, match="undated events left out: 1"):
        assert aggregate(table(rows[1:]), panel=Panel(balanced=True)).empty


def test_dates_may_be_text_and_actors_missing_values():
    found = table([("2014-05-19", "USA", "KAZ", "040")])
    text = found.assign(date="2014-05-19", target=None)
    assert aggregate(text).iloc[0].to_dict() == {
        "period": "2014-05", "source": "USA", "target": "", "root_code": "04",
        "events": 1, "goldstein_mean": 1.0, "goldstein_sum": 1.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"by": "decade"}, "'decade' is none of day, week, month, quarter, year"),
        ({}, {"actors": "city"}, "'city' is none of country, code, sector, none"),
        ({}, {"count": "leaf"}, "'leaf' is none of root, base, event, quad, plover"),
        ({"root_code": 4}, {}, "root_code must be text (057, not 57); use read_events"),
    ],
)
def test_wrong_arguments_are_named(change, options, message):
    events = table([("2014-05-19", "USA", "KAZ", "040")]).assign(**change)
    with pytest.raises(InputError) as error:
        aggregate(events, Plan(**options))
    assert str(error.value) == message


def test_a_missing_column_is_named(events):
    with pytest.raises(InputError, match="no column source, goldstein$"):
        aggregate(events.drop(columns=["source", "goldstein"]))


def test_a_panel_too_large_for_memory_is_refused_before_it_is_made():
    rows = [("1914-01-01", f"A{i:05}", f"B{i:05}", "040") for i in range(3000)]
    events = table([*rows, ("2014-01-01", "USA", "KAZ", "190")])
    with pytest.raises(InputError, match=r"would have 219,\d{3},\d{3} rows, too many"):
        aggregate(events, Plan("day", "code"), Panel(balanced=True))


@pytest.mark.filterwarnings("ignore:undated")
@pytest.mark.parametrize("size", [1, 7, 399, 1000])
def test_pieces_of_any_size_give_the_same_result(events, monkeypatch, size):
    monkeypatch.setattr(tallies, "FEW", 20)
    pieces = [events.iloc[i : i + size] for i in range(0, len(events), size)]
    plan, panel = Plan(count="quad", score=True), Panel(balanced=True, share=True)
    pd.testing.assert_frame_equal(aggregate(pieces, plan, panel), aggregate(events, plan, panel))


@pytest.mark.filterwarnings("ignore:undated")
@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("balanced", [True, False])
def test_shares_of_a_period_add_up_to_one(events, wide, balanced):
    found = aggregate(events, panel=Panel(wide, balanced, share=True))
    sums = found.groupby("period", observed=True)["share"].sum()
    assert sums.to_numpy() == pytest.approx(1, abs=1e-4)


@pytest.mark.filterwarnings("ignore:undated")
def test_the_score_is_cooperation_less_conflict_over_all(events):
    found = aggregate(events, Plan(count="quad", score=True), Panel(wide=True, balanced=True))
    net = found.quad_1 + found.quad_2 - found.quad_3 - found.quad_4
    some = found.events > 0
    assert (found.coop_score[some] - net[some] / found.events[some]).abs().max() < 1e-5
    assert found.coop_score[~some].isna().all()
    assert found.coop_score.between(-1, 1)[some].all()


@pytest.mark.filterwarnings("ignore:undated")
def test_undirected_dyads_add_up_both_directions(events):
    found = aggregate(events, Plan(undirected=True), Panel(wide=True))
    directed = aggregate(events, panel=Panel(wide=True)).astype({"source": str, "target": str})
    assert found.events.sum() == directed.events.sum()
    assert not found.duplicated(["period", "actor_a", "actor_b"]).any()
    pairs = zip(found.actor_a.astype(str), found.actor_b.astype(str), strict=True)
    assert all(b == "" or a <= b for a, b in pairs)
    both = directed[directed.source.isin(["USA", "KAZ"]) & directed.target.isin(["USA", "KAZ"])]
    one = found[(found.actor_a == "KAZ") & (found.actor_b == "USA")]
    assert one.events.sum() == both[both.source != both.target].events.sum() > 0


@pytest.mark.filterwarnings("ignore:undated")
@pytest.mark.parametrize("wide", [True, False])
def test_a_window_is_the_sum_of_its_periods(events, wide):
    single = aggregate(events, panel=Panel(wide, balanced=True))
    found = aggregate(events, panel=Panel(wide, rolling=3))
    periods = single.period.cat.categories.tolist()
    assert found.period.astype(str).unique().tolist() == periods[2:]
    keys = [c for c in ("source", "target", "root_code") if c in single]
    for last in (2, 9, len(periods) - 1):
        window = single[single.period.isin(periods[last - 2 : last + 1])]
        expected = window.groupby(keys, observed=True)[["events", "goldstein_sum"]].sum()
        row = found[found.period == periods[last]].set_index(keys)[["events", "goldstein_sum"]]
        assert (row.events.to_numpy() == expected.events.to_numpy()).all()
        assert row.goldstein_sum.to_numpy() == pytest.approx(expected.goldstein_sum, abs=1e-3)


def test_a_window_longer_than_the_data_is_refused():
    events = table([("2014-05-19", "USA", "KAZ", "040")])
    with pytest.raises(InputError, match="span 1 periods by month, fewer than a window of 2"):
        aggregate(events, panel=Panel(rolling=2))


def test_events_without_a_score_are_counted_but_not_averaged():
    events = table([("2014-05-19", "USA", "KAZ", c) for c in ("040", "041", "042")])
    events["goldstein"] = [1.0, None, 2.0]
    found = aggregate(events)
    assert found[["events", "goldstein_mean", "goldstein_sum"]].iloc[0].tolist() == [3, 1.5, 3.0]
    found = aggregate(events.assign(goldstein=float("nan")))
    assert found.goldstein_mean.isna().all()
    assert found.goldstein_sum.isna().all()


@pytest.mark.parametrize(
    ("code", "sector"),
    [("KAZGOVMIL", "GOV"), ("KAZ", ""), ("---COP", "COP"), ("IGOUNO", "IGO"), ("IRQKURMIL", "MIL")],
)
def test_the_sector_is_the_first_role(code, sector):
    assert sector_of(code) == sector
