"""The organiser's forms for applications."""

from wtforms import (
    BooleanField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from expo.web import DateTimeLocalField, HouseForm, _l


class DecideForm(HouseForm):
    """The reason of a decision; which decision, the button says."""

    reason = TextAreaField(
        _l("A sentence to the exhibitor"),
        [Length(max=1000)],
        description=_l("It is part of the mail. Rejecting and asking back need one."),
    )


class LateForm(HouseForm):
    """Why an application is let in after the last moment."""

    late_reason = TextAreaField(
        _l("Why it is let in late"),
        [InputRequired(_l("Write why it is let in late; others may ask.")), Length(max=500)],
    )


class ApartForm(HouseForm):
    """Another exhibitor to keep this one away from."""

    other = StringField(
        _l("Exhibitor"),
        [InputRequired(_l("Type a code or a name.")), Length(max=200)],
        description=_l("Code or exact name. Neither of the two is told."),
    )


class ViewForm(HouseForm):
    """A filter under a name."""

    name = StringField(_l("Name of the view"), [InputRequired(), Length(max=80)])
    shared = BooleanField(_l("For all colleagues"))
    query = HiddenField(validators=[Length(max=1000)])


class PeriodForm(HouseForm):
    """When applications are taken, by the clocks of the venue."""

    opens_at = DateTimeLocalField(
        _l("Applications are taken from"), [Optional()],
        description=_l("Empty: from now on."),
    )  # fmt: skip
    closes_at = DateTimeLocalField(
        _l("Until"), [Optional()], description=_l("Empty: as long as the edition is there.")
    )
