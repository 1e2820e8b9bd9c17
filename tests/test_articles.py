import gzip
import io
import json
import random
import sys
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from coder.articles import read_articles, row_to_article
from coder.errors import InputError

DATA = Path(__file__).parent / "data" / "articles"
DAY = date(2014, 5, 19)


def read(*inputs, default_date=None):
    """Articles, and what was skipped without the path of the folder."""
    skipped = []
    articles = list(read_articles([str(i) for i in inputs], default_date, skipped.append))
    return articles, [line.replace(f"{DATA}/", "") for line in skipped]


def error_of(*inputs):
    with pytest.raises(InputError) as caught:
        read(*inputs)
    message = str(caught.value)
    assert "\n" not in message
    return message.replace(f"{DATA}/", "")


@pytest.fixture
def stdin(monkeypatch):
    def give(raw):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return give


def test_text_file():
    [article], skipped = read(DATA / "plain.txt", default_date=date(2014, 1, 1))
    assert (article.id, article.date, article.title) == ("plain", DAY, "")
    assert article.text.startswith("GENEVA, May 19 (AFP) - Talks")
    assert skipped == []


def test_jsonl_with_bad_rows():
    articles, skipped = read(DATA / "mixed.jsonl", default_date=date(2012, 7, 1))
    assert [(a.id, a.date, a.title) for a in articles] == [
        ("a", DAY, "Envoy recalled"),
        ("a-2", date(2014, 5, 20), ""),
        ("mixed:3", date(2012, 5, 19), ""),
        ("7", date(2012, 7, 1), ""),
    ]
    assert (articles[0].source, articles[0].url) == ("AFP", "http://example.org/a")
    assert skipped == [
        "mixed.jsonl:5: not JSON (Expecting value); write one object a line",
        "mixed.jsonl:6: not a JSON object in braces",
        "mixed.jsonl:7: no text",
        "mixed.jsonl:8: the text is empty",
    ]


def test_csv_with_bad_rows():
    articles, skipped = read(DATA / "news.csv")
    assert [(a.id, a.date, a.text, a.source) for a in articles] == [
        ("1", DAY, "Police said, on Monday, that nine\nmen were held.", ""),
        ("2", None, "Rebels freed six hostages.", ""),
        ("news:5", date(2014, 5, 23), 'He said "no".', ""),
    ]
    assert skipped == [
        "news.csv:5: more fields than columns; put texts with commas in quotes",
        "news.csv:6: the text is empty",
    ]


def test_tsv_and_semicolons():
    articles, _ = read(DATA / "news.tsv", DATA / "semicolon.csv")
    assert [(a.id, a.date, a.text) for a in articles] == [
        ("news:1", DAY, "Police said, on Monday, that nine men were held."),
        ("semicolon:1", DAY, "Turkey recalled its envoy, again."),
    ]


def test_petrarch_xml():
    articles, skipped = read(DATA / "stories.xml")
    assert [(a.id, a.date, a.source, a.text) for a in articles] == [
        ("NULL-1107", date(2008, 8, 4), "AFP",
         "Police in Ankara arrested nine men & two women.\nThey were freed later."),
        ("NULL-1108", date(2008, 8, 5), "AP", "Rebels freed six hostages."),
        ("WHOLE_9", date(2008, 8, 6), "AP", "Aid was cut. No reason was given."),
    ]  # fmt: skip
    assert skipped == []


def test_sentences_of_a_story_without_an_id_stay_apart(tmp_path):
    file = tmp_path / "x.xml"
    file.write_text(
        "<Sentences><Sentence><Text>One.</Text></Sentence>\n"
        "<Sentence><Text>Two.</Text></Sentence></Sentences>"
    )
    assert [(a.id, a.text) for a in read(file)[0]] == [("x:1", "One."), ("x:2", "Two.")]


def test_parquet(tmp_path):
    file = tmp_path / "news.parquet"
    pd.DataFrame(
        {
            "Text": ["Police arrested nine men.", None, "Rebels freed six hostages."],
            "date": [datetime(2014, 5, 19, 8), None, None],
            "id": [1, 2, 3],
            "other": [[1], [2], [3]],
        }
    ).to_parquet(file)
    articles, skipped = read(file)
    assert [(a.id, a.date) for a in articles] == [("1", DAY), ("3", None)]
    assert skipped == [f"{file}:2: no text"]


