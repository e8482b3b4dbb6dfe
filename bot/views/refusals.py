"""The sentence for each refusal, and the button with the next step.

Features register theirs with `@says(SomeRefusal)` in their own view module.
"""

from collections.abc import Callable
from typing import Any

from bot.domain import refusals
from bot.domain.message import Message
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.blocks import Element

Said = tuple[Markup, tuple[Element, ...]]
Sayer = Callable[[Reader, Any], Said]

_SAYERS: dict[type[refusals.Refusal], Sayer] = {}


def says(refusal: type[refusals.Refusal]) -> Callable[[Sayer], Sayer]:
    """Mark the function that finds the words, and the next steps, for `refusal`."""

    def mark(sayer: Sayer) -> Sayer:
        _SAYERS[refusal] = sayer
        return sayer

    return mark


def known() -> frozenset[type[refusals.Refusal]]:
    return frozenset(_SAYERS)


def render(t: Reader, refusal: refusals.Refusal) -> Message:
    text, buttons = _SAYERS[type(refusal)](t, refusal)
    row = buttons or (menu_button(t),)
    return Message(text, (blocks.section(text), blocks.actions(*row)))


def sentence(t: Reader, refusal: refusals.InvalidField) -> str:
    """The plain sentence under an input of a form."""
    return _field_sentence(t, refusal)


def menu_button(t: Reader) -> Element:
    return blocks.button(t.plain("Open the menu"), ids.word_action("menu"))


@says(refusals.NotFound)
def _not_found(t: Reader, _: refusals.NotFound) -> Said:
    return t("I can't find that any more. What's open for you is in the menu."), ()


@says(refusals.OutOfDate)
def _out_of_date(t: Reader, _: refusals.OutOfDate) -> Said:
    return t("This has changed meanwhile, so nothing was done. The menu shows how it stands."), ()


@says(refusals.MatchOver)
def _match_over(t: Reader, _: refusals.MatchOver) -> Said:
    return t("This mentoring has ended, so nothing was changed. Your own notes stay yours."), ()


@says(refusals.NotALead)
def _not_a_lead(t: Reader, refusal: refusals.NotALead) -> Said:
    ask = blocks.button(t.plain("Ask them"), ids.ASK_LEADS, refusal.program_id or "")
    if not refusal.leads:
        return t("Only a programme lead can do this. The admins of this workspace can name one."), (
            ask,
        )
    leads = t.list_of([mention(lead) for lead in refusal.leads])
    return t("Only a programme lead can do this. The leads: {leads}.", leads=leads), (ask,)


@says(refusals.UnknownWord)
def _unknown_word(t: Reader, refusal: refusals.UnknownWord) -> Said:
    buttons = (blocks.button(t.plain("Help"), ids.word_action("help")),)
    if refusal.nearest is None:
        return t("I don't know that word. Help lists the ones I know."), buttons
    near = blocks.button(refusal.nearest, ids.word_action(refusal.nearest), style="primary")
    return t("I don't know that word. Did you mean *{word}*?", word=refusal.nearest), (
        near,
        *buttons,
    )


@says(refusals.InvalidField)
def _invalid_field(t: Reader, refusal: refusals.InvalidField) -> Said:
    return Markup(_field_sentence(t, refusal)), ()


def _field_sentence(t: Reader, refusal: refusals.InvalidField) -> str:
    limit = refusal.limit or 0
    match refusal.code:
        case "required":
            return t.plain("Something needs to go in here.")
        case "too_long":
            return t.plain("That's too long. Up to {limit} characters fit here.", limit=limit)
        case "consent":
            return t.plain("To join, tick that you take part. The second tick is up to you.")
        case "past":
            return t.plain("That's in the past. Pick a later one.")
        case "too_far":
            return t.plain("That's too far ahead. Pick one within {limit} days.", limit=limit)
        case "end_before_start":
            return t.plain("The end comes before the start. Pick a later end.")
        case "bad_hours":
            return t.plain("Write hours like 09:00-17:00, several of them with commas between.")
        case "bad_link":
            return t.plain("A link needs to start with https:// and hold no spaces.")
        case "not_a_person":
            return t.plain("Pick a person who can write back: no bot, nobody deactivated.")
        case "name_taken":
            return t.plain("Another programme has this name. Pick a different one.")
        case "not_a_channel":
            return t.plain("Pick a channel, not a conversation between people.")
        case "bad_date":
            return t.plain("I can't read one of these dates. Write them like 2027-05-12.")
        case "ambiguous_date":
            return t.plain("One of these dates can be read two ways. Write it like 12 May.")
        case "too_many_days":
            return t.plain("Those are too many days. Up to {limit} fit here.", limit=limit)
        case "external":
            return t.plain("That person belongs to another company's workspace. Pick a colleague.")
        case "guest":
            return t.plain("Guests can't take part in this programme. A lead can allow it.")
        case "yourself":
            return t.plain("That's you. Pick somebody else.")
        case "same_person":
            return t.plain("Both are the same person. Pick two different people.")
        case "length":
            return t.plain("A session lasts between 15 and 180 minutes.")
        case "taken":
            return t.plain("You two have agreed on a session at that time already.")
        case "no_such_day":
            return t.plain("Your calendar skips that day. Pick another one.")
        case _:
            return t.plain("That doesn't fit here. Change it and send again.")
