"""The country that a sentence and its article give to an agent that names none ("the police").

Countries that something is only done to or said to do not count, nor do places for soldiers and
offices.
"""

from collections.abc import Sequence

from coder.actors import ActorDictionary, Agent, Entry
from coder.anaphors import DEFINITE
from coder.appositions import Phrase
from coder.memory import Memory, only_code
from coder.ranks import SUBJECT, is_plural, rank_of
from coder.roles import role_of
from coder.turns import turn
from coder.units import Units
from coder.words import word_classes

ADDRESSING = ("to", "with", "for", "against", "by")
HARMING = ("killing", "wounding", "injuring", "hurting")
""""Injuring three sailors" are rather those of the other country."""

DEMANDS = ("demanded", "demands", "requested", "proposed", "asked")
""""Demanded that the army leave": that of another country."""

CAUSES = ("since", "after", "because", "when")
""""Have fled since war began in Mali": they come from there."""

CROSSING = frozenset("crossed fled flee fleeing escaped streamed poured".split())
CROSSING_REACH = 4
"""Who crosses or flees, so many words before the verb, is rather not of where he goes."""

MEETING = frozenset("met meet meeting talks negotiations summit conference".split())
VENUE_REACH = 3
"""Where people meet, so many words behind the meeting, is not where the others are."""

SPEECH_REACH = 4
""""The minister told reporters in Dhaka": so many words to the town."""

PLACE_WORDS = ("in", "near", "outside", "across", "inside")
ARMED = ("REB", "UAF", "INS", "SEP")
"""Those who fight a government."""

OFFICES = ("GOV", "MIL", "SPY", "ELI")
"""Roles that deal with other countries: what they act upon is not their own country."""


def determiner(phrase: Phrase, units: Units) -> str:
    """The word in front of a phrase, numbers and modifiers aside: "the" of "the four inspectors".

    "Said that militants" has none.
    """
    word = units.word(_determiner_at(phrase, units))
    return "" if word == "that" and is_plural(phrase, units) else word


def _determiner_at(phrase: Phrase, units: Units) -> int:
    at = phrase.first - 1
    while at > 0 and _is_skipped(units, at) and units.letters[at - 1] in "mv0tj":
        at -= 1
    return at


def _is_skipped(units: Units, at: int) -> bool:
    return units.letters[at] in "mv0" or units.word(at) in ("last", "remaining", "own")


def is_joined(units: Units, left: Phrase, right: Phrase) -> bool:
    """Whether two actors are named as equals: "the army and the rebels"."""
    return units.letters[left.last : right.first].strip("tjm0o") in ("&", ",&")


def from_sentence(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary,
    memory: Memory, before: str,
) -> str:  # fmt: skip
    """The country the article goes on with; the dateline's, unless the sentence speaks only of
    others; for whoever is named first or has something done to him the country that the article is
    about; that of the same role before; a place of the sentence; its only country; of several, or
    of none, the article's.
    """
    others = {actors.country(p.code) for p in phrases if _is_acted_upon(p, phrase, units)}
    answering = turn(phrase, phrases[0], units, memory)
    about = answering or memory.setting
    main = answering or memory.home or about
    named = _named(phrase, units, phrases, actors, main)
    if phrase.code[3:6] in ("CVL", "REF") and _crosses(phrase, units):
        return _left(main, phrase, phrases, units, actors)
    if memory.home == main != "" and (not named or main in named):
        return main
    if spoken := _spoken_in(phrase, units, actors, memory):
        return spoken
    same = memory.roles.get(role_of(phrase.code), set())
    if len(same) == 1 and phrase.code[3:6] == "MIL" and rank_of(phrase, units) == SUBJECT:
        if not named - same:
            return min(same)
    left = [land for p in phrases if p.last <= phrase.first and (land := actors.country(p.code))]
    first = not left
    placed = {
        actors.country(p.code)
        for p in phrases
        if _is_its_place(p, phrase, phrases, units) and not (main and _is_venue(p, units))
    } - {""}
    office = phrase.code[3:6] in (*OFFICES, "COP", "JUD", "LEG")
    if first and main not in ("", *others) and (office or not placed):
        return main
    definite = before in DEFINITE
    hostile = phrase.code[3:6] in ARMED
    if len(same) == 1 and (definite or hostile) and phrase.code[3:6] != "GOV":
        return min(same)
    if definite and memory.home and phrase.code[3:6] in OFFICES:
        return memory.home
    victims = (named & {*left[1:]}) - {main, *left[:1]}
    if units.word(_determiner_at(phrase, units)) in HARMING and len(victims) == 1:
        return min(victims)
    suffers = _is_done_to(phrase, units) or _is_demanded(phrase, units, phrases, actors)
    if not first and not placed and suffers:
        return "" if main in _joined(memory) else main
    if named - placed == {main} and (phrase.code[3:6] in OFFICES or hostile):
        return main
    for lands in (placed, named):
        if len(lands) > 1:
            equals = _equals(phrase, units, phrases, actors, memory)
            return about if about in lands - equals and about not in others else ""
        if lands:
            return min(lands)
    return about if about not in others else ""


