"""What a solve answered, as it is kept: compressed JSON of rows of numbers, in both directions."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A meeting of an answer: ids of the parties and delegates, slot, table and seat (all from 1)."""

    buyer: int
    exhibitor: int
    slot: int
    table: int
    seat: int
    buyer_delegate: int | None = None
    exhibitor_delegate: int | None = None


@dataclass(frozen=True)
class Answered:
    """The meetings, and (buyer id, exhibitor id, reason code) of the requests that are not met."""

    places: tuple[Place, ...]
    unmet: tuple[tuple[int, int, str], ...]


def pack(places: Iterable[Place], unmet: Iterable[tuple[int, int, str]]) -> bytes:
    """An answer as bytes."""
    content = {"places": [list(one) for one in places], "unmet": [list(one) for one in unmet]}
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode(), 6)


def unpack(content: bytes | None) -> Answered:
    """The answer again; empty where none was kept."""
    if not content:
        return Answered((), ())
    read = json.loads(zlib.decompress(content))
    return Answered(
        tuple(Place(*row) for row in read["places"]),
        tuple((buyer, exhibitor, code) for buyer, exhibitor, code in read["unmet"]),
    )
