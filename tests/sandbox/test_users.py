"""users.*: what Slack tells of people, and what it leaves out."""

from slack_sdk import WebClient

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from tests.sandbox.calls import code


def test_a_profile_has_zone_and_names(client: WebClient, bima: Person) -> None:
    user = client.users_info(user=bima.id)["user"]
    assert (user["tz"], user["tz_offset"]) == ("Asia/Jakarta", 7 * 3600)
    assert user["profile"]["real_name"] == "Bima Sakti"
    assert "locale" not in user
    assert "email" not in user["profile"]


def test_the_locale_comes_on_request_but_not_for_outsiders(
    sandbox: Sandbox, client: WebClient, bima: Person
) -> None:
    outsider = sandbox.add_person("eve", team_id="T2")
    assert client.users_info(user=bima.id, include_locale=True)["user"]["locale"] == "id-ID"
    theirs = client.users_info(user=outsider.id, include_locale=True)["user"]
    assert "locale" not in theirs
    assert theirs["team_id"] == "T2"


def test_little_is_told_of_the_deactivated(sandbox: Sandbox, client: WebClient) -> None:
    gone = sandbox.add_person("gone", deleted=True)
    user = client.users_info(user=gone.id)["user"]
    assert user["deleted"]
    assert not {"tz", "is_admin", "real_name"} & set(user)


def test_guests_and_admins_are_marked(sandbox: Sandbox, client: WebClient) -> None:
    guest = sandbox.add_person("guest", is_ultra_restricted=True)
    owner = sandbox.add_person("owner", is_owner=True)
    seen = client.users_info(user=guest.id)["user"]
    assert seen["is_restricted"]
    assert seen["is_ultra_restricted"]
    assert client.users_info(user=owner.id)["user"]["is_admin"]


def test_people_without_a_zone_have_none(sandbox: Sandbox, client: WebClient) -> None:
    user = sandbox.add_person("eka", tz=None)
    assert "tz" not in client.users_info(user=user.id)["user"]


def test_unknown_people_are_not_found(client: WebClient) -> None:
    assert code(client, "users.info", user="U99999999") == "user_not_found"


def test_the_list_comes_in_pages_with_the_bot(client: WebClient) -> None:
    first = client.users_list(limit=2)
    rest = client.users_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
    names = [user["name"] for user in [*first["members"], *rest["members"]]]
    assert names == ["bimbing", "bima", "sari"]


def test_people_are_found_by_mail(clock: MovableClock) -> None:
    scopes = {"users:read", "users:read.email"}
    with Sandbox(clock, scopes=scopes) as sandbox:
        sari = sandbox.add_person("sari", email="sari@example.org")
        client = WebClient(sandbox.bot_token, base_url=sandbox.base_url)
        found = client.users_lookupByEmail(email="SARI@example.org")["user"]
        assert found["id"] == sari.id
        assert found["profile"]["email"] == "sari@example.org"
        assert code(client, "users.lookupByEmail", email="no@example.org") == "users_not_found"
