"""A page of which large parts are the same for everybody: compressed once, put together each time."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

LEVEL = 6
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True)
class Piece:
    """A part of a page, compressed when first asked for."""

    plain: bytes

    @cached_property
    def squeezed(self) -> bytes:
        """A run of deflate blocks that ends on a byte and looks back at nothing before it."""
        return _deflated(self.plain)

    @property
    def weight(self) -> int:
        """Bytes it takes in memory, about."""
        return len(self.plain) + len(self.plain) // 4


def gzipped(pieces: Iterable[Piece | str]) -> bytes:
    """One gzip file of all pieces; texts are compressed now, pieces were before."""
    out, crc, size = [_HEAD], 0, 0
    for piece in pieces:
        plain = piece.encode() if isinstance(piece, str) else piece.plain
        out.append(_deflated(plain) if isinstance(piece, str) else piece.squeezed)
        crc, size = zlib.crc32(plain, crc), size + len(plain)
    out.append(b"\x03\x00")  # an empty last block
    out.append(crc.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little"))
    return b"".join(out)


def joined(pieces: Iterable[Piece | str]) -> bytes:
    """The same as it is."""
    return b"".join(piece.encode() if isinstance(piece, str) else piece.plain for piece in pieces)


def _deflated(plain: bytes) -> bytes:
    squeezer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeezer.compress(plain) + squeezer.flush(zlib.Z_FULL_FLUSH)
