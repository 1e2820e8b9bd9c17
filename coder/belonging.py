"""Whose an agent is by the grammar of its sentence: of its owner, its neighbour, who sent it."""

from collections import Counter
from collections.abc import Sequence

from coder.actors import ActorDictionary
from coder.appositions import Phrase
from coder.lands import OFFICES, determiner, is_joined
from coder.memory import Memory
from coder.ranks import SUBJECT, rank_of
from coder.references import owners
from coder.roles import NOWHERE, role_of
from coder.units import Units
from coder.words import word_classes

POSSESSIVE = ("its", "their", "his", "her")
ENVOYS = ("envoy", "ambassador", "diplomat", "emissary", "consul", "charge d'affaires")
""""The envoy" is the ambassador that the article named."""

EXPEL = ("summoned", "expelled", "summons", "expels", "summon", "expel", "received", "ejected")
"""Sending away whom another country has sent."""

MORE = ("more", "additional", "extra", "further", "fresh", "another")
"""Sending more troops is sending troops."""

PARTS = frozenset(
    "team teams group groups delegation number battalion convoy unit planeload".split()
)
""""A team of inspectors" is sent as inspectors are."""


def land_of_owner(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary,
    memory: Memory, determiner: str,
) -> str:  # fmt: skip
    """The country that "its" stands for; of two, the one that grammar speaks for, or none.

    "A urged B to withdraw its troops" is B, "A accused B of shelling its troops" is A.
    """
    if determiner in ("his", "her") and (code := owners(phrase, units, memory)):
        return actors.country(code[0])
    outside = not units.is_quoted(phrase.first)
    before = [
        p
        for p in phrases
        if p.last <= phrase.first and p.code and not (units.is_quoted(p.first) and outside)
    ]
    landed = [p for p in before if actors.country(p.code)]
    if phrase.code[3:6] in OFFICES:
        landed = [p for p in landed if _has_government(p, units)] or landed
    if not landed:
        return "" if before else memory.subject
    if before[-1].ask == "two":
        return ""
    if determiner == "its" and units.word(phrase.first - 2) == "by":
        return actors.country(landed[0].code)
    if determiner == "its" and ",&" in units.letters[landed[-1].last : phrase.first]:
        return actors.country(landed[0].code)
    lands = {actors.country(p.code) for p in landed}
    if len(lands) > 1:
        if determiner == "their" and is_joined(units, landed[-2], landed[-1]):
            return ""
        between = units.words_in(landed[-1].last, phrase.first - 2)
        if "of" in between and "to" not in between:
            return actors.country(landed[0].code)
    return actors.country(landed[-1].code)


def _has_government(phrase: Phrase, units: Units) -> bool:
    """Whether that is a state or its government, not "a Kenyan weekly" or "a Kenyan priest"."""
    described = phrase.how == "dictionary" and units.letters[phrase.last - 1] == "D"
    return not described and (len(phrase.code) == 3 or role_of(phrase.code)[:3] in OFFICES)


def land_of_whose(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary
) -> str:
    """The country of the one actor before "whose", or of the one country of two."""
    left = [p for p in phrases if p.last < phrase.first and p.code]
    joined = len(left) > 1 and is_joined(units, left[-2], left[-1])
    if not left or (joined and actors.country(left[-2].code)):
        return ""
    return actors.country(left[-1].code)


def land_beside(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary
) -> str:
    """The country of the agent joined by "and": "the government of Togo and rebels"."""
    left = [p for p in phrases if p.last <= phrase.first]
    right = [p for p in phrases if p.first >= phrase.last][:1]
    if right and right[0].title and units.letters[phrase.last : right[0].first] == "&":
        if (land := actors.country(right[0].code)) and right[0].how == "composed":
            return land
    if not left or not left[-1].title or left[-1].code.startswith(NOWHERE):
        return ""
    listed = units.letters[left[-1].last : phrase.first] == ","
    return actors.country(left[-1].code) if listed or is_joined(units, left[-1], phrase) else ""


def sender_of(phrase: Phrase, units: Units, phrases: Sequence[Phrase]) -> Phrase | None:
    """Who "sent 200 troops" or "deployed tanks"."""
    at = phrase.first - 1
    while at > 0 and (units.letters[at] in "0vmtjo" or units.word(at) in (*MORE, *PARTS)):
        at -= 1
    if units.word(at) not in word_classes()["deploy"]:
        return None
    left = [p for p in phrases if p.last <= at and units.letters[p.last] != "s"]
    return next((p for p in reversed(left) if p.last == at or rank_of(p, units) == SUBJECT), None)


def sent_by(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> str:
    """The other country of an article whose ambassador a country summons or expels."""
    at = units.left_of(phrase.first - 1, "tjvm0")
    if phrase.title not in (*ENVOYS, "attache") or units.word(at) not in EXPEL:
        return ""
    left = [p for p in phrases if p.last <= at and actors.country(p.code)]
    if not left or determiner(phrase, units) in POSSESSIVE:
        return ""
    others = memory.lands - Counter({actors.country(left[-1].code): memory.lands.total()})
    return others.most_common(1)[0][0] if others else ""
