"""Coded events judged by a person: what is worth judging, and judgements as training data.

A correction is a row of CSV: `text` is the sentence with <s>source</s> and <t>target</t> marked,
`event_code` what the coder gave it. The person fills in `verdict`:

- right: the code stands;
- wrong: nothing of the kind happened between the two here (the label none);
- relabel: `code` holds the right code (of any level, or a PLOVER type), `swap` is "yes" when source
  and target are the other way round.

A row with a code or swap but without a verdict is a relabel. Rows without any are passed over. The
report page writes such files and `eventcoder sample` draws them ready to fill in.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.dataset import restore
from coder.errors import InputError, OntologyError
from coder.labels import unmark
from coder.ontology import NONE, Ontology

COLUMNS = (
    "event_id", "verdict", "code", "swap", "text", "event_code", "event_name", "probability",
    "source", "target", "date", "url",
)  # fmt: skip
"""The columns of a correction, in order."""

FILLED_IN = ("verdict", "code", "swap")
"""The columns that are the person's; the others are copied from the event."""

NEEDED = ("event_id", "verdict", "code", "swap", "text", "event_code", "event_name")

VERDICTS = ("right", "wrong", "relabel")


@dataclass(frozen=True, slots=True)
class Label:
    """A judged event as a marked pair: day as written, code of any level or none."""

    id: str
    date: str
    text: str
    code: str


def read_corrections(
    paths: Sequence[Path], ontology: Ontology, on_skip: Callable[[str], None]
) -> list[Label]:
    """The judged rows of correction files as labels; of an event judged twice the last.

    A row that cannot be used is named to `on_skip`. Raises InputError for a file that is not a
    CSV of corrections, and when no row is judged.
    """
    labels: dict[str, tuple[Label, str]] = {}
    for path in paths:
        rows = list(_rows(path))
        lost = any(_lost_zero(row, ontology) for _, row in rows)
        for number, row in rows:
            where = f"{path}:{number}"
            try:
                label = _row_to_label(row, ontology, where, lost)
            except InputError as error:
                on_skip(str(error))
                continue
            if label:
                before, place = labels.get(label.id or where, (label, where))
                if before != label:
                    on_skip(
                        f"{place}: event {label.id} is judged otherwise in {where}, which holds"
                    )
                labels[label.id or where] = label, where
    if not labels:
        raise InputError(
            f"{', '.join(map(str, paths))}: no judged row that can be used; "
            f"fill in verdict ({', '.join(VERDICTS)})"
        )
    return [label for label, _ in labels.values()]


def label_to_line(label: Label) -> str:
    """A label as a line of JSONL, the marked pairs that training reads."""
    cells = {"id": label.id, "date": label.date, "text": label.text, "code": label.code}
    return json.dumps(cells, ensure_ascii=False) + "\n"


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        wrong = "is a folder; give a file" if path.is_dir() else "no such file"
        raise InputError(f"{path}: {wrong}")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()  # spreadsheets of half of Europe separate by semicolons
            file.seek(0)
            reader = csv.DictReader(file, delimiter=max(",;\t", key=header.count), restval="")
            found = reader.fieldnames or []
            if missing := [c for c in NEEDED if c not in found]:
                raise InputError(
                    f"{path}: no column {', '.join(missing)}; give a CSV of corrections from the "
                    "report page or `eventcoder sample`"
                )
            for row in reader:
                yield reader.line_num, {k: restore(v).strip() for k, v in row.items() if k}
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: no CSV in UTF-8 ({error}); save it as CSV UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None


def _row_to_label(row: dict[str, str], ontology: Ontology, where: str, lost: bool) -> Label | None:
    verdict, swap = row["verdict"].lower(), _is_yes(row["swap"], where)
    if not verdict:
        if not (row["code"] or swap):
            return None
        verdict = "relabel"
    if verdict not in VERDICTS:
        raise InputError(f"{where}: verdict {row['verdict']!r}: give {', '.join(VERDICTS)}")
    if verdict != "relabel" and (row["code"] or swap):
        raise InputError(f"{where}: {verdict}, but code or swap is filled in; write relabel")
    if verdict == "relabel" and not (row["code"] or swap):
        raise InputError(f"{where}: relabel needs a code, or yes in swap")
    _, source, target = unmark(row["text"], where)
    if swap and not (source and target):
        raise InputError(f"{where}: nothing to swap; mark both <s>source</s> and <t>target</t>")
    if verdict == "wrong":
        code = NONE
    elif row["code"]:
        code = _given_code(row["code"], ontology, where, lost)
    else:
        code = _known_code(row, ontology, where)
    return Label(row["event_id"], row.get("date", ""), _swapped(row["text"], swap), code)


def _is_yes(value: str, where: str) -> bool:
    if value.lower() in ("yes", "y", "true", "1", "x"):
        return True
    if value.lower() in ("", "no", "n", "false", "0"):
        return False
    raise InputError(f"{where}: swap {value!r}: give yes or leave it empty")


def _swapped(text: str, swap: bool) -> str:
    """The text with source and target the other way round."""
    if not swap:
        return text
    return re.sub("(</?)([st])>", lambda m: f"{m[1]}{'t' if m[2] == 's' else 's'}>", text)


def _lost_zero(row: dict[str, str], ontology: Ontology) -> bool:
    """Whether the code of the event is one without its zero, as its name shows."""
    code, name = row["event_code"], row["event_name"]
    named = code in ontology and ontology[code].name == name
    return not named and f"0{code}" in ontology and ontology[f"0{code}"].name == name


def _known_code(row: dict[str, str], ontology: Ontology, where: str) -> str:
    code = f"0{row['event_code']}" if _lost_zero(row, ontology) else row["event_code"]
    if code not in ontology:
        raise InputError(f"{where}: event_code {code!r} is no CAMEO code")
    return code


def _given_code(code: str, ontology: Ontology, where: str, lost: bool) -> str:
    """A code that a person typed; 10 in a file that has lost zeros may be 010, and is refused."""
    padded = f"0{code}"
    if code in ontology and lost and padded in ontology:
        raise InputError(
            f"{where}: code {code!r} may be {padded}: a spreadsheet has dropped leading zeros; "
            "format the code columns as text"
        )
    if code not in ontology and padded in ontology:
        return padded
    try:
        return ontology.label(code)
    except OntologyError as error:
        raise InputError(f"{where}: {error}") from None
