"""What a hostile or clumsy user hands in: one bad thing never costs the good ones beside it."""

import csv
import json
import os

import pyarrow as pa
import pytest
from pyarrow import parquet

from coder import articles, files, pipeline, rows
from coder.articles import read_articles
from coder.errors import InputError
from coder.records import Article
from tests import hostile

ROW = "a,2014-05-01,Turkish police arrested Syrian students.\n"


def test_articles_before_an_unusable_file_are_coded(tmp_path, monkeypatch):
    good, bad = tmp_path / "good.csv", tmp_path / "no_header.csv"
    good.write_text("id,date,text\n" + ROW)
    bad.write_text(ROW)
    monkeypatch.setattr(pipeline, "_batch_events", lambda _, batch, __: [a.id for a in batch])
    monkeypatch.setattr(pipeline, "BATCH", 2)
    events = pipeline.code_articles(None, read_articles([str(good), str(bad)]))
    assert next(events) == "a"
    with pytest.raises(InputError, match="no column named text"):
        next(events)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
def test_batches_hold_every_article_once(monkeypatch, count):
    monkeypatch.setattr(pipeline, "BATCH", 2)
    assert [a for batch in pipeline._batches(range(count)) for a in batch] == list(range(count))


@pytest.mark.parametrize("column", ["text", "id", "date"])
def test_a_column_that_stands_twice_is_an_error(tmp_path, column):
    file = tmp_path / "twice.csv"
    file.write_text(f"id,date,text,{column.upper()}\n{ROW}")
    with pytest.raises(InputError, match=f"two columns named {column}; rename or delete one"):
        list(read_articles([str(file)]))


def test_a_quote_that_never_closes_costs_its_row_only(tmp_path):
    file, skipped = tmp_path / "open.csv", []
    file.write_text('id,text\n1,"two\nlines"\n2,"never closed\n' + "3,good\n4,good\n")
    found = read_articles([str(file)], on_skip=skipped.append)
    assert [a.id for a in found] == ["1", "3", "4"]
    assert skipped == [f"{file}:4: a quote opens and never closes; close it"]


def test_many_quotes_that_never_close_end_soon(tmp_path):
    file, skipped = tmp_path / "open.csv", []
    file.write_text("id,text\n" + 'x","z\n' * 5000)
    assert list(read_articles([str(tmp_path)], on_skip=skipped.append)) == []
    assert len(skipped) == 21
    assert skipped[-1].endswith("too many quotes never close; the rest is not read")


@pytest.mark.parametrize("kind", [".txt", ".csv", ".jsonl", ".xml"])
@pytest.mark.parametrize("junk", ["\x00", "\x1b[31m", "\x07\x08"])
def test_stray_control_characters_cost_nothing(tmp_path, kind, junk):
    rows = [{**hostile.good_row("a"), "text": f"Aid{junk}was cut."}, hostile.good_row("b")]
    if kind == ".jsonl":
        data = "".join(json.dumps(row) + "\n" for row in rows)
    elif kind == ".csv":
        data = "id,text\n" + "".join(f'{row["id"]},"{row["text"]}"\n' for row in rows)
    else:
        data = "".join(
            f'<Sentence id="{r["id"]}"><Text>{r["text"]}</Text></Sentence>' for r in rows
        )
        data = f"<Sentences>{data}</Sentences>" if kind == ".xml" else rows[0]["text"]
    (tmp_path / f"x{kind}").write_text(data)
    found = list(read_articles([str(tmp_path)]))
    blanks = " [31m" if "31m" in junk else " " * len(junk)
    assert " ".join(found[0].text.split()) == " ".join(f"Aid{blanks}was cut.".split())
    assert kind == ".txt" or found[1].text == hostile.GOOD


