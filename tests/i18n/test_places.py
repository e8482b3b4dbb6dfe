"""Places as people call them."""

import pytest

from bot.domain.cadence import is_zone
from bot.domain.holidays import zone_countries
from bot.i18n import places


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Jakarta", "Asia/Jakarta"),
        (" wib ", "Asia/Jakarta"),
        ("WITA", "Asia/Makassar"),
        ("Bandung", "Asia/Jakarta"),
        ("denpasar", "Asia/Makassar"),
        ("berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("New York", "America/New_York"),
        ("san francisco", "America/Los_Angeles"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Singapura", "Asia/Singapore"),
        ("Kairo", "Africa/Cairo"),
        ("Japan", "Asia/Tokyo"),
        ("Jepang", "Asia/Tokyo"),
        ("UTC", "UTC"),
    ],
)
def test_a_place_with_one_zone(typed: str, zone: str) -> None:
    assert places.zones_named(typed) == places.Zones((zone,), sure=True)


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("Indonesia", {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}),
        ("IST", {"Asia/Kolkata", "Europe/Dublin"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("Amerika Serikat", {"America/New_York", "America/Los_Angeles"}),
        ("USA", {"America/New_York", "America/Los_Angeles"}),
    ],
)
def test_a_place_with_several_zones(typed: str, among: set[str]) -> None:
    found = places.zones_named(typed)
    assert found.sure
    assert among <= set(found.names)
    assert len(found.names) <= 8


def test_what_only_looks_like_a_place_is_a_guess() -> None:
    assert places.zones_named("Jakrta") == places.Zones(("Asia/Jakarta",), sure=False)


@pytest.mark.parametrize("typed", ["", "xyzzy", "<!channel>", "9" * 80])
def test_what_is_no_place_is_none(typed: str) -> None:
    assert places.zones_named(typed).names == ()


def test_every_zone_of_a_country_is_found_by_its_own_name() -> None:
    for name in zone_countries():
        assert places.zones_named(name).names == (name,)


def test_only_zones_are_ever_named() -> None:
    for name in (*places._PLACES, *(z for zones in places._COUNTRIES.values() for z in zones)):
        assert is_zone(name), name
    assert all(is_zone(z) for zones in places._CLOCKS.values() for z in zones)


@pytest.mark.parametrize("typed", ["Germany", "Jerman", "DE", "de"])
def test_countries_are_known_in_both_languages_and_by_code(typed: str) -> None:
    assert places.country_named(typed) == "DE"


def test_countries_are_named_in_the_readers_language() -> None:
    assert places.country_name("DE", "id-kamu") == "Jerman"
    assert places.country_name("DE", "en") == "Germany"
    assert places.country_named("Atlantis") is None
