"""The whole main job on the reference edition, step by step: from a folder of files to printed papers."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlmodel import Session

from expo.allocation import services as allocation
from expo.editions.models import Edition
from expo.editions.services import edition_by_code
from expo.errors import Refused
from expo.forums import services as forums
from expo.forums.timetable.problem import DEFAULT_ROUNDS
from expo.words import say
from matchmaking.demo import services
from matchmaking.demo.cli.papers import PAPERS, Paper, write_papers
from matchmaking.demo.edition import CODE
from matchmaking.demo.services.figures import counts, deal_figures
from matchmaking.folder.services import import_edition, read_folder
from matchmaking.meetings import services as meetings


class Report(Protocol):
    """Who is told how far the job is."""

    def begin(self, step: str) -> None: ...

    def progress(self, done: int, total: int, note: str = "") -> None: ...

    def end(self) -> None: ...


@dataclass(frozen=True)
class Budget:
    """How long the solvers search; `seeds` timetables are compared for the spread."""

    stands: int = 200_000
    timetable: int = DEFAULT_ROUNDS
    seeds: int = 3
    agenda: int = meetings.ROUNDS

    @classmethod
    def quick(cls) -> "Budget":
        """For a first look and for tests."""
        return cls(5_000, 1_500_000, 2, 40_000)


@dataclass
class Job:
    """The job as it goes: what it works on, whom it tells, and what it found."""

    session: Session
    out: Path
    seed: int
    budget: Budget
    report: Report
    seconds: dict[str, float] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, title: str) -> Iterator[None]:
        """Time a step and commit what it did."""
        self.report.begin(title)
        started = time.perf_counter()
        yield
        self.session.commit()
        self.seconds[name] = round(time.perf_counter() - started, 2)
        self.report.end()


def run_main_job(
    session: Session,
    out: Path,
    seed: int,
    budget: Budget,
    report: Report,
    papers: Mapping[str, Paper] = PAPERS,
) -> dict[str, Any]:
    """Do everything and write summary.json beside the papers; answers the summary.

    An edition of the reference's code that is there already is worked on as it is. If it has deals already,
    its meetings and deals are kept. Each step is committed. Refused as its parts refuse.
    """
    job = Job(session, out, seed, budget, report)
    edition = _imported(job)
    _placed(job, edition)
    _traded(job, edition)
    _scheduled(job, edition)
    _met(job, edition)
    _printed(job, edition, papers)
    summary = _summary(job, edition)
    (out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return summary


def _imported(job: Job) -> Edition:
    folder = job.out / "edition"
    with job.step("folder", "Writing the edition folder"):
        services.write_folder(folder, job.seed)
    with job.step("import", "Importing the folder"):
        edition = edition_by_code(job.session, CODE)
        if edition is None:
            parsed, problems = read_folder(folder)
            if problems:
                raise Refused(say("The folder has %(count)s problems.", count=len(problems)))
            edition = import_edition(job.session, parsed)
    return edition


def _placed(job: Job, edition: Edition) -> None:
    with job.step("allocation", "Allocating stands"):
        run = allocation.solve(
            job.session,
            edition,
            job.seed,
            job.budget.stands,
            progress=lambda done, total, points, *_: job.report.progress(done, total, f"{points:,} points"),
        )
        allocation.publish(job.session, run)
    job.found["allocation"] = {
        "objective": run.objective,
        "bound": run.bound,
        "gap_pct": round(_gap(run.objective, run.bound), 3),
        "baseline": run.baseline,
        "unplaced": run.unplaced,
    }
    job.found["violations"] = {"allocation": run.violations}


def _traded(job: Job, edition: Edition) -> None:
    with job.step("trade", "Selling stands and services"):
        services.trade(job.session, edition)
        services.plan_choosing(job.session, edition)


def _gap(objective: float | None, bound: float | None) -> float:
    """How far below the bound an objective is, in per cent; 0 where nothing is bounded."""
    return 100 * (bound - objective) / bound if bound and objective is not None else 0.0


def _scheduled(job: Job, edition: Edition) -> None:
    with job.step("timetable", "Building the timetable"):
        run = forums.build(
            job.session,
            edition,
            job.seed,
            job.budget.timetable,
            progress=lambda done, total, cost, *_: job.report.progress(done, total, f"cost {cost:,.0f}"),
        )
    with job.step("spread", "Comparing with other seeds"):
        from expo.forums.timetable.spread import best_and_spread

        seeds = range(job.seed, job.seed + job.budget.seeds)
        spread = best_and_spread(forums.problem_of(job.session, edition), seeds, job.budget.timetable)
    with job.step("release", "Releasing the timetable"):
        version = forums.release(job.session, edition).version
    job.found["violations"]["timetable"] = len(forums.violations_now(job.session, edition))
    with job.step("stage", "Calling, rehearsing, changing"):
        services.stage(job.session, edition, job.seed)
    with job.step("registration", "Opening the registration"):
        services.open_registration(job.session, edition, job.seed)
    job.found["timetable"] = {
        "version": version,
        "objective": run.total,
        "bound": None,
        "parts": run.parts,
        "spread_pct": round(spread.percent, 2),
        "unplaced": run.unplaced,
    }


def _met(job: Job, edition: Edition) -> None:
    run = meetings.latest_run(job.session, edition)
    if run is None or not counts(job.session, edition)["deals"]:
        with job.step("agenda", "Solving the meeting agenda"):
            run = meetings.solve(
                job.session,
                edition,
                seed=job.seed,
                rounds=job.budget.agenda,
                progress=lambda done, total, _score, _bound, breaks, _step: job.report.progress(
                    done, total, f"{breaks:,} breaks"
                ),
            )
        with job.step("deals", "Holding meetings, closing deals"):
            services.hold_meetings(job.session, edition, job.seed)
            services.live(job.session, edition, job.seed)
            services.close_deals(job.session, edition, job.seed)
    job.found["violations"]["agenda"] = run.violations
    job.found["agenda"] = {
        "objective": run.objective,
        "bound": run.bound,
        "gap_pct": round(_gap(run.objective, run.bound), 5),
        "breaks": run.breaks,
        "unmet": run.unmet,
    }


def _printed(job: Job, edition: Edition, papers: Mapping[str, Paper]) -> None:
    files = {}
    with job.step("papers", "Printing"):
        for name, size in write_papers(job.session, edition, job.out, papers):
            files[name] = size
            job.report.progress(len(files), len(papers), name)
    job.found["files"] = files


def _summary(job: Job, edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition.code,
        "seed": job.seed,
        "counts": counts(job.session, edition),
        "deals": deal_figures(job.session, edition),
        "hard_violations": sum(job.found["violations"].values()),
        **job.found,
        "seconds": job.seconds,
    }
