import csv
import errno
import gzip
import io
import json
import os
import signal
import stat
import sys
from contextlib import nullcontext
from dataclasses import astuple, fields, replace
from types import SimpleNamespace

import pandas as pd
import pytest
from pyarrow import parquet

from coder import dataset, one_a_day
from coder.convert import layout_rows
from coder.dataset import EVENT_COLUMNS, defuse, restore, write_events
from coder.errors import InputError
from coder.event_reader import read_events
from coder.records import Event

FIRST = Event(
    event_id="e1", date="2014-05-19", article_date="2014-05-20", source="KAZGOV", target="USA",
    event_code="057", base_code="057", root_code="05", event_name="Sign formal agreement",
    plover="SUPPORT", quad_class=1, goldstein=8.0, probability=0.6, mentions=1, sources=1, articles=1,
    place="Almaty", country="KAZ", latitude=43.25, longitude=76.95, article_id="a1",
    sentence_index=0, lead=1, source_text="Kazakhstan", target_text="Washington", action_text="signed",
    sentence='He said: "Signed, sealed".', url="http://example.org/?a=1", publisher="Żółw",
    model="cameo-en",
)  # fmt: skip
SECOND = replace(
    FIRST, event_id="e2", date="", article_date="", source="---COP", target="", target_text="",
    event_code="1411", base_code="141", root_code="14", plover="", quad_class=4, goldstein=-10.0,
    place="", country="", latitude=None, longitude=None, article_id="=1+1", action_text="a\rb\nc\td",
    sentence="-@ begins this", publisher="'+'",
)  # fmt: skip
EVENTS = [FIRST, SECOND]
SUFFIXES = [".csv", ".csv.gz", ".tsv", ".tsv.gz", ".jsonl", ".jsonl.gz", ".parquet"]


def broken(failure, events=EVENTS):
    yield from events
    raise failure


def no_events():
    raise AssertionError("an event was asked for")
    yield


def test_columns_are_the_fields_of_an_event_in_order():
    assert [f.name for f in fields(Event)] == list(EVENT_COLUMNS)
    assert EVENT_COLUMNS[:6] == (
        "event_id",
        "date",
        "article_date",
        "source",
        "target",
        "event_code",
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_form_gives_back_every_cell_in_its_type(tmp_path, suffix):
    path = tmp_path / f"EVENTS{suffix.upper()}"
    assert write_events(iter(EVENTS), str(path)) == 2
    assert list(tmp_path.iterdir()) == [path]
    found = read_events([path])
    assert list(found.columns) == list(EVENT_COLUMNS)
    for event, row in zip(EVENTS, found.to_dict("records"), strict=True):
        for name, value in zip(EVENT_COLUMNS, astuple(event), strict=True):
            if name in ("date", "article_date"):
                assert row[name] == pd.Timestamp(value) if value else pd.isna(row[name])
            elif value is None:
                assert pd.isna(row[name])
            else:
                assert (row[name], type(row[name])) == (value, type(value))


def test_csv_to_the_letter(tmp_path):
    path = tmp_path / "events.csv"
    write_events(EVENTS, str(path))
    head, first, *_ = path.read_bytes().split(b"\n")
    assert head.decode() == ",".join(EVENT_COLUMNS)
    assert first.decode() == (
        "e1,2014-05-19,2014-05-20,KAZGOV,USA,057,057,05,Sign formal agreement,SUPPORT,1,8.0,0.6,1,1,1,"
        "Almaty,KAZ,43.25,76.95,a1,0,1,Kazakhstan,Washington,signed,"
        '"He said: ""Signed, sealed"".",http://example.org/?a=1,Żółw,cameo-en'
    )
    row = list(csv.DictReader(io.StringIO(path.read_text(), newline="")))[1]
    assert (row["article_id"], row["sentence"], row["publisher"]) == (
        "'=1+1",
        "'-@ begins this",
        "''+'",
    )
    assert (row["source"], row["goldstein"], row["target"]) == ("---COP", "-10.0", "")
    assert (row["latitude"], row["longitude"]) == ("", "")


def test_jsonl_holds_numbers_text_and_null(tmp_path):
    path = tmp_path / "events.jsonl.gz"
    write_events(EVENTS, str(path))
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    assert [tuple(r.items()) for r in rows] == [
        tuple(zip(EVENT_COLUMNS, astuple(e), strict=True)) for e in EVENTS
    ]


@pytest.mark.parametrize("suffix", [".csv.gz", ".parquet"])
def test_the_same_events_give_the_same_bytes(tmp_path, suffix):
    for name in "ab":
        write_events(EVENTS, str(tmp_path / (name + suffix)))
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\tx", "\r=1", "'=1", "''-x", "--", "---cmd|x"]
)
def test_formulas_are_defused_and_restored(text):
    assert defuse(text) == "'" + text
    assert restore(defuse(text)) == text


