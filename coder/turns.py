"""Which of the countries that an article begins with it goes on with, and who is between them: those
at embassies, at borders and on visits.
"""

from collections.abc import Sequence

from coder.actors import ActorDictionary, Entry
from coder.appositions import Phrase
from coder.memory import Memory, only_code
from coder.ranks import SUBJECT, rank_of
from coder.roles import is_international, role_of
from coder.units import Units
from coder.words import word_classes

POSTS = ("embassy", "consulate", "high commission")
"""Who gathers or stands before them is at home where they are."""

BORDER = frozenset("border crossing frontier checkpoint".split())
"""Who waits there may be of either country."""

STATE = ("", "GOV", "MIL", "LEG", "JUD", "COP", "OPP")
"""Roles whose act another office of their country may follow up."""

SPEAKING = ("MIL", "LEG", "COP", "JUD")
"""These follow it up if they say something, a government always."""

LOCAL = ("mayor", "governor", "prefect")
"""They do not answer other countries."""

RECEIVING = frozenset("received greeted welcomed hosted".split())


def turn(phrase: Phrase, opening: Phrase, units: Units, memory: Memory) -> str:
    """Which of two countries an article goes on with: "Peru protested. The justice minister said".

    The office that begins a sentence is that of the state that acted in the one before, and so are
    the other agents of that sentence who do something.
    """
    if phrase.first != opening.first and rank_of(phrase, units) != SUBJECT:
        return ""
    role = opening.code[3:6]
    speaks = units.word(opening.last) in word_classes()["say"]
    office = role == "GOV" or (role in SPEAKING and speaks)
    local = opening.title.partition(" of ")[0].rsplit(" ", 1)[-1] in LOCAL
    if opening.first > 1 or opening.ask != "country" or not office or local:
        return ""
    before = [r for r in memory.before() if r.rank >= SUBJECT and r.codes]
    acting = [r.codes for r in before if not r.speaker] or [r.codes for r in before]
    alone = bool(acting) and all(len(codes) == 1 for codes in acting)
    land = acting[0][0][:3] if alone else ""
    if units.word(opening.last) in RECEIVING and units.word(opening.last + 1) in ("him", "her"):
        return _visited(land, memory)
    if land not in memory.rivals or role_of(acting[0][0])[:3] not in STATE:
        return ""
    others = memory.roles.get(opening.code[3:]) if role != "GOV" else None
    return land if not others or land in others else ""


def _visited(guest: str, memory: Memory) -> str:
    """The one other country that the sentence before named: "... flew to Oslo. The king received"."""
    named = {r.codes for r in memory.before()}
    lands = {codes[0] for codes in named if len(codes) == 1 and len(codes[0]) == 3} - {guest}
    return only_code(lands)


def at_embassy(
    phrase: Phrase, units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> str:
    """The country of those outside an embassy: of the town it names ("the Omani embassy in
    Harare"), else that of the article, or its only other one.
    """
    post = next((p for p in phrases if p.title in POSTS and p.first >= phrase.last), None)
    if post is None or phrase.code[3:6] == "GOV":
        return ""
    for at in range(post.first, post.last):
        found = units.found[at]
        if units.letters[at] == "T" and isinstance(found, Entry):
            return actors.country(found.code)
    if actors.country(post.code) != memory.setting:
        return memory.setting
    return only_code(memory.rivals)


def is_between(
    units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> bool:
    """Whether a sentence is about the border of two countries that the article began with as
    equals: "drivers waited for hours at the crossing".
    """
    if BORDER.isdisjoint(units.words):
        return False
    both = {memory.setting, *memory.rivals}
    equals = any(p.joined and {*p.codes} == both for p in memory.pairs)
    here = {actors.country(p.code) for p in phrases} - {""}
    return equals and (not here or here == both)


def visitor(memory: Memory) -> str:
    """The code of the first official that the article named, if a town of another country was named
    with him, else of the first from elsewhere.
    """
    officials = [
        r
        for r in memory.referents
        if r.kind == "person"
        and len(r.codes) == 1
        and (is_international(r.codes[0]) or role_of(r.codes[0])[:3] == "GOV")
    ]
    if not officials:
        return ""
    first = officials[0]
    towns = {r.codes[0] for r in memory.referents if r.sentence == first.sentence and r.codes}
    away = first.rank == SUBJECT and any(t != first.codes[0][:3] for t in towns if len(t) == 3)
    codes = (r.codes[0] for r in officials)
    return first.codes[0] if away else next((c for c in codes if c[:3] != memory.setting), "")
