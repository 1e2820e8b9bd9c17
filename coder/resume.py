"""The run folder of `eventcoder code --resume`: what is coded stays coded when a run is cut off.

    events.csv.run/
      manifest.json      what the parts were made with: model, options, inputs
      part-000000.jsonl  a head line, then the events of so many articles, before one-a-day; on a
                         cluster also what the main process needs of the articles

A part is complete or absent: it grows under a hidden name, is forced to disk and then renamed. Its
head holds a digest of the articles it was made of, the counts, what was skipped, and a digest of
its events; a damaged part counts as absent. So the parts that are there are the parts that are
done, and a run that goes on gives the same bytes as one that was never cut off.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import Any

from coder.addresses import refuse_address
from coder.errors import InputError
from coder.pipeline import Counts
from coder.records import Article, Event

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """What coding some neighbouring articles gave; `skipped` are the lines said of bad ones.

    `articles` is empty where the main process reads them itself; else it has all of them, their
    ids as read and their texts cut to what tells copies of a story; and `broken` is what is wrong
    with named files that cannot be read to their end.
    """

    events: list[Event]
    counts: Counts
    skipped: list[str]
    articles: list[Article] = field(default_factory=list)
    broken: str = ""


def run_folder(output: str | None) -> Path:
    """The folder beside an output file; raises InputError for standard output or an address."""
    if output in (None, "-"):
        raise InputError("a run that keeps its parts needs a file to write; give -o FILE")
    refuse_address(output)
    return Path(os.path.realpath(output)).with_name(f"{Path(output).name}.run")


def open_run(folder: Path, made_with: dict[str, Any]) -> None:
    """Begin a run folder, or go on with one whose parts were made with the same.

    `made_with` holds plain values by name; one that differs raises InputError.
    """
    manifest = folder / MANIFEST
    try:
        if not manifest.is_file():
            folder.mkdir(exist_ok=True)
            if any(not p.name.startswith(".") for p in folder.iterdir()):
                raise InputError(f"{folder}: not a folder of a run; give another output")
            _write(manifest, json.dumps(made_with, indent=1, ensure_ascii=True) + "\n")
            return
        found = json.loads(manifest.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError("no object")
    except ValueError:
        raise InputError(f"{manifest}: damaged; remove {folder} to begin anew") from None
    except OSError as error:
        raise InputError(f"{folder}: cannot be used ({error.strerror})") from None
    for name in {**made_with, **found}:
        before, now = found.get(name), made_with.get(name)
        if before != now:
            raise InputError(
                f"{folder}: begun with {name} {_shown(before)}, now it is {_shown(now)}; "
                "run it as before, or remove the folder to begin anew"
            )


def close_run(folder: Path) -> None:
    """Remove the folder of a run whose output is complete, and what cut-off runs left beside it.

    The folder first takes a hidden name, so that a run cut off meanwhile leaves none or a whole one.
    """
    hidden = folder.with_name(f".{folder.name.removesuffix('.run')}.{secrets.randbits(60)}.tmp")
    try:
        folder.replace(hidden)
    except OSError as error:
        raise InputError(f"{folder}: cannot be removed ({error.strerror})") from None
    mine = re.compile(rf"\.{re.escape(folder.name.removesuffix('.run'))}\.\d+\.tmp")
    for left in filter(lambda p: mine.fullmatch(p.name), list(folder.parent.iterdir())):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()


def abandon_run(folder: Path) -> None:
    """Remove the folder of a run without a part, which keeps nothing but another command from it.

    Called when something went wrong; what goes wrong here is not said besides.
    """
    with suppress(OSError, InputError):
        if not any(name.startswith("part-") for name in os.listdir(folder)):
            close_run(folder)


def digest(articles: Iterable[Article]) -> str:
    """A digest of all that articles hold."""
    total = hashlib.sha256()
    for article in articles:
        total.update(repr(astuple(article)).encode())
    return total.hexdigest()


def read_part(folder: Path, number: int, articles: str | None = None) -> Part | None:
    """A part made of the articles of that digest (None: any); None when it is absent or damaged.

    A whole part that was made of other articles raises InputError.
    """
    path = part_file(folder, number)
    try:
        first, _, rest = path.read_bytes().partition(b"\n")
        head = json.loads(first)
        if head["rows"] != hashlib.sha256(rest).hexdigest():
            return None
        rows = [json.loads(line) for line in rest.splitlines()]
        leads = [_article(*row) for row in rows[: head["leads"]]]
        events = [Event(*row) for row in rows[head["leads"] :]]
        part = Part(events, Counts(*head["counts"]), head["skipped"], leads, head["broken"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    if articles is not None and head["articles"] != articles:
        raise InputError(
            f"{path}: made of other articles, so the input has changed; "
            f"remove {folder} to begin anew"
        )
    return part


def write_part(folder: Path, number: int, articles: str, part: Part) -> None:
    """Put a part on disk, complete or not at all."""
    rows = [*map(astuple, part.articles), *map(astuple, part.events)]
    rest = "".join(json.dumps(row, default=Date.isoformat) + "\n" for row in rows)
    head = {
        "articles": articles,
        "counts": astuple(part.counts),
        "skipped": part.skipped,
        "broken": part.broken,
        "leads": len(part.articles),
        "rows": hashlib.sha256(rest.encode()).hexdigest(),
    }
    _write(part_file(folder, number), json.dumps(head) + "\n" + rest)


def part_file(folder: Path, number: int) -> Path:
    """Where a part lies."""
    return folder / f"part-{number:06d}.jsonl"


def _write(path: Path, text: str) -> None:
    # not by process id: two machines of a cluster may write the same part
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        if os.name == "posix":
            above = os.open(path.parent, os.O_RDONLY)
            os.fsync(above)  # the new name too
            os.close(above)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _article(name: str, day: str | None, *texts: str) -> Article:
    return Article(name, day and Date.fromisoformat(day), *texts)  # type: ignore[arg-type]


def _shown(value: Any) -> str:
    text = "absent" if value is None else str(value)
    return text if len(text) <= 80 else text[:77] + "..."
