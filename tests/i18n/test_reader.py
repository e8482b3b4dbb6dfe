import re
from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

import pytest

from bot.domain.cadence.hours import Hours, Span
from bot.i18n import LANGUAGES, Markup, mention, reader

# 02:30 UTC: 09:30 in Jakarta, 22:30 the evening before in New York
INSTANT = datetime(2026, 5, 12, 2, 30, tzinfo=UTC)

EN = reader("en", "Asia/Jakarta")
ID = reader("id", "Asia/Jakarta")
KAMU = reader("id-kamu", "Asia/Jakarta")


OFFICE = (Span(time(9), time(17)),)


def test_values_are_escaped_put_on_one_line_and_numbers_localised() -> None:
    assert EN("{name} & {n}", name="<!here>\nx", n=1200) == "&lt;!here&gt; x &amp; 1,200"
    assert ID("{n}", n=1200.5) == "1.200,5"


def test_markup_values_are_kept() -> None:
    text = EN("Hello {who}", who=mention("U1"))
    assert text == "Hello <@U1>"
    assert isinstance(text, Markup)


def test_braces_inside_a_value_are_only_text() -> None:
    assert EN("{a} {b}", a="{b}", b="x") == "{b} x"


def test_a_placeholder_without_a_value_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        EN("Hello {name}")


def test_plain_text_is_not_escaped_and_takes_no_markup() -> None:
    assert EN.plain("Q&A with {name}", name="R&D\u202e") == "Q&A with R&D"
    with pytest.raises(TypeError, match="plain text"):
        EN.plain("Hello {who}", who=mention("U1"))


def test_the_empty_text_is_empty_and_not_the_header_of_a_catalogue() -> None:
    assert ID("") == ""


@pytest.mark.parametrize(
    ("n", "shown"), [(0, "0 sessions"), (1, "One session"), (1000, "1,000 sessions")]
)
def test_plurals(n: int, shown: str) -> None:
    assert EN.plural("One session", "{n} sessions", n) == shown
    assert EN.plural_plain("One session", "{n} sessions", n) == shown


def test_an_untranslated_text_is_shown_in_english() -> None:
    assert ID("A text nobody has translated") == "A text nobody has translated"
    assert KAMU.plural("One such", "{n} such", 2) == "2 such"


def test_the_kamu_overlay_falls_back_to_indonesian() -> None:
    assert KAMU.plain("every day") == ID.plain("every day") == "setiap hari"


def test_dates() -> None:
    day = date(2026, 5, 12)
    assert EN.date(day) == "12 May 2026"
    assert ID.date(day) == "12 Mei 2026"
    assert EN.weekday_date(day) == "Tuesday 12 May"
    assert ID.weekday_date(day) == "Selasa, 12 Mei"


def test_days_say_once_what_both_ends_share() -> None:
    first = date(2026, 5, 12)
    assert EN.days(first, first) == "12 May 2026"
    assert EN.days(first, date(2026, 5, 20)) == "12–20 May 2026"
    assert EN.days(first, date(2026, 6, 2)) == "12 May 2026 – 2 June 2026"
    assert ID.days(first, date(2027, 5, 12)) == "12 Mei 2026 – 12 Mei 2027"


def test_the_date_of_an_instant_is_the_readers_date() -> None:
    assert reader("en", "America/New_York").date(INSTANT) == "11 May 2026"
    assert reader("en", "America/New_York").weekday_date(INSTANT) == "Monday 11 May"


def test_times_of_day() -> None:
    assert EN.time(INSTANT) == "09:30"
    assert ID.time(INSTANT) == "09.30"
    assert ID.time(time(16)) == "16.00"


