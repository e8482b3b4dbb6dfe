"""People as Slack describes them, with all that may be missing or odd about it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.people import Profile
from bot.slack.directory import clean_name, fetch, profile
from bot.slack.errors import Permanent
from bot.slack.gateway import Gateway
from tests.slack.stub import Reply, StubSlack, refused

SARI = {
    "id": "U1",
    "team_id": "T1",
    "name": "sari.w",
    "real_name": "Sari Wulandari",
    "tz": "Asia/Jakarta",
    "tz_offset": 25200,
    "locale": "en-US",
    "deleted": False,
    "is_admin": True,
    "is_owner": False,
    "is_bot": False,
    "is_app_user": False,
    "is_restricted": False,
    "profile": {"display_name": "Sari", "real_name": "Sari W.", "email": "sari@example.org"},
}


def sari(**changed: Any) -> dict[str, Any]:
    return {**SARI, **changed}


def named(**names: Any) -> str:
    return profile({"id": "U1", "name": "handle", "profile": names}, "T1").name


def test_a_full_description_is_read() -> None:
    assert profile(SARI, "T1") == Profile(
        slack_user_id="U1",
        team_id="T1",
        name="Sari",
        tz="Asia/Jakarta",
        locale="en-US",
        is_admin=True,
        email="sari@example.org",
    )


def test_an_empty_description_is_a_person_of_whom_nothing_is_known() -> None:
    assert profile({}, "T1", "U9") == Profile(slack_user_id="U9", team_id=None, name="U9")


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"display_name": "Sari", "real_name": "Sari W."}, "Sari"),
        ({"display_name": "", "real_name": "Sari W."}, "Sari W."),
        ({"display_name": None, "real_name": None}, "handle"),
        ({"display_name": "\u202e\u200b", "real_name": "  "}, "handle"),
        ({"display_name": 7}, "handle"),
    ],
)
def test_a_name_falls_back_to_the_next_one(names: dict[str, Any], shown: str) -> None:
    assert named(**names) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Sari \t\n Wulandari ", "Sari Wulandari"),
        ("Sari\u202egnp.exe", "Sarignp.exe"),
        ("\u2066Sari\u2069\ufeff\u00ad", "Sari"),
        ("Sari\x00\x1b[31m", "Sari[31m"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Đặng 🌻", "Đặng 🌻"),
        ("x" * 200, "x" * 80),
        ("\u200d\u200c", ""),
    ],
)
def test_a_name_keeps_only_what_can_be_seen(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


@pytest.mark.parametrize("tz", ["Mars/Olympus", "", None, 7, "../../etc/passwd", "Factory"])
def test_a_zone_we_do_not_know_is_none(tz: Any) -> None:
    assert profile(sari(tz=tz), "T1").tz is None


@pytest.mark.parametrize("locale", ["", None, "<script>", "english", 1, "id\n"])
def test_a_language_that_is_not_one_is_none(locale: Any) -> None:
    assert profile(sari(locale=locale), "T1").locale is None


@pytest.mark.parametrize(
    ("flags", "guest"),
    [
        ({}, "no"),
        ({"is_restricted": True}, "restricted"),
        ({"is_restricted": True, "is_ultra_restricted": True}, "ultra"),
        ({"is_restricted": "true"}, "no"),
    ],
)
def test_guests_are_told_apart(flags: dict[str, Any], guest: str) -> None:
    assert profile(sari(**flags), "T1").guest == guest


@pytest.mark.parametrize(
    ("changed", "external"),
    [
        ({}, False),
        ({"team_id": "T2"}, True),
        ({"team_id": None}, False),
        ({"is_stranger": True}, True),
        ({"team_id": "E1", "enterprise_user": {"teams": ["T1", "T2"]}}, False),
        ({"team_id": "E2", "enterprise_user": {"teams": ["T2"]}}, True),
    ],
)
def test_outsiders_are_known_by_their_team(changed: dict[str, Any], external: bool) -> None:
    assert profile(sari(**changed), "T1").is_external is external


def test_bots_apps_owners_and_the_departed_are_marked() -> None:
    marked = sari(is_bot=True, is_workflow_bot=True, deleted=True, is_primary_owner=True)
    found = profile(marked, "T1")
    assert (found.is_bot, found.is_app, found.deleted, found.is_owner) == (True,) * 4
    assert profile(sari(profile={"api_app_id": "A1"}), "T1").is_app
    assert profile(sari(id="USLACKBOT"), "T1").is_bot


def test_somebody_who_authorized_the_app_is_a_person() -> None:
    found = profile(sari(is_app_user=True, profile={"api_app_id": ""}), "T1")
    assert (found.is_bot, found.is_app) == (False, False)


def test_a_name_and_an_address_stay_out_of_the_repr() -> None:
    shown = repr(profile(SARI, "T1"))
    assert "Sari" not in shown
    assert "example.org" not in shown


ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.lists(st.none())


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    changed=st.dictionaries(st.sampled_from(sorted(SARI)), ODD),
    details=ODD | st.dictionaries(st.sampled_from(["display_name", "real_name", "email"]), ODD),
    absent=st.sets(st.sampled_from(sorted(SARI))),
)
def test_whatever_is_missing_or_odd_a_person_has_an_id_and_a_name(
    changed: dict[str, Any], details: Any, absent: set[str]
) -> None:
    user = {k: v for k, v in {**SARI, "profile": details, **changed}.items() if k not in absent}
    found = profile(user, "T1", "U9")
    assert found.slack_user_id
    assert 0 < len(found.name) <= 80
    assert found.name.isprintable() or "\u200c" in found.name or "\u200d" in found.name


def test_a_person_is_fetched_with_their_language(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("users.info", Reply({"user": SARI}))
    found = fetch(gateway, "w1", "U1")
    assert (found.name, found.is_external) == ("Sari", False)
    assert stub.arguments("users.info") == [{"user": "U1", "include_locale": "1"}]


def test_home_is_the_team_of_the_workspace(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("users.info", Reply({"user": SARI}))
    assert fetch(gateway, "w2", "U1").is_external


def test_a_person_unknown_to_slack_is_a_refusal(gateway: Gateway, stub: StubSlack) -> None:
    stub.answers("users.info", refused("user_not_found"))
    with pytest.raises(Permanent):
        fetch(gateway, "w1", "U1")
