"""An actor in a sentence, and actors named twice: "the foreign minister, Ali Omar,"."""

import re
from dataclasses import dataclass, replace

from coder.actors import Agent
from coder.roles import NOWHERE, is_hostile, is_international, is_naming, join, role_of
from coder.units import Units
from coder.words import word_classes

_APPOSED = re.compile(r",0?(?:[tj][mw]?)?")
_TRADE = re.compile(r"[mw]{1,2}(?=[,.;]|x)")
""""A Hungarian baker,": what somebody is, when no dictionary has the trade."""

_LEADS = ("who leads", "who heads", "who commands")
""""Ali Omar, who leads the rebel delegation," is a rebel."""

_CALLED = (
    ["identified", "as"], ["named", "as"], ["named"], ["called"], ["known", "as"], ["nicknamed"],
    ["alias"], ["better", "known", "as"],
)  # fmt: skip
""""A gang leader known as Ti Fer"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An actor in a sentence, units `first` to `last` (exclusive).

    `code` is "" for a name that no rule coded, "---COP" when the country is open. `ask` says
    what the article must settle: "name", "country", "he", "they", "two", "land" and the like.
    `title` is the role noun, `name` what to remember, `single` whether it is one person,
    `placed` whether the country is only that of "in Turin".
    """

    first: int
    last: int
    code: str
    how: str
    title: str = ""
    name: str = ""
    single: bool = False
    ask: str = ""
    placed: bool = False

    @property
    def noun(self) -> str:
        """The last word of the title."""
        return self.title.rsplit(" ", 1)[-1]


def merge_codes(code: str, known: str, gone: bool) -> str:
    """Of what the text says of a person and what is known of the name, the more telling."""
    if not known or known.startswith(NOWHERE):
        return code
    if code.startswith(NOWHERE):
        return known[:3] + code[3:] if gone or not known[3:] else known
    return known if known[:3] == code[:3] and code[3:6] in known else code


def fuse_appositions(units: Units, phrases: list[Phrase]) -> list[Phrase]:
    """ "Ali Omar, a spokesman for the rebels," and "the foreign minister, Ali Omar," are one."""
    out: list[Phrase] = []
    for phrase in phrases:
        if out and (whole := _as_one(out[-1], phrase, units)):
            out[-1] = whole
        else:
            out.append(phrase)
    return out


def _as_one(last: Phrase, phrase: Phrase, units: Units) -> Phrase | None:
    """Two actors that follow each other as one, if they are."""
    between = units.letters[last.last : phrase.first]
    if last.single and (whole := _leader(last, between, phrase, units)):
        return whole
    if last.single and _is_called(last, phrase, units):
        return replace(last, last=phrase.last, name=phrase.name)
    if named := _named_body(last, between, phrase, units):
        return named
    if last.single and (whole := _described(last, between, phrase, units)):
        return whole
    apposed = _APPOSED.fullmatch(between)
    if apposed and last.single and phrase.single and (person := _named(last, phrase, units)):
        return person
    if _is_what_it_is(last, between, units, phrase):
        return replace(last, last=phrase.last)
    if apposed and _describes(last, between, units, phrase):
        return _with_description(last, phrase, units)
    return None


def _ask(code: str) -> str:
    return "country" if code.startswith(NOWHERE) else ""


def _leader(last: Phrase, between: str, phrase: Phrase, units: Units) -> Phrase | None:
    """ "Ali Omar, who leads the rebel delegation," as a rebel."""
    if not last.name or last.title or between[:2] != ",x" or not phrase.code or phrase.single:
        return None
    if f"{units.word(last.last + 1)} {units.word(last.last + 2)}" not in _LEADS:
        return None
    return replace(phrase, first=last.first, name=last.name, single=True, ask=_ask(phrase.code))


def _is_called(last: Phrase, phrase: Phrase, units: Units) -> bool:
    """Whether a name follows by which somebody is known: "a gang leader known as Ti Fer"."""
    if last.name or phrase.ask != "name":
        return False
    words = [word for word in units.words[last.last : phrase.first] if word != ","]
    return words in _CALLED


