"""The actors of an article: phrases of each sentence, with what the article settles.

Names introduced with a role are remembered; pronouns, "the two sides" and agents without a country
are resolved by rules that rather abstain. How each mention was coded is kept in `how`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coder.actors import ActorDictionary, Entry
from coder.dateline import find_dateline
from coder.phrases import Phrase, role_of, units_to_phrases
from coder.records import ActorMention, Article, Sentence
from coder.roles import NOWHERE, is_international, join
from coder.units import Units, is_headline, sentence_to_units

GROUP_REACH = 4
""""The two sides" looks back over so many sentences with two countries in them."""

DOMINANT = 0.6
"""The share of all country mentions that makes a country the one an article is about."""

FAMILY_NAME_FIRST = ("CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "VNM", "KHM", "MMR", "SGP")
"""Countries where the first word of a full name is what a later sentence uses alone."""

_TOPIC = re.compile(r"\b(?:views|talks|discussions) (?:on|about)\b")
"""What follows is what was talked about, not a party to the talks."""

LANDS = ("countries", "nations", "states", "neighbours", "neighbors")
DEFINITE = ("the", "this", "that", "these", "those", "same")
POSSESSIVE = ("its", "their", "his", "her")
PLACE_WORDS = ("in", "near", "outside", "across", "inside")

QUANTIFIERS = frozenset("many various other different foreign world several some few no".split())
""""Many leaders" are nobody's in particular: their country stays open."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A capitalised name without a code: how often it stood and one sentence with it."""

    name: str
    count: int
    example: str


@dataclass(slots=True)
class _Memory:
    """What the article has said so far."""

    names: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    lands: Counter[str] = field(default_factory=Counter)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    person: str = ""
    plural: tuple[str, ...] = ()
    role: str = ""
    home: str = ""


def find_mentions(
    article: Article, sentences: Sequence[Sentence], actors: ActorDictionary
) -> list[list[ActorMention]]:
    """The actor mentions of each sentence, in order; offsets are those of the article.

    Two mentions may share one span: "both sides" names two actors.
    """
    memory = _Memory()
    if article.title:
        _read_sentence(article.title, article, actors, _Memory(), memory.lands)
    return [_sentence_mentions(s, article, actors, memory) for s in sentences]


def unknown_names(articles: Iterable[Article], actors: ActorDictionary) -> list[UnknownName]:
    """Names of two words or more that no dictionary knows, the most frequent first."""
    from coder.segment import article_to_sentences

    counts: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for article in articles:
        memory = _Memory()
        for sentence in article_to_sentences(article):
            if is_headline(sentence.text):
                continue
            units = sentence_to_units(sentence.text, actors, article.date)
            for phrase in units_to_phrases(units, actors, memory.names):
                if phrase.ask == "name" and " " in phrase.name:
                    counts[phrase.name] += 1
                    examples.setdefault(phrase.name, " ".join(sentence.text.split()))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [UnknownName(name, n, examples[name]) for name, n in ordered]


def _read_sentence(
    text: str, article: Article, actors: ActorDictionary, memory: _Memory, lands: Counter[str]
) -> tuple[Units, list[Phrase]]:
    dateline = find_dateline(text)
    begin = dateline.end if dateline else 0
    if dateline and not memory.home:
        memory.home = _home(text[:begin], article, actors)
    units = sentence_to_units(text, actors, article.date, begin)
    phrases = units_to_phrases(units, actors, memory.names, memory.role)
    lands.update(land for p in phrases if (land := actors.country(p.code)))
    return units, phrases


def _home(dateline: str, article: Article, actors: ActorDictionary) -> str:
    """The country of a dateline ("ABUJA, Nigeria")."""
    units = sentence_to_units(f"In {dateline.title()}", actors, article.date)
    lands = [actors.country(e.code) for e in units.found if isinstance(e, Entry)]
    return next((land for land in reversed(lands) if land), "")


def _sentence_mentions(
    sentence: Sentence, article: Article, actors: ActorDictionary, memory: _Memory
) -> list[ActorMention]:
    units, phrases = _read_sentence(sentence.text, article, actors, memory, memory.lands)
    settled: list[tuple[Phrase, tuple[str, ...]]] = []
    for phrase in phrases:
        codes = _codes(phrase, units, phrases, actors, memory)
        _remember(phrase, codes, units, memory)
        if codes:
            settled.append((phrase, codes))
    _remember_pair(settled, actors, memory)
    settled = [
        item
        for item in settled
        if not _is_bystander(item[0], units, sum(len(c) for _, c in settled))
    ]
    mentions = []
    for phrase, codes in settled:
        start, end = units.starts[phrase.first], units.ends[phrase.last - 1]
        text = sentence.text[start:end]
        for code in codes:
            how = phrase.how if phrase.ask != "name" else "remembered"
            mentions.append(
                ActorMention(sentence.start + start, sentence.start + end, text, code, how)
            )
    return mentions


