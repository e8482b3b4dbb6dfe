"""Inviting people: the post in the programme's channel."""

from sqlalchemy import func, select

from bot.domain import announcements, language
from bot.domain.announcements import (
    Announce,
    AnnouncedBefore,
    Announcement,
    AnnouncementPreview,
    NotAnnounced,
    PreviewAnnouncement,
)
from bot.domain.deliveries import ANNOUNCEMENT, NOT_ANNOUNCED
from bot.domain.lifecycle import DeliveryState, ProgramState
from bot.domain.programs import ProgramHeld
from bot.services import access, deliveries, loading
from bot.services.loading import Skip
from bot.storage.models import Delivery, Program, Workspace
from bot.storage.unit_of_work import Tx

_CAME_TO_NOTHING = (DeliveryState.DEAD, DeliveryState.SKIPPED, DeliveryState.CANCELLED)


def preview(tx: Tx, command: PreviewAnnouncement) -> AnnouncementPreview:
    """Just what would be posted, and the link for those who read no channel."""
    program = access.get_program_as_lead(tx, command.actor, command.program_id)
    _check_open(program)
    locales = language.spoken(None, program.language, program.address, shown_both=True)
    workspace = tx.session.get_one(Workspace, program.workspace_id)
    return AnnouncementPreview(
        announcement=_said(program),
        channel_id=program.channel_id or "",
        posted_before=posted_before(tx, program),
        readers=tuple((locale, command.actor.tz) for locale in locales),
        link=announcements.link(workspace.team_id, command.app_id),
    )


def announce(tx: Tx, command: Announce) -> AnnouncementPreview:
    """Post it. Raises `AnnouncedBefore` unless a second post is what the lead wants; `ProgramHeld`
    while nobody can join."""
    program = access.get_program_as_lead(tx, command.actor, command.program_id)
    _check_open(program)
    if posted_before(tx, program) and not command.again:
        raise AnnouncedBefore(program.id)
    lead = access.get_self(tx, command.actor)
    # Two leads who post at once count the same number, so that one post results.
    key = f"{program.id}|{_attempts(tx, program)}"
    deliveries.tell_channel(tx, ANNOUNCEMENT, program, program.channel_id or "", key, by=lead)
    return preview(tx, PreviewAnnouncement(command.actor, program.id, command.app_id))


def posted_before(tx: Tx, program: Program) -> bool:
    """Whether a post is in the channel, or on its way there."""
    return _attempts(tx, program, came_to_something=True) > 0


@loading.loads(ANNOUNCEMENT)
def _load(tx: Tx, row: Delivery) -> object:
    program = tx.session.get_one(Program, (row.workspace_id, row.program_id))
    if program.state is not ProgramState.ACTIVE:
        return Skip("program_held")
    return _said(program)


@loading.loads(NOT_ANNOUNCED)
def _load_failure(tx: Tx, row: Delivery) -> object:
    program = tx.session.get_one(Program, (row.workspace_id, row.program_id))
    post = tx.session.get_one(Delivery, (row.workspace_id, row.params["delivery"]))
    workspace = tx.session.get_one(Workspace, row.workspace_id)
    return NotAnnounced(
        program_id=program.id,
        name=program.name,
        channel_id=post.slack_channel or "",
        bot_user_id=workspace.bot_user_id,
        invite=post.reason in announcements.NOT_IN_CHANNEL,
    )


def _said(program: Program) -> Announcement:
    return Announcement(program.id, program.name, program.purpose, program.contact_user_id)


def _check_open(program: Program) -> None:
    if program.state is not ProgramState.ACTIVE:
        raise ProgramHeld(program.id)


def _attempts(tx: Tx, program: Program, *, came_to_something: bool = False) -> int:
    query = (
        select(func.count())
        .select_from(Delivery)
        .where(
            Delivery.workspace_id == program.workspace_id,
            Delivery.program_id == program.id,
            Delivery.kind == ANNOUNCEMENT.name,
        )
    )
    if came_to_something:
        query = query.where(Delivery.state.not_in(_CAME_TO_NOTHING))
    return tx.session.scalar(query) or 0
