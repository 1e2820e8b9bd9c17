"""Inputs at addresses give what the same files on disk give: a web server's and a bucket's.

Runs where the packages of the protocols are installed: aiohttp, s3fs, moto[server].
"""

import functools
import gzip
import http.server
import io
import json
import os
import secrets
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date

import pytest

from coder import addresses
from coder.articles import find_files, read_articles
from coder.errors import InputError
from coder.partitions import cut_files, group, read_partition

ROWS = [
    {"id": f"a{i}", "date": date(2014, 5, 1 + i % 28), "text": "China imposed sanctions on Iran."}
    for i in range(40)
]


class Web(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, parts of files too if its server says so, and counts the bytes."""

    def log_message(self, *_):
        pass

    def send_head(self):
        found = super().send_head() if not self.server.ranges else self._part()
        return found

    def _part(self):
        asked = self.headers.get("Range")
        if not asked or self.command == "HEAD":
            return super().send_head()
        first, last = map(int, asked.removeprefix("bytes=").split("-"))
        with open(self.translate_path(self.path), "rb") as file:
            file.seek(first)
            data = file.read(last + 1 - first)
        self.server.served += len(data)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{first + len(data) - 1}/*")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)


@pytest.fixture
def news(tmp_path):
    """A folder with a file of each kind that is cut, and others."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    lines = "".join(json.dumps(row, default=date.isoformat) + "\n" for row in ROWS)
    (folder / "a.jsonl").write_text(lines)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    cells = [f"{r['id']},{r['date']},{r['text']}\n" for r in ROWS]
    (folder / "c d.csv").write_text("".join(["id,date,text\n", *cells]))
    parquet.write_table(pa.Table.from_pylist(ROWS), folder / "e.parquet", row_group_size=9)
    (folder / "sub" / "f.txt").write_text("China imposed sanctions on Iran.")
    (folder / "sub-g.txt").write_text("Rain fell in Chad.")
    (folder / ".hidden.txt").write_text("Rain fell in Chad.")
    (folder / "sub" / "empty.csv").touch()
    (folder / "other.png").write_bytes(b"PNG")
    return folder


@pytest.fixture(params=[True, False], ids=["ranges", "no ranges"])
def web(request, news):
    """The address of the folder on a web server that gives parts of files, and on one that does not."""
    pytest.importorskip("aiohttp", reason="https:// needs aiohttp; pip install aiohttp")
    handler = functools.partial(Web, directory=news.parent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.ranges, server.served = request.param, 0
        server.handle_error = lambda *_: None  # who has seen enough hangs up
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server, f"http://127.0.0.1:{server.server_port}/news/"
        server.shutdown()
        thread.join()


@pytest.fixture
def bucket(news, monkeypatch):
    """The address of the folder in a bucket."""
    moto = pytest.importorskip("moto.server", reason="no server of S3; pip install moto[server]")
    s3fs = pytest.importorskip("s3fs", reason="s3:// needs s3fs; pip install s3fs")
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    store = s3fs.S3FileSystem()
    name = f"bucket-{secrets.token_hex(4)}"  # moto keeps what it was given
    store.mkdir(name)
    store.put(f"{news}/", f"{name}/news/", recursive=True)
    yield f"s3://{name}/news/"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def whole_and_cut(inputs, rows=7):
    """The articles of inputs, as read in one go and as read in slices, and what was skipped."""
    skipped: list[str] = []
    whole = list(read_articles(inputs, on_skip=skipped.append))
    slices, said = cut_files(find_files(inputs, skipped.append), rows)
    assert said == skipped
    parts = [read_partition(part, None, print)[0] for part in group(slices, rows)]
    return (
        whole,
        [article for part in parts for article in part],
        [s.rpartition(":")[2] for s in said],
    )


def check_same(news, address, monkeypatch):
    monkeypatch.setattr(addresses, "_BLOCK", 1 << 10)
    there, in_slices, said = whole_and_cut([address])
    here, _, said_here = whole_and_cut([str(news)])
    assert len(here) == 4 * len(ROWS) + 2
    assert there == here
    assert [replace(article, id="") for article in in_slices] == [replace(a, id="") for a in here]
    assert said == said_here == [" the file is empty"]


def test_a_folder_in_memory_is_that_on_disk(news, monkeypatch):
    fsspec = pytest.importorskip("fsspec")
    fsspec.filesystem("memory").put(f"{news}/", f"{news}/", recursive=True)
    check_same(news, f"memory:/{news}", monkeypatch)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://host/news/a%20b.csv?key=1/2.txt#x", "a b.csv"),
        ("HTTP://host/news/", ""),
        ("s3://bucket/what?.csv", "what?.csv"),
        ("memory://a.csv", "a.csv"),
    ],
)
def test_the_name_of_a_file_at_an_address(address, name):
    assert addresses.address_name(address) == name


def test_a_folder_on_the_web_is_that_on_disk(news, web, monkeypatch):
    check_same(news, web[1], monkeypatch)


def test_a_folder_in_a_bucket_is_that_on_disk(news, bucket, monkeypatch):
    check_same(news, bucket, monkeypatch)
    assert len(list(read_articles([f"{bucket}*.jsonl*"]))) == 2 * len(ROWS)


def test_files_on_the_web_by_name_pattern_and_with_a_query(web):
    _, address = web
    for name in ("a.jsonl", "c%20d.csv", "a.jsonl?key=1/2.txt", "*.jsonl", "e.parquet"):
        found = list(read_articles([address + name]))
        assert [a.id for a in found] == [row["id"] for row in ROWS], name


def test_what_is_not_on_the_web_is_one_line(web):
    check_missing(web[1], "none.csv")


def test_what_is_not_in_a_bucket_is_one_line(bucket):
    check_missing(bucket, "none.csv", "none/", "none")


def check_missing(address, *names):
    for name in names:
        with pytest.raises(InputError) as caught:
            list(read_articles([address + name]))
        assert str(caught.value) == f"{address}{name}: no such file or folder"


def test_a_slice_asks_for_no_more_than_it_needs(news, web, monkeypatch):
    server, address = web
    if not server.ranges:
        pytest.skip("gives whole files only")
    monkeypatch.setattr(addresses, "_BLOCK", 1 << 16)
    with (news / "large.jsonl").open("w") as file:
        for i in range(8000):
            file.write(
                json.dumps({"id": i, "text": "China imposed sanctions on Iran. " * 30}) + "\n"
            )
    slices, _ = cut_files(find_files([f"{address}large.jsonl"], print), 100)
    server.served = 0
    articles, broken = read_partition((slices[40],), None, print)
    assert (len(articles), broken) == (100, "")
    assert 100 * 990 < server.served < 3 << 20 < (news / "large.jsonl").stat().st_size


def check_cluster(news, address, tmp_path):
    distributed = pytest.importorskip("distributed")

    def code(*arguments):
        command = [sys.executable, "-m", "coder", "code", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)

    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    assert code(news, "-o", one).returncode == 0
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_port=0
    ) as dask:
        scheduler = ("--scheduler", dask.scheduler_address)
        spread = code(address, "-o", two, *scheduler)
        assert spread.returncode == 0, spread.stderr
        assert two.read_bytes() == one.read_bytes()
        refused = code(f"{address}none.csv", "-o", two, *scheduler)
        assert refused.returncode == 1
        assert refused.stderr == f"Error: {address}none.csv: no such file or folder\n"


def test_a_cluster_reads_the_web(news, web, tmp_path):
    check_cluster(news, web[1], tmp_path)


def test_a_cluster_reads_a_bucket(news, bucket, tmp_path):
    check_cluster(news, bucket, tmp_path)
