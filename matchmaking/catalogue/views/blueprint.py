"""The blueprint that the pages of this room share, and how they turn leaves."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, request

from expo.web.language import as_number, language
from matchmaking.catalogue.ordering import sort_key

bp = Blueprint("catalogue", __name__)
PAGE = 50


class Leaf(NamedTuple):
    """Which page of a long list is shown; both count from 1."""

    page: int
    pages: int

    @property
    def offset(self) -> int:
        """How many rows come before it."""
        return (self.page - 1) * PAGE


def leaf(total: int) -> Leaf:
    """The page that the address asks for, kept within those that there are."""
    pages = max(1, -(-total // PAGE))
    return Leaf(min(max(request.args.get("page", 1, type=int), 1), pages), pages)


def counted(tally: dict[str, int], naming: Callable[[str], str], chosen: str) -> list[tuple[str, str]]:
    """The choices of a filter that show anything, and the one chosen, by name: ("KZ", "Kazakhstan (12)")."""
    here = language()
    names = {code: naming(code) for code in {*tally, chosen} - {""}}
    found = sorted((sort_key({here: name}, here), code) for code, name in names.items())
    return [(code, f"{names[code]} ({as_number(tally.get(code, 0))})") for _place, code in found]
