"""A person's own world, drawn as App Home or as the menu: what needs them first, first.

Nothing of others is in here but what a partner may know, and no count that compares people.
"""

from collections.abc import Sequence

from bot.domain.deliveries import DID_YOU_MEET, REFLECTION
from bot.domain.home import (
    Away,
    GoalLine,
    HomeSummary,
    Need,
    PairLine,
    ProgramLine,
    PromptLine,
    ProposalLine,
)
from bot.domain.lifecycle import ProgramState, Role
from bot.domain.message import Block, Message, View
from bot.domain.workspaces import InstallerWelcome
from bot.i18n import N_, Markup, Reader, conversation, mention
from bot.views import blocks, ids, messages
from bot.views.blocks import Element
from bot.views.matches import help_button, rhythm_button
from bot.views.messages import renders
from bot.views.participants import role_name
from bot.views.proposals import answer_buttons

# How many of each are drawn: a Home has room for 100 blocks, a message for 50.
_IN_HOME, _IN_MENU = 8, 4

_BUTTONS = {
    "session": N_("Sessions"),
    "reflect": N_("Reflections"),
    "goals": N_("Goals"),
    "away": N_("Days away"),
    "join": N_("My profile"),
    "settings": N_("Settings"),
    "stop": N_("Stop or leave"),
    "program": N_("Programme panel"),
    "pair": N_("Propose a pair"),
    "status": N_("Status"),
    "help": N_("Help"),
}
_EVERYBODY = ("settings", "help")
_JOINED = ("session", "reflect", "goals", "away", "join", "stop")
_LEADS = ("program", "pair", "status")


def render(t: Reader, summary: HomeSummary) -> View:
    """App Home."""
    return blocks.home(
        [blocks.header(t.plain("Your mentoring")), *_body(t, summary, _IN_HOME, "home")]
    )


def menu(t: Reader, summary: HomeSummary) -> Message:
    """The same, as an answer to the bare command."""
    said = t("Your mentoring")
    return Message(said, tuple(_body(t, summary, _IN_MENU, "menu")))


@renders(InstallerWelcome)
def _greeting(t: Reader, _: InstallerWelcome) -> Message:
    said = t(
        "I'm installed, and I write to nobody on my own. The first step is a programme: six "
        "fields, then a post with a Join button that you see before anybody else does."
    )
    return Message(said, (blocks.section(said), blocks.actions(_create(t))))


def language_chosen(t: Reader) -> Message:
    said = t("From now on I write to you in {language}.", language=t.language_name)
    buttons = [_word(t, "menu", t.plain("Open the menu")), _word(t, "help", t.plain("Help"))]
    return Message(said, (blocks.section(said), blocks.actions(*buttons)))


def contact_lines(t: Reader, team_id: str, contacts: Sequence[str]) -> list[Block]:
    """A person to talk to. The link opens a conversation with them, of which the bot knows
    nothing."""
    if not contacts:
        return []
    people = t.list_of([mention(who) for who in contacts])
    opens = [conversation(team_id, who, t.plain("write to them")) for who in contacts]
    said = t(
        "A person to talk to, about anything: {people} ({link}). I don't see that conversation.",
        people=people,
        link=t.list_of(opens),
    )
    return [blocks.context(said)]


def _body(t: Reader, summary: HomeSummary, most: int, where: str) -> list[Block]:
    shown = [*_rests(t, summary)]
    for proposal in summary.proposals[:most]:
        shown += _proposal(t, proposal)
    for pair in summary.pairs[:most]:
        shown += _pair(t, pair)
    shown += _more(t, len(summary.pairs) - most)
    for prompt in summary.prompts[:most]:
        shown += [_prompt(t, prompt)]
    shown += _goals(t, summary.goals, where)
    shown += _programs(t, summary, most)
    shown += [blocks.divider(), *_buttons(t, summary)]
    shown += contact_lines(t, summary.team_id, summary.contacts)
    if not summary.chose_language:
        shown.append(messages.language_switch(where))
    return shown


# What is open


def _rests(t: Reader, summary: HomeSummary) -> list[Block]:
    shown: list[Block] = []
    if summary.stopped:
        said = [t("My questions to you are switched off.")]
        if summary.pairs:
            said.append(t("Your mentoring goes on as agreed."))
        shown.append(blocks.section(Markup(" ").join(said), accessory=_resume(t)))
    if summary.away:
        shown.append(_away(t, summary.away))
    return shown


def _away(t: Reader, away: Away) -> Block:
    if not away.is_now:
        days = t.days(away.first_day, away.last_day)
        return blocks.section(t("Soon you're away: {days}.", days=days))
    back = _word(t, "back", t.plain("I'm back"))
    said = t("You're away until {last}. I keep quiet.", last=t.date(away.last_day))
    return blocks.section(said, accessory=back)


def _resume(t: Reader) -> Element:
    return blocks.button(t.plain("Switch them on again"), ids.UNDO_STOP)


def _proposal(t: Reader, line: ProposalLine) -> list[Block]:
    other = mention(line.other)
    if line.role is Role.MENTEE:
        said = t(
            "{person} is proposed to you as your mentor. My message about it says more.",
            person=other,
        )
    else:
        said = t(
            "{person} is proposed to you as your mentee. My message about it says more.",
            person=other,
        )
    return [blocks.section(said), answer_buttons(t, line.match_id)]


