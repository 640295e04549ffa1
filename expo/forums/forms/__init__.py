"""The organiser's forms for the timetable."""

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from expo.web import HouseForm, _l


class BuildForm(HouseForm):
    """What a solve is given."""

    seed = IntegerField(
        _l("Seed"),
        [InputRequired(), NumberRange(0, 2**31 - 1)],
        description=_l("The same seed gives the same timetable; another seed gives another one as good."),
    )
    rounds = IntegerField(
        _l("Rounds"),
        [InputRequired(), NumberRange(1_000, 100_000_000)],
        description=_l("How many moves are tried. Four million take a few seconds."),
    )


class ReleaseForm(HouseForm):
    """How a version is called."""

    version = StringField(
        _l("Version"), [Length(max=20)], description=_l("Left empty, it gets the next number.")
    )
    note = TextAreaField(_l("Note"), [Length(max=500)], description=_l("What changed, in a sentence or two."))
