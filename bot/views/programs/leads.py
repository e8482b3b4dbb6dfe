"""The leads of a programme: the list, a new one's welcome, and wishes to become one."""

import json

from bot.domain.leads import Asked, LastLead, LeadAdded, Leads, LeadWish
from bot.domain.message import Block, Message, View
from bot.i18n import Reader, mention
from bot.views import blocks, ids
from bot.views.blocks import Element
from bot.views.messages import renders
from bot.views.programs.panel import panel_button
from bot.views.refusals import Said, says

_MOST_CHOICES = 4


def leads(t: Reader, found: Leads) -> View:
    shown: list[Block] = []
    if found.added:
        person = mention(found.added)
        shown.append(blocks.section(t("{person} is a lead now, and knows it.", person=person)))
    shown.append(blocks.section(t("Leads of *{name}*:", name=found.program)))
    shown += [_row(t, found, slack_user_id, name) for slack_user_id, name in found.leads]
    shown.append(
        blocks.user_input(
            "lead",
            t.plain("Add a lead"),
            hint=t.plain("Leads see who is in which pair, never what anybody writes."),
        )
    )
    return blocks.modal(
        t.plain("Leads"),
        shown,
        callback_id=ids.LEADS_ADD,
        submit=t.plain("Add"),
        close=t.plain("Close"),
        meta=json.dumps({"program": found.program_id}),
    )


@renders(LeadAdded)
def added(t: Reader, event: LeadAdded) -> Message:
    said = t(
        "{person} made you a lead of *{name}*. Your panel has all there is to run it; once a week "
        "I tell you how it goes, if there's news.",
        person=mention(event.by),
        name=event.program,
    )
    return Message(said, (blocks.section(said), blocks.actions(panel_button(t))))


@renders(LeadWish)
def wish(t: Reader, event: LeadWish) -> Message:
    """To those who can do something about it. Nothing is expected of them."""
    person = mention(event.who)
    if event.program:
        said = t("{person} would like to help lead *{name}*.", person=person, name=event.program)
    else:
        said = t("{person} would like to run a mentoring programme.", person=person)
    return Message(said, (blocks.section(said), blocks.actions(*_ways(t, event))))


def granted(t: Reader, found: Leads) -> Message:
    person = mention(found.added or "")
    said = t("{person} is a lead of *{name}* now, and knows it.", person=person, name=found.program)
    return Message(said, (blocks.section(said), blocks.actions(panel_button(t))))


def dismissed(t: Reader) -> Message:
    said = t("All right. I haven't told them anything.")
    return Message(said, (blocks.section(said),))


def asked(t: Reader, event: Asked) -> Message:
    if not event.people:
        said = t(
            "I don't know who installed me here. Ask an admin of this workspace to write to me."
        )
    else:
        people = t.list_of([mention(person) for person in event.people])
        said = t("I pass it on to {people}. If they say yes, I'll tell you.", people=people)
    menu = blocks.button(t.plain("Open the menu"), ids.word_action("menu"))
    return Message(said, (blocks.section(said), blocks.actions(menu)))


@says(LastLead)
def _last_lead(t: Reader, refusal: LastLead) -> Said:
    add = blocks.button(t.plain("Add a lead"), ids.LEADS, refusal.program_id)
    return t("A programme needs a lead, and this is its last one. Add another first."), (add,)


def _row(t: Reader, found: Leads, slack_user_id: str, name: str) -> Block:
    sure = blocks.confirm(
        t.plain("Remove this lead?"),
        t.plain("{name} loses the panel and the weekly news.", name=name),
        t.plain("Remove"),
        t.plain("Keep them"),
    )
    remove = blocks.button(
        t.plain("Remove"), f"{ids.LEADS_REMOVE}#{slack_user_id}", slack_user_id, confirm=sure
    )
    return blocks.section(mention(slack_user_id), accessory=remove)


def _ways(t: Reader, event: LeadWish) -> list[Element]:
    found = [
        blocks.button(
            t.plain("Make them a lead of {name}", name=name),
            f"{ids.LEADS_GRANT}#{program_id}",
            f"{program_id}|{event.who}",
        )
        for program_id, name in event.programs[:_MOST_CHOICES]
    ]
    if not event.program:
        found.append(blocks.button(t.plain("Create a programme"), ids.PROGRAM_NEW))
    return [*found, blocks.button(t.plain("Decide later"), ids.LEADS_DISMISS)]
