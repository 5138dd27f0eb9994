"""Words for more than one country, and which countries they hold."""

from typing import Final

from jobtide.places.names import key

#: UN M49, "Standard country or area codes for statistical use" (https://unstats.un.org/unsd/
#: methodology/m49/), by its sub-regions; Taiwan and Kosovo, which it lacks, stand where they lie.
_M49: Final = {
    "northern_africa": "DZ EG EH LY MA SD TN",
    "sub_saharan_africa": "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW IO KE KM "
    "LR LS MG ML MR MU MW MZ NA NE NG RE RW SC SH SL SN SO SS ST SZ TD TF TG TZ UG YT ZA ZM ZW",
    "northern_america": "BM CA GL PM US",
    "caribbean": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC "
    "VG VI",
    "central_america": "BZ CR GT HN MX NI PA SV",
    "south_america": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
    "central_asia": "KG KZ TJ TM UZ",
    "eastern_asia": "CN HK JP KP KR MN MO TW",
    "south_eastern_asia": "BN ID KH LA MM MY PH SG TH TL VN",
    "southern_asia": "AF BD BT IN IR LK MV NP PK",
    "western_asia": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
    "eastern_europe": "BG BY CZ HU MD PL RO RU SK UA",
    "northern_europe": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "southern_europe": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    "western_europe": "AT BE CH DE FR LI LU MC NL",
    "oceania": "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU "
    "WF WS",
}


def _join(*parts: str) -> frozenset[str]:
    """Return the codes of M49 sub-regions and of lists of codes."""
    return frozenset(code for part in parts for code in _M49.get(part, part).split())


#: Member states of the European Union, https://european-union.europa.eu (27 since 2020).
_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_EUROPE = _join("eastern_europe", "northern_europe", "southern_europe", "western_europe", "CY")
_AFRICA = _join("northern_africa", "sub_saharan_africa")
_ASIA = _join(
    "central_asia", "eastern_asia", "south_eastern_asia", "southern_asia", "western_asia"
)
#: No list is official; these are the countries that all common ones hold, with Egypt and Turkey.
_MIDDLE_EAST = _join("AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE")
_SOUTH_AMERICA = _join("south_america")
_M49_NORTH_AMERICA = _join("northern_america", "central_america", "caribbean")

#: Region word -> the countries in it, ISO 3166-1 alpha-2. "job boards say" marks business
#: words that no body defines.
REGIONS: Final[dict[str, frozenset[str]]] = {
    "europe": _EUROPE,  # UN M49 "Europe", with Cyprus
    "eu": _join(_EU),
    "eea": _join(_EU, "IS LI NO"),  # EEA Agreement, https://www.efta.int
    "emea": _EUROPE | _AFRICA | _MIDDLE_EAST,  # job boards say
    # job boards say: East, South and South-East Asia with Oceania
    "apac": _join("eastern_asia", "south_eastern_asia", "southern_asia", "oceania") - {"IR"},
    "asia": _ASIA,  # UN M49 "Asia"
    "africa": _AFRICA,  # UN M49 "Africa"
    # UN M49 "Latin America and the Caribbean"
    "latam": _join("caribbean", "central_america", "south_america"),
    "south_america": _SOUTH_AMERICA,  # UN M49
    # job boards say: UN M49 "Northern America" with Mexico; its "North America" goes to Panama
    "north_america": _join("northern_america", "MX PR VI"),
    "americas": _M49_NORTH_AMERICA | _SOUTH_AMERICA,  # UN M49 "Americas"
    "oceania": _join("oceania"),  # UN M49
    "middle_east": _MIDDLE_EAST,
    "nordics": _join("DK FI IS NO SE FO GL AX"),  # Nordic Council, https://www.norden.org
    "benelux": _join("BE LU NL"),  # Benelux Union
    "dach": _join("AT CH DE"),
    # Narrower words, so that "Eastern Europe" is not read as all of Europe.
    "eastern_europe": _join("eastern_europe", "EE LT LV AL BA HR ME MK RS SI XK"),
    "western_europe": _join("western_europe", "GB IE ES PT IT DK NO SE FI IS"),
    "southern_europe": _join("southern_europe", "CY"),
    "northern_europe": _join("northern_europe"),
    "baltics": _join("EE LT LV"),
    "scandinavia": _join("DK NO SE"),
    "balkans": _join("AL BA BG GR HR ME MK RO RS SI XK"),
    "southeast_asia": _join("south_eastern_asia"),
    "south_asia": _join("southern_asia") - {"IR"},
    "east_asia": _join("eastern_asia"),
    "central_asia": _join("central_asia"),
    "gulf": _join("AE BH KW OM QA SA"),  # Gulf Cooperation Council
    "mena": _MIDDLE_EAST | _join("northern_africa"),
    "north_africa": _join("northern_africa"),
    "sub_saharan_africa": _join("sub_saharan_africa"),
    "anz": _join("AU NZ"),
    "central_america": _join("central_america") - {"MX"},
    "caribbean": _join("caribbean"),
    "cis": _join("AM AZ BY KG KZ MD RU TJ UZ"),  # Commonwealth of Independent States
}

#: Narrow region -> what it is in the closed vocabulary of wide words: (regions, countries).
#: Small groups are named by their members, larger ones by the region around them.
BROADER: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "dach": ((), ("DE", "AT", "CH")),
    "anz": ((), ("AU", "NZ")),
    "baltics": ((), ("EE", "LV", "LT")),
    "scandinavia": (("nordics",), ()),
    "eastern_europe": (("europe",), ()),
    "western_europe": (("europe",), ()),
    "southern_europe": (("europe",), ()),
    "northern_europe": (("europe",), ()),
    "balkans": (("europe",), ()),
    "southeast_asia": (("asia",), ()),
    "south_asia": (("asia",), ()),
    "east_asia": (("asia",), ()),
    "central_asia": (("asia",), ()),
    "gulf": (("middle_east",), ()),
    "mena": (("middle_east", "africa"), ()),
    "north_africa": (("africa",), ()),
    "sub_saharan_africa": (("africa",), ()),
    "central_america": (("latam",), ()),
    "caribbean": (("latam",), ()),
    "cis": ((), ()),
}

