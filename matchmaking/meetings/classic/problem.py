"""What the classical form is given: participants, meetings and slots count from 1, as in its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Half = Literal["am", "pm"]


@dataclass(frozen=True)
class Meeting:
    """Participant `a` meets participant `b`, in the morning or afternoon only when `half` says so."""

    a: int
    b: int
    half: Half | None = None


@dataclass(frozen=True)
class Problem:
    """The business-to-business meeting scheduling problem of Bofill, Pesant and others, as we read it.

    Slots 1 … morning_slots are the morning. Of each participant `unavailable` holds the slots it cannot use,
    of each meeting `fixed` its slot or 0, and `precedences` the meetings that must come in an earlier slot.
    A break is one maximal group of idle slots between two consecutive meetings of a participant. Where the
    published descriptions leave it open we assumed: an unavailable slot between two meetings is idle like
    any other, noon does not part the day, two meetings of the same pair are two meetings, and
    `max_break_difference` compares all participants, those without a break (or a meeting) included.
    """

    participants: int
    tables: int
    slots: int
    morning_slots: int
    meetings: tuple[Meeting, ...]
    unavailable: tuple[frozenset[int], ...]
    fixed: tuple[int, ...]
    precedences: tuple[tuple[int, ...], ...]
    max_break_difference: int | None = None

    @cached_property
    def meetings_of(self) -> dict[int, list[int]]:
        """Participant → its meetings, both counted from 1; those without a meeting are left out."""
        found: dict[int, list[int]] = {}
        for number, meeting in enumerate(self.meetings, 1):
            for who in (meeting.a, meeting.b):
                found.setdefault(who, []).append(number)
        return found

    @cached_property
    def order(self) -> tuple[tuple[int, int], ...]:
        """Every (earlier, later) pair of meetings, each once."""
        pairs = ((first, later) for later, before in enumerate(self.precedences, 1) for first in before)
        return tuple(dict.fromkeys(pairs))
