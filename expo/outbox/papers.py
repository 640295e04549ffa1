"""Papers that go with mail: made when the mail is sent, by the room that knows how."""

from collections.abc import Callable
from mimetypes import guess_type
from typing import Any

Maker = Callable[[Any, dict[str, Any]], tuple[str, bytes]]
_makers: dict[str, Maker] = {}


def paper(kind: str) -> Callable[[Maker], Maker]:
    """Register `make(session, values) -> (file name, content)` for mails whose `paper` is of this kind."""

    def register(make: Maker) -> Maker:
        _makers[kind] = make
        return make

    return register


def made(session: Any, wanted: dict[str, Any]) -> tuple[str, bytes] | None:
    """The paper that a mail names, None when it names none. KeyError for a kind nobody makes."""
    return _makers[wanted["kind"]](session, wanted) if wanted else None


def all_made(session: Any, wanted: dict[str, Any]) -> list[tuple[str, bytes]]:
    """Every paper that a mail names: its own, and those under "also"."""
    first = made(session, wanted)
    return [
        *([first] if first else []),
        *(_makers[one["kind"]](session, one) for one in wanted.get("also", [])),
    ]


def mimetype(name: str) -> str:
    """What a file holds, by its name: a calendar, else a PDF."""
    return guess_type(name)[0] or "application/pdf"
