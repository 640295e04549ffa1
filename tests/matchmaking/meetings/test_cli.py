"""`flask meetings solve` as it is called, where no database can be reached."""

import json
import os
import subprocess
import sys

import pytest

from expo.settings import ROOT

PATH = {
    "participants": 3,
    "tables": 1,
    "slots": 4,
    "morning_slots": 2,
    "meetings": [{"a": 1, "b": 2, "half": None}, {"a": 1, "b": 3, "half": "pm"}],
    "unavailable": [[], [], [4]],
    "fixed": [1, 0],
    "precedences": [[], [1]],
    "max_break_difference": 2,
}


def solve(tmp_path, content: str) -> subprocess.CompletedProcess:
    """The command on a file of this content, with an address at which no database answers."""
    file = tmp_path / "problem.json"
    file.write_text(content)
    surroundings = os.environ | {
        "EXPO_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing",
        "EXPO_INSTANCE": str(tmp_path / "instance"),
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "meetings", "solve", str(file)]
    return subprocess.run(
        [*command, "--seconds", "20"], cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=60
    )


def test_the_best_schedule_is_written_without_a_database(tmp_path):
    run = solve(tmp_path, json.dumps(PATH))
    told = json.loads(run.stdout)
    assert told.pop("cpu_s") >= 0
    assert (run.returncode, told) == (0, {"slots": [1, 3], "breaks": 1, "lower_bound": 1, "proved": True})
    assert not (tmp_path / "instance" / "postgres").exists()


@pytest.fixture
def command(app):
    """The command inside this process."""
    return lambda *given: app.test_cli_runner().invoke(args=["meetings", "solve", *map(str, given)])


def test_what_cannot_be_held_is_said_in_json(command, tmp_path):
    file = tmp_path / "problem.json"
    file.write_text(json.dumps(PATH | {"fixed": [1, 1]}))
    run = command(file)
    told = json.loads(run.stdout)
    assert (run.exit_code, told["feasible"], told["reason"]) == (
        1,
        False,
        "meeting 2 of participants 1 and 3 has no slot in its fixed slot 1 in which both are available",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no JSON at line 1, column 1: Expecting value."),
        ("[" * 100_000, "is no JSON that can be read."),
        ("[1]", "the problem must be a JSON object with participants, tables, slots and meetings."),
        ("{}", "participants: is missing."),
        ("\udcff", "is no JSON that can be read."),
    ],
)
def test_a_malformed_file_is_refused_in_one_sentence(command, tmp_path, content, said):
    file = tmp_path / "problem.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    run = command(file)
    assert (run.exit_code, run.stdout, run.stderr) == (2, "", f"{file}: {said}\n")
