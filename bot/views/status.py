"""How things stand: a lead's programmes and the weekly digest, and everybody's own state."""

from collections.abc import Callable, Sequence

from bot.domain.health import (
    SHOWN_FROM,
    Digest,
    NamedPair,
    OwnProgram,
    OwnState,
    ProgramHealth,
    Status,
)
from bot.domain.lifecycle import ProgramState, Role
from bot.domain.message import Block, Message
from bot.i18n import N_, Markup, Reader, conversation, mention
from bot.views import blocks, ids
from bot.views.blocks import Element
from bot.views.messages import renders

_Line = Callable[[Reader, Markup, Markup], Markup]

_MOST_PROGRAMS = 3
_MOST_PAIRS = 5

_TAKES_PART = {
    (Role.MENTOR, ProgramState.ACTIVE): N_("You're a mentor in *{name}*."),
    (Role.MENTEE, ProgramState.ACTIVE): N_("You're a mentee in *{name}*."),
    (Role.MENTOR, ProgramState.PAUSED): N_("You're a mentor in *{name}*, which is on hold."),
    (Role.MENTEE, ProgramState.PAUSED): N_("You're a mentee in *{name}*, which is on hold."),
}


def status(t: Reader, found: Status) -> Message:
    shown: list[Block] = []
    for health in found.led[:_MOST_PROGRAMS]:
        shown += [blocks.header(health.name), *_lines(t, health)]
    if len(found.led) > _MOST_PROGRAMS:
        panel = _word(t.plain("Programme panel"), "program")
        shown.append(blocks.section(t("The rest is on your panel."), accessory=panel))
    if found.own.programs:
        shown += _own(t, found.own)
    elif not found.led:
        shown += _nowhere(t, found)
    return Message(t("How things stand"), tuple(shown))


@renders(Digest)
def digest(t: Reader, found: Digest) -> Message:
    counted = [
        (found.joined, t.plural("{n} person joined", "{n} people joined", found.joined)),
        (found.started, t.plural("{n} pair began", "{n} pairs began", found.started)),
        (found.ended, t.plural("{n} pair ended", "{n} pairs ended", found.ended)),
    ]
    news = [line for count, line in counted if count]
    title = t("*{name}*: the week in short", name=found.health.name)
    shown = [blocks.section(title)]
    if news:
        shown.append(blocks.section(t("New: {news}.", news=t.list_of(news))))
    return Message(title, (*shown, *_lines(t, found.health)))


# A lead's programme: each line with the one step it suggests


def _lines(t: Reader, health: ProgramHealth) -> list[Block]:
    shown = [_on_hold(t, health)] if health.state is ProgramState.PAUSED else []
    shown += [_people(t, health), _pairs(t, health)]
    shown += _pairs_by_name(t, health, health.help_asked, _asked_for_help)
    shown += _pairs_by_name(t, health, health.not_started, _not_started)
    if health.active:
        shown.append(_answers(t, health))
    return shown


def _on_hold(t: Reader, health: ProgramHealth) -> Block:
    resume = blocks.button(t.plain("Continue it"), f"{ids.PROGRAM_RESUME}#{health.id}", health.id)
    return blocks.section(t("On hold: nobody gets prompts."), accessory=resume)


def _people(t: Reader, health: ProgramHealth) -> Block:
    said = t(
        "Joined: {mentors} and {mentees}.",
        mentors=t.plural("{n} mentor", "{n} mentors", health.mentors),
        mentees=t.plural("{n} mentee", "{n} mentees", health.mentees),
    )
    if health.state is ProgramState.PAUSED:
        return blocks.section(said)
    announce = blocks.button(t.plain("Invite people"), f"{ids.ANNOUNCE}#{health.id}", health.id)
    return blocks.section(said, accessory=announce)


