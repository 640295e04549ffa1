"""The organiser's verbs over a round: set it, draw up its timetable, open, pause, resume, close."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.points import services as points
from expo.selection.models import Hold, Round, Turn
from expo.selection.queries import floor
from expo.selection.queries.floor import database_now
from expo.selection.services import freeing, ranking
from expo.selection.windows import Hours, Window, windows
from expo.venue.models import Stand, Zone
from expo.words import say

ENDLESS = timedelta(days=36_500)
ALONE = {"key_share": True}
"""Nobody picks in the round meanwhile, but rows that merely name it may be written: the sweep never waits."""


def save(session: Session, round_: Round, given: Mapping[str, Any]) -> None:
    """Set what the round is. While it goes on its limits and holds may change, not who comes when."""
    session.refresh(round_, with_for_update=ALONE) if round_.id else None
    if round_.state == "closed":
        raise Refused(say("This round is over and stays as it was."))
    fixed = {
        "mode",
        "starts_at",
        "per_window",
        "window_minutes",
        "lasting",
        "day_from",
        "day_until",
        "weekends",
    }
    values = {name: value for name, value in given.items() if not (round_.is_live and name in fixed)}
    _refuse_unknown(session, round_.edition_id, values)
    for name, value in values.items():
        setattr(round_, name, value)
    session.add(round_)
    session.flush()
    if round_.state == "draft":
        draw_up(session, round_)


def _refuse_unknown(session: Session, edition_id: int, values: Mapping[str, Any]) -> None:
    for model, name, sentence in (
        (Zone, "zones", say("There is no zone %(codes)s.")),
        (Stand, "stands", say("There is no stand %(codes)s.")),
    ):
        wanted = set(values.get(name, ()))
        known = select(model.code).where(model.edition_id == edition_id, model.code.in_(wanted))
        missing = sorted(wanted - set(session.execute(known).scalars())) if wanted else []
        if missing:
            raise Refused(say(sentence.message, codes=missing))


def draw_up(session: Session, round_: Round) -> int:
    """The timetable anew from today's points; how many have a turn. Only before the round opens."""
    if round_.state != "draft":
        raise Refused(
            say("The round has opened: everybody was told a time. Add newcomers at the end instead.")
        )
    edition = session.get_one(Edition, round_.edition_id)
    points.settle(session, edition)
    session.execute(delete(Turn).where(Turn.round_id == round_.id))
    queue = ranking.without_place(session, edition)
    _write(session, round_, queue, _windows(edition, round_, len(queue)), first=1)
    return len(queue)


def add_newcomers(session: Session, round_: Round) -> int:
    """Give a turn, after all others, to who was accepted since; how many."""
    session.refresh(round_, with_for_update=ALONE)
    if round_.state == "closed":
        raise Refused(say("This round is over and stays as it was."))
    edition = session.get_one(Edition, round_.edition_id)
    points.settle(session, edition)
    there = set(session.exec(select(Turn.exhibitor_id).where(Turn.round_id == round_.id)).all())
    fresh = [one for one in ranking.without_place(session, edition) if one.id not in there]
    last = session.exec(select(func.max(Turn.position)).where(Turn.round_id == round_.id)).one() or 0
    slots = _windows(edition, round_, last + len(fresh))[last:]
    shift = _delay(session, round_)
    moved = [Window(w.opens_at + shift, w.closes_at and w.closes_at + shift) for w in slots]
    _write(session, round_, fresh, moved, first=last + 1)
    return len(fresh)


def _delay(session: Session, round_: Round) -> timedelta:
    """By how much pauses have put the timetable off: where its last turn is against where it was drawn."""
    last = session.exec(
        select(Turn).where(Turn.round_id == round_.id).order_by(Turn.position.desc()).limit(1)
    ).first()
    if last is None or round_.state == "draft":
        return timedelta()
    edition = session.get_one(Edition, round_.edition_id)
    return last.opens_at - _windows(edition, round_, last.position)[-1].opens_at


def _windows(edition: Edition, round_: Round, count: int) -> list[Window]:
    if round_.mode == "open":
        return [Window(round_.starts_at, None)] * count
    hours = Hours(edition.zone_info, round_.day_from, round_.day_until, round_.weekends)
    return windows(
        count, round_.starts_at, round_.per_window, round_.window_minutes, hours, lasting=round_.lasting
    )


