"""Plans and lists from files."""

from decimal import Decimal

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from expo.venue.forms.floor import LARGEST_M, metres
from expo.web import DecimalField, HouseForm, _l


class PlanFileForm(HouseForm):
    """A drawing or a list of stands."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("A plan as DXF or SVG, or a list of stands as CSV or XLSX."),
    )


class DrawingForm(HouseForm):
    """How a drawing is taken over; the layers' roles come beside it."""

    length_units = DecimalField(
        _l("A length in the drawing, in its own unit"),
        [InputRequired(), NumberRange(Decimal("0.000001"), Decimal(10**9))],
        places=3,
    )
    length_m = DecimalField(
        _l("is so many metres"), [InputRequired(), NumberRange(Decimal("0.01"), LARGEST_M)], places=3
    )
    x_m = metres(_l("Its west edge lies at, metres"))
    y_m = metres(_l("Its north edge lies at, metres"))
    zone = SelectField(_l("Zone of its stands"))
    kind = SelectField(
        _l("Kind"),
        choices=[SelectChoice("shell", _l("Shell unit")), SelectChoice("raw", _l("Raw space"))],
    )
    pattern = StringField(
        _l("Numbers of stands without a text in them"), [InputRequired(), Length(max=40)], default="{nr:03}"
    )
    bare = SelectField(
        _l("Rectangles without a text in them"),
        choices=[
            SelectChoice("auto", _l("stands if drawn closed, aisles if between loose lines")),
            SelectChoice("all", _l("all are stands")),
            SelectChoice("none", _l("none are stands")),
        ],
        default="auto",
    )
    replace = BooleanField(_l("Delete the stands that are in the hall now"))


class ListForm(HouseForm):
    """How a list of stands is taken over."""

    replace = BooleanField(_l("Delete the stands of this hall that are not in the list"))
