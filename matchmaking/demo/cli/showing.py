"""Progress bars while the main job runs, and the table at its end."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table


class Bars:
    """One bar a step; done steps stay on the screen with their time."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description:<30}"),
            BarColumn(bar_width=15),  # all of it fits 80 columns, which is what a log has
            TextColumn("{task.fields[note]:<22}"),
        )
        self._progress = Progress(*columns, TimeElapsedColumn(), console=console)
        self._task: TaskID | None = None

    def __enter__(self) -> "Bars":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def begin(self, step: str) -> None:
        self._task = self._progress.add_task(step, total=1, note="")

    def progress(self, done: int, total: int, note: str = "") -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=done, total=max(total, 1), note=note)

    def end(self) -> None:
        if self._task is not None:
            total = next(task.total for task in self._progress.tasks if task.id == self._task)
            self._progress.update(self._task, completed=total)
            self._progress.stop_task(self._task)


def show(console: Console, summary: dict[str, Any], out: Path) -> None:
    """Counts, quality and files as a table that a person can read."""
    counts, deals = summary["counts"], summary["deals"]
    table = Table(title=f"{summary['edition']} · seed {summary['seed']}", title_justify="left")
    table.add_column("What")
    table.add_column("Figures", justify="right")
    table.add_column("How good")
    places, times, talks = summary["allocation"], summary["timetable"], summary["agenda"]
    rows = [
        ("Exhibitors", f"{counts['exhibitors']} from {counts['countries']} countries", ""),
        ("Floor", f"{counts['gross_m2']:,} m² gross, {counts['stands']:,} stands", ""),
        ("Products", f"{counts['products']:,}", f"{counts['imported_kinds']:,} imported kinds"),
        ("Stands given", f"{counts['stands_given']:,}", f"{places['gap_pct']:.2f} % below the bound"),
        ("Talks placed", f"{counts['talks_placed']}", f"{times['spread_pct']:.1f} % spread over seeds"),
        ("Meetings", f"{counts['meetings']:,}", f"{talks['gap_pct']:.3f} % below the bound"),
        (
            "Deals",
            f"{counts['deals']:,}",
            f"purchases of {Decimal(deals['purchases_total']):,.0f} {deals['currency']}",
        ),
        ("Hard violations", str(sum(summary["violations"].values())), "by the independent checkers"),
        ("Seconds", f"{sum(summary['seconds'].values()):.1f}", ""),
    ]
    for row in rows:
        table.add_row(*row)
    console.print(table)
    for name, size in summary["files"].items():
        console.print(f"  {out / name}  {size:,} bytes", highlight=False)
