"""The seeds are what seeds/README.md says: files, counts and labels."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from coder.labels import read_labelled
from coder.ontology import load_ontology

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="module")
def corpus():
    ontology = load_ontology()
    return [s for p in sorted((SEEDS / "sentences").iterdir()) for s in read_labelled(p, ontology)]


def test_the_checksums_hold_and_name_every_file():
    lines = (SEEDS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    folders = ("sentences", "actors", "articles", "gold", "stories/practice", "stories/heldout")
    found = {p.relative_to(SEEDS).as_posix(): p for f in folders for p in (SEEDS / f).iterdir()}
    assert set(listed) == set(found) | {"lexicon.txt", "heldout.jsonl"}
    wrong = [n for n in listed if hashlib.sha256((SEEDS / n).read_bytes()).hexdigest() != listed[n]]
    assert wrong == []


def test_every_root_and_code_is_well_covered(corpus):
    ontology = load_ontology()
    codes = Counter(p.label for s in corpus for p in s.pairs)
    roots = Counter()
    for code, count in codes.items():
        roots[code[:2]] += count
    assert len(corpus) >= 12000
    assert [r for r in ontology.roots if roots[r] < 250] == []
    assert [c.code for c in ontology if len(c.code) > 2 and codes[c.code] < 5] == []


def test_sentences_without_an_event_are_there(corpus):
    assert sum(s.complete and not s.pairs for s in corpus) >= 1000


def test_no_labelled_pair_stands_twice(corpus):
    seen = Counter((s.text, s.pairs) for s in corpus)
    assert [text for (text, _), n in seen.items() if n > 1] == []
