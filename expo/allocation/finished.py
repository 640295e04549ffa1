"""The floor as it stands at the end: who has which block, what it cost, what is still free."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from expo.allocation import priority
from expo.allocation.bound import blocks_for
from expo.allocation.placing import keeps_distance, opening, worth
from expo.allocation.prepare import NOWHERE, Prepared, prepare
from expo.allocation.problem import Allocation, Problem, Unit


class Finished:
    """The finished floor, with who stands where and what each unit is worth."""

    def __init__(self, problem: Problem, allocation: Allocation, prices: Mapping[str, float]):
        self.problem, self.placements = problem, allocation.placements
        self.prepared: Prepared = prepare(problem)
        self.applicants = {applicant.code: applicant for applicant in problem.applicants}
        self.turn = {code: turn for turn, code in enumerate(priority.order(problem), 1)}
        self.weight = priority.weights(problem)
        floor = self.prepared.floor
        self.price = np.array([prices.get(unit.code, 0.0) for unit in floor.units])
        self.owner: dict[int, str] = {}
        for code, units in allocation.placements.items():
            self.owner |= {floor.index[unit]: code for unit in units if unit in floor.index}
        self.state = opening(self.prepared, 0)
        self._seat_everybody()

    def block(self, lead: str) -> list[Unit]:
        """The units of a whole party."""
        index, units = self.prepared.floor.index, self.prepared.floor.units
        party = (lead, *self.prepared.members.get(lead, ()))
        return [units[index[u]] for code in party for u in self.placements.get(code, ()) if u in index]

    def area_of(self, code: str) -> int:
        """A unit's area in cm², 0 for one that is gone."""
        index = self.prepared.floor.index
        return int(self.prepared.floor.area[index[code]]) if code in index else 0

    def members_of(self, block: int) -> np.ndarray:
        """Unit numbers of a block."""
        blocks = self.prepared.blocks
        return blocks.units[blocks.unit_first[block] : blocks.unit_first[block + 1]]

    def names(self, block: int) -> tuple[str, ...]:
        """Unit codes of a block."""
        return tuple(self.prepared.floor.units[u].code for u in self.members_of(block))

    def candidates(self, party: int) -> np.ndarray:
        """Blocks the party might have had on an empty floor."""
        if self.prepared.crowd.need[party] <= 0:
            return np.zeros(0, np.int64)
        return blocks_for(self.prepared, party)

    def free(self, party: int, candidates: np.ndarray) -> list[int]:
        """Those nobody stands on and no rival is near, best first."""
        prepared = self.prepared
        shut = {*self.owner, *(int(u) for u in prepared.blocked)}
        found = [
            (-int(worth(prepared.crowd, prepared.blocks, party, b)), int(b))
            for b in candidates
            if shut.isdisjoint(self.members_of(b).tolist()) and self.at_distance(party, b)
        ]
        return [b for _, b in sorted(found)]

    def at_distance(self, party: int, block: int) -> bool:
        """Whether the party's placed rivals are far enough from the block."""
        return bool(keeps_distance(self.prepared.crowd, self.prepared.blocks, self.state, party, block))

    def _seat_everybody(self) -> None:
        """Find the block of each placed party, for the rule about rivals."""
        blocks = self.prepared.blocks
        for party, lead in enumerate(self.prepared.codes):
            units = sorted(self.prepared.floor.index[unit.code] for unit in self.block(lead))
            if not units or self.state.block[party] != NOWHERE:
                continue
            rect = self.prepared.floor.rect[units]
            corner = units[int(np.lexsort((rect[:, 1], rect[:, 0]))[0])]
            for b in range(blocks.first[corner], blocks.first[corner + 1]):
                if self.members_of(b).tolist() == units:
                    self.state.block[party] = b
