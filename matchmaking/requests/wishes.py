"""When two parties could meet: a half-day, a slot of the grid, and the calendars of both as free or busy."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from expo.errors import Refused
from expo.words import say
from matchmaking.requests.grid import SlotTime
from matchmaking.requests.sides import HALVES


@dataclass(frozen=True)
class Wish:
    """A half-day ('am', 'pm') or a slot (from 1) of the grid; neither: any time."""

    half: str | None = None
    slot: int | None = None

    def __bool__(self) -> bool:
        return self.half is not None or self.slot is not None


@dataclass(frozen=True)
class Cell:
    """A slot as both calendars show it: free or not, never with whom."""

    slot: SlotTime
    mine: bool
    theirs: bool

    @property
    def is_free(self) -> bool:
        """Whether both could meet then."""
        return self.mine and self.theirs


def read_wish(text: str, slots: Sequence[SlotTime]) -> Wish:
    """'', 'am', 'pm' or the number of a slot of the grid. Refused: anything else."""
    text = text.strip()
    if not text:
        return Wish()
    if text in HALVES:
        return Wish(half=text)
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= len(slots):
        return Wish(slot=int(text))
    raise Refused(say("This is not a time at which meetings are held. Choose one of the list."))


def begun(slots: Sequence[SlotTime], at: datetime) -> frozenset[int]:
    """The numbers of slots that have begun and are for nobody any more; none once the last one has, when
    only the dates of phases say what is possible."""
    found = frozenset(slot.number for slot in slots if slot.starts_at <= at)
    return found if len(found) < len(slots) else frozenset()


def calendar(
    slots: Sequence[SlotTime], mine: Collection[int], theirs: Collection[int], at: datetime
) -> list[Cell]:
    """Every slot with who is free; `mine` and `theirs` are the numbers of slots that are taken."""
    over = begun(slots, at)
    return [
        Cell(slot, slot.number not in over and slot.number not in mine,
             slot.number not in over and slot.number not in theirs)
        for slot in slots
    ]  # fmt: skip


def insist_free(
    wish: Wish, slots: Sequence[SlotTime], mine: Collection[int], theirs: Collection[int], at: datetime
) -> None:
    """Refuse a time at which one of the two cannot meet."""
    cells = calendar(slots, mine, theirs, at)
    if wish.slot in begun(slots, at):
        raise Refused(say("That time is over. Choose a later one."))
    if wish.slot is not None:
        cell = cells[wish.slot - 1]
        if not cell.mine:
            raise Refused(say("You are not free at that time. Choose another one."))
        if not cell.theirs:
            raise Refused(say("They are not free at that time. Choose another one."))
    if wish.half is not None and not any(
        cell.is_free and cell.slot.is_morning == (wish.half == "am") for cell in cells
    ):
        raise Refused(say("No slot of that half-day is free for both of you. Choose another time."))
