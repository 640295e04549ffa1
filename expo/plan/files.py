"""Where printed signs lie until somebody fetches them."""

from pathlib import Path

KEPT = 20


def print_path(instance: Path, edition: str, job_id: int) -> Path:
    """The PDF that a job made for an edition."""
    return instance / "prints" / "signs" / edition / f"{job_id}.pdf"


def keep(path: Path, document: bytes) -> None:
    """Write a print whole or not at all, and forget the oldest ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(document)
    fresh.replace(path)
    for old in sorted(path.parent.glob("*.pdf"), key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)
