"""What a profile needs, and what is wrong with one that has it not."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.cadence import Hours, Span, parse_spans
from bot.domain.lifecycle import Role
from bot.domain.participants import Answers, checked, fresh_profile, same_each_day, week
from bot.domain.refusals import InvalidField

GOOD = Answers(
    topics=" Careers ",
    languages=("en", "id"),
    takes_part=True,
    may_match=False,
    seats="2",
    days=("0", "6"),
    hours="9-12, 13-17",
)


def test_a_good_profile_is_taken_trimmed() -> None:
    profile = checked(GOOD, Role.MENTOR, Hours.default())
    assert (profile.topics, profile.seats, profile.may_match) == ("Careers", 2, False)
    open_day = "09:00-12:00, 13:00-17:00"
    assert profile.hours.to_json() == [open_day, *[""] * 5, open_day]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"topics": "  "}, "topics", "required"),
        ({"topics": "x" * 301}, "topics", "too_long"),
        ({"languages": ()}, "languages", "required"),
        ({"languages": ("en", "klingon")}, "languages", "required"),
        ({"days": ()}, "days", "required"),
        ({"days": ("7", "x")}, "days", "required"),
        ({"hours": ""}, "hours", "required"),
        ({"hours": "soon"}, "hours", "bad_hours"),
        ({"hours": "17-9"}, "hours", "end_before_start"),
        ({"seats": "4"}, "seats", "required"),
        ({"seats": None}, "seats", "required"),
        ({"takes_part": False}, "consent", "consent"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(change: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(InvalidField) as refused:
        checked(replace(GOOD, **change), Role.MENTOR, Hours.default())
    assert (refused.value.input, refused.value.code) == (field, code)


def test_a_mentee_has_no_seats_to_name() -> None:
    assert checked(replace(GOOD, seats=None), Role.MENTEE, Hours.default()).seats == 1


def test_hours_that_were_not_asked_stay() -> None:
    known = week(["5"], "10-11")
    assert checked(replace(GOOD, days=None, hours=""), Role.MENTOR, known).hours == known


def test_the_form_is_filled_from_hours_that_are_the_same_each_day() -> None:
    found = same_each_day(Hours.default())
    assert found is not None
    assert found[0] == (0, 1, 2, 3, 4)
    morning, evening = _spans("9-12"), _spans("19-21")
    assert same_each_day(Hours((morning, evening, *[()] * 5))) is None
    assert same_each_day(Hours(((),) * 7)) is None


def test_nothing_is_ticked_for_anybody() -> None:
    profile = fresh_profile("id-kamu", Hours.default())
    assert (profile.languages, profile.may_match) == (("id",), False)
    assert fresh_profile("en", Hours.default()).languages == ("en",)


def _spans(text: str) -> tuple[Span, ...]:
    spans = parse_spans(text)
    assert isinstance(spans, tuple)
    return spans
