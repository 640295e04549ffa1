"""The days of the expo, simulated: who came to the meetings, and the deals they made there."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from random import Random

from sqlalchemy import update
from sqlmodel import Session, select

from expo.editions.models import Edition, Rate
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.deals.models import Deal
from matchmaking.deals.services import Line, NewDeal, confirm, parties_of, record_all
from matchmaking.demo.outcomes import Held, Market, Offer, Outcome, Want, outcomes
from matchmaking.meetings.models import Meeting

NO_SHOWS = 0.04
CONFIRMED = 40
"""Contracts that both parties have confirmed already when the demonstration opens."""


def hold_meetings(session: Session, edition: Edition, seed: int) -> dict[str, int]:
    """Mark every planned meeting as held, or now and then as a no-show; answers how many of each."""
    draw = Random(f"{seed}:meetings")
    planned = select(Meeting.id).where(Meeting.edition_id == edition.id, Meeting.state == "planned")
    states: dict[str, list[int]] = {"held": [], "no_show": []}
    for meeting in session.exec(planned.order_by(Meeting.slot, Meeting.table_number)):
        states["no_show" if draw.random() < NO_SHOWS else "held"].append(meeting)
    for state, ids in states.items():
        session.execute(update(Meeting).where(Meeting.id.in_(ids)).values(state=state))
    return {state: len(ids) for state, ids in states.items()}


def close_deals(session: Session, edition: Edition, seed: int) -> list[Deal]:
    """Draw what came of the meetings held and record it. Refused as recording a deal is."""
    held = _held(session, edition)
    found = outcomes(held, market_of(session, edition), seed)
    sellers = {one.code: one for one in _all(session, Exhibitor, edition, {o.seller for o in found})}
    buyers = {one.code: one for one in _all(session, Buyer, edition, {o.buyer for o in found})}
    new = [_new(outcome, sellers[outcome.seller], buyers[outcome.buyer]) for outcome in found]
    deals = record_all(session, edition, new)
    for deal in [one for one in deals if one.stage == "contract"][:CONFIRMED]:
        for party in parties_of(session, deal):
            confirm(session, edition, deal, party.organisation_id)
    return deals


def market_of(session: Session, edition: Edition) -> Market:
    """The edition's latest rates into its own currency."""
    rows = session.exec(select(Rate).where(Rate.edition_id == edition.id).order_by(Rate.on_date)).all()
    return Market(edition.currency, {edition.currency: Decimal(1)} | {row.currency: row.rate for row in rows})


def _all(session: Session, model, edition: Edition, codes: Iterable[str]):
    return session.exec(
        select(model).where(model.edition_id == edition.id, model.code.in_(list(codes)))
    ).all()


def _held(session: Session, edition: Edition) -> list[Held]:
    offers, wants = _offers(session, edition), _wants(session, edition)
    rows = session.exec(
        select(
            Meeting.id, Meeting.score, Meeting.starts_at, Exhibitor.id, Exhibitor.code, Buyer.id, Buyer.code
        )
        .join(Exhibitor, Exhibitor.id == Meeting.exhibitor_id)
        .join(Buyer, Buyer.id == Meeting.buyer_id)
        .where(Meeting.edition_id == edition.id, Meeting.state == "held")
        .order_by(Meeting.slot, Meeting.table_number)
    ).all()
    return [
        Held(
            meeting,
            buyer_code,
            seller_code,
            max(score, 0.01),
            starts_at.astimezone(edition.zone_info).date(),
            tuple(offers[seller]),
            tuple(wants[buyer]),
        )
        for meeting, score, starts_at, seller, seller_code, buyer, buyer_code in rows
        if offers[seller]
    ]


def _offers(session: Session, edition: Edition) -> dict[int, list[Offer]]:
    """Offers by exhibitor; a seller's goods in another currency than its first are left out of deals."""
    found: dict[int, list[Offer]] = defaultdict(list)
    query = select(Product).where(Product.edition_id == edition.id).order_by(Product.code)
    for row in session.exec(query):
        mine = found[row.exhibitor_id]
        if not mine or mine[0].currency == row.currency:
            offer = Offer(row.id, row.hs, row.name, row.quantity, row.unit, row.price_minor, row.currency)
            mine.append(offer)
    return found


def _wants(session: Session, edition: Edition) -> dict[int, list[Want]]:
    found: dict[int, list[Want]] = defaultdict(list)
    query = select(Need).join(Buyer, Buyer.id == Need.buyer_id).where(Buyer.edition_id == edition.id)
    for row in session.exec(query.order_by(Need.buyer_id, Need.position)):
        want = Want(row.id, row.hs, row.quantity, row.unit, row.max_price_minor, row.currency)
        found[row.buyer_id].append(want)
    return found


def _new(outcome: Outcome, seller: Exhibitor, buyer: Buyer) -> NewDeal:
    lines = tuple(
        Line(line.hs, dict(line.text), line.quantity, line.unit, line.price_minor, line.offer)
        for line in outcome.lines
    )
    return NewDeal(
        seller,
        buyer,
        outcome.currency,
        lines,
        outcome.signed_on,
        type=outcome.type,
        stage=outcome.stage,
        meeting_id=outcome.meeting,
        origin="ceremony" if outcome.type == "cooperation" else "meeting",
    )
