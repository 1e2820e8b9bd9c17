"""Compose the actors of one sentence: country and role, titles and names, places.

Each rule is a regular expression over the class letters of `Units`; codes follow the CAMEO actor
scheme (codebook 1.1b3, chapter 3): country, then primary role, then the rest.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from coder.actors import ActorDictionary, Agent, Entry
from coder.roles import NOWHERE, agents_to_role, former, is_weak, join
from coder.units import Units
from coder.words import word_classes

_NAME = r"h?(?:[Nn](?:p*[NE]){0,4}P?|P)"
_AREA = r"t?[mk0]*(?:D[mk]*k(?:oN+)?|(?:k?o)?(?:T(?:,[CR])?|C|R)k?|N{1,2},?[CR]|N{1,2}k)"
_ACTOR = re.compile(
    rf"(?P<former>f)?(?P<others>(?:[DC],)*[DC],?&)?"
    rf"(?:(?P<land>D|[CTRMOPE]s)(?P<own>[OEM])?g?[mwNk]{{0,3}}"
    rf"|(?P<bare>C)m{{0,2}}|(?P<org>[OME])[mw]{{0,2}}|(?<=[tj])[mfg]{{1,3}}|[mf]{{0,3}})"
    rf"(?P<late>f)?(?P<role>[AaB](?:s?m?[AaB])*)(?P<name>{_NAME})?"
)
_IN = re.compile(rf"[iF]{_AREA}(?!s|[m]*[Aa])")
_OF = re.compile(
    rf"(?:[or]|u(?=[tj]?[CRTD]))t?(?:(?P<area>{_AREA})(?!s|[mw]*[Aa])|(?=(?P<actor>.)))"
)
_AND_LAND = re.compile(r"(?:,[CR])*,?&[CR](?!s|[mw]*[Aa])")
_GROUP = re.compile(r"[tj]vm{0,2}(?:[aS])|vm{0,2}(?:[aS])|tS|tvx")
_NATIVE = re.compile(rf"(?:D|[CTR]s)m{{0,2}}(?P<name>{_NAME})")
_PERSON = re.compile(_NAME)
_NAMESAKE = re.compile(r"N(?:p*N){0,3}[CTR]")
""""Michael Jordan": a country's name behind a given name is a surname."""
_START = re.compile(r"[fDCTRMOPEAaBNnhqyvmgtj]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """An actor in a sentence, units `first` to `last` (exclusive).

    `code` is "" for a name that no rule coded, "---COP" when the country is open. `ask` says
    what the article must settle: "name", "country", "he", "they" or "two". `title` is the role
    noun, `name` what to remember, `single` whether it is one person.
    """

    first: int
    last: int
    code: str
    how: str
    title: str = ""
    name: str = ""
    single: bool = False
    ask: str = ""


def units_to_phrases(
    units: Units, actors: ActorDictionary, names: Mapping[str, str], role: str = ""
) -> list[Phrase]:
    """All actors of a sentence from left to right.

    `names` are the codes of names that the article introduced; `role` is what "counterpart"
    stands for until the sentence names a role itself.
    """
    phrases: list[Phrase] = []
    at = 0
    while found := _START.search(units.letters, at):
        new, at = _phrases_at(units, found.start(), actors, names, role)
        phrases += new
        for phrase in new:
            role = role_of(phrase.code) or role
    return _fuse_appositions(units, phrases)


def role_of(code: str) -> str:
    """The role of an office holder in an actor code: "GOVMIL" of "KAZGOVMIL"."""
    return code[3:] if code[3:6] in ("GOV", "MIL", "LEG", "JUD", "COP") else ""


def _phrases_at(
    units: Units, at: int, actors: ActorDictionary, names: Mapping[str, str], role: str
) -> tuple[list[Phrase], int]:
    """The phrases that begin at a unit, and the unit to go on from; longer rules first."""
    letters = units.letters
    if letters[at] in "vtj":
        if group := _GROUP.match(letters, at):
            end = group.end() - (letters[group.end() - 1] == "x")
            title = units.word(end - 1)
            return [Phrase(at, end, "", "anaphor", title=title, ask="two")], end
        return [], at + 1
    if letters[at] in "qy":
        ask = "he" if letters[at] == "q" else "they"
        return [Phrase(at, at + 1, "", "anaphor", single=ask == "he", ask=ask)], at + 1
    if found := _ACTOR.match(letters, at):
        return _actor(units, found, actors, names, role)
    if letters[at] in "mgf":
        return [], at + 1
    if found := _NATIVE.match(letters, at):
        return [_native(units, found, actors, names)], found.end()
    if found := _NAMESAKE.match(letters, at):
        return _person(units, found, names), found.end()
    if found := _PERSON.match(letters, at):
        return _person(units, found, names), found.end()
    return _known(units, at)


def _known(units: Units, at: int) -> tuple[list[Phrase], int]:
    """A dictionary name that stands alone."""
    entry = units.found[at]
    if not isinstance(entry, Entry) or _is_thing(units, at):
        return [], at + 1
    last = at + 3 if units.letters[at : at + 3] in ("T,C", "T,R") else at + 1
    return [Phrase(at, last, entry.code, "dictionary", name=_text(units, at, at + 1))], last


def _is_thing(units: Units, at: int) -> bool:
    """Whether a name only describes what follows: "speaks Turkish", "the NATO summit"."""
    classes, following = word_classes(), units.word(at + 1)
    if units.letters[at] == "D":
        return following in classes["culture"] or units.word(at - 1) in classes["speak"]
    if units.letters[at] == "O" and following in classes["gathering"]:
        return True
    if units.letters[at : at + 2] == "TN":
        return True
    noun = units.letters[at + 1 : at + 2] == "w" and not following.endswith(("s", "ed"))
    return units.letters[at] == "T" and noun and units.word(at - 1) in ("the", "a", "this")


def _person(units: Units, found: re.Match[str], names: Mapping[str, str]) -> list[Phrase]:
    """A name without a title: from the dictionary, from the article, or still unknown."""
    name = _name_text(units, *found.span())
    entry = _entry_in(units, *found.span())
    if entry is not None and entry.kind != "person":
        entry = None
    if (
        name not in names
        and units.letters[found.start()] == "n"
        and found.end() - found.start() > 1
    ):
        rest = re.compile(_NAME).match(units.letters, found.start() + 1)
        if rest and (_name_text(units, *rest.span()) in names or entry is not None):
            return _person(units, rest, names)
    if name in names:
        return [Phrase(*found.span(), names[name], "remembered", name=name, single=True)]
    if entry is not None:
        return [Phrase(*found.span(), entry.code, "dictionary", name=name, single=True)]
    return [Phrase(*found.span(), "", "", name=name, single=True, ask="name")]


def _native(
    units: Units, found: re.Match[str], actors: ActorDictionary, names: Mapping[str, str]
) -> Phrase:
    """ "Kenya's Raila Odinga": the person's own code, else the country's."""
    [person] = _person(units, re.compile(_NAME).match(units.letters, found.start("name")), names)
    land = units.found[found.start()]
    code = person.code or (actors.country(land.code) if isinstance(land, Entry) else "")
    return replace(person, first=found.start(), code=code, how=person.how or "composed", ask="")


def _actor(
    units: Units, found: re.Match[str], actors: ActorDictionary, names: Mapping[str, str], role: str
) -> tuple[list[Phrase], int]:
    """A role noun with all that belongs to it: "former Egyptian president Hosni Mubarak"."""
    first, last = found.span()
    begin, end = found.span("role")
    agents = [a for a in units.found[begin:end] if isinstance(a, Agent)]
    head = agents[-1]
    if found["name"] and units.letters[end - 1] == "a":
        last = end
    base = _base(units, found, actors)
    if _is_adjective(units, begin, end, base, last):
        return [], end
    own = role if head.name == "counterpart" else agents_to_role(agents)
    if head.name == "counterpart" and not (base and own) and last == end:
        return [], end
    code = join(base, own)
    name = _name_text(units, end, last) if last > end else ""
    if name:
        entry = _entry_in(units, end, last)
        known = names.get(name) or (entry.code if entry else "")
        code = _merge(code, known, bool(found["former"] or found["late"]))
    if found["former"] or found["late"]:
        code = former(code)
    how = "inferred" if code.startswith(NOWHERE) else "composed"
    phrase = Phrase(
        first, last, code, how, title=head.name, name=name,
        single=units.letters[end - 1] != "a",
        ask="country" if how == "inferred" or code in ("IGO", "NGO") else "",
    )  # fmt: skip
    if found["others"]:
        phrase = replace(phrase, first=found.end("others"))
    phrase = _tail(units, phrase, head, actors, names, role)
    before = _others(units, found, own, phrase)
    after = _further(units, phrase, own, actors) if units.letters[end - 1] == "a" else []
    return [*before, phrase, *after], (after or [phrase])[-1].last


def _merge(code: str, known: str, gone: bool) -> str:
    """Of what the text says of a person and what is known of the name, the more telling."""
    if not known or known.startswith(NOWHERE):
        return code
    if code.startswith(NOWHERE):
        return known[:3] + code[3:] if gone or not known[3:] else known
    return known if known[:3] == code[:3] and code[3:6] in known else code


def _is_adjective(units: Units, begin: int, end: int, base: str, last: int) -> bool:
    """Whether a lone "general" or "head" is no actor here."""
    if base or last > end or end - begin > 1:
        return False
    agent = units.found[begin]
    if not isinstance(agent, Agent) or agent.plural:
        return False
    return agent.name in word_classes()["ambiguous"] and units.word(begin - 1) not in ("the", "a")


def _base(units: Units, found: re.Match[str], actors: ActorDictionary) -> str:
    """The code that a role is added to, from the country or group before it."""
    codes = []
    for group in ("land", "bare", "org", "own"):
        if found[group]:
            entry = units.found[found.start(group)]
            code = entry.code if isinstance(entry, Entry) else ""
            if units.letters[found.start(group)] in "PT":
                code = actors.country(code) or code
            codes.append((code, units.letters[found.start(group)]))
    if not codes:
        return ""
    land, letter = codes[0]
    if len(codes) > 1 and codes[1][1] != "E":
        return codes[1][0]
    return land


def _others(units: Units, found: re.Match[str], role: str, phrase: Phrase) -> list[Phrase]:
    """The first nations of "Egyptian, Sudanese and Ethiopian officials", each with the role."""
    if not found["others"]:
        return []
    return [
        Phrase(i, i + 1, join(entry.code, role), "composed", title=phrase.title)
        for i in range(*found.span("others"))
        if isinstance(entry := units.found[i], Entry)
    ]


def _further(units: Units, phrase: Phrase, role: str, actors: ActorDictionary) -> list[Phrase]:
    """The other nations of "foreign ministers of Norway and Sweden", each with the role."""
    more = _AND_LAND.match(units.letters, phrase.last)
    if (
        not more
        or units.letters[phrase.last - 1] not in "CR"
        or units.word(phrase.last - 2) != "of"
    ):
        return []
    return [
        Phrase(i, i + 1, join(actors.country(entry.code), role), "composed", title=phrase.title)
        for i in range(*more.span())
        if isinstance(entry := units.found[i], Entry)
    ]


def _tail(
    units: Units, phrase: Phrase, head: Agent, actors: ActorDictionary, names: Mapping[str, str],
    role: str,
) -> Phrase:  # fmt: skip
    """Add what follows a role: "in Sivas", "of Kenya", "for the Sudanese rebels"."""
    while phrase.last < len(units.letters):
        following = units.letters[phrase.last]
        if following == "u" and head.name.rsplit(" ", 1)[-1] not in word_classes()["envoy"]:
            return phrase
        if following == "F" and phrase.code[-3:] not in ("REF", "CVL", "LAB", "EDU", "MED"):
            return phrase
        if place := _IN.match(units.letters, phrase.last):
            land = _land_in(units, place.start(), place.end(), actors)
            if not land and phrase.ask:
                return phrase
            phrase = _placed(replace(phrase, last=place.end()), land)
        elif of := _OF.match(units.letters, phrase.last):
            if of["area"]:
                land = _land_in(units, of.start(), of.end(), actors)
                phrase = replace(phrase, last=of.end())
                phrase = phrase if following == "u" else _placed(phrase, land)
                continue
            inner, last = _phrases_at(units, of.start("actor"), actors, names, role)
            if not inner or not phrase.ask or inner[0].first != of.start("actor"):
                return phrase
            code = inner[0].code
            if inner[0].ask == "two":
                return replace(phrase, last=inner[0].last, ask="two", how="anaphor")
            if code and not is_weak(head) and phrase.code not in ("IGO", "NGO"):
                code = join("" if code.startswith(NOWHERE) else code, phrase.code[3:])
            if not code:
                return phrase
            ask = "country" if code.startswith(NOWHERE) else ""
            how = "inferred" if ask else "composed"
            return replace(phrase, last=inner[0].last, code=code, ask=ask, how=how)
        else:
            return phrase
    return phrase


def _placed(phrase: Phrase, land: str) -> Phrase:
    """Give an agent without a country that of its place."""
    if not phrase.ask or not land:
        return phrase
    return replace(phrase, code=join(land, phrase.code[3:]), ask="", how="composed")


def _land_in(units: Units, first: int, last: int, actors: ActorDictionary) -> str:
    for index in range(last - 1, first - 1, -1):
        entry = units.found[index]
        if isinstance(entry, Entry) and units.letters[index] in "CRTD":
            return actors.country(entry.code)
    return ""


def _fuse_appositions(units: Units, phrases: list[Phrase]) -> list[Phrase]:
    """ "Ali Omar, a spokesman for the rebels," and "the foreign minister, Ali Omar," are one."""
    out: list[Phrase] = []
    for phrase in phrases:
        last = out[-1] if out else None
        between = units.letters[last.last : phrase.first] if last else ""
        if last and between in (",", ",t", ",j", ",jm", ",tm") and last.single and phrase.single:
            if last.name and not last.title and phrase.title and not phrase.name:
                code = _merge(phrase.code, last.code, gone=False)
                ask = "country" if code.startswith(NOWHERE) else ""
                out[-1] = replace(phrase, first=last.first, code=code, name=last.name, ask=ask)
                continue
            closed = units.letters[phrase.last : phrase.last + 1] in (",", ".", "s", "")
            unnamed = last.title and not last.name and phrase.name and not phrase.title
            same = phrase.ask == "name" or phrase.code[:3] == last.code[:3]
            if unnamed and same and closed:
                out[-1] = replace(last, last=phrase.last, name=phrase.name)
                continue
        out.append(phrase)
    return out


def _entry_in(units: Units, first: int, last: int) -> Entry | None:
    return next((e for e in units.found[first:last] if isinstance(e, Entry)), None)


def _name_text(units: Units, first: int, last: int) -> str:
    return _text(units, first + (units.letters[first] == "h"), last)


def _text(units: Units, first: int, last: int) -> str:
    return units.text[units.starts[first] : units.ends[last - 1]]
