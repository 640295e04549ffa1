"""Long lists: which page of one the address asks for, and addresses that ask for the same rows."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Flask, request, url_for

SIZE = 50


class Leaf(NamedTuple):
    """Which page of a long list is shown, of how many; both count from 1."""

    page: int
    pages: int
    size: int = SIZE

    @property
    def offset(self) -> int:
        """How many rows come before it."""
        return (self.page - 1) * self.size


def leaf(total: int, size: int = SIZE) -> Leaf:
    """The page that the address asks for, kept within those that so many rows fill."""
    pages = max(1, -(-total // size))
    return Leaf(min(max(request.args.get("page", 1, type=int), 1), pages), pages, size)


def init(app: Flask) -> None:
    """Let templates lead from a list to its files."""
    app.jinja_env.globals["carrying"] = carrying


def carrying(endpoint: str, **given: Any) -> str:
    """The address of a page that asks for the same rows as this one: its query values are carried along, but
    for the page of the list and what is `given`. Whatever they are called, they stay query values."""
    path, _, own = url_for(endpoint, **given).partition("?")
    asked = [(name, value) for name, value in request.args.items(multi=True) if name not in {"page", *given}]
    query = "&".join(part for part in (urlencode(asked), own) if part)
    return f"{path}?{query}" if query else path