def test_an_article_that_is_too_long_is_skipped_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr(articles, "LONGEST_TEXT", 50)
    monkeypatch.setattr(rows, "LONGEST_TEXT", 50)
    (tmp_path / "long.txt").write_text("word " * 100)
    (tmp_path / "rows.csv").write_text(f"id,text\n1,{'word ' * 11}\n2,Aid was cut.\n")
    skipped = []
    assert [a.id for a in read_articles([str(tmp_path)], on_skip=skipped.append)] == ["2"]
    assert skipped == [
        f"{tmp_path}/{where}: a text of more than 50 characters; split it into its articles"
        for where in ("long.txt", "rows.csv:2")
    ]


@pytest.mark.parametrize("kind", [".jsonl", ".csv"])
def test_a_line_that_is_too_long_costs_itself(tmp_path, monkeypatch, kind):
    for module in (files, rows):
        monkeypatch.setattr(module, "LONGEST_LINE", 100)
    monkeypatch.setattr(rows, "_LARGEST_FIELD", 90)
    lines = ["a", "x" * 500, "b"]
    lines = [json.dumps({"text": t}) for t in lines] if kind == ".jsonl" else ["text", *lines]
    (tmp_path / f"x{kind}").write_text("\n".join(lines))
    skipped, before = [], csv.field_size_limit()
    found = read_articles([str(tmp_path)], on_skip=skipped.append)
    assert [a.text for a in found] == ["a", "b"]
    csv.field_size_limit(before)
    assert len(skipped) == 1


def test_an_article_that_takes_too_long_is_skipped_and_named(coder, monkeypatch):
    def work(_, article, __):
        while article.id == "endless":
            pass
        return [article.id]

    monkeypatch.setattr(pipeline, "article_to_work", work)
    monkeypatch.setattr(pipeline, "work_to_events", lambda _, some: iter(some))
    monkeypatch.setattr(pipeline, "LONGEST_TIME", 0.05)
    counts, said = pipeline.Counts(), []
    given = [Article(name, None, "x") for name in ("a", "endless", "b")]
    assert list(pipeline.code_articles(coder, given, counts, said.append)) == ["a", "b"]
    assert said == ["endless: skipped (OverTime: more than 0.05 s)"]


def test_names_of_files_upset_no_terminal(tmp_path):
    name = os.fsdecode(b"\xff\x1b[31m\n.txt")
    (tmp_path / name).write_text("Aid was cut.")
    (tmp_path / f"{name}.csv").write_text("a,b\n")
    skipped = []
    [article] = read_articles([str(tmp_path)], on_skip=skipped.append)
    assert article.id == "\ufffd [31m\n"
    assert skipped[0].isprintable()


@pytest.mark.parametrize(
    "name", ["x" * 5000, f"{'x' * 5000}.txt", "loop.txt", "pipe.txt", "no\nfile"]
)
def test_names_that_are_no_files_are_one_line(tmp_path, name):
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="no such file|no ordinary file") as caught:
        list(read_articles([str(tmp_path / name)]))
    assert str(caught.value).isprintable()


def test_folders_named_like_files_loops_and_pipes_are_passed_over(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "folder.csv" / "up").symlink_to("..")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.csv" / "a.txt").write_text("Aid was cut.")
    assert [a.id for a in read_articles([str(tmp_path)])] == ["a"]


def test_xml_with_bare_ampersands_and_foreign_entities_is_read(tmp_path):
    text = "R&D &amp; aid&nbsp;&lt;cut&gt; &#65; &x"
    (tmp_path / "x.xml").write_text(f'<S><Sentence id="1"><Text>{text}</Text></Sentence></S>')
    [article] = read_articles([str(tmp_path / "x.xml")])
    assert article.text == "R&D & aid&nbsp;<cut> A &x"


def test_a_parquet_cell_that_python_cannot_hold_costs_itself(tmp_path):
    table = pa.table({"text": ["One.", "Two."], "date": pa.array([10**8, 16_000], pa.date32())})
    parquet.write_table(table, tmp_path / "x.parquet")
    found = list(read_articles([str(tmp_path / "x.parquet")]))
    assert [(a.text, str(a.date)) for a in found] == [("One.", "None"), ("Two.", "2013-10-22")]
