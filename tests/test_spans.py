"""Words of actors found again in their sentence: tests/data/report/spans.txt, a case a line."""

from pathlib import Path

import pytest

from coder.labels import unmark
from coder.spans import EventSpans, find_spans, mark

LINES = (Path(__file__).parent / "data" / "report" / "spans.txt").read_text("utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if line[0] != "#"]


@pytest.mark.parametrize(("marked", "action"), CASES)
def test_actors_are_found_where_they_are_marked(marked, action):
    sentence, *spans = unmark(marked, "line")
    words = [sentence[slice(*span)] if span else "" for span in spans]
    found = find_spans(sentence, *words, action)
    assert mark(sentence, found) == marked
    assert [found.source, found.target] == spans
    assert (sentence[slice(*found.action)] if found.action else "") == action


def test_words_that_a_line_break_parted_are_found():
    assert find_spans("The Red Cross left.", "Red\n  Cross", "", "").source == (4, 13)


def test_what_does_not_stand_in_the_sentence_has_no_span():
    assert find_spans("Talks began.", "Russia", "", "began") == EventSpans(None, None, (6, 11))


def test_marks_of_the_sentence_itself_are_left_out():
    text = "A <s>b</s> hit C."
    assert mark(text, find_spans(text, "A", "C", "hit")) == "<s>A</s> b hit <t>C</t>."


def test_many_places_cost_little():
    text = "army " * 400
    assert find_spans(text.strip(), "army", "army", "army").source is not None
