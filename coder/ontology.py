"""The CAMEO event ontology (codebook 1.1b3) with quad class, Goldstein score and PLOVER type.

Facts in `data/cameo.csv`: 20 roots, their 3-digit base codes and 4-digit codes. Goldstein
values are those of ICEWS, which follow the 1.1b3 numbering; a code without a value of its own
has its root's. Quad classes are GDELT's: 01-05, 06-08, 09-13, 14-20.
PLOVER type names follow the PLOVER manual; YIELD stands for its RETREAT and CONCEDE.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from coder.errors import OntologyError

NONE = "none"
"""The label of an ordered pair of actors between which nothing happened."""

PLOVER_SYNONYMS = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "DEMAND": "REQUEST"}
QUAD_CLASSES = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


@dataclass(frozen=True, slots=True)
class EventCode:
    """One CAMEO code: "057", its name, Goldstein score (-10 to +10) and PLOVER type ("" for 01)."""

    code: str
    name: str
    goldstein: float
    plover: str

    @property
    def root(self) -> str:
        return self.code[:2]

    @property
    def base(self) -> str:
        return self.code[:3]

    @property
    def quad_class(self) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        root = int(self.root)
        return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@dataclass(frozen=True, slots=True)
class Ontology:
    """All event codes by code string."""

    codes: dict[str, EventCode]

    def __getitem__(self, code: str) -> EventCode:
        """The entry of a code; raises OntologyError for one that CAMEO does not have."""
        try:
            return self.codes[code]
        except KeyError:
            raise OntologyError(
                f"unknown event code {code!r}; `eventcoder codebook` lists all codes"
            ) from None

    def __iter__(self) -> Iterator[EventCode]:
        return iter(self.codes.values())

    def __contains__(self, code: str) -> bool:
        return code in self.codes

    @property
    def roots(self) -> list[str]:
        """The 20 root codes, "01" to "20"."""
        return [c for c in self.codes if len(c) == 2]

    @property
    def plover_types(self) -> list[str]:
        """The PLOVER types in use, sorted."""
        return sorted({c.plover for c in self if c.plover})

    def leaves(self, root: str) -> list[str]:
        """The 3- and 4-digit codes under a root."""
        return [c for c in self.codes if c.startswith(root) and len(c) > 2]

    def label(self, text: str) -> str:
        """Check a label as users write it: a code of any level, a PLOVER name, or none.

        Returns the code, the PLOVER type in capitals, or "none"; raises OntologyError.
        """
        name = text.strip()
        upper = PLOVER_SYNONYMS.get(name.upper(), name.upper())
        if name in self.codes:
            return name
        if upper in self.plover_types:
            return upper
        if name.lower() == NONE:
            return NONE
        raise OntologyError(
            f"unknown event code {text!r}: give a CAMEO code (such as 057), a PLOVER type "
            f"({', '.join(self.plover_types)}) or none"
        )

    def search(self, text: str) -> list[EventCode]:
        """Codes under a code prefix, or whose name holds a word, in code order."""
        if text.isdigit():
            return [c for c in self if c.code.startswith(text)]
        return [c for c in self if text.lower() in c.name.lower() or text.upper() == c.plover]


def load_ontology() -> Ontology:
    """Read the ontology that ships with the package."""
    with files("coder").joinpath("data/cameo.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return Ontology(
            {
                r["code"]: EventCode(r["code"], r["name"], float(r["goldstein"]), r["plover"])
                for r in rows
            }
        )
