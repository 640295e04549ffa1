"""What was drawn lately, kept in memory under the fingerprint of what it was drawn from.

A change in the database changes the fingerprint, so nothing kept is ever out of date; old things fall out.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

MOST_BYTES = 48 * 1024 * 1024
Made = TypeVar("Made")

_lock = Lock()
_things: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
_held = 0


def kept(key: Hashable, make: Callable[[], Made], size: Callable[[Made], int] = len) -> Made:  # pyright: ignore[reportArgumentType]
    """The thing of that key, made if need be; `size` says how many bytes it takes, about."""
    global _held  # noqa: PLW0603 - one store a process
    with _lock:
        if key in _things:
            _things.move_to_end(key)
            return _things[key][0]  # pyright: ignore[reportReturnType]
    made = make()
    weight = size(made)
    with _lock:
        _held += weight - _things.pop(key, (None, 0))[1]
        _things[key] = made, weight
        while _held > MOST_BYTES and len(_things) > 1:
            _held -= _things.popitem(last=False)[1][1]
    return made


def forget() -> None:
    """Empty the store, for measurements."""
    global _held  # noqa: PLW0603
    with _lock:
        _things.clear()
        _held = 0
