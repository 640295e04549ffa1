"""Recording deals and moving them on; every step is sealed into the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, insert, text
from sqlmodel import Session, select

from expo import money
from expo.clock import now
from expo.editions.models import Edition, Rate
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.words import say
from matchmaking.catalogue.hs import valid_hs
from matchmaking.catalogue.models import Buyer
from matchmaking.deals.chain import GENESIS, Event, digest, first_break
from matchmaking.deals.models import STAGES, TYPES, Deal, DealEvent, DealLine
from matchmaking.deals.stages import may_follow
from matchmaking.deals.wording import STAGES as STAGE_WORDS
from matchmaking.deals.wording import UNKNOWN

MOST_MINOR = 10**17
"""The largest amount of a deal, in minor units: well within what the database counts."""


@dataclass(frozen=True)
class Line:
    """What is sold: HS of six digits, language map of words, quantity in `unit`, price in minor units."""

    hs: str
    text: dict[str, str]
    quantity: Decimal
    unit: str
    unit_price_minor: int
    product_id: int | None = None

    @property
    def amount_minor(self) -> int:
        """Quantity × price, rounded once."""
        return money.times(self.quantity, self.unit_price_minor)


@dataclass(frozen=True)
class NewDeal:
    """A deal to be recorded. `rate` is taken from the edition's table of rates, never typed."""

    seller: Exhibitor
    buyer: Buyer | None
    currency: str
    lines: tuple[Line, ...]
    signed_on: date
    type: str = "purchase"
    stage: str = "intent"
    meeting_id: int | None = None


def rate_for(session: Session, edition: Edition, currency: str, on: date) -> Rate:
    """The latest rate of `currency` on or before a day. Refused when there is none."""
    if currency == edition.currency:
        return Rate(
            edition_id=edition.id, currency=currency, on_date=on, rate=Decimal(1), source="same currency"
        )
    found = session.exec(
        select(Rate)
        .where(Rate.edition_id == edition.id, Rate.currency == currency, Rate.on_date <= on)
        .order_by(Rate.on_date.desc())
    ).first()
    if found is None:
        raise Refused(
            say(
                "There is no exchange rate for %(currency)s on %(day)s. Add one first.",
                currency=currency,
                day=str(on),
            )
        )
    return found


def record(session: Session, edition: Edition, new: NewDeal, user_id: int | None = None) -> Deal:
    """Record a deal with its lines and the first event of its life."""
    return record_all(session, edition, [new], user_id)[0]


def record_all(
    session: Session, edition: Edition, several: Sequence[NewDeal], user_id: int | None = None
) -> list[Deal]:
    """Record several deals at once: one lock on the edition's ledger, rows in bulk."""
    if not several:
        return []
    for new in several:
        _check(edition, new)
    _lock_ledger(session, edition)
    number = session.exec(
        select(func.coalesce(func.max(Deal.number), 0)).where(Deal.edition_id == edition.id)
    ).one()
    deals, rates = [], {}
    for offset, new in enumerate(several, 1):
        key = (new.currency, new.signed_on)
        rates.setdefault(key, rate_for(session, edition, *key))
        deals.append(_deal(edition, new, number + offset, rates[key]))
    session.add_all(deals)
    session.flush()
    rows = [
        _line_row(deal, position, line)
        for deal, new in zip(deals, several, strict=True)
        for position, line in enumerate(new.lines, 1)
    ]
    if rows:
        session.execute(insert(DealLine), rows)
    _append(
        session,
        edition,
        [(deal, "recorded", _payload(deal, new)) for deal, new in zip(deals, several, strict=True)],
        user_id,
    )
    return deals


def move(session: Session, edition: Edition, deal: Deal, stage: str, user_id: int | None = None) -> None:
    """Move a deal to its next stage. Refused where the table of stages has no such step."""
    _lock_ledger(session, edition)
    session.refresh(deal, with_for_update=True)
    if stage not in STAGES or not may_follow(deal.stage, stage):
        raise Refused(
            say(
                "A deal cannot go from %(now)s to %(then)s.",
                now=STAGE_WORDS[deal.stage],
                then=STAGE_WORDS.get(stage, UNKNOWN),
            )
        )
    before, deal.stage = deal.stage, stage
    session.add(deal)
    session.flush()
    _append(session, edition, [(deal, "moved", {"from": before, "to": stage})], user_id)


