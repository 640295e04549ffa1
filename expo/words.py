"""Sentences that are translated when somebody reads them, not when they are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):  # a language map
        return value.get("en") or next(iter(value.values()), "")
    return ", ".join(str(_plain(one)) for one in value) if isinstance(value, list | tuple) else value


def _english(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


def _storable(value: Any) -> Any:
    if isinstance(value, Sentence):
        return value.plain()
    if isinstance(value, Mapping):
        return {str(key): _storable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(one) for one in value]
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _restored(value: Any) -> Any:
    return kept(value) if isinstance(value, Mapping) and value.keys() >= {"message", "values"} else value


@dataclass(frozen=True)
class Sentence:
    """A gettext message with its values; `str()` is the English form, `in_words` any other.

    `many` is the English form for any number of things but one; the value called `counted` says how many.
    """

    message: str
    values: dict[str, Any] = field(default_factory=dict)
    many: str = ""
    counted: str = ""

    def in_words(
        self,
        translate: Callable[[str], str],
        write: Callable[[Any], Any] = _plain,
        choose: Callable[[str, str, int], str] = _english,
    ) -> str:
        """The sentence in the language of `translate` (a gettext function); nested sentences too.

        `write` puts the other values into that language, several names in a list among them; `choose` (an
        ngettext function) finds the form that a number needs.
        """
        values = {
            key: value.in_words(translate, write, choose) if isinstance(value, Sentence) else write(value)
            for key, value in self.values.items()
        }
        if self.many:
            number = self.values.get(self.counted)
            message = choose(self.message, self.many, number if isinstance(number, int) else 0)
        else:
            message = translate(self.message)
        return message % values if values else message

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it, sentences within it too; what JSON does not know (a date, a sum) as its text."""
        forms = {"many": self.many, "counted": self.counted} if self.many else {}
        values = {key: _storable(value) for key, value in self.values.items()}
        return {"message": self.message, "values": values, **forms}

    def __str__(self) -> str:
        return self.in_words(lambda message: message)


def kept(plain: Mapping[str, Any]) -> Sentence:
    """What `plain` made, as it was; anything else beside it is passed over."""
    values = {key: _restored(value) for key, value in plain.get("values", {}).items()}
    return Sentence(plain["message"], values, plain.get("many", ""), plain.get("counted", ""))


def figure(number: float) -> float:
    """A measure as a value of a sentence, to the thousandth; the reader's language writes it."""
    rounded = round(number, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def say(message: str, **values: Any) -> Sentence:
    """Mark `message` (English, with %(name)s places) for the catalogues and bind its values."""
    return Sentence(message, values)


def say_many(one: str, many: str, counted: str, **values: Any) -> Sentence:
    """The same of a number of things: two English forms, and the name of the value that says how many."""
    return Sentence(one, values, many, counted)
