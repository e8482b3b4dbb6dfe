"""One time-zone database, and names that are zones."""

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
import tzdata
from dateutil.tz import resolve_imaginary

from bot.domain.cadence import UnknownZone, iana_version, is_zone, resolve, wall_time, zone
from tests.domain.cadence.clocks import ALL_ZONES, clock_changes


def test_the_packaged_database_is_the_only_one() -> None:
    assert zoneinfo.TZPATH == ()
    assert iana_version() == tzdata.IANA_VERSION


@pytest.mark.parametrize(
    "name", ["Asia/Jakarta", "Asia/Calcutta", "UTC", "America/Argentina/Ushuaia"]
)
def test_knows_places(name: str) -> None:
    assert is_zone(name)
    assert zone(name).key == name


@pytest.mark.parametrize("name", ["", "WIB", "asia/jakarta", "../etc/passwd", "/UTC", "Factory"])
def test_refuses_what_is_no_place(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(UnknownZone):
        zone(name)


def test_refuses_instants_without_a_zone_and_local_times_with_one() -> None:
    instant = datetime(2026, 5, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="naive"):
        resolve(instant, "UTC")
    with pytest.raises(ValueError, match="time zone"):
        wall_time(instant.replace(tzinfo=None), "UTC")


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_agrees_with_dateutil_around_every_clock_change(year: int) -> None:
    for tz in ALL_ZONES:
        for change in clock_changes(tz, year):
            around = wall_time(change, tz)
            for minutes in range(-150, 151, 15):
                local = around + timedelta(minutes=minutes)
                expected = resolve_imaginary(local.replace(tzinfo=zone(tz))).astimezone(UTC)
                assert resolve(local, tz) == expected, (tz, local)
