"""Arithmetic of CAMEO actor codes: country, then role, then the rest, each three letters."""

from collections.abc import Sequence

from coder.actors import Agent
from coder.words import word_classes

NOWHERE = "---"
"""Stands for the country of an agent as long as (or if) the context does not give it."""

_INTERNATIONAL = ("IGO", "NGO", "NGM", "MNC", "IMG", "INT", "UIS")
_HOSTILE = ("REB", "INS", "SEP", "OPP", "UAF", "CRM")
_PRIMARY = (*_HOSTILE, "COP", "GOV", "JUD", "MIL", "SPY")


def is_international(code: str) -> bool:
    """Whether a code belongs to no country: IGO, NGO, MNC and the like."""
    return code[:3] in _INTERNATIONAL


def agents_to_role(agents: Sequence[Agent]) -> str:
    """The one role of a row of role nouns: "police chief" COP, "government troops" MIL.

    Rebels and opposition outrank what they do ("rebel commander"); primary roles outrank
    secondary ones ("student protesters"); the last noun wins among equals, but never a bare GOV.
    """
    codes = [a.code for a in agents]
    if len(codes) == 1:
        return codes[0]
    for wanted in (_HOSTILE, _PRIMARY):
        fitting = [c for c in codes if c[:3] in wanted and c != "GOV"]
        if fitting:
            return fitting[-1]
    return "GOV" if "GOV" in codes else codes[-1]


def join(base: str, role: str) -> str:
    """Actor code of a base ("TUR", "RUSGOV", "IGOUNO", "") with a role: "TURCOP", "IGOUNOPKO".

    A base that already has a role keeps it; an organisation of states takes no GOV; a role that is
    international by itself ("IGOPKO") takes no country; no base leaves the country open.
    """
    if is_international(role):
        if base.startswith("IGO") and role.startswith("IGO"):
            return base if base.endswith(role[3:]) else base + role[3:]
        return role
    if not base:
        return NOWHERE + role
    if is_international(base):
        return base if role in ("GOV", "") or role in base else base + role
    if len(base) > 3:
        return base
    return base + role if base != role else base


def former(code: str) -> str:
    """The code of a former office holder: country and ELI; armed groups stay what they are."""
    if is_international(code) or code[3:6] in _HOSTILE:
        return code
    return code[:3] + "ELI"


def is_weak(agent: Agent) -> bool:
    """Whether an agent has the role of what it leads or belongs to ("spokesman for ...")."""
    words = agent.name.partition(" of ")[0].rsplit(" ", 1)
    return words[-1] in word_classes()["weak"]
