from datetime import date

import pytest

from coder.when import event_date

TUESDAY = date(2014, 5, 20)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("They met on Monday.", date(2014, 5, 19)),
        ("They met on Tuesday.", date(2014, 5, 20)),
        ("They will meet on Thursday.", date(2014, 5, 22)),
        ("They met next Monday.", date(2014, 5, 26)),
        ("Police fired on the crowd yesterday.", date(2014, 5, 19)),
        ("The talks open tomorrow.", date(2014, 5, 21)),
        ("The deal was signed on May 12.", date(2014, 5, 12)),
        ("The deal was signed on 3 Dec. in Rome.", date(2013, 12, 3)),
        ("The deal was signed on March 4, 2011.", date(2011, 3, 4)),
        ("He may sign; 12 sailors died.", TUESDAY),
        ("Nothing is said of a day.", TUESDAY),
    ],
)
def test_days_are_resolved_against_the_article(sentence, day):
    assert event_date(sentence, TUESDAY) == day


def test_without_a_publication_date_only_a_full_date_counts():
    assert event_date("They met on Monday.", None) is None
    assert event_date("They met on May 12, 2014.", None) == date(2014, 5, 12)
