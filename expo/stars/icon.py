"""The sign of the house as a picture for home screens: a PNG written by hand, without a library."""

import struct
import zlib
from functools import cache

GROUND, INK = (12, 74, 78), (255, 253, 249)
SIZES = (192, 512)
FINE = 4
"""Each point is the mean of so many by so many finer ones."""


@cache
def icon_png(size: int) -> bytes:
    """The arch, light on the brand's colour, `size` points square; the sign keeps to the inner 60 %."""
    rows = []
    for y in range(size):
        row = bytearray([0])  # no filter
        for x in range(size):
            share = _covered(x, y, size)
            row += bytes(round(g + (i - g) * share) for g, i in zip(GROUND, INK, strict=True))
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _covered(x: int, y: int, size: int) -> float:
    """The share of a point that the sign covers."""
    middle = _inside((x + 0.5) / size, (y + 0.5) / size)
    corners = {_inside((x + dx) / size, (y + dy) / size) for dx in (0, 1) for dy in (0, 1)}
    if corners == {middle}:
        return float(middle)
    steps = [(n + 0.5) / FINE for n in range(FINE)]
    hits = sum(_inside((x + a) / size, (y + b) / size) for a in steps for b in steps)
    return hits / FINE**2


def _inside(u: float, v: float) -> bool:
    """Whether a place (0 to 1 across and down) belongs to the sign: a gate with a pointed arch."""
    if not (0.22 <= u <= 0.78 and 0.2 <= v <= 0.8):
        return False
    half = 0.14 if v >= 0.55 else 0.14 * max(0.0, (v - 0.33) / 0.22) ** 0.6
    return abs(u - 0.5) > half