def test_parquet_without_pyarrow_names_the_extra(tmp_path, monkeypatch):
    file = tmp_path / "news.parquet"
    pd.DataFrame({"text": ["Police arrested nine men."]}).to_parquet(file)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'eventcoder[parquet]'" in error_of(file)


def test_everything_may_be_gzipped(tmp_path):
    pd.DataFrame({"id": ["p"], "text": ["Aid was cut."]}).to_parquet(tmp_path / "a.parquet")
    files = [DATA / n for n in ("plain.txt", "mixed.jsonl", "news.csv", "news.tsv", "stories.xml")]
    for file in [*files, tmp_path / "a.parquet"]:
        packed = tmp_path / f"{file.name}.gz"
        packed.write_bytes(gzip.compress(file.read_bytes()))
        assert read(packed)[0] == read(file)[0]


def test_a_folder_is_read_in_order_and_its_bad_files_are_skipped():
    articles, skipped = read(DATA / "folder")
    assert [a.id for a in articles] == ["bom", "deep", "latin"]
    assert articles[0].text.startswith("Café owners in Orléans struck.\r\n\r\nThe")
    assert articles[2].text == "The préfet met “union leaders” in Orléans.\n"
    assert skipped == [
        "folder/binary.txt: a binary file (or UTF-16), no text; save it as UTF-8",
        "folder/empty.txt: the file is empty",
    ]


def test_ids_stay_unique_over_files(tmp_path):
    for name, ids in (("a", ["x", "x-2", "x"]), ("b", ["x", "x-2"])):
        rows = "".join(json.dumps({"id": i, "text": "Aid was cut."}) + "\n" for i in ids)
        (tmp_path / f"{name}.jsonl").write_text(rows)
    assert [a.id for a in read(tmp_path)[0]] == ["x", "x-2", "x-3", "x-4", "x-2-2"]


def test_errors_say_what_and_where(tmp_path):
    assert error_of(DATA / "missing.txt") == "missing.txt: no such file or folder"
    assert error_of(DATA / "folder/empty.txt") == "folder/empty.txt: the file is empty"
    assert "binary file" in error_of(DATA / "folder/binary.txt")
    assert error_of(DATA / "folder/notes.md") == (
        "folder/notes.md: unknown kind of file; give .txt, .jsonl, .csv, .tsv, .parquet, .xml, "
        "each also as .gz"
    )
    assert error_of(DATA / "no_text.csv") == "no_text.csv: no column named text; found: id, body"
    assert error_of(DATA / "entities.xml") == (
        "entities.xml: XML that declares entities is not read"
    )
    assert "holds no .txt, .jsonl" in error_of(tmp_path)


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("a.txt.gz", b"no gzip", "damaged .gz"),
        ("a.parquet", b"no parquet", "damaged Parquet"),
        ("a.xml", b"<html><p>x</p></html>", "no PETRARCH XML"),
        ("a.xml", b"<html><br></html>", "not well-formed XML (mismatched tag: line 1, column 12)"),
        ("a.csv", b"a\rb,text\n", "not CSV"),
        ("a.jsonl", "text".encode("utf-16"), "UTF-16"),
    ],
)
def test_damaged_files(tmp_path, name, raw, says):
    (tmp_path / name).write_bytes(raw)
    assert says in error_of(tmp_path / name)
    (tmp_path / "good.txt").write_text("Aid was cut.")
    articles, skipped = read(tmp_path)
    assert [a.id for a in articles] == ["good"]
    assert len(skipped) == 1
    assert says in skipped[0]


def test_a_missing_file_is_told_before_anything_is_read():
    with pytest.raises(InputError):
        read_articles([str(DATA / "plain.txt"), str(DATA / "missing.txt")])


def test_a_file_that_breaks_midway_keeps_its_first_articles(tmp_path):
    whole = gzip.compress(b"".join(b'{"text": "Aid %d was cut."}\n' % i for i in range(50_000)))
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    articles, inputs = [], [str(tmp_path / "a.jsonl.gz"), str(DATA / "plain.txt")]
    with pytest.raises(InputError, match="damaged .gz"):  # when all else is read
        articles.extend(read_articles(inputs))
    assert len(articles) > 1000
    assert articles[-1].id == "plain"
    articles, skipped = read(tmp_path)  # one of a folder is only reported
    assert len(articles) > 1000
    assert len(skipped) == 1
    assert "damaged .gz" in skipped[0]


def test_huge_fields_and_lone_quotes(tmp_path):
    text = "Aid was cut. " * 50_000
    (tmp_path / "a.csv").write_text(f'text\n"{text}"\n')
    assert read(tmp_path / "a.csv")[0][0].text == text


