"""How far it is from a hall's entrances to a stand."""

import math
from collections.abc import Iterable


def entrance_m(stand: tuple[int, int, int, int], entrances: Iterable[tuple[int, int]]) -> float:
    """Metres from the nearest entrance (x, y) to the edge of the stand (x, y, width, depth), all in cm.

    Aisles run at right angles, so the walk adds both directions up. Infinite in a hall without entrances.
    """
    x, y, width, depth = stand
    return min(
        (
            (max(x - at_x, 0, at_x - x - width) + max(y - at_y, 0, at_y - y - depth)) / 100
            for at_x, at_y in entrances
        ),
        default=math.inf,
    )
