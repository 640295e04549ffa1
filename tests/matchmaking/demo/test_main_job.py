"""The whole main job, with small budgets and without the slow papers."""

import json
import tomllib
from collections import Counter
from dataclasses import dataclass, field

from sqlmodel import select

from expo.editions.services import edition_by_code
from expo.exhibitors.models import Invoice, Partnership
from expo.orders import services as orders
from expo.orders.models import Permit
from expo.selection.models import Round, WaitingWish
from matchmaking.demo.cli.main_job import Budget, run_main_job
from matchmaking.demo.cli.papers import PAPERS

BUDGET = Budget(stands=2_000, timetable=1_500_000, seeds=1, agenda=10_000)
QUICK = {name: make for name, make in PAPERS.items() if not name.endswith((".pdf", ".xlsx"))}


@dataclass
class Told:
    """Keeps what a report is told."""

    steps: list[str] = field(default_factory=list)
    far: list[tuple[int, int]] = field(default_factory=list)

    def begin(self, step: str) -> None:
        self.steps.append(step)

    def progress(self, done: int, total: int, note: str = "") -> None:
        self.far.append((done, total))

    def end(self) -> None:
        pass


def stood_for(session) -> dict:
    """What there is to see around the stands."""
    edition = edition_by_code(session, "qingdao-2023")
    papers = Counter(session.exec(select(Invoice.kind)).all())
    return {
        **papers,
        "overdue": len(orders.overdue(session, edition)),
        "services": len(orders.services_of(session, edition.id)),
        "permits": Counter(session.exec(select(Permit.state)).all()),
        "partners": Counter(session.exec(select(Partnership.state)).all()),
        "waiting": len(session.exec(select(WaitingWish.id)).all()),
        "rounds": Counter(session.exec(select(Round.state)).all()),
    }


def test_one_command_runs_the_expo_through_and_breaks_no_rule(app, session, tmp_path):
    told = Told()
    with app.app_context():
        summary = run_main_job(session, tmp_path, 2023, BUDGET, told, QUICK)
    counts = summary["counts"]
    assert summary["violations"] == {"allocation": 0, "timetable": 0, "agenda": 0}
    assert (counts["exhibitors"], counts["countries"], counts["forums"]) == (330, 34, 6)
    assert counts["gross_m2"] == counts["zones_gross_m2"] == 44_000
    assert (counts["talks_placed"], summary["allocation"]["unplaced"]) == (120, [])
    assert counts["meetings"] > 5_000
    assert 900_000_000 < float(summary["deals"]["purchases_total"]) < 1_100_000_000
    assert json.loads((tmp_path / "summary.json").read_text("utf-8")) == json.loads(json.dumps(summary))
    assert sorted(summary["files"]) == sorted(QUICK)
    assert all((tmp_path / name).stat().st_size == size > 1_000 for name, size in summary["files"].items())
    assert tomllib.loads((tmp_path / "edition" / "edition.toml").read_text("utf-8"))["code"] == "qingdao-2023"
    assert stood_for(session) == {
        "invoice": 42,
        "credit_note": 1,
        "overdue": 5,
        "services": 12,
        "permits": {"granted": 1, "returned": 1, "submitted": 2},
        "partners": {"accepted": 4, "asked": 2},
        "waiting": 4,
        "rounds": {"draft": 1},
    }
    assert len(told.steps) == len(summary["seconds"])
    assert all(0 <= done <= total for done, total in told.far)
