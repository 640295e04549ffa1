"""The organiser's forms for applications."""

from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from expo.exhibitors.application import POINTS
from expo.web import DecimalField, HouseForm, _l, words


class DecideForm(HouseForm):
    """The reason of a decision; which decision, the button says."""

    reason = TextAreaField(
        _l("A sentence to the exhibitor"),
        [Length(max=1000)],
        description=_l("It is part of the mail. Rejecting and asking back need one."),
    )


class PointsForm(HouseForm):
    """Points from one source."""

    source = SelectField(_l("Source"), [InputRequired()], validate_choice=True)
    points = DecimalField(
        _l("Points"),
        [InputRequired(_l("Type a number.")), NumberRange(-1000, 1000)],
        places=2,
        description=_l("They replace what this source gave so far; 0 takes it away."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.source.choices = [SelectChoice(key, words(name)) for key, name in POINTS.items()]
