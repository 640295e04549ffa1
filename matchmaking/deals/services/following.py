"""After the show: what is due, who was reminded of it, and what is late."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import case, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import LANGUAGES
from matchmaking.catalogue.models import Buyer
from matchmaking.deals.models import Deal, DealParty, DealReminder
from matchmaking.deals.services import ledger

AHEAD = timedelta(days=7)
"""How long before a date its parties are reminded."""
PATIENCE = timedelta(days=90)
"""After so many days an intent or a memorandum that went no further is asked about."""


class Due(NamedTuple):
    """Something that a deal's parties owe: `kind` is delivery, payment or decision; `minor` the deal's worth
    in the edition's currency, `reminded` whether somebody was written to about that date."""

    deal_id: int
    number: int
    stage: str
    kind: str
    due_on: date
    seller: dict[str, str]
    buyer: dict[str, str] | None
    minor: int
    reminded: bool
    late: bool


_KIND = case((Deal.stage == "contract", "delivery"), (Deal.stage == "delivered", "payment"), else_="decision")
_DAY = case(
    (Deal.stage == "contract", Deal.delivery_due),
    (Deal.stage == "delivered", Deal.payment_due),
    else_=col(Deal.signed_on) + PATIENCE.days,
)


_REMINDED = (
    select(DealReminder.id)
    .where(DealReminder.deal_id == Deal.id, DealReminder.kind == _KIND, DealReminder.due_on == _DAY)
    .exists()
)


def _owed(edition: Edition, today: date) -> list[Any]:
    """Conditions on Deal: something is due within a week or late."""
    unsettled = Deal.stage.in_(("contract", "delivered", "intent", "memorandum"))
    return [Deal.edition_id == edition.id, unsettled, today + AHEAD >= _DAY]


def due_count(session: Session, edition: Edition, today: date) -> tuple[int, int]:
    """How many dates are due within a week or late, and of how many of them nobody was reminded yet."""
    counts = select(func.count(), func.count().filter(~_REMINDED)).select_from(Deal)
    return tuple(session.execute(counts.where(*_owed(edition, today))).one())


def due(
    session: Session,
    edition: Edition,
    today: date,
    *,
    unreminded: bool = False,
    limit: int = 500,
    offset: int = 0,
) -> list[Due]:
    """What is due within a week or late, the oldest first; optionally what nobody was reminded of yet."""
    seller, buyer = aliased(Organisation), aliased(Organisation)
    wanted = (
        select(
            Deal.id, Deal.number, Deal.stage, _KIND, _DAY, seller.name, buyer.name, Deal.home_minor, _REMINDED
        )
        .join(Exhibitor, Exhibitor.id == Deal.seller_id)
        .join(seller, seller.id == Exhibitor.organisation_id)
        .outerjoin(Buyer, Buyer.id == Deal.buyer_id)
        .outerjoin(buyer, buyer.id == Buyer.organisation_id)
        .where(*_owed(edition, today), *([~_REMINDED] if unreminded else []))
        .order_by(_DAY, Deal.number)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [Due(*row, row[4] < today) for row in session.execute(wanted)]


class Letter(NamedTuple):
    """A reminder to be written: of what, to whom, in which language."""

    due: Due
    organisation_id: int
    recipient: str
    language: str


def letters(session: Session, edition: Edition, items: Sequence[Due]) -> list[Letter]:
    """The reminders that nobody got yet; parties without an address get none."""
    ids = [one.deal_id for one in items]
    reminded = {
        (row.deal_id, row.organisation_id, row.kind, row.due_on)
        for row in session.exec(select(DealReminder).where(DealReminder.deal_id.in_(ids)))
    }
    addresses: dict[int, list[tuple[int, str, Any]]] = {}
    rows = session.execute(
        select(
            DealParty.deal_id, Organisation.id, Organisation.email, Exhibitor.contact_email,
            Buyer.contact_email, Buyer.languages,
        )
        .join(Organisation, Organisation.id == DealParty.organisation_id)
        .outerjoin(
            Exhibitor, (Exhibitor.organisation_id == Organisation.id) & (Exhibitor.edition_id == edition.id)
        )
        .outerjoin(Buyer, (Buyer.organisation_id == Organisation.id) & (Buyer.edition_id == edition.id))
        .where(DealParty.deal_id.in_(ids), DealParty.role != "witness")
        .order_by(DealParty.deal_id, DealParty.position)
    )  # fmt: skip
    for deal_id, organisation, own, stand, buyer, spoken in rows:
        address = stand or buyer or own
        if address:
            addresses.setdefault(deal_id, []).append((organisation, address, spoken))
    return [
        Letter(item, organisation, address, next((c for c in spoken or () if c in LANGUAGES), "en"))
        for item in items
        for organisation, address, spoken in addresses.get(item.deal_id, ())
        if (item.deal_id, organisation, item.kind, item.due_on) not in reminded
    ]


def note_reminded(
    session: Session, edition: Edition, written: Sequence[Letter], user_id: int | None = None
) -> None:
    """Keep who was reminded of what, and seal it."""
    if not written:
        return
    ledger.lock(session, edition)
    entries: dict[tuple[int, str], list] = {}
    for letter in written:
        item = letter.due
        session.add(
            DealReminder(
                deal_id=item.deal_id, organisation_id=letter.organisation_id, kind=item.kind,
                due_on=item.due_on,
            )
        )  # fmt: skip
        entries.setdefault((item.deal_id, item.kind), [item, []])[1].append(letter.organisation_id)
    told = [
        (session.get_one(Deal, deal_id), "reminded", {"of": kind, "due_on": str(item.due_on), "whom": whom})
        for (deal_id, kind), (item, whom) in entries.items()
    ]
    ledger.append(session, edition, told, user_id)


def recently(session: Session, edition: Edition, limit: int = 50) -> Sequence[Any]:
    """The latest reminders: (number of the deal, kind, due on, when)."""
    return session.execute(
        select(Deal.number, DealReminder.kind, DealReminder.due_on, DealReminder.at)
        .join(Deal, Deal.id == DealReminder.deal_id)
        .where(Deal.edition_id == edition.id)
        .order_by(DealReminder.id.desc())
        .limit(limit)
    ).all()
