"""Solving the timetable as a job that a worker runs."""

from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.forums import queries, services
from expo.forums.services.asking import WEIGHTS
from expo.forums.timetable.problem import DEFAULT_ROUNDS, Weights
from expo.jobs.handlers import handler
from expo.words import say

MOST_ANSWERS = 4
"""As many as can be looked at side by side."""


@handler("timetable.solve")
def solve(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Solve for one or more seeds and keep every answer; with `take` the best becomes the working timetable.

    Arguments: way ("solve" or "replan"), seed, rounds, answers, weights, change_price, take; all may be
    left out. Run again, it starts afresh.
    """
    edition, asked = session.get_one(Edition, job.edition_id), job.arguments
    seed, rounds = int(asked.get("seed", edition.seed)), int(asked.get("rounds", DEFAULT_ROUNDS))
    answers = min(MOST_ANSWERS, max(1, int(asked.get("answers", 1))))
    made = []
    for number in range(answers):
        if made and report.cancelled():
            break
        made.append(
            services.solve(
                session,
                edition,
                services.Asked(
                    asked.get("way", "solve"),
                    seed + number,
                    rounds,
                    Weights(**asdict(WEIGHTS) | asked.get("weights", {})),
                    asked.get("change_price"),
                ),
                progress=_told(report, number, answers),
                cancelled=report.cancelled,
                user_id=job.created_by,
            )
        )
    best = min(made, key=lambda run: (run.hard, run.total))
    if asked.get("take", True):
        services.take(session, edition, best)
    return {"run": best.id, "hard": best.hard, "total": best.total} | _link(made, best)


@handler("timetable.repeat")
def repeat(session: Session, job: Any, report: Any) -> dict[str, Any]:
    """Solve a run's stored input once more and note whether the same answer came out; argument: run."""
    edition = session.get_one(Edition, job.edition_id)
    run = queries.run_of(session, edition, int(job.arguments["run"]))
    services.repeat(session, run, _told(report, 0, 1))
    return {"same": run.repeated_differing == 0} | _link([run], run)


def _told(report: Any, number: int, answers: int):
    """The solver's progress in words, the answers one after the other."""

    def progress(done: int, total: int, objective: float, hard: int, _message: str) -> None:
        message = (
            say("Moving and swapping talks; %(minutes)s minutes of conflict are left.", minutes=hard)
            if hard
            else say("Moving and swapping talks; nothing collides any more.")
        )
        report.progress(number * total + done, answers * total, objective=objective, message=message)

    return progress


def _link(made: list, best: Any) -> dict[str, Any]:
    if len(made) > 1:
        values = {"run": [run.id for run in sorted(made, key=lambda run: (run.hard, run.total))]}
        return {"link": {"endpoint": "forums.solve_compare", "values": values}}
    return {"link": {"endpoint": "forums.solve_detail", "values": {"run_id": best.id}}}
