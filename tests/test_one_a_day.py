from dataclasses import replace

import pytest

from coder.one_a_day import one_a_day
from coder.records import Event

FIRST = Event(
    event_id="e1", date="2014-05-19", article_date="2014-05-20", source="KAZGOV", target="USA",
    event_code="057", base_code="057", root_code="05", event_name="Sign formal agreement",
    plover="SUPPORT", quad_class=1, goldstein=8.0, probability=0.6, mentions=1, sources=1, articles=1,
    place="", country="", latitude=None, longitude=None, article_id="a1", sentence_index=0, lead=1,
    source_text="Kazakhstan", target_text="Washington", action_text="signed", sentence="…",
    url="", publisher="AFP", model="m",
)  # fmt: skip


def test_the_first_report_stays_and_the_others_are_counted():
    again = replace(FIRST, event_id="e2", article_id="a2", publisher="Reuters", probability=0.9)
    third = replace(FIRST, event_id="e3", article_id="a3", probability=0.7)
    assert list(one_a_day([FIRST, again, third])) == [
        replace(FIRST, mentions=3, sources=2, articles=3, probability=0.9)
    ]


def test_unknown_publishers_are_one_source():
    unknown = replace(FIRST, publisher="")
    [one] = one_a_day([unknown, unknown])
    assert (one.mentions, one.sources) == (2, 1)
    [one] = one_a_day([unknown, FIRST, unknown])
    assert (one.mentions, one.sources) == (3, 2)


@pytest.mark.parametrize(
    "other",
    [{"date": "2014-05-20"}, {"source": "KAZ"}, {"target": ""}, {"event_code": "05"}],
)
def test_another_day_dyad_or_code_is_another_event(other):
    assert len(list(one_a_day([FIRST, replace(FIRST, **other)]))) == 2


def test_order_is_that_of_first_appearance():
    codes = ["190", "010", "057", "010", "190"]
    events = [replace(FIRST, event_code=c) for c in codes]
    assert [(e.event_code, e.mentions) for e in one_a_day(events)] == [
        ("190", 2), ("010", 2), ("057", 1),
    ]  # fmt: skip


def test_undated_events_are_filtered_within_their_article():
    undated = replace(FIRST, date="")
    elsewhere = replace(undated, article_id="a2")
    found = list(one_a_day([undated, elsewhere, undated]))
    assert [(e.article_id, e.mentions) for e in found] == [("a1", 2), ("a2", 1)]


def test_filtering_again_changes_nothing():
    once = list(one_a_day([FIRST, replace(FIRST, publisher="Reuters")]))
    assert once[0].sources == 2
    assert list(one_a_day(once)) == once


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_what_was_collected_comes_out_before_a_failure(failure):
    def broken():
        yield FIRST
        yield FIRST
        raise failure

    events = one_a_day(broken())
    assert next(events) == replace(FIRST, mentions=2)
    with pytest.raises(failure):
        next(events)
