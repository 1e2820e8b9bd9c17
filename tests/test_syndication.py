"""Copies of a story, told and counted. data/stories.txt holds pairs that anyone can add to."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from coder.cli import cli
from coder.event_reader import read_events
from coder.one_a_day import one_a_day
from coder.pipeline import code_articles
from coder.records import Article
from coder.syndication import LEAD, MOST_ALIKE, SHARED, Stories, shared, shingle_hashes

PAIRS = Path(__file__).parent / "data" / "stories.txt"

WIRE = (
    "Ukraine expelled a Russian diplomat, the foreign ministry in Kiev said. The ministry gave the "
    "man two days to leave the country and said that he had tried to buy plans of a military "
    "airfield near Odessa from an engineer of the air force who told his superiors."
)
OTHER_HAND = (
    "A Russian embassy attache must leave Ukraine within 48 hours. Ukraine expelled the Russian "
    "diplomat over attempts to obtain secret documents, according to officials who asked not to be "
    "named because they were not allowed to speak about matters of counterintelligence."
)


def pairs():
    for case in PAIRS.read_text(encoding="utf-8").split("\n\ncopy:"):
        for number, part in enumerate(case.split("\n\nother:")):
            if part.startswith("#"):
                continue
            name, *texts = part.split("\n-- ")
            articles = []
            for i, text in enumerate(texts):
                day, _, body = text.partition("\n")
                published = date.fromisoformat(day) if day.strip() else None
                articles.append(Article(f"a{i}", published, body))
            yield pytest.param(articles, number == 0, id=name.strip())


@pytest.mark.parametrize(("articles", "is_copy"), list(pairs()))
def test_pairs_of_articles(articles, is_copy):
    stories = Stories()
    assert list(stories.watch(articles)) == articles
    assert list(stories.story_of) == (["a1"] if is_copy else [])
    assert stories.first_id("a1") == ("a0" if is_copy else "a1")


def reports(*days_and_texts):
    """Articles of different papers with the given days of May 2014 and texts."""
    return [
        Article(f"a{i}", date(2014, 5, day) if day else None, text, source=f"paper {i}")
        for i, (day, text) in enumerate(days_and_texts)
    ]


def expulsions(coder, articles):
    """The expulsions in articles, one a day, as day, mentions, articles, sources and lead."""
    stories = Stories()
    events = list(one_a_day(code_articles(coder, stories.watch(articles)), stories))
    return [
        (e.date, e.mentions, e.articles, e.sources, e.lead)
        for e in events
        if (e.source[:3], e.target[:3], e.root_code) == ("UKR", "RUS", "16")
    ]


def test_a_copy_printed_later_is_a_mention_of_the_first_day(coder):
    updated = WIRE.replace("two days", "three days")
    cut = WIRE.partition(" who told")[0] + "."
    headed = "Envoy told to go\n\n" + WIRE
    articles = reports((19, WIRE), (20, headed), (21, updated), (20, cut))
    assert expulsions(coder, articles) == [("2014-05-19", 4, 4, 4, 1)]


def test_different_stories_of_one_day_are_one_event(coder):
    assert expulsions(coder, reports((19, WIRE), (19, OTHER_HAND))) == [("2014-05-19", 2, 2, 2, 1)]


def test_different_stories_of_two_days_are_two_events(coder):
    found = expulsions(coder, reports((19, WIRE), (20, OTHER_HAND)))
    assert found == [("2014-05-19", 1, 1, 1, 1), ("2014-05-20", 1, 1, 1, 0)]


def test_copies_without_a_date_are_one_event(coder):
    assert expulsions(coder, reports((0, WIRE), (0, WIRE))) == [("", 2, 2, 2, 1)]
    assert len(expulsions(coder, reports((0, WIRE), (0, OTHER_HAND)))) == 2


def test_a_day_that_is_named_stays_as_it_is(coder):
    named = WIRE.replace("said.", "said on Sunday.", 1)
    assert expulsions(coder, reports((19, named), (20, named))) == [("2014-05-18", 2, 2, 2, 1)]


def test_two_mentions_in_one_article_are_one_article(coder):
    [found] = expulsions(coder, reports((19, WIRE + "\n\n" + WIRE)))
    assert found == ("2014-05-19", 2, 1, 1, 1)


def test_copies_of_copies_are_compared_with_the_story_itself():
    words = [f"word{i}" for i in range(LEAD)]
    once = words[:80] + [f"new{i}" for i in range(LEAD - 80)]
    twice = once[:50] + [f"newer{i}" for i in range(30)] + once[80:]
    stories = Stories()
    list(stories.watch(reports(*((19, " ".join(text)) for text in (words, once, twice)))))
    assert shared(*(shingle_hashes(" ".join(text)) for text in (once, twice))) > SHARED
    assert stories.first_id("a1") == "a0"
    assert stories.first_id("a2") == "a2"


def test_what_is_kept_of_an_article_does_not_grow_with_it():
    text = " ".join(f"word{i}" for i in range(5000))
    assert shingle_hashes(text) == shingle_hashes(" ".join(text.split()[:LEAD]))


def test_a_set_phrase_keeps_few_stories():
    phrase = " ".join(f"phrase{i}" for i in range(40))
    texts = [phrase + "".join(f" own{n}-{i}" for i in range(80)) for n in range(3 * MOST_ALIKE)]
    stories = Stories()
    list(stories.watch(reports(*((19, text) for text in texts))))
    assert stories.story_of == {}
    assert max(map(len, stories._alike.values())) == MOST_ALIKE


def test_the_command_line_counts_articles_and_sources_for_gdelt(tmp_path):
    news = tmp_path / "news.csv"
    with news.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "date", "text", "source"])
        day = date(2014, 5, 19)
        rows.writerow(["a", day, WIRE, "Wire"])
        rows.writerow(["b", day + timedelta(1), "A spy must go\n\n" + WIRE, "Morning Paper"])
        rows.writerow(["c", day + timedelta(2), WIRE, "Morning Paper"])
    out = tmp_path / "events.export.csv"
    result = CliRunner().invoke(cli, ["code", str(news), "--format", "gdelt", "-o", str(out)])
    assert result.exit_code == 0, result.output
    events = read_events([out])
    [event] = events[events.event_code.str.startswith("16")].itertuples()
    assert (event.mentions, event.articles, event.sources, event.lead) == (3, 3, 2, 1)
    assert event.date.isoformat()[:10] == "2014-05-19"
    every = CliRunner().invoke(cli, ["code", str(news), "--all-mentions"])
    days = [row["date"] for row in csv.DictReader(every.stdout.splitlines())]
    assert days == ["2014-05-19", "2014-05-20", "2014-05-21"]
