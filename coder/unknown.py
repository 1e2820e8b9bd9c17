"""Names that nothing codes, the most frequent first, each with the best guess of a code and why.

Clues, the strongest first: what an article calls the name ("Kenyan lawmaker Tendai Mushonga"), a
place right behind it ("of Kenya"), a role noun in it ("Kifaru Farmers Guild") or behind it (", a friend of the
rebels"), and the country of most of its sentences. Without a country there is no guess.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coder.actors import ActorDictionary, Agent, Entry, plain
from coder.mentions import Coded, article_to_phrases
from coder.phrases import Phrase
from coder.records import Article
from coder.roles import NOWHERE, is_international, join
from coder.segment import article_to_sentences
from coder.units import Units, is_headline
from coder.words import word_classes

BEHIND = 5
"""A role noun so many words behind the comma after a name says something of it."""

MAJORITY = 0.5
"""The share of a name's sentences with a country that one country needs to be the guess."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name without a code: how often it stood, its likely kind and code and why, a sentence."""

    name: str
    kind: str
    count: int
    guess: str
    reason: str
    example: str


@dataclass(slots=True)
class _Clues:
    """What is known of a name so far; each counter holds (code, words that say so)."""

    count: int = 0
    example: str = ""
    called: Counter[tuple[str, str]] = field(default_factory=Counter)
    place: Counter[tuple[str, str]] = field(default_factory=Counter)
    role: Counter[tuple[str, str]] = field(default_factory=Counter)
    lands: Counter[str] = field(default_factory=Counter)


def unknown_names(articles: Iterable[Article], actors: ActorDictionary) -> list[UnknownName]:
    """Names of two words or more that neither a dictionary nor their article codes."""
    found: dict[str, _Clues] = {}
    for article in articles:
        sentences = article_to_sentences(article)
        for sentence, units, coded in article_to_phrases(article, sentences, actors):
            if is_headline(sentence.text):
                continue
            for phrase, codes in coded:
                if not _is_candidate(phrase, units, actors):
                    continue
                clues = found.setdefault(phrase.name, _Clues())
                if codes:
                    _add_call(clues, phrase, codes[0], units)
                else:
                    clues.count += 1
                    clues.example = clues.example or " ".join(sentence.text.split())
                    _add_context(clues, phrase, units, coded, actors)
    names = [_guess(name, clues, actors) for name, clues in found.items() if clues.count]
    return sorted(names, key=lambda n: (-n.count, n.name))


def _is_candidate(phrase: Phrase, units: Units, actors: ActorDictionary) -> bool:
    """Whether a name is worth a row: two words or more, no dateline, no agency in brackets."""
    if " " not in phrase.name or phrase.name.isupper() or plain(phrase.name) in actors.surfaces:
        return False
    return units.letter(phrase.last) != ")"


def _add_call(clues: _Clues, phrase: Phrase, code: str, units: Units) -> None:
    if phrase.title and not code.startswith(NOWHERE):
        words = units.text[units.starts[phrase.first] : units.ends[phrase.last - 1]]
        clues.called[code, f'called "{words}"'] += 1


def _add_context(
    clues: _Clues, phrase: Phrase, units: Units, coded: Sequence[Coded], actors: ActorDictionary
) -> None:
    behind = units.found[phrase.last + 1 : phrase.last + 2]
    if units.letter(phrase.last) in ("o", "i", "F", "(") and behind:
        land = actors.country(behind[0].code) if isinstance(behind[0], Entry) else ""
        if land:
            words = units.text[units.starts[phrase.last] : units.ends[phrase.last + 1]]
            clues.place[land, f'"{words}" behind it'] += 1
    if units.letter(phrase.last) == ",":
        for index in range(phrase.last + 1, min(phrase.last + 1 + BEHIND, len(units.found))):
            if isinstance(agent := units.found[index], Agent):
                clues.role[agent.code, f'"{units.word(index)}" behind it'] += 1
                break
    clues.lands.update({land for _, cs in coded for c in cs if (land := actors.country(c))})


def _guess(name: str, clues: _Clues, actors: ActorDictionary) -> UnknownName:
    """The code with its reason: what the name is called, else a country and a role."""
    kind, inside = _kind(name, actors)
    role, why_role = inside or _most(clues.role)
    land, why_land = _most(clues.place) if clues.place else _main_land(clues.lands)
    if clues.called:
        guess, reason = _most(clues.called)
    elif is_international(role):
        guess, reason = role, why_role
    else:
        guess = join(land, role) if land and role else land
        reason = "; ".join(filter(None, (why_land, why_role)))
    return UnknownName(name, kind, clues.count, guess, reason, clues.example)


def _kind(name: str, actors: ActorDictionary) -> tuple[str, tuple[str, str] | None]:
    """Person or organisation, and the role of a role noun in the name."""
    words = name.lower().split()
    for word in reversed(words):
        surface = actors.surfaces.get(word)
        if surface and surface.agent:
            return "organisation", (surface.agent.code, f'"{word.capitalize()}" in its name')
    return ("organisation" if word_classes()["collective"] & {*words} else "person"), None


def _most(clues: Counter[tuple[str, str]]) -> tuple[str, str]:
    """The most frequent code, with the most frequent reason for it."""
    if not clues:
        return "", ""
    codes: Counter[str] = Counter()
    for (code, _), count in clues.items():
        codes[code] += count
    [(code, _)] = codes.most_common(1)
    reasons = Counter({why: n for (c, why), n in clues.items() if c == code})
    return code, reasons.most_common(1)[0][0]


def _main_land(lands: Counter[str]) -> tuple[str, str]:
    """The country of most sentences that name one; none when two are as frequent."""
    if not lands:
        return "", ""
    (land, count), *others = lands.most_common(2)
    if count <= MAJORITY * lands.total() or others and others[0][1] == count:
        return "", ""
    return land, f"{land} in {count} of its sentences"
