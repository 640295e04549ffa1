"""Counting what a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event


@contextmanager
def asked(of: Connection | Engine) -> Iterator[list[str]]:
    """The statements that are sent within."""
    told: list[str] = []

    def listen(*given) -> None:
        told.append(given[2])

    event.listen(of, "before_cursor_execute", listen)
    try:
        yield told
    finally:
        event.remove(of, "before_cursor_execute", listen)
