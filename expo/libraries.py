"""The system libraries that no Python package brings: looked for before anything else is tried."""

import os
import shutil
import subprocess
import sys

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0", "libfontconfig1")


def pango_is_there() -> bool:
    """Whether WeasyPrint can load what it needs."""
    probe = [sys.executable, "-c", "import weasyprint"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0  # noqa: S603


def _install() -> None:
    """Debian and Ubuntu, as root: install the packages."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("• Installing Pango, which prints need")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", *PACKAGES]):
        subprocess.run(["apt-get", *words], env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S603, S607


def main() -> int:
    """Zero when everything is there; otherwise one sentence with the remedy."""
    if pango_is_there():
        return 0
    _install()
    if pango_is_there():
        return 0
    print(
        f"Prints need the Pango library, which is not here. Install it: apt-get install {' '.join(PACKAGES)} "
        "(macOS: brew install pango)"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
