"""Fills the tables of docs/codebook.md from coder/data, and those of docs/limits.md from the shipped
model's metrics: python docs/make_codebook.py.
"""

import csv
import json
import re
from collections.abc import Iterable
from pathlib import Path

from coder.actor_code import actor_parts
from coder.layouts import LAYOUTS, NATIVE, scale_of
from coder.ontology import load_ontology

DOCS = Path(__file__).resolve().parent
DATA = DOCS.parent / "coder" / "data"
METRICS = DOCS.parent / "models" / "cameo-en" / "metrics.json"


def table(head: str, rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table of a header line and rows."""
    names = head.split("|")
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(str(c).strip() for c in line)} |" for line in lines)


def layout_table(name: str) -> str:
    """Every column of a layout: its number, name, type, and what fills it."""
    with (DATA / "layouts.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if name in r["layouts"].split()]
    return table(
        "#|column|type|how it is filled",
        ((n, r["column"], r["type"], filled(r, name)) for n, r in enumerate(rows, 1)),
    )


def filled(row: dict[str, str], layout: str) -> str:
    """What fills a column, in words."""
    if not row["fill"]:
        return f"empty: {row['note']}"
    if layout == NATIVE or "." in row["fill"] or row["fill"] == "lead":
        return row["note"]
    return f"`{row['fill']}`" + (f"; {row['note']}" if row["note"] else "")


def goldstein_table() -> str:
    """The codes whose scores differ between ICEWS and GDELT."""
    codes = [c for c in load_ontology() if c.goldstein != scale_of(c.code).goldstein_gdelt]
    rows = ((c.code, c.name, c.goldstein, scale_of(c.code).goldstein_gdelt) for c in codes)
    return table("code|name|ICEWS, native|GDELT, Phoenix", rows)


def sector_table() -> str:
    """Roles, types and religions with the words of ICEWS and PLOVER."""
    parts = [p for p in actor_parts().values() if p.icews_sectors]
    return table(
        "CAMEO|kind|ICEWS sectors|PLOVER sector",
        ((p.code, p.part, ", ".join(p.icews_sectors), p.plover_sector) for p in parts),
    )


def code_table() -> str:
    """All event codes with everything that layouts say of them."""
    rows = []
    for c in load_ontology():
        s = scale_of(c.code)
        told = (s.plover_type, s.plover_mode, s.plover_contexts.replace(";", ", "))
        rows.append((c.code, c.name, c.quad_class, c.goldstein, s.goldstein_gdelt, *told))
    return table("code|name|quad class|Goldstein|GDELT's|PLOVER type|mode|contexts", rows)


def root_table() -> str:
    """How well each root is told from the others, on held-out batches of the corpus."""
    roots, ontology = json.loads(METRICS.read_text(encoding="utf-8"))["roots"], load_ontology()
    rows = (
        (f"{r} {ontology[r].name}", *(f"{m[k]:.2f}" for k in ("precision", "recall", "f1")),
         m["support"])
        for r, m in roots.items()
    )  # fmt: skip
    return table("root|precision|recall|F1|events", rows)


def page_tables() -> dict[str, dict[str, str]]:
    """The tables of each page by their marks."""
    layouts = {name: layout_table(name) for name in (NATIVE, *LAYOUTS)}
    codes = {"goldstein": goldstein_table(), "sectors": sector_table(), "codes": code_table()}
    return {
        "codebook.md": layouts | codes,
        "limits.md": {"roots": root_table()},
    }


def filled_page(page: str, text: str) -> str:
    """A page with all its tables made anew."""
    for name, made in page_tables()[page].items():
        marks = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.S)
        text, found = marks.subn(lambda m, made=made: f"{m[1]}\n{made}\n\n{m[2]}", text)
        if found != 1:
            raise ValueError(f"{page}: {found} places for the table {name}")
    return text


if __name__ == "__main__":
    for page in page_tables():
        path = DOCS / page
        path.write_text(filled_page(page, path.read_text(encoding="utf-8")), encoding="utf-8")
