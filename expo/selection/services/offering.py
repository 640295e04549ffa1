"""Offering what fell free to those who wait, in the order of points: done by the sweeper, safe to repeat."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.selection import rules
from expo.selection.fitting import places_of_size
from expo.selection.models import Claim, Hold, Offer, WaitingWish
from expo.selection.queries import floor
from expo.selection.queries.floor import Spot, database_now
from expo.selection.rules import CM2_A_M2
from expo.selection.services import ranking, waiting
from expo.selection.services.locks import enter, lock_exhibitors, lock_stands
from expo.selection.services.turns import live_round
from expo.venue.models import Stand, Zone

MOST_TRIED, HOLDS_LONG = 60, 3


def expire_offers(session: Session, edition_id: int) -> list[Offer]:
    """Close offers that nobody answered in time, and their wishes with them, so that the next one comes."""
    over = session.exec(
        select(Offer)
        .where(Offer.edition_id == edition_id, Offer.state == "open", Offer.expires_at <= func.now())
        .with_for_update(skip_locked=True)
    ).all()
    for offer in over:
        offer.state, offer.answered_at = "expired", database_now(session)
        wish = session.get_one(WaitingWish, offer.wish_id)
        wish.state, wish.ended_at = "left", offer.answered_at
        session.add_all([offer, wish])
    session.flush()
    return list(over)


def wishes_in_turn(session: Session, edition: Edition) -> list[WaitingWish]:
    """Wishes that may be answered now, in point order, the older wish first; one offer at a time to each."""
    wishes = session.exec(
        select(WaitingWish)
        .where(
            WaitingWish.edition_id == edition.id,
            waiting.may_be_offered(database_now(session)),
            ~exists().where(Offer.exhibitor_id == WaitingWish.exhibitor_id, Offer.state == "open"),
        )
        .order_by(WaitingWish.id)
    ).all()
    queue = ranking.in_order(session, edition, {wish.exhibitor_id for wish in wishes})
    place = {one.id: i for i, one in enumerate(queue)}
    return sorted(wishes, key=lambda wish: (place[wish.exhibitor_id], wish.id))


def free_spots(session: Session, edition_id: int, wishes: Sequence[WaitingWish]) -> list[Spot]:
    """Stands that nobody has or holds, as far as anybody waits for the like."""
    named = {wish.stand_id for wish in wishes if wish.kind == "stand"}
    query = floor.every_stand(edition_id).where(~exists().where(Claim.stand_id == Stand.id))
    if all(wish.kind == "stand" for wish in wishes):
        query = query.where(Stand.id.in_(named))
    return [floor.spot_of(row) for row in session.execute(query)]


def offer_next(session: Session, edition: Edition, passed: set[int]) -> Offer | None:
    """Make one offer: the first in order for whom something is free. Commit after each, then call again.

    `passed` collects wishes for which nothing suits, so that they are not looked at twice in one go.
    """
    wishes = [wish for wish in wishes_in_turn(session, edition) if wish.id not in passed]
    if not wishes:
        return None
    free = free_spots(session, edition.id, wishes)
    zones = dict(session.execute(select(Zone.id, Zone.code).where(Zone.edition_id == edition.id)).all())
    for wish in wishes:
        passed.add(wish.id)
        if free and (found := _match(session, wish, free, zones)):
            return _offer(session, wish, found)
    return None


def _match(session: Session, wish: WaitingWish, free: list[Spot], zones: dict[int, str]) -> list[Spot]:
    exhibitor = session.get_one(Exhibitor, wish.exhibitor_id)
    if wish.kind == "stand":
        found = [spot for spot in free if spot.id == wish.stand_id]
        return found if found and _suits(session, exhibitor, found) else []
    zone = zones.get(wish.zone_id or 0)
    standard = floor.standard_cm2(session, wish.edition_id)
    asked = floor.asked_of(session, exhibitor, standard)
    open_to = [
        spot
        for spot in free
        if zone in (None, spot.place.zone)
        and spot.place.raw == asked.raw
        and (zone or not asked.zones or spot.place.zone in asked.zones)
    ]
    numbers = {spot.place.code: spot for spot in open_to}
    groups = places_of_size(
        [spot.place for spot in open_to], wish.least_m2 * CM2_A_M2, wish.most_m2 * CM2_A_M2
    )
    for _try, group in zip(range(MOST_TRIED), groups, strict=False):
        spots = [numbers[place.code] for place in group]
        if _suits(session, exhibitor, spots):
            return spots
    return []


def _suits(session: Session, exhibitor: Exhibitor, spots: Sequence[Spot]) -> bool:
    """Whether rivals and needs allow it; the size is what the wish says."""
    asked = rules.Asked(
        need_cm2=sum(spot.place.area_cm2 for spot in spots),
        least_cm2=0,
        raw=any(spot.place.raw for spot in spots),
        height_cm=exhibitor.height_cm,
    )
    rivals = floor.rivals_of(session, exhibitor)
    return rules.judge([spot.place for spot in spots], asked, rules.Limits(), rivals).is_fine


def _offer(session: Session, wish: WaitingWish, spots: Sequence[Spot]) -> Offer | None:
    enter(session, wish.edition_id)
    lock_exhibitors(session, [wish.exhibitor_id])
    lock_stands(session, [spot.id for spot in spots])
    mine = exists().where(Offer.exhibitor_id == wish.exhibitor_id, Offer.state == "open")
    if session.execute(select(mine)).scalar():
        return None  # another sweeper was faster
    at = database_now(session)
    offer = Offer(
        edition_id=wish.edition_id,
        wish_id=wish.id,
        exhibitor_id=wish.exhibitor_id,
        stands=sorted(spot.place.code for spot in spots),
        offered_at=at,
        expires_at=at + _length(session, wish.edition_id),
    )
    try:
        with session.begin_nested():
            session.add(offer)
            session.flush()
            session.add_all(
                Hold(
                    edition_id=wish.edition_id, stand_id=spot.id, exhibitor_id=wish.exhibitor_id,
                    offer_id=offer.id, held_at=at, expires_at=offer.expires_at,
                )
                for spot in sorted(spots)
            )  # fmt: skip
    except IntegrityError:
        return None  # somebody was faster with one of the stands, or another sweeper with the wish
    return offer


def _length(session: Session, edition_id: int) -> timedelta:
    """How long an offer is kept: while a round goes on others wait for the answer, so not for long."""
    usual = timedelta(hours=waiting.settings_of(session, edition_id).offer_hours)
    round_ = live_round(session, edition_id)
    return min(usual, HOLDS_LONG * timedelta(minutes=round_.hold_minutes)) if round_ else usual
