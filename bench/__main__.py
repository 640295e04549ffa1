"""`python -m bench [name …]`: each measurement in a process of its own, so that memory is its own too."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NOT_A_BENCH = {"__init__", "__main__", "record", "conference", "reportlab_badges", "timetable_others"}


def names() -> list[str]:
    """Every measurement there is."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NOT_A_BENCH)


def main(wanted: list[str]) -> int:
    """Run the wanted measurements, or all; non-zero when one fails or is unknown."""
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(names())}.")
        return 2
    codes = [
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode  # noqa: S603
        for name in wanted or names()
    ]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