def _pair(t: Reader, line: PairLine) -> list[Block]:
    said = [_pair_sentence(t, line)]
    if line.partner_away_until:
        until = t.date(line.partner_away_until)
        said.append(t("{partner} is away until {date}.", partner=mention(line.partner), date=until))
    label, style = _PAIR_BUTTON[line.need]
    action = ids.SESSION_PROPOSE if line.need is Need.PLAN else ids.word_action("session")
    session = blocks.button(t.plain(label), action, line.match_id, style=style)
    others = [rhythm_button(t, line.match_id), help_button(t, line.match_id)]
    return [blocks.section(Markup("\n").join(said)), blocks.actions(session, *others)]


_PAIR_BUTTON = {
    Need.ANSWER: (N_("Answer"), "primary"),
    Need.PLAN: (N_("Propose a session"), "primary"),
    Need.WAIT: (N_("Look at it"), ""),
    Need.MEET: (N_("Move or prepare it"), ""),
}


def _pair_sentence(t: Reader, line: PairLine) -> Markup:
    partner = mention(line.partner)
    if line.at is None:
        return t("No session with {partner} is planned.", partner=partner)
    day, both = t.when(line.at), t.both(line.at, line.partner_tz, line.partner_name)
    match line.need:
        case Need.ANSWER:
            said = t("{partner} proposes a session: *{day}*", partner=partner, day=day)
        case Need.WAIT:
            said = t("You proposed a session to {partner}: *{day}*", partner=partner, day=day)
        case _:
            said = t("Next session with {partner}: *{day}*", partner=partner, day=day)
    return Markup("\n").join([said, both])


def _more(t: Reader, hidden: int) -> list[Block]:
    if hidden <= 0:
        return []
    said = t.plural("One more is under *Sessions*.", "{n} more are under *Sessions*.", hidden)
    return [blocks.context(said)]


def _prompt(t: Reader, line: PromptLine) -> Block:
    partner = mention(line.partner) if line.partner else ""
    if line.kind == REFLECTION.name and partner:
        said = t("A question to reflect on, about your mentoring with {partner}", partner=partner)
    elif line.kind == DID_YOU_MEET.name:
        said = t("Did your session with {partner} take place?", partner=partner)
    else:
        said = t("A question for you")
    if line.kind == REFLECTION.name:
        answer = blocks.button(t.plain("Answer"), ids.REFLECTION_ANSWER, line.prompt_id)
    else:
        answer = _word(t, "session", t.plain("Answer"), partner)
    return blocks.section(said, accessory=answer)


def _goals(t: Reader, goals: Sequence[GoalLine], where: str) -> list[Block]:
    """The words of a goal are shown in Home alone: a menu may be opened where others look on."""
    if not goals:
        return []
    if where == "menu":
        return [blocks.context(t.plural("One open goal.", "{n} open goals.", len(goals)))]
    shown: list[Block] = [blocks.section(t("*Your goals*, seen by you alone"))]
    for goal in goals[:_IN_HOME]:
        shown.append(blocks.quote(goal.what))
        if goal.by_when:
            shown.append(blocks.context(t("by {date}", date=t.date(goal.by_when))))
    return shown


# Programmes


def _programs(t: Reader, summary: HomeSummary, most: int) -> list[Block]:
    shown: list[Block] = []
    if not summary.joined:
        if not summary.is_lead:
            shown.append(blocks.section(_what_this_is(t)))
        for program in summary.open_to_join[:most]:
            shown += _offer(t, program)
        if not summary.open_to_join:
            shown.append(_nothing_open(t, summary))
    elif not summary.pairs and not summary.proposals:
        said = t("No mentoring is under way. I write when somebody is proposed to you.")
        shown.append(blocks.section(said))
    shown += [blocks.context(_place(t, program)) for program in summary.joined[:most]]
    return shown


def _what_this_is(t: Reader) -> Markup:
    return t(
        "I help mentors and mentees keep going: I bring two people together, plan sessions in both "
        "their time zones, and ask a question now and then. What you reflect on stays yours. I "
        "can't read your conversations."
    )


def _nothing_open(t: Reader, summary: HomeSummary) -> Block:
    if summary.may_found and not summary.is_lead:
        said = t("There's no programme yet. You can create the first one.")
        return blocks.section(said, accessory=_create(t))
    said = t("There's no programme to join just now. Once there is one, it shows up here.")
    return blocks.section(said)


def _create(t: Reader) -> Element:
    """Straight to the form: the panel would only hold the same button."""
    return blocks.button(t.plain("Create a programme"), ids.PROGRAM_NEW, style="primary")


def _offer(t: Reader, program: ProgramLine) -> list[Block]:
    join = blocks.button(
        t.plain("Join"), ids.word_action("join"), program.program_id, style="primary"
    )
    return [
        blocks.section(t("*{programme}*", programme=program.name), accessory=join),
        blocks.quote(program.purpose),
    ]


def _place(t: Reader, program: ProgramLine) -> Markup:
    roles = t.list_of([role_name(t, role) for role in program.roles])
    if program.state is ProgramState.PAUSED:
        return t(
            "*{programme}*: {roles}. The programme is on hold.",
            programme=program.name,
            roles=roles,
        )
    return t("*{programme}*: {roles}", programme=program.name, roles=roles)


# Buttons


def _buttons(t: Reader, summary: HomeSummary) -> list[Block]:
    """Everything this person may do."""
    mine = (_JOINED if summary.joined else ()) + _EVERYBODY
    rows = [mine]
    if summary.is_lead or summary.may_found:
        rows.insert(0, _LEADS if summary.is_lead else _LEADS[:1])
    return [blocks.actions(*[_word(t, w, t.plain(_BUTTONS[w])) for w in row]) for row in rows]


def _word(t: Reader, word: str, label: str, value: str = "") -> Element:
    return blocks.button(label, ids.word_action(word), value)
