"""A pair under way: the introduction, the opening of their conversation, rhythm and help."""

import json
from collections.abc import Sequence

from bot import content
from bot.domain.cadence import Every
from bot.domain.lifecycle import Role
from bot.domain.matches import (
    AS_PROGRAM,
    EVERY,
    FIRST_SESSION_DAYS,
    NTH,
    PLACE,
    WEEKDAY,
    Help,
    HelpAsked,
    HelpWanted,
    Introduction,
    Opening,
    PairRhythm,
    RhythmChanged,
    RhythmForm,
)
from bot.domain.message import Block, Message, View
from bot.domain.people import Who
from bot.i18n import Markup, Reader, conversation, mention
from bot.views import blocks, ids, rhythms
from bot.views.blocks import Element
from bot.views.messages import renders
from bot.views.refusals import menu_button

# Buttons that belong to a pair, wherever it is shown


def session_button(t: Reader, partner: Who) -> Element:
    label, who = t.plain("Propose a session"), mention(partner.slack_user_id)
    return blocks.button(label, ids.word_action("session"), who, style="primary")


def rhythm_button(t: Reader, match_id: str) -> Element:
    return blocks.button(t.plain("How often I ask"), ids.RHYTHM, match_id)


def help_button(t: Reader, match_id: str) -> Element:
    return blocks.button(t.plain("I need help"), ids.HELP, match_id)


def topics_block(t: Reader, partner: Who, own: Role, topics: str | None) -> Sequence[Block]:
    """The partner's own words; `own` is the reader's role."""
    if not topics:
        return ()
    name = mention(partner.slack_user_id)
    if own is Role.MENTEE:
        return blocks.section(t("What {person} can help with:", person=name)), blocks.quote(topics)
    said = t("What {person} would like to work on:", person=name)
    return blocks.section(said), blocks.quote(topics)


# Beginning


@renders(Introduction)
def introduction(t: Reader, summary: Introduction) -> Message:
    said, first_step = _mentee(t, summary) if summary.role is Role.MENTEE else _mentor(t, summary)
    times = t.both(summary.now, summary.partner.tz, summary.partner.name)
    shown = [
        blocks.section(said),
        *topics_block(t, summary.partner, summary.role, summary.topics),
        blocks.section(first_step),
        blocks.section(
            t("To break the ice: {question}", question=_icebreaker(t, summary.match_id))
        ),
        blocks.context(t("Right now it's {times}.", times=times)),
        blocks.actions(
            session_button(t, summary.partner),
            rhythm_button(t, summary.match_id),
            help_button(t, summary.match_id),
        ),
    ]
    return Message(said, tuple(shown))


@renders(Opening)
def opening(t: Reader, summary: Opening) -> Message:
    mentor, mentee = mention(summary.mentor.slack_user_id), mention(summary.mentee.slack_user_id)
    lines = [
        t("{mentee} and {mentor}, this conversation is yours.", mentee=mentee, mentor=mentor),
        t(
            "{mentee} will propose a first session. To break the ice until then: {question}",
            mentee=mentee,
            question=_icebreaker(t, summary.match_id),
        ),
        t("I can't read what you write here."),
    ]
    said = Markup("\n").join(lines)
    return Message(said, (blocks.section(said),))


def _mentee(t: Reader, summary: Introduction) -> tuple[Markup, Markup]:
    return (
        t("You both said yes: {partner} is your mentor.", partner=_name(summary)),
        t(
            "*Your first step*: propose a first session, some time within the next {days} days. "
            "The time can be moved by either of you.",
            days=FIRST_SESSION_DAYS,
        ),
    )


def _mentor(t: Reader, summary: Introduction) -> tuple[Markup, Markup]:
    return (
        t("You both said yes: {partner} is your mentee.", partner=_name(summary)),
        t(
            "*Your first step*: I'll open a conversation for you two. Say hello there; "
            "{partner} will propose a first session.",
            partner=_name(summary),
        ),
    )


def _name(summary: Introduction) -> Markup:
    return mention(summary.partner.slack_user_id)


def _icebreaker(t: Reader, match_id: str) -> str:
    """The same one for both, whatever they read it in."""
    return content.pick(content.icebreakers(), match_id, 0).text(t.locale)


# Rhythm


