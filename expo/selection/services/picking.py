"""Picking: hold stands all or none, let them go, confirm them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import cast, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.models import Allotment
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.selection import rules
from expo.selection.models import Event, Hold, Round
from expo.selection.queries import floor
from expo.selection.queries.floor import Spot, database_now
from expo.selection.services import freeing, turns, waiting
from expo.selection.services.giving import give, why_taken
from expo.selection.services.locks import (
    enter,
    keep_round,
    lock_exhibitors,
    lock_stands,
)
from expo.venue.models import Stand
from expo.words import say

MOST_AT_ONCE = 200


def holds_of(session: Session, round_: Round, exhibitor_id: int) -> list[tuple[Hold, str]]:
    """What an exhibitor holds in a round at this moment, with the stand codes, by stand number."""
    rows = session.execute(
        select(Hold, Stand.code)
        .join(Stand, Stand.id == Hold.stand_id)
        .where(Hold.round_id == round_.id, Hold.exhibitor_id == exhibitor_id, Hold.expires_at > func.now())
        .order_by(Hold.stand_id)
    )
    return [(hold, code) for hold, code in rows]


def judge(session: Session, round_: Round, exhibitor: Exhibitor, spots: Sequence[Spot]) -> rules.Verdict:
    """What speaks against these stands for this exhibitor."""
    standard = floor.standard_cm2(session, round_.edition_id)
    return rules.judge(
        [spot.place for spot in spots],
        floor.asked_of(session, exhibitor, standard),
        floor.limits_of(round_, standard),
        floor.rivals_of(session, exhibitor),
    )


def choose(session: Session, round_: Round, exhibitor: Exhibitor, codes: Collection[str]) -> list[Hold]:
    """Hold exactly these stands for the exhibitor: new ones are taken, others let go, all or none of it.

    What is added runs out together with what is held already; taking again what was let go gives no new time.
    """
    at = _begin(session, round_, exhibitor)
    spots = _spots(session, round_, codes)
    before = {code: hold for hold, code in holds_of(session, round_, exhibitor.id)}
    wanted = {spot.place.code for spot in spots}
    added = [spot for spot in spots if spot.place.code not in before]
    dropped = {code: hold for code, hold in before.items() if code not in wanted}
    lock_stands(session, [spot.id for spot in added] + [hold.stand_id for hold in dropped.values()])
    if spots and (verdict := judge(session, round_, exhibitor, spots)).never:
        raise Refused(verdict.never[0])
    freeing.let_go(session, list(dropped.values()))
    kept = [hold for code, hold in before.items() if code in wanted]
    until = kept[0].expires_at if kept else _until(session, round_, exhibitor, added, at)
    if dropped:
        freeing.note(session, "released", round_.edition_id, exhibitor.id, list(dropped), round_.id)
    fresh = _take(session, round_, exhibitor, added, at, until)
    if added:
        codes = [spot.place.code for spot in added]
        freeing.note(session, "held", round_.edition_id, exhibitor.id, codes, round_.id)
    return sorted([*kept, *fresh], key=lambda hold: hold.stand_id)


def _begin(session: Session, round_: Round, exhibitor: Exhibitor) -> datetime:
    """Lock in order, read anew, and refuse whoever may not pick now; answers the time."""
    enter(session, round_.edition_id)
    keep_round(session, round_)
    lock_exhibitors(session, [exhibitor.id])
    session.refresh(exhibitor)
    at = database_now(session)
    turns.refuse_unless_on(session, round_, exhibitor, at)
    return at


def _spots(session: Session, round_: Round, codes: Collection[str]) -> list[Spot]:
    if len(codes) > MOST_AT_ONCE:
        raise Refused(say("At most %(most)s stands can be picked.", most=round_.most_stands))
    spots = floor.spots(session, round_.edition_id, set(codes))
    unknown = sorted(set(codes) - {spot.place.code for spot in spots})
    if unknown:
        raise Refused(say("There is no stand %(codes)s.", codes=unknown))
    everything = not round_.zones and not round_.stands
    outside = sorted(
        spot.place.code
        for spot in spots
        if not everything and spot.place.zone not in round_.zones and spot.place.code not in round_.stands
    )
    if outside:
        raise Refused(say("%(codes)s is not offered in this round.", codes=outside))
    return spots


def _until(
    session: Session, round_: Round, exhibitor: Exhibitor, added: Sequence[Spot], at: datetime
) -> datetime:
    """When a fresh pick runs out. Whoever takes again what they just held does not begin anew."""
    length = timedelta(minutes=round_.hold_minutes)
    until = at + length
    for spot in added:
        code = spot.place.code
        last = session.execute(
            select(func.max(Event.at)).where(
                Event.exhibitor_id == exhibitor.id,
                Event.round_id == round_.id,
                Event.kind == "held",
                Event.stands.op("@>")(cast([code], JSONB)),
            )
        ).scalar()
        if last is None or last + 2 * length <= at:
            continue
        if last + length <= at:
            raise Refused(
                say(
                    "You had %(stand)s a moment ago; until %(at)s others come first.",
                    stand=code,
                    at=last + 2 * length,
                )
            )
        until = min(until, last + length)
    return until


def _take(
    session: Session,
    round_: Round,
    exhibitor: Exhibitor,
    added: Sequence[Spot],
    at: datetime,
    until: datetime,
) -> list[Hold]:
    if not added:
        return []
    ids = [spot.id for spot in added]
    freeing.clear_expired(session, round_.edition_id, ids)
    waiting.refuse_if_awaited(session, exhibitor, ids)
    fresh = [
        Hold(
            edition_id=round_.edition_id, stand_id=number, exhibitor_id=exhibitor.id, round_id=round_.id,
            held_at=at, expires_at=until,
        )
        for number in sorted(ids)
    ]  # fmt: skip
    try:
        with session.begin_nested():
            session.add_all(fresh)
    except IntegrityError:
        raise Refused(why_taken(session, ids)) from None
    return fresh


def release(session: Session, round_: Round, exhibitor: Exhibitor) -> int:
    """Let go everything held; how many stands. Also while the round is paused."""
    enter(session, round_.edition_id)
    keep_round(session, round_)
    lock_exhibitors(session, [exhibitor.id])
    held = holds_of(session, round_, exhibitor.id)
    freeing.let_go(session, [hold for hold, _code in held])
    if held:
        codes = [code for _hold, code in held]
        freeing.note(session, "released", round_.edition_id, exhibitor.id, codes, round_.id)
    return len(held)


def confirm(session: Session, round_: Round, exhibitor: Exhibitor) -> list[Allotment]:
    """What is held becomes the exhibitor's place, locked, all stands of it or none.

    Refused when nothing is held any more, or when the place does not do.
    """
    _begin(session, round_, exhibitor)
    held = holds_of(session, round_, exhibitor.id)
    if not held:
        raise Refused(say("Your hold has ended. If the stand is still free, pick it again."))
    lock_stands(session, [hold.stand_id for hold, _code in held])
    spots = floor.spots(session, round_.edition_id, [code for _hold, code in held])
    verdict = judge(session, round_, exhibitor, spots)
    if not verdict.is_fine:
        raise Refused((*verdict.never, *verdict.not_yet)[0])
    freeing.let_go(session, [hold for hold, _code in held])
    edition = session.get_one(Edition, round_.edition_id)
    given = give(session, edition, exhibitor, spots)
    worth = floor.quote_for(session, edition, exhibitor, [spot.place for spot in spots]).total_minor
    codes = [spot.place.code for spot in spots]
    freeing.note(session, "confirmed", edition.id, exhibitor.id, codes, round_.id, worth)
    waiting.satisfied(session, exhibitor)
    return given
