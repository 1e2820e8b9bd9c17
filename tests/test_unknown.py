"""Names without a code: counted, with a guess and its reason, as a CSV that --actors reads again."""

import csv
import io
from datetime import date

import pytest

from coder.actors import ActorDictionary, entry_on, load_actors
from coder.explain import unknown_table
from coder.records import Article
from coder.unknown import unknown_names

DAY = date(2014, 5, 19)


@pytest.fixture(scope="module")
def actors(root) -> ActorDictionary:
    return load_actors(sorted((root / "seeds" / "actors").glob("*.csv")))


def unknown(actors, *texts):
    return unknown_names([Article(str(i), DAY, t) for i, t in enumerate(texts)], actors)


def test_names_are_counted_and_known_ones_are_not(actors):
    [one] = unknown(actors, "Borut Zvonko left. Barack Obama praised Borut Zvonko on Monday.")
    assert (one.name, one.count, one.example) == ("Borut Zvonko", 2, "Borut Zvonko left.")


def test_the_most_frequent_name_comes_first(actors):
    found = unknown(actors, "Borut Zvonko left.", "Amina Wekesak slept.", "Amina Wekesak rose.")
    assert [n.name for n in found] == ["Amina Wekesak", "Borut Zvonko"]


def test_a_name_that_its_article_codes_is_listed_only_where_another_does_not(actors):
    introduced = "Kenyan lawmaker Amina Wekesak resigned. Amina Wekesak left for London."
    assert unknown(actors, introduced) == []
    [one] = unknown(actors, introduced, "Amina Wekesak slept.")
    assert (one.count, one.guess) == (1, "KENLEG")
    assert one.reason == 'called "Kenyan lawmaker Amina Wekesak"'


@pytest.mark.parametrize(
    ("text", "guess", "reason"),
    [
        ("Borut Zvonko of Slovenia slept.", "SVN", '"of Slovenia" behind it'),
        ("Kenya praised Borut Zvonko.", "KEN", "KEN in 1 of its sentences"),
        (
            "In Kenya, Borut Zvonko, a friend of the rebels, slept.",
            "KENREB",
            'KEN in 1 of its sentences; "rebels" behind it',
        ),
        ("Kenya and Uganda praised Borut Zvonko.", "", ""),
        ("Borut Zvonko slept.", "", ""),
    ],
)
def test_the_guess_says_why(actors, text, guess, reason):
    [one] = unknown(actors, text)
    assert (one.guess, one.reason, one.kind) == (guess, reason, "person")


def test_datelines_headlines_and_agencies_are_no_names(actors):
    text = "BUENOS TARDES, June 4 (Baltic Wire) - The mood was good.\n\nBorut Zvonko Praises Big Mood Again"
    assert unknown(actors, text) == []


def test_the_table_is_a_dictionary_once_the_code_is_filled_in(actors, tmp_path, root):
    articles = [Article("a", DAY, "Borut Zvonko of Slovenia slept. Amina Wekesak slept.")]
    table = list(csv.reader(io.StringIO(unknown_table(articles, actors))))
    assert table[0][7:] == ["count", "guess", "reason", "example"]
    for row in table[1:]:
        row[2] = row[8]
    filled = tmp_path / "mine.csv"
    with filled.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    with pytest.warns(UserWarning, match=r"mine.csv: 1 line not used: line 2: 'Amina Wekesak' has"):
        again = load_actors([*sorted((root / "seeds" / "actors").glob("*.csv")), filled])
    assert entry_on(again.surfaces["Borut Zvonko"].entries, DAY).code == "SVN"
    assert [n.name for n in unknown_names(articles, again)] == ["Amina Wekesak"]
