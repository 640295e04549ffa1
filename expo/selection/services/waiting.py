"""The waiting list: joining, leaving, and answering an offer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.selection.models import Claim, Offer, Round, Settings, Turn, WaitingWish
from expo.selection.queries import floor
from expo.selection.queries.floor import database_now
from expo.selection.services import freeing, ranking
from expo.selection.services.giving import give
from expo.selection.services.locks import enter, lock_exhibitors, lock_stands
from expo.venue.models import Stand, Zone
from expo.words import say

MOST_WISHES = 5


def settings_of(session: Session, edition_id: int) -> Settings:
    """How the edition keeps its waiting list and swaps; the usual way where nobody has set it."""
    return session.get(Settings, edition_id) or Settings(edition_id=edition_id)


def save_settings(session: Session, edition_id: int, given: Mapping[str, Any]) -> None:
    """Set them."""
    settings = settings_of(session, edition_id)
    for name, value in given.items():
        setattr(settings, name, value)
    session.add(settings)
    session.flush()


def join(
    session: Session, exhibitor: Exhibitor, kind: str, stand: str, zone: str, area_m2: tuple[int, int], *,
    replaces: bool,
) -> WaitingWish:  # fmt: skip
    """Wait for a stand, a place in a zone, or a place of a size (m², least and most).

    Refused when the list is closed, when the like is free to be had now, or when one has a place and would
    not give it back.
    """
    enter(session, exhibitor.edition_id)
    lock_exhibitors(session, [exhibitor.id])
    session.refresh(exhibitor)
    if not settings_of(session, exhibitor.edition_id).waiting_open:
        raise Refused(say("The waiting list is closed."))
    if exhibitor.state != "accepted":
        raise Refused(say("Only exhibitors who are accepted can wait for a stand."))
    if _has_place(session, exhibitor.id) and not replaces:
        raise Refused(say("You have a place. Say that you would give it back for what you wait for."))
    wish = WaitingWish(
        edition_id=exhibitor.edition_id,
        exhibitor_id=exhibitor.id,
        kind=kind,
        stand_id=_stand(session, exhibitor.edition_id, stand) if kind == "stand" else None,
        zone_id=_zone(session, exhibitor.edition_id, zone) if zone and kind != "stand" else None,
        least_m2=min(area_m2),
        most_m2=max(area_m2),
        replaces=replaces,
        joined_at=database_now(session),
    )
    _refuse_needless(session, wish)
    waiting = select(func.count()).select_from(WaitingWish)
    mine = (WaitingWish.exhibitor_id == exhibitor.id) & (WaitingWish.state == "waiting")
    if session.execute(waiting.where(mine)).scalar_one() >= MOST_WISHES:
        raise Refused(say("You wait for %(most)s things already. Leave one first.", most=MOST_WISHES))
    try:
        with session.begin_nested():
            session.add(wish)
    except IntegrityError:
        raise Refused(say("You wait for that already.")) from None
    return wish


def _stand(session: Session, edition_id: int, code: str) -> int:
    found = session.exec(select(Stand.id).where(Stand.edition_id == edition_id, Stand.code == code)).first()
    if found is None:
        raise Refused(say("There is no stand %(codes)s.", codes=code or "–"))
    return found


def _zone(session: Session, edition_id: int, code: str) -> int:
    found = session.exec(select(Zone.id).where(Zone.edition_id == edition_id, Zone.code == code)).first()
    if found is None:
        raise Refused(say("There is no zone %(codes)s.", codes=code))
    return found


def _refuse_needless(session: Session, wish: WaitingWish) -> None:
    if wish.kind == "zone" and wish.zone_id is None:
        raise Refused(say("Choose the zone that you wait for."))
    live = select(exists().where(Round.edition_id == wish.edition_id, Round.state.in_(("open", "paused"))))
    is_live = session.execute(live).scalar()
    if wish.kind != "stand" and is_live:
        raise Refused(
            say("A selection is going on: pick a free stand, or wait for a certain one that is taken.")
        )
    if wish.kind != "stand":
        return
    mine = exists().where(Allotment.stand_id == wish.stand_id, Allotment.exhibitor_id == wish.exhibitor_id)
    if session.execute(select(mine)).scalar():
        raise Refused(say("That stand is yours already."))
    is_taken = session.execute(select(exists().where(Claim.stand_id == wish.stand_id))).scalar()
    if is_live and not is_taken:
        raise Refused(say("That stand is free: pick it when your turn has come."))


def _has_place(session: Session, exhibitor_id: int) -> bool:
    return bool(session.execute(select(exists().where(Allotment.exhibitor_id == exhibitor_id))).scalar())


def leave(session: Session, exhibitor: Exhibitor, wish_id: int) -> None:
    """Wait no longer; an open offer for it goes to the next."""
    wish = _own(session, WaitingWish, exhibitor, wish_id)
    if wish.state != "waiting":
        raise Refused(say("You no longer wait for that."))
    for offer in session.exec(select(Offer).where(Offer.wish_id == wish.id, Offer.state == "open")).all():
        freeing.end_offer(session, offer, "declined")
    _end(session, wish, "left")


def _own(session: Session, model: Any, exhibitor: Exhibitor, number: int) -> Any:
    """The exhibitor's own row of that number, kept from others; none is refused like one that is gone."""
    row = session.exec(
        select(model)
        .where(model.id == number, model.exhibitor_id == exhibitor.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Refused(say("That is not there any more."))
    return row


def _end(session: Session, wish: WaitingWish, state: str) -> None:
    wish.state, wish.ended_at = state, database_now(session)
    session.add(wish)
    session.flush()


def satisfied(session: Session, exhibitor: Exhibitor) -> None:
    """Who has got a place waits no longer, unless for one to change to."""
    session.execute(
        update(WaitingWish)
        .where(
            WaitingWish.exhibitor_id == exhibitor.id,
            WaitingWish.state == "waiting",
            WaitingWish.replaces.is_(False),
            ~exists().where(Offer.wish_id == WaitingWish.id, Offer.state == "open"),
        )
        .values(state="left", ended_at=func.now())
    )


def may_be_offered(at: datetime):
    """SQL: whether a wish may be answered now.

    While a round goes on only certain stands are offered, and nobody gets ahead of their turn by waiting;
    who waits for any place of a size picks for themselves.
    """
    live = exists().where(Round.edition_id == WaitingWish.edition_id, Round.state.in_(("open", "paused")))
    on = exists().where(
        Round.edition_id == WaitingWish.edition_id,
        Round.state == "open",
        Turn.round_id == Round.id,
        Turn.exhibitor_id == WaitingWish.exhibitor_id,
        Turn.opens_at <= at,
    )
    placed = exists().where(Allotment.exhibitor_id == WaitingWish.exhibitor_id)
    accepted = exists().where(Exhibitor.id == WaitingWish.exhibitor_id, Exhibitor.state == "accepted")
    return and_(
        WaitingWish.state == "waiting",
        accepted,
        or_(WaitingWish.replaces, ~placed),
        or_(~live, and_(WaitingWish.kind == "stand", or_(on, and_(WaitingWish.replaces, placed)))),
    )


def refuse_if_awaited(session: Session, exhibitor: Exhibitor, stand_ids: Collection[int]) -> None:
    """A stand that fell free belongs to who waits for that very stand, in their order, before all others."""
    rows = session.execute(
        select(WaitingWish.exhibitor_id, Stand.code)
        .join(Stand, Stand.id == WaitingWish.stand_id)
        .where(WaitingWish.stand_id.in_(stand_ids), may_be_offered(database_now(session)))
        .order_by(Stand.code)
    ).all()
    for code in sorted({row[1] for row in rows}):
        people = [owner for owner, stand in rows if stand == code]
        edition = session.get_one(Edition, exhibitor.edition_id)
        if ranking.in_order(session, edition, people)[0].id != exhibitor.id:
            raise Refused(
                say("%(stand)s has just fallen free and goes to who waits for it first.", stand=code)
            )


def accept(session: Session, exhibitor: Exhibitor, offer_id: int) -> Sequence[Allotment]:
    """Take what was offered; where the wish says so, the present place is given back in the same moment."""
    enter(session, exhibitor.edition_id)
    lock_exhibitors(session, [exhibitor.id])
    session.refresh(exhibitor)
    offer = _open_offer(session, exhibitor, offer_id)
    wish = session.get_one(WaitingWish, offer.wish_id, with_for_update=True, populate_existing=True)
    spots = floor.spots(session, exhibitor.edition_id, offer.stands)
    former = floor.place_spots(session, exhibitor.id, exhibitor.edition_id)
    if exhibitor.state != "accepted":
        raise Refused(say("Only exhibitors who are accepted can take a stand."))
    if former and not wish.replaces:
        raise Refused(say("You have a place by now. Decline this, or give yours back first."))
    lock_stands(session, [spot.id for spot in [*spots, *former]])
    edition = session.get_one(Edition, exhibitor.edition_id)
    if former:
        session.execute(delete(Allotment).where(Allotment.exhibitor_id == exhibitor.id))
        codes = [spot.place.code for spot in former]
        freeing.note(session, "returned", edition.id, exhibitor.id, codes)
    freeing.end_offer(session, offer, "accepted")
    given = give(session, edition, exhibitor, spots)
    worth = floor.quote_for(session, edition, exhibitor, [spot.place for spot in spots]).total_minor
    freeing.note(session, "confirmed", edition.id, exhibitor.id, offer.stands, worth_minor=worth)
    _end(session, wish, "served")
    satisfied(session, exhibitor)
    return given


def _open_offer(session: Session, exhibitor: Exhibitor, offer_id: int) -> Offer:
    offer = _own(session, Offer, exhibitor, offer_id)
    if offer.state != "open" or offer.expires_at <= database_now(session):
        raise Refused(say("This offer is over; the stand has gone to the next who waits."))
    return offer


def decline(session: Session, exhibitor: Exhibitor, offer_id: int) -> None:
    """Say no: the next one is asked, and one no longer waits for it."""
    enter(session, exhibitor.edition_id)
    offer = _open_offer(session, exhibitor, offer_id)
    freeing.end_offer(session, offer, "declined")
    _end(session, session.get_one(WaitingWish, offer.wish_id), "left")
