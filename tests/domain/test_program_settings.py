from datetime import date, time

import pytest

from bot.domain import limits, program_settings
from bot.domain.cadence import Every
from bot.domain.language import Address, ProgramLanguage
from bot.domain.program_settings import Basics, Habit, Speaks
from bot.domain.refusals import InvalidField

TODAY = date(2026, 11, 9)
BASICS = Basics("Bimbing", "Grow", "C0GROWTH", "en", "week", "U0BIMA")


def refusal(**changed: object) -> InvalidField:
    with pytest.raises(InvalidField) as refused:
        program_settings.check_basics(Basics(**{**BASICS.__dict__, **changed}))
    return refused.value


@pytest.mark.parametrize("choice", list(Speaks))
def test_one_choice_holds_language_and_address(choice: Speaks) -> None:
    assert program_settings.speaks(choice.language, choice.address) is choice


def test_english_addresses_nobody_in_particular() -> None:
    assert program_settings.speaks(ProgramLanguage.ENGLISH, Address.KAMU) is Speaks.ENGLISH


def test_what_fits_is_trimmed_and_taken() -> None:
    found = program_settings.check_basics(Basics(**{**BASICS.__dict__, "name": "  Bimbing "}))
    assert (found.name, found.speaks, found.every) == ("Bimbing", Speaks.ENGLISH, Every.WEEK)


@pytest.mark.parametrize(
    ("changed", "input", "code"),
    [
        ({"name": "  "}, "name", "required"),
        ({"name": "x" * (limits.NAME + 1)}, "name", "too_long"),
        ({"purpose": ""}, "purpose", "required"),
        ({"purpose": "x" * (limits.PURPOSE + 1)}, "purpose", "too_long"),
        ({"channel": None}, "channel", "required"),
        ({"channel": "D0SOMEBODY"}, "channel", "not_a_channel"),
        ({"speaks": "fr"}, "speaks", "required"),
        ({"every": None}, "every", "required"),
    ],
)
def test_what_does_not_fit_is_refused_by_input(
    changed: dict[str, object], input: str, code: str
) -> None:
    found = refusal(**changed)
    assert (found.input, found.code) == (input, code)


def test_a_place_in_the_month_counts_for_months_only() -> None:
    at = time(9, 30)
    assert program_settings.check_habit(Every.WEEK, "0", "2", at) == Habit(Every.WEEK, 0, None, at)
    assert program_settings.check_habit(Every.MONTH, "0", "2", at).nth == 2
    assert program_settings.check_habit(Every.MONTH, "0", None, at).nth == -1


@pytest.mark.parametrize(
    ("weekday", "nth", "at", "input"),
    [
        ("7", None, time(9), "weekday"),
        (None, None, time(9), "weekday"),
        ("0", "5", time(9), "nth"),
        ("0", None, None, "local_time"),
    ],
)
def test_a_habit_that_is_none(
    weekday: str | None, nth: str | None, at: time | None, input: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        program_settings.check_habit(Every.MONTH, weekday, nth, at)
    assert refused.value.input == input


@pytest.mark.parametrize("minutes", [None, "", "0", "50", "x"])
def test_only_offered_lengths_of_a_session_are_taken(minutes: str | None) -> None:
    with pytest.raises(InvalidField):
        program_settings.check_minutes(minutes)
    assert program_settings.check_minutes("45") == 45


def test_days_off_are_dates_and_spans_in_any_order() -> None:
    found = program_settings.read_days_off("2027-01-01\n24 Dec - 26 Des, besok", TODAY)
    assert found == (
        date(2026, 11, 10),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
    )
    assert program_settings.read_days_off(" \n ,", TODAY) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5/6", "ambiguous_date"),
        ("soon", "bad_date"),
        ("31 Feb", "bad_date"),
        ("2026-11-08", "past"),
        ("2029-12-01", "too_far"),
        ("2027-05-03 – 2027-05-01", "end_before_start"),
        ("2027-01-01 – 2027-06-30", "too_many_days"),
    ],
)
def test_days_off_that_cannot_be(text: str, code: str) -> None:
    with pytest.raises(InvalidField) as refused:
        program_settings.read_days_off(text, TODAY)
    assert (refused.value.input, refused.value.code) == ("days_off", code)


def test_days_in_a_row_are_one_run() -> None:
    days = [date(2026, 12, 26), date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)]
    assert program_settings.runs_of(days) == [
        (date(2026, 12, 24), date(2026, 12, 26)),
        (date(2027, 1, 1), date(2027, 1, 1)),
    ]
    assert program_settings.runs_of([]) == []