def _named(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, main: str
) -> set[str]:
    """The countries of a sentence that an agent may be of: nothing is done or said to them.

    Where the article has a main country, what it gave to others before does not count.
    """
    landed = [(p, land) for p in phrases if (land := actors.country(p.code))]
    named = {
        land
        for p, land in landed
        if not _is_acted_upon(p, phrase, units)
        and not (main and p.how == "inferred" and land != main)
    }
    if not main:
        return named
    return named - {land for p, land in landed if land != main and _is_addressee(p, units)}


def _is_its_place(place: Phrase, phrase: Phrase, phrases: Sequence[Phrase], units: Units) -> bool:
    """Whether a place may tell where somebody is, and not where somebody named later is: "police
    seek a man in Oslo".
    """
    others = (p for p in phrases if p.title and phrase.last <= p.first and p.last <= place.first)
    return place.how == "dictionary" and is_placed(place, units) and not any(others)


def _is_venue(place: Phrase, units: Units) -> bool:
    """Whether people only meet there: "envoys met in Doha to prepare a conference of all parties"."""
    words = units.words_in(place.first - VENUE_REACH, place.first)
    return bool(words & MEETING)


def _spoken_in(phrase: Phrase, units: Units, actors: ActorDictionary, memory: Memory) -> str:
    """The country of the town where somebody speaks, if the article named it before."""
    if not {units.word(phrase.last), units.word(phrase.last + 1)} & word_classes()["say"]:
        return ""
    town = units.letters.find("iT", phrase.last, phrase.last + SPEECH_REACH + 2) + 1
    found = units.found[town] if town else None
    land = actors.country(found.code) if isinstance(found, Entry) else ""
    return land if memory.lands[land] > 1 else ""


def _crosses(phrase: Phrase, units: Units) -> bool:
    """Whether people go to another country: "12,000 people crossed", "families who had fled"."""
    following = units.words_in(phrase.last, phrase.last + CROSSING_REACH)
    return bool(following & CROSSING)


def _left(
    main: str, phrase: Phrase, phrases: Sequence[Phrase], units: Units, actors: ActorDictionary
) -> str:
    """The one country that somebody comes from ("crossed from Burundi into Tanzania", "have fled
    since the war began in Mali"), else the main one of the article unless he goes there.
    """
    from_lands = {
        actors.country(p.code)
        for p in phrases
        if _word_before(p, units) == "from"
        or (is_placed(p, units) and _is_in_cause(p, phrase, units))
    } - {""}
    if len(from_lands) == 1:
        return min(from_lands)
    goal = (p.code for p in phrases if _word_before(p, units) in ("to", "into"))
    return "" if main in goal else main


def _is_in_cause(place: Phrase, phrase: Phrase, units: Units) -> bool:
    return not units.words_in(phrase.last, place.first).isdisjoint(CAUSES)


