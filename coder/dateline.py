"""The dateline that opens a wire story: "BEIJING, May 19 (Xinhua) -- ".

Conservative: a place in capitals, a mixed-case place with a date or a known agency, or an agency
alone; and then a separator. Acronyms ("OPEC - the oil cartel - said"), labels ("ANALYSIS: ...") and
headlines are no datelines. Before a colon only a city that news is often filed from counts, since
names before a colon are mostly speakers or headline countries.
"""

import re
from dataclasses import dataclass

from coder.dates import MONTH_NAME, month_number

LONGEST = 140
"""Characters at the start of a text that are looked at."""

_NOT_PLACES = frozenset(
    """
    AFRICOM AIPAC ALBA AMISOM ANALYSIS ANNOUNCEMENT APEC ASEAN ATTENTION AUKUS BACKGROUND BREAKING
    BRICS CELAC CENTCOM CHRONOLOGY CLARIFICATION COMMENT COMMENTARY COMMISSION CORRECTED CORRECTION
    COVID CSTO DEVELOPING ECOMOG ECOWAS EDITORIAL EULEX EXCLUSIVE EXPLAINER FACTBOX FEATURE FLASH
    FRONTEX GRAPHIC HAMAS HEADLINES HEZBOLLAH HIGHLIGHTS HIZBULLAH IGAD INSIGHT INTERPOL INTERVIEW
    ISAF ISIL ISIS JUST KFOR LATEST LIVE MERCOSUR MINUSMA MONUSCO NAFTA NATO NEWS NEWSMAKER NORAD
    NOTE OECD OPEC OPINION OSCE PHOTOS POLICE POLL PREVIEW PROFILE QUOTES RADIO RECAP REFILE REPORT
    SAARC SADC SCHEDULE SPECIAL SUMMARY TALIBAN TIMELINE TOP UNAMA UNAMID UNASUR UNESCO UNHCR UNICEF
    UNIFIL UNMIK UNMISS UNOSOM UNPROFOR UNRWA UPDATE URGENT VIDEO WARNING WATCH WIRE WITNESS WRAPUP
    """.split()
)
_FIRST_WORDS = frozenset(
    "AL BANDAR CAPE EL FORT LA LAS LOS MOUNT NEW PORT RIO SAN SANTA SAO SÃO ST.".split()
)
_LAST_WORDS = frozenset(
    "BASE BEACH BORDER CAMP CITY ISLAND ISLANDS PARK SPRINGS STRIP VALLEY".split()
)
_SHORT_PLACES = frozenset(
    """
    ADEN AGRA APIA BAKU BALI BARI BERN BONN BRNO CALI CEBU CORK CUBA DILI DOHA FES GAZA GOMA GRAZ
    GUAM HOMS IRAN IRAQ JUBA KANO KIEV KYIV LAOS LIMA LINZ LOME LVIV LYON MALI MALE METZ MOKA NICE
    OMAN ORAN OSLO OSH PERU PULA RIGA ROME SPLIT SUVA TOGO TYRE TUNIS VAN WAU YORK
    """.split()
)
_CITIES = frozenset(
    (
        "ABIDJAN|ABUJA|ABU DHABI|ACCRA|ADDIS ABABA|ADEN|AHMEDABAD|ALEPPO|ALGIERS|ALMATY|AMMAN"
        "|AMSTERDAM|ANKARA|ANTANANARIVO|ASHGABAT|ASMARA|ASTANA|ASUNCION|ATHENS|BAGHDAD|BAKU|BAMAKO"
        "|BANGKOK|BANGUI|BANJUL|BASRA|BEIJING|BEIRUT|BELGRADE|BENGHAZI|BERLIN|BERNE|BISHKEK|BISSAU"
        "|BOGOTA|BONN|BRASILIA|BRATISLAVA|BRAZZAVILLE|BRUSSELS|BUCHAREST|BUDAPEST|BUENOS AIRES"
        "|BUJUMBURA|CAIRO|CANBERRA|CARACAS|CHISINAU|COLOMBO|CONAKRY|COPENHAGEN|DAKAR|DAMASCUS"
        "|DAR ES SALAAM|DHAKA|DILI|DJIBOUTI|DOHA|DUBAI|DUBLIN|DUSHANBE|FREETOWN|GABORONE|GAZA"
        "|GAZA CITY|GENEVA|GOMA|GUATEMALA CITY|HANOI|HARARE|HAVANA|HELSINKI|HONG KONG|ISLAMABAD"
        "|ISTANBUL|JAKARTA|JERUSALEM|JOHANNESBURG|JUBA|KABUL|KAMPALA|KANDAHAR|KARACHI|KATHMANDU"
        "|KHARTOUM|KIEV|KIGALI|KINGSTON|KINSHASA|KOLKATA|KUALA LUMPUR|KUWAIT CITY|KYIV|LAGOS"
        "|LAHORE|LA PAZ|LIBREVILLE|LIMA|LISBON|LOME|LONDON|LUANDA|LUSAKA|MADRID|MALABO|MALE"
        "|MANAGUA|MANAMA|MANILA|MAPUTO|MEXICO CITY|MINSK|MOGADISHU|MONROVIA|MONTEVIDEO|MOSCOW"
        "|MOSUL|MUMBAI|MUSCAT|N'DJAMENA|NAIROBI|NAYPYITAW|NEW DELHI|NEW YORK|NIAMEY|NICOSIA"
        "|NOUAKCHOTT|OSLO|OTTAWA|OUAGADOUGOU|PARIS|PESHAWAR|PHNOM PENH|PORT-AU-PRINCE|PRAGUE"
        "|PRETORIA|PRISTINA|PYONGYANG|QUETTA|QUITO|RABAT|RAMALLAH|RANGOON|RIGA|RIYADH|ROME|SANAA"
        "|SAN JOSE|SAN SALVADOR|SANTIAGO|SANTO DOMINGO|SARAJEVO|SEOUL|SHANGHAI|SINGAPORE|SKOPJE"
        "|SOFIA|SRINAGAR|STOCKHOLM|SUVA|SYDNEY|TAIPEI|TALLINN|TASHKENT|TBILISI|TEGUCIGALPA|TEHRAN"
        "|TEL AVIV|THE HAGUE|TIRANA|TOKYO|TRIPOLI|TUNIS|ULAN BATOR|UNITED NATIONS|VALLETTA"
        "|VATICAN CITY|VIENNA|VIENTIANE|VILNIUS|WARSAW|WASHINGTON|WELLINGTON|WINDHOEK|YANGON"
        "|YAOUNDE|YEREVAN|ZAGREB"
    ).split("|")
)
_AGENCIES = (
    "AA|AFP|AFX|Agence France-Presse|AGI|Agerpres|AKIpress|Al Jazeera|Anadolu(?: Agency)?"
    "|ANA|ANI|ANP|ANSA|Antara|AP|APA|APS|Armenpress|Associated Press|ATS|Azertac"
    "|BBC(?: News)?|BelTA|Belga|Bernama|Bloomberg(?: News)?|BNS|BTA|CNA|CNN|CNS|CP|CTK"
    "|Deutsche Welle|Dow Jones|DPA|DW|EFE|Fars|FENA|GLOBE NEWSWIRE|HINA|IANS|INA"
    "|Interfax(?:-[A-Za-z]+)?|IPS|IRIN|IRNA|ISNA|ITAR-TASS|Itar-Tass|Jiji|Kazinform|KCNA"
    "|KNA|KUNA|Kyodo(?: News)?|LETA|Lusa|MAP|Mehr|MENA|MIA|MTI|NAN|NHK|NINA|NNA|NNN|Notimex"
    "|NPR|NTB|PA|PANA|PAP|Petra|PNA|PRNewswire|PTI|QNA|RFE/RL|RIA(?: Novosti)?"
    "|Reuters(?: Life!)?|Ritzau|SANA|SPA|Sputnik|STT|SUNA|TAP|TASS|Tanjug|TASR|Telam"
    "|The (?:Associated Press|Canadian Press|Guardian|New York Times|Washington Post|Media Line)"
    "|Thomson Reuters Foundation|Trend|TT|UNB|UNI|UNIAN|Ukrinform|UPI|VNA|VOA|WAFA|WAM"
    "|Xinhua|Yonhap"
)
_UPPER = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.'’-]*"
_MIXED = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
_WITH_AGENCY = re.compile(
    rf"(?P<what>[^()\[\]\n]{{0,70}}?)[,.]?\s*[(/\[](?P<agency>(?:{_AGENCIES})(?:/(?:{_AGENCIES}))*)[)/\]]"
    r"(?P<mark>\s*(?:--+|[—–_:.-])|)\s+(?:--+\s+)?"
)
_WITH_ANY = re.compile(
    r"(?P<what>[^()\[\]\n]{5,70}?)\s*\((?P<agency>[A-Z][^()\n]{1,40})\)\s*(?:--+|[—–-])\s+"
)
"""An agency that is not in the list, believed behind a place in capitals and a day."""

