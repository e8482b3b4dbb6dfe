"""From a form to an instant, and what became of a session."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lifecycle import SessionState
from bot.domain.refusals import InvalidField
from bot.domain.sessions import rules
from bot.domain.sessions.shown import Draft, Note, Slot

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
ZONES = ["Asia/Jakarta", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe"]


def draft(day: date | None, at: time | None = time(9), minutes: int | None = 45) -> Draft:
    return Draft(day, at, minutes)


@pytest.mark.parametrize(
    ("given_draft", "field", "code"),
    [
        (draft(None), rules.DATE, "required"),
        (draft(date(2026, 11, 2), None), rules.TIME, "required"),
        (draft(date(2026, 10, 20), time(8)), rules.TIME, "past"),
        (draft(date(2026, 10, 19)), rules.DATE, "past"),
        (draft(date(2027, 4, 19)), rules.DATE, "too_far"),
        (draft(date(2026, 11, 2), minutes=None), rules.LENGTH, "length"),
        (draft(date(2026, 11, 2), minutes=14), rules.LENGTH, "length"),
        (draft(date(2026, 11, 2), minutes=181), rules.LENGTH, "length"),
    ],
)
def test_what_a_form_may_not_hold(given_draft: Draft, field: str, code: str) -> None:
    with pytest.raises(InvalidField) as refused:
        rules.slot_of(given_draft, "Europe/Berlin", NOW)
    assert (refused.value.input, refused.value.code) == (field, code)


def test_the_last_moment_that_is_near_enough() -> None:
    # 180 days on, to the minute; Berlin has summer time then as now
    slot = rules.slot_of(draft(date(2027, 4, 18), time(14)), "Europe/Berlin", NOW)
    assert slot.start == NOW + timedelta(days=180)


@pytest.mark.parametrize(
    ("day", "at", "tz", "start", "notes"),
    [
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30", (Note.TWICE,)),
        ("2026-10-25", "03:00", "Europe/Berlin", "2026-10-25T02:00", ()),
        ("2026-11-01", "01:30", "America/Los_Angeles", "2026-11-01T08:30", (Note.TWICE,)),
        ("2026-11-01", "02:00", "America/Los_Angeles", "2026-11-01T10:00", ()),
        ("2027-03-28", "02:30", "Europe/Berlin", "2027-03-28T01:30", (Note.SKIPPED,)),
        ("2027-04-04", "01:45", "Australia/Lord_Howe", "2027-04-03T14:45", (Note.TWICE,)),
        ("2026-11-01", "01:30", "Asia/Jakarta", "2026-10-31T18:30", ()),
    ],
)
def test_times_around_a_clock_change(
    day: str, at: str, tz: str, start: str, notes: tuple[Note, ...]
) -> None:
    filled = draft(date.fromisoformat(day), time.fromisoformat(at))
    slot = rules.slot_of(filled, tz, NOW)
    assert slot.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert rules.clock_notes(filled, slot.start, tz) == notes


@given(st.integers(1, 170 * 24 * 4), st.sampled_from(ZONES), st.sampled_from([15, 45, 180]))
def test_a_slot_put_back_into_the_form_means_the_same(quarters: int, tz: str, minutes: int) -> None:
    slot = Slot(NOW + timedelta(minutes=15 * quarters), minutes, "Room 4")
    again = rules.slot_of(rules.draft_of(slot, tz), tz, NOW)
    twice = rules.clock_notes(rules.draft_of(slot, tz), again.start, tz)
    assert again == slot or twice == (Note.TWICE,)


@pytest.mark.parametrize("place", ["Canteen", "https://meet.example/abc?x=1", "Lantai 3: ruang 7"])
def test_places(place: str) -> None:
    assert rules.checked_place(f" {place} ") == place


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("http://meet.example", "bad_link"),
        ("https://", "bad_link"),
        ("https://meet.example/a b", "bad_link"),
        ("https://meet.example/\u202egnp", "bad_link"),
        ("https://[", "bad_link"),
        ("javascript://x", "bad_link"),
        ("x" * 301, "too_long"),
    ],
)
def test_places_that_are_refused(place: str, code: str) -> None:
    with pytest.raises(InvalidField) as refused:
        rules.checked_place(place)
    assert refused.value.code == code


def test_an_empty_place_is_none() -> None:
    assert rules.checked_place("  ") is None


@pytest.mark.parametrize(
    ("answers", "meanwhile", "in_the_end"),
    [
        ((None, None), None, SessionState.UNKNOWN),
        ((True, None), SessionState.HELD, SessionState.HELD),
        ((False, True), SessionState.HELD, SessionState.HELD),
        ((False, None), None, SessionState.NOT_HELD),
        ((None, False), None, SessionState.NOT_HELD),
        ((False, False), SessionState.NOT_HELD, SessionState.NOT_HELD),
    ],
)
def test_what_became_of_it(
    answers: tuple[bool | None, bool | None],
    meanwhile: SessionState | None,
    in_the_end: SessionState,
) -> None:
    assert rules.outcome(answers, silent=False) is meanwhile
    assert rules.outcome(answers, silent=True) is in_the_end


def test_the_usual_length_is_among_those_to_choose_from() -> None:
    assert rules.lengths(50, 25) == (15, 25, 30, 45, 50, 60, 90, 120, 180)
    assert rules.lengths(45, 500) == rules.LENGTHS
