"""QR codes as bits, for printing as sharp as the printer can, and as pictures for the screen."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4
"""Modules of white on each side, as ISO/IEC 18004 asks."""
MASK = 3
"""A fixed mask: choosing the best of eight takes eight times as long, and signed bytes are even anyway."""


@dataclass(frozen=True)
class Code:
    """`size` modules on a side without the quiet zone; `bits` row by row from the top, each row padded to
    whole bytes, 1 is dark."""

    size: int
    bits: bytes


@cache
def _version(length: int) -> int:
    """The smallest version (size) that holds so many bytes; found once, not for every badge."""
    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(b"\xff" * length, optimize=0)
    return code.best_fit()


def code_of(text: str) -> Code:
    """The QR code of a text, error correction M (15 % may be scratched)."""
    code = QRCode(_version(len(text.encode())), ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(text, optimize=0)
    code.make(fit=False)
    rows = code.get_matrix()
    size = len(rows)
    width = -(-size // 8) * 8
    padded = (sum(1 << (width - 1 - x) for x, dark in enumerate(row) if dark) for row in rows)
    return Code(size, b"".join(row.to_bytes(width // 8, "big") for row in padded))


def picture(text: str) -> str:
    """The QR code of a text with its quiet zone as an SVG in a `data:` address."""
    code = code_of(text)
    width = -(-code.size // 8)
    rows = [int.from_bytes(code.bits[y * width : (y + 1) * width], "big") for y in range(code.size)]
    dark = (
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x in range(code.size)
        if row >> (8 * width - 1 - x) & 1
    )
    side = code.size + 2 * QUIET
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path shape-rendering="crispEdges" d="{"".join(dark)}"/></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
