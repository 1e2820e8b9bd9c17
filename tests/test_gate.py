"""What the gate before the parser looks at."""

from coder.gate import gate_features, sentence_probability
from coder.records import ActorMention, Sentence

TEXT = "China imposed new sanctions on Iran's army, officials said."


def sentence_and_mentions():
    at = 500  # offsets of mentions are those of the article
    names = (("China", "CHN"), ("Iran's army", "IRNMIL"))
    mentions = [
        ActorMention(at + TEXT.index(n), at + TEXT.index(n) + len(n), n, code, "dictionary")
        for n, code in names
    ]
    return Sentence("a", 3, at, at + len(TEXT), TEXT), mentions


def test_names_never_enter_but_their_number_and_roles_do():
    found = gate_features(*sentence_and_mentions())
    assert found == {
        "imposed", "new", "sanctions", "on", "officials", "said",
        ">imposed", ">new", ">,", ">officials",
        "#n2", "#l2", "#MIL", "#country",
    }  # fmt: skip


def test_two_actors_over_one_span_hide_it_once():
    sentence, [china, iran] = sentence_and_mentions()
    group = [iran, ActorMention(iran.start, iran.end, iran.text, "IGOUNO", "anaphor")]
    found = gate_features(sentence, [china, *group])
    assert {"#n3", "#l3", "#international"} <= found
    assert not {"iran", "army", "#UNO"} & found


def test_a_gate_of_words_only_scores_words_only():
    weights = {"": -1.0, "sanctions": 0.75, "imposed": 0.25, "China": 9.0}
    assert sentence_probability(weights, *sentence_and_mentions()) == 0.5
