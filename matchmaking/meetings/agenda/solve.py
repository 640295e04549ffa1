"""Build the agenda: flow, chains into slots, repair, then idle groups closed with the meetings fixed."""

from collections.abc import Callable

import numpy as np

from . import board as moves
from .board import Board
from .bound import Bound, bound_of, gap_pct, objective_of, tightened
from .checker import score_of
from .encoding import Encoded, encode
from .explain import unmet
from .flow import Choice, Weights, choose, weigh
from .opening import open_board
from .problem import Agenda, LockError, Pair, PairCode, Party, Person, Problem
from .seating import give_tables

Progress = Callable[[int, int, float, float | None, int, str], None]
ROUNDS = 4_000_000
CHUNKS = 40
PATIENCE = 12
"""Repair gives up after so many chunks without a better agenda."""

WARMTH = 0.04
"""Repair starts by keeping losses of about this part of a median score."""

REPAIR_SHARE = 200
"""One repair costs about as much as this many turned chains, so it gets this part of the rounds."""

HOT, COLD = 10.0, 2.0
"""Temperatures of the gap closing; an idle slot of a buyer weighs 33."""


def build_agenda(
    problem: Problem,
    *,
    seed: int = 0,
    rounds: int = ROUNDS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Agenda:
    """The best agenda found within `rounds` chain turnings; the same input gives the same answer.

    `progress` is told (rounds done, rounds in all, objective, bound, breaks, step), the bound None where it
    is not known yet and the step one of "choose", "place", "repair", "close_gaps", "done". When `cancelled`
    says so, the best agenda so far is returned. Raises LockError if the locked meetings cannot all be held,
    ScoreError if the scores are too large.
    """
    return _Build(problem, seed, rounds, progress or (lambda *_: None), cancelled or (lambda: False)).run()


def warm_up() -> None:
    """Compile every move on a problem that needs them all, so that nobody waits for it later."""
    parties = (Party("b0", "buyer"), Party("b1", "buyer"), Party("s0", "supplier"), Party("s1", "supplier"))
    pairs = (Pair("b1", "s0", 1.0), Pair("b1", "s1", 1.0))
    clash = tuple((p.code, q.code) for p in pairs for q in pairs if p != q)
    locks = (("b0", "s0", 0), ("b0", "s1", 2))
    parties += (Party("b2", "buyer", people=(Person("x"), Person("y"))),)
    pairs += (Pair("b2", "s0", 1.0), Pair("b2", "s1", 1.0))
    problem = Problem(parties, pairs, 3, 3, 2, locks=locks, precedences=clash)
    build_agenda(problem, rounds=CHUNKS)


class _Build:
    """One run of the solver: the encoded problem, the board, and the curve so far."""

    def __init__(self, problem: Problem, seed: int, rounds: int, progress: Progress, cancelled) -> None:
        self.problem, self.seed, self.rounds = problem, seed, rounds
        self.progress, self.cancelled = progress, cancelled
        self.curve: list[tuple[int, float, int]] = []
        self.done = 0

    def run(self) -> Agenda:
        self.progress(0, self.rounds, 0.0, None, 0, "choose")
        self.encoded: Encoded = encode(self.problem)
        self.weights: Weights = weigh(self.encoded)
        self.choice: Choice = choose(self.encoded, self.weights)
        self.bound: Bound = bound_of(self.encoded, self.weights, self.choice)
        self.board: Board = open_board(self.encoded, self.weights, self.seed)
        self._place()
        self._note("place")
        self._repair()
        self._refuse_lost_locks()
        self._tighten_bound()
        self._close_gaps()
        agenda = self._agenda()
        self.progress(self.rounds, self.rounds, agenda.objective, agenda.bound, agenda.breaks, "done")
        return agenda

    def _place(self) -> None:
        """Locks at their slots first, then other locks, then the chosen edges, the least movable first."""
        e, chosen = self.encoded, self.choice.chosen
        ways = e.allowed[chosen].sum(1)
        at_home = e.home[chosen] >= 0
        order = np.lexsort((chosen, -self.weights.edge[chosen], ways, ~at_home, ~e.locked[chosen]))
        moves.insert_all(self.board, chosen[order].astype(np.int64))
        if self.board.total[0] < self._goal():
            self._fill()

    def _goal(self) -> int:
        """The value of the flow's choice, which no agenda exceeds."""
        return self.choice.musts * self.weights.must + self.choice.rest

    def _fill(self) -> None:
        """Requests the flow did not want may still fit where a chosen one did not."""
        rest = np.flatnonzero((self.board.slot < 0) & self.encoded.allowed.any(1))
        order = np.lexsort((rest, -self.weights.edge[rest]))
        moves.insert_all(self.board, rest[order].astype(np.int64))

    def _repair(self) -> None:
        """Anneal only what the chains could not place; done as soon as the bound is reached."""
        goal = self._goal()
        best_total, best = self.board.total.copy(), self._kept()
        reached, quiet = best_total[0], 0
        share = max(25, self.rounds // REPAIR_SHARE // CHUNKS)
        typical = float(np.median(self.encoded.worth)) if len(self.encoded.worth) else 0.0
        for chunk in range(CHUNKS):
            pool = self._to_repair()
            if best_total[0] >= goal or not len(pool) or quiet == PATIENCE or self.cancelled():
                break
            heat = typical * self.weights.unit * WARMTH * (1 - chunk / CHUNKS) ** 2
            moves.repair(self.board, pool, self._wanted(), share, heat, *best, best_total)
            self._note("repair")
            quiet = 0 if best_total[0] > reached else quiet + 1
            reached = best_total[0]
        self._restore(best)

    def _to_repair(self) -> np.ndarray:
        """Requests not held that could be, and meetings off their old slot."""
        slot, e = self.board.slot, self.encoded
        missing = (slot < 0) & e.allowed.any(1)
        strayed = (slot >= 0) & (e.home >= 0) & (slot != e.home) & ~e.locked
        strayed &= self.weights.stay > 0
        return np.flatnonzero(missing | strayed)

    def _wanted(self) -> np.ndarray:
        """What the flow chose and the board does not hold."""
        chosen = self.choice.chosen
        return chosen[self.board.slot[chosen] < 0].astype(np.int64)

    def _kept(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """When each edge is held, and by whom."""
        return self.board.slot.copy(), self.board.left.copy(), self.board.right.copy()

    def _restore(self, kept: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
        """The board again as it was."""
        slots, left, right = kept
        if all((a == b).all() for a, b in zip(self._kept(), kept, strict=True)):
            return
        fresh = open_board(self.encoded, self.weights, self.seed)
        for e in np.flatnonzero(slots >= 0):
            fresh.cursor[0] = 0
            moves.seat(fresh, int(e), int(slots[e]), int(left[e]), int(right[e]))
        fresh.cursor[0] = 0
        self.board = fresh._replace(random=self.board.random)

    def _refuse_lost_locks(self) -> None:
        lost = np.flatnonzero(self.encoded.locked & (self.board.slot < 0))
        if len(lost):
            raise LockError(tuple(("no_slot_left", *self.encoded.pairs[e].code) for e in lost))

    def _tighten_bound(self) -> None:
        """Where the flow's bound was not reached, look closer before saying how far off the agenda is."""
        held = int((self.encoded.must & (self.board.slot >= 0)).sum())
        rest = int(self.board.total[0]) - held * self.weights.must
        behind = objective_of(self.encoded, self.weights, rest) < self.bound.objective
        if (held < self.choice.musts or behind) and not self.cancelled():
            self.bound = tightened(self.encoded, self.weights, self.choice, held)

    def _close_gaps(self) -> None:
        """Cool geometrically from HOT to COLD; kept only if it ends with fewer idle groups than it began."""
        best_kept, best = self._kept(), moves.all_breaks(self.board)
        share = max(1, self.rounds // CHUNKS)
        cooling = (COLD / HOT) ** (1 / CHUNKS)
        for chunk in range(CHUNKS):
            if best == 0 or self.cancelled():
                break
            hot = HOT * cooling**chunk
            moves.close_gaps(self.board, share, hot, hot * cooling)
            self.done += share
            breaks = moves.all_breaks(self.board)
            if breaks < best:
                best_kept, best = self._kept(), breaks
            self._note("close_gaps")
        self._restore(best_kept)

    def _note(self, step: str) -> None:
        held = int((self.encoded.must & (self.board.slot >= 0)).sum())
        rest = int(self.board.total[0]) - held * self.weights.must
        objective = objective_of(self.encoded, self.weights, rest)
        self.curve.append((self.done, objective, int(moves.all_breaks(self.board))))
        self.progress(self.done, self.rounds, objective, self.bound.objective, self.curve[-1][2], step)

    def _agenda(self) -> Agenda:
        slots = {
            pair.code: int(t) for pair, t in zip(self.encoded.pairs, self.board.slot, strict=True) if t >= 0
        }
        people = self._people()
        meetings = give_tables(self.problem, slots, people, quickly=self.cancelled())
        worth = score_of(self.problem, Agenda(meetings, 0.0, 0.0, 0.0, 0, people=people))
        met = np.bincount(
            np.concatenate([self.encoded.left, self.encoded.right])[np.tile(self.board.slot >= 0, 2)],
            minlength=len(self.encoded.codes),
        )
        missing = np.clip(self.encoded.least - met, 0, None)
        return Agenda(
            meetings=meetings,
            objective=worth.objective,
            bound=self.bound.objective,
            gap_pct=gap_pct(worth.musts, worth.objective, self.bound),
            breaks=worth.breaks,
            unmet=unmet(self.encoded, self.board.slot, self.board.left, self.board.right),
            curve=tuple(self.curve),
            seed=self.seed,
            musts=worth.musts,
            musts_bound=self.bound.musts,
            short={self.encoded.codes[x]: int(missing[x]) for x in np.flatnonzero(missing)},
            changes=worth.changes,
            people=people,
            table_moves=worth.table_moves,
        )

    def _people(self) -> dict[PairCode, tuple[str, str]]:
        """Who sits in which meeting, where parties have several people."""
        if not any(p.people for p in self.problem.parties):
            return {}
        board, names = self.board, self.encoded.people
        return {
            self.encoded.pairs[e].code: (names[board.left[e]], names[board.right[e]])
            for e in np.flatnonzero(board.slot >= 0)
        }
