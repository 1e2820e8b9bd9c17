"""The speed measurement: its corpus and its arithmetic (no test here looks at a clock)."""

from collections import Counter

from coder import articles
from coder.segment import article_to_sentences
from training.bench import bench_articles, sampled_stages
from training.bench_runs import ratio


def test_half_of_the_sentences_at_least_come_from_texts_without_events():
    made = list(bench_articles(3))
    again = list(bench_articles(3))
    assert made == again
    for article in made:
        paragraphs = article.text.split("\n\n")
        own = sum(len(article_to_sentences(_with(article, p))) for p in paragraphs[::2])
        mixed_in = sum(len(article_to_sentences(_with(article, p))) for p in paragraphs[1::2])
        assert mixed_in >= own > 5


def _with(article, text):
    return type(article)(article.id, article.date, text)


def test_a_ratio_is_that_of_the_sums_with_the_extremes_of_the_pairs():
    assert ratio([3.0, 1.0], [1.0, 1.0]) == "2.00 (1.00 to 3.00)"
    assert ratio([3.0, 1.0], [1.0, -1.0]) == "not measurable, the machine was busy"


def test_time_goes_to_the_stage_of_the_module_that_runs(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text('{"text": "The talks went on."}\n' * 30_000)
    shares = Counter()
    with sampled_stages(shares):
        for _ in articles.read_articles([str(path)]):
            pass
    assert "read" in shares
    assert set(shares) <= {"read", "sentences"}  # an undated article is searched for a dateline
