"""Rows within forms: layouts and availability, of which a few empty ones wait to be filled."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import DateField, Form, IntegerField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from expo.forums.presence import Row
from expo.languages import LANGUAGES
from expo.web import _, _l
from expo.web.language import reader_locale

EMPTY_ROWS = 3
SPOKEN = (
    "zh", "ru", "en", "ur", "kk", "ky", "tg", "uz", "hi", "fa", "be", "mn", "ar", "tr", "az", "hy", "tk",
    "ne", "si", "km", "my", "ja", "ko", "vi", "th", "id", "fr", "de", "es", "it", "pt", "pl", "uk", "nl",
)  # fmt: skip
"""Languages offered for talks and people, those of the house first."""


def stripped(value: str | None) -> str:
    """Text without the blanks around it."""
    return (value or "").strip()


def with_empty(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows and a few empty ones below."""
    return [*rows, *({} for _n in range(EMPTY_ROWS))]


def spoken(known: Iterable[str] = ()) -> list[SelectChoice]:
    """Languages to choose among by name; `known` are codes that have to be there as well."""
    named = reader_locale().languages
    codes = dict.fromkeys((*SPOKEN, *sorted(known)))
    return [SelectChoice(code, LANGUAGES.get(code) or named.get(code, code)) for code in codes if code]


class LayoutRow(Form):
    """A way to furnish a room and its seats."""

    layout = StringField(_l("Layout"), [Length(max=40)], filters=[stripped])
    seats = IntegerField(_l("Seats"), [MayBeEmpty(), NumberRange(1, 100_000)])

    def validate(self, extra_validators=None) -> bool:
        """Both, or neither."""
        right = super().validate(extra_validators)
        if right and bool(self.layout.data) != bool(self.seats.data):
            self.seats.errors = [*self.seats.errors, _("Type both the layout and its seats.")]
            return False
        return right


class SpanRow(Form):
    """A stretch of a day."""

    day = DateField(_l("Day"), [MayBeEmpty()])
    since = TimeField(_l("From"), [MayBeEmpty()])
    until = TimeField(_l("Until"), [MayBeEmpty()])

    def validate(self, extra_validators=None) -> bool:
        """All three, or none."""
        right = super().validate(extra_validators)
        given = [self.day.data is not None, self.since.data is not None, self.until.data is not None]
        if right and any(given) and not all(given):
            self.until.errors = [*self.until.errors, _("Type the day, from and until.")]
            return False
        return right


def spans(field: Any) -> list[Row]:
    """The rows of availability that somebody filled."""
    return [
        Row(row["day"], row["since"], row["until"])
        for row in field.data
        if row["day"] and row["since"] is not None and row["until"] is not None
    ]


def words_of(text: str | None) -> list[str]:
    """Words parted by semicolons or commas, each once."""
    parts = (" ".join(part.split())[:80] for part in (text or "").replace(",", ";").split(";"))
    return list(dict.fromkeys(part for part in parts if part))[:50]
