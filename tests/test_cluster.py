"""Two workers on a cluster give the bytes of one process, also when one of them is killed."""

import contextlib
import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner

from coder import cluster, worker
from coder.articles import Slice
from coder.child import ChildLost, call_in_child
from coder.cli import cli
from coder.errors import InputError
from coder.parallel import made_with

TEXTS = (
    "China imposed sanctions on Iran on Monday.",
    "Rain fell in Chad.",
    "Turkish police arrested Syrian students in Ankara.",
    "BEIJING, May 2 (Xinhua) -- China imposed sanctions on Iran on Monday after weeks of talks in "
    "Geneva had ended without a result, and Russia condemned the decision in a statement that its "
    "foreign ministry issued in Moscow late in the evening.",
)


def two_workers():
    """A cluster of two workers, each a process of its own."""
    distributed = pytest.importorskip("distributed")
    return distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_port=0
    )


@pytest.fixture(scope="module")
def dask():
    with two_workers() as started:
        yield started


@pytest.fixture
def news(tmp_path, monkeypatch):
    """A folder whose files share ids and stories; partitions of 16 rows."""
    monkeypatch.setattr(cluster, "ROWS", 16)
    folder = tmp_path / "news"
    folder.mkdir()
    rows = [
        {"id": f"a{i % 50}", "date": f"2014-05-{1 + i // 4 % 28:02d}", "text": TEXTS[i % 4]}
        for i in range(80)
    ]
    lines = [json.dumps(row) for row in rows]
    (folder / "a.jsonl").write_text("\n".join([*lines, "no JSON", *lines]))
    cells = [f'{r["id"]},{r["date"]},"{r["text"]}"' for r in rows]
    (folder / "b.csv").write_text("\n".join(["id,date,text", *cells]))
    (folder / "c.txt").write_text(TEXTS[0])
    (folder / "d.txt").write_text("")
    return folder


def code(*arguments):
    return CliRunner().invoke(cli, ["code", *map(str, arguments)])


def lines(result):
    """What was said, but for the seconds."""
    return sorted(result.stderr.rpartition(",")[0].splitlines())


def test_the_bytes_are_those_of_one_process(dask, news, tmp_path):
    for options in ([], ["--format", "gdelt", "--all-mentions"]):
        one, two = tmp_path / "one.csv", tmp_path / "two.csv"
        whole = code(news, "-o", one, *options)
        spread = code(news, "-o", two, "--scheduler", dask.scheduler_address, *options)
        assert spread.exit_code == 0, spread.stderr
        assert two.read_bytes() == one.read_bytes()
        assert len(one.read_text().splitlines()) > 20
        assert lines(spread) == lines(whole)
        assert "2 skipped" in spread.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"news", "one.csv", "two.csv"}


def test_named_files_that_break_off_are_one_line_when_all_is_coded(dask, news, tmp_path):
    cut_off, bare = tmp_path / "a.jsonl.gz", tmp_path / "bare.csv"
    cut_off.write_bytes(gzip.compress((news / "a.jsonl").read_bytes())[:-9])
    bare.write_text("1,2\n")
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    inputs = (bare, cut_off, news / "b.csv")
    whole = code(*inputs, "-o", one)
    spread = code(*inputs, "-o", two, "--scheduler", dask.scheduler_address)
    assert (whole.exit_code, spread.exit_code) == (1, 1)
    assert spread.stderr == whole.stderr
    assert f"Error: {bare}: no column named text; found: 1, 2; {cut_off}: damaged" in spread.stderr
    assert two.read_bytes() == one.read_bytes()
    assert len(one.read_text().splitlines()) > 20


