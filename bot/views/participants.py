"""Joining a programme: which one and as what, the form, how others see it, and what comes next."""

import json

from bot.domain import limits
from bot.domain.lifecycle import Role
from bot.domain.message import Block, Message, View
from bot.domain.participants import (
    CONSENT,
    DAYS,
    HOURS,
    LANGUAGES,
    MAX_SEATS,
    SEATS,
    TOPICS,
    CannotJoin,
    Card,
    JoinChoice,
    Joined,
    JoinForm,
    Obstacle,
    Offer,
    Profile,
    same_each_day,
)
from bot.i18n import N_, Markup, Reader, mention
from bot.views import blocks, ids, messages, spoken
from bot.views.blocks import Element
from bot.views.refusals import Said, menu_button, says

TAKES_PART, MAY_MATCH = "takes_part", "may_match"
_MOST_OFFERS = 15

_ROLE = {Role.MENTOR: N_("mentor"), Role.MENTEE: N_("mentee")}
_JOIN_AS = {Role.MENTOR: N_("Join as a mentor"), Role.MENTEE: N_("Join as a mentee")}
_PROFILE_AS = {Role.MENTOR: N_("My mentor profile"), Role.MENTEE: N_("My mentee profile")}
_WISH = {Role.MENTOR: N_("What I can help with"), Role.MENTEE: N_("What I want to work on")}
_ACTION = {Role.MENTOR: ids.JOIN_AS_MENTOR, Role.MENTEE: ids.JOIN_AS_MENTEE}


def role_name(t: Reader, role: Role) -> str:
    """ "mentor" or "mentee", as plain text."""
    return t.plain(_ROLE[role])


# Which one, and as what


def choice(t: Reader, summary: JoinChoice) -> View:
    shown: list[Block] = []
    for offer in summary.offers[:_MOST_OFFERS]:
        shown += _offer(t, offer)
    if not summary.chose_language:
        shown.append(messages.language_switch("join"))
    return blocks.modal(
        t.plain("Join a programme"),
        shown,
        callback_id=ids.JOIN_CHOICE,
        close=t.plain("Close"),
        meta=json.dumps({"program": summary.program_id}),
    )


def _offer(t: Reader, offer: Offer) -> list[Block]:
    buttons = [_role_button(t, offer.program_id, role, role in offer.mine) for role in Role]
    return [
        blocks.section(t("*{programme}*", programme=offer.name)),
        blocks.quote(offer.purpose),
        blocks.actions(*buttons),
    ]


def _role_button(t: Reader, program_id: str, role: Role, joined: bool) -> Element:
    label = _PROFILE_AS[role] if joined else _JOIN_AS[role]
    return blocks.button(t.plain(label), _ACTION[role], program_id)


# The form


def form(t: Reader, summary: JoinForm) -> View:
    profile, role = summary.profile, summary.role
    shown = [blocks.section(line) for line in _who_sees_what(t)]
    shown.append(
        blocks.text_input(
            TOPICS,
            t.plain(_WISH[role]),
            initial=profile.topics,
            multiline=True,
            limit=limits.SHORT_TEXT,
            hint=t.plain("A few words are enough. They are shown when a pair is proposed."),
        )
    )
    if role is Role.MENTOR:
        shown.append(_seats(t, profile.seats))
    shown.append(
        blocks.multi_select_input(
            LANGUAGES,
            t.plain("Languages I can talk in"),
            spoken.OPTIONS,
            initial=profile.languages,
        )
    )
    shown += [*_hours(t, profile), _consent(t, summary), _preview_button(t)]
    titles = _PROFILE_AS if summary.again else _JOIN_AS
    return blocks.modal(
        t.plain(titles[role]),
        shown,
        callback_id=ids.JOIN_FORM,
        submit=t.plain("Save") if summary.again else t.plain("Join"),
        close=t.plain("Cancel"),
        meta=json.dumps({"program": summary.program_id, "role": role}),
    )


def _who_sees_what(t: Reader) -> tuple[Markup, ...]:
    return (
        t(
            "*Your mentoring partner* sees this profile, your sessions, when you're away, and what "
            "you choose to share."
        ),
        t(
            "*Programme leads* see this profile and whether a mentoring is under way; never "
            "reflections, goals or agendas."
        ),
        t(
            "*You alone* see your reflections and goals. What you type to me as a message, the "
            "owners of this workspace may be able to export."
        ),
    )


def _seats(t: Reader, initial: int) -> Block:
    numbers = [str(n) for n in range(1, MAX_SEATS + 1)]
    return blocks.select_input(
        SEATS,
        t.plain("How many mentees at once"),
        [(number, number) for number in numbers],
        initial=str(initial),
    )


def _hours(t: Reader, profile: Profile) -> list[Block]:
    simple = same_each_day(profile.hours)
    if simple is None:
        said = t(
            "You can meet: {hours}. Change that in the settings.", hours=t.hours(profile.hours)
        )
        return [blocks.context(said)]
    days, spans = simple
    weekdays = [(t.weekday(day), str(day)) for day in range(7)]
    return [
        blocks.checkbox_input(
            DAYS, t.plain("Days I can meet"), weekdays, initial=map(str, days), optional=False
        ),
        blocks.text_input(
            HOURS,
            t.plain("Hours on these days"),
            initial=", ".join(map(str, spans)),
            limit=limits.NAME,
            hint=t.plain(
                "By your own clock ({zone}). Several are fine: 09:00-12:00, 19:00-21:00",
                zone=t.tz,
            ),
        ),
    ]


