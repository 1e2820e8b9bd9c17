"""Mentions against gold mentions: what counts as the same actor, what costs precision and recall."""

from datetime import date

import pytest

from coder.actors import load_actors
from coder.errors import InputError
from coder.mention_score import country_role, read_gold_mentions, score_mentions
from coder.records import Article
from coder.segment import article_to_sentences


@pytest.fixture(scope="module")
def actors(root):
    return load_actors(sorted((root / "seeds" / "actors").glob("*.csv")))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("HNDOPP", "HNDOPPPTY", True),
        ("KENGOV", "KENGOVLAB", True),
        ("IRQUAF", "IRQKURUAF", True),
        ("COLMIL", "COLGOVMIL", False),
        ("KEN", "KENGOV", False),
        ("IGOUNO", "IGOUNOPKO", False),
        ("---COP", "KENCOP", False),
        ("---MED", "MED", True),
    ],
)
def test_actors_are_compared_by_country_and_first_role(first, second, same):
    assert (country_role(first) == country_role(second)) is same


def score(text, rows, actors):
    article = Article("a", date(2016, 3, 15), text)
    table = [dict(zip(("sentence", "words", "code", "how"), row, strict=True)) for row in rows]
    gold = read_gold_mentions(table, article_to_sentences(article), "a.mentions.csv")
    return score_mentions([(article, gold)], actors)


def test_what_is_missed_costs_recall_and_what_is_not_gold_precision(actors):
    text = "Kenya accused Chad. It threatened to shut the border."
    rows = [
        ("0", "Kenya", "KEN", "name"),
        ("1", "It", "KEN", "ref"),
        ("1", "border", "CHD", "name"),
    ]
    found = score(text, rows, actors)
    assert (found.precision, found.recall) == (2 / 3, 2 / 3)
    assert (found.referred, found.settled, found.correct) == (1, 1, 1)


def test_a_reference_that_is_not_settled_is_not_wrong(actors):
    text = "Thai protesters attacked soldiers. They were taken to hospital."
    found = score(text, [("1", "They", "THAMIL", "ref")], actors)
    assert (found.referred, found.settled, found.correct) == (1, 0, 0)


def test_words_that_a_sentence_does_not_hold_are_named(actors):
    with pytest.raises(InputError, match="a.mentions.csv, line 2: sentence 0 has no such words"):
        score("Kenya accused Chad.", [("0", "Uganda", "UGA", "name")], actors)