@pytest.mark.parametrize("text", ["", "a=1", "'quoted'", "'", "---COP", "---", "---COPJUD", "2014"])
def test_other_texts_and_actor_codes_stay(text):
    assert defuse(text) == text
    assert restore(text) == text


def test_half_characters_do_not_stop_a_run(tmp_path):
    for suffix in SUFFIXES:
        path = tmp_path / f"events{suffix}"
        write_events([replace(FIRST, sentence="half \ud83d é")], str(path))
        assert list(read_events([path])["sentence"]) == ["half ? é"]


@pytest.mark.parametrize("output", [None, "-"])
def test_standard_output_is_csv_and_comes_row_by_row(capsysbinary, output):
    def events():
        yield FIRST
        assert capsysbinary.readouterr().out.count(b"\n") == 2
        yield FIRST

    assert write_events(events(), output) == 2
    assert capsysbinary.readouterr().out.startswith(b"e1,2014-05-19,")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_events_make_a_file_without_rows(tmp_path, suffix):
    path = tmp_path / f"events{suffix}"
    assert write_events([], str(path)) == 0
    if "jsonl" not in suffix:
        assert list(read_events([path]).columns) == list(EVENT_COLUMNS)
        assert read_events([path]).empty


def test_rows_go_to_disk_while_events_come_in(tmp_path, monkeypatch):
    monkeypatch.setattr(dataset, "BLOCK", 2)
    path = tmp_path / "events.csv"
    seen = []

    def events():
        for _ in range(5):
            [file] = tmp_path.iterdir()
            seen.append(file.read_bytes().count(b"e1,"))
            assert not path.exists()
            yield FIRST

    write_events(events(), str(path))
    assert seen == [0, 0, 2, 2, 4]


def test_parquet_is_written_in_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(dataset, "ROW_GROUP", 2)
    path = tmp_path / "events.parquet"
    assert write_events([FIRST] * 5, str(path)) == 5
    meta = parquet.ParquetFile(path).metadata
    assert [meta.row_group(i).num_rows for i in range(meta.num_row_groups)] == [2, 2, 1]


@pytest.mark.parametrize("failure", [RuntimeError("boom"), KeyboardInterrupt(), InputError("x")])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_coded_is_kept_when_the_stream_ends_early(tmp_path, suffix, failure):
    path = tmp_path / f"events{suffix}"
    with pytest.raises(type(failure)) as error:
        write_events(broken(failure), str(path))
    assert error.value is failure
    assert list(tmp_path.iterdir()) == [path]
    assert list(read_events([path])["event_id"]) == ["e1", "e2"]


