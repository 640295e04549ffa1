"""Pages of the programme that are the same for every stranger: drawn once a version, kept, known by a tag."""

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import g

from expo.plan.kept import kept
from expo.plan.squeeze import Piece
from expo.plan.views.answering import answer_of, is_stranger, page_tag, unless_known
from expo.web.assets import asset

ASSETS = ("stars.js", "stars-kept.js", "stars.css", "now.css", "now.js")


def for_strangers(whole: object, make: Callable[[], str]) -> Any:
    """The page that `make` draws; `whole` is told by its `repr` and changes with whatever the page shows.

    Somebody signed in gets a page of their own: their name and their way out are on it.
    """
    if not is_stranger():
        return make()
    name = g.edition.name
    tag = page_tag(repr((g.edition.id, name, g.edition.languages, _assets(), whole)))

    def answer() -> Any:
        piece = kept(("page", tag), lambda: Piece(make().encode()), lambda made: made.weight)
        return answer_of([piece])

    return unless_known(tag, answer)


@cache
def _assets() -> tuple[str, ...]:
    return tuple(map(asset, ASSETS))
