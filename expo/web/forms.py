"""The base of every form."""

from flask_wtf import FlaskForm
from sqlmodel import SQLModel

from expo.errors import Refused
from expo.web.language import words


class HouseForm(FlaskForm):
    """A form with CSRF protection. `accepted()` is true for a valid POST."""

    def accepted(self) -> bool:
        """Whether the form was sent and its shape is right."""
        return self.validate_on_submit()

    def populated(self, row: SQLModel) -> SQLModel:
        """`row` with this form's values, for plain create-and-change where no rule exists."""
        self.populate_obj(row)
        return row


def refuse(form: FlaskForm, refused: Refused) -> None:
    """Put a service's refusal among the form's errors, so that the page shows it beside what was typed."""
    form.form_errors.append(words(refused.sentence))
