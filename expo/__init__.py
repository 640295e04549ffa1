"""The place and the programme: halls, stands, exhibitors, forums, people."""

import os
from pathlib import Path

# Compiled solvers are kept beside the data; numba reads this when imported, so it comes before any room.
_instance = Path(os.environ.get("EXPO_INSTANCE") or Path(__file__).parent.parent / "instance").resolve()
os.environ.setdefault("NUMBA_CACHE_DIR", str(_instance / "numba"))
