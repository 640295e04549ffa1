"""Where prints that a job made lie until somebody fetches them."""

from pathlib import Path

KEPT = 20
"""Names are not kept on disk longer than needed: older prints of an edition go."""


def print_path(instance: Path, kind: str, edition: str, job_id: int) -> Path:
    """The PDF of a kind (badges, letters) that a job made for an edition."""
    return instance / "prints" / kind / edition / f"{job_id}.pdf"


def keep(path: Path, document: bytes) -> None:
    """Write a print whole or not at all, and forget the oldest ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(document)
    keep_file(path, fresh)


def keep_file(path: Path, fresh: Path) -> None:
    """The same with a print that lies on disk already, beside `path`."""
    fresh.chmod(0o600)
    fresh.replace(path)
    for old in sorted(path.parent.glob(f"*{path.suffix}"), key=lambda one: one.stat().st_mtime, reverse=True)[
        KEPT:
    ]:
        old.unlink(missing_ok=True)