def test_a_stream_that_fails_at_once_leaves_the_old_file(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("old")
    with pytest.raises(InputError, match="no such article"):
        write_events(broken(InputError("no such article"), []), str(path))
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


def test_ctrl_c_during_coding_ends_the_file_after_the_last_event(tmp_path):
    def events():
        yield FIRST
        os.kill(os.getpid(), signal.SIGINT)
        yield SECOND

    with pytest.raises(KeyboardInterrupt):
        write_events(events(), str(tmp_path / "events.csv"))
    assert list(read_events([tmp_path / "events.csv"])["event_id"]) == ["e1"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_waits_while_rows_are_written(tmp_path, monkeypatch):
    def pressed(text):
        if text == "KAZGOV":
            os.kill(os.getpid(), signal.SIGINT)
        return text

    monkeypatch.setattr(dataset, "defuse", pressed)
    monkeypatch.setattr(dataset, "BLOCK", 2)
    with pytest.raises(KeyboardInterrupt):
        write_events([*EVENTS, FIRST], str(tmp_path / "events.csv"))
    assert list(read_events([tmp_path / "events.csv"])["event_id"]) == ["e1", "e2"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("press", range(1, 6))
def test_ctrl_c_while_one_a_day_emits_loses_no_row(tmp_path, monkeypatch, press):
    """Wherever it is pressed while the collected rows come out, all of them are written."""
    codes = ["010", "020", "030", "040"]
    given = [replace(FIRST, event_code=code, event_id=code) for code in codes]
    asked = iter(range(1, 10))

    def pressed(tally):
        if next(asked) == press:
            os.kill(os.getpid(), signal.SIGINT)
        return tally.first

    monkeypatch.setattr(one_a_day._Tally, "event", pressed)
    monkeypatch.setattr(dataset, "BLOCK", 2)
    path, stopped = tmp_path / "events.csv", nullcontext()
    if press <= len(codes):
        stopped = pytest.raises(KeyboardInterrupt)
    with stopped:
        write_events(one_a_day.one_a_day(given), str(path))
    assert list(read_events([path])["event_id"]) == codes


def test_a_second_ctrl_c_loses_no_collected_row(tmp_path, monkeypatch):
    def events():
        yield FIRST
        os.kill(os.getpid(), signal.SIGINT)
        yield SECOND

    def pressed(tally):
        os.kill(os.getpid(), signal.SIGINT)
        return tally.first

    monkeypatch.setattr(one_a_day._Tally, "event", pressed)
    with pytest.raises(KeyboardInterrupt):
        write_events(one_a_day.one_a_day(events()), str(tmp_path / "events.csv"))
    assert list(read_events([tmp_path / "events.csv"])["event_id"]) == ["e1"]


def test_a_new_file_takes_the_usual_rights_and_an_old_one_keeps_its_own(tmp_path):
    usual, path = tmp_path / "usual", tmp_path / "events.csv"
    usual.touch()
    write_events(EVENTS, str(path))
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o640)
    write_events(EVENTS, str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_events(EVENTS, str(tmp_path / "link.csv"))
    assert (tmp_path / "link.csv").is_symlink()
    assert len(read_events([tmp_path / "real.csv"])) == 2


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "events.xlsx",
            "unknown file type; give .csv, .tsv or .jsonl (each also .gz), .parquet or .dta",
        ),
        (
            "events",
            "unknown file type; give .csv, .tsv or .jsonl (each also .gz), .parquet or .dta",
        ),
        (
            "events.parquet.gz",
            "unknown file type; give .csv, .tsv or .jsonl (each also .gz), .parquet or .dta",
        ),
        ("none/events.csv", "no such folder; make {tmp}/none first"),
        ("folder.csv", "cannot be written; give another file name"),
        (f"{'x' * 300}.csv", "cannot be written (File name too long)"),
    ],
)
def test_a_wrong_output_is_named_before_anything_is_coded(tmp_path, name, message):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError) as error:
        write_events(no_events(), str(tmp_path / name))
    assert str(error.value) == f"{tmp_path / name}: {message.format(tmp=tmp_path)}"
    assert list(tmp_path.iterdir()) == [tmp_path / "folder.csv"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_without_rights_is_named(tmp_path):
    path = tmp_path / "events.csv"
    path.touch(0o400)
    with pytest.raises(InputError, match="cannot be written; give another file name$"):
        write_events(no_events(), str(path))


class FullDisk(io.BytesIO):
    def write(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_standard_output_is_one_line(monkeypatch):
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=FullDisk()))
    with pytest.raises(InputError) as error:
        write_events(EVENTS, None)
    assert str(error.value) == "standard output: cannot be written (No space left on device)"


