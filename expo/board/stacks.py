"""What a person can take back and do again, from the list of what they did."""

from collections.abc import Iterable
from typing import NamedTuple


class Done(NamedTuple):
    """An act of one person: number, kind and the act it takes back (None for a fresh one)."""

    id: int
    kind: str
    undoes: int | None


def stacks(acts: Iterable[Done]) -> tuple[list[int], list[int]]:
    """(acts to take back, acts to do again), oldest first, from one person's acts, oldest first.

    What is done again counts as an act of its own, and something fresh forgets what was taken back.
    """
    back: list[int] = []
    again: list[int] = []
    for act in acts:
        if act.kind == "undo":
            if act.undoes in back:
                back.remove(act.undoes)
            again.append(act.id)
        elif act.kind == "redo":
            if act.undoes in again:
                again.remove(act.undoes)
            back.append(act.id)
        else:
            back.append(act.id)
            again.clear()
    return back, again
