"""Sentences that are translated when somebody reads them, not when they are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):  # a language map
        return value.get("en") or next(iter(value.values()), "")
    return ", ".join(str(_plain(one)) for one in value) if isinstance(value, list | tuple) else value


@dataclass(frozen=True)
class Sentence:
    """A gettext message with its values; `str()` is the English form, `in_words` any other."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)

    def in_words(self, translate: Callable[[str], str], write: Callable[[Any], Any] = _plain) -> str:
        """The sentence in the language of `translate` (a gettext function); nested sentences too.

        `write` puts the other values into that language, several names in a list among them.
        """
        values = {
            key: value.in_words(translate, write) if isinstance(value, Sentence) else write(value)
            for key, value in self.values.items()
        }
        return translate(self.message) % values if values else translate(self.message)

    def __str__(self) -> str:
        return self.in_words(lambda message: message)


def say(message: str, **values: Any) -> Sentence:
    """Mark `message` (English, with %(name)s places) for the catalogues and bind its values."""
    return Sentence(message, values)
