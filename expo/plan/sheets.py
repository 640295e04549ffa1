"""Paper sizes and true scales: how large a plan can be drawn on a sheet so that a ruler fits it."""

from dataclasses import dataclass

SCALES = (
    50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 600, 750, 800, 1000, 1250, 1500, 2000, 2500, 3000, 4000,
    5000, 7500, 10_000, 20_000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet across: its size and the room for a drawing, all in mm."""

    name: str
    width: int
    height: int
    room_width: int
    room_height: int


PAPERS = {
    "A4": Paper("A4", 297, 210, 268, 168),
    "A3": Paper("A3", 420, 297, 388, 244),
    "A1": Paper("A1", 841, 594, 805, 520),
}


def scale_for(paper: Paper, width_cm: float, height_cm: float) -> int:
    """The largest usual scale at which a drawing of that size fits: 200 for 1:200."""
    need = max(width_cm * 10 / paper.room_width, height_cm * 10 / paper.room_height)
    return next((scale for scale in SCALES if scale >= need), -(-int(need) // 1000) * 1000 + 1000)