def _named(last: Phrase, phrase: Phrase, units: Units) -> Phrase | None:
    """A person and his name, on either side: "Ali Omar, the minister", "the minister, Ali Omar,"."""
    placed = last.ask == "name" and units.letter(last.first - 1) == "i"
    if last.name and not last.title and phrase.title and not (phrase.name or placed):
        code = merge_codes(phrase.code, last.code, gone=False)
        return replace(phrase, first=last.first, code=code, name=last.name, ask=_ask(code))
    if last.ask == "man" and phrase.ask == "name":
        return replace(last, last=phrase.last, name=phrase.name)
    closed = units.letter(phrase.last) in (",", ".", "s", "")
    titles = word_classes()["military"] | word_classes()["clergy"] | word_classes()["learned"]
    rank = not phrase.title or phrase.title in titles
    unnamed = last.title and not last.name and phrase.name and rank
    open_land = phrase.ask in ("name", "country") or last.ask == "country"
    if not unnamed or not closed or not (open_land or phrase.code[:3] == last.code[:3]):
        return None
    code = merge_codes(last.code, phrase.code, gone=False)
    return replace(last, last=phrase.last, code=code, name=phrase.name, ask=_ask(code))


def _with_description(last: Phrase, phrase: Phrase, units: Units) -> Phrase:
    """An actor with the role behind it that only says what it is."""
    whole = last if last.ask != "name" else replace(phrase, name=last.name)
    if last.title == "officer" and phrase.title in word_classes()["military"]:
        whole = replace(last, code=last.code[:3] + "MIL")
    gone = "f" in units.letters[phrase.first : phrase.last]
    if last.ask == "country" and phrase.how == "composed" and not phrase.ask and not gone:
        whole = replace(last, code=phrase.code[:3] + last.code[3:], ask="", how="composed")
    return replace(whole, first=last.first, last=phrase.last)


def _named_body(last: Phrase, between: str, phrase: Phrase, units: Units) -> Phrase | None:
    """A known body behind what it is: "the militant group Hamas"."""
    agent = units.found[last.last - 1]
    known = phrase.how == "dictionary" and units.letters[phrase.first] == "O"
    if between or not known or last.name or not (isinstance(agent, Agent) and is_naming(agent)):
        return None
    code = phrase.code
    if is_hostile(last.code) and not is_hostile(code) and not is_international(code):
        code = join(code[:3], role_of(last.code))
    return replace(phrase, first=last.first, code=code)


def _described(last: Phrase, between: str, phrase: Phrase, units: Units) -> Phrase | None:
    """A person with a body or a country: "Ama Sy of the tax office", "Ali Omar, a Kenyan baker,",
    "the cook, a Filipino,"."""
    body = between in ("o", "ot", "F", "Ft") and not phrase.single and phrase.code
    placed = phrase.how == "dictionary" and units.letters[phrase.first] in "CTRDMEP"
    if body and not placed and last.ask == "name" and phrase.ask in ("", "country"):
        begins = last.first == 0 or units.letters[last.first - 1] not in "tjmDs"
        if begins and " " in last.name:
            return replace(phrase, first=last.first, name=last.name, single=True)
    article = units.word(phrase.first - 1) in ("a", "an") and between in (",j", ",0j")
    native = phrase.how == "dictionary" and units.letters[phrase.first : phrase.last] == "D"
    if not article or not native or last.ask not in ("name", "country"):
        return None
    end = phrase.last
    if last.ask == "name" and (trade := _TRADE.match(units.letters, end)):
        end = trade.end()
    elif units.letter(end) not in (",", ".", ";"):
        if units.word(end) not in ("from", "who"):
            return None
    code = phrase.code[:3] + (last.code[3:] if last.title else "CVL")
    return replace(last, last=end, code=code, how="composed", ask="")


def _is_what_it_is(last: Phrase, between: str, units: Units, phrase: Phrase) -> bool:
    """Whether a role only says what a known body is: "Hamas, the militant group that ..."."""
    body = last.how == "dictionary" and units.letters[last.first] == "O" and not last.title
    if not body or phrase.single or phrase.noun not in word_classes()["naming"]:
        return False
    following = units.letters[phrase.last : phrase.last + 2]
    article = between in (",t", ",j") and units.word(phrase.first - 1) in ("the", "a", "an")
    return article and (
        (following[:1] in (",", ".") and following != ",&")
        or following[:1] == "x"
        or units.word(phrase.last) == "that"
    )


def _describes(last: Phrase, between: str, units: Units, phrase: Phrase) -> bool:
    """Whether a role only says what the actor before is: "China, a permanent member,"."""
    following = units.letters[phrase.last : phrase.last + 2]
    if not phrase.title or phrase.name or following[:1] == "&" or following == ",&":
        return False
    if last.title == "officer" and phrase.title in word_classes()["military"]:
        return True
    if last.title and last.name and last.title == phrase.title:
        return True
    if units.word(phrase.first - len(between) + 1) in ("a", "an"):
        return following[:1] in (",", ".", "") or units.word(phrase.last) in ("with", "who", "from")
    return bool(last.title and last.name) and phrase.single and following in (".", '."')
