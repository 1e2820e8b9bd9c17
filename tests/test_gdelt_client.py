"""A GDELT file of ours in a public client: gdeltPyR, from its public call to its DataFrame.

The client (`make clients`) is not changed. What it asks of data.gdeltproject.org, a proxy on this
machine answers with articles coded into the layout, zipped as GDELT ships its files.
"""

import importlib
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest

from coder.articles import read_articles
from coder.convert import layout_rows
from coder.dataset import write_events
from coder.layouts import load_layout
from coder.pipeline import code_articles

pytestmark = [
    pytest.mark.skipif(
        find_spec("gdelt") is None, reason="needs a GDELT client; install it with: make clients"
    ),
    pytest.mark.filterwarnings("ignore:::gdelt"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """The client with its column lists beside it: installed elsewhere, it asks GitHub for them."""
    folder = tmp_path_factory.mktemp("client")
    package = Path(find_spec("gdelt").origin).parent
    lists = next(f for f in metadata.files("gdelt") if f.name == "cameoCodes.json")
    (folder / "gdelt").symlink_to(package)
    (folder / "data").symlink_to(Path(lists.locate()).resolve().parent)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield importlib.import_module("gdelt").gdelt
    for name in [n for n in sys.modules if n.partition(".")[0] == "gdelt"]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def events(coder, root):
    return list(code_articles(coder, read_articles([str(root / "seeds/articles/samples.csv")])))


@pytest.fixture
def site(tmp_path, events):
    """data.gdeltproject.org with two files of ours; yields the proxy and what it was asked for."""
    files = {}
    for layout, path in (("gdelt", "gdeltv2/20161101234500"), ("gdelt1", "events/20161101")):
        write_events(iter(events), str(tmp_path / "export.csv"), layout_rows(layout))
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(tmp_path / "export.csv", f"{path.rpartition('/')[2]}.export.CSV")
        files[f"http://data.gdeltproject.org/{path}.export.CSV.zip"] = packed.getvalue()
    asked = []

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802
            asked.append(self.path)
            self.send_response(200 if self.path in files else 404)
            self.end_headers()
            self.wfile.write(files.get(self.path, b""))

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {"http": f"http://127.0.0.1:{server.server_port}"}, asked
        server.shutdown()


@pytest.mark.parametrize(
    ("version", "layout", "path"),
    [
        (2, "gdelt", "gdeltv2/20161101234500.export.CSV.zip"),
        (1, "gdelt1", "events/20161101.export.CSV.zip"),
    ],
)
def test_a_public_client_reads_our_events_as_those_of_gdelt(
    client, site, events, version, layout, path
):
    proxies, asked = site
    table = client(version=version, proxies=proxies).Search("2016 Nov 1", table="events")
    assert asked == [f"http://data.gdeltproject.org/{path}"]
    assert len(table) == len(events) > 100
    theirs = [c for c in table.columns if c != "CAMEOCodeDescription"]  # a column of the client's
    assert theirs == load_layout(layout).names
    for column, cells in {
        "SQLDATE": [int(e.date.replace("-", "")) for e in events],
        "Actor1Code": [e.source.removeprefix("---") for e in events],
        "Actor1Name": [e.source_text.replace('"', "'") for e in events],
        "Actor2Code": [e.target.removeprefix("---") for e in events],
        "EventCode": [e.event_code for e in events],
        "EventBaseCode": [e.base_code for e in events],
        "EventRootCode": [e.root_code for e in events],
        "QuadClass": [e.quad_class for e in events],
        "NumMentions": [e.mentions for e in events],
        "SOURCEURL": [e.url for e in events],
    }.items():
        assert table[column].fillna("").tolist() == cells, column
    assert any(c.startswith("0") for c in table.EventCode)
    day = 10 ** (6 if version == 2 else 0)  # 2.0 has the time of day behind the date
    published = [int(e.article_date.replace("-", "")) * day for e in events]
    assert table.DATEADDED.tolist() == published
    assert table.GoldsteinScale.between(-10, 10).all()
    assert table.AvgTone.isna().all()
    assert table.ActionGeo_Lat.notna().sum() == sum(e.latitude is not None for e in events)
    names = dict(zip(table.EventCode, table.CAMEOCodeDescription, strict=True))
    assert (names["042"], names["051"]) == ("Make a visit", "Praise or endorse")
