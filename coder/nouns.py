"""Nouns that are actors only in some company: "neighbours told", "the press", "HMS Ardent".

The functions change rows of units in place, before `senses` settles the role nouns.
"""

from collections.abc import Set
from datetime import date as Date

from coder.actors import Agent, Entry
from coder.senses import BEHIND_NOUNS, COUNTS, Row, letter_at, word_at
from coder.words import word_classes

NAVIES = {
    "HMS": "GBR", "USS": "USA", "USNS": "USA", "HMAS": "AUS", "HMCS": "CAN", "HMNZS": "NZL",
    "PNS": "PAK", "BRP": "PHL", "KRI": "IDN", "TCG": "TUR", "ROKS": "KOR", "HDMS": "DNK",
    "HNLMS": "NLD", "HNoMS": "NOR", "HSwMS": "SWE", "HTMS": "THA", "SLNS": "LKA", "INS": "IND",
    "FGS": "DEU", "ORP": "POL", "NNS": "NGA",
}  # fmt: skip
""""HMS Ardent" is a ship of that navy (ship prefixes of the navies, as they print them)."""

_STANCES = {
    "radical": "RAD", "extremist": "RAD", "fundamentalist": "RAD", "armed": "UAF",
    "militant": "UAF", "paramilitary": "MIL", "rebel": "REB", "guerrilla": "REB",
    "insurgent": "INS", "separatist": "SEP", "secessionist": "SEP",
}  # fmt: skip
_GROUPS = frozenset("group groups movement movements faction factions outfit outfits".split())
_DISGUISE = frozenset(
    "uniform uniforms fatigues camouflage mask masks balaclavas hoods helmets motorbikes motorcycles"
    " guns rifles machetes kalashnikovs pistols".split()
)
_FEDERAL = frozenset(
    "american brazilian nigerian indian mexican australian german malaysian venezuelan sudanese"
    " ethiopian somali burmese austrian".split()
)
_RAIDS = frozenset(
    "raided raid arrested arrest searched search seized seize detained handcuffed".split()
)
_CRAFT = frozenset("aircraft planes jets helicopters tanks warplanes artillery drones".split())
_COMPANY = _CRAFT | frozenset(
    "neighbour neighbours neighbor neighbors predecessor predecessors press daily weekly dailies"
    " weeklies minority national nationals drone drones states agents".split()
)
"""What `_agent` may read."""
_NEXT_DOOR = ("saw", "heard", "found", "alerted", "called")
""""Neighbours heard shots"."""

_CIVIL = frozenset("airline carrier company manufacturer maker".split())


def read_nouns(rows: list[Row], text: str, words: Set[str]) -> None:
    """Settle these nouns for all rows of a sentence; `words` as of `senses.words_of`."""
    if not words.isdisjoint(NAVIES):
        _join_ships(rows, text)
    if "-" in words:
        _join_nations(rows, text)
    if "men" in words:
        _join_disguised(rows, text)
    if not words.isdisjoint(_COMPANY):
        _read_company(rows, text)
    if not words.isdisjoint(_GROUPS):
        _read_groups(rows, text)


def _read_company(rows: list[Row], text: str) -> None:
    for index, row in enumerate(rows):
        if row[0] in "wSamA" and (agent := _agent(rows, index, text)):
            letter = "a" if agent.plural else row[0] if row[0] in "Aa" else "A"
            rows[index] = (letter, *row[1:3], agent)


def _agent(rows: list[Row], index: int, text: str) -> Agent | None:
    """The role noun that a row is here, if it is one only here."""
    word = word_at(rows, index, text).lower()
    before = word_at(rows, index - 1, text).lower()
    if word in ("neighbour", "neighbours", "neighbor", "neighbors"):
        return _neighbour(rows, index, text)
    if word in ("predecessor", "predecessors") and letter_at(rows, index - 1) == "s":
        return Agent("predecessor", "ELI", plural=word.endswith("s"))
    if word == "press" and letter_at(rows, index - 1) in ("t", "D"):
        beside = letter_at(rows, index + 1) in (*BEHIND_NOUNS, '"', "-")
        away = word_at(rows, index - 2, text) in ("in", "by", "from", "off")
        return Agent("press", "MED", plural=True) if beside and not away else None
    if word in ("daily", "weekly", "dailies", "weeklies"):
        owned = letter_at(rows, index - 1) == "D" or before in ("one", "another", *COUNTS)
        beside = letter_at(rows, index + 1) in BEHIND_NOUNS
        beside |= word_at(rows, index + 1, text).endswith("ly")
        return Agent("newspaper", "MED", plural=word.endswith("ies")) if owned and beside else None
    beside = letter_at(rows, index + 1) in BEHIND_NOUNS
    if word == "minority" and letter_at(rows, index - 1) in ("E", "D") and beside:
        return Agent("minority", "CVL", plural=True)
    if word in ("national", "nationals") and letter_at(rows, index - 1) == "D" and beside:
        return Agent("national", "CVL", plural=word.endswith("s"))
    if word in ("drone", "drones") and letter_at(rows, index - 1) == "D":
        return Agent("drone", "MIL", plural=word.endswith("s"))
    if word == "states" and before in _FEDERAL:
        return Agent("state government", "GOV", plural=True)
    if word == "agents" and any(
        word_at(rows, i, text) in _RAIDS for i in range(index + 1, index + 5)
    ):
        return Agent("agent", "COP", plural=True)
    if word in _CRAFT and before in ("its", "their"):
        civil = any(word_at(rows, i, text).lower() in _CIVIL for i in range(len(rows)))
        return None if civil else Agent("warplane", "MIL", plural=True)
    return None