def test_lines_may_mix_encodings(tmp_path):
    rows = '{"text": "Orléans"}\n'
    (tmp_path / "a.jsonl").write_bytes(rows.encode() + rows.encode("cp1252"))
    assert [a.text for a in read(tmp_path / "a.jsonl")[0]] == ["Orléans", "Orléans"]


def test_reading_is_lazy(tmp_path):
    line = '{"text": "Aid was cut."}\n'
    (tmp_path / "a.jsonl").write_text(line + "bad\n" + line)
    skipped = []
    articles = read_articles([str(tmp_path)], on_skip=skipped.append)
    assert next(articles).id == "a:1"
    assert skipped == []
    assert next(articles).id == "a:3"
    assert len(skipped) == 1


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        (b'\xef\xbb\xbf\n{"text": "One."}\n{"id": "b", "text": "Two."}', ["stdin:1", "b"]),
        (b'<Sentences><Sentence id="s_1"><Text>One.</Text></Sentence></Sentences>', ["s"]),
        (b"GENEVA - One.\nTwo.\n", ["stdin"]),
    ],
)
def test_standard_input(stdin, raw, ids):
    stdin(raw)
    assert [a.id for a in read("-")[0]] == ids


@pytest.mark.parametrize(("raw", "says"), [(b" \n", "is empty"), (b"PK\0\0", "is binary")])
def test_standard_input_without_text(stdin, raw, says):
    stdin(raw)
    assert f"standard input {says}" in error_of("-")


@pytest.mark.parametrize(
    ("text", "given", "default", "found"),
    [
        ("PARIS, May 3 - Aid was cut.", "2014-05-19", date(2011, 1, 1), DAY),
        ("PARIS, May 3 - Aid was cut.", "", date(2011, 1, 1), date(2011, 5, 3)),
        ("PARIS, May 3 - Aid was cut.", "", None, None),
        ("PARIS, May 3, 2009 (AFP) - Aid was cut.", None, None, date(2009, 5, 3)),
        ("Aid cut\nBy Ann Lee\n\nPARIS, May 3 - Aid was cut.", "?", date(2011, 1, 1), date(2011, 5, 3)),
        ("PARIS, Feb. 30 - Aid was cut.", None, date(2011, 1, 1), date(2011, 1, 1)),
        ("Aid was cut on May 3, 2009.", None, None, None),
    ],
)  # fmt: skip
def test_the_date_comes_from_row_then_dateline_then_default(text, given, default, found):
    assert row_to_article({"text": text, "date": given}, "row 0", default).date == found


def test_rows_of_a_table_with_empty_cells():
    frame = pd.DataFrame({"text": ["Aid was cut."] * 3, "id": [1.0, None, pd.NA], "title": None})
    rows = frame.to_dict("records")
    articles = [row_to_article(row, f"row {i}") for i, row in enumerate(rows)]
    assert [(a.id, a.title) for a in articles] == [("1", ""), ("row 1", ""), ("row 2", "")]


@pytest.mark.parametrize("text", [None, 5, float("nan"), "", " \n", ["x"]])
def test_a_row_without_text_is_an_error_with_its_place(text):
    with pytest.raises(InputError, match="^row 3: "):
        row_to_article({"id": "a", "text": text}, "row 3")


def test_lone_surrogates_can_be_written_later():
    row = json.loads('{"id": "\\ud800", "text": "Aid \\udc00 was cut. \\ud83d\\ude80"}')
    article = row_to_article(row, "row 0")
    assert article.text == "Aid \ufffd was cut. 🚀"
    assert article.id.encode("utf-8")


@pytest.mark.parametrize(
    "kind", [".txt", ".jsonl", ".csv", ".tsv", ".parquet", ".xml", ".jsonl.gz"]
)
def test_random_bytes_give_articles_or_one_line(tmp_path, kind):
    rng = random.Random(3)
    letters = b'{}"<>,;\n\r\t\xef\xbb\xbf\xe9text:[]&ab '
    for number in range(30):
        start = rng.choice([b"", b"text\n", b"<Sentences>"])
        raw = start + bytes(rng.choice(letters) for _ in range(80))
        (tmp_path / f"{number}{kind}").write_bytes(raw)
    articles, skipped = read(tmp_path)
    assert len(articles) + len(skipped) >= 30 or kind == ".csv"
    assert not any("\n" in line for line in skipped)
