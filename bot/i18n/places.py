"""Zones and countries as people name them, in either language: "WIB", "Jakarta", "Jerman".

People write how their place is called, not what the time-zone database calls it. What may mean
several zones is given back as all of them, for the person to choose.
"""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.dates import get_timezone_location

from bot.domain.cadence import is_zone, zone
from bot.domain.holidays import zone_countries

_LANGUAGES = ("en", "id")
_AT_MOST = 8  # zones to choose from

# What clocks are called, where people call them so. Many mean several places.
_CLOCKS: Mapping[str, tuple[str, ...]] = {
    "wib": ("Asia/Jakarta",),
    "wita": ("Asia/Makassar",),
    "wit": ("Asia/Jayapura",),
    "utc": ("UTC",),
    "gmt": ("UTC", "Europe/London"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "cst": ("America/Chicago", "Asia/Shanghai"),
    "cdt": ("America/Chicago",),
    "est": ("America/New_York",),
    "edt": ("America/New_York",),
    "mst": ("America/Denver", "America/Phoenix"),
    "mdt": ("America/Denver",),
    "pst": ("America/Los_Angeles",),
    "pdt": ("America/Los_Angeles",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "hkt": ("Asia/Hong_Kong",),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "awst": ("Australia/Perth",),
}
# Large cities that no zone is named after, and countries with too many zones to list.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "Asia/Jakarta": ("bandung", "surabaya", "medan", "semarang", "yogyakarta", "jogja", "bogor"),
    "Asia/Makassar": ("bali", "denpasar", "balikpapan", "samarinda", "manado", "mataram"),
    "Asia/Jayapura": ("ambon", "ternate", "sorong", "manokwari"),
    "Asia/Kolkata": ("mumbai", "delhi", "new delhi", "bangalore", "bengaluru", "chennai"),
    "Asia/Shanghai": ("beijing", "shenzhen", "guangzhou"),
    "Asia/Tokyo": ("osaka", "kyoto"),
    "Europe/Berlin": ("munich", "munchen", "hamburg", "cologne", "koln", "frankfurt"),
    "Europe/Amsterdam": ("rotterdam", "the hague", "den haag"),
    "Europe/London": ("manchester", "edinburgh", "glasgow"),
    "America/Los_Angeles": ("san francisco", "seattle", "san diego", "portland"),
    "America/New_York": ("boston", "washington", "philadelphia", "atlanta", "miami"),
    "America/Chicago": ("houston", "dallas", "austin"),
}
_COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "US": (
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "Pacific/Honolulu",
    ),
    "CA": (
        "America/Halifax",
        "America/Toronto",
        "America/Winnipeg",
        "America/Edmonton",
        "America/Vancouver",
        "America/St_Johns",
    ),
}
_SHORT_NAMES = {"usa": "US", "uk": "GB", "england": "GB", "inggris": "GB", "uae": "AE"}


@dataclass(frozen=True)
class Zones:
    """The zones a text may mean. `sure`: it names them; else they only look like it."""

    names: tuple[str, ...]
    sure: bool


def zones_named(text: str) -> Zones:
    """The zones somebody may mean by `text`: a zone, a city, a clock such as WIB, or a country."""
    wanted = _plain(text)
    named = _known().get(wanted, ())
    if not named and is_zone(text.strip()):  # one of the database's older names
        named = (text.strip(),)
    if named:
        return Zones(named[:_AT_MOST], sure=True)
    near = difflib.get_close_matches(wanted, list(_known()), n=3, cutoff=0.75)
    return Zones(_once(name for key in near for name in _known()[key])[:_AT_MOST], sure=False)


def country_named(text: str) -> str | None:
    """The ISO 3166 code of the country called `text`, or whose code that is; None for neither."""
    return _country_codes().get(_plain(text))


def country_name(code: str, locale: str) -> str:
    """What a country is called in the language of a reader's locale."""
    return str(Locale(locale.split("-")[0]).territories.get(code, code))


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    """Every name, plain, and the zones it stands for; the more telling source first."""
    known: dict[str, tuple[str, ...]] = dict(_CLOCKS)
    for name, others in _PLACES.items():
        for other in others:
            known.setdefault(other, (name,))
    for name in zone_countries():
        for spelling in (name, name.split("/")[-1], *_cities(name)):
            known.setdefault(_plain(spelling), (name,))
    for spelling, code in _country_codes().items():
        zones = _COUNTRIES.get(code) or _zones_of(code)
        if zones:
            known.setdefault(spelling, zones)
    return known


def _cities(name: str) -> Iterable[str]:
    """The city a zone is named after, as each language calls it."""
    for language in _LANGUAGES:
        yield get_timezone_location(zone(name), locale=language, return_city=True).split("/")[-1]


def _zones_of(country: str) -> tuple[str, ...]:
    return tuple(name for name, code in zone_countries().items() if code == country)


@cache
def _country_codes() -> Mapping[str, str]:
    codes: dict[str, str] = dict(_SHORT_NAMES)
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                codes[_plain(name)] = codes[code.lower()] = code
    return codes


def _plain(text: str) -> str:
    """Small letters, no accents, single spaces; underscores are spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if is_zone(name))
