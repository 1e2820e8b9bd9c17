"""How well the actors of gold articles are named and coded: mentions, references, countries."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coder.actors import ActorDictionary
from coder.errors import InputError
from coder.mentions import find_mentions
from coder.records import ActorMention, Article, Sentence
from coder.roles import NOWHERE, is_international, role_of
from coder.segment import article_to_sentences


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An actor phrase of a sentence: its characters in the article, its code or the codes of both
    it stands for, and how it is named (name, role, ref).
    """

    start: int
    end: int
    codes: frozenset[str]
    how: str


@dataclass(frozen=True, slots=True)
class MentionScore:
    """Codes of mentions found (`precision`) and of gold mentions (`recall`), by country and role
    (see `country_role`).

    References ("he", "the two sides") of gold: `referred`, of which `settled` got a code, `correct`
    the right one. Role nouns that took their country from the article ("the police"): `agents`,
    `decided`, and of those that stand in the gold `judged`, with the `right` country.
    """

    precision: float
    recall: float
    support: int
    referred: int
    settled: int
    correct: int
    agents: int
    decided: int
    judged: int
    right: int


def country_role(code: str) -> str:
    """What the field counts as the same actor: country and first role.

    "HNDOPP" of "HNDOPPPTY", "KENGOV" of "KENGOVLAB", "IRQUAF" of "IRQKURUAF"; without a role the
    country and what follows it ("IRQKUR"). Organisations without a country stay whole: "IGOUNOPKO".
    """
    if is_international(code):
        return code
    if code.startswith(NOWHERE):
        return code[3:6]
    return code[:3] + (role_of(code)[:3] or code[3:6])


def read_gold_mentions(
    rows: Iterable[dict[str, str]], sentences: Sequence[Sentence], name: str
) -> list[GoldMention]:
    """Rows (sentence, words, code, how) as places in the article.

    The same words twice in a sentence are its first and second occurrence; raises InputError for
    words that the sentence does not hold.
    """
    texts = {s.index: s for s in sentences}
    seen: dict[tuple[str, str], int] = {}
    found = []
    for line, row in enumerate(rows, 2):
        key = (row["sentence"], row["words"])
        number = seen[key] = seen.get(key, 0) + 1
        sentence = texts.get(int(row["sentence"]) if row["sentence"].isdigit() else -1)
        places = list(_places(row["words"], sentence.text)) if sentence else []
        if not sentence or len(places) < number:
            raise InputError(f"{name}, line {line}: sentence {row['sentence']} has no such words")
        start, end = (sentence.start + place for place in places[number - 1])
        found.append(GoldMention(start, end, frozenset(row["code"].split("|")), row["how"]))
    return found


def _places(words: str, text: str) -> Iterator[tuple[int, int]]:
    pattern = r"\s+".join(map(re.escape, words.split()))
    return (m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text))


def score_mentions(
    gold: Sequence[tuple[Article, list[GoldMention]]], actors: ActorDictionary
) -> MentionScore:
    """Compare the mentions found in articles with their gold mentions, phrase by phrase.

    A found phrase belongs to the gold phrase that it shares most characters with.
    """
    right = found_codes = gold_codes = 0
    referred = settled = correct = agents = decided = judged = in_place = 0
    for article, wanted in gold:
        spans = _by_span(article, actors)
        gold_codes += sum(len(_keys(g.codes)) for g in wanted)
        found_codes += sum(len(_keys(m.code for m in mentions)) for mentions in spans.values())
        for mention in (m for mentions in spans.values() for m in mentions):
            if mention.how == "inferred":
                agents += 1
                decided += bool(actors.country(mention.code))
        answers = {span: _best(span, wanted) for span in spans}
        for g in wanted:
            mine = [m for span, best in answers.items() if best is g for m in spans[span]]
            codes, keys = _keys(m.code for m in mine), _keys(g.codes)
            right += len(codes & keys)
            if g.how == "ref":
                referred += 1
                settled += bool(codes)
                correct += codes == keys
            for m in mine:
                if m.how == "inferred" and actors.country(m.code):
                    judged += 1
                    in_place += m.code[:3] in {code[:3] for code in g.codes}
    return MentionScore(
        right / found_codes if found_codes else 0.0,
        right / gold_codes if gold_codes else 0.0,
        gold_codes, referred, settled, correct, agents, decided, judged, in_place,
    )  # fmt: skip


def _keys(codes: Iterable[str]) -> set[str]:
    return {country_role(code) for code in codes}


def _by_span(
    article: Article, actors: ActorDictionary
) -> dict[tuple[int, int], list[ActorMention]]:
    spans: dict[tuple[int, int], list[ActorMention]] = {}
    for sentence in find_mentions(article, article_to_sentences(article), actors):
        for mention in sentence:
            spans.setdefault((mention.start, mention.end), []).append(mention)
    return spans


def _best(span: tuple[int, int], wanted: Sequence[GoldMention]) -> GoldMention | None:
    shared = [(min(span[1], g.end) - max(span[0], g.start), i) for i, g in enumerate(wanted)]
    most, index = max(shared, default=(0, 0))
    return wanted[index] if most > 0 else None


def mention_score_to_text(scores: dict) -> str:
    """The score as lines."""

    def share(part: str, whole: str) -> str:
        return f"{scores[part] / max(1, scores[whole]):.3f}"

    return (
        f"mentions, country + role: precision {scores['precision']:.3f}  "
        f"recall {scores['recall']:.3f}  ({scores['support']} mentions)\n"
        f"references: settled {share('settled', 'referred')} of {scores['referred']}, "
        f"right {share('correct', 'settled')} of those\n"
        f"country from context: decided {share('decided', 'agents')} of {scores['agents']} agents, "
        f"right {share('right', 'judged')} of the {scores['judged']} that gold mentions can judge"
    )
