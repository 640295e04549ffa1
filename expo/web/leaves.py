"""Long lists: which page of one the address asks for."""

from typing import NamedTuple

from flask import request

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