def test_the_work_of_a_killed_worker_is_done_by_another(dask, news, tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    code(news, "-o", one)
    there, over = [], threading.Event()

    def kill_one():
        while not there and not over.wait(0.005):
            there.extend((tmp_path / "two.csv.run").glob("part-*"))
        os.kill(next(iter(dask.workers.values())).pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    pids = {w.pid for w in dask.workers.values()}
    killer.start()
    spread = code(news, "-o", two, "--scheduler", dask.scheduler_address)
    over.set()
    killer.join()
    assert spread.exit_code == 0, spread.stderr
    assert 0 < len(there) < 12
    assert two.read_bytes() == one.read_bytes()
    assert pids - {w.pid for w in dask.workers.values()}


def children_of(dask):
    """The processes in which the workers code, by process id."""
    psutil = pytest.importorskip("psutil")
    found = []
    with contextlib.suppress(psutil.Error):  # one that ends meanwhile
        for worker in dask.workers.values():
            children = psutil.Process(worker.pid).children()
            found += [c.pid for c in children if "coder.child" in c.cmdline()]
    return found


def test_the_work_of_a_killed_child_is_done_again(dask, news, tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    code(news, "-o", one)
    killed, over = [], threading.Event()

    def kill_children():
        while len(killed) < 2 and not over.wait(0.005):
            for pid in set(children_of(dask)) - {*killed}:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    killer = threading.Thread(target=kill_children)
    killer.start()
    spread = code(news, "-o", two, "--scheduler", dask.scheduler_address)
    over.set()
    killer.join()
    assert spread.exit_code == 0, spread.stderr
    assert len(killed) >= 2
    assert two.read_bytes() == one.read_bytes()


def test_a_child_that_always_ends_is_one_line(dask, news, tmp_path):
    over = threading.Event()

    def kill_children():
        while not over.wait(0.005):
            for pid in children_of(dask):
                os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_children)
    killer.start()
    refused = code(news, "-o", tmp_path / "o.csv", "--scheduler", dask.scheduler_address)
    over.set()
    killer.join()
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"Error: cutting {news / 'a.jsonl'}: the process for it on ")
    assert "ended each time (signal 9); mostly memory" in refused.stderr
    assert refused.stderr.count("\n") == 1


ENDLESS = """
import re, sys

if "-m" in sys.orig_argv:
    from coder import pipeline

    pipeline.LONGEST_TIME = 1
    whole = pipeline.article_to_work

    def article_to_work(coder, article, counts):
        if article.text.startswith("aaa"):
            re.match("(a*)*b", article.text)
        return whole(coder, article, counts)

    pipeline.article_to_work = article_to_work
"""


def test_an_article_that_takes_too_long_is_skipped_as_in_one_process(news, tmp_path, monkeypatch):
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(ENDLESS)
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    endless = {"id": "endless", "date": "2014-05-01", "text": "a" * 99}
    with (news / "a.jsonl").open("a") as file:
        file.write(f"\n{json.dumps(endless)}\n")
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    command = [sys.executable, "-m", "coder", "code", news, "-o"]
    whole = subprocess.run([*command, one], capture_output=True, text=True, check=False)
    assert "Skipped: endless: skipped (OverTime: more than 1 s)\n" in whole.stderr
    assert "3 skipped" in whole.stderr
    with two_workers() as dask:
        spread = code(news, "-o", two, "--scheduler", dask.scheduler_address)
    assert spread.exit_code == 0, spread.stderr
    assert lines(spread) == lines(whole)
    assert two.read_bytes() == one.read_bytes()
    assert len(one.read_text().splitlines()) > 20


def test_a_child_gives_what_a_function_gives_or_raises(tmp_path):
    assert call_in_child(os.path.basename, "/a/b") == "b"
    assert call_in_child(print, "not an answer") is None
    with pytest.raises(InputError, match="no such file"):
        call_in_child(cluster.find_files, [str(tmp_path / "none")], print)
    with pytest.raises(RuntimeError, match=r"FileNotFoundError: .*none"):
        call_in_child(os.stat, tmp_path / "none")
    with pytest.raises(ChildLost, match="status 3"):
        call_in_child(os._exit, 3)
    first = call_in_child(os.getpid)
    for number in (signal.SIGINT, signal.SIGTERM):  # as sent to a whole group of processes
        call_in_child(os.kill, first, number)
    assert call_in_child(os.getpid) == first
    with pytest.raises(ChildLost, match="signal 9"):
        call_in_child(os.kill, first, signal.SIGKILL)
    assert call_in_child(os.getpid) not in {first, os.getpid()}


def test_parts_that_are_done_are_not_coded_again(dask, news, tmp_path, monkeypatch):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    scheduler = ("--scheduler", dask.scheduler_address)
    code(news, "-o", one)
    with monkeypatch.context() as patch:
        patch.setattr("coder.resume.close_run", lambda _: None)
        assert code(news, "-o", two, *scheduler).exit_code == 0
    folder = tmp_path / "two.csv.run"
    made = {p.name: p.stat().st_mtime_ns for p in sorted(folder.glob("part-*"))}
    assert len(made) > 12
    (folder / "part-000003.jsonl").unlink()
    with monkeypatch.context() as patch:
        patch.setattr("coder.resume.close_run", lambda _: None)
        assert code(news, "-o", two, *scheduler).exit_code == 0
    again = {p.name: p.stat().st_mtime_ns for p in folder.glob("part-*")}
    assert {name for name in made if made[name] != again[name]} == {"part-000003.jsonl"}
    assert two.read_bytes() == one.read_bytes()
    refused = code(news, "-o", two, *scheduler, "--min-probability", "0.9")
    assert refused.exit_code == 1
    assert "begun with min_probability" in refused.stderr
    refused = code(news, "-o", two, "--resume")
    assert refused.exit_code == 1
    assert "begun with parts slices of 16 rows, now it is 64 articles" in refused.stderr


def test_a_run_whose_workers_are_gone_says_so_and_waits_for_others(news, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "LOOK", 0.05)
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    code(news, "-o", one)
    said = []
    with distributed.LocalCluster(n_workers=0, dashboard_address=None, scheduler_port=0) as dask:

        def warn(message, *_, **__):
            said.append(str(message))
            if "no workers are left" in said[-1]:
                dask.scale(2)

        monkeypatch.setattr(cluster.warnings, "warn", warn)
        spread = code(news, "-o", two, "--scheduler", dask.scheduler_address)
    assert spread.exit_code == 0, spread.stderr
    assert two.read_bytes() == one.read_bytes()
    assert "no workers are left; waiting for new ones" in said


def test_a_file_that_workers_cannot_read_is_one_line(dask, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\0\0\0\0")
    refused = code(tmp_path / "a.csv", "-o", tmp_path / "o.csv", "--scheduler", dask.scheduler_address)  # fmt: skip
    assert refused.exit_code == 1
    assert refused.stderr == (
        f"Error: {tmp_path / 'a.csv'}: a binary file (or UTF-16), no text; save it as UTF-8\n"
    )


def test_a_run_without_a_part_keeps_no_other_from_its_place(dask, news, tmp_path):
    (tmp_path / "empty.csv").touch()
    output, scheduler = tmp_path / "o.csv", ("--scheduler", dask.scheduler_address)
    assert code(tmp_path / "empty.csv", "-o", output, *scheduler).exit_code == 1
    assert {p.name for p in tmp_path.iterdir()} == {"news", "empty.csv"}
    assert code(news / "c.txt", "-o", output, *scheduler).exit_code == 0


def test_without_dask_the_error_names_the_command(news, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    refused = code(news, "-o", tmp_path / "o.csv", "--scheduler", "tcp://127.0.0.1:1")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: --scheduler needs Dask (")
    assert refused.stderr.endswith("); run pip install 'eventcoder[dask]'\n")


def test_a_scheduler_that_does_not_answer_is_one_line(news, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://there"):
        refused = code(news, "-o", tmp_path / "o.csv", "--scheduler", address)
        assert refused.exit_code == 1
        assert refused.stderr.startswith(f"Error: --scheduler {address}: no Dask scheduler answers")
        assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["-", "-o", "o.csv"], "standard input cannot be read by a cluster"),
        (
            ["news", "-o", "s3://b/o.csv"],
            "s3://b/o.csv: only inputs may be addresses; write a file",
        ),
        (["news"], "a run that keeps its parts needs a file to write; give -o FILE"),
        (["news", "-o", "o.csv", "--jobs", "2"], "--jobs is for one machine"),
    ],
)
def test_what_a_cluster_cannot_do_is_refused(arguments, complaint):
    refused = code(*arguments, "--scheduler", "tcp://127.0.0.1:1")
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"Error: {complaint}")


def order_for(folder, **changes):
    """What a worker is told in a run that was made with the same, but for the changes."""
    setup = (None, (), None)
    manifest = json.dumps({**made_with(setup, (), None), **changes})
    (folder / "manifest.json").write_text(manifest)
    digest = hashlib.sha256(manifest.encode()).hexdigest()
    return worker.Order(setup, None, folder, digest)


def test_a_worker_with_another_model_or_version_refuses(tmp_path):
    worker._check_worker(order_for(tmp_path))
    for name in ("model", "eventcoder", "parser"):
        with pytest.raises(
            InputError, match=f"worker on .*: {name} is .*, in this run it is other"
        ):
            worker._check_worker(order_for(tmp_path, **{name: "other"}))


def test_a_worker_that_does_not_see_an_input_refuses(tmp_path):
    order, gone = order_for(tmp_path), Slice(tmp_path / "news.csv", named=False)
    for task in (worker._cut_here, lambda order, files, _: worker._code_here(order, 0, files)):
        with pytest.raises(InputError, match=r"news\.csv: cannot be read by the worker on"):
            task(order, [gone], 16)


def test_a_worker_that_does_not_see_the_run_refuses(tmp_path):
    order = order_for(tmp_path)
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(InputError, match="not seen by the worker on"):
        worker._check_worker(order)
