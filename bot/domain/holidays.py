"""Public holidays, and which country a time zone points to.

The calendars are the `holidays` package's, the map from zone to country is the time-zone
database's own; this module keeps no table. A programme's own days off are not here.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import holidays

_COUNTRY = re.compile(r"[A-Z]{2}")


def public_holiday(country: str | None, subdivision: str | None, day: date) -> str | None:
    """The name of the public holiday on `day`, in English where the calendar has it; else None.

    `country` is an ISO 3166 code of two letters, `subdivision` its part (`BY` of `DE`). A country
    without a calendar has no holidays; an unknown part has those of the whole country.
    """
    if country is None or not _COUNTRY.fullmatch(country):
        return None
    return _calendar(country, subdivision, day.year).get(day)


def country_of_zone(tz: str) -> str | None:
    """The country whose clocks are called `tz`, to suggest and let the person correct.

    None for zones of no country, such as UTC.
    """
    places = zone_countries()
    return places.get(tz) or places.get(_older_names().get(tz, ""))


def has_calendar(country: str) -> bool:
    """Whether the public holidays of `country` (ISO 3166, two letters) are known."""
    return country in holidays.list_supported_countries()


def subdivision_named(country: str, text: str) -> str | None:
    """The part of `country` that `text` is the code or the name of; None for neither."""
    about = holidays.country_holidays(country)
    wanted = text.strip().casefold()
    named = {code.casefold(): code for code in about.subdivisions}
    aliases = about.subdivisions_aliases
    named |= {name.casefold(): code for name, code in aliases.items() if code}
    return named.get(wanted)


def subdivisions(country: str) -> tuple[str, ...]:
    """The codes of the parts of `country` that have holidays of their own."""
    return tuple(holidays.country_holidays(country).subdivisions)


@lru_cache(maxsize=512)
def _calendar(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    try:
        about = holidays.country_holidays(country)
    except NotImplementedError:
        return {}
    # Named always: left out, the package would take the language of the machine.
    english = "en_US" in about.supported_languages
    language = "en_US" if english else about.default_language
    part = subdivision if subdivision in about.subdivisions else None
    return dict(holidays.country_holidays(country, part, years=year, language=language))


@cache
def zone_countries() -> Mapping[str, str]:
    """The zones that countries go by, and the country of each (ISO 3166, two letters)."""
    rows = (line.split("\t") for line in _database("zone.tab") if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in rows}


@cache
def _older_names() -> Mapping[str, str]:
    # "L Asia/Kolkata Asia/Calcutta". Names without a slash are left out: EST points to Panama.
    links = (line.split() for line in _database("tzdata.zi") if line.startswith("L "))
    return {name: zone for _, zone, name in links if "/" in name}


def _database(name: str) -> list[str]:
    return (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8").splitlines()
