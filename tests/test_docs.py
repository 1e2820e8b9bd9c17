"""The pages in docs/: the tutorial is run, other commands are at least understood, figures agree."""

import re
import runpy
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from coder import __version__
from coder.cli import cli

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)
TUTORIAL = (DOCS / "tutorial.md").read_text(encoding="utf-8")


def commands(text):
    """The lines of all sh blocks, a line that ends in a backslash with the next."""
    for kind, _, body in BLOCK.findall(text):
        if kind == "sh":
            yield from body.replace("\\\n", " ").splitlines()


@pytest.fixture(scope="module")
def written(coder, tmp_path_factory):
    """A folder in which the tutorial was followed from its first to its last command.

    The shipped coder is not loaded anew for each command.
    """
    folder = tmp_path_factory.mktemp("tutorial")
    for _, name, body in BLOCK.findall(TUTORIAL):
        if name:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(body, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for module in ("pipeline", "parallel"):
            patch.setattr(f"coder.{module}.load_coder", lambda *options: coder)
        for line in commands(TUTORIAL):
            command, _, output = line.partition(" > ")
            program, *words = shlex.split(command)
            assert program == "eventcoder", line
            result = CliRunner().invoke(cli, words)
            assert result.exit_code == 0, f"{line}\n{result.output}"
            assert result.stdout or "-o" in words, line
            if output:
                Path(output).write_text(result.stdout, encoding="utf-8")
    return folder


def test_the_tutorial_works_to_its_end(written):
    lines = list(commands(TUTORIAL))
    outputs = {w for line in lines for w in re.findall(r"(?:-o|>) (\S+)", line)}
    assert len(lines) == len(re.findall("^eventcoder", TUTORIAL, re.M)) > 10
    assert {p.name for p in written.iterdir()} == outputs | {"news"}
    assert all((written / name).stat().st_size > 20 for name in outputs)


def test_the_tutorial_shows_events_that_are_there(written):
    import pandas as pd

    rows = [[c.strip() for c in line.strip("|").split("|")]
            for line in TUTORIAL.splitlines() if line.startswith("| ")]  # fmt: skip
    names, _, *shown = rows
    events = pd.read_csv(written / "events.csv", dtype=str)[names].to_numpy().tolist()
    assert [row for row in shown if row not in events] == []


def test_the_picture_of_the_tutorial_is_the_one_it_draws(written):
    drawn, shown = written / "kenya-somalia.png", DOCS / "kenya-somalia.png"
    assert drawn.read_bytes()[:24] == shown.read_bytes()[:24]  # PNG, of the same size


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_the_index_has_every_page():
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert [
        p.name for p in DOCS.glob("*.md") if p.name not in index and p.name != "README.md"
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_of_all_pages_are_understood(page):
    text = page.read_text(encoding="utf-8")
    blocks = "".join(body for kind, _, body in BLOCK.findall("\n" + text) if kind == "sh")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.M)) <= set(targets)
    for line in re.findall(r"^eventcoder (.+)", blocks, re.M):
        name, *words = shlex.split(line.partition(" > ")[0], comments=True)
        cli.commands[name].make_context(name, words)


def test_error_rates_are_those_of_the_readme_and_the_model():
    page = (DOCS / "limits.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    accuracy = (
        readme.partition("## How accurate is it?")[2].partition("\n\n")[2].partition("\n\n")[0]
    )
    assert accuracy.count("\n") >= 5
    assert accuracy in page, "copy the table of README.md to docs/limits.md"
    made = runpy.run_path(str(DOCS / "make_codebook.py"))["filled_page"]
    assert made("limits.md", page) == page, "run make codebook"


def test_the_version_to_cite_is_this_one():
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"{{{__version__}}}" in (DOCS / "cite.md").read_text(encoding="utf-8")
