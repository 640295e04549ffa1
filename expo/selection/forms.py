"""Forms of live selection: a round, the settings, a wish to wait for, a swap."""

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from expo.web import DateTimeLocalField, HouseForm, _l


class RoundForm(HouseForm):
    """What a round is. Times are those of the venue."""

    name = StringField(_l("Name of the round"), [InputRequired(), Length(max=80)])
    mode = RadioField(
        _l("Who comes when"),
        [InputRequired()],
        choices=[
            SelectChoice("turns", _l("In the order of points, each at a time of their own")),
            SelectChoice("open", _l("Everybody from the beginning: first come, first served")),
        ],
        default="turns",
    )
    zones = SelectMultipleField(
        _l("Zones offered"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
        description=_l("None chosen and no stands named: all stands."),
    )  # fmt: skip
    stands = TextAreaField(
        _l("Single stands offered besides"),
        [Optional(), Length(max=20_000)],
        description=_l("Codes parted by blanks, commas or lines."),
    )
    starts_at = DateTimeLocalField(_l("Begins"), [InputRequired()], description=_l("Time at the venue."))
    per_window = IntegerField(_l("Exhibitors at a time"), [InputRequired(), NumberRange(1, 500)], default=5)
    window_minutes = IntegerField(
        _l("Minutes for each turn"), [InputRequired(), NumberRange(1, 1440)], default=10
    )
    day_from = TimeField(_l("Turns begin in the morning at"), [InputRequired()])
    day_until = TimeField(
        _l("and end in the evening at"),
        [InputRequired()],
        description=_l("The same time twice: round the clock."),
    )
    weekends = BooleanField(_l("On Saturdays and Sundays too"))
    lasting = BooleanField(_l("Whose turn has come may pick until the round ends"), default=True)
    hold_minutes = IntegerField(
        _l("Minutes that a stand is held"), [InputRequired(), NumberRange(1, 240)], default=10
    )
    tolerance_percent = IntegerField(
        _l("Area may differ from what was asked for by, %"),
        [InputRequired(), NumberRange(0, 100)],
        default=10,
    )
    most_stands = IntegerField(
        _l("At most so many stands"), [InputRequired(), NumberRange(1, 200)], default=60
    )
    rival_m = IntegerField(_l("Rivals stand apart by, m"), [InputRequired(), NumberRange(0, 500)], default=12)
    keep_zones = BooleanField(_l("Only zones that were applied for"), default=True)
    keep_needs = BooleanField(_l("Only stands with the power, water, height and load needed"), default=True)
    keep_touching = BooleanField(_l("Only stands that touch"), default=True)


class SettingsForm(HouseForm):
    """The waiting list and swaps of an edition."""

    waiting_open = BooleanField(_l("Exhibitors may join the waiting list"))
    offer_hours = IntegerField(_l("An offer is kept for, hours"), [InputRequired(), NumberRange(1, 720)])
    swaps_open = BooleanField(_l("Exhibitors may propose swaps"))
    swaps_need_approval = BooleanField(_l("A swap needs the organiser's approval"))
    swap_days = IntegerField(_l("A proposal is open for, days"), [InputRequired(), NumberRange(1, 90)])


class WaitForm(HouseForm):
    """What somebody waits for."""

    kind = RadioField(
        _l("Wait for"),
        [InputRequired()],
        choices=[
            SelectChoice("stand", _l("a certain stand")),
            SelectChoice("zone", _l("a place in a zone")),
            SelectChoice("size", _l("a place of a size, wherever")),
        ],
        default="stand",
    )
    stand = StringField(_l("Stand code"), [Optional(), Length(max=40)])
    zone = SelectField(_l("Zone"), [Optional()])
    least_m2 = IntegerField(_l("At least, m²"), [InputRequired(), NumberRange(1, 100_000)])
    most_m2 = IntegerField(_l("At most, m²"), [InputRequired(), NumberRange(1, 100_000)])
    replaces = BooleanField(_l("I give my present place back for it"))


class SwapForm(HouseForm):
    """With whom to swap, and a word to them."""

    stand = StringField(
        _l("Their stand"),
        [InputRequired(), Length(max=40)],
        description=_l("A stand code, as on the public plan."),
    )
    message = TextAreaField(_l("A word to them"), [Optional(), Length(max=500)])


class ReasonForm(HouseForm):
    """Why not."""

    reason = StringField(_l("Reason"), [Length(max=500)])
