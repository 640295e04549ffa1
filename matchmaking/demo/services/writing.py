"""The reference edition onto disk."""

from pathlib import Path

from matchmaking.demo.files import files
from matchmaking.demo.reference import SEED, reference


def write_folder(folder: Path, seed: int = SEED) -> dict[str, int]:
    """Write the reference edition into `folder` (made if missing); answers the number of rows by table."""
    made = reference(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files(made).items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    return {name: len(rows) for name, rows in made.tables.items()}
