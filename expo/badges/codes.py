"""QR codes as bits, for printing as sharp as the printer can."""

from dataclasses import dataclass

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


def code_of(text: str) -> Code:
    """The QR code of a text, error correction M (15 % may be scratched)."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    rows = code.get_matrix()
    size = len(rows)
    width = -(-size // 8) * 8
    padded = (sum(1 << (width - 1 - x) for x, dark in enumerate(row) if dark) for row in rows)
    return Code(size, b"".join(row.to_bytes(width // 8, "big") for row in padded))