def rhythm_form(t: Reader, form: RhythmForm) -> View:
    chosen = form.own or form.program
    how_often = [
        (t.plain("As the programme does: {rhythm}", rhythm=_said(t, form.program)), AS_PROGRAM),
        (t.plain("Every week"), Every.WEEK.value),
        (t.plain("Every second week"), Every.TWO_WEEKS.value),
        (t.plain("Once a month"), Every.MONTH.value),
    ]
    days = [(t.weekday(day), str(day)) for day in range(7)]
    places = [(rhythms.place_name(t, nth), str(nth)) for nth in NTH]
    every = chosen.every.value if form.own else AS_PROGRAM
    inputs = [
        blocks.section(
            t(
                "How often shall I ask each of you a question to reflect on? It's for both, and "
                "{partner} is told.",
                partner=mention(form.partner.slack_user_id),
            )
        ),
        blocks.radio_input(EVERY, t.plain("How often"), how_often, initial=every),
        blocks.select_input(WEEKDAY, t.plain("Day"), days, initial=str(chosen.weekday)),
        blocks.select_input(
            PLACE,
            t.plain("Which one in the month"),
            places,
            initial=str(chosen.nth or 1),
            hint=t.plain("Counts for once a month only."),
        ),
    ]
    return blocks.modal(
        t.plain("How often I ask"),
        inputs,
        callback_id=ids.RHYTHM_SAVE,
        submit=t.plain("Save"),
        close=t.plain("Cancel"),
        meta=json.dumps({"match": form.match_id}),
    )


def rhythm_saved(t: Reader, changed: RhythmChanged) -> Message:
    said = t(
        "Saved. I ask you both a question to reflect on {rhythm}.",
        rhythm=_said(t, changed.rhythm),
    )
    return Message(said, (blocks.section(said), blocks.actions(menu_button(t))))


@renders(RhythmChanged)
def rhythm_changed(t: Reader, changed: RhythmChanged) -> Message:
    said = t(
        "{partner} changed the rhythm of you two: I ask you both a question to reflect on "
        "{rhythm}.",
        partner=mention(changed.partner.slack_user_id),
        rhythm=_said(t, changed.rhythm),
    )
    buttons = rhythm_button(t, changed.match_id), help_button(t, changed.match_id)
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


def _said(t: Reader, rhythm: PairRhythm) -> str:
    return rhythms.said(t, rhythm.every, rhythm.weekday, rhythm.nth)


# Help


def help_offered(t: Reader, shown: Help) -> Message:
    """A person first; telling the lead is a second, separate press."""
    said = _contact_sentence(t, shown)
    if shown.match_id is None:
        return Message(said, (blocks.section(said), blocks.actions(menu_button(t))))
    if shown.asked:
        note = t("The leads know that the two of you would like help.")
        button = _not_needed(t, shown.match_id)
    else:
        note = t(
            "Or I let the leads know that help would be welcome: the names of your pair, no "
            "reason, and not who asked. Your partner hears nothing from me."
        )
        tell = t.plain("Let the lead know that I'd like help")
        button = blocks.button(tell, ids.HELP_TELL_LEAD, shown.match_id)
    return Message(said, (blocks.section(said), blocks.section(note), blocks.actions(button)))


def help_answered(t: Reader, event: HelpAsked) -> Message:
    if not event.asked:
        said = t("Good to know. It's taken back; your partner hears nothing.")
        again = help_button(t, event.match_id)
        return Message(said, (blocks.section(said), blocks.actions(again, menu_button(t))))
    if not event.told:
        said = t(
            "This programme has no lead besides you two, so nobody was told. The person to talk "
            "to is there for you."
        )
    else:
        said = t(
            "The leads read that your pair would like help, and no more than that. Your partner "
            "hears nothing from me."
        )
    buttons = help_button(t, event.match_id), _not_needed(t, event.match_id)
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


@renders(HelpWanted)
def help_wanted(t: Reader, summary: HelpWanted) -> Message:
    said = t(
        "*{program}*: somebody in the pair {mentor} and {mentee} would like help. I know neither "
        "who nor why. A friendly word to each of them, on its own, is a good start.",
        program=summary.program,
        mentor=mention(summary.mentor.slack_user_id),
        mentee=mention(summary.mentee.slack_user_id),
    )
    status = blocks.button(t.plain("Status"), ids.word_action("status"))
    return Message(said, (blocks.section(said), blocks.actions(status)))


def _contact_sentence(t: Reader, shown: Help) -> Markup:
    if not shown.contacts:
        return t("No person to talk to is named here. The admins of this workspace can help.")
    opens = t.plain("write to them")
    people = [
        Markup(f"{mention(who)} ({conversation(shown.team_id, who, opens)})")
        for who in shown.contacts
    ]
    return t(
        "A person to talk to: {people}. What you write to each other I neither see nor keep.",
        people=t.list_of(people),
    )


def _not_needed(t: Reader, match_id: str) -> Element:
    return blocks.button(t.plain("No longer needed"), ids.HELP_NOT_NEEDED, match_id)
