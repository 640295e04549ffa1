"""Taking back what one did oneself, and doing it again."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, select

from expo.board.stacks import Done, stacks
from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Room, SlotChange, Talk, TimetableAct
from expo.forums.services import Move, Spot, hold, place
from expo.forums.services.changes import changes_since
from expo.words import say

DEEPEST = 200
"""So many acts back somebody's own are looked through."""


def own_stacks(session: Session, edition: Edition, user_id: int) -> tuple[list[int], list[int]]:
    """Numbers of the acts this person can take back and do again, oldest first."""
    rows = session.exec(
        select(TimetableAct.id, TimetableAct.kind, TimetableAct.undoes_id)
        .where(TimetableAct.edition_id == edition.id, TimetableAct.user_id == user_id)
        .order_by(TimetableAct.revision.desc())
        .limit(DEEPEST)
    ).all()
    return stacks(Done(*row) for row in reversed(rows))


def undo(session: Session, edition: Edition, user_id: int) -> TimetableAct:
    """Take back this person's last act. Refused without one, or where somebody moved its talks since."""
    hold(session, edition)
    back, _again = own_stacks(session, edition, user_id)
    if not back:
        raise Refused(say("There is nothing of yours to take back."))
    return _reverse(session, edition, back[-1], user_id, "undo")


def redo(session: Session, edition: Edition, user_id: int) -> TimetableAct:
    """Do again what this person took back last; refused as `undo`."""
    hold(session, edition)
    _back, again = own_stacks(session, edition, user_id)
    if not again:
        raise Refused(say("There is nothing of yours to do again."))
    return _reverse(session, edition, again[-1], user_id, "redo")


def _reverse(session: Session, edition: Edition, number: int, user_id: int, kind: str) -> TimetableAct:
    act = session.get_one(TimetableAct, number)
    changes = session.exec(select(SlotChange).where(SlotChange.act_id == number)).all()
    _refuse_overtaken(session, edition, act, [one.talk_code for one in changes], user_id)
    talks = dict(session.exec(select(Talk.id, Talk.code).where(Talk.edition_id == edition.id)).all())
    rooms = dict(session.exec(select(Room.id, Room.code).where(Room.edition_id == edition.id)).all())
    moves = []
    for one in changes:
        if one.talk_id not in talks or (one.room_before and one.room_before not in rooms):
            raise Refused(
                say(
                    "Talk %(talk)s or the room it was in is gone, so this cannot be taken back.",
                    talk=one.talk_code,
                )
            )
        spot = (
            Spot(rooms[one.room_before], one.before.lower, one.locked_before)
            if one.room_before and one.before
            else None
        )
        moves.append(Move(talks[one.talk_id], spot))
    _restore_lengths(session, changes)
    done = place(session, edition, moves, kind=kind, undoes=number)
    if done is None:
        raise Refused(say("Everything is already where it was."))
    return done


def _restore_lengths(session: Session, changes: Sequence[SlotChange]) -> None:
    """Talks whose length the act changed get back the one they had."""
    for one in changes:
        if one.before and one.after and _length(one.before) != _length(one.after):
            talk = session.get_one(Talk, one.talk_id)
            talk.minutes = _length(one.before)
            session.add(talk)
    session.flush()


def _length(during: Any) -> int:
    return int((during.upper - during.lower).total_seconds() // 60)


def _refuse_overtaken(
    session: Session, edition: Edition, act: TimetableAct, talks: list[str], user_id: int
) -> None:
    for later, change in changes_since(session, edition, act.revision, talks):
        if later.user_id != user_id:
            title = session.exec(select(Talk.title).where(Talk.id == change.talk_id)).one_or_none()
            raise Refused(
                say(
                    "%(who)s has changed “%(talk)s” since, so this cannot be taken back.",
                    who=later.actor or say("Somebody"), talk=title or change.talk_code,
                )
            )  # fmt: skip
