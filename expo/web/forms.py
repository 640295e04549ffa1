"""The base of every form, and what happens when a service refuses."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import wtforms
from flask import flash
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from expo.errors import Refused
from expo.numerals import read_decimal, read_integer
from expo.web.database import db
from expo.web.language import language, words

SOFT_BREAKS = re.compile("[\x0b\x0c]")
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

LOCAL = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
FIRST_YEAR, LAST_YEAR = 2000, 2100


def as_typed(text: str) -> str:
    """What came in a form without the characters that nobody types and neither XML, print nor a folder of
    files may hold; word processors paste vertical tabs for line breaks, which become spaces. Marks that turn
    the direction of what follows would let a name disguise its neighbours."""
    return NOT_TEXT.sub("", SOFT_BREAKS.sub(" ", text))


class HouseForm(FlaskForm):
    """A form with CSRF protection. `accepted()` is true for a valid POST."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form, formdata):
            """The values that were sent, files as they are, text as somebody may have typed it."""
            sent = super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            pairs = sent.items(multi=True)
            return MultiDict(
                (key, as_typed(value) if isinstance(value, str) else value) for key, value in pairs
            )

    def accepted(self) -> bool:
        """Whether the form was sent and its shape is right."""
        return self.validate_on_submit()


class DecimalField(wtforms.DecimalField):
    """A decimal number as the reader's language writes it; nothing that only programs write (1e3, 1_0)."""

    def process_formdata(self, valuelist) -> None:
        """Read what was typed."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = read_decimal(valuelist[0], language())
            except ValueError:
                raise ValueError(self.gettext("Not a valid decimal value.")) from None


class IntegerField(wtforms.IntegerField):
    """A whole number, read the same way."""

    def process_formdata(self, valuelist) -> None:
        """Read what was typed."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = read_integer(valuelist[0], language())
            except ValueError:
                raise ValueError(self.gettext("Not a valid integer value.")) from None


class DateTimeLocalField(wtforms.DateTimeLocalField):
    """A moment as clocks at the venue show it, in a year that clocks of every zone can be reckoned for: the
    ends of the calendar leave it on their way to another zone, and could be stored but never read again."""

    def __init__(self, *args, format=LOCAL, **kwargs):  # noqa: A002 — its name in the parent
        super().__init__(*args, format=format, **kwargs)

    def process_formdata(self, valuelist) -> None:
        """Read what was typed."""
        super().process_formdata(valuelist)
        if self.data and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            self.data = None
            raise ValueError(_("Type a year between 2000 and 2100."))


def refuse(form: FlaskForm, refused: Refused) -> None:
    """Put a service's refusal among the form's errors, so that the page shows it beside what was typed."""
    form.form_errors.append(words(refused.sentence))


@contextmanager
def telling(done: str | None = None) -> Iterator[None]:
    """For buttons without a page of their own: do it, commit and say so, or undo it and say why not."""
    try:
        yield
        if done:
            flash(done, "good")
    except Refused as refused:
        db().rollback()
        flash(words(refused.sentence), "bad")
