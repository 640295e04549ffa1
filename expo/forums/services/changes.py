"""Reading the log of the timetable, and what a change runs into, in words."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums.models import Room, Slot, SlotChange, Speaker, Talk, TalkSpeaker, TimetableAct, TimetableHead
from expo.words import Sentence, say

NOBODY = say("Somebody")


class Stale(Refused):
    """Somebody changed the same talk after the caller had looked. `changes` says what is new."""

    def __init__(self, sentence: Sentence, changes: Sequence[tuple[TimetableAct, SlotChange]]):
        super().__init__(sentence)
        self.changes = changes


def revision_of(session: Session, edition: Edition) -> int:
    """The number of the last change of the edition's timetable; 0 before the first."""
    found = session.exec(
        select(TimetableHead.revision).where(TimetableHead.edition_id == edition.id)
    ).one_or_none()
    return found or 0


def changes_since(
    session: Session, edition: Edition, seen: int, talks: Sequence[str] | None = None, most: int | None = None
) -> Sequence[tuple[TimetableAct, SlotChange]]:
    """Every change after revision `seen`, oldest first, at most `most`; of some talks (codes) where given."""
    query = (
        select(TimetableAct, SlotChange)
        .join(SlotChange, SlotChange.act_id == TimetableAct.id)
        .where(TimetableAct.edition_id == edition.id, TimetableAct.revision > seen)
        .order_by(TimetableAct.revision, SlotChange.id)
        .limit(most)
    )
    return session.exec(query if talks is None else query.where(SlotChange.talk_code.in_(talks))).all()


def refuse_stale(session: Session, edition: Edition, talks: Sequence[str], seen: int) -> None:
    """Stale if one of the talks was changed after revision `seen`; says the last change and its author."""
    newer = changes_since(session, edition, seen, talks)
    if not newer:
        return
    act, change = newer[-1]
    title = session.exec(select(Talk.title).where(Talk.id == change.talk_id)).one()
    who = act.actor or NOBODY
    raise Stale(_what_happened(session, who, title, change), newer)


def _what_happened(session: Session, who: Any, title: dict[str, str], change: SlotChange) -> Sentence:
    if change.after is None:
        return say("%(who)s has taken “%(talk)s” off the timetable meanwhile.", who=who, talk=title)
    room = session.exec(select(Room.name).where(Room.id == change.room_after)).one_or_none() or ""
    return say(
        "%(who)s has changed “%(talk)s” meanwhile: it is in %(room)s on %(when)s now.",
        who=who, talk=title, room=room, when=change.after.lower,
    )  # fmt: skip


def collision(session: Session, talks: list[int]) -> Sentence | None:
    """The first thing that these talks, as just written, make happen twice at once."""
    mine, other = aliased(Slot), aliased(Slot)
    one, two = aliased(Talk), aliased(Talk)
    pair = session.execute(
        select(one.title, two.title, Room.name, other.during)
        .join(mine, mine.talk_id == one.id)
        .join(other, (other.room_id == mine.room_id) & (other.talk_id != mine.talk_id))
        .join(two, two.id == other.talk_id)
        .join(Room, Room.id == mine.room_id)
        .where(mine.talk_id.in_(talks), mine.during.op("&&")(other.during))
        .limit(1)
    ).first()
    if pair:
        return say(
            "“%(talk)s” cannot be there: “%(other)s” is in %(room)s from %(when)s.",
            talk=pair[0], other=pair[1], room=pair[2], when=pair[3].lower,
        )  # fmt: skip
    my, its = aliased(TalkSpeaker), aliased(TalkSpeaker)
    busy = session.execute(
        select(one.title, two.title, Speaker.name, its.during)
        .join(my, my.talk_id == one.id)
        .join(its, (its.speaker_id == my.speaker_id) & (its.talk_id != my.talk_id))
        .join(two, two.id == its.talk_id)
        .join(Speaker, Speaker.id == my.speaker_id)
        .where(my.talk_id.in_(talks), my.during.op("&&")(its.during))
        .limit(1)
    ).first()
    if busy:
        return say(
            "“%(talk)s” cannot be then: %(person)s is needed in “%(other)s” from %(when)s.",
            talk=busy[0], other=busy[1], person=busy[2], when=busy[3].lower,
        )  # fmt: skip
    return None
