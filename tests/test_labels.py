import re

import pytest

from coder.errors import InputError
from coder.labels import read_labelled, unmark
from coder.ontology import load_ontology


def read(tmp_path, name, text, **options):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_labelled(path, load_ontology(), **options)


def test_marked_pairs_give_spans_in_the_plain_text():
    plain, source, target = unmark("<t>Iran</t> was praised by <s>Oman</s>.", "x:1")
    assert plain == "Iran was praised by Oman."
    assert plain[slice(*source)] == "Oman"
    assert plain[slice(*target)] == "Iran"


def test_source_or_target_may_be_absent_and_marks_may_nest():
    assert unmark("<s>Oman </s>spoke.", "x:1") == ("Oman spoke.", (0, 4), None)
    plain, source, target = unmark("<s><t>Iraqi</t> rebels</s> left.", "x:1")
    assert (plain[slice(*source)], plain[slice(*target)]) == ("Iraqi rebels", "Iraqi")


def test_csv_of_a_spreadsheet(tmp_path):
    [one] = read(tmp_path, "a.csv", 'text,code\n"<s>A</s> hit <t>B</t>",19\n')
    assert (one.text, one.pairs[0].label, one.complete) == ("A hit B", "19", False)


def test_whole_sentences_find_the_second_occurrence(tmp_path):
    row = '{"text": "Iran met Iran.", "events": [{"source": "Iran#2", "target": null, "code": "040"}]}'
    [one] = read(tmp_path, "a.jsonl", row)
    assert one.pairs[0].source == (9, 13)
    assert one.complete


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "text,label\nx,1\n", "{path}: no column 'code'; found text, label"),
        ("a.jsonl", '{"text": "x"\n', "{path}:1: not a JSON object"),
        ("a.jsonl", '{"text": "<s>A</s>", "code": "999"}', "{path}:1: unknown event code '999'"),
        ("a.jsonl", '{"text": "A", "code": "04"}', "{path}:1: no actor is marked"),
        ("a.jsonl", '{"text": "<s>A", "code": "04"}', "{path}:1: <s> is never closed"),
        ("a.jsonl", "", "{path}: no labelled sentences in it"),
        (
            "a.jsonl",
            '{"text": "A", "events": [{"source": "B", "target": null, "code": "04"}]}',
            "{path}:1: 'B' does not stand in the text",
        ),
    ],
)
def test_mistakes_are_named_with_file_and_line(tmp_path, name, text, message):
    with pytest.raises(InputError) as error:
        read(tmp_path, name, text)
    assert str(error.value).startswith(message.format(path=tmp_path / name))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<s>Iran <s>Oman</s></s> met.", "x:7: a second <s> inside the first"),
        ("<s></s>Iran met.", "x:7: nothing stands between <s> and </s>"),
        ("<s>Iran</s> met <t> </t>Oman.", "x:7: nothing stands between <t> and </t>"),
        ("<s>Iran</s></s> met.", "x:7: </s> without <s>"),
        ("Iran</t> met.", "x:7: </t> without <t>"),
        ("<s>Iran met.", "x:7: <s> is never closed"),
        ("Iran met.", "x:7: no actor is marked"),
    ],
)
def test_marks_that_are_wrong_are_named(text, says):
    with pytest.raises(InputError, match=re.escape(says)):
        unmark(text, "x:7")


def test_an_actor_marked_twice_stands_at_the_first_place():
    text = "<s>Iran</s> will pay <t>Oman</t> for <t>Oman</t>'s help."
    assert unmark(text, "x:7") == ("Iran will pay Oman for Oman's help.", (0, 4), (14, 18))
