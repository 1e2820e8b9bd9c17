"""Labelled sentences in the two forms users write them: whole sentences and marked pairs.

Whole sentences (JSONL): all events of the sentence are listed, so every other ordered pair of
its actors is a true none. Marked pairs (JSONL or CSV): one pair, marked <s>..</s> and <t>..</t>
in the text, with its code; nothing is known of other pairs.
"""

import csv
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coder.errors import InputError, OntologyError
from coder.features import Span
from coder.ontology import NONE, Ontology

_TAG = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Spans of source and target in the text, either of them possibly absent, and the label.

    `label` is a CAMEO code of any level, a PLOVER type or "none".
    """

    source: Span | None
    target: Span | None
    label: str


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A text with its labelled pairs; `complete` when no other pair holds an event."""

    id: str
    date: str
    text: str
    pairs: tuple[LabelledPair, ...]
    complete: bool
    where: str


def read_labelled(
    path: Path, ontology: Ontology, *, need_code: bool = True
) -> list[LabelledSentence]:
    """Read a labelled file by its suffix (.jsonl, .csv); raises InputError naming file and line.

    Without `need_code` marked pairs may lack a code: their label is then "none".
    """
    if not os.path.isfile(path):
        wrong = "is a folder; give a file" if os.path.isdir(path) else "no such file"
        raise InputError(f"{path}: {wrong}")
    rows = _csv_rows(path, need_code) if path.suffix.lower() == ".csv" else _jsonl_rows(path)
    try:
        sentences = [
            s
            for line, row in rows
            for s in _row_to_sentences(row, f"{path}:{line}", ontology, need_code)
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: no text in UTF-8 ({error}); save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    if not sentences:
        raise InputError(f"{path}: no labelled sentences in it")
    return sentences


def unmark(text: str, where: str) -> tuple[str, Span | None, Span | None]:
    """Take the marks out of a text: plain text, span of the source, span of the target.

    An actor that is marked at several places stands at the first. A mark that is empty or never
    closed raises InputError.
    """
    spans: dict[str, Span] = {}
    open_now: dict[str, int] = {}
    plain, position = "", 0
    for match in _TAG.finditer(text):
        plain += text[position : match.start()]
        position = match.end()
        name = match[0].strip("</>")
        if match[0][1] != "/":
            if name in open_now:
                raise InputError(f"{where}: a second <{name}> inside the first")
            open_now[name] = len(plain)
        elif name not in open_now:
            raise InputError(f"{where}: </{name}> without <{name}>")
        else:
            spans.setdefault(name, _trim(plain, open_now.pop(name)))
            if spans[name][0] == spans[name][1]:
                raise InputError(f"{where}: nothing stands between <{name}> and </{name}>")
    if open_now:
        raise InputError(f"{where}: <{min(open_now)}> is never closed")
    if not spans:
        raise InputError(f"{where}: no actor is marked; put <s>…</s> round the source")
    return plain + text[position:], spans.get("s"), spans.get("t")


def _trim(plain: str, start: int) -> Span:
    return start, start + len(plain[start:].rstrip())


def _jsonl_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}:{number}: not a JSON object ({error})") from None
            if not isinstance(row, dict):
                raise InputError(f"{path}:{number}: not a JSON object")
            yield number, row


def _csv_rows(path: Path, need_code: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not reader.fieldnames:
            raise InputError(f"{path}: the file is empty")
        wanted = {"text", "code"} if need_code else {"text"}
        missing = wanted - set(reader.fieldnames)
        if missing:
            raise InputError(
                f"{path}: no column {' and '.join(map(repr, sorted(missing)))}; "
                f"found {', '.join(reader.fieldnames)}"
            )
        for row in reader:
            yield reader.line_num, row


def _row_to_sentences(
    row: dict[str, Any], where: str, ontology: Ontology, need_code: bool
) -> Iterator[LabelledSentence]:
    if isinstance(row.get("sentences"), list):
        for part in row["sentences"]:
            if not isinstance(part, dict):
                raise InputError(f"{where}: a sentence is a JSON object with text and events")
            yield from _row_to_sentences(
                {"date": row.get("date", ""), **part}, where, ontology, need_code
            )
        return
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"{where}: no text")
    name = where if row.get("id") in (None, "") else str(row["id"])
    day = str(row.get("date") or "")
    if "events" in row:
        if not isinstance(row["events"], list):
            raise InputError(f"{where}: events is no list; write [] for none")
        pairs = tuple(_event_to_pair(e, text, where, ontology) for e in row["events"])
        yield LabelledSentence(name, day, text, pairs, True, where)
    else:
        plain, source, target = unmark(text, where)
        code = row.get("code") or ("" if need_code else NONE)
        pair = LabelledPair(source, target, _label(code, where, ontology))
        yield LabelledSentence(name, day, plain, (pair,), False, where)


def _event_to_pair(event: Any, text: str, where: str, ontology: Ontology) -> LabelledPair:
    if not isinstance(event, dict) or "code" not in event or not event.get("source"):
        raise InputError(f"{where}: an event needs source, target and code")
    return LabelledPair(
        _find(event.get("source"), text, where),
        _find(event.get("target"), text, where),
        _label(event["code"], where, ontology),
    )


def _find(words: Any, text: str, where: str) -> Span | None:
    """Where the words of an actor stand; "Iran#2" is the second occurrence."""
    if words is None:
        return None
    name, mark, count = str(words).rpartition("#")
    if not (mark and count.isdecimal() and len(count) < 6):
        name, count = str(words), "1"
    start = -1
    for _ in range(int(count)):
        start = text.find(name, start + 1)
        if start < 0:
            break
    if start < 0 or not name:
        raise InputError(f"{where}: {words!r} does not stand in the text")
    return start, start + len(name)


def _label(code: Any, where: str, ontology: Ontology) -> str:
    try:
        return ontology.label(str(code))
    except OntologyError as error:
        raise InputError(f"{where}: {error}") from None
