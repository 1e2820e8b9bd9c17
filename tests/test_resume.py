"""A run that is cut off goes on where it was, gives the same bytes, and never mixes two models."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from coder import parallel
from coder.cli import cli
from coder.model import load_model

TEXTS = (
    "China imposed sanctions on Iran on Monday.",
    "Rain fell in Chad.",
    "Turkish police arrested Syrian students in Ankara.",
)


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.jsonl"
    rows = [
        {"id": f"a{i}", "date": f"2014-05-{1 + i % 28:02d}", "text": TEXTS[i % 3]}
        for i in range(8 * parallel.CHUNK + 5)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(parallel, "CHUNK", 2)


def code(*arguments):
    return CliRunner().invoke(cli, ["code", *map(str, arguments)])


def few(news):
    news.write_text("".join(news.read_text().splitlines(keepends=True)[:6]))
    return news


def cut_off(news, output, *options):
    """A run that stops before its output, with all parts done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coder.resume.close_run", lambda _: None)
        assert code(news, "-o", output, "--resume", *options).exit_code == 0
    output.unlink()
    return output.with_name(f"{output.name}.run")


def test_a_killed_run_ends_with_the_same_bytes(tmp_path, news):
    whole, output = tmp_path / "whole.csv", tmp_path / "out.csv"
    folder = tmp_path / "out.csv.run"
    code(news, "-o", whole)
    command = [sys.executable, "-m", "coder", "code", news, "-o", output, "--resume"]
    run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while run.poll() is None and not list(folder.glob("part-*")):
        time.sleep(0.005)
    run.kill()
    run.wait()
    assert not output.exists()
    before = {p.name: p.read_bytes() for p in folder.glob("part-*")}
    assert before
    again = code(news, "-o", output, "--resume")
    assert again.exit_code == 0
    assert output.read_bytes() == whole.read_bytes()
    assert {p.name for p in tmp_path.iterdir()} == {"news.jsonl", "whole.csv", "out.csv"}


def test_parts_that_are_done_are_not_coded_again(tmp_path, news, monkeypatch, small_parts):
    output, plain = tmp_path / "out.csv", tmp_path / "plain.csv"
    said = code(few(news), "-o", plain).stderr
    cut_off(news, output)

    def never(_):
        raise AssertionError("coded again")

    monkeypatch.setattr(parallel, "_coder", never)
    done = code(news, "-o", output, "--resume")
    assert output.read_bytes() == plain.read_bytes()
    assert done.stderr.rpartition(",")[0] == said.rpartition(",")[0]  # all counts but the seconds


@pytest.mark.parametrize("damage", ["truncated", "altered", "emptied", "removed"])
def test_a_damaged_part_is_coded_again(tmp_path, news, small_parts, damage):
    output, plain = tmp_path / "out.csv", tmp_path / "plain.csv"
    code(few(news), "-o", plain)
    part = cut_off(news, output) / "part-000001.jsonl"
    whole = part.read_bytes()
    if damage == "removed":
        part.unlink()
    else:
        changed = {
            "truncated": whole[:-20],
            "altered": whole.replace(b"TUR", b"TUN"),
            "emptied": b"",
        }
        assert changed[damage] != whole
        part.write_bytes(changed[damage])
    assert code(news, "-o", output, "--resume").exit_code == 0
    assert output.read_bytes() == plain.read_bytes()


def test_other_options_or_another_model_are_refused(tmp_path, news, small_parts):
    output = tmp_path / "out.csv"
    folder = cut_off(few(news), output)
    refused = code(news, "-o", output, "--resume", "--min-probability", "0.9")
    assert refused.exit_code == 1
    least = load_model().manifest.threshold
    assert refused.stderr == (
        f"Error: {folder}: begun with min_probability {least}, now it is 0.9; "
        "run it as before, or remove the folder to begin anew\n"
    )
    manifest = folder / "manifest.json"
    made = json.loads(manifest.read_text())
    for name in ("model", "parser", "sentence_threshold", "eventcoder"):
        manifest.write_text(json.dumps({**made, name: "other"}))
        refused = code(news, "-o", output, "--resume")
        assert refused.exit_code == 1
        assert f"begun with {name} other, now it is {made[name]}" in refused.stderr
    assert not output.exists()


def test_an_input_that_changed_is_refused(tmp_path, news, small_parts):
    output = tmp_path / "out.csv"
    folder = cut_off(few(news), output)
    news.write_text(news.read_text().replace("Rain", "Snow"))
    refused = code(news, "-o", output, "--resume")
    assert refused.exit_code == 1
    assert refused.stderr.endswith(
        f"part-000000.jsonl: made of other articles, so the input has changed; "
        f"remove {folder} to begin anew\n"
    )


@pytest.mark.parametrize("written", [0, 1, 3, 5])
def test_a_full_disk_keeps_what_is_done(tmp_path, news, small_parts, written):
    output, plain, folder = (tmp_path / n for n in ("out.csv", "plain.csv", "out.csv.run"))
    code(few(news), "-o", plain)
    left = [written]
    sync = os.fsync

    def full(number):
        left[0] -= not os.path.isdir(f"/proc/self/fd/{number}")
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        stopped = code(news, "-o", output, "--resume")
    if written < 5:  # the manifest, three parts, the output
        assert stopped.exit_code == 1
        assert stopped.stderr.startswith("Error: ")
        assert stopped.stderr.endswith("cannot be written (No space left on device)\n")
        assert not output.exists()
        assert [p.name for p in tmp_path.rglob(".*")] == []
        assert len(list(folder.glob("part-*"))) == max(0, written - 1)
        assert code(news, "-o", output, "--resume").exit_code == 0
    assert output.read_bytes() == plain.read_bytes()
    assert not folder.exists()


def test_a_run_that_is_cut_off_while_it_tidies_up(tmp_path, news, small_parts):
    output = tmp_path / "out.csv"
    keep = tmp_path / ".out.csv.gz.12.tmp"  # of another output
    keep.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        assert code(few(news), "-o", output, "--resume").exit_code == 0
    assert len(list(tmp_path.glob(".out.csv.*.tmp"))) == 2
    made = output.read_bytes()
    assert code(news, "-o", output, "--resume").exit_code == 0
    assert output.read_bytes() == made
    assert {p.name for p in tmp_path.iterdir()} == {"news.jsonl", "out.csv", keep.name}


def test_a_folder_that_is_no_run_is_left_alone(tmp_path, news):
    folder = tmp_path / "out.csv.run"
    folder.mkdir()
    (folder / "diary.txt").write_text("mine")
    refused = code(news, "-o", tmp_path / "out.csv", "--resume")
    assert refused.exit_code == 1
    assert "not a folder of a run" in refused.stderr
    assert (folder / "diary.txt").read_text() == "mine"


def test_a_wrong_input_begins_no_run(tmp_path):
    refused = code(tmp_path / "none.csv", "-o", tmp_path / "out.csv", "--resume")
    assert refused.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_resume_needs_a_file(news):
    refused = code(news, "--resume")
    assert refused.exit_code == 1
    assert (
        refused.stderr == "Error: a run that keeps its parts needs a file to write; give -o FILE\n"
    )
