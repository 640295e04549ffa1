"""The whole main job, with small budgets and without the slow papers."""

import json
import tomllib
from dataclasses import dataclass, field

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
    assert len(told.steps) == len(summary["seconds"])
    assert all(0 <= done <= total for done, total in told.far)
