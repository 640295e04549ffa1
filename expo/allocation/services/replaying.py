"""Solving a run once more from its stored input, to prove that it was what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from expo.allocation import inputs
from expo.allocation.models import AllocationInput, AllocationReplay, AllocationRun
from expo.allocation.problem import Problem
from expo.allocation.services.solving import was_cut_short
from expo.errors import Refused
from expo.words import Sentence, say, say_many

if TYPE_CHECKING:
    from expo.allocation.allocate import Progress


@dataclass(frozen=True)
class Replayed:
    """What came out: how many exhibitors stand elsewhere than in the run, and the points now and then."""

    differing: int
    objective: float
    former: float
    version: str
    former_version: str

    @property
    def same(self) -> bool:
        """Whether the same plan with the same points came out."""
        return not self.differing and self.objective == self.former

    def in_words(self) -> Sentence:
        """The finding as a sentence, with the versions where they differ."""
        if self.same and self.version == self.former_version:
            return say("The same plan came out, stand for stand.")
        versions = {"then": self.former_version, "now": self.version}
        if self.same:
            return say(
                "The same plan came out, stand for stand, though the run was solved by version %(then)s of"
                " the solver and repeated by version %(now)s.",
                **versions,
            )
        if self.version != self.former_version:
            return say_many(
                "Another plan came out for %(n)s exhibitor. The run was solved by version %(then)s of the"
                " solver, this is version %(now)s: repeat it with the former one.",
                "Another plan came out for %(n)s exhibitors. The run was solved by version %(then)s of the"
                " solver, this is version %(now)s: repeat it with the former one.",
                "n",
                n=self.differing,
                **versions,
            )
        return say_many(
            "Another plan came out for %(n)s exhibitor, by the same version of the solver: somebody has"
            " tampered with the run, or the libraries differ.",
            "Another plan came out for %(n)s exhibitors, by the same version of the solver: somebody has"
            " tampered with the run, or the libraries differ.",
            "n",
            n=self.differing,
        )


def input_of(session: Session, run: AllocationRun) -> Problem:
    """What the run was asked, from what was stored with it. Refused when nothing was, or it was changed."""
    return inputs.from_plain(stored(session, run))


def stored(session: Session, run: AllocationRun) -> dict[str, Any]:
    """The same as the JSON that was stored."""
    row = session.get(AllocationInput, run.input_id) if run.input_id else None
    if row is None:
        raise Refused(say("This run was made before runs kept their input, so it cannot be repeated."))
    plain = inputs.unpacked(row.content)
    if inputs.digest(plain) != run.input_digest:
        raise Refused(say("The stored input is not the one that the run was made of. Ask an administrator."))
    return plain


def replay(session: Session, run: AllocationRun, progress: Progress | None = None) -> Replayed:
    """Solve the stored input again with the run's seed and rounds.

    Refused when the run was stopped before its end, was edited by hand or has no stored input.
    """
    from expo.allocation.allocate import SOLVER_VERSION, allocate

    if run.state == "running":
        raise Refused(say("This run has not finished yet."))
    if run.kind == "hand":
        raise Refused(
            say("This plan was edited by hand, so there is nothing to solve again. Its check stands.")
        )
    if was_cut_short(run):
        raise Refused(say("This run was stopped before its end, so it cannot be repeated."))
    answer = allocate(input_of(session, run), seed=run.seed, rounds=run.rounds, progress=progress)
    again = {code: sorted(units) for code, units in answer.placements.items()}
    before = {code: sorted(units) for code, units in run.placements.items()}
    return Replayed(
        differing=sum(again.get(code) != before.get(code) for code in again.keys() | before.keys()),
        objective=answer.objective,
        former=run.objective or 0,
        version=SOLVER_VERSION,
        former_version=run.solver_version,
    )


def note_replay(
    session: Session, run: AllocationRun, found: Replayed, user_id: int | None = None
) -> AllocationReplay:
    """Keep that it was repeated, and with what result."""
    row = AllocationReplay(
        edition_id=run.edition_id, run_id=run.id, same=found.same, differing=found.differing,
        objective=found.objective, solver_version=found.version, replayed_by=user_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def evidence(session: Session, run: AllocationRun) -> dict:
    """All an auditor needs to repeat the run elsewhere: the input, what it was asked with, the answer."""
    return {
        "format": inputs.EVIDENCE,
        "run": run.id,
        "kind": run.kind,
        "seed": run.seed,
        "rounds": run.rounds,
        "solver_version": run.solver_version,
        "libraries": run.libraries,
        "settings": run.settings,
        "input_sha256": run.input_digest,
        "answer": {
            "objective": run.objective,
            "bound": run.bound,
            "violations": run.violations,
            "placements": run.placements,
            "unplaced": run.unplaced,
        },
        "input": stored(session, run),
    }
