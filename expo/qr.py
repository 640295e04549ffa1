"""QR codes as bits, for printing as sharp as the printer can, and as pictures for the screen."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import MODE_8BIT_BYTE, QRData, create_data

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


class Codes:
    """QR codes of texts of one length, by the hundred: fifty times as fast as one by one.

    Version, error correction and mask being fixed, every module is a sum modulo two of bits of the text: what
    each byte adds at its place is worked out once, and a code is the sum over its bytes.
    """

    def __init__(self, length: int):
        self.length, self.size = length, 17 + 4 * _version(length)
        self._nothing, self._adds = _linear(length)

    def modules(self, text: str) -> np.ndarray:
        """Dark modules as a square of booleans, row by row. ValueError for a text of another length."""
        raw = np.frombuffer(text.encode(), dtype=np.uint8)
        if len(raw) != self.length:
            raise ValueError(f"these codes are for texts of {self.length} bytes, not {len(raw)}")
        bits = np.bitwise_xor.reduce(self._adds[np.arange(self.length), raw], axis=0) ^ self._nothing
        return np.unpackbits(bits, count=self.size**2).reshape(self.size, self.size).astype(bool)

    def svg(self, text: str) -> str:
        """The code with its quiet zone: one stroke for each run of dark modules, all in one path."""
        padded = np.zeros((self.size, self.size + 2), dtype=np.int8)
        padded[:, 1:-1] = self.modules(text)
        turns = np.diff(padded, axis=1)
        rows, starts = (turns == 1).nonzero()
        lengths = (turns == -1).nonzero()[1] - starts
        runs: Iterable[tuple[int, int, int]] = zip(
            starts.tolist(), rows.tolist(), lengths.tolist(), strict=True
        )
        side = self.size + 2 * QUIET
        path = "".join([f"M{x} {y}.5h{run}" for x, y, run in runs])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{QUIET} -{QUIET} {side} {side}">'
            f'<path stroke="#000" d="{path}"/></svg>'
        )


@cache
def codes_of_length(length: int) -> Codes:
    """The maker of codes of texts of so many bytes; a second, once."""
    return Codes(length)


def _linear(length: int) -> tuple[np.ndarray, np.ndarray]:
    """The modules (packed) of a text of letters A, and what each value of each byte changes in them."""
    version = _version(length)

    def words(payload: bytes) -> np.ndarray:
        data = create_data(version, ERROR_CORRECT_M, [QRData(payload, MODE_8BIT_BYTE, check_data=False)])
        return np.unpackbits(np.array(data, dtype=np.uint8))

    def matrix(bits: np.ndarray) -> np.ndarray:
        code = QRCode(version, ERROR_CORRECT_M, border=0, mask_pattern=MASK)
        code.data_cache = np.packbits(bits).tolist()
        code.make(fit=False)
        return np.array(code.get_matrix(), dtype=bool).ravel()

    plain = words(b"A" * length)
    blank = matrix(np.zeros(len(plain), dtype=np.uint8))
    # The module of each bit: bit n is dark in the pictures of those powers of two that n consists of.
    index, number = np.zeros(blank.size, dtype=np.int64), np.arange(1, len(plain) + 1)
    for power in range(int(number[-1]).bit_length()):
        changed = matrix((number >> power & 1).astype(np.uint8)) ^ blank
        index |= changed.astype(np.int64) << power
    adds = np.zeros((length, 256, -(-blank.size // 8)), dtype=np.uint8)
    for place in range(length):
        for bit in range(8):
            payload = bytearray(b"A" * length)
            payload[place] ^= 1 << bit
            changed = np.append(0, words(bytes(payload)) ^ plain)[index]
            adds[place, 1 << bit] = np.packbits(changed.astype(np.uint8))
        for value in range(1, 256):
            low = value & -value
            adds[place, value] = adds[place, value ^ low] ^ adds[place, low]
    first = np.append(0, plain)[index].astype(bool) ^ blank
    return np.packbits(first), adds[:, np.arange(256) ^ ord("A")]
