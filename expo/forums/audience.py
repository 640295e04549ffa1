"""Who starred talks, for letters about changes: answered by the room that knows, a floor above this one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Listener:
    """Somebody to write to, in their language, and which of the talks asked about they starred (ids)."""

    recipient: str
    language: str
    talk_ids: frozenset[int]


Asker = Callable[[Any, int, Collection[int]], Sequence[Listener]]
_askers: list[Asker] = []


def audience(ask: Asker) -> Asker:
    """Register `ask(session, edition_id, talk_ids)`; it answers with those who agreed to be written to."""
    if ask not in _askers:
        _askers.append(ask)
    return ask


def listeners(session: Any, edition_id: int, talk_ids: Collection[int]) -> list[Listener]:
    """Everybody who starred one of the talks and may be written to, once each, by address."""
    found: dict[str, Listener] = {}
    for ask in _askers if talk_ids else ():
        for one in ask(session, edition_id, talk_ids):
            known = found.get(one.recipient)
            ids = one.talk_ids | (known.talk_ids if known else frozenset())
            found[one.recipient] = Listener(one.recipient, (known or one).language, ids)
    return [found[recipient] for recipient in sorted(found)]
