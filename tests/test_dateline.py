import pytest

from coder.dateline import find_dateline


@pytest.mark.parametrize(
    ("text", "place", "day", "agency"),
    [
        ("BEIJING, May 19 (Xinhua) -- |Chinese police", "BEIJING", (5, 19, None), "Xinhua"),
        ("WASHINGTON (AP) — |The Senate", "WASHINGTON", None, "AP"),
        ("GENEVA - |The talks broke off.", "GENEVA", None, ""),
        ("NAIROBI, Kenya (Reuters) - |Police", "NAIROBI, Kenya", None, "Reuters"),
        ("(Reuters) - |Rebels", "", None, "Reuters"),
        ("KABUL: |A bomb killed two.", "KABUL", None, ""),
        ("MOSCOW, 12 March /TASS/. |Russia", "MOSCOW", (3, 12, None), "TASS"),
        ("MOSCOW, March 12. /TASS/. |Russia", "MOSCOW", (3, 12, None), "TASS"),
        ("SEOUL, Sept. 5, 2014 (Yonhap) -- |North", "SEOUL", (9, 5, 2014), "Yonhap"),
        ("AMMAN, 19 May 2014 (AFP) - |Jordan", "AMMAN", (5, 19, 2014), "AFP"),
        ("  \nLIMA, May 3 - |Police fired.", "LIMA", (5, 3, None), ""),
        ("NEW YORK/LONDON (Reuters) - |Oil", "NEW YORK/LONDON", None, "Reuters"),
        ("PORT-AU-PRINCE, Haiti (AP) _ |The", "PORT-AU-PRINCE, Haiti", None, "AP"),
        ("N'DJAMENA - |Rebels took the town.", "N'DJAMENA", None, ""),
        ("SÃO PAULO — |Brazil will leave.", "SÃO PAULO", None, ""),
        ("WASHINGTON, D.C. - |The House", "WASHINGTON, D.C.", None, ""),
        ("SALT LAKE CITY - |The governor", "SALT LAKE CITY", None, ""),
        ("Beijing, May 19 -- |Police", "Beijing", (5, 19, None), ""),
        ("Geneva (AFP) - |talks", "Geneva", None, "AFP"),
        ("UNITED NATIONS, May 19 (Xinhua) |The UN", "UNITED NATIONS", (5, 19, None), "Xinhua"),
        ("CAIRO: |“We will go,” he said.", "CAIRO", None, ""),
        ("May 19 (Reuters) - |Shares", "", (5, 19, None), "Reuters"),
    ],
)
def test_datelines_are_found(text, place, day, agency):
    head, _, rest = text.partition("|")
    found = find_dateline(head + rest)
    assert found is not None
    assert found.end == len(head)
    assert (found.place, found.agency) == (place, agency)
    assert (found.month, found.day, found.year) == (day or (None, None, None))


@pytest.mark.parametrize(
    "text",
    [
        "", "OPEC - the oil cartel - said", "OPEC - The oil cartel met.", "NATO: The alliance met.",
        "ANALYSIS: Why the talks failed", "OBAMA: Thank you all.", "IRAN TALKS COLLAPSE - The deal is off",
        "GENEVA - TALKS BREAK OFF", "Syria - Rebels take the town", "Turkey recalls envoy: The day after",
        "The army (AFP) - said", "Police in Kabul said (Reuters) - no", "UN - Refugees need aid",
        "Cairo - The talks", "WASHINGTON says no.", "GENEVA", "geneva - The talks", "(Reuters) Police said",
        "Prime Minister Ali said on May 19 - a Monday - that he would go.", "A" * 10_000, " " * 10_000,
    ],
)  # fmt: skip
def test_what_only_looks_like_a_dateline_is_left(text):
    assert find_dateline(text) is None


def test_an_unknown_agency_counts_behind_a_place_in_capitals_and_a_day():
    found = find_dateline("ZAMBOANGA, Philippines, May 12 (Pacific Press Union) - Rebels left.")
    assert (found.place, found.month, found.agency) == (
        "ZAMBOANGA, Philippines",
        5,
        "Pacific Press Union",
    )
    assert find_dateline("Zamboanga (Pacific Press Union) - Rebels left.") is None
