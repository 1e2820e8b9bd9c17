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
from coder.roles import (
    NOWHERE,
    agents_to_role,
    belonging,
    former,
    is_common,
    is_international,
    is_kin,
    is_naming,
    is_opponent,
    is_voice,
    join,
    office_of,
)
from coder.senses import AMOUNTS, COUNTS
from coder.tails import ends_here, land_in, of_region, placed, whole
from coder.things import is_thing, is_verb, match_name
from coder.units import Units
from coder.words import word_classes

_NAME = r"h?(?:[Nn](?:p*[NE]){0,4}P?|P)"
_AREA = r"t?[mk0]*(?:D[mk]*k(?:oN+)?|(?:k?o)?(?:T(?!N)(?:,[CR])?|C(?:,R(?=[,.)]|$)(?!,?&|,[CRT]))?|R)k?|N{1,2},?[CR]|N{1,2}k)"
_ACTOR = re.compile(
    rf"(?P<former>fw?)?(?P<others>(?:[DC],)*[DC],?&)?"
    rf"(?:(?P<land>D|[CTRMOPE]s)(?P<own>[OEM])?g?[mwNkv0]{{0,3}}"
    rf"|(?P<bare>[CTR])m{{0,2}}|(?P<chief>P)|(?P<org>[OME])[mw]{{0,2}}|(?<=[tj])[mfg]{{1,3}}|[mf]{{0,3}})"
    rf"(?P<late>f)?(?P<role>[AaB](?:s?m?[AaB])*)(?P<name>{_NAME})?"
)
_IN = re.compile(rf"[iF]{_AREA}(?!s|[m]*[Aa])")
_OF = re.compile(
    rf"(?:oj?|r|F(?=v|t?O)|i(?=t?v|t(?:D|[CT]s?|N)?m*[aA])|F(?=t?(?:D|[CT]s)m*a)|u(?=[tj]?[CRTD]))t?(?:[gwx](?=D[mw]*[AaB]))?(?:(?P<area>{_AREA})(?!s|[mw]*[Aa])|(?=(?P<actor>.)))"
)
_PORTFOLIO = re.compile(r"[or]t?N{1,3}(?:,N{1,2})*(?:,?&N{1,3})?(?=[,.x]|$)")
""""Cabinet Secretary for Interior", "Minister of Lands, Housing and Works"."""
_SITE = re.compile(r"i[tj]?(?:D|[CTR]s)[mwk]{0,3}[wk](?![mw]*[AaNs])")
""""Workers at a Cambodian shoe factory", "in a Turkish prison"."""
_OF_SITE = re.compile(rf"ot?j?[mwN]{{1,4}}(?=i{_AREA})")
""""The imam of the Grand Mosque in Abidjan"."""
_BOTH_LANDS = re.compile(r"[iF]t?v[mDERN]{0,2}S")
_AND_LAND = re.compile(r"(?:,[CRT])*,?&[CRT](?!s|[mw]*[Aa])")
_OWNED = re.compile(rf"s[mwNk]{{0,3}}(?P<role>[AaB](?:m?[AaB])*)(?P<name>{_NAME})?")
_TWINS = re.compile(r"tN|t?vN")
_NATIVE = re.compile(rf"(?:D|[CTR]s)m{{0,2}}(?P<name>{_NAME})")
_TRADE = re.compile(r"D(?P<trade>[mw]{0,1}w)(?P<name>NN{1,2}(?!N))")
_PERSON = re.compile(_NAME)
_WHOLE_NAME = re.compile(r"h?NN{1,2}(?![NnA])")
_CRAFT = re.compile(r"(?:(?<!mak)(?<!partn)(?<!p)er|or|ist|ian|man|eur|ess|star)$")
""""Kenyan runner Paul Kirui": the word for a person whose trade no dictionary has."""
_START = re.compile(r"[fDCTRMOPEAaBNnhqyzvmgtj0]")


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
        if new and new[-1].last == at:
            new[-1] = _owned(units, new[-1], actors)
            at = new[-1].last
        phrases += new
        for phrase in new:
            role = office_of(phrase.code) or role
    return fuse_appositions(units, phrases)


