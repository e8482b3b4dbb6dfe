"""Two things at once, from two devices of one person."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import func, select

from bot.domain.actor import Actor
from bot.domain.deliveries import REFLECTION_SHARED
from bot.domain.reflections import OnReflection, Save
from bot.sandbox.people import Person
from bot.services import people
from bot.services.reflections import writing
from bot.storage.models import Delivery, Prompt, Reflection
from bot.storage.unit_of_work import Tx
from tests.flows.reflections.pair import FRIDAY, states, texts
from tests.world import World

T = TypeVar("T")


def at_once(*calls: Callable[[], T]) -> list[T]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def actor(world: World, person: Person) -> Actor:
    wanted = people.FindActor(person.workspace.team_id, person.id, (), fresh=False)
    found = world.bot.db.read(people.find_actor, wanted).actor
    assert found is not None
    return found


def only_prompt(world: World) -> str:
    return world.bot.db.read(lambda tx, _: tx.session.scalars(select(Prompt.id)).one(), None)


def count_of_answers(tx: Tx, _: None) -> int:
    answers = select(func.count(Reflection.prompt_id))
    return tx.session.scalar(answers) or 0


def count_of_shares(tx: Tx, _: None) -> int:
    sent = select(func.count()).where(Delivery.kind == REFLECTION_SHARED.name)
    return tx.session.scalar(sent) or 0


def test_two_answers_at_once_are_both_kept_and_one_is_the_answer(
    world: World, bima: Person, match: str
) -> None:
    world.advance_to(FRIDAY)
    me, prompt = actor(world, bima), only_prompt(world)
    forms = [Save(me, text, prompt_id=prompt) for text in ("phone", "laptop")]
    at_once(*[lambda form=form: world.bot.db.run(writing.save, form) for form in forms])
    assert sorted(texts(world)) == ["laptop", "phone"]
    assert world.bot.db.read(count_of_answers, None) == 1
    assert states(world) == ["answered"]


def test_shared_twice_at_once_it_is_sent_once(world: World, bima: Person, match: str) -> None:
    me = actor(world, bima)
    saved = world.bot.db.run(writing.save, Save(me, "for Sari"))
    press = OnReflection(me, saved.reflection_id)
    events = at_once(*[lambda: world.bot.db.run(writing.share, press)] * 2)
    assert sorted(event.newly_shared for event in events) == [False, True]
    assert world.bot.db.read(count_of_shares, None) == 1
