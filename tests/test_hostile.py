"""What a hostile or clumsy user hands in: one bad thing never costs the good ones beside it."""

import pytest

from coder import pipeline
from coder.articles import read_articles
from coder.errors import InputError

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
    assert list(read_articles([str(file)], on_skip=skipped.append)) == []
    assert len(skipped) == 21
    assert skipped[-1].endswith("too many quotes never close; given up here")
