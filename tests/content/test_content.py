"""The content files are complete, in both languages, and sound as they should."""

import re
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Item, ReflectionKind, agenda, agendas, icebreakers, pick, reflections
from tests import tone

KINDS: dict[ReflectionKind, tuple[int, int]] = {
    # kind: (how many, questions in each)
    "session": (8, 3),
    "preparing": (6, 1),
    "enabling": (6, 1),
    "closure": (6, 1),
}
REFLECTIONS = [reflection for kind in KINDS for reflection in reflections(kind)]
QUESTIONS = [*icebreakers(), *chain.from_iterable(r.questions for r in REFLECTIONS)]
AGENDA_ITEMS = [item for a in agendas() for item in (a.title, *(line.item for line in a.lines))]
ITEMS = [*QUESTIONS, *AGENDA_ITEMS]


def ids(items: list[Item]) -> list[str]:
    return [item.id for item in items]


@pytest.mark.parametrize("item", ITEMS, ids=ids(ITEMS))
def test_every_text_is_there_and_sounds_right(item: Item) -> None:
    assert item.english != item.indonesian
    for locale in ("en", "id", "id-kamu"):
        text = item.text(locale)
        assert text == text.strip() != ""
        assert not list(tone.faults(text, locale))
        assert not re.search(r"[<>{}*_~`]", text), "plain words, no markup"


@pytest.mark.parametrize("item", ITEMS, ids=ids(ITEMS))
def test_kamu_is_there_exactly_where_anda_is(item: Item) -> None:
    assert (item.kamu is not None) == (tone.words_of_address(item.indonesian) == {"Anda"})
    assert item.kamu is None or tone.words_of_address(item.kamu) == {"kamu"}


@pytest.mark.parametrize("item", QUESTIONS, ids=ids(QUESTIONS))
def test_a_question_is_short(item: Item) -> None:
    assert max(len(item.text(locale).split()) for locale in ("en", "id")) <= 16


@pytest.mark.parametrize("item", AGENDA_ITEMS, ids=ids(AGENDA_ITEMS))
def test_a_line_of_an_agenda_fits_an_option_of_a_menu(item: Item) -> None:
    assert max(len(item.text(locale)) for locale in ("en", "id", "id-kamu")) <= 75


def test_ids_are_unique_within_their_kind_and_of_one_style() -> None:
    for group in (icebreakers(), REFLECTIONS, agendas(), ITEMS):
        found = [each.id for each in group]
        assert len(found) == len(set(found))
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*(\.(\d|title))?", each) for each in found)


def test_no_text_comes_twice() -> None:
    for locale in ("en", "id"):
        texts = [item.text(locale) for item in ITEMS]
        assert len(texts) == len(set(texts))


def test_there_are_twenty_icebreakers() -> None:
    assert len(icebreakers()) == 20


@pytest.mark.parametrize("kind", KINDS)
def test_reflections_have_their_number_of_questions(kind: ReflectionKind) -> None:
    count, questions = KINDS[kind]
    assert [len(reflection.questions) for reflection in reflections(kind)] == [questions] * count
    for reflection in reflections(kind):
        assert all(
            q.english.endswith("?") and q.indonesian.endswith("?") for q in reflection.questions
        )


def test_after_a_session_the_questions_go_from_what_to_so_what_to_now_what() -> None:
    for reflection in reflections("session"):
        _, so_what, now_what = (question.english for question in reflection.questions)
        assert so_what.startswith("So what")
        assert now_what.startswith("Now what")


def test_there_are_nine_agendas_that_fit_into_a_session() -> None:
    known = ["kickoff", "agreement", "work", "stuck", "check", "shadow", "midpoint", "reset"]
    assert [each.id for each in agendas()] == [*known, "closing"]
    assert all(30 <= each.minutes <= 45 for each in agendas())
    assert all(line.minutes % 5 == 0 and line.minutes > 0 for a in agendas() for line in a.lines)


def test_an_agenda_is_found_by_its_id() -> None:
    assert agenda("reset").title.text("id") == "Menata ulang"
    with pytest.raises(KeyError):
        agenda("unknown")


def test_the_text_follows_the_reader() -> None:
    item = icebreakers()[0]
    assert item.text("en").startswith("Show")
    assert "dekat Anda" in item.text("id")
    assert "dekatmu" in item.text("id-kamu")
    assert icebreakers()[1].text("id-kamu") == icebreakers()[1].text("id")
    assert item.text("fr") == item.text("en")


# --- choosing without repeats ---


@given(st.text(max_size=20), st.integers(0, 30), st.integers(1, 20))
def test_each_round_holds_every_item_once(seed: str, turn: int, count: int) -> None:
    items = icebreakers()[:count]
    chosen = [pick(items, seed, turn * count + place) for place in range(count)]
    assert sorted(ids(chosen)) == sorted(ids(list(items)))


@given(st.text(max_size=20), st.integers(3, 20))
def test_the_same_item_never_comes_twice_running(seed: str, count: int) -> None:
    items = icebreakers()[:count]
    chosen = [pick(items, seed, index).id for index in range(count * 6)]
    assert all(one != next_one for one, next_one in pairwise(chosen))


def test_pairs_get_different_orders() -> None:
    first = {pick(icebreakers(), f"pair {number}", 0).id for number in range(40)}
    assert len(first) > 10


def test_the_order_of_a_pair_outlives_a_release() -> None:
    chosen = [pick(reflections("session"), "a pair", index).id for index in range(3)]
    assert chosen == ["next-step", "surprise", "most-alive"]
