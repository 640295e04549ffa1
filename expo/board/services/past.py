"""The history of changes, a page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, func, select

from expo.editions.models import Edition
from expo.forums.models import Room, SlotChange, Talk, TimetableAct
from expo.words import Sentence, say

PAGE = 30
FEW = 12
"""So many changes of an act are told one by one."""
KINDS: dict[str, Sentence] = {
    "move": say("Moved"),
    "shift": say("Moved together"),
    "swap": say("Swapped"),
    "stretch": say("Length changed"),
    "pin": say("Pinned or unpinned"),
    "clear": say("Taken off"),
    "undo": say("Taken back"),
    "redo": say("Done again"),
    "build": say("Built by the solver"),
    "import": say("Imported"),
    "withdraw": say("Withdrawn"),
    "other": say("Changed elsewhere"),
}


@dataclass(frozen=True)
class Told:
    """One act with some of its changes (change, title, room before, room after) and how many there are."""

    act: TimetableAct
    word: Sentence
    count: int
    changes: Sequence[tuple[SlotChange, Any, Any, Any]]


def count_acts(session: Session, edition: Edition) -> int:
    """How many acts there were."""
    return session.exec(
        select(func.count()).select_from(TimetableAct).where(TimetableAct.edition_id == edition.id)
    ).one()


def past(session: Session, edition: Edition, page: int) -> list[Told]:
    """One page of acts, the newest first, in four queries."""
    acts = session.exec(
        select(TimetableAct)
        .where(TimetableAct.edition_id == edition.id)
        .order_by(TimetableAct.revision.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    numbered = func.row_number().over(partition_by=SlotChange.act_id, order_by=SlotChange.id)
    ranked = (
        select(SlotChange.id, numbered.label("place"))
        .where(SlotChange.act_id.in_([act.id for act in acts]))
        .subquery()
    )
    rows = session.execute(
        select(SlotChange, Talk.title)
        .join(ranked, ranked.c.id == SlotChange.id)
        .outerjoin(Talk, Talk.id == SlotChange.talk_id)
        .where(ranked.c.place <= FEW)
        .order_by(SlotChange.id)
    ).all()
    counts = dict(
        session.execute(
            select(SlotChange.act_id, func.count())
            .where(SlotChange.act_id.in_([act.id for act in acts]))
            .group_by(SlotChange.act_id)
        ).all()
    )
    rooms = dict(session.execute(select(Room.id, Room.name).where(Room.edition_id == edition.id)).all())
    by_act: dict[int, list] = defaultdict(list)
    for change, title in rows:
        by_act[change.act_id].append(
            (change, title or change.talk_code, rooms.get(change.room_before), rooms.get(change.room_after))
        )
    return [Told(act, KINDS[act.kind], counts.get(act.id, 0), by_act[act.id or 0]) for act in acts]
