"""Asking somebody who would see it whether a message arrived; telling leads who is out of reach."""

from bot.domain.arrivals import ArrivalSaid, CannotReach, DidItArrive, SayArrival
from bot.domain.deliveries import CANNOT_REACH, DID_IT_ARRIVE
from bot.domain.lifecycle import DeliveryState
from bot.domain.refusals import NotFound, OutOfDate
from bot.services import access, deliveries, loading
from bot.services.loading import Skip
from bot.storage.models import Delivery, Match
from bot.storage.unit_of_work import Tx


def say(tx: Tx, command: SayArrival) -> ArrivalSaid:
    """Settle an unknown delivery by what its reader says: seen, or to be posted once more.

    Raises `NotFound` for somebody else's, `OutOfDate` when it has been settled already.
    """
    actor = command.actor
    row = tx.session.get(
        Delivery, (actor.workspace_id, command.delivery_id), with_for_update=tx.is_postgresql
    )
    if row is None or row.person_id != actor.person_id:
        raise NotFound
    if row.state is not DeliveryState.UNKNOWN:
        raise OutOfDate
    if command.arrived:
        row.sent_at = row.last_post_at
        deliveries.close(tx, row, DeliveryState.SENT, "reader_saw_it")
    else:
        row.due_at = tx.now
        deliveries.close(tx, row, DeliveryState.PENDING, "reader_missed_it")
    return ArrivalSaid(posts_again=not command.arrived)


@loading.loads(DID_IT_ARRIVE)
def _load_question(tx: Tx, row: Delivery) -> DidItArrive | Skip:
    asked = tx.session.get(Delivery, (row.workspace_id, row.params.get("delivery", "")))
    if asked is None or asked.state is not DeliveryState.UNKNOWN:
        return Skip("settled")
    partner = None
    if asked.match_id and row.person_id:
        match = tx.session.get_one(Match, (row.workspace_id, asked.match_id))
        partner = access.partner_of(tx, match, row.person_id).slack_user_id
    return DidItArrive(asked.id, asked.slack_channel or "", partner)


@loading.loads(CANNOT_REACH)
def _load_unreachable(tx: Tx, row: Delivery) -> CannotReach | Skip:
    failed = tx.session.get(Delivery, (row.workspace_id, row.params.get("delivery", "")))
    if failed is None or failed.person_id is None:
        return Skip("gone")
    person = access.get_person(tx, row.workspace_id, failed.person_id)
    return CannotReach(person.slack_user_id, failed.reason or "")
