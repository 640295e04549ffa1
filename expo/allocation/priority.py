"""Who comes first: points, then the date paid, then a lottery whose seed is published."""

from __future__ import annotations

import math

from expo.allocation.problem import Applicant, Problem
from expo.points.ranking import turn_key

LEAST, MOST_BY_POINTS, MOST_BY_TURN = 1000, 990, 10


def order(problem: Problem) -> tuple[str, ...]:
    """Applicant codes, first served first."""
    return tuple(applicant.code for applicant in sorted(problem.applicants, key=_turn(problem)))


def weights(problem: Problem) -> dict[str, int]:
    """Applicant code → what its satisfaction counts for, in thousandths: 1000 to 2000 with most points.

    Points make up to 990 of it and the place in the queue up to 10, so equal points are parted by date and
    lottery and by nothing else.
    """
    queue = order(problem)
    most = max((_points(applicant) for applicant in problem.applicants), default=0.0)
    points = {applicant.code: _points(applicant) for applicant in problem.applicants}
    last = max(len(queue) - 1, 1)
    return {
        code: LEAST
        + (int(MOST_BY_POINTS * points[code] / most) if most else 0)
        + MOST_BY_TURN * (len(queue) - 1 - turn) // last
        for turn, code in enumerate(queue)
    }


def _turn(problem: Problem):
    return lambda applicant: turn_key(
        applicant.points, applicant.paid_on, problem.lottery_seed, applicant.code
    )


def _points(applicant: Applicant) -> float:
    return applicant.points if math.isfinite(applicant.points) and applicant.points > 0 else 0.0
