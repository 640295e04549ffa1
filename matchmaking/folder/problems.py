"""What is wrong with a folder, cell by cell."""

from dataclasses import dataclass, field

from expo.words import Sentence

MOST_LISTED = 1_000
LONGEST_VALUE = 80


@dataclass(frozen=True)
class Problem:
    """One fault: file, row as a person counts it (heads are row 1; 0: no single row), column, reason."""

    file: str
    row: int
    column: str
    value: str
    reason: Sentence

    def __str__(self) -> str:
        where = ", ".join(
            part for part in (self.file, f"row {self.row}" if self.row else "", self.column) if part
        )
        return f"{where}: {self.reason}"


def _shown(value: object) -> str:
    """A value as text; a mark for numbers and nestings so large that Python refuses to write them."""
    try:
        return str(value)
    except (ValueError, RecursionError):
        return "…"


@dataclass
class Problems:
    """All problems found so far: the first MOST_LISTED in full, of the rest only their number."""

    listed: list[Problem] = field(default_factory=list)
    unlisted: int = 0

    def add(self, file: str, row: int, column: str, value: object, reason: Sentence) -> None:
        """Note one problem; a long value is cut."""
        if len(self.listed) >= MOST_LISTED:
            self.unlisted += 1
            return
        text = "" if value is None else _shown(value)
        short = text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
        self.listed.append(Problem(file, row, column, short, reason))

    def __len__(self) -> int:
        return len(self.listed) + self.unlisted
