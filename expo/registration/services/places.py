"""Places of sorts and quotas: how many are free, and who holds the queue while they are given out."""

from collections.abc import Iterable, Mapping
from contextlib import contextmanager

from psycopg.errors import CheckViolation, UniqueViolation
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.db import broken_rule
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.services import take_turn
from expo.registration.models import Quota, QuotaTicket, Ticket
from expo.words import Sentence, say

FULL = say("There is no place left of this sort of registration.")
REFUSALS: dict[str, Sentence] = {
    "ck_ticket_places": FULL,
    "ck_quota_places": FULL,
    "ck_invitation_used": say("This code was used as often as it may be."),
    "ck_invitation_held": say("This code was used as often as it may be."),
    "code_fits_ticket": say("This code is for another sort of registration."),
    "staff_within_limit": say(
        "All badges for the staff of this exhibitor are given. Allow it more of them first."
    ),
    "stays_erased": say("Their data were erased; nothing can be added to this number any more."),
    "uq_person_ticket_id_email_key": say(
        "Somebody is registered with this address already. Have the link to that registration mailed again."
    ),
}


class Full(Refused):
    """No place is left: not an error of the person who asks, who may wait."""


def take_queue(session: Session, edition: Edition) -> None:
    """Be the only one who gives out places of an edition until the end of the transaction.

    The database refuses one too many without it; standing in one queue keeps the waiting list in order and
    lets nobody wait for each other.
    """
    take_turn(session, edition.id)


@contextmanager
def refusing(session: Session):
    """What the database forbids, as a sentence; the transaction goes on as it was before."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        name, _detail = broken_rule(error)
        if not isinstance(error.orig, CheckViolation | UniqueViolation) or name not in REFUSALS:
            raise
        sentence = REFUSALS[name]
        raise (Full(sentence) if sentence is FULL else Refused(sentence)) from error


def rooms(session: Session, edition: Edition) -> dict[int, int | None]:
    """Places free for anybody, by sort: the least that its own limit and its quotas leave; None: no limit."""
    free: dict[int, int | None] = {}
    for ticket in session.execute(
        select(Ticket.id, Ticket.places, Ticket.taken, Ticket.reserved).where(Ticket.edition_id == edition.id)
    ):
        free[ticket.id] = None if ticket.places is None else ticket.places - ticket.taken - ticket.reserved
    shared = session.execute(
        select(QuotaTicket.ticket_id, Quota.places - Quota.taken - Quota.reserved)
        .join(Quota, Quota.id == QuotaTicket.quota_id)
        .where(Quota.edition_id == edition.id)
    )
    for ticket_id, left in shared:
        own = free.get(ticket_id)
        free[ticket_id] = left if own is None else min(own, left)
    return free


def has_room(free: Mapping[int, int | None], ticket_id: int) -> bool:
    """Whether one more place of a sort can be had."""
    left = free.get(ticket_id)
    return left is None or left > 0


def quotas_of(session: Session, edition: Edition) -> Iterable[tuple[Quota, list[int]]]:
    """The quotas with the sorts that each counts."""
    links: dict[int, list[int]] = {}
    for quota_id, ticket_id in session.execute(
        select(QuotaTicket.quota_id, QuotaTicket.ticket_id)
        .join(Quota, Quota.id == QuotaTicket.quota_id)
        .where(Quota.edition_id == edition.id)
    ):
        links.setdefault(quota_id, []).append(ticket_id)
    quotas = session.exec(select(Quota).where(Quota.edition_id == edition.id).order_by(Quota.code)).all()
    return [(quota, links.get(quota.id, [])) for quota in quotas]
