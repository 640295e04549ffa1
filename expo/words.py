"""Sentences that are translated when somebody reads them, not when they are written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """A gettext message with its values; `str()` is the English form, `in_words` any other."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)

    def in_words(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of `translate` (a gettext function); nested sentences too."""
        values = {
            key: value.in_words(translate) if isinstance(value, Sentence) else value
            for key, value in self.values.items()
        }
        return translate(self.message) % values if values else translate(self.message)

    def __str__(self) -> str:
        return self.in_words(lambda message: message)


def say(message: str, **values: Any) -> Sentence:
    """Mark `message` (English, with %(name)s places) for the catalogues and bind its values."""
    return Sentence(message, values)