_WITHOUT = re.compile(r"(?P<what>[^()\[\]\n]{2,70}?)(?P<mark>\s*--+\s|\s*[—–]|\s*[_-]\s|:\s)\s*")
_WHAT = re.compile(
    rf"(?:(?P<place>(?P<city>{_UPPER}(?:[ /]{_UPPER}){{0,3}}|{_MIXED}(?:[ /]{_MIXED}){{0,3}})"
    rf"(?:, {_MIXED}(?: {_MIXED}){{0,2}})?)(?:,? |$))??"
    rf"(?P<day>(?P<m>{MONTH_NAME}) (?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH_NAME}))?"
    r"(?(day)(?:,? (?P<year>(?:19|20)\d{2}))?)"
)
_SIGN = re.compile(r"[(\[/—–]|--|[_-]\s|:\s")
"""One of these is in every dateline; most sentences are told from one by having none."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a story was filed; what is not given is "" or None.

    `end` is the offset in the text at which the first sentence goes on.
    """

    end: int
    place: str
    month: int | None
    day: int | None
    year: int | None
    agency: str


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the start of a text or paragraph, None if there is none."""
    head = text[:LONGEST].lstrip()
    lead = min(len(text), LONGEST) - len(head)
    if not head or not (head[0].isupper() or head[0].isdecimal() or head[0] in "(/["):
        return None
    if not _SIGN.search(head):
        return None
    found = _WITH_AGENCY.match(head)
    what = _WHAT.fullmatch(found["what"]) if found else None
    if found and what and (found["mark"] or what["place"] and what["day"]):
        return _dateline(found, what, found["agency"], lead)
    found = _WITH_ANY.match(head)
    what = _WHAT.fullmatch(found["what"]) if found else None
    if found and what and what["day"] and (what["city"] or "").isupper():
        return _dateline(found, what, found["agency"], lead)
    found = _WITHOUT.match(head)
    what = _WHAT.fullmatch(found["what"]) if found else None
    if found and what and _opens_story(found, what, head[found.end() :]):
        return _dateline(found, what, "", lead)
    return None


def _dateline(found: re.Match[str], what: re.Match[str], agency: str, lead: int) -> Dateline:
    month, day = what["m"] or what["m2"], what["d"] or what["d2"]
    return Dateline(
        end=lead + found.end(),
        place=what["place"] or "",
        month=month_number(month) if month else None,
        day=int(day) if day else None,
        year=int(what["year"]) if what["year"] else None,
        agency=agency,
    )


def _opens_story(found: re.Match[str], what: re.Match[str], rest: str) -> bool:
    """Whether words before a dash or colon, without an agency, are a place a story comes from."""
    if not rest or rest[0].islower() or not any(c.islower() for c in rest[:40]):
        return False
    city = (what["city"] or "").split("/")[0]
    if what["day"] and city:
        return True
    words = city.split()
    if not city.isupper() or any(word in _NOT_PLACES for word in words):
        return False
    if city in _CITIES:
        return True
    if ":" in found["mark"]:
        return False
    if len(words) > 1:
        return len(words) <= 3 and (words[0] in _FIRST_WORDS or words[-1] in _LAST_WORDS)
    return len(city) > 4 or city in _SHORT_PLACES
