"""Compose the actors of one sentence: country and role, titles and names, places.

Each rule is a regular expression over the class letters of `Units`; codes follow the CAMEO actor
scheme (codebook 1.1b3, chapter 3): country, then primary role, then the rest.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from coder.actors import ActorDictionary, Agent, Entry
from coder.anaphors import THINGS, match_anaphor, match_body
from coder.appositions import Phrase, fuse_appositions, merge_codes
from coder.bases import (
    base_of,
    code_on_base,
    further,
    is_adjective,
    is_religion,
    others,
    role_here,
)
from coder.persons import (
    NAME,
    entry_in,
    is_people,
    known_person,
    match_person,
    name_text,
    text_of,
    with_name,
)
from coder.roles import (
    NOWHERE,
    agents_to_role,
    belonging,
    former,
    is_common,
    is_kin,
    is_naming,
    is_opponent,
    is_voice,
    join,
    office_of,
)
from coder.tails import ends_here, land_in, of_region, placed, whole
from coder.things import is_thing, is_verb, match_name
from coder.units import Units
from coder.words import word_classes

_AREA = r"t?[mk0]*(?:D[mk]*k(?:oN+)?|(?:k?o)?(?:T(?!N)(?:,[CR])?|C(?:,R(?=[,.)]|$)(?!,?&|,[CRT]))?|R)k?|N{1,2},?[CR]|N{1,2}k)"
_ACTOR = re.compile(
    rf"(?P<former>fw?)?(?P<others>(?:[DC],)*[DC],?&)?"
    rf"(?:(?P<land>D|[CTRMOPE]s)(?P<own>[OEM])?g?[mwNkv0]{{0,3}}"
    rf"|(?P<bare>[CTR])m{{0,2}}|(?P<chief>P)|(?P<org>[OME])[mw]{{0,2}}|(?<=[tj])[mfg]{{1,3}}|[mf]{{0,3}})"
    rf"(?P<late>f)?(?P<role>[AaB](?:s?m?[AaB])*)(?P<name>{NAME})?"
)
_IN = re.compile(rf"[iF]{_AREA}(?!s|[m]*[Aa])")
_OF = re.compile(
    rf"(?:oj?|r|F(?=v|t?O)|i(?=t?v|t(?:D|[CT]s?|N)?m*[aA])|F(?=t?(?:D|[CT]s)m*a)|u(?=[tj]?[CRTD]))t?(?:[gwx](?=D[mw]*[AaB]))?(?:(?P<area>{_AREA})(?!s|[mw]*[Aa])|(?=(?P<actor>.)))"
)
NESTED = 20
""""The aide to the spokesman of the head of ..." is read so far."""

_PORTFOLIO = re.compile(r"[or]t?N{1,3}(?:,N{1,2})*(?:,?&N{1,3})?(?=[,.x]|$)")
""""Cabinet Secretary for Interior", "Minister of Lands, Housing and Works"."""
_SITE = re.compile(r"i[tj]?(?:D|[CTR]s)[mwk]{0,3}[wk](?![mw]*[AaNs])")
""""Workers at a Cambodian shoe factory", "in a Turkish prison"."""
_OF_SITE = re.compile(rf"ot?j?[mwN]{{1,4}}(?=i{_AREA})")
""""The imam of the Grand Mosque in Abidjan"."""
_BOTH_LANDS = re.compile(r"[iF]t?v[mDERN]{0,2}S")
_OWNED = re.compile(rf"s[mwNk]{{0,3}}(?P<role>[AaB](?:m?[AaB])*)(?P<name>{NAME})?")
_TWINS = re.compile(r"tN|t?vN")
_START = re.compile(r"[fDCTRMOPEAaBNnhqyzvmgtj0]")


def units_to_phrases(
    units: Units, actors: ActorDictionary, names: Mapping[str, str], role: str
) -> list[Phrase]:
    """All actors of a sentence from left to right.

    `names` are the codes of names that the article introduced; `role` is what "counterpart"
    stands for until the sentence names a role itself.
    """
    phrases: list[Phrase] = []
    at = 0
    while found := _START.search(units.letters, at):
        new, at = _phrases_at(units, found.start(), actors, names, role)
        if new and new[-1].last == at:
            new[-1] = _owned(units, new[-1], actors)
            at = new[-1].last
        phrases += new
        for phrase in new:
            role = office_of(phrase.code) or role
    return fuse_appositions(units, phrases)


def _phrases_at(
    units: Units, at: int, actors: ActorDictionary, names: Mapping[str, str], role: str,
    nested: int = 0,
) -> tuple[list[Phrase], int]:  # fmt: skip
    """The phrases that begin at a unit, and the unit to go on from; longer rules first.

    `nested` says in how many roles the phrase stands ("the aide to the spokesman of ...").
    """
    letters = units.letters
    if letters[at] in "vtj":
        if (twins := _TWINS.match(letters, at)) and units.word(twins.end() - 1) in actors.twins:
            codes = actors.twins[units.word(twins.end() - 1)]
            return [Phrase(at, twins.end(), c, "dictionary") for c in codes], twins.end()
    if letters[at] in "vtjqyz":
        anaphor = match_anaphor(units, at)
        return ([anaphor], anaphor.last) if anaphor else ([], at + 1)
    if letters[at] in "m0" and (rest := match_anaphor(units, at)):
        return [rest], rest.last
    if letters[at] == "0":
        return [], at + 1
    if end := match_name(units, at, actors):
        return [known_person(units, at, end, names)], end
    if (found := _ACTOR.match(letters, at)) and not _is_place_in_front(units, found):
        return _actor(units, found, actors, names, role, nested)
    if letters[at] in "mgf":
        return [], at + 1
    return match_person(units, at, actors, names) or _known(units, at, actors)


def _is_place_in_front(units: Units, found: re.Match[str]) -> bool:
    """Whether a town only tells where: "In Geneva negotiators met"."""
    at, role = found.start(), units.starts[found.start("role")]
    behind = found["bare"] in ("T", "R") and units.letter(at - 1) == "i"
    return behind and not units.text[role].isupper()


def _known(units: Units, at: int, actors: ActorDictionary) -> tuple[list[Phrase], int]:
    """A dictionary name that stands alone; "Paris, Texas" is in Texas."""
    entry = units.found[at]
    if not isinstance(entry, Entry) or is_thing(units, at, actors):
        return [], at + 1
    last, code = at + 1, entry.code
    whole_body = units.found[at + 1] if units.letters[at : at + 2] == "DO" else None
    if isinstance(whole_body, Entry) and whole_body.code.startswith("NGO"):
        return [
            Phrase(at, at + 2, whole_body.code, "dictionary", name=text_of(units, at, at + 2))
        ], at + 2
    if units.letters[at : at + 3] in ("T,C", "T,R"):
        last = at + 3
        code = land_in(units, at, last, actors) or code
    elif units.letters[at] == "D" and is_people(units, at):
        code = join(actors.country(code), "CVL") if actors.country(code) == code else code
    elif (
        units.letters[at] in "DO"
        and units.word(at + 1) not in THINGS
        and (named := match_body(units, at + 1))
    ):
        return [replace(named, first=at, code=code)], named.last
    return [Phrase(at, last, code, "dictionary", name=text_of(units, at, at + 1))], last


def _actor(
    units: Units, found: re.Match[str], actors: ActorDictionary, names: Mapping[str, str],
    role: str, nested: int,
) -> tuple[list[Phrase], int]:  # fmt: skip
    """A role noun with all that belongs to it: "former Egyptian president Hosni Mubarak"."""
    first, last = found.span()
    begin, end = found.span("role")
    agents = [a for a in units.found[begin:end] if isinstance(a, Agent)]
    head = agents[-1]
    if found["name"] and units.letters[end - 1] == "a" and not is_naming(head):
        last = end
    base, letter = base_of(units, found, actors)
    if is_adjective(units, begin, end, base, last) or is_verb(units, agents, begin, end):
        return [], end
    own = role_here(units, agents, first, begin, role)
    equal = head.name in word_classes()["counterpart"] and last == end
    if equal and own and not base and (place := _IN.match(units.letters, end)):
        base, last = land_in(units, *place.span(), actors), place.end()
    if equal and not (base and own):
        return [], end
    if head.name == "colleague" and units.word(first - 1) not in ("his", "her", "their"):
        return [], end
    religion = letter == "E" and is_religion(units, found)
    code = code_on_base(base, letter, head, own, actors, religion=religion)
    gone = bool(found["former"] or found["late"])
    name = name_text(units, end, last) if last > end else ""
    if name:
        entry = entry_in(units, end, last)
        known = names.get(name) or (entry.code if entry else "")
        code = merge_codes(code, known, gone)
    if gone and not (is_common(head) or is_kin(head)):
        code = former(code)
    how = "inferred" if code.startswith(NOWHERE) else "composed"
    phrase = Phrase(
        first, last, code, how, title=head.name, name=name,
        single=units.letters[end - 1] != "a" and not (name and is_naming(head)),
        ask="country" if how == "inferred" or code in ("IGO", "NGO", "IGOPKO") else "",
    )  # fmt: skip
    if found["others"]:
        phrase = replace(phrase, first=found.end("others"))
    phrase = with_name(units, _tail(units, phrase, head, actors, names, role, nested))
    if is_voice(head) and phrase.ask == "country" and units.letter(phrase.last) in ("o", "r"):
        return [], end
    if is_opponent(head) and not base and phrase.last == last:
        return [], end
    before = others(units, found, own, phrase)
    after = further(units, phrase, own, actors) if units.letters[end - 1] == "a" else []
    return [*before, phrase, *after], (after or [phrase])[-1].last


def _owned(units: Units, owner: Phrase, actors: ActorDictionary) -> Phrase:
    """ "President Vladimir Putin's spokesman": what belongs to a named person, as one actor."""
    found = _OWNED.match(units.letters, owner.last)
    if not found or not owner.name or not owner.single or owner.ask or owner.code[:3] == NOWHERE:
        return owner
    begin, end = found.span("role")
    agents = [a for a in units.found[begin:end] if isinstance(a, Agent)]
    land, role = actors.country(owner.code), agents_to_role(agents)
    return Phrase(
        owner.first, found.end(), belonging(owner.code, land, agents[-1], role, person=True),
        "composed", title=agents[-1].name, single=units.letters[end - 1] != "a",
        name=name_text(units, *found.span("name")) if found["name"] else "",
    )  # fmt: skip


def _tail(
    units: Units, phrase: Phrase, head: Agent, actors: ActorDictionary, names: Mapping[str, str],
    role: str, nested: int,
) -> Phrase:  # fmt: skip
    """Add what follows a role: "in Sivas", "of Kenya", "for the Sudanese rebels"."""
    portfolio = _PORTFOLIO.match(units.letters, phrase.last)
    if portfolio and head.noun in word_classes()["portfolio"]:
        phrase = replace(phrase, last=portfolio.end())
    while phrase.last < len(units.letters):
        following = units.letters[phrase.last]
        if ends_here(units, phrase, head):
            return phrase
        if final := of_region(units, phrase) or _sent_to(units, phrase, head):
            return final
        both = _BOTH_LANDS.match(units.letters, phrase.last)
        if both and phrase.ask and following in "iF":
            return replace(phrase, last=both.end(), ask="two", how="anaphor")
        if phrase.ask and units.letters[phrase.last : phrase.last + 2] == "ot":
            named = match_anaphor(units, phrase.last + 1)
            if named and named.ask == "land":
                title = named.title
                return replace(phrase, last=named.last, ask="land", how="anaphor", title=title)
        at = (units.letters, phrase.last)
        if site := _SITE.match(*at) or _OF_SITE.match(*at):
            land = land_in(units, site.start(), site.end(), actors)
            phrase = placed(replace(phrase, last=site.end()), land)
            continue
        abroad = phrase.ask and head.name in ("embassy", "consulate")
        if not abroad and (place := _IN.match(units.letters, phrase.last)):
            land = land_in(units, place.start(), place.end(), actors)
            if not land and phrase.ask:
                return phrase
            phrase = placed(replace(phrase, last=place.end()), land)
        elif of := _OF.match(units.letters, phrase.last):
            if of["area"]:
                land = land_in(units, of.start(), of.end(), actors)
                phrase = replace(phrase, last=of.end())
                phrase = phrase if following == "u" else placed(phrase, land)
                continue
            begin = of.start("actor")
            if named := match_body(units, begin):
                inner = [named]
            elif nested < NESTED:
                inner = _phrases_at(units, begin, actors, names, role, nested + 1)[0]
            else:
                inner = []
            if not inner or inner[0].first != of.start("actor"):
                return phrase
            return whole(units, phrase, head, inner[0], actors)
        else:
            return phrase
    return phrase


def _sent_to(units: Units, phrase: Phrase, head: Agent) -> Phrase | None:
    """The whole of "a police force for Haiti", whose country stays open."""
    if units.letters[phrase.last] != "r" or not phrase.ask or not _is_sent(head):
        return None
    to = _OF.match(units.letters, phrase.last)
    return replace(phrase, last=to.end()) if to and to["area"] else None


def _is_sent(head: Agent) -> bool:
    """Whether what an agent is for is only where it goes: "a force for Haiti"."""
    return head.code in ("MIL", "COP") and head.noun in word_classes()["sent"]
