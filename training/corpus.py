"""The corpus in seeds/: read, check, digest, split into batches that are never torn apart."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from coder.errors import InputError
from coder.labels import LabelledSentence, read_labelled
from coder.ontology import Ontology

BLOCK = 25
"""Neighbours in a file were written together: so many of them are one batch."""

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
    """Sentences and labels: by form, by root and by code."""
    out: dict[str, Counter[str]] = {"form": Counter(), "root": Counter(), "code": Counter()}
    for _, sentence in corpus:
        form = "whole" if sentence.complete else "pair"
        out["form"][form if sentence.pairs else "no event"] += 1
        for pair in sentence.pairs:
            out["root"][pair.label[:2]] += 1
            out["code"][pair.label] += 1
    return out


def report(corpus: list[Batched], ontology: Ontology) -> str:
    """A table of the corpus for `make corpus-report`, naming thin codes."""
    n = counts(corpus)
    lines = [f"{len(corpus)} sentences: " + ", ".join(f"{v} {k}" for k, v in n["form"].items())]
    lines += [f"  {r}  {n['root'][r]:5d}  {ontology[r].name}" for r in ontology.roots]
    thin = [c.code for c in ontology if len(c.code) > 2 and n["code"][c.code] < 5]
    lines.append(f"codes with fewer than 5 labels: {', '.join(thin) or 'none'}")
    return "\n".join(lines)
