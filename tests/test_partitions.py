"""Files cut into slices give the same articles, with the same names and complaints, as whole ones."""

import gzip
import json

import pytest

from coder import files, rows
from coder.articles import find_files, read_articles, unique_ids
from coder.errors import InputError, UnreachableError
from coder.partitions import cut_files, group, read_partition

ROWS = [{"id": f"n{i % 4}", "text": f"Iran met Oman, day {i}."} for i in range(9)]
JSONL = "".join(json.dumps(row) + "\n" for row in ROWS)
CSV = (
    "\ufeffid,text\n"
    "a,one\n"
    'b,"two\nlines"\n'
    "\n"
    "c,too,many\n"
    'd,a "quoted" word\n'
    ",no id\n"
    "e,\n"
    "f,last but two\n"
    'g,"never closed\n'
    "h,after it\n"
)


def whole_and_cut(name, rows):
    """Articles and complaints of an input as a whole and in slices, and the partitions."""
    said, said_cut, whole = [], [], []
    try:
        whole.extend(read_articles([str(name)], on_skip=said.append))
    except InputError as error:
        said.append(str(error))
    slices, skipped = cut_files(find_files([str(name)], said_cut.append), rows)
    partitions = list(group(slices, rows))
    read = []
    for partition in partitions:
        articles, broken = read_partition(partition, None, said_cut.append)
        read += articles
        said_cut += [broken] * bool(broken)
    return (whole, sorted(said)), (list(unique_ids(read)), sorted(skipped + said_cut)), partitions


@pytest.mark.parametrize("rows", [1, 2, 4, 100])
@pytest.mark.parametrize("address", ["", "file://"])
def test_slices_give_the_articles_of_the_whole(tmp_path, rows, address):
    pandas, _ = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    if address:
        pytest.importorskip("fsspec")
    (tmp_path / "a.jsonl").write_text("\ufeff" + JSONL.replace('"n1"', "n1") + "\n\n" + JSONL)
    (tmp_path / "b.csv").write_text(CSV)
    (tmp_path / "c.txt").write_text("Iran met Oman.")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(JSONL.encode())[:-9])
    (tmp_path / "e.tsv").write_text("date\ttext\n2014-05-01\tRain.\n2014-05-02\tSnow.\n")
    (tmp_path / "f.csv").write_text("name,body\n1,2\n")
    pandas.DataFrame(ROWS).to_parquet(tmp_path / "g.parquet", row_group_size=4)
    whole, cut, partitions = whole_and_cut(f"{address}{tmp_path}", rows)
    assert cut == whole
    assert len(whole[0]) > 30
    assert len(whole[1]) > 5
    assert len(partitions) > 30 // rows


@pytest.mark.parametrize("named", [True, False])
def test_slices_of_a_file_that_breaks_off(tmp_path, named):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(JSONL.encode() * 200)[:-9])
    whole, cut, partitions = whole_and_cut(path if named else tmp_path, 100)
    assert cut == whole
    assert len(whole[0]) > 1000
    assert len(whole[1]) == 1
    assert "damaged .gz" in whole[1][0]
    assert len(partitions) > 10


@pytest.mark.parametrize("count", [1, 4])
def test_slices_are_bounded_as_the_whole_is(tmp_path, monkeypatch, count):
    for module in (files, rows):
        monkeypatch.setattr(module, "LONGEST_LINE", 60)
    monkeypatch.setattr(files, "_PIECE", 40)
    lines = JSONL.splitlines(keepends=True)
    lines[3:3] = [json.dumps({"text": "x" * 500}) + "\n"]
    (tmp_path / "a.jsonl").write_text("".join(lines))
    whole, cut, partitions = whole_and_cut(tmp_path / "a.jsonl", count)
    assert cut == whole
    assert len(whole[0]) == len(ROWS)
    assert whole[1] == [f"{tmp_path / 'a.jsonl'}:4: a line of more than 0 MB"]
    assert len(partitions) == -(-10 // count)


def test_many_quotes_that_never_close_end_the_reading_of_slices_too(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n" + "1,good\n" * 9 + 'x","z\n' * 500)
    whole, cut, partitions = whole_and_cut(tmp_path, 2)
    assert cut == whole
    assert len(whole[1]) == 21
    assert len(partitions) == 5


def test_lines_that_end_in_cr_are_not_cut(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,text\r1,one\r2,two\r3,three\r")
    whole, cut, partitions = whole_and_cut(tmp_path, 1)
    assert cut == whole
    assert [a.text for a in whole[0]] == ["one", "two", "three"]
    assert len(partitions) == 1


def test_a_quote_that_never_closes_ends_the_cutting(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text(CSV)
    slices, _ = cut_files(find_files([str(path)], print), 1)
    assert [s.size for s in slices] == [1] * 7 + [2]


def test_named_files_that_cannot_be_read_are_refused(tmp_path):
    path = tmp_path / "b.csv"
    path.write_bytes(b"\0\0\0")
    with pytest.raises(InputError, match="a binary file"):
        cut_files(find_files([str(path)], print), 1)


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("file:///no/such/news.csv", "no such file"),
        ("file:///no/such/*.csv", "no file there"),
        ("nothing://bucket/news.csv", "cannot be read (Protocol not known: nothing)"),
    ],
)
def test_addresses_without_files_are_refused(address, complaint):
    pytest.importorskip("fsspec")
    with pytest.raises(InputError) as caught:
        list(read_articles([address]))
    assert str(caught.value).startswith(f"{address}: ")
    assert complaint in str(caught.value)


def test_addresses_need_fsspec(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    with pytest.raises(InputError, match=r"run pip install 'eventcoder\[dask\]'"):
        list(read_articles(["s3://bucket/news.csv"]))


def test_an_address_that_breaks_off_is_not_passed_over(monkeypatch):
    memory = pytest.importorskip("fsspec.implementations.memory")
    memory.MemoryFileSystem().pipe("/news/a.jsonl", JSONL.encode())
    articles = read_articles(["memory://news"])
    slices = find_files(["memory://news"], print)

    def lost(*_):
        raise ConnectionError("reset by peer")

    monkeypatch.setattr(memory.MemoryFile, "read", lost)
    with pytest.raises(UnreachableError, match=r"a\.jsonl: cannot be read \(reset by peer\)"):
        list(articles)
    with pytest.raises(UnreachableError):
        read_partition(tuple(slices), None, print)
