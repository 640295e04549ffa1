"""The one way talks get their places: every change has a number, an author and a way back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.audit.services import note
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import (
    Room,
    Slot,
    Talk,
    TalkSpeaker,
    TimetableAct,
    TimetableHead,
    between,
)
from expo.forums.services.changes import collision, refuse_stale
from expo.words import say


@dataclass(frozen=True)
class Spot:
    """A place: room code and first instant. `locked` None leaves the pin as it is (at first: not pinned)."""

    room: str
    start: datetime
    locked: bool | None = None


@dataclass(frozen=True)
class Move:
    """A talk, by its code, and where it goes; None: back among those without a place."""

    talk: str
    to: Spot | None


@dataclass(frozen=True)
class _Held:
    id: int
    title: dict[str, str]
    minutes: int
    room_id: int | None
    during: Any
    locked: bool
    state: str


def hold(session: Session, edition: Edition) -> int:
    """Keep everybody else from changing the timetable until the commit; gives its revision."""
    session.execute(upsert(TimetableHead).values(edition_id=edition.id, revision=0).on_conflict_do_nothing())
    return session.exec(
        select(TimetableHead.revision).where(TimetableHead.edition_id == edition.id).with_for_update()
    ).one()


def place(
    session: Session,
    edition: Edition,
    moves: Iterable[Move],
    *,
    kind: str = "move",
    seen: int | None = None,
    undoes: int | None = None,
) -> TimetableAct | None:
    """Change the places of some talks as one act (one revision); None where that would change nothing.

    `seen` is the revision that the caller looked at: Stale if one of these talks was changed after it.
    Refused for a talk or room of another edition, and where a room or a person would be in two talks at once;
    then nothing is changed. Whose act it is says the session (`user_id`, `actor` in its info). A talk
    lasts its `minutes` from its start.
    """
    wanted = {move.talk: move.to for move in moves}
    hold(session, edition)
    held = _held(session, edition, wanted)
    if unknown := sorted(set(wanted) - set(held)):
        raise Refused(say("There is no talk %(talks)s in this edition.", talks=unknown[:5]))
    if seen is not None:
        refuse_stale(session, edition, list(held), seen)
    if gone := sorted(code for code, spot in wanted.items() if spot and held[code].state == "withdrawn"):
        raise Refused(say("%(talks)s is withdrawn and gets no place. Accept it again first.", talks=gone[:5]))
    rooms = _room_ids(session, edition, {spot.room for spot in wanted.values() if spot})
    rows = {code: _row(held[code], spot, rooms) for code, spot in wanted.items()}
    news = {code: row for code, row in rows.items() if _differs(held[code], row)}
    if not news:
        return None
    with session.begin_nested():
        act = _open(session, edition, kind, undoes)
        _write(session, edition, held, news)
        ids = [held[code].id for code in news]
        if crash := collision(session, ids):
            raise Refused(crash)
        _settle(session)
        session.execute(text("SELECT set_config('expo.timetable_act', '', true)"))
    _forget(session)
    _tell(session, edition, act, sorted(news))
    return act


def replace(
    session: Session, edition: Edition, spots: Mapping[str, Spot], *, kind: str, seen: int | None = None
) -> TimetableAct | None:
    """Make the whole timetable that of `spots` (talk code → place) as one act.

    Every other talk loses its place; what stays where it is counts as unchanged. Otherwise as `place`.
    """
    hold(session, edition)
    placed = session.exec(
        select(Talk.code).join(Slot, Slot.talk_id == Talk.id).where(Slot.edition_id == edition.id)
    ).all()
    moves = [Move(code, spots.get(code)) for code in {*placed, *spots}]
    return place(session, edition, moves, kind=kind, seen=seen)


def _held(session: Session, edition: Edition, codes: Iterable[str]) -> dict[str, _Held]:
    rows = session.execute(
        select(
            Talk.code, Talk.id, Talk.title, Talk.minutes, Slot.room_id, Slot.during, Slot.locked, Talk.state
        )
        .outerjoin(Slot, Slot.talk_id == Talk.id)
        .where(Talk.edition_id == edition.id, Talk.code.in_(list(codes)))
    )
    return {row[0]: _Held(*row[1:6], bool(row[6]), row[7]) for row in rows}


def _room_ids(session: Session, edition: Edition, codes: set[str]) -> dict[str, int]:
    query = select(Room.code, Room.id).where(Room.edition_id == edition.id, Room.code.in_(codes))
    rooms = {code: number for code, number in session.exec(query) if number}
    if unknown := sorted(codes - set(rooms)):
        raise Refused(say("There is no room %(rooms)s in this edition.", rooms=unknown[:5]))
    return rooms


def _row(held: _Held, spot: Spot | None, rooms: Mapping[str, int]) -> tuple[int, Any, bool] | None:
    if spot is None:
        return None
    start = spot.start.astimezone(UTC)  # minutes that pass: clocks may be put forward or back meanwhile
    during = between(start, start + timedelta(minutes=held.minutes))
    return rooms[spot.room], during, held.locked if spot.locked is None else spot.locked


def _differs(held: _Held, row: tuple[int, Any, bool] | None) -> bool:
    before = None if held.during is None else (held.room_id, held.during, held.locked)
    return before != row


def _open(session: Session, edition: Edition, kind: str, undoes: int | None) -> TimetableAct:
    number = session.execute(
        select(
            func.open_timetable_act(
                edition.id, session.info.get("user_id"), session.info.get("actor", ""), kind, undoes
            )
        )
    ).scalar_one()
    return session.get_one(TimetableAct, number)


def _write(session: Session, edition: Edition, held: Mapping[str, _Held], news: Mapping[str, Any]) -> None:
    gone = [held[code].id for code, row in news.items() if row is None]
    fresh, moved = [], []
    for code, row in news.items():
        if row is not None:
            values = dict(zip(("room_id", "during", "locked"), row, strict=True))
            if held[code].during is None:
                fresh.append({"edition_id": edition.id, "talk_id": held[code].id, **values})
            else:
                moved.append({"talk": held[code].id, **values})
    if gone:
        session.execute(
            delete(Slot).where(Slot.talk_id.in_(gone)).execution_options(synchronize_session=False)
        )
    if moved:
        session.connection().execute(
            update(Slot.__table__)
            .where(Slot.talk_id == bindparam("talk"))
            .values(room_id=bindparam("room_id"), during=bindparam("during"), locked=bindparam("locked")),
            moved,
        )
    if fresh:
        session.execute(insert(Slot), fresh)


def _settle(session: Session) -> None:
    """Let the database check its rules now instead of at the commit."""
    try:
        session.execute(text("SET CONSTRAINTS slot_one_talk_a_room, talk_speaker_one_place IMMEDIATE"))
        session.execute(text("SET CONSTRAINTS slot_one_talk_a_room, talk_speaker_one_place DEFERRED"))
    except IntegrityError as error:
        raise Refused(
            say("A room or a person would be in two talks at once, so nothing was changed.")
        ) from error


def _forget(session: Session) -> None:
    """What the session holds of places was written past it."""
    for row in session:
        if isinstance(row, Slot | TalkSpeaker):
            session.expire(row)


def _tell(session: Session, edition: Edition, act: TimetableAct, talks: list[str]) -> None:
    told = {"kind": act.kind, "talks": talks, "count": len(talks)}
    note(session, "changed", "timetable_act", act.revision, told, edition.id)