def _is_bystander(phrase: Phrase, units: Units, actors: int) -> bool:
    """Whether an actor is only where or to whom the others speak: "in Vienna", "told reporters"."""
    before = units.word(phrase.first - 1)
    if phrase.title in ("reporter", "journalist"):
        return before in ("to", "told", "tells")
    topic = _TOPIC.search(units.text)
    if topic and topic.end() <= units.starts[phrase.first] and before not in ("with", "between"):
        return phrase.how == "dictionary"
    city = units.letters[phrase.first] == "T" and phrase.how == "dictionary"
    return city and actors > 2 and before in PLACE_WORDS


def _codes(
    phrase: Phrase, units: Units, phrases: list[Phrase], actors: ActorDictionary, memory: _Memory
) -> tuple[str, ...]:
    """The codes of a phrase: one, two for a pair, none when the article does not settle it."""
    if phrase.ask == "name":
        code = memory.names.get(phrase.name) or memory.names.get(phrase.name.split()[-1], "")
        return (code,) if code else ()
    if phrase.ask == "he":
        return (memory.person,) if memory.person else ()
    if phrase.ask == "they":
        return memory.plural
    if phrase.ask == "two":
        return _pair(phrase, actors, memory)
    if phrase.ask == "country":
        return (_with_country(phrase, units, phrases, actors, memory),)
    return (phrase.code,)


def _pair(phrase: Phrase, actors: ActorDictionary, memory: _Memory) -> tuple[str, ...]:
    """The two that "the two presidents", "both sides" stand for: the last two of that kind."""
    for pair in reversed(memory.pairs[-GROUP_REACH:]):
        lands = tuple(actors.country(code) for code in pair)
        if phrase.title not in ("sides", "parties") and not all(lands):
            continue
        if phrase.code:
            return tuple(join(land, phrase.code[3:]) for land in lands)
        return lands if phrase.title in LANDS else pair
    return ()


def _with_country(
    phrase: Phrase, units: Units, phrases: list[Phrase], actors: ActorDictionary, memory: _Memory
) -> str:
    """Code of an agent whose country the context gives, strongest rule first; else "---COP".

    The same office named before; the owner of "its troops"; the country of the dateline, unless
    the sentence speaks only of others; a place named in the sentence; the only country of the
    sentence; the country that the article is about.
    """
    before = units.word(phrase.first - 1)
    if units.word(phrase.first) in QUANTIFIERS or before in QUANTIFIERS:
        return phrase.code
    if phrase.title in memory.titles and (before in DEFINITE or phrase.name):
        return memory.titles[phrase.title]
    if is_international(phrase.code):
        return phrase.code
    land = _context_country(phrase, before, units, phrases, actors, memory)
    return join(land, phrase.code[3:]) if land else phrase.code


def _context_country(
    phrase: Phrase,
    before: str,
    units: Units,
    phrases: list[Phrase],
    actors: ActorDictionary,
    memory: _Memory,
) -> str:
    if before in POSSESSIVE:
        owners = [p for p in phrases if p.last <= phrase.first and actors.country(p.code)]
        return actors.country(owners[-1].code) if owners else ""
    named = {land for p in phrases if (land := actors.country(p.code))}
    if memory.home and (not named or memory.home in named):
        return memory.home
    placed = {
        land
        for p in phrases
        if p.how == "dictionary"
        and units.word(p.first - 1) in PLACE_WORDS
        and (land := actors.country(p.code))
    }
    for lands in (placed, named):
        if lands:
            return min(lands) if len(lands) == 1 else ""
    if memory.lands:
        [(land, count)] = memory.lands.most_common(1)
        if count >= DOMINANT * memory.lands.total():
            return land
    return ""


def _remember(phrase: Phrase, codes: tuple[str, ...], units: Units, memory: _Memory) -> None:
    code = codes[0] if len(codes) == 1 else ""
    if len(codes) == 2:
        memory.plural = codes
        return
    if not code:
        return
    memory.role = role_of(code) or memory.role
    if phrase.title and not code.startswith(NOWHERE):
        memory.titles[phrase.title] = code
    if phrase.single and phrase.name and not code.startswith(NOWHERE):
        memory.names[phrase.name] = code
        parts = phrase.name.split()
        surname = parts[0] if code[:3] in FAMILY_NAME_FIRST else parts[-1]
        memory.names.setdefault(surname, code)
    letters = units.letters[phrase.last : phrase.last + 3]
    if letters in ("(N)", "(O)"):
        memory.names[units.text[units.starts[phrase.last + 1] : units.ends[phrase.last + 1]]] = code
    is_he = phrase.single and (phrase.name or phrase.title) and phrase.how != "anaphor"
    if is_he and units.word(phrase.first - 1) not in ("with", "of", "by", "against", "to", "from"):
        memory.person = code


def _remember_pair(
    settled: list[tuple[Phrase, tuple[str, ...]]], actors: ActorDictionary, memory: _Memory
) -> None:
    """Keep the first two countries of a sentence, else its first two parties, for "both sides"."""
    firsts: dict[str, str] = {}
    for _, codes in settled:
        for code in codes:
            land = actors.country(code)
            if land or is_international(code):
                firsts.setdefault(land or code, code)
    lands = [code for key, code in firsts.items() if len(key) == 3 and actors.country(code)]
    pair = lands if len(lands) > 1 else list(firsts.values())
    if len(pair) > 1:
        memory.pairs.append((pair[0], pair[1]))
        memory.plural = (pair[0], pair[1])
