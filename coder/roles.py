"""Arithmetic of CAMEO actor codes: country, then role, then the rest, each three letters."""

from collections.abc import Sequence
from functools import lru_cache

from coder.actors import Agent
from coder.words import word_classes

NOWHERE = "---"
"""Stands for the country of an agent as long as (or if) the context does not give it."""

_INTERNATIONAL = ("IGO", "NGO", "NGM", "MNC", "IMG", "INT", "UIS")
_HOSTILE = ("REB", "INS", "SEP", "OPP", "UAF", "CRM")
_PRIMARY = (*_HOSTILE, "COP", "GOV", "JUD", "MIL", "SPY")
_SECONDARY = (
    "AGR", "BUS", "CVL", "DEV", "EDU", "ELI", "ENV", "HLH", "HRI", "LAB", "LEG", "MED", "REF",
    "MOD", "RAD", "PTY",
)  # fmt: skip
_TRADES = ("AGR", "CVL", "EDU", "HLH", "LAB", "REF")
_ROLES = frozenset((*_PRIMARY, *_SECONDARY))


def is_international(code: str) -> bool:
    """Whether a code belongs to no country: IGO, NGO, MNC and the like."""
    return code[:3] in _INTERNATIONAL


def agents_to_role(agents: Sequence[Agent]) -> str:
    """The one role of a row of role nouns: "police chief" COP, "government troops" MIL.

    Rebels and opposition outrank what they do ("rebel commander"); primary roles outrank
    secondary ones ("student protesters"); the last noun wins among equals, but never a bare GOV.
    """
    codes = [a.code for a in agents]
    if len(codes) == 1 or is_kin(agents[-1]) or agents[-1].name == "predecessor":
        return codes[-1]
    if agents[-2].plural and ends_in(agents[-1], "personal"):
        return codes[-1]
    if is_aboard(agents[-1]) and codes[-2] in ("AGR", "BUS"):
        return "AGR" if codes[-2] == "AGR" else "CVL"
    for wanted in (_HOSTILE, _PRIMARY):
        fitting = [c for c in codes if c[:3] in wanted and c != "GOV"]
        if fitting:
            return fitting[-1]
    if is_weak(agents[-1]) and codes[-1] == "GOV" and codes[-2] != "GOV":
        return codes[-2]
    return "GOV" if "GOV" in codes else codes[-1]


def join(base: str, role: str) -> str:
    """Actor code of a base ("TUR", "RUSGOV", "IGOUNO", "") with a role: "TURCOP", "IGOUNOPKO".

    A base that already has a role keeps it; one with a people or region ("IRQKUR") does not have
    one yet. An organisation of states takes no GOV and, like a charity, no LAB; an armed movement
    takes no arms. A role that is international by itself ("IGOPKO") takes no country; no base
    leaves the country open.
    """
    if is_international(role):
        if role == "INT" and base.startswith("IGO"):
            return base
        if base.startswith("IGO") and role.startswith("IGO"):
            return base if base.endswith(role[3:]) else base + role[3:]
        return role
    if not base:
        return NOWHERE + role
    if is_international(base):
        own = role in ("GOV", "") or role in base
        staff = role == "LAB" and base[:3] in ("IGO", "NGO")
        arms = base[:3] == "IMG" and role in (*_HOSTILE, "MIL")
        return base if own or staff or arms else base + role
    if role_of(base) or role in (base[at : at + 3] for at in range(0, len(base), 3)):
        return base
    return base + role


@lru_cache(maxsize=10_000)
def role_of(code: str) -> str:
    """The part of a code from its first role on: "GOVMIL" of "KAZGOVMIL", "REB" of "IRQKURREB"."""
    for at in range(3, len(code), 3):
        if code[at : at + 3] in _ROLES:
            return code[at:]
    return ""


@lru_cache(maxsize=10_000)
def office_of(code: str) -> str:
    """The role of an office holder in an actor code: "GOVMIL" of "KAZGOVMIL"."""
    role = role_of(code)
    return role if role[:3] in ("GOV", "MIL", "LEG", "JUD", "COP") else ""


@lru_cache(maxsize=10_000)
def is_hostile(code: str) -> bool:
    """Whether a code is that of rebels, opposition, gunmen or criminals."""
    return role_of(code)[:3] in _HOSTILE


def former(code: str) -> str:
    """The code of a former office holder: country and ELI; armed groups and those who held no
    office ("former miners") stay what they are."""
    if is_international(code) or is_hostile(code):
        return code
    return code if role_of(code)[:3] in _TRADES else code[:3] + "ELI"


def belonging(owner: str, land: str, agent: Agent, role: str, *, person: bool) -> str:
    """Code of a role noun that belongs to an actor of the country `land` ("" for none).

    Critics of an office are opposition; its supporters are civilians, unless it is a party or
    hostile itself. A person's army, lawyer or aide has the person's country and a role of its own,
    but a spokesman speaks for whom he names.
    """
    if not land or not role_of(owner):
        return join(owner, role)
    if is_opponent(agent):
        return land + "OPP"
    if is_follower(agent):
        return owner if is_hostile(owner) or "PTY" in owner else land + "CVL"
    if person and not is_voice(agent):
        return join(land, role)
    return join(owner, role)


def is_common(agent: Agent) -> bool:
    """Whether an agent held no office: a former soldier is no elite."""
    return ends_in(agent, "common")


def is_kin(agent: Agent) -> bool:
    """Whether an agent is somebody's relative: "the general's wife" is a civilian."""
    return ends_in(agent, "kin") or agent.name == "family member"


def is_naming(agent: Agent) -> bool:
    """Whether the name of a body follows an agent at once ("the newspaper La Prensa")."""
    return not agent.plural and ends_in(agent, "naming")


def is_aboard(agent: Agent) -> bool:
    """Whether an agent sails or flies ("captain"), so that the vessel tells its role."""
    return ends_in(agent, "aboard")


def is_weak(agent: Agent) -> bool:
    """Whether an agent has the role of what it leads or belongs to ("spokesman for ...")."""
    return ends_in(agent, "weak")


def is_voice(agent: Agent) -> bool:
    """Whether an agent speaks for another ("spokesman")."""
    return ends_in(agent, "voice")


def is_opponent(agent: Agent) -> bool:
    """Whether an agent is named by what it is against ("Kremlin critic")."""
    return ends_in(agent, "opponent")


def is_follower(agent: Agent) -> bool:
    """Whether an agent is named by what it is for ("Maduro supporters")."""
    return ends_in(agent, "follower")


def stateless(code: str) -> str:
    """The code of an actor whose country stays open: a people is one by itself ("---KURREB")."""
    return code[3:] if code.startswith(NOWHERE) and role_of(code) != code[3:] else code


def ends_in(agent: Agent, word_class: str) -> bool:
    """Whether the noun of an agent is of a class: "chief" of "chief of staff"."""
    return agent.name.partition(" of ")[0].rsplit(" ", 1)[-1] in word_classes()[word_class]
