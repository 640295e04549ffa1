"""The place and the programme: halls, stands, exhibitors, forums, people."""

import os
from pathlib import Path

# Compiled solvers are kept beside the data. numba reads this when it is imported, so it is set before any room.
os.environ.setdefault(
    "NUMBA_CACHE_DIR",
    str(Path(os.environ.get("EXPO_INSTANCE") or Path(__file__).parent.parent / "instance").resolve() / "numba"),
)