def test_instants() -> None:
    assert EN.when(INSTANT) == "Tue 12 May, 09:30 WIB"
    assert ID.when(INSTANT) == KAMU.when(INSTANT) == "Selasa, 12 Mei 2026 pukul 09.30 WIB"
    assert EN.when_short(INSTANT) == "Tue 12 May, 09:30"
    assert ID.when_short(INSTANT) == "Sel 12 Mei, 09.30"


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        EN.when(INSTANT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("tz", "in_english", "in_indonesian"),
    [
        ("Asia/Pontianak", "WIB", "WIB"),
        ("Asia/Makassar", "WITA", "WITA"),
        ("Asia/Jayapura", "WIT", "WIT"),
        ("Europe/London", "BST", "BST"),
        ("America/Los_Angeles", "PDT", "PDT"),
        ("UTC", "UTC", "UTC"),
        ("Etc/Zulu", "UTC", "UTC"),
        ("Atlantic/Reykjavik", "GMT", "GMT"),
        ("Etc/GMT+5", "UTC-05", "UTC-05"),  # that database writes these signs the other way round
        # no abbreviation, or one that means several zones
        ("Asia/Singapore", "Singapore time", "waktu Singapura"),
        ("Asia/Kolkata", "Kolkata time", "waktu Kolkata"),
        ("Asia/Shanghai", "Shanghai time", "waktu Shanghai"),
        ("Asia/Manila", "Manila time", "waktu Manila"),
        ("Europe/Dublin", "Dublin time", "waktu Dublin"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time", "waktu Buenos Aires"),
    ],
)
def test_a_zone_is_named_as_people_know_it(tz: str, in_english: str, in_indonesian: str) -> None:
    assert reader("en", tz).zone_name(INSTANT) == in_english
    assert reader("id", tz).zone_name(INSTANT) == in_indonesian


@pytest.mark.parametrize("locale", ["en", "id"])
def test_every_zone_has_a_name(locale: str) -> None:
    names = {reader(locale, tz).zone_name(INSTANT) for tz in available_timezones()}
    assert not [name for name in names if name.islower() or set("/_") & set(name)]
    assert not [name for name in names if re.search(r"[+-]\d", name) and name[:3] != "UTC"]


def test_the_zone_follows_the_season() -> None:
    london = reader("en", "Europe/London")
    assert london.when(datetime(2026, 1, 6, 9, tzinfo=UTC)) == "Tue 6 Jan, 09:00 GMT"


def test_two_people_on_the_same_day() -> None:
    assert EN.both(INSTANT, "Asia/Tokyo", "Rina") == "Tue 09:30 your time · 11:30 for Rina"
    assert ID.both(INSTANT, "Asia/Tokyo", "Rina") == "Selasa 09.30 waktu Anda · 11.30 waktu Rina"
    assert KAMU.both(INSTANT, "Asia/Tokyo", "Rina") == "Selasa 09.30 waktumu · 11.30 waktu Rina"


def test_two_people_on_different_days_get_both_weekdays() -> None:
    shown = EN.both(INSTANT, "America/New_York", "Rina")
    assert shown == "Tue 09:30 your time · Mon 22:30 for Rina"


def test_two_people_with_the_same_clock_get_it_once() -> None:
    assert EN.both_plain(INSTANT, "Asia/Pontianak", "R&D") == "Tue 09:30 for you and R&D"
    assert ID.both(INSTANT, "Asia/Bangkok", "R&D") == "Selasa 09.30 untuk Anda dan R&amp;D"


@pytest.mark.parametrize(
    ("minutes", "in_english", "in_indonesian"),
    [
        (0, "0 minutes", "0 menit"),
        (1, "1 minute", "1 menit"),
        (45, "45 minutes", "45 menit"),
        (60, "1 hour", "1 jam"),
        (90, "1 hour 30 minutes", "1 jam 30 menit"),
        (2880, "48 hours", "48 jam"),
    ],
)
def test_durations(minutes: int, in_english: str, in_indonesian: str) -> None:
    assert EN.duration(minutes) == in_english
    assert ID.duration(minutes) == in_indonesian


def test_names_of_days_and_months() -> None:
    assert [EN.weekday(0), ID.weekday(4), ID.weekday(6)] == ["Monday", "Jumat", "Minggu"]
    assert [EN.month(1), ID.month(8), ID.month(12)] == ["January", "Agustus", "Desember"]


def test_lists() -> None:
    assert EN.list_of([]) == ""
    assert EN.list_of(["a", "<b>", mention("U1")]) == "a, &lt;b&gt; and <@U1>"
    assert ID.list_of(["a", "b", "c"]) == "a, b, dan c"
    assert ID.list_plain(["R&D", "b"]) == "R&D dan b"


@pytest.mark.parametrize(
    ("week", "in_english", "in_indonesian"),
    [
        ([OFFICE] * 5 + [()] * 2, "Mon–Fri 09:00–17:00", "Sen–Jum 09.00–17.00"),
        ([OFFICE] * 4 + [(), (), OFFICE], "Sun–Thu 09:00–17:00", "Min–Kam 09.00–17.00"),
        ([OFFICE] * 7, "every day 09:00–17:00", "setiap hari 09.00–17.00"),
        ([()] * 7, "at no time", "tidak ada waktu"),
        (
            [(Span(time(8), time(12)), Span(time(13, 30), time(0))), OFFICE, *[()] * 5],
            "Mon 08:00–12:00, 13:30–24:00; Tue 09:00–17:00",
            "Sen 08.00–12.00, 13.30–24.00; Sel 09.00–17.00",
        ),
        (
            [OFFICE, (), OFFICE, (), OFFICE, (), ()],
            "Mon 09:00–17:00; Wed 09:00–17:00; Fri 09:00–17:00",
            "Sen 09.00–17.00; Rab 09.00–17.00; Jum 09.00–17.00",
        ),
    ],
)
def test_hours_of_a_week(week: list[tuple[Span, ...]], in_english: str, in_indonesian: str) -> None:
    assert EN.hours(Hours(tuple(week))) == in_english
    assert ID.hours(Hours(tuple(week))) == in_indonesian


def test_an_unknown_choice_falls_back_to_english_and_utc() -> None:
    stranger = reader("fr", "Mars/Olympus")
    assert stranger.when(INSTANT) == "Tue 12 May, 02:30 UTC"
    assert stranger.language_name == "English"
    assert reader("en", "../etc/passwd").tz == "UTC"


def test_every_language_names_itself() -> None:
    assert {code: reader(code, "UTC").language_name for code in LANGUAGES} == LANGUAGES
