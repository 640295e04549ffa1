"""The board's forms: they do without a script what the board does with one."""

from wtforms import BooleanField, IntegerField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from expo.web import HouseForm, _l


class PlaceForm(HouseForm):
    """Where one talk goes. The choices are the edition's days and rooms."""

    day = SelectField(_l("Day"), validate_choice=True)
    start = TimeField(_l("Start"), [InputRequired()])
    room = SelectField(_l("Room"), validate_choice=True)
    minutes = IntegerField(_l("Length in minutes"), [Optional(), NumberRange(1, 1440)])
    anyway = BooleanField(_l("Place it anyway, though it breaks a rule"))


class BlockForm(HouseForm):
    """Several talks at once: which ones, and what happens to them."""

    forum = SelectField(_l("Forum"))
    day = SelectField(_l("Day"))
    room = SelectField(_l("Room"))
    since = TimeField(_l("Starting from"), [Optional()])
    until = TimeField(_l("Starting before"), [Optional()])
    verb = SelectField(
        _l("What to do"),
        choices=[
            SelectChoice("shift", _l("Move them")),
            SelectChoice("pin", _l("Pin them")),
            SelectChoice("unpin", _l("Unpin them")),
            SelectChoice("clear", _l("Take them off the timetable")),
        ],
    )
    minutes = IntegerField(
        _l("Minutes later"),
        [Optional(), NumberRange(-10_000, 10_000)],
        description=_l("A negative number moves them earlier."),
    )
    to_day = SelectField(_l("To day"))
    to_room = SelectField(_l("To room"))
    anyway = BooleanField(_l("Do it anyway, though it breaks a rule"))
