"""The corpus in seeds/: read, check, digest, split into batches that are never torn apart."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from coder.actors import ActorDictionary
from coder.errors import InputError
from coder.labels import LabelledSentence, read_labelled
from coder.mentions import find_mentions
from coder.ontology import Ontology
from coder.records import Article, Sentence

BLOCK = 25
"""Neighbours in a file were written together: so many of them are one batch."""

_YEAR = re.compile(r"\b(?:19[3-9]\d|20[0-2]\d)\b")
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")

Batched = tuple[str, LabelledSentence]


def read_corpus(paths: Iterable[Path], ontology: Ontology) -> list[Batched]:
    """Labelled sentences of files and folders, each with its batch ("news1-04.jsonl/3")."""
    out: list[Batched] = []
    for path in labelled_files(paths):
        for i, sentence in enumerate(read_labelled(path, ontology)):
            out.append((f"{path.name}/{i // BLOCK}", sentence))
    return out


def labelled_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The labelled files among paths and in folders, sorted; raises InputError for a missing one."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix in (".jsonl", ".csv"))
        elif path.is_file():
            yield path
        else:
            raise InputError(f"{path}: no such labelled file or folder")


def digest(paths: Iterable[Path]) -> str:
    """One sha256 over the files, in order."""
    total = hashlib.sha256()
    for path in labelled_files(paths):
        total.update(path.read_bytes())
    return total.hexdigest()


def counts(corpus: Iterable[Batched]) -> dict[str, Counter[str]]:
    """Sentences and labels: by form, root and code; pairs with the target first by root; decades
    that are named; sentences by capitalised name of two words or more."""
    keys = ("form", "root", "code", "order", "decade", "name")
    out: dict[str, Counter[str]] = {key: Counter() for key in keys}
    for _, sentence in corpus:
        form = "whole" if sentence.complete else "pair"
        out["form"][form if sentence.pairs else "no event"] += 1
        out["decade"].update({f"{year[:3]}0s" for year in _YEAR.findall(sentence.text)})
        out["name"].update(set(_NAME.findall(sentence.text)))
        for pair in sentence.pairs:
            out["root"][pair.label[:2]] += 1
            out["code"][pair.label] += 1
            if pair.source and pair.target:
                out["order"][f"{pair.label[:2]} {'ST' if pair.source < pair.target else 'TS'}"] += 1
    return out


def country_counts(corpus: Iterable[Batched], actors: ActorDictionary) -> Counter[str]:
    """Sentences that name an actor of each country, by its three-letter code."""
    out: Counter[str] = Counter()
    for _, sentence in corpus:
        whole = Sentence("", 0, 0, len(sentence.text), sentence.text)
        [mentions] = find_mentions(Article("", None, sentence.text), [whole], actors)
        out.update({land for m in mentions if (land := actors.country(m.code))})
    return out


def report(corpus: list[Batched], ontology: Ontology, actors: ActorDictionary) -> str:
    """A table of the corpus for `make corpus-report`, naming thin codes."""
    n, lands, total = counts(corpus), country_counts(corpus, actors), len(corpus)
    lines = [
        f"{total} sentences: "
        + ", ".join(f"{v} {k} ({v / total:.0%})" for k, v in n["form"].items()),
        "labels by root, with the share of pairs whose target stands first:",
    ]
    for r in ontology.roots:
        first, last = n["order"][f"{r} TS"], n["order"][f"{r} ST"]
        share = first / max(1, first + last)
        lines.append(f"  {r}  {n['root'][r]:5d}  {share:4.0%}  {ontology[r].name}")
    leaves = [
        c.code
        for c in ontology
        if not any(o.code != c.code and o.code.startswith(c.code) for o in ontology)
    ]
    least = min(n["code"][code] for code in leaves)
    lines.append(f"codes without codes below them: at least {least} labels each")
    thin = [c.code for c in ontology if len(c.code) > 2 and n["code"][c.code] < 5]
    lines.append(f"codes with fewer than 5 labels: {', '.join(thin) or 'none'}")
    lines.append(f"countries named: {len(lands)}; most often {_shares(lands, 12, total)}")
    lines.append(f"decades named: {', '.join(f'{d} {v}' for d, v in sorted(n['decade'].items()))}")
    lines.append(f"names used most: {_shares(n['name'], 8, total)}")
    return "\n".join(lines)


def _shares(counted: Counter[str], most: int, total: int) -> str:
    return ", ".join(f"{name} {v / total:.1%}" for name, v in counted.most_common(most))