def _phrases_at(
    units: Units, at: int, actors: ActorDictionary, names: Mapping[str, str], role: str
) -> tuple[list[Phrase], int]:
    """The phrases that begin at a unit, and the unit to go on from; longer rules first."""
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
        return [_person(units, at, end, names)], end
    if (found := _ACTOR.match(letters, at)) and not _is_place_in_front(units, found):
        return _actor(units, found, actors, names, role)
    if letters[at] in "mgf":
        return [], at + 1
    if found := _NATIVE.match(letters, at):
        if units.word(found.end() - 1) in word_classes()["scenery"]:
            return [], found.end()
        return [_native(units, found, actors, names)], found.end()
    if (found := _TRADE.match(letters, at)) and _CRAFT.search(units.word(found.end("trade") - 1)):
        [person] = _name(units, *found.span("name"), names)
        land = units.found[at]
        code = join(actors.country(land.code), "CVL") if isinstance(land, Entry) else ""
        return [
            replace(
                person, first=at, code=person.code or code, how=person.how or "composed", ask=""
            )
        ], found.end()
    if found := _PERSON.match(letters, at):
        return _name(units, *found.span(), names), found.end()
    return _known(units, at, actors)


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
            Phrase(at, at + 2, whole_body.code, "dictionary", name=_text(units, at, at + 2))
        ], at + 2
    if units.letters[at : at + 3] in ("T,C", "T,R"):
        last = at + 3
        code = land_in(units, at, last, actors) or code
    elif units.letters[at] == "D" and _is_person(units, at):
        code = join(actors.country(code), "CVL") if actors.country(code) == code else code
    elif (
        units.letters[at] in "DO"
        and units.word(at + 1) not in THINGS
        and (named := match_body(units, at + 1))
    ):
        return [replace(named, first=at, code=code)], named.last
    return [Phrase(at, last, code, "dictionary", name=_text(units, at, at + 1))], last


def _is_person(units: Units, at: int) -> bool:
    """Whether a demonym is one or some of its people: "14 Indians", "a Dane was freed"."""
    before = at - 1
    while before > 0 and units.letters[before] in "mg" and units.word(before) not in COUNTS:
        before -= 1
    if units.word(at - 1) == "of" and units.word(at - 2) in AMOUNTS:
        return units.word(at).endswith(("s", "ese"))
    count, noun = units.word(before), units.word(at)
    following, after = units.letter(at + 1), units.word(at + 1)
    if noun in word_classes()["native"] and units.letter(at - 1) in ("t", "j"):
        return True
    if following not in tuple("x.,;&iF"):
        return False
    if count in COUNTS or units.letters[before] == "0":
        return noun.endswith(("s", "ese")) and not after.endswith("ing")
    describes = units.letter(at + 2) in ("w", "m")  # "a Thai invented game"
    acts = after in word_classes()["acting"] | word_classes()["aux"]
    acts = acts or (after.endswith("ed") and not describes)
    return count in ("a", "an", "another") and (following != "x" or acts or after[:2] == "wh")


def _name(units: Units, first: int, last: int, names: Mapping[str, str]) -> list[Phrase]:
    """A name without a title; the word that begins a sentence may not belong to it."""
    person = _person(units, first, last, names)
    if person.how != "remembered" and units.letters[first] == "n" and last - first > 1:
        rest = re.compile(_NAME).match(units.letters, first + 1)
        if rest and (shorter := _person(units, *rest.span(), names)).how:
            return [shorter]
    return [person]


def _person(units: Units, first: int, last: int, names: Mapping[str, str]) -> Phrase:
    """A name from the article, from the dictionary, or still unknown."""
    name = _name_text(units, first, last)
    if name in names:
        return Phrase(first, last, names[name], "remembered", name=name, single=True)
    entry = _entry_in(units, first, last)
    if entry is not None and entry.kind == "person":
        return Phrase(first, last, entry.code, "dictionary", name=name, single=True)
    return Phrase(first, last, "", "", name=name, single=True, ask="name")


def _native(
    units: Units, found: re.Match[str], actors: ActorDictionary, names: Mapping[str, str]
) -> Phrase:
    """ "Kenya's Raila Odinga": the person's own code, else the country's."""
    [person] = _name(units, *found.span("name"), names)
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
    if found["name"] and units.letters[end - 1] == "a" and not is_naming(head):
        last = end
    base, letter = _base(units, found, actors)
    if _is_adjective(units, begin, end, base, last):
        return [], end
    if is_verb(units, agents, begin, end):
        return [], end
    own = _role_here(units, agents, first, begin, role)
    equal = head.name in word_classes()["counterpart"] and last == end
    if equal and own and not base and (place := _IN.match(units.letters, end)):
        base, last = land_in(units, *place.span(), actors), place.end()
    if equal and not (base and own):
        return [], end
    if head.name == "colleague" and units.word(first - 1) not in ("his", "her", "their"):
        return [], end
    religion = letter == "E" and _is_religion(units, found)
    code = _whole_code(base, letter, head, own, actors, religion=religion)
    if letter == "E" and not actors.country(code) and not is_international(code):
        code = NOWHERE + code
    name = _name_text(units, end, last) if last > end else ""
    if name:
        entry = _entry_in(units, end, last)
        known = names.get(name) or (entry.code if entry else "")
        code = merge_codes(code, known, bool(found["former"] or found["late"]))
    if found["former"] or found["late"]:
        code = code if is_common(head) or is_kin(head) else former(code)
    how = "inferred" if code.startswith(NOWHERE) else "composed"
    phrase = Phrase(
        first, last, code, how, title=head.name, name=name,
        single=units.letters[end - 1] != "a" and not (name and is_naming(head)),
        ask="country" if how == "inferred" or code in ("IGO", "NGO", "IGOPKO") else "",
    )  # fmt: skip
    if found["others"]:
        phrase = replace(phrase, first=found.end("others"))
    phrase = _tail(units, phrase, head, actors, names, role)
    phrase = _with_name(units, phrase)
    if is_voice(head) and phrase.ask == "country" and units.letter(phrase.last) in ("o", "r"):
        return [], end
    if is_opponent(head) and not base and phrase.last == last:
        return [], end
    before = _others(units, found, own, phrase)
    after = _further(units, phrase, own, actors) if units.letters[end - 1] == "a" else []
    return [*before, phrase, *after], (after or [phrase])[-1].last


