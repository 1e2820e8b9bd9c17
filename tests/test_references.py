"""Golden cases in data/references.txt: what the references of an article stand for."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from coder.actors import ActorDictionary, load_actors
from coder.mentions import find_mentions
from coder.records import Article
from coder.segment import article_to_sentences

DATA = Path(__file__).resolve().parent / "data" / "references.txt"
MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


@pytest.fixture(scope="module")
def actors(root) -> ActorDictionary:
    return load_actors(sorted((root / "seeds" / "actors").glob("*.csv")))


def golden():
    for number, line in enumerate(DATA.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield pytest.param(line, id=f"line {number}")


@pytest.mark.parametrize("case", list(golden()))
def test_golden(actors, case):
    article = Article("text", date(2016, 3, 15), MARK.sub(r"\1", case))
    codes = defaultdict(set)
    for sentence in find_mentions(article, article_to_sentences(article), actors):
        for mention in sentence:
            codes[mention.start, mention.end].add(mention.code)
    shift, found = 0, case
    for mark in MARK.finditer(case):
        start, length = mark.start() - shift, len(mark[1])
        shift += len(mark[0]) - length
        here = {
            c for (a, b), each in codes.items() if a < start + length and b > start for c in each
        }
        wanted = set() if mark[2] == "none" else {*mark[2].split("+")}
        if here != wanted:
            found = found.replace(mark[0], f"[{mark[1]}|{'+'.join(sorted(here)) or 'none'}]", 1)
    assert found == case


def test_every_case_marks_a_phrase():
    assert all(MARK.search(case.values[0]) for case in golden())
