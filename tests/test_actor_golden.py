"""Golden tables data/ambiguity.txt and data/composition.txt: text | words | date | code."""

from datetime import date
from pathlib import Path

import pytest

from coder.actors import load_actors
from coder.mentions import find_mentions
from coder.records import Article
from coder.segment import article_to_sentences

DATA = Path(__file__).resolve().parent / "data"
DAY = date(2014, 5, 19)
LEAST = {"ambiguity": 220, "composition": 120}


def table(name):
    """Text, words, day and code of each case of a table, with its line number."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            text, words, day, code = (cell.strip() for cell in line.split("|"))
            yield number, text, words, date.fromisoformat(day) if day else DAY, code


@pytest.fixture(scope="module")
def actors(root):
    return load_actors(sorted((root / "seeds" / "actors").glob("*.csv")))


@pytest.mark.parametrize(
    ("text", "words", "day", "code"),
    [
        pytest.param(*case, id=f"{name} line {number}")
        for name in LEAST
        for number, *case in table(name)
    ],
)
def test_words_have_the_code_of_their_actor(actors, text, words, day, code):
    start = text.index(words)
    article = Article("text", day, text)
    found = [
        m.code
        for sentence in find_mentions(article, article_to_sentences(article), actors)
        for m in sentence
        if m.start < start + len(words) and start < m.end
    ]
    assert (" ".join(dict.fromkeys(found)) or "none") == code, text


@pytest.mark.parametrize("name", list(LEAST))
def test_the_tables_are_long_and_hold_no_case_twice(name):
    cases = [tuple(case[:3]) for _, *case in table(name)]
    assert len(set(cases)) == len(cases) >= LEAST[name]
