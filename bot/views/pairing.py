"""The lead's side of a pair: picking two people, a preview, and what stands in the way."""

import json

from bot.domain import limits
from bot.domain.lifecycle import Role
from bot.domain.message import Block, Message, View
from bot.domain.proposals import (
    MENTEE,
    MENTOR,
    PROGRAM,
    WHY,
    AlreadyPaired,
    NotJoined,
    NotToBeMatched,
    PairedBefore,
    PairForm,
    Pairing,
    PickPeople,
    ProposalClosed,
    SeatsTaken,
)
from bot.i18n import Markup, Reader, mention
from bot.views import blocks, ids
from bot.views.blocks import Element
from bot.views.messages import renders
from bot.views.programs.members import members_button
from bot.views.refusals import Said, says


def form(t: Reader, shown: PairForm) -> View:
    """Who, and in which programme where there are several."""
    mentor, mentee = (*shown.named, "", "")[:2]
    inputs = [
        blocks.user_input(MENTOR, t.plain("Mentor"), initial=mentor),
        blocks.user_input(MENTEE, t.plain("Mentee"), initial=mentee),
    ]
    meta = {}
    if len(shown.programs) > 1:
        options = [(name, program_id) for program_id, name in shown.programs]
        inputs.insert(0, blocks.select_input(PROGRAM, t.plain("Programme"), options))
    else:
        meta = {PROGRAM: shown.programs[0][0]}
        inputs.append(blocks.actions(members_button(t, shown.programs[0][0])))
    return blocks.modal(
        t.plain("Propose a pair"),
        inputs,
        callback_id=ids.PAIR_PICK,
        submit=t.plain("Preview"),
        close=t.plain("Cancel"),
        meta=json.dumps(meta),
    )


def preview(t: Reader, pairing: Pairing) -> View:
    """Who would be what, before anybody is asked."""
    mentor, mentee = mention(pairing.mentor.slack_user_id), mention(pairing.mentee.slack_user_id)
    shown = [
        blocks.section(
            t(
                "*{program}*\nMentor: {mentor}\nMentee: {mentee}",
                program=pairing.program,
                mentor=mentor,
                mentee=mentee,
            )
        )
    ]
    if pairing.again:
        said = t("These two were proposed or paired before. Ask again only if both would want it.")
        shown.append(blocks.section(said))
    if pairing.swappable:
        shown.append(blocks.actions(blocks.button(t.plain("Swap the roles"), ids.PAIR_SWAP)))
    shown.append(_why(t))
    shown.append(
        blocks.context(
            t(
                "Each is asked privately, and a no needs no reason. If it comes to nothing, you "
                "read that much and no more; ten days without an answer count as that too."
            )
        )
    )
    meta = {
        PROGRAM: pairing.program_id,
        MENTOR: pairing.mentor.slack_user_id,
        MENTEE: pairing.mentee.slack_user_id,
        "again": "yes" if pairing.again else "",
    }
    return blocks.modal(
        t.plain("Propose a pair"),
        shown,
        callback_id=ids.PAIR_PROPOSE,
        submit=t.plain("Propose again") if pairing.again else t.plain("Propose"),
        close=t.plain("Cancel"),
        meta=json.dumps(meta),
    )


def proposed(t: Reader, pairing: Pairing) -> Message:
    said = t(
        "{mentor} and {mentee} are asked now, each in their own hours. When both say yes I "
        "introduce them; if it comes to nothing, I tell you.",
        mentor=mention(pairing.mentor.slack_user_id),
        mentee=mention(pairing.mentee.slack_user_id),
    )
    status = blocks.button(t.plain("Status"), ids.word_action("status"))
    return Message(said, (blocks.section(said), blocks.actions(_another(t), status)))


@renders(ProposalClosed)
def _closed(t: Reader, closed: ProposalClosed) -> Message:
    said = t(
        "*{program}*: {mentor} and {mentee}, not this time. Who answered what stays with them.",
        program=closed.program,
        mentor=mention(closed.mentor.slack_user_id),
        mentee=mention(closed.mentee.slack_user_id),
    )
    return Message(said, (blocks.section(said), blocks.actions(_another(t))))


