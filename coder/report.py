"""One self-contained page to look at events, filter, judge and download them.

The page is `data/report/page.html` with its style, script and events put in: no network, no other
file. It holds the events column by column as JSON in which every "<" is escaped, the script makes
all text with textContent, and the page's own policy allows no script but that one (by its hash)
and no connection. So no cell of an event file can become markup.
"""

import base64
import hashlib
import json
import math
import re
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from coder.actor_code import countries
from coder.corrections import COLUMNS
from coder.dataset import EVENT_COLUMNS
from coder.errors import InputError
from coder.ontology import QUAD_CLASSES, load_ontology
from coder.records import EVENT_DATES
from coder.spans import Span, find_spans

if TYPE_CHECKING:
    import pandas as pd

MOST = 150_000
"""Events of a page: browsers cannot scroll over many more, nor open the file in reasonable time."""

SCRIPTS = ("data.js", "overview.js", "events.js", "page.js")
"""The parts of the page's script, in order."""

ABROAD = {
    "---": "unknown country",
    "IGO": "international organisations",
    "NGO": "aid and rights organisations",
    "NGM": "international movements",
    "MNC": "multinational companies",
    "IMG": "international militants",
}
"""What actors of no country are called among countries."""

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def events_to_page(pieces: Iterable["pd.DataFrame"], title: str) -> str:
    """The page of some tables of native columns; raises InputError for more than MOST events."""
    import pandas as pd

    kept: list[pd.DataFrame] = []
    for piece in pieces:
        kept.append(piece)
        if sum(map(len, kept)) > MOST:
            raise InputError(
                f"{title}: more than {MOST:,} events, too many for one page; give a part of them"
            )
    events = pd.concat(kept, ignore_index=True)
    return fill_page(title, page_data(events, title))


def page_data(events: "pd.DataFrame", title: str) -> dict[str, Any]:
    """What the page holds as JSON: columns, spans and the names of codes and countries."""
    cells = {c: _cells(events, c) for c in EVENT_COLUMNS}
    texts = zip(
        *(cells[c] for c in ("sentence", "source_text", "target_text", "action_text")), strict=True
    )
    spans = [offset for row in texts for offset in _span_offsets(*row)]
    actors = {code[:3] for c in ("source", "target") for code in set(cells[c])}
    ids = "\n".join(map(str, cells["event_id"]))
    return {
        "title": title,
        "key": hashlib.sha256(ids.encode("utf-8", "replace")).hexdigest()[:16],
        "rows": len(events),
        "columns": {c: encode_column(v) for c, v in cells.items()},
        "spans": spans,
        "corrections": COLUMNS,
        "codes": {c.code: [c.name, c.plover] for c in load_ontology()},
        "quads": QUAD_CLASSES,
        "countries": {code: name for code, name in _names().items() if code in actors},
    }


def _names() -> dict[str, str]:
    """Names of what an actor code begins with."""
    return {c.code: c.name for c in countries().values()} | ABROAD


def encode_column(values: list) -> Any:
    """A column in few characters: {"value": v} if all are alike, {"words": [...], "at": [...]} for
    texts that repeat, else the list itself."""
    words = list(dict.fromkeys(values))
    if len(words) == 1:
        return {"value": words[0]}
    if len(words) > len(values) // 2 or not all(isinstance(w, str) for w in words):
        return values
    place = {word: n for n, word in enumerate(words)}
    return {"words": words, "at": [place[v] for v in values]}


def fill_page(title: str, data: dict[str, Any]) -> str:
    """The page with title, style, script and data put in."""
    script = "\n".join(map(_part, SCRIPTS))
    script = f'(() => {{\n"use strict";\n{script}}})();\n'
    parts = {
        "title": escape(title),
        "style": _part("page.css"),
        "script": script,
        "style_hash": _digest(_part("page.css")),
        "script_hash": _digest(script),
        "data": to_inline_json(data),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m[1]], _part("page.html"))


def to_inline_json(data: Any) -> str:
    """JSON that may stand in a script element: no character of it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda m: _UNSAFE[m[0]], text)


def _cells(events: "pd.DataFrame", column: str) -> list:
    """A column as JSON values: dates as text, what is absent as "" or None, half characters "?"."""
    if column in EVENT_DATES:
        return events[column].dt.strftime("%Y-%m-%d").fillna("").tolist()
    if events[column].dtype.kind not in "iuf":
        return [v.encode("utf-8", "replace").decode() for v in events[column]]
    numbers = events[column].to_numpy(float, na_value=math.nan).tolist()
    return [_short(n) if math.isfinite(n) else None for n in numbers]


def _short(number: float) -> float:
    return int(number) if number.is_integer() else number


def _span_offsets(sentence: str, source: str, target: str, action: str) -> Sequence[int]:
    """Start and end of source, target and action in UTF-16, as JavaScript counts; -1 for none."""
    spans = find_spans(sentence, source, target, action)
    ends = [offset for s in (spans.source, spans.target, spans.action) for offset in _ends(s)]
    if sentence.isascii():
        return ends
    return [len(sentence[:n].encode("utf-16-le")) // 2 if n > 0 else n for n in ends]


def _ends(span: Span | None) -> Span:
    return span or (-1, -1)


def _part(name: str) -> str:
    return files("coder").joinpath(f"data/report/{name}").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """The hash by which a policy allows one script or style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
