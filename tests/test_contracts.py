"""House rules that no linter knows: pure rooms, one committer, small files, rooms in their order."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

from expo.settings import ROOT

WINGS = ("expo", "matchmaking")
DOORS = frozenset(
    {"models", "queries", "services", "forms", "prints", "views", "api", "jobs", "cli", "__init__"}
)
COMMITTERS = frozenset({"views", "api", "jobs", "cli"})
GROUND = frozenset({"web", "jobs"})  # rooms whose other modules are the machinery itself
WEB_AND_DATABASE = frozenset(
    "flask flask_babel flask_login flask_wtf wtforms werkzeug sqlmodel sqlalchemy psycopg".split()  # noqa: SIM905
)
LONGEST_FILE = 300
LONG_WITH_REASON = {
    "expo/forums/timetable/kernel.py": "compiled as one piece",
    "matchmaking/meetings/agenda/board.py": "compiled as one piece",
}


def modules() -> list[Path]:
    return sorted(path for wing in WINGS for path in (ROOT / wing).rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def door(path: Path) -> str | None:
    """Which door of a room a file belongs to; None for ground-floor modules outside rooms."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[2] if len(parts) > 2 else None


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def impurities(path: Path) -> list[str]:
    names = imported(tree_of(path))
    return sorted(
        name for name in names if name.split(".")[0] in WEB_AND_DATABASE or name.startswith("expo.web")
    )


def test_what_is_not_a_door_is_pure():
    inner = [
        path for path in modules() if door(path) and door(path) not in DOORS and path.parts[-2] not in GROUND
    ]
    found = {name_of(path): impurities(path) for path in inner if impurities(path)}
    assert found == {}


def commits(path: Path) -> bool:
    calls = (node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr == "commit" for call in calls)


def test_only_pages_api_jobs_and_commands_commit():
    found = {name_of(path) for path in modules() if commits(path) and door(path) not in COMMITTERS}
    assert found == {"expo/jobs/runner.py"}


def test_files_stay_short():
    found = {name_of(path) for path in modules() if path.read_text().count("\n") > LONGEST_FILE}
    assert found - set(LONG_WITH_REASON) == set()


def test_every_module_says_what_it_is_in_one_line():
    silent = [name_of(path) for path in modules() if not ast.get_docstring(tree_of(path))]
    assert silent == []


def test_models_keep_their_annotations():
    """A postponed annotation breaks SQLModel's relationships."""
    late = [
        name_of(path) for path in modules() if path.name == "models.py" and "__future__" in path.read_text()
    ]
    assert late == []


def test_no_room_is_a_drawer_for_everything():
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [name_of(path) for path in modules() if drawers & set(path.with_suffix("").parts)] == []


def test_rooms_and_doors_stand_in_their_order():
    """The import contracts of pyproject.toml."""
    tool = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stdout
