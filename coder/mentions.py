"""The actors of an article: phrases of each sentence, with what the article settles.

Names introduced with a role are remembered; pronouns, "the two sides" and agents without a country
are resolved by rules that rather abstain. How each mention was coded is kept in `how`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.actors import ActorDictionary, Entry
from coder.appositions import Phrase
from coder.bystanders import is_bystander, is_other_desk
from coder.context import codes_with_country, known_elsewhere, own_code
from coder.dateline import find_dateline
from coder.lands import flag, is_joined, is_placed
from coder.memory import Memory, add_joined, add_names, add_pair, add_parties, add_referent
from coder.nations import know_koreas
from coder.pairs import is_both_parties
from coder.phrases import units_to_phrases
from coder.records import ActorMention, Article, Sentence
from coder.references import resolve, the_person, whose_name
from coder.roles import NOWHERE, office_of
from coder.setting import settings
from coder.units import Units, sentence_to_units
from coder.words import word_classes

Coded = tuple[Phrase, tuple[str, ...]]
"""A phrase with its codes: one, two for a pair, none when nothing settles it."""


def find_mentions(
    article: Article, sentences: Sequence[Sentence], actors: ActorDictionary
) -> list[list[ActorMention]]:
    """The actor mentions of each sentence, in order; offsets are those of the article.

    Two mentions may share one span: "both sides" names two actors.
    """
    desk = is_other_desk(article.text)
    return [
        _phrases_to_mentions(sentence, units, coded, desk=desk)
        for sentence, units, coded in article_to_phrases(article, sentences, actors)
    ]


def article_to_phrases(
    article: Article, sentences: Sequence[Sentence], actors: ActorDictionary
) -> Iterator[tuple[Sentence, Units, list[Coded]]]:
    """Each sentence with its phrases and their codes, as far as the article has told by then."""
    memory = Memory()
    title = [_sentence_to_units(article.title, article, actors, Memory())] if article.title else []
    rows = [_sentence_to_units(s.text, article, actors, memory) for s in sentences]
    lands = settings([*rows, *title], actors, memory.home)
    memory.setting, memory.rivals = lands[0] if lands else "", frozenset(lands[1:])
    memory.home = memory.home if memory.home == memory.setting else ""
    for sentence, row in zip(sentences, rows, strict=True):
        units = know_koreas(row, memory.lands)
        phrases = units_to_phrases(units, actors, memory.names, memory.role)
        memory.lands.update(land for p in phrases if (land := actors.country(p.code)))
        yield sentence, units, _code_phrases(units, phrases, actors, memory)


def _code_phrases(
    units: Units, phrases: Sequence[Phrase], actors: ActorDictionary, memory: Memory
) -> list[Coded]:
    known, found = list(phrases), []
    memory.flag = flag(units, actors) or memory.flag
    for index, phrase in enumerate(phrases):
        codes = _codes(phrase, units, known, actors, memory)
        _remember(phrase, codes, units, memory)
        if index and is_joined(units, phrases[index - 1], phrase):
            third = _is_listed(phrases[:index], units)
            add_joined(() if third or _is_adjective(phrase, units) else found[-1], codes, memory)
        if len(codes) == 1 and codes[0] != phrase.code:
            known[index] = replace(phrase, code=codes[0])
        found.append(codes)
    for index, phrase in enumerate(phrases):  # what stayed open may follow from what came later
        if phrase.ask == "country" and any(c.startswith(NOWHERE) for c in found[index]):
            found[index] = _codes(phrase, units, known, actors, memory)
            _remember(phrase, found[index], units, memory)
    coded = list(zip(phrases, found, strict=True))
    settled = [(phrase, codes) for phrase, codes in coded if codes]
    add_parties([codes for p, codes in settled if not _is_scene(p, units)], actors, memory)
    memory.end_sentence(next((land for _, c in settled if (land := actors.country(c[0]))), ""))
    return coded


def _is_listed(phrases: Sequence[Phrase], units: Units) -> bool:
    """Whether only a comma stands between the last two phrases: the next is the third of a list."""
    return len(phrases) > 1 and units.letters[phrases[-2].last : phrases[-1].first] == ","


def _is_adjective(phrase: Phrase, units: Units) -> bool:
    """Whether an adjective of origin only describes a thing: "Polish lorries"."""
    plain = units.letter(phrase.last) in ("w", "m")
    return phrase.how == "dictionary" and units.letters[phrase.first] == "D" and plain


def _is_scene(phrase: Phrase, units: Units) -> bool:
    """Whether a name only tells where: "in Luanda"."""
    return phrase.how == "dictionary" and not phrase.title and is_placed(phrase, units)


def _remember(phrase: Phrase, codes: tuple[str, ...], units: Units, memory: Memory) -> None:
    if codes or phrase.ask == "name":
        add_referent(phrase, codes, units, memory)
    if len(codes) == 2:
        add_pair(codes[0], codes[1], memory, joined=True)
    elif len(codes) == 1:
        memory.role = office_of(codes[0]) or memory.role
        add_names(phrase, codes[0], units, memory)


def _sentence_to_units(
    text: str, article: Article, actors: ActorDictionary, memory: Memory
) -> Units:
    dateline = find_dateline(text)
    begin = dateline.end if dateline else 0
    if dateline and not memory.home:
        memory.home = _home(text[:begin], article, actors)
    return sentence_to_units(text, actors, article.date, begin)


def _home(dateline: str, article: Article, actors: ActorDictionary) -> str:
    """The country of a dateline ("ABUJA, Nigeria")."""
    units = sentence_to_units(f"In {dateline.title()}", actors, article.date)
    places = [e for e, x in zip(units.found, units.letters, strict=True) if x in "CTR"]
    lands = [actors.country(e.code) for e in places if isinstance(e, Entry)]
    return next((land for land in reversed(lands) if land), "")


def _phrases_to_mentions(
    sentence: Sentence, units: Units, coded: Sequence[Coded], *, desk: bool
) -> list[ActorMention]:
    lands = Counter(code[:3] for _, codes in coded for code in codes)
    settled = [
        (phrase, codes)
        for phrase, codes in coded
        if codes and not is_bystander(phrase, codes[0], units, lands, desk=desk)
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


def _is_aged(phrase: Phrase, units: Units) -> bool:
    """Whether an age follows a name ("Ali Omar, 52, ..."): it is whom the text just spoke of."""
    following = phrase.first <= 1 and units.letters[phrase.last : phrase.last + 2] == ",0"
    return following and units.word(phrase.last + 1).endswith(",")


def _trade(phrase: Phrase, units: Units) -> str:
    """The role of a person that a clause describes: "said Agron Lekaj, who exports vegetables";
    "" if none does."""
    said = units.word(phrase.first - 1) in word_classes()["say"]
    if not said or " " not in phrase.name or units.word(phrase.last) != ",":
        return ""
    if units.word(phrase.last + 1) == "whose":
        return "CVL"
    if units.word(phrase.last + 1) != "who":
        return ""
    verbs = units.words_in(phrase.last + 2, phrase.last + 4)
    classes = word_classes()
    return next((role for role in ("BUS", "AGR", "EDU") if verbs & classes[f"does-{role}"]), "CVL")


def _codes_of_name(
    phrase: Phrase, units: Units, phrases: list[Phrase], actors: ActorDictionary, memory: Memory
) -> tuple[str, ...]:
    """The code of a name without a role: known by now, of whom the text just spoke, or by a trade."""
    code = memory.names.get(phrase.name) or memory.names.get(phrase.name.split()[-1], "")
    if code:
        return (code,)
    if _is_aged(phrase, units):
        return the_person(memory)
    aged = units.letters[phrase.last : phrase.last + 2] == ",0"
    if aged and phrase.first > 1 and units.word(phrase.last + 1)[:2].isdigit():
        if memory.sentence == 1 and (spoken_of := the_person(memory)):
            return spoken_of
        role = "CVL"
    elif named := whose_name(phrase, units, memory):
        return named
    else:
        role = _trade(phrase, units)
    if not role:
        return ()
    plain = replace(phrase, code=NOWHERE + role, ask="country")
    return codes_with_country(plain, units, phrases, actors, memory)


def _codes(
    phrase: Phrase, units: Units, phrases: list[Phrase], actors: ActorDictionary, memory: Memory
) -> tuple[str, ...]:
    """The codes of a phrase: one, two for a pair, none when the article does not settle it."""
    if phrase.ask == "name":
        return _codes_of_name(phrase, units, phrases, actors, memory)
    if is_both_parties(phrase, units, memory):
        return resolve(replace(phrase, code="", title="parties"), units, actors, memory)
    if phrase.ask == "country":
        return codes_with_country(phrase, units, phrases, actors, memory)
    if phrase.placed and (known := known_elsewhere(phrase, units, phrases, actors, memory)):
        return (known,)
    if phrase.ask == "two" and phrase.code:
        phrase = replace(phrase, code=own_code(phrase, units, memory))
    if phrase.ask == "body" and phrase.code == NOWHERE + "GOV":
        named = resolve(phrase, units, actors, memory)
        public = phrase.title in word_classes()["public-body"]
        return named or (
            codes_with_country(phrase, units, phrases, actors, memory) if public else ()
        )
    if phrase.ask:
        codes = resolve(phrase, units, actors, memory)
        if codes or phrase.ask != "body" or units.letter(phrase.first + 1) != "s":
            return codes
        own = replace(phrase, ask="country")  # "the front's negotiator": of no body we know
        return codes_with_country(own, units, phrases, actors, memory) if phrase.code else ()
    return (own_code(phrase, units, memory),)
