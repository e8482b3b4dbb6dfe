"""What Slack answers, and what becomes of a message then."""

from datetime import timedelta

import pytest

from bot.sandbox.people import Person
from bot.services import outbox
from tests.scheduler.conftest import KEPT, NOTE, NOW, posts, states, tell
from tests.world import World


@pytest.mark.parametrize("fault", ["drop_after", "bad_json", "drop_before"])
def test_a_lost_answer_ends_in_one_message(world: World, bima: Person, fault: str) -> None:
    world.sandbox.faults.add(fault, "chat.postMessage")  # type: ignore[arg-type]
    tell(world, NOTE, bima, "hello")
    world.advance(timedelta(hours=1))
    assert posts(world, "hello") == 1
    assert set(states(world).values()) == {"sent"}


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_error_is_looked_into_before_it_is_tried_again(
    world: World, bima: Person, status: int
) -> None:
    world.sandbox.faults.add("status", "chat.postMessage", status=status)
    tell(world, NOTE, bima, "hello")
    world.settle()
    assert posts(world, "hello") == 0
    world.advance(timedelta(minutes=5))
    assert posts(world, "hello") == 1


def test_slack_is_not_asked_again_before_it_says_so(world: World, bima: Person) -> None:
    world.sandbox.faults.add("rate_limited", "chat.postMessage", retry_after=90)
    tell(world, NOW, bima, "hello")
    world.settle()
    world.advance(timedelta(seconds=80))
    assert posts(world, "hello") == 0
    world.advance(timedelta(seconds=20))
    assert posts(world, "hello") == 1
    assert len([c for c in world.sandbox.calls if c.method == "chat.postMessage"]) == 2


def test_a_limit_holds_back_that_conversation_only(world: World, bima: Person) -> None:
    sari = world.add_person("sari", "Sari", tz="Asia/Makassar")
    sari.types("/mentor nothing")
    world.sandbox.faults.add("rate_limited", "chat.postMessage", retry_after=60)
    tell(world, NOW, bima, "for bima")
    world.settle()
    tell(world, NOW, sari, "for sari")
    world.settle()
    assert (posts(world, "for bima"), posts(world, "for sari")) == (0, 1)


def test_ten_messages_to_one_person_keep_slacks_second_between_them(
    world: World, bima: Person
) -> None:
    for number in range(10):
        tell(world, NOW, bima, f"note {number}.")
    world.settle()
    assert [posts(world, f"note {n}.") for n in range(10)] == [1] * 10
    assert not [c for c in world.sandbox.calls if c.status == 429]


def test_a_message_slack_will_never_take_is_given_up(world: World, bima: Person) -> None:
    world.sandbox.faults.add("error", "chat.postMessage", error="restricted_action")
    tell(world, NOW, bima, "hello")
    world.advance(timedelta(hours=1))
    assert set(states(world).values()) == {"dead"}
    assert posts(world, "hello") == 0


def test_a_refused_token_stops_all_sending_and_loses_nothing(world: World, bima: Person) -> None:
    world.sandbox.team.revoke_token()
    tell(world, NOW, bima, "hello")
    world.settle()
    assert set(states(world).values()) == {"pending"}
    assert len([c for c in world.sandbox.calls if c.method == "conversations.open"]) <= 1


def test_unreadable_history_leaves_a_kept_kind_unknown(world: World, bima: Person) -> None:
    world.sandbox.faults.add("drop_after", "chat.postMessage")
    world.sandbox.faults.add("error", "conversations.history", times=5, error="missing_scope")
    tell(world, KEPT, bima, "hello")
    world.advance(timedelta(hours=1))
    assert set(states(world).values()) == {"unknown"}
    assert posts(world, "hello") == 1


def test_unreadable_history_posts_again_what_must_not_be_missed(world: World, bima: Person) -> None:
    world.sandbox.faults.add("drop_after", "chat.postMessage")
    world.sandbox.faults.add("error", "conversations.history", error="missing_scope")
    tell(world, NOTE, bima, "hello")
    world.advance(timedelta(hours=1))
    assert posts(world, "hello") == 2
    assert set(states(world).values()) == {"sent"}


def test_one_attempt_after_another_ends_when_slack_never_answers(
    world: World, bima: Person
) -> None:
    world.sandbox.faults.add("drop_before", "chat.postMessage", times=100)
    tell(world, NOTE, bima, "hello")
    world.advance(timedelta(hours=12))
    assert set(states(world).values()) == {"dead"}
    tries = [c for c in world.sandbox.calls if c.method == "chat.postMessage"]
    assert len(tries) == outbox.MAX_ATTEMPTS