def _neighbour(rows: list[Row], index: int, text: str) -> Agent | None:
    """A person next door, not a country: "his neighbour", "neighbours told police"."""
    plural = word_at(rows, index, text).endswith("s")
    agent = Agent("neighbour", "CVL", plural=plural)
    following = word_at(rows, index + 1, text)
    if letter_at(rows, index + 1) in tuple("AaNEDC"):
        return None
    at = index - 1
    while at > 0 and letter_at(rows, at) in "0vmg":
        at -= 1
    before = word_at(rows, at, text).lower() if at >= 0 else ""
    if before in ("his", "her", "my") or letter_at(rows, at) == "s" and _is_person(rows, at - 1):
        return agent
    told = following in word_classes()["say"] or following in _NEXT_DOOR
    fresh = at < 0 or before in ("a", "the", "and", "but", "by", '"', ",", "while", "that")
    return agent if (told and fresh) or (before == "by" and plural) else None


def _is_person(rows: list[Row], index: int) -> bool:
    found = rows[index][3] if index >= 0 else None
    return isinstance(found, Agent) and letter_at(rows, index) == "A"


def _join_ships(rows: list[Row], text: str) -> None:
    """Read "HMS Tamar Castle" as one body of its navy."""
    index = 0
    while index < len(rows) - 1:
        land = NAVIES.get(word_at(rows, index, text))
        last = index + 1
        while last < len(rows) and last < index + 4 and text[rows[last][1]].isupper():
            last += 1
        if land and last > index + 1:
            start, end = rows[index][1], rows[last - 1][2]
            ship = Entry(text[start:end], land + "MIL", "organisation", Date.min, Date.max, 0)
            rows[index:last] = [("O", start, end, ship)]
        index += 1


def _join_nations(rows: list[Row], text: str) -> None:
    """Read two nations of one person as the latter: "the British-Iranian aid worker"."""
    for index in range(len(rows) - 3, -1, -1):
        joined = "".join(row[0] for row in rows[index : index + 3]) == "D-D"
        following = rows[index + 3] if joined and index + 3 < len(rows) else None
        if following is None or rows[index][2] + 1 != rows[index + 2][1]:
            continue
        person = following[0] == "A" and isinstance(following[3], Agent)
        if person or word_at(rows, index + 3, text) in ("national", "citizen", "dual"):
            rows[index : index + 3] = [("D", rows[index][1], *rows[index + 2][2:])]


def _join_disguised(rows: list[Row], text: str) -> None:
    """Read "men in police uniforms", "men with guns", "men wearing masks" as gunmen."""
    index = 0
    while index < len(rows) - 2:
        if word_at(rows, index, text).lower() == "men" and (
            word_at(rows, index + 1, text) in ("in", "with", "wearing", "carrying", "on")
        ):
            for last in range(index + 2, min(index + 5, len(rows))):
                if word_at(rows, last, text) in _DISGUISE:
                    start, end = rows[index][1], rows[last][2]
                    rows[index : last + 1] = [("a", start, end, Agent("gunman", "UAF", True))]
                    break
        index += 1


def _read_groups(rows: list[Row], text: str) -> None:
    """Read "group" behind a people as what stands before it: "an armed Tuareg group"."""
    for index in range(2, len(rows)):
        noun = word_at(rows, index, text)
        if noun not in _GROUPS or letter_at(rows, index - 1) not in ("E", "D"):
            continue
        stance = word_at(rows, index - 2, text).lower()
        if code := _STANCES.get(stance):
            plural = noun.endswith("s")
            agent = Agent(f"{stance} group", code, plural=plural)
            rows[index] = ("a", *rows[index][1:3], agent)
            rows[index - 2] = ("m", *rows[index - 2][1:3], None)
