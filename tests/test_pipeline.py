"""The coder as a library, with the shipped model: bad articles, tables, what is no news, symmetry."""

from datetime import date

import pandas as pd
import pytest

from coder import pipeline
from coder.errors import InputError
from coder.pipeline import Counts, code_articles, code_frame, sentence_least
from coder.records import ActorMention, Article

DAY = date(2014, 5, 19)
GOOD = "China imposed sanctions on Iran on Monday."


def keys(events):
    return [(e.article_id, e.source, e.target, e.root_code) for e in events]


def articles(*texts):
    return [Article(f"a{i}", DAY, text) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("codes", "lonely"),
    [
        (["KEN"], True),
        (["KEN", "KENGOV"], True),
        (["KEN", "KENMIL"], False),
        (["KEN", "CHN"], False),
    ],
)
def test_a_sentence_with_one_actor_is_parsed_only_when_an_act_is_likelier(coder, codes, lonely):
    mentions = [ActorMention(i, i + 1, "x", code, "dictionary") for i, code in enumerate(codes)]
    usual = coder.model.manifest.sentence_threshold
    assert sentence_least(coder, mentions) == (pipeline.LONELY if lonely else usual)


@pytest.mark.parametrize(
    "stage", ["article_to_sentences", "find_mentions", "sentence_to_dyads", "candidates_to_events"]
)
def test_an_article_that_fails_is_skipped_and_the_others_are_coded(coder, monkeypatch, stage):
    real = getattr(pipeline, stage)

    def breaks(first, *rest):
        if "Zubrowka" in first.text:
            raise ValueError("out of order")
        return real(first, *rest)

    monkeypatch.setattr(pipeline, stage, breaks)
    counts, skipped = Counts(), []
    texts = (GOOD, "Zubrowka: China imposed sanctions on Iran.", GOOD)
    events = list(code_articles(coder, articles(*texts), counts, skipped.append))
    assert keys(events) == [("a0", "CHN", "IRN", "16"), ("a2", "CHN", "IRN", "16")]
    [line] = skipped
    assert line.startswith("a1: ")
    assert "ValueError: out of order" in line
    assert "\n" not in line
    assert (counts.articles, counts.sentences, counts.parsed, counts.events) == (3, 2, 2, 2)


def test_a_stopped_run_is_not_taken_for_a_bad_article(coder, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "find_mentions", stop)
    with pytest.raises(KeyboardInterrupt):
        list(code_articles(coder, articles(GOOD)))


def test_events_come_in_the_order_of_articles_over_batches(coder):
    many = articles(*[GOOD] * (pipeline.BATCH + 2))
    counts = Counts()
    events = list(code_articles(coder, iter(many), counts))
    assert [e.article_id for e in events] == [a.id for a in many]
    assert counts.articles == counts.sentences == counts.events == len(many)


def test_coding_twice_gives_the_same_rows(coder):
    assert list(code_articles(coder, articles(GOOD))) == list(code_articles(coder, articles(GOOD)))


def test_the_company_of_other_articles_changes_nothing(coder):
    text = "Turkish police arrested Syrian students. Greece praised Iran and Egypt."
    alone = list(code_articles(coder, [Article("x", DAY, text)]))
    company = [*articles(GOOD, GOOD), Article("x", DAY, text), *articles("Rain fell in Chad.")]
    assert alone
    assert [e for e in code_articles(coder, company) if e.article_id == "x"] == alone


def test_code_frame_takes_a_table_and_gives_a_table(coder):
    table = pd.DataFrame(
        {
            "id": ["x", "y"],
            "date": [pd.Timestamp("2014-05-19"), "2014-05-20"],
            "text": [GOOD, "Turkish police arrested Syrian students."],
            "source": ["Wire", None],
        }
    )
    events = code_frame(table, coder)
    assert list(events.columns)[:6] == [
        "event_id", "date", "article_date", "source", "target", "event_code"
    ]  # fmt: skip
    found = events[["article_id", "date", "source", "target", "root_code", "publisher"]]
    assert found.values.tolist() == [
        ["x", "2014-05-19", "CHN", "IRN", "16", "Wire"],
        ["y", "2014-05-20", "TURCOP", "SYREDU", "17", ""],
    ]


