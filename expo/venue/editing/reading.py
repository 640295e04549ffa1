"""Values out of JSON that anybody may have sent: whole numbers, codes and lists within their limits."""

import json
from collections.abc import Callable
from typing import Any

from expo.errors import Refused
from expo.venue.editing.numbering import UNSEEN, is_code
from expo.words import Sentence, say

LARGEST_CM = 100_000
MOST_ITEMS = 5_000
MOST_CORNERS = 200
LONGEST_NAME = 60


class Malformed(Refused):
    """What was sent is no request at all; nothing was tried."""


def read_json(data: bytes) -> Any:
    """JSON without its extravagances: no NaN, no numbers beyond reason, no nesting that fills the stack."""
    try:
        return json.loads(data, parse_constant=_no_constant, parse_float=float)
    except (ValueError, RecursionError):
        raise Malformed(say("That is not JSON as it should be.")) from None


def _no_constant(_name: str) -> None:
    raise ValueError


class Fields:
    """The fields of one JSON object: each is asked for by name, and what nobody asked for is refused."""

    def __init__(self, value: Any, place: str):
        if not isinstance(value, dict):
            raise Malformed(say("%(place)s must be an object.", place=place))
        self.values, self.place = dict(value), place

    def _wrong(self, name: str, what: Sentence) -> Malformed:
        return Malformed(say("%(place)s: %(what)s", place=f"{self.place}.{name}", what=what))

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(name) is not None

    def whole(self, name: str, low: int = 0, high: int = LARGEST_CM, default: int | None = None) -> int:
        """A whole number within limits."""
        value = self.values.pop(name, None)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self._wrong(
                name, say("a whole number from %(low)s to %(high)s is needed.", low=low, high=high)
            )
        return value

    def perhaps(self, name: str, low: int, high: int) -> int | None:
        """A whole number or null."""
        if self.values.get(name) is None:
            self.values.pop(name, None)
            return None
        return self.whole(name, low, high)

    def flag(self, name: str, default: bool = False) -> bool:
        """true or false."""
        value = self.values.pop(name, default)
        if not isinstance(value, bool):
            raise self._wrong(name, say("true or false is needed."))
        return value

    def word(self, name: str, words: tuple[str, ...], default: str | None = None) -> str:
        """One of some words."""
        value = self.values.pop(name, default)
        if not isinstance(value, str) or value not in words:
            raise self._wrong(name, say("one of %(words)s is needed.", words=list(words)))
        return value

    def code(self, name: str, default: str | None = None) -> str:
        """A code of a stand or zone."""
        value = self.values.pop(name, default)
        if not isinstance(value, str) or not (is_code(value) or value == default):
            raise self._wrong(
                name, say("a code is needed: up to 40 characters without ; : or /, no spaces at its ends.")
            )
        return value

    def text(self, name: str, default: str = "", longest: int = LONGEST_NAME) -> str:
        """A short line of text."""
        value = self.values.pop(name, default)
        value = default if value is None else value
        if (
            not isinstance(value, str)
            or len(value) > longest
            or not value.isprintable()
            or UNSEEN.search(value)
        ):
            raise self._wrong(name, say("a line of at most %(most)s characters is needed.", most=longest))
        return value.strip()

    def codes(self, name: str) -> tuple[str, ...]:
        """Codes, each once."""
        found = self.items(name, lambda value, place: Fields({"code": value}, place).code("code"))
        if not found:
            raise self._wrong(name, say("name at least one."))
        return tuple(dict.fromkeys(found))

    def items(self, name: str, read: Callable[[Any, str], Any], most: int = MOST_ITEMS) -> tuple[Any, ...]:
        """A list, each of its members read by `read(value, place)`."""
        value = self.values.pop(name, None)
        if not isinstance(value, list) or len(value) > most:
            raise self._wrong(name, say("a list of at most %(most)s is needed.", most=most))
        return tuple(read(item, f"{self.place}.{name}[{place}]") for place, item in enumerate(value))

    def mapping(self, name: str) -> dict[str, str]:
        """Codes by codes."""
        value = self.values.pop(name, None)
        if not isinstance(value, dict) or not value or len(value) > MOST_ITEMS:
            raise self._wrong(name, say("an object of codes is needed."))
        return {
            Fields({"code": key}, f"{self.place}.{name}").code("code"): Fields(
                {"code": to}, f"{self.place}.{name}.{key[:40]}"
            ).code("code")
            for key, to in value.items()
        }

    def inner(self, name: str) -> "Fields":
        """An object within."""
        return Fields(self.values.pop(name, None), f"{self.place}.{name}")

    def done(self) -> None:
        """Nothing else may be there: a misspelt field would be silently lost."""
        if self.values:
            raise self._wrong(str(next(iter(self.values)))[:40], say("there is no such field."))
