"""Parts of a message that change while the others stay."""

from bot.domain.message import Block
from bot.i18n import Markup
from bot.views import blocks


def said(text: str) -> Block:
    return blocks.section(Markup(text))


def texts(shown: tuple[Block, ...]) -> list[str]:
    return [block["text"]["text"] for block in shown]


def test_a_part_is_replaced_and_the_others_stay() -> None:
    message = (said("Two things"), *blocks.part("a", [said("A1"), said("A2")]))
    message += blocks.part("b", [said("B1")])
    changed = blocks.replaced(message, "a", [said("Done")])
    assert texts(changed) == ["Two things", "Done", "B1"]
    again = blocks.replaced(changed, "b", [said("Later")])
    assert texts(again) == ["Two things", "Done", "Later"]


def test_a_part_shown_in_two_languages_is_replaced_once() -> None:
    message = blocks.part("a", [said("In English")]) + blocks.part("a", [said("Bahasa")])
    assert texts(blocks.replaced(message, "a", [said("Done")])) == ["Done"]


def test_a_name_that_begins_alike_is_another_part() -> None:
    message = blocks.part("a", [said("A")]) + blocks.part("ab", [said("AB")])
    assert texts(blocks.replaced(message, "a", [said("Done")])) == ["Done", "AB"]
