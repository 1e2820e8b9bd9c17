"""Golden tables data/dates.txt and data/event_places.txt: when and where an event happened."""

from datetime import date
from pathlib import Path

import pytest

from coder.actors import load_actors
from coder.mentions import find_mentions
from coder.records import Article, Dyad
from coder.scenes import find_scene
from coder.segment import article_to_sentences
from coder.syntax import load_parser
from coder.when import event_date

DATA = Path(__file__).resolve().parent / "data"
LEAST = {"dates": 70, "event_places": 80}


def table(name):
    """The cells of each case of a table, with its line number."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(*(c.strip() for c in line.split("|")), id=f"{name} line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]


@pytest.fixture(scope="module")
def actors(root):
    return load_actors(sorted((root / "seeds" / "actors").glob("*.csv")))


@pytest.fixture(scope="module")
def parser():
    return load_parser()


def scene(actors, parser, text, act, code="190", published=None):
    """The scene of the first actor's act upon the next actor behind it."""
    article = Article("text", published, text)
    [sentence] = article_to_sentences(article)
    [mentions] = find_mentions(article, [sentence], actors)
    at = sentence.text.index(act)
    before = [m for m in mentions if m.start < sentence.start + at]
    behind = [m for m in mentions if m.start > sentence.start + at]
    [*sources] = before or behind
    target = behind[0] if before and behind else None
    [parse] = parser.parse([sentence.text])
    dyad = Dyad(sentence, sources[-1], target)
    return find_scene(dyad, code, (at, at + len(act)), published, parse, actors)


@pytest.mark.parametrize(("text", "act", "published", "day"), table("dates"))
def test_an_event_has_the_day_that_its_clause_tells(parser, text, act, published, day):
    [parse] = parser.parse([text])
    at = text.index(act)
    today = date.fromisoformat(published) if published else None
    begin = text.index(" - ") + 3 if " - " in text else 0
    found = event_date(text, today, parse, (at, at + len(act)), begin)
    known = found.day.isoformat() if found.day else "none"
    expected = {"published": published, "history": "none"}.get(day, day)
    assert known == expected, found
    assert (found.words == "") == (day in ("published", "none")), found
    assert (found.rule == "history, not news") == (day == "history"), found


@pytest.mark.parametrize(("text", "act", "code", "place"), table("event_places"))
def test_an_event_has_the_place_that_its_clause_names(actors, parser, text, act, code, place):
    found = scene(actors, parser, text, act, code).where
    known = "none"
    if found.place is not None:
        name = "" if found.place.kind == "country" else f"{found.place.name}, "
        known = name + found.place.country
    assert known == place, found


@pytest.mark.parametrize("name", list(LEAST))
def test_the_tables_are_long_and_hold_no_case_twice(name):
    cases = [tuple(p.values[:3]) for p in table(name)]
    assert len(set(cases)) == len(cases) >= LEAST[name]
