"""Tables in the layouts of GDELT, ICEWS, Phoenix and POLECAT as native columns.

`READERS` says for each layout which native columns it holds, in which of its columns, and how they
come back. Class, PLOVER type and quad class follow from the event code, so that files of all
layouts are counted alike; scores are those of the file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coder.actor_code import actor_parts, countries, country_by, is_part, is_role
from coder.errors import InputError
from coder.geo import full_name
from coder.layouts import LAYOUTS, load_layout
from coder.ontology import PLOVER_SYNONYMS, QUAD_CLASSES, EventCode, load_ontology
from coder.places import load_gazetteer
from coder.records import EVENT_DATES

if TYPE_CHECKING:
    import pandas as pd

FROM_CODE = ("base_code", "root_code", "event_name", "plover", "quad_class")
"""Native columns that follow from the event code."""

NUMBERS = ("goldstein", "probability", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Reader:
    """Columns of a layout, and a function from their texts to the text of a native column."""

    columns: tuple[str, ...]
    make: Callable[..., str] = str


def layout_of(line: str) -> str | None:
    """The layout of a file by its first line; None if it is none of them."""
    cells = line.rstrip("\r\n").split("\t")
    for name in LAYOUTS:
        names = load_layout(name).names
        if cells == names:
            return name
    for name in ("gdelt", "gdelt1", "phoenix"):
        if len(cells) == len(load_layout(name).names) and _is_day(cells[1]):
            return name
    if len(cells) == len(load_layout("gdelt1").names) - 1 and _is_day(cells[1]):
        return "gdelt1"  # before April 2013, without SOURCEURL
    return None


def _is_day(text: str) -> bool:
    return not text or (len(text) == 8 and text.isdigit())


def layout_columns(layout: str, columns: Sequence[str]) -> list[str]:
    """The columns of a layout that tell the given native ones; InputError if it cannot."""
    readers = READERS[layout]
    wanted = [("event_code" if c in FROM_CODE and c not in readers else c) for c in columns]
    codes = [c for c in columns if c.endswith("_code")]
    if codes and "event_code" not in readers:
        raise InputError(
            f"{layout} files have no CAMEO code, so no {codes[0]}; count by plover or quad"
        )
    return list(dict.fromkeys(n for c in wanted if c in readers for n in readers[c].columns))


def layout_to_native(layout: str, raw: "pd.DataFrame", columns: Sequence[str]) -> "pd.DataFrame":
    """Native columns of a table of texts in a layout, in the types of `read_events`.

    What the layout does not hold is "", NaT or missing; `mentions`, `sources` and `articles` are
    then 1, for the row itself.
    """
    import pandas as pd

    made = {c: _column(READERS[layout], c, raw) for c in columns}
    return pd.DataFrame(made, index=raw.index)


def with_codes(layout: str, raw: "pd.DataFrame") -> "pd.DataFrame":
    """The rows of a table whose event code is one of CAMEO, as far as the table has codes."""
    reader = READERS[layout].get("event_code")
    if reader is None or reader.columns[0] not in raw:
        return raw
    codes = raw[reader.columns[0]]
    return raw[codes.isin({c for c in codes.unique() if entry_of(c)})].reset_index(drop=True)


def entry_of(code: str) -> EventCode | None:
    """The entry of a code, else of its base or root: GDELT has codes that the codebook lacks."""
    known = _ontology().codes
    return known.get(code) or known.get(code[:3]) or known.get(code[:2])


_ontology = cache(load_ontology)


def _column(readers: dict[str, Reader], name: str, raw: "pd.DataFrame") -> "pd.Series":
    import pandas as pd

    if name in readers:
        texts = _apply(readers[name], raw)
    elif name in FROM_CODE and "event_code" in readers:
        texts = raw[readers["event_code"].columns[0]].map(
            {c: _from_code(c, name) for c in raw[readers["event_code"].columns[0]].unique()}
        )
    else:
        texts = pd.Series("", index=raw.index, dtype=str)
    if name in EVENT_DATES:
        return pd.to_datetime(texts, format="%Y-%m-%d", errors="coerce")
    if name in NUMBERS:
        return pd.to_numeric(texts, errors="coerce").astype(float)
    if name in ("mentions", "sources", "articles"):
        return pd.to_numeric(texts, errors="coerce").fillna(1).astype("int64")
    if name == "quad_class":
        return pd.to_numeric(texts, errors="coerce").fillna(0).astype("int64")
    if name in ("sentence_index", "lead"):
        return pd.to_numeric(texts, errors="coerce").astype("Int64")
    return texts.astype(str)


def _apply(reader: Reader, raw: "pd.DataFrame") -> "pd.Series":
    """The native texts; the function is called once for each combination that occurs."""
    import pandas as pd

    if reader.make is str:
        return raw[reader.columns[0]]
    if len(reader.columns) == 1:
        column = raw[reader.columns[0]]
        return column.map({v: reader.make(v) for v in column.unique()})
    index, pairs = pd.factorize(pd.MultiIndex.from_frame(raw[list(reader.columns)]))
    made = pd.Series([reader.make(*p) for p in pairs], dtype=str)
    return pd.Series(made.to_numpy()[index], index=raw.index)


def _from_code(code: str, name: str) -> str:
    entry = entry_of(code)
    if entry is None:
        return ""
    own = {"base_code": code[:3], "root_code": code[:2], "event_name": entry.name}
    return own.get(name) or str(getattr(entry, name, ""))


def actor_from_gdelt(code: str) -> str:
    """GDELT has "COP" where the native code is "---COP"."""
    return "---" + code if is_role(code[:3]) else code


def _actor(country: str, sectors: list[str], named: bool) -> str:
    """An actor code of a country and sectors: country and one role, or the international type."""
    abroad = [s for s in sectors if is_part(s, "international")]
    roles = [s for s in sectors if is_role(s)]
    role = next((s for s in roles if is_part(s, "primary")), roles[0] if roles else "")
    if country or not abroad:
        return (country or "---" if named or role or country else "") + role
    return abroad[0] + role


def actor_from_icews(name: str, sectors: str, country: str) -> str:
    """Country and role of an ICEWS actor as an actor code: "JPNGOV", "INDCOP", "IGO", "---COP".

    ICEWS lists a sector in any order with those it belongs to ("Police,Government"): the most
    special one counts, of several the first in CAMEO's order. The executive is the government,
    whatever its ministry ("Military,Executive,Government").
    """
    listed = set(sectors.lower().split(","))
    found = {own: (code, above) for own, code, above in _icews_sectors() if own in listed}
    general = {a for _, above in found.values() for a in above}
    if "executive" in listed:
        general.discard("government")
    codes = [code for own, (code, _) in found.items() if own not in general]
    return _actor(country_by("name").get(country.lower(), ""), codes, bool(name))


@cache
def _icews_sectors() -> list[tuple[str, str, tuple[str, ...]]]:
    """Sectors of ICEWS in small letters with their code and the sectors that they belong to."""
    every = ((p.code, [s.lower() for s in p.icews_sectors]) for p in actor_parts().values())
    return [(names[-1], code, tuple(names[:-1])) for code, names in every if names]


def actor_from_polecat(name: str, sector: str, country: str) -> str:
    """Country and primary sector of a POLECAT actor as an actor code."""
    known = {p.plover_sector: p.code for p in actor_parts().values() if p.plover_sector}
    found = [known[s] for s in sector.split(";")[:1] if s in known]
    return _actor(country_by("iso3").get(country[:3], ""), found, bool(name))


def _day(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) >= 8 else ""


def _gdelt_country(name: str, fips: str) -> str:
    """The country of a place by its FIPS code, else by the end of its name ("Gaza, Palestine")."""
    last = name.rpartition(", ")[2].lower()
    return country_by("fips").get(fips) or country_by("name").get(last, "")


def _gdelt_place(name: str, fips: str) -> str:
    """The place before the country of a full name; "" if there is only the country.

    What the gazetteer calls so ("Kano, Kano, Nigeria") is its place ("Kano").
    """
    code = _gdelt_country(name, fips)
    place = load_gazetteer().known(code, name.partition(", ")[0])
    if place and full_name(place) == name:
        return place.name if place.kind != "country" else ""
    country = countries()[code].name if code else ""
    return "" if name == country else name.removesuffix(f", {country}")


def _articles(sentence_ids: str) -> set[str]:
    return {i.rpartition("_")[0] for i in sentence_ids.split(";")}


def _plover(event_type: str) -> str:
    return PLOVER_SYNONYMS.get(event_type.upper(), event_type.upper())


def _quad(text: str) -> str:
    return next((str(n) for n, name in QUAD_CLASSES.items() if text.lower() == name), text)


def _same(**columns: str) -> dict[str, Reader]:
    return {native: Reader((name,)) for native, name in columns.items()}


_GDELT = _same(
    event_id="GLOBALEVENTID", source_text="Actor1Name", target_text="Actor2Name",
    event_code="EventCode", goldstein="GoldsteinScale", mentions="NumMentions",
    sources="NumSources", articles="NumArticles", lead="IsRootEvent", latitude="ActionGeo_Lat",
    longitude="ActionGeo_Long", url="SOURCEURL",
) | {
    "date": Reader(("SQLDATE",), _day),
    "article_date": Reader(("DATEADDED",), _day),
    "source": Reader(("Actor1Code",), actor_from_gdelt),
    "target": Reader(("Actor2Code",), actor_from_gdelt),
    "place": Reader(("ActionGeo_FullName", "ActionGeo_CountryCode"), _gdelt_place),
    "country": Reader(("ActionGeo_FullName", "ActionGeo_CountryCode"), _gdelt_country),
}  # fmt: skip
_ICEWS = _same(
    event_id="Event ID", date="Event Date", source_text="Source Name", target_text="Target Name",
    event_code="CAMEO Code", goldstein="Intensity", article_id="Story ID", publisher="Publisher",
    latitude="Latitude", longitude="Longitude",
) | {
    "place": Reader(("City", "Province"), lambda city, province: city or province),
    "source": Reader(("Source Name", "Source Sectors", "Source Country"), actor_from_icews),
    "target": Reader(("Target Name", "Target Sectors", "Target Country"), actor_from_icews),
    "country": Reader(("Country",), lambda name: country_by("name").get(name.lower(), "")),
    "sentence_index": Reader(("Sentence Number",), lambda n: str(int(n) - 1) if n.isdigit() else ""),
    "lead": Reader(("Sentence Number",), lambda n: str(int(n == "1")) if n.isdigit() else ""),
}  # fmt: skip
_PHOENIX = _same(
    event_id="EventID", source="SourceActorFull", target="TargetActorFull",
    event_code="EventCode", goldstein="GoldsteinScore", latitude="Lat", longitude="Lon",
    place="LocationName", url="URLs", publisher="NewsSources",
) | {
    "date": Reader(("Date",), _day),
    "country": Reader(("CountryName",), lambda name: country_by("name").get(name.lower(), "")),
    "mentions": Reader(("SentenceIDs",), lambda ids: str(ids.count(";") + 1)),
    "sources": Reader(("NewsSources",), lambda names: str(len(set(names.split(";"))))),
    "articles": Reader(("SentenceIDs",), lambda ids: str(len(_articles(ids)))),
    "article_id": Reader(("SentenceIDs",), lambda ids: ids.split(";")[0].rpartition("_")[0]),
    "sentence_index": Reader(("SentenceIDs",), lambda ids: ids.split(";")[0].rpartition("_")[2]),
}  # fmt: skip
_POLECAT = _same(
    event_id="Event ID", date="Event Date", article_date="Publication Date",
    source_text="Actor Name", target_text="Recipient Name", goldstein="Intensity",
    latitude="Latitude", longitude="Longitude", place="Placename", publisher="Source",
    model="Version",
) | {
    "source": Reader(("Actor Name", "Primary Actor Sector", "Actor Country"), actor_from_polecat),
    "target": Reader(
        ("Recipient Name", "Primary Recipient Sector", "Recipient Country"), actor_from_polecat
    ),
    "plover": Reader(("Event Type",), _plover),
    "quad_class": Reader(("Quad Code",), _quad),
    "country": Reader(("Country",), lambda iso3: country_by("iso3").get(iso3, "")),
}  # fmt: skip

READERS: dict[str, dict[str, Reader]] = {
    "gdelt": _GDELT, "gdelt1": _GDELT, "icews": _ICEWS, "phoenix": _PHOENIX, "polecat": _POLECAT,
}  # fmt: skip
