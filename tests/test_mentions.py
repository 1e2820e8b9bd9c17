"""Golden cases in data/mentions.txt over the dictionaries in seeds/actors, and offsets."""

from datetime import date
from pathlib import Path

import pytest

from coder.actors import ActorDictionary, load_actors
from coder.mentions import find_mentions
from coder.records import Article
from coder.segment import article_to_sentences

DATA = Path(__file__).resolve().parent / "data" / "mentions.txt"
DAY = date(2014, 5, 19)


@pytest.fixture(scope="module")
def actors(root) -> ActorDictionary:
    return load_actors(sorted((root / "seeds" / "actors").glob("*.csv")))


def mentions(text, actors, day=DAY):
    article = Article("text", day, text)
    found = find_mentions(article, article_to_sentences(article), actors)
    return [m for sentence in found for m in sentence]


def golden():
    """Each case with its line number: day, text, expected mentions."""
    for number, line in enumerate(DATA.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        *day, text, expected = [part.strip() for part in line.split("|||")]
        when = date.fromisoformat(day[0]) if day else DAY
        yield pytest.param(when, text, expected, id=f"line {number}")


@pytest.mark.parametrize(("day", "text", "expected"), list(golden()))
def test_golden(actors, day, text, expected):
    found = mentions(text, actors, day)
    assert "; ".join(f"{m.text}={m.code}" for m in found) == expected


def test_there_are_enough_golden_cases():
    assert len(list(golden())) >= 60


def test_offsets_are_those_of_the_untouched_text(actors):
    text = "ANKARA (Reuters) -\n  Turkish\npolice arrested  Syrian students.\n\nThe two sides met Iran’s envoy."
    found = mentions(text, actors)
    assert [text[m.start : m.end] for m in found] == [m.text for m in found]
    assert {"TURCOP", "SYREDU"} <= {m.code for m in found}


def test_an_article_forgets_what_the_one_before_said(actors):
    assert mentions("Kenyan general Ali Omar resigned. Omar left.", actors)[-1].code == "KENMIL"
    assert mentions("Omar left.", actors) == []


def test_the_title_helps_to_place_an_agent(actors):
    text = "Police fired on the crowd."
    plain = Article("a", DAY, text)
    titled = Article("a", DAY, text, title="Unrest spreads in Kenya")
    codes = [
        [m.code for m in find_mentions(a, article_to_sentences(a), actors)[0]][:1]
        for a in (plain, titled)
    ]
    assert codes == [["---COP"], ["KENCOP"]]


def test_how_names_the_rule(actors):
    text = "Kenyan general Ali Omar met Iran. He left. Omar resigned."
    found = [(m.text, m.how) for m in mentions(text, actors)]
    assert found == [
        ("Kenyan general Ali Omar", "composed"),
        ("Iran", "dictionary"),
        ("He", "anaphor"),
        ("Omar", "remembered"),
    ]


def test_a_chain_of_roles_without_end_is_read(actors):
    text = "The aide to " + "the spokesman for " * 3000 + "the Kenyan president resigned."
    assert mentions(text, actors)


def test_what_is_named_for_a_part_of_the_world_is_no_actor(actors):
    assert [m.text for m in mentions("The Asian Cup opened in Doha.", actors)] == []
