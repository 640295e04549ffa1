"""The web process starts light: solvers and what they stand on are loaded where they run."""

import json
import os
import subprocess
import sys

from expo.settings import ROOT

HEAVY = {
    "ezdxf",
    "llvmlite",
    "numba",
    "openpyxl",
    "ortools",
    "pandas",
    "pikepdf",
    "scipy",
    "typst",
    "weasyprint",
}
START = """
import json, sys
from app import create_app
create_app(database_url="postgresql://nobody@127.0.0.1:1/none")
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_opening_every_room_loads_no_heavy_library(tmp_path):
    made = subprocess.run(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env=os.environ | {"EXPO_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY & set(json.loads(made.stdout.splitlines()[-1])) == set()
