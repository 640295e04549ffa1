"""Solve the agenda: gather, solve, check, keep the answer. Nothing in force changes."""

from collections import Counter
from collections.abc import Callable
from time import process_time
from typing import Any

from sqlmodel import Session

from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.meetings.agenda import checker
from matchmaking.meetings.agenda.problem import Agenda, LockError, PairCode, Problem, ScoreError
from matchmaking.meetings.answers import pack
from matchmaking.meetings.asking import places_of, problem_of, without
from matchmaking.meetings.models import AgendaRun
from matchmaking.meetings.services.gathering import Market, market_of

ROUNDS = 4_000_000
KINDS = ("whole", "rest", "repair")


def work_out(
    session: Session,
    edition: Edition,
    *,
    kind: str = "whole",
    seed: int = 1,
    rounds: int = ROUNDS,
    progress: Callable | None = None,
    cancelled: Callable[[], bool] | None = None,
    job_id: int | None = None,
    user_id: int | None = None,
) -> AgendaRun:
    """A run with its answer, which nobody sees but organisers until it is published.

    `kind` is one of KINDS (see `AgendaRun`). Refused without slots, tables or anybody to bring together.
    """
    market = market_of(session, edition)
    if not market.slots or not market.ask.desks:
        raise Refused(say("This edition has no meeting slots or tables yet. Set them in its settings first."))
    if not market.ask.wishes and not market.ask.current:
        raise Refused(say("No buyer's need meets any product yet, so there is nobody to bring together."))
    began = process_time()
    asked = problem_of(market.ask, kind)
    problem, agenda = _solved(asked, seed, rounds, progress, cancelled)
    run = _kept(market, problem, agenda, set(asked.locks) - set(problem.locks))
    run.edition_id, run.kind, run.seed, run.rounds = edition.id, kind, seed, rounds
    run.job_id, run.created_by = job_id, user_id
    run.figures |= {"cpu_s": round(process_time() - began, 2), "stopped": bool(cancelled and cancelled())}
    session.add(run)
    session.flush()
    return run


def _solved(
    problem: Problem, seed: int, rounds: int, progress: Callable | None, cancelled: Callable | None
) -> tuple[Problem, Agenda]:
    """The agenda, agreed times given up where they cannot be."""
    from matchmaking.meetings.agenda.solve import build_agenda

    while True:
        try:
            agenda = build_agenda(problem, seed=seed, rounds=rounds, progress=progress, cancelled=cancelled)
        except LockError as error:
            looser = without(problem, error.clashes)
            if looser is None:
                raise Refused(
                    say("Some fixed meetings cannot be held together. Unlock one of them: %(which)s.",
                        which=str(error))
                ) from error  # fmt: skip
            problem = looser
            continue
        except ScoreError as error:
            raise Refused(
                say("The scores are too large to be added up. Make them all a thousand times smaller.")
            ) from error
        wrong = checker.violations(problem, agenda)
        if wrong:
            raise Refused(say("The agenda broke %(count)s rules and was thrown away.", count=len(wrong)))
        return problem, agenda


def _kept(market: Market, problem: Problem, agenda: Agenda, given_up: set[tuple]) -> AgendaRun:
    from matchmaking.meetings.agenda.baseline import greedy_agenda

    unmet = agenda.unmet | _not_kept(agenda, given_up)
    return AgendaRun(
        state="done",
        based_on=market.version,
        seed=agenda.seed,
        rounds=0,
        objective=agenda.objective,
        bound=agenda.bound,
        baseline=greedy_agenda(problem).objective,
        breaks=agenda.breaks,
        violations=0,
        requests=len(problem.pairs),
        unmet=dict(Counter(unmet.values())),
        figures=_figures(problem, agenda),
        curve=[list(point) for point in agenda.curve],
        answer=pack(
            places_of(market.ask, agenda),
            ((int(b[1:]), int(x[1:]), code) for (b, x), code in unmet.items()),
        ),
    )


def _not_kept(agenda: Agenda, given_up: set[tuple]) -> dict[PairCode, str]:
    """Agreed times that could not be kept: whether the two meet at another time, or not at all."""
    slots = {(buyer, supplier): slot for buyer, supplier, slot, _table in agenda.meetings}
    return {
        (buyer, supplier): "agreed_time_moved" if (buyer, supplier) in slots else "agreed_time_lost"
        for buyer, supplier, slot in given_up
        if slots.get((buyer, supplier)) != slot and agenda.unmet.get((buyer, supplier)) != "forbidden"
    }


def _figures(problem: Problem, agenda: Agenda) -> dict[str, Any]:
    """What the independent checker counts; waiting is split by side."""
    worth = checker.score_of(problem, agenda)
    met = {code for m in agenda.meetings for code in m[:2]}
    asked = {code for pair in problem.pairs for code in pair.code}
    buyers = {checker.sitting(agenda, m)[0] for m in agenda.meetings}
    idle = {
        who: checker.idle_slots(places, problem.day_length)
        for who, places in checker.busy_by_person(agenda).items()
    }
    return {
        "meetings": len(agenda.meetings),
        "score": worth.score,
        "gap_pct": round(agenda.gap_pct, 6),
        "musts": worth.musts,
        "musts_bound": agenda.musts_bound,
        "most_breaks": worth.most_breaks,
        "buyer_idle": sum(slots for who, slots in idle.items() if who in buyers),
        "exhibitor_idle": sum(slots for who, slots in idle.items() if who not in buyers),
        "table_moves": worth.table_moves,
        "without_meeting": len(asked - met),
        "shortfall": worth.shortfall,
        "changes": agenda.changes,
    }