def _pairs(t: Reader, health: ProgramHealth) -> Block:
    said = t(
        "Pairs: {active} under way, {proposed} proposed, {ended} ended.",
        active=health.active,
        proposed=health.proposed,
        ended=health.ended,
    )
    unmatched = t.plural(
        "{n} mentee has no mentor yet.", "{n} mentees have no mentor yet.", health.unmatched
    )
    if health.state is ProgramState.PAUSED:
        return blocks.section(said)
    both = Markup(" ").join([said, unmatched]) if health.unmatched else said
    return blocks.section(both, accessory=_word(t.plain("Propose a pair"), "pair"))


def _pairs_by_name(
    t: Reader, health: ProgramHealth, pairs: Sequence[NamedPair], line: _Line
) -> list[Block]:
    """The step is to write to them; the bot knows nothing of what is written."""
    shown = []
    for pair in pairs[:_MOST_PAIRS]:
        said = line(t, mention(pair.mentee), mention(pair.mentor))
        label = t.plain("Write to {name}", name=pair.mentee_name)
        write = conversation(health.team_id, pair.mentee, label)
        shown.append(blocks.section(Markup(" ").join([said, write])))
    more = len(pairs) - _MOST_PAIRS
    if more > 0:
        shown.append(blocks.context(t.plural("and {n} more pair", "and {n} more pairs", more)))
    return shown


def _asked_for_help(t: Reader, mentee: Markup, mentor: Markup) -> Markup:
    return t(
        "{mentee} and {mentor}: one of them would like your help. Ask both, for nobody is told "
        "which of them it was.",
        mentee=mentee,
        mentor=mentor,
    )


def _not_started(t: Reader, mentee: Markup, mentor: Markup) -> Markup:
    return t(
        "{mentee} and {mentor} began four weeks ago or longer, with no session yet. "
        "Ask what would make the first one easy.",
        mentee=mentee,
        mentor=mentor,
    )


def _answers(t: Reader, health: ProgramHealth) -> Block:
    if health.answers is None:
        return blocks.context(
            t(
                "From {n} people up I also show how many of my questions are answered: a number, "
                "never whose.",
                n=SHOWN_FROM,
            )
        )
    said = t(
        "In four weeks, {answered} of {asked} questions were answered.",
        answered=health.answers.answered,
        asked=health.answers.asked,
    )
    settings = f"{ids.PROGRAM_SETTINGS}#{health.id}"
    rhythm = blocks.button(t.plain("Change the rhythm"), settings, health.id)
    return blocks.section(said, accessory=rhythm)


# One's own


def _own(t: Reader, own: OwnState) -> list[Block]:
    shown = [blocks.section(_takes_part(t, program)) for program in own.programs]
    shown.append(_partners(t, own))
    if own.partners:
        shown.append(_session(t, own))
    if own.open_prompts:
        said = t.plural("{n} question is open.", "{n} questions are open.", own.open_prompts)
        shown.append(blocks.section(said, accessory=_word(t.plain("Reflect"), "reflect")))
    return shown


def _takes_part(t: Reader, program: OwnProgram) -> Markup:
    return t(_TAKES_PART[program.role, program.state], name=program.name)


def _partners(t: Reader, own: OwnState) -> Block:
    if not own.partners:
        profile = _word(t.plain("My profile"), "join")
        said = t("You aren't in a pair yet. A good profile helps to find somebody.")
        return blocks.section(said, accessory=profile)
    people = t.list_of([mention(partner) for partner in own.partners])
    return blocks.section(t("Your mentoring: with {people}.", people=people))


def _session(t: Reader, own: OwnState) -> Block:
    plan = _word(t.plain("Sessions"), "session")
    if own.next_session is None:
        return blocks.section(t("No session is planned."), accessory=plan)
    said = t(
        "Next session: {when}, with {person}.",
        when=t.when(own.next_session.start),
        person=mention(own.next_session.partner),
    )
    return blocks.section(said, accessory=plan)


def _nowhere(t: Reader, found: Status) -> list[Block]:
    said = t("You aren't in a mentoring programme.")
    buttons = [_word(t.plain("Join"), "join")]
    if found.may_create:
        buttons.append(_word(t.plain("Programme panel"), "program"))
    return [blocks.section(said), blocks.actions(*buttons)]


def _word(label: str, word: str) -> Element:
    return blocks.button(label, ids.word_action(word))