def _check(edition: Edition, new: NewDeal) -> None:
    if new.type not in TYPES or new.stage not in STAGES:
        raise Refused(say("Choose a type and a stage from the lists."))
    if new.seller.edition_id != edition.id or (new.buyer and new.buyer.edition_id != edition.id):
        raise Refused(say("Both parties of a deal belong to this edition."))
    if not new.lines:
        raise Refused(say("A deal has at least one line."))
    for line in new.lines:
        if len(line.hs) != 6 or not valid_hs(line.hs):
            raise Refused(say("%(code)s is not an HS code of six digits.", code=line.hs))
        if line.quantity <= 0 or line.unit_price_minor < 0:
            raise Refused(say("Quantities are above zero and prices are not negative."))
    if new.currency not in money.CURRENCIES:
        raise Refused(say("%(code)s is not a currency code of ISO 4217.", code=new.currency))
    if sum(line.amount_minor for line in new.lines) > MOST_MINOR:
        raise Refused(say("That is more money than a deal can hold. Check quantities and prices."))


def _lock_ledger(session: Session, edition: Edition) -> None:
    """Numbers and chain are per edition: one writer at a time, until the transaction ends."""
    session.execute(text("SELECT pg_advisory_xact_lock(74201, :edition)"), {"edition": edition.id})


def _deal(edition: Edition, new: NewDeal, number: int, rate: Rate) -> Deal:
    return Deal(
        edition_id=edition.id,
        number=number,
        type=new.type,
        stage=new.stage,
        seller_id=new.seller.id,
        buyer_id=new.buyer.id if new.buyer else None,
        meeting_id=new.meeting_id,
        currency=new.currency,
        total_minor=sum(line.amount_minor for line in new.lines),
        rate=rate.rate,
        rate_source=rate.source,
        rate_date=rate.on_date,
        signed_on=new.signed_on,
    )


def _line_row(deal: Deal, position: int, line: Line) -> dict:
    return {
        "deal_id": deal.id,
        "position": position,
        "product_id": line.product_id,
        "hs": line.hs,
        "text": line.text,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price_minor": line.unit_price_minor,
        "amount_minor": line.amount_minor,
    }


def _payload(deal: Deal, new: NewDeal) -> dict:
    lines = [[x.hs, str(x.quantity), x.unit, x.unit_price_minor, x.amount_minor] for x in new.lines]
    return {
        "type": deal.type,
        "stage": deal.stage,
        "seller": new.seller.code,
        "buyer": new.buyer.code if new.buyer else None,
        "currency": deal.currency,
        "total_minor": deal.total_minor,
        "rate": str(deal.rate),
        "signed_on": str(deal.signed_on),
        "lines": lines,
    }


def _append(
    session: Session, edition: Edition, entries: Sequence[tuple[Deal, str, dict]], user_id: int | None
) -> None:
    """Append events to the edition's chain; the ledger is locked by the caller."""
    last = session.exec(
        select(DealEvent.sequence, DealEvent.hash)
        .where(DealEvent.edition_id == edition.id)
        .order_by(DealEvent.sequence.desc())
        .limit(1)
    ).first()
    sequence, previous = last if last else (0, GENESIS)
    rows, at = [], now()
    for deal, kind, payload in entries:
        sequence += 1
        sealed = digest(sequence, deal.number, kind, payload, at, previous)
        rows.append(
            {
                "edition_id": edition.id,
                "deal_id": deal.id,
                "sequence": sequence,
                "kind": kind,
                "payload": payload,
                "at": at,
                "user_id": user_id,
                "previous_hash": previous,
                "hash": sealed,
            }
        )
        previous = sealed
    session.execute(insert(DealEvent), rows)


def chain_break(session: Session, edition: Edition) -> int | None:
    """The first sequence number at which the edition's chain is broken; None when it is intact."""
    rows = session.exec(
        select(DealEvent, Deal.number)
        .join(Deal, Deal.id == DealEvent.deal_id)
        .where(DealEvent.edition_id == edition.id)
        .order_by(DealEvent.sequence)
        .execution_options(yield_per=1000)
    )
    return first_break(
        Event(event.sequence, number, event.kind, event.payload, event.at, event.previous_hash, event.hash)
        for event, number in rows
    )