@pytest.mark.parametrize(
    "name",
    [
        "e.csv",
        "e.tsv",
        "e.jsonl",
        "e.csv.gz",
        "e.jsonl.gz",
        "e.parquet",
        "e.dta",
        "e.tab",
        "e.txt.gz",
    ],
)
def test_a_full_disk_leaves_the_file_of_before(tmp_path, monkeypatch, name):
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    path = tmp_path / name
    path.write_bytes(b"before")
    rows = layout_rows("gdelt") if name.startswith(("e.tab", "e.txt")) else None
    monkeypatch.setattr(os, "fsync", FullDisk().write)
    with pytest.raises(InputError) as error:
        write_events(EVENTS, str(path), rows)
    assert str(error.value) == f"{path}: cannot be written (No space left on device)"
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"before"


def test_without_pyarrow_parquet_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "events.parquet"
    message = f"{path}: Parquet needs pyarrow; run pip install 'eventcoder[parquet]'"
    with pytest.raises(InputError) as error:
        write_events(no_events(), str(path))
    assert str(error.value) == message
    path.touch()
    with pytest.raises(InputError) as error:
        read_events([path])
    assert str(error.value) == message


def test_files_of_different_forms_are_read_one_after_the_other(tmp_path):
    paths = [tmp_path / "a.csv", tmp_path / "b.parquet", tmp_path / "c.jsonl"]
    for number, path in enumerate(paths):
        write_events([replace(FIRST, event_id=str(number), latitude=None)], str(path))
    found = read_events(paths, ["event_id", "root_code", "latitude", "date"])
    assert list(found.columns) == ["event_id", "root_code", "latitude", "date"]
    assert list(found["event_id"]) == ["0", "1", "2"]
    assert list(found.index) == [0, 1, 2]
    assert found["date"].dt.year.eq(2014).all()


def test_only_the_columns_asked_for_must_be_there(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("root_code,note,source\n05,mine,KAZ\n", encoding="utf-8-sig")
    assert read_events([path], ["source", "root_code"]).to_dict("records") == [
        {"source": "KAZ", "root_code": "05"}
    ]
    with pytest.raises(InputError) as error:
        read_events([path], ["source", "target", "date"])
    assert str(error.value) == f"{path}: no column target, date; found root_code, note, source"


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (
            "event_code",
            "57",
            "event_code '57' is no CAMEO code; has a spreadsheet dropped leading zeros?",
        ),
        (
            "root_code",
            "",
            "root_code '' is no CAMEO code; has a spreadsheet dropped leading zeros?",
        ),
        ("date", "19/05/2014", "date '19/05/2014' is no date such as 2014-05-19"),
        ("date", "2014-02-30", "date '2014-02-30' is no date such as 2014-05-19"),
        ("quad_class", "", "quad_class '' is no whole number"),
        ("goldstein", "high", "goldstein 'high' is no number"),
        ("latitude", "north", "latitude 'north' is no number"),
        ("mentions", "1.5", "mentions '1.5' is no whole number"),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl"])
def test_a_wrong_value_is_named_with_its_row(tmp_path, suffix, column, value, message):
    path = tmp_path / f"events{suffix}"
    write_events([FIRST, replace(FIRST, **{column: value})], str(path))
    with pytest.raises(InputError) as error:
        read_events([path])
    assert str(error.value) == f"{path}: row 2: {message}"


def test_a_cut_file_is_no_event_file(tmp_path):
    for suffix in (".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".parquet"):
        path = tmp_path / f"events{suffix}"
        write_events(EVENTS, str(path))
        path.write_bytes(path.read_bytes()[:-100])
        with pytest.raises(InputError, match=f"^{path}"):
            read_events([path])