def _word_before(phrase: Phrase, units: Units) -> str:
    return units.word(units.left_of(phrase.first - 1, "tm"))


def flag(units: Units, actors: ActorDictionary) -> str:
    """The country of the one civilian ship that a sentence names: "a Greek-owned tanker"."""
    flags, sailing = set(), word_classes()["ship"] | word_classes()["seafarer"]
    for at, found in enumerate(units.found):
        if isinstance(found, Entry) and (units.letters[at] == "D" or units.letter(at + 1) == "s"):
            end = at + 1
            while units.letter(end) in ("s", "m", "w", "A", "a", "0", "v") and end - at < 5:
                agent = units.found[end]
                if isinstance(agent, Agent) and agent.code in ("MIL", "COP"):
                    break
                noun = agent.name if isinstance(agent, Agent) else units.word(end)
                if noun.rsplit(" ", 1)[-1] in sailing:
                    flags.add(actors.country(found.code))
                end += 1
    return only_code(flags)


def _is_done_to(phrase: Phrase, units: Units) -> bool:
    """Whether somebody is no subject: "Chile congratulated the winner" is not of Chile.

    Soldiers and parliaments are rather one's own, but not those one urges or thanks.
    """
    if rank_of(phrase, units) == SUBJECT:
        return False
    addressed = units.word(_determiner_at(phrase, units) - 1) in word_classes()["address"]
    return addressed or phrase.code[3:6] not in ("MIL", "SPY", "LEG")


def _is_demanded(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary
) -> bool:
    """Whether a state wants it of somebody: "Oman demanded that the navy withdraw"."""
    at = _determiner_at(phrase, units)
    if units.word(at - 1) != "that" or units.word(at - 2) not in DEMANDS:
        return False
    left = [p.code for p in phrases if p.last <= at and actors.country(p.code)]
    return bool(left) and role_of(left[-1])[:3] in ("", "GOV")


def _joined(memory: Memory) -> list[str]:
    """The codes of actors of the present sentence that were joined by "and"."""
    here = [p for p in memory.pairs if p.joined and p.sentence == memory.sentence]
    return [code for p in here for code in p.codes]


def _equals(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> set[str]:
    """The countries of the sentence between which an agent is not settled.

    Those joined by "and", and for soldiers and offices two countries that act upon each other.
    """
    equals = {code[:3] for code in _joined(memory)}
    if phrase.code[3:6] in (*OFFICES, *ARMED):
        bare = {
            actors.country(p.code)
            for p in phrases
            if p.how == "dictionary"
            and units.letters[p.first] in "CTM"
            and not is_placed(p, units)
            and units.letter(p.last) != "s"
        }
        equals |= bare if len(bare) > 1 else set()
    return equals


def is_placed(phrase: Phrase, units: Units) -> bool:
    """Whether a place word stands before a name: "in Goma", "in the lakeside city of Goma"."""
    at = units.left_of(phrase.first - 1, "m")
    if units.word(at) == "of" and units.letter(at - 1) == "k":
        at = units.left_of(at - 2, "tjmwD")
    return units.word(at) in PLACE_WORDS


def _is_addressee(phrase: Phrase, units: Units) -> bool:
    """Whether a country is only what something goes to or is with: "the extradition to Brazil"."""
    letter, before = units.letters[phrase.first], units.word(phrase.first - 1)
    named = phrase.how == "dictionary" and letter in "CTR"
    return named and before in ADDRESSING and units.letter(phrase.last) != "s"


def _is_acted_upon(other: Phrase, agent: Phrase, units: Units) -> bool:
    """Whether a country stands behind an office as what it acts upon ("the army attacked Chad")."""
    letter, before = units.letters[other.first], units.word(other.first - 1)
    return (
        other.how == "dictionary"
        and agent.code[3:6] in OFFICES
        and other.first >= agent.last
        and (letter in "CR" or (letter == "T" and before not in word_classes()["preposition"]))
        and not is_placed(other, units)
        and units.letter(other.last) != "s"
    )
