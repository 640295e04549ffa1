"""What reading a folder complains of, for tests."""

from matchmaking.folder import services
from tests.matchmaking.folder.small import TOML, files


def found(given: dict[str, bytes], **more) -> list[tuple[str, int, str, str]]:
    """The problems of a folder as (file, row, column, reason)."""
    _, problems = services.read_files(given, **more)
    return [(p.file, p.row, p.column, str(p.reason)) for p in problems.listed]


def settings(old: str, new: str) -> dict[str, bytes]:
    assert old in TOML
    return files() | {"edition.toml": TOML.replace(old, new, 1).encode()}
