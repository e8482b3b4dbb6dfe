"""Public holidays by country, and the country a zone suggests."""

from datetime import date

import pytest

from bot.domain.holidays import country_of_zone, public_holiday


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "name"),
    [
        ("ID", None, date(2026, 8, 17), "Independence Day"),
        ("ID", None, date(2026, 8, 18), None),
        ("DE", None, date(2026, 1, 6), None),
        ("DE", "BY", date(2026, 1, 6), "Epiphany"),
        ("DE", "QQ", date(2026, 1, 6), None),  # an unknown part: the whole country's days
        ("DE", "QQ", date(2026, 1, 1), "New Year's Day"),
        ("XX", None, date(2026, 1, 1), None),
        ("-", None, date(2026, 1, 1), None),
        ("XNYS", None, date(2026, 1, 1), None),  # a stock exchange is no country
        (None, None, date(2026, 1, 1), None),
    ],
)
def test_names_the_holiday(
    country: str | None, subdivision: str | None, day: date, name: str | None
) -> None:
    assert public_holiday(country, subdivision, day) == name


def test_names_do_not_follow_the_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "id")
    assert public_holiday("ID", None, date(2031, 8, 17)) == "Independence Day"


@pytest.mark.parametrize(
    ("tz", "country"),
    [
        ("Asia/Jakarta", "ID"),
        ("Asia/Jayapura", "ID"),
        ("Asia/Ujung_Pandang", "ID"),  # an older name
        ("Asia/Calcutta", "IN"),
        ("Europe/Oslo", "NO"),  # shares Berlin's rules, not its country
        ("America/New_York", "US"),
        ("US/Pacific", "US"),
        ("UTC", None),
        ("Etc/GMT-7", None),
        ("EST", None),
        ("nowhere", None),
    ],
)
def test_the_country_of_a_zone(tz: str, country: str | None) -> None:
    assert country_of_zone(tz) == country