#: How boards write them, in the languages of the boards; compared by `names.key`.
_SPELLINGS: Final = {
    "europe": "Europe|European|Europa|Európa|Evropa|Avrupa|Eurooppa|Европа|ヨーロッパ|歐洲|欧洲|"
    "Pan-European|Continental Europe|Mainland Europe|European countries|European based",
    "eu": "EU|E.U.|European Union|EU countries|Union européenne|Europäische Union|Unión Europea|"
    "União Europeia|Unione Europea|EU-27|EU based|EU member states|UE|Europese Unie",
    "eea": "EEA|European Economic Area|EWR|EEE",
    "emea": "EMEA|EMEA region|Europe Middle East Africa|Europe Middle East and Africa",
    "apac": "APAC|Asia Pacific|Asia/Pacific|APJ|Asia Pacific Region|JAPAC|Asia Pacific Japan|"
    "Asia and Pacific|Ásia-Pacífico|Asien-Pazifik|Asie-Pacifique|Asia Pacífico|AsiaPac",
    "asia": "Asia|Asien|Asie|Ásia|アジア|亚洲|亞洲|Азия|Asian",
    "africa": "Africa|Afrika|Afrique|África|African|Африка",
    "latam": "LATAM|Latin America|LatAm|Lateinamerika|Amérique latine|América Latina|LAC|Latam "
    "region|Latin America and the Caribbean|Latinoamérica|Latinoamerica|Latin American|LA TAM|"
    "Latin America Caribbean|Ibero-America|Iberoamérica",
    "south_america": "South America|Südamerika|Amérique du Sud|América del Sur|América do Sul|"
    "Sudamérica|Suramérica|South American|Sud America",
    "north_america": "North America|Nordamerika|Amérique du Nord|América del Norte|América do "
    "Norte|Norteamérica|NORAM|NAMER|North American|N. America|Northern America|NAM|NA region",
    "americas": "Americas|The Americas|AMER|AMERS|Amériques|Américas|Amerika|the Americas region|"
    "North and South America|North & South America|North America and South America|Americas "
    "region|AMS",
    "oceania": "Oceania|Ozeanien|Océanie|Oceanía|Australasia|Oceanien",
    "middle_east": "Middle East|Naher Osten|Moyen-Orient|Oriente Medio|Médio Oriente|Oriente "
    "Próximo|The Middle East|Middle Eastern|ME region|Mideast",
    "nordics": "Nordics|Nordic|Nordic countries|The Nordics|Norden|Nordic region|Nordische Länder",
    "benelux": "Benelux|BeNeLux region|Belux|Benelux countries",
    "dach": "DACH|DACH region|DACH-Region|D-A-CH|German-speaking countries",
    "eastern_europe": "Eastern Europe|CEE|Central and Eastern Europe|Central Eastern Europe|"
    "Central & Eastern Europe|East Europe|Osteuropa|Europe de l'Est|Europa del Este|Leste Europeu|"
    "Central Europe",
    "western_europe": "Western Europe|West Europe|Westeuropa|Europe de l'Ouest|Europa Occidental",
    "southern_europe": "Southern Europe|South Europe|Südeuropa|Europe du Sud",
    "northern_europe": "Northern Europe|North Europe|Nordeuropa|Europe du Nord",
    "baltics": "Baltics|Baltic|Baltic states|The Baltics|Baltikum|Baltic countries",
    "scandinavia": "Scandinavia|Skandinavien|Scandinavie|Escandinavia|Scandinavian|Skandinavia",
    "balkans": "Balkans|The Balkans|Western Balkans|Balkan",
    "southeast_asia": "Southeast Asia|South East Asia|South-East Asia|SEA region|ASEAN|"
    "Südostasien|Asie du Sud-Est|Sudeste Asiático|東南亞|东南亚",
    "south_asia": "South Asia|Indian Subcontinent",
    "east_asia": "East Asia|Northeast Asia|North East Asia",
    "central_asia": "Central Asia",
    "gulf": "GCC|Gulf|Gulf countries|GCC countries|Gulf region",
    "mena": "MENA|MENA region|Middle East and North Africa|Middle East & North Africa|MENAT|MEA|"
    "Middle East and Africa|Middle East & Africa",
    "north_africa": "North Africa|Northern Africa|Maghreb",
    "sub_saharan_africa": "Sub-Saharan Africa|SSA|West Africa|East Africa|Southern Africa",
    "anz": "ANZ|Australia and New Zealand|Australia & New Zealand|Australia/New Zealand",
    "central_america": "Central America|Centroamérica|América Central",
    "caribbean": "Caribbean|The Caribbean|Carribbean|Caraïbes|Caribe",
    "cis": "CIS|CIS countries|CIS region",
}

#: Spelling, made by `names.key` -> region word.
WORDS: Final[dict[str, str]] = {
    key(form): region for region, forms in _SPELLINGS.items() for form in forms.split("|")
}


def expand(region: str) -> frozenset[str]:
    """Return the countries of a region word, ISO 3166-1 alpha-2; unknown words: none.

    >>> sorted(expand("benelux"))
    ['BE', 'LU', 'NL']
    """
    return REGIONS.get(region, frozenset())