def _why(t: Reader) -> Block:
    return blocks.text_input(
        WHY,
        t.plain("Why these two?"),
        multiline=True,
        limit=limits.SHORT_TEXT,
        optional=True,
        hint=t.plain("Both read it as you write it."),
    )


def _another(t: Reader) -> Element:
    return blocks.button(t.plain("Propose another pair"), ids.word_action("pair"))


# What stands in the way


def _pick(t: Reader) -> Element:
    return blocks.button(t.plain("Pick two people"), ids.word_action("pair"), style="primary")


@says(PickPeople)
def _pick_people(t: Reader, refusal: PickPeople) -> Said:
    said = t(
        "I can't tell who “{name}” is. Pick the two from a list instead; names that Slack offers "
        "while you type after @ work too.",
        name=refusal.name,
    )
    return said, (_pick(t),)


@says(NotJoined)
def _not_joined(t: Reader, refusal: NotJoined) -> Said:
    people = t.list_of([_in_role(t, *each) for each in refusal.missing])
    said = t(
        "Not part of *{program}* yet: {people}. Here's a text to copy and send:",
        program=refusal.program,
        people=people,
    )
    roles = dict.fromkeys(role for _, role in refusal.missing)
    quoted = [Markup("> ") + _invitation(t, refusal.program, role) for role in roles]
    return Markup("\n").join([said, *quoted]), (_pick(t),)


def _in_role(t: Reader, slack_user_id: str, role: Role) -> Markup:
    if role is Role.MENTOR:
        return t("{person} as a mentor", person=mention(slack_user_id))
    return t("{person} as a mentee", person=mention(slack_user_id))


def _invitation(t: Reader, program: str, role: Role) -> Markup:
    if role is Role.MENTOR:
        return t(
            "Would you like to be a mentor in {program}? It takes two minutes: open the mentoring "
            "app in Slack, write “join” to it and say what you can help with. Nothing begins "
            "without your yes.",
            program=program,
        )
    return t(
        "Would you like to have a mentor in {program}? It takes two minutes: open the mentoring "
        "app in Slack, write “join” to it and say what you'd like to work on. Nothing begins "
        "without your yes.",
        program=program,
    )


@says(NotToBeMatched)
def _not_to_be_matched(t: Reader, refusal: NotToBeMatched) -> Said:
    people = t.list_of([mention(who) for who in refusal.people])
    said = t(
        "Part of the programme, but not open to being matched by it: {people}. That's a choice of "
        "their own; it can be changed in their profile with `join`.",
        people=people,
    )
    return said, (_pick(t),)


@says(AlreadyPaired)
def _already_paired(t: Reader, refusal: AlreadyPaired) -> Said:
    status = blocks.button(t.plain("Status"), ids.word_action("status"))
    if refusal.active:
        return t("These two are a pair already."), (status, _pick(t))
    said = t("These two have been asked already. If it comes to nothing, I tell you.")
    return said, (status, _pick(t))


@says(PairedBefore)
def _paired_before(t: Reader, refusal: PairedBefore) -> Said:
    said = t("These two were proposed or paired before. Look at the preview again to confirm.")
    named = f"{mention(refusal.mentor)} {mention(refusal.mentee)}"
    look = blocks.button(t.plain("Preview"), ids.word_action("pair"), named, style="primary")
    return said, (look,)


@says(SeatsTaken)
def _seats_taken(t: Reader, refusal: SeatsTaken) -> Said:
    if not refusal.own:
        said = t(
            "{mentor} has no free place at the moment. They can add one in their profile with "
            "`join`.",
            mentor=mention(refusal.mentor),
        )
        return said, (_pick(t),)
    said = t(
        "All your places are taken at the moment. Add one in your profile and press Yes again, or "
        "leave it: nothing is lost."
    )
    edit = blocks.button(
        t.plain("My profile"), ids.word_action("join"), refusal.program_id, style="primary"
    )
    return said, (edit,)
