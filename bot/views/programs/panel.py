"""The lead's panel: their programmes, and for each all that can be done with it."""

from collections.abc import Sequence

from bot.domain.lifecycle import ProgramState
from bot.domain.message import Block, Message, View
from bot.domain.programs import Panel, ProgramHeld, ProgramSummary
from bot.i18n import Markup, Reader, channel, mention
from bot.views import blocks, ids
from bot.views.blocks import Element
from bot.views.programs.members import members_button
from bot.views.refusals import Said, says

_MOST = 15  # programmes in one message


def panel(t: Reader, found: Panel) -> Message:
    """Everything somebody runs; a single programme is shown at once."""
    if len(found.led) == 1 and not found.others:
        return program(t, found.led[0], more=[_create(t, t.plain("Create another"))])
    if not found.led and not found.others:
        return _empty(t)
    said = t("These are your programmes.") if found.led else t("You don't lead a programme yet.")
    rows = [_row(t, summary) for summary in found.led[:_MOST]]
    rows += [_row_to_name_leads(t, summary) for summary in found.others[:_MOST]]
    last = blocks.actions(_create(t, t.plain("Create a programme")))
    return Message(said, (blocks.section(said), *rows, last))


def program(
    t: Reader, summary: ProgramSummary, *, note: Markup | None = None, more: Sequence[Element] = ()
) -> Message:
    """One programme with its buttons; `note` says what has just been done."""
    shown: list[Block] = [blocks.section(note)] if note else []
    shown += [blocks.header(summary.name), blocks.section(_how_it_stands(t, summary))]
    shown.append(blocks.context(_led_by(t, summary)))
    shown.append(blocks.actions(*_daily(t, summary)))
    shown.append(blocks.actions(*_rarer(t, summary), *more))
    return Message(note or t("Programme panel: {name}", name=summary.name), tuple(shown))


def made(t: Reader, summary: ProgramSummary) -> View:
    """After the first form: what comes next, in the order it is wanted."""
    said = t(
        "*{name}* is set up and you lead it. Next, invite people: look at the announcement, "
        "then post it in {channel}.",
        name=summary.name,
        channel=channel(summary.channel_id),
    )
    second = t("Two leads are better than one: somebody can step in when you're away.")
    rest = t("Everything else has a sensible start, and can be changed in the settings.")
    return blocks.modal(
        t.plain("Programme created"),
        [
            blocks.section(said),
            blocks.actions(announce_button(t, summary)),
            blocks.section(second),
            blocks.actions(_button(t.plain("Add a second lead"), ids.LEADS, summary)),
            blocks.section(rest),
            blocks.actions(_button(t.plain("Programme settings"), ids.PROGRAM_SETTINGS, summary)),
        ],
        close=t.plain("Close"),
    )


def held(t: Reader, summary: ProgramSummary) -> Message:
    note = t(
        "On hold. Nobody gets prompts until you continue. Sessions already agreed keep their "
        "reminders, and nobody is told."
    )
    return program(t, summary, note=note)


def resumed(t: Reader, summary: ProgramSummary) -> Message:
    note = t("It goes on. Prompts come again at their next usual time; none are sent afterwards.")
    return program(t, summary, note=note)


def saved(t: Reader, summary: ProgramSummary) -> Message:
    return program(t, summary, note=t("Saved. It counts from the next message on."))


def closed(t: Reader, name: str) -> Message:
    said = t("*{name}* is closed. Nobody gets anything more from it.", name=name)
    return Message(said, (blocks.section(said), blocks.actions(panel_button(t))))


def announce_button(t: Reader, summary: ProgramSummary) -> Element:
    label = t.plain("Announce again") if summary.announced else t.plain("Announce it")
    style = "" if summary.announced else "primary"
    return blocks.button(label, ids.ANNOUNCE, summary.id, style=style)


def panel_button(t: Reader) -> Element:
    return blocks.button(t.plain("Programme panel"), ids.word_action("program"))


@says(ProgramHeld)
def _program_held(t: Reader, refusal: ProgramHeld) -> Said:
    resume = blocks.button(
        t.plain("Continue it"), ids.PROGRAM_RESUME, refusal.program_id, style="primary"
    )
    return t("The programme is on hold, so nobody could join. Continue it first."), (resume,)


def _empty(t: Reader) -> Message:
    said = t(
        "There's no mentoring programme here yet. Creating one takes six fields; "
        "everything can be changed later."
    )
    create = blocks.button(t.plain("Create a programme"), ids.PROGRAM_NEW, style="primary")
    return Message(said, (blocks.section(said), blocks.actions(create)))


def _row(t: Reader, summary: ProgramSummary) -> Block:
    said = t("*{name}*\n{state}", name=summary.name, state=_how_it_stands(t, summary))
    open_it = _button(t.plain("Open"), ids.PROGRAM_OPEN, summary)
    return blocks.section(said, accessory=open_it)


def _row_to_name_leads(t: Reader, summary: ProgramSummary) -> Block:
    said = t("*{name}*. {leads}", name=summary.name, leads=_led_by(t, summary))
    return blocks.section(said, accessory=_button(t.plain("Leads"), ids.LEADS, summary))


def _how_it_stands(t: Reader, summary: ProgramSummary) -> Markup:
    mentors = t.plural("{n} mentor", "{n} mentors", summary.mentors)
    mentees = t.plural("{n} mentee", "{n} mentees", summary.mentees)
    if summary.state is ProgramState.PAUSED:
        return t("On hold. {mentors} and {mentees} joined.", mentors=mentors, mentees=mentees)
    return t("Under way. {mentors} and {mentees} joined.", mentors=mentors, mentees=mentees)


def _led_by(t: Reader, summary: ProgramSummary) -> Markup:
    if not summary.leads:
        return t("No lead at the moment.")
    return t("Leads: {leads}.", leads=t.list_of([mention(lead) for lead in summary.leads]))


def _daily(t: Reader, summary: ProgramSummary) -> list[Element]:
    pair = blocks.button(t.plain("Propose a pair"), ids.word_action("pair"))
    members = members_button(t, summary.id)
    status = blocks.button(t.plain("Status"), ids.word_action("status"))
    if summary.state is ProgramState.PAUSED:
        resume = t.plain("Continue it")
        return [
            blocks.button(resume, ids.PROGRAM_RESUME, summary.id, style="primary"),
            members,
            status,
        ]
    return [announce_button(t, summary), members, pair, status]


def _rarer(t: Reader, summary: ProgramSummary) -> list[Element]:
    found = [
        _button(t.plain("Programme settings"), ids.PROGRAM_SETTINGS, summary),
        _button(t.plain("Leads"), ids.LEADS, summary),
    ]
    if summary.state is ProgramState.ACTIVE:
        found.append(_button(t.plain("Hold it"), ids.PROGRAM_HOLD, summary))
    return found


def _create(t: Reader, label: str) -> Element:
    return blocks.button(label, ids.PROGRAM_NEW)


def _button(label: str, action_id: str, summary: ProgramSummary) -> Element:
    return blocks.button(label, f"{action_id}#{summary.id}", summary.id)
