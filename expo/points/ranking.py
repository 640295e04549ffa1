"""Whose turn comes first: the one definition, which everybody can work out again.

More points come first. Among equal points the earlier day of payment does; who has not paid comes last. Among
these a lottery decides: of SHA-256 of the text "seed:code" (seed as a decimal number, code as printed) the
first eight bytes, the smaller first. `printf '%s' '2023:EX001' | sha256sum` shows them.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping

NEVER = math.inf


def lottery(seed: int, code: str) -> int:
    """The draw of one exhibitor; lower is luckier."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{code}".encode()).digest()[:8], "big")


def turn_key(points: float, paid_on: float, seed: int, code: str) -> tuple[float, float, int, str]:
    """What turns are sorted by. paid_on: the ordinal of the day, later or NEVER for who has not paid."""
    return (-points if math.isfinite(points) else 0.0, paid_on, lottery(seed, code), code)


def turns(standings: Mapping[str, tuple[float, float]], seed: int) -> dict[str, int]:
    """Exhibitor code → turn, from 1; `standings` holds points and the day of payment by code."""
    queue: Iterable[str] = sorted(standings, key=lambda code: turn_key(*standings[code], seed, code))
    return {code: turn for turn, code in enumerate(queue, 1)}
