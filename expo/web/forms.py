"""The base of every form, and what happens when a service refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import flash
from flask_wtf import FlaskForm

from expo.errors import Refused
from expo.web.database import db
from expo.web.language import words


class HouseForm(FlaskForm):
    """A form with CSRF protection. `accepted()` is true for a valid POST."""

    def accepted(self) -> bool:
        """Whether the form was sent and its shape is right."""
        return self.validate_on_submit()


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