def _whole_code(
    base: str, letter: str, head: Agent, role: str, actors: ActorDictionary, *, religion: bool
) -> str:
    """The code of a role of the actor that stands before it; leaders of a people hold no office."""
    if base.startswith("IGO") and role in ("COP", "CVL") and head.name != "police":
        noun = head.noun.removesuffix("s")
        role = "" if noun in word_classes()["staff"] else role
    if letter in "PMO":
        return belonging(base, actors.country(base), head, role, person=letter == "P")
    if letter == "E" and role == "GOV" and (head.name == "leader" or religion):
        return base
    if letter == "E" and base.endswith("RAD"):  # "Islamist lawmakers"
        return join(base.removesuffix("RAD"), role)
    return join(base, role)


def _role_here(units: Units, agents: list[Agent], first: int, begin: int, role: str) -> str:
    """The role of a row of role nouns; `role` is that of the office that the article spoke of."""
    head, before = agents[-1].name, range(max(0, first - 1), begin)
    if head in word_classes()["counterpart"]:
        return role
    own = agents_to_role(agents)
    return "LAB" if own == "CVL" and "striking" in map(units.word, before) else own


def _with_name(units: Units, phrase: Phrase) -> Phrase:
    """Add the name in "head of the Kenyan army Ali Omar"."""
    found = _WHOLE_NAME.match(units.letters, phrase.last)
    if not found or not phrase.single or phrase.name or units.letters[phrase.last - 1] not in "aO":
        return phrase
    return replace(phrase, last=found.end(), name=_name_text(units, *found.span()))


def _is_adjective(units: Units, begin: int, end: int, base: str, last: int) -> bool:
    """Whether a lone "general" or "head" is no actor here."""
    if base or last > end or end - begin > 1:
        return False
    agent = units.found[begin]
    if not isinstance(agent, Agent) or agent.plural:
        return False
    rank = agent.name in word_classes()["military"]
    at = units.left_of(begin - 1, "fw" if rank else "f")
    return agent.name in word_classes()["ambiguous"] and units.word(at) not in ("the", "a", "an")


def _base(units: Units, found: re.Match[str], actors: ActorDictionary) -> tuple[str, str]:
    """The code that a role is added to, from the country or group before it, and its letter."""
    codes = []
    for group in ("land", "bare", "chief", "org", "own"):
        if found[group]:
            entry = units.found[found.start(group)]
            code = entry.code if isinstance(entry, Entry) else ""
            letter = units.letters[found.start(group)]
            codes.append((actors.country(code) or code if letter == "T" else code, letter))
    if not codes:
        return "", "-"
    if len(codes) == 1:
        return codes[0]
    (land, letter), (own, own_letter) = codes
    if own_letter != "E":
        return own, own_letter
    if not actors.country(land) or actors.country(own) not in ("", land):
        return land, letter
    return own if actors.country(own) else land + own, "D"


def _is_religion(units: Units, found: re.Match[str]) -> bool:
    """Whether "leaders" are those of a religion: "Roman Catholic leaders" hold no public office."""
    entry = units.found[found.start("own" if found["own"] else "org")]
    return isinstance(entry, Entry) and entry.kind == "religion"


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
        name=_name_text(units, *found.span("name")) if found["name"] else "",
    )  # fmt: skip


def _others(units: Units, found: re.Match[str], role: str, phrase: Phrase) -> list[Phrase]:
    """The first nations of "Egyptian, Sudanese and Ethiopian officials", each with the role."""
    if not found["others"]:
        return []
    if role == "INT":  # "Denmark and other donors"
        return [
            Phrase(i, i + 1, entry.code, "dictionary")
            for i in range(*found.span("others"))
            if isinstance(entry := units.found[i], Entry)
        ]
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
        or units.letters[phrase.last - 1] not in "CRT"
        or units.word(phrase.last - 2) not in ("of", "from")
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
            title = phrase.title
            return replace(phrase, last=both.end(), ask="two", how="anaphor", title=title)
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
            named = match_body(units, of.start("actor"))
            inner = (
                [named] if named else _phrases_at(units, of.start("actor"), actors, names, role)[0]
            )
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


def _entry_in(units: Units, first: int, last: int) -> Entry | None:
    return next((e for e in units.found[first:last] if isinstance(e, Entry)), None)


def _name_text(units: Units, first: int, last: int) -> str:
    return _text(units, first + (units.letters[first] == "h"), last)


def _text(units: Units, first: int, last: int) -> str:
    return units.text[units.starts[first] : units.ends[last - 1]]