def test_code_frame_needs_only_text_and_skips_bad_rows_with_a_warning(coder):
    table = pd.DataFrame({"text": [None, GOOD]}, index=[7, 7])
    with pytest.warns(UserWarning, match="row 0: no text"):
        events = code_frame(table, coder)
    assert events[["article_id", "date", "source"]].values.tolist() == [["row 1", "", "CHN"]]


def test_code_frame_of_no_articles_has_the_columns(coder):
    empty = code_frame(pd.DataFrame({"text": []}), coder)
    assert len(empty) == 0
    assert "event_id" in empty.columns
    with pytest.raises(InputError, match="no column named text; found: body"):
        code_frame(pd.DataFrame({"body": [GOOD]}), coder)


@pytest.mark.parametrize(
    "text",
    [
        "Copyright 2014 Iran News. All rights reserved.",
        "Reporting by Ali Khan in Turkey; editing by John Smith in Iran",
        "Read more: China imposes sanctions on Iran",
        "Click here to see how China attacked Iran",
        "File photo: Turkish police arrest Syrian students. REUTERS/Ali Khan",
        "The material may not be published, broadcast or rewritten in Iran.",
        "Subscribe to our newsletter about Iran and China today!",
    ],
)
def test_nothing_is_coded_from_boilerplate(coder, text):
    assert list(code_articles(coder, articles(text))) == []
    found = list(code_articles(coder, articles(f"{GOOD}\n\n{text}\n")))
    assert keys(found) == [("a0", "CHN", "IRN", "16")]


@pytest.mark.parametrize(
    "text", ["", " \n ", ".", "?!", "\ufffd", "a" * 5000, "<s>", "China " * 300]
)
def test_odd_texts_hold_no_event_and_do_no_harm(coder, text):
    skipped = []
    found = list(code_articles(coder, articles(text, GOOD), None, skipped.append))
    assert keys(found) == [("a1", "CHN", "IRN", "16")]
    assert skipped == []


SYMMETRIC = """
{A} imposed sanctions on {B} on Monday.
{A} and {B} signed a trade agreement on Tuesday.
{A} accused {B} of shelling villages along the border.
{A} expelled two diplomats from {B} on Friday.
{A} will send 500 tonnes of food aid to {B}.
{A} urged {B} to release the detained fishermen.
{A} threatened to cut gas supplies to {B}.
{A} broke off diplomatic relations with {B}.
{A} praised {B} for its handling of the crisis.
{A} demanded that {B} close the camp at once.
{A} delivered medicine and tents to {B} after the earthquake.
{A} condemned {B} over the execution of two prisoners.
{A} invaded {B} at dawn on Saturday.
{A} lifted its ban on imports from {B}.
{A} held talks with {B} on Wednesday.
{A} massed troops on its border with {B}.
{A} was accused by {B} of breaking the ceasefire.
{A} and {B} restored diplomatic relations.
{A} apologised to {B} for the raid.
{A} warned {B} that it would retaliate.
""".strip().splitlines()


@pytest.mark.parametrize("text", SYMMETRIC)
def test_who_is_who_does_not_change_the_codes(coder, text):
    def codes(first, second):
        names = {first[1]: "A", second[1]: "B"}
        return {
            (names.get(e.source[:3]), names.get(e.target[:3]), e.source[3:], e.event_code)
            for e in code_articles(coder, articles(text.format(A=first[0], B=second[0])))
        }

    iran, iraq, kenya = ("Iran", "IRN"), ("Iraq", "IRQ"), ("Kenya", "KEN")
    found = codes(iran, iraq)
    assert {(a, b) for a, b, *_ in found} & {("A", "B"), ("B", "A")}
    assert codes(iraq, iran) == found
    assert codes(kenya, iraq) == codes(iraq, kenya)
