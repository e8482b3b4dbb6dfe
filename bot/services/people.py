"""Who is who: people as this workspace knows them, and what Slack says about them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, select

from bot.domain import language
from bot.domain.actor import Actor
from bot.domain.cadence import is_zone
from bot.domain.lifecycle import ParticipantState, ProgramState
from bot.domain.people import Profile, Who
from bot.domain.refusals import InvalidField
from bot.services import access, deliveries, schedules
from bot.storage.models import Participant, Person, Program, ProgramLead, Workspace
from bot.storage.unit_of_work import Tx

PROFILE_LASTS = timedelta(hours=24)
# Whether somebody is an admin decides what they may do, so that is asked for more often.
ADMIN_LASTS = timedelta(minutes=5)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FindActor:
    team_id: str
    slack_user_id: str
    first_leads: tuple[str, ...]
    fresh: bool  # only if what Slack said is recent enough


@dataclass(frozen=True)
class Found:
    workspace_id: str | None  # None: no such workspace is installed
    actor: Actor | None  # None: unknown, or Slack is to be asked again


@dataclass(frozen=True)
class Remember:
    workspace_id: str
    profile: Profile


@dataclass(frozen=True)
class Stub:
    """Somebody whom Slack could not describe just now."""

    workspace_id: str
    slack_user_id: str


def find_actor(tx: Tx, wanted: FindActor) -> Found:
    """The person behind a request, with the language they read."""
    values = {"team": wanted.team_id, "user": wanted.slack_user_id}
    row = tx.session.connection().execute(_ACTOR, values).first()
    if row is None:
        return Found(None, None)
    if row.person_id is None or (
        wanted.fresh and _is_stale(tx, row.is_admin, row.profile_checked_at)
    ):
        return Found(row.workspace_id, None)
    spoken_in = _program_language(tx, row.workspace_id, row.person_id)
    actor = Actor(
        workspace_id=row.workspace_id,
        person_id=row.person_id,
        slack_user_id=wanted.slack_user_id,
        name=row.name,
        tz=row.tz,
        locale=language.effective(row.locale, *spoken_in),
        chose_language=row.locale is not None,
        may_found=row.is_admin
        or wanted.slack_user_id == row.installer_user_id
        or wanted.slack_user_id in wanted.first_leads,
    )
    return Found(row.workspace_id, actor)


def find_workspace(tx: Tx, team_id: str) -> Workspace | None:
    """The active workspace of a Slack team."""
    return tx.session.scalar(
        select(Workspace).where(Workspace.team_id == team_id, Workspace.state == "active")
    )


def remember(tx: Tx, command: Remember) -> str:
    """Store what Slack says of somebody, new or known, and return their id. Their own choices
    stay; a changed zone moves what is planned for them."""
    profile = command.profile
    person = access.find_person(tx, command.workspace_id, profile.slack_user_id)
    if person is None:
        person = _add(tx, command.workspace_id, profile.slack_user_id)
    person.name = profile.name
    person.is_bot = profile.is_bot or profile.is_app
    person.is_guest = profile.guest != "no"
    person.is_external = profile.is_external
    person.is_admin = profile.is_admin or profile.is_owner
    person.is_deactivated = profile.deleted
    person.profile_checked_at = tx.now
    if person.tz_source == "slack" and profile.tz and profile.tz != person.tz:
        set_zone(tx, person, profile.tz, source="slack")
    return person.id


def remember_stub(tx: Tx, command: Stub) -> str:
    """A person known by id alone, to be asked about again at their next request."""
    person = access.find_person(tx, command.workspace_id, command.slack_user_id)
    return (person or _add(tx, command.workspace_id, command.slack_user_id)).id


def pick(
    tx: Tx, workspace_id: str, slack_user_id: str | None, *, input: str, guests: bool
) -> Person:
    """The person picked in the input of a form. Raises `InvalidField` for nobody, a bot, somebody
    deactivated or from another company, and for a guest unless `guests` are allowed."""
    if slack_user_id is None:
        raise InvalidField(input, "required")
    person = access.find_person(tx, workspace_id, slack_user_id)
    if person is None or person.is_bot or person.is_deactivated:
        raise InvalidField(input, "not_a_person")
    if person.is_external:
        raise InvalidField(input, "external")
    if person.is_guest and not guests:
        raise InvalidField(input, "guest")
    return person


def program_language(tx: Tx, person: Person) -> tuple[str | None, str]:
    """Language and form of address of the programme this person is in (their first), or else of
    the workspace's first that is not closed."""
    return _program_language(tx, person.workspace_id, person.id)


def _program_language(tx: Tx, workspace_id: str, person_id: str) -> tuple[str | None, str]:
    values = {"workspace": workspace_id, "person": person_id}
    row = tx.session.execute(_SPOKEN_IN, values).first()
    return (row.language, row.address) if row else (None, language.Address.ANDA)


# Every request begins with these two, so they are made once.
_ACTOR = (
    select(
        Workspace.id.label("workspace_id"),
        Workspace.installer_user_id,
        Person.id.label("person_id"),
        Person.name,
        Person.tz,
        Person.locale,
        Person.is_admin,
        Person.profile_checked_at,
    )
    .select_from(Workspace)
    .outerjoin(
        Person,
        (Person.workspace_id == Workspace.id) & (Person.slack_user_id == bindparam("user")),
    )
    .where(Workspace.team_id == bindparam("team"), Workspace.state == "active")
)
_READY_IN = (
    (Participant.workspace_id == Program.workspace_id)
    & (Participant.program_id == Program.id)
    & (Participant.person_id == bindparam("person"))
    & (Participant.state == ParticipantState.READY)
)
_SPOKEN_IN = (
    select(Program.language, Program.address)
    .outerjoin(Participant, _READY_IN)
    .where(
        Program.workspace_id == bindparam("workspace"),
        Participant.id.is_not(None) | (Program.state != ProgramState.CLOSED),
    )
    .order_by(Participant.id.is_(None), Participant.id, Program.id)
    .limit(1)
)


def who(person: Person) -> Who:
    """The person as others see them in messages and forms."""
    return Who(person.slack_user_id, person.name, person.tz)


def is_lead(tx: Tx, person: Person) -> bool:
    query = select(ProgramLead.id).where(
        ProgramLead.workspace_id == person.workspace_id, ProgramLead.person_id == person.id
    )
    return tx.session.scalar(query.limit(1)) is not None


def set_zone(tx: Tx, person: Person, tz: str, *, source: str) -> bool:
    """Put a person on another clock, theirs ("self") or Slack's ("slack"), and move what is planned
    for them; whether `tz` is a zone at all."""
    if not is_zone(tz):
        return False
    person.tz, person.tz_source = tz, source
    schedules.replan_person(tx, person)
    deliveries.replan_person(tx, person)
    return True


def _add(tx: Tx, workspace_id: str, slack_user_id: str) -> Person:
    person = Person(
        workspace_id=workspace_id,
        id=tx.new_id(),
        created_at=tx.now,
        slack_user_id=slack_user_id,
        name=slack_user_id,
        tz="UTC",
        profile_checked_at=_NEVER,
    )
    tx.session.add(person)
    tx.session.flush()
    return person


def _is_stale(tx: Tx, is_admin: bool, checked_at: datetime) -> bool:
    return tx.now - checked_at > (ADMIN_LASTS if is_admin else PROFILE_LASTS)