def _consent(t: Reader, summary: JoinForm) -> Block:
    options = [
        (t.plain("I take part, as described above"), TAKES_PART),
        (t.plain("The programme may match me"), MAY_MATCH),
    ]
    ticked = [TAKES_PART] if summary.again else []
    ticked += [MAY_MATCH] if summary.profile.may_match else []
    return blocks.checkbox_input(
        CONSENT,
        t.plain("I agree"),
        options,
        initial=ticked,
        optional=False,
        hint=t.plain("Matching means a lead may propose somebody; you are asked before it starts."),
    )


def _preview_button(t: Reader) -> Block:
    return blocks.actions(blocks.button(t.plain("Preview as others see me"), ids.JOIN_PREVIEW))


def card(t: Reader, summary: Card) -> View:
    """How others see somebody, shown to that person."""
    profile = summary.profile
    who, role = mention(summary.slack_user_id), role_name(t, summary.role)
    lines = [t("{person}, {role}", person=who, role=role)]
    if summary.role is Role.MENTOR:
        lines.append(
            t.plural("Takes one mentee at a time", "Takes {n} mentees at a time", profile.seats)
        )
    lines += [talks(t, profile), meets(t, summary)]
    shown = [
        blocks.section(lines[0]),
        blocks.quote(profile.topics),
        blocks.section(Markup("\n").join(lines[1:])),
        blocks.context(t("Seen by programme leads, and by the person a lead proposes to you.")),
    ]
    return blocks.modal(t.plain("As others see you"), shown, close=t.plain("Back"))


def talks(t: Reader, profile: Profile) -> Markup:
    return t("Talks in {languages}", languages=t.list_of(spoken.names(profile.languages)))


def meets(t: Reader, summary: Card) -> Markup:
    hours = t.hours(summary.profile.hours)
    return t("Can meet {hours}, by the clock of {zone}", hours=hours, zone=summary.tz)


# What comes next


def joined(t: Reader, event: Joined) -> Message:
    said = _done(t, event)
    most = t.plural(
        "The most I'll send you is one prompt a week.",
        "The most I'll send you is {n} prompts a week.",
        event.prompts_per_week,
    )
    lines = [said, _next_step(t, event)]
    if not event.again:
        lines.append(Markup(" ").join([t("Nothing more to do."), most]))
    return Message(
        said, (blocks.section(Markup("\n").join(lines)), blocks.actions(*_next_buttons(t, event)))
    )


def _done(t: Reader, event: Joined) -> Markup:
    role = role_name(t, event.role)
    if event.again:
        return t("Saved: your {role} profile in *{programme}*.", role=role, programme=event.program)
    return t("You're in *{programme}* as a {role}.", role=role, programme=event.program)


def _next_step(t: Reader, event: Joined) -> Markup:
    if not event.may_match:
        return t(
            "Nobody is proposed to you while *The programme may match me* is off. Tick it whenever "
            "you like."
        )
    if event.role is Role.MENTOR:
        return t("When a lead proposes a mentee, I ask you first. Nothing starts without your yes.")
    leads = t.list_of([mention(lead) for lead in event.leads]) or t("the programme leads")
    return t(
        "Now {leads} can look for somebody who fits. I'll write when there is a proposal. Nothing "
        "starts without your yes.",
        leads=leads,
    )


def _next_buttons(t: Reader, event: Joined) -> list[Element]:
    edit = blocks.button(t.plain("Change my profile"), _ACTION[event.role], event.program_id)
    goals = blocks.button(t.plain("Write down a goal"), ids.word_action("goals"))
    menu = blocks.button(t.plain("Open the menu"), ids.word_action("menu"))
    return [edit, menu] if event.role is Role.MENTOR else [goals, edit, menu]


# What is not possible


@says(CannotJoin)
def _cannot_join(t: Reader, refusal: CannotJoin) -> Said:
    run_one = blocks.button(t.plain("I'd like to run one"), ids.ASK_LEADS)
    match refusal.obstacle:
        case Obstacle.NOTHING_OPEN if refusal.may_found:
            create = t.plain("Create a programme")
            return t("There's no programme yet. You can create the first one."), (
                blocks.button(create, ids.PROGRAM_NEW, style="primary"),
            )
        case Obstacle.NOTHING_OPEN:
            said = t("There's no programme to join just now. Once there is one, the menu shows it.")
            return said, (menu_button(t), run_one)
        case Obstacle.HELD:
            said = t(
                "*{programme}* is on hold just now, so nobody can join.", programme=refusal.program
            )
        case Obstacle.CLOSED:
            said = t(
                "*{programme}* is over, so nobody can join any more.", programme=refusal.program
            )
        case Obstacle.GUEST:
            said = t(
                "*{programme}* is not open to guests. A lead can change that.",
                programme=refusal.program,
            )
        case Obstacle.EXTERNAL:
            said = t(
                "*{programme}* is for people of this workspace alone.", programme=refusal.program
            )
        case _:
            return t("Only people with an active account can take part."), ()
    if not refusal.leads:
        return said, ()
    leads = t.list_of([mention(lead) for lead in refusal.leads])
    return Markup(" ").join([said, t("The leads: {leads}.", leads=leads)]), ()