def _write(session: Session, round_: Round, queue, slots: Sequence[Window], first: int) -> None:
    rows = [
        {"round_id": round_.id, "exhibitor_id": one.id, "position": first + place,
         "opens_at": slot.opens_at, "closes_at": slot.closes_at}
        for place, (one, slot) in enumerate(zip(queue, slots, strict=True))
    ]  # fmt: skip
    if rows:
        session.execute(insert(Turn), rows)


def open_round(session: Session, round_: Round) -> int:
    """Let the round begin at its time; how many have a turn. One round at a time."""
    session.refresh(round_, with_for_update=ALONE)
    if round_.state != "draft":
        raise Refused(say("This round was opened before."))
    if not floor.offered_count(session, round_):
        raise Refused(say("No stand is offered: name zones or stands first."))
    turns = draw_up(session, round_)
    if not turns:
        raise Refused(say("Nobody is left to pick: everybody accepted has a stand."))
    round_.state, round_.opened_at = "open", database_now(session)
    try:
        with session.begin_nested():
            session.add(round_)
    except IntegrityError:
        raise Refused(say("Another round is going on. Close it first.")) from None
    return turns


def pause(session: Session, round_: Round) -> None:
    """Halt: nobody picks or confirms, holds keep the time they have left, later turns move on resuming."""
    session.refresh(round_, with_for_update=ALONE)
    if round_.state != "open":
        raise Refused(say("Only a round that is going on can be paused."))
    freeing.clear_expired(session, round_.edition_id)
    round_.state, round_.paused_at = "paused", database_now(session)
    left = func.ceil(func.extract("epoch", Hold.expires_at - func.now()))
    session.execute(
        update(Hold)
        .where(Hold.round_id == round_.id, Hold.expires_at > func.now())
        .values(remaining_s=left, expires_at=func.now() + ENDLESS)
    )
    session.add(round_)
    session.flush()


def resume(session: Session, round_: Round) -> None:
    """Go on: holds run for what they had left, turns not yet over are put off by the length of the pause."""
    session.refresh(round_, with_for_update=ALONE)
    if round_.state != "paused" or round_.paused_at is None:
        raise Refused(say("Only a paused round can go on."))
    session.execute(
        update(Hold)
        .where(Hold.round_id == round_.id, Hold.remaining_s.is_not(None))
        .values(
            expires_at=func.now() + func.make_interval(0, 0, 0, 0, 0, 0, Hold.remaining_s), remaining_s=None
        )
    )
    halted = {"round": round_.id, "at": round_.paused_at}
    session.execute(text(PUT_OFF), halted)
    round_.state, round_.paused_at = "open", None
    session.add(round_)
    session.flush()


PUT_OFF = """
UPDATE selection_turn
   SET opens_at = CASE WHEN opens_at > :at THEN opens_at + (now() - :at) ELSE opens_at END,
       closes_at = closes_at + (now() - :at)
 WHERE round_id = :round AND (opens_at > :at OR closes_at > :at)
"""


def close(session: Session, round_: Round) -> int:
    """End the round and let go what is still held; how many stands that were."""
    session.refresh(round_, with_for_update=ALONE)
    if not round_.is_live:
        raise Refused(say("This round is not going on."))
    rows = session.execute(
        delete(Hold).where(Hold.round_id == round_.id).returning(Hold.exhibitor_id, Hold.stand_id)
    ).all()
    codes = dict(
        session.execute(select(Stand.id, Stand.code).where(Stand.id.in_([row[1] for row in rows]))).all()
    )
    for exhibitor_id in sorted({row[0] for row in rows}):
        stands = [codes[stand] for owner, stand in rows if owner == exhibitor_id]
        freeing.note(session, "released", round_.edition_id, exhibitor_id, stands, round_.id)
    round_.state, round_.closed_at, round_.paused_at = "closed", database_now(session), None
    session.add(round_)
    session.flush()
    return len(rows)


def drop(session: Session, round_: Round) -> None:
    """Throw a draft away."""
    session.refresh(round_, with_for_update=ALONE)
    if round_.state != "draft":
        raise Refused(say("A round that was opened stays on record; close it instead."))
    session.delete(round_)
    session.flush()
