"""The organiser's forms for halls, zones and stands; lengths are typed in metres."""

from decimal import Decimal

from wtforms import (
    BooleanField,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from expo.countries import countries_by_name
from expo.venue import notation
from expo.venue.editing.numbering import is_code
from expo.web import DecimalField, HouseForm, _, _l, words
from expo.web.texts import NamedForm, NameForm

LARGEST_M = 1_000
MOST_CHARACTERS = 100_000


def code(_form, field) -> None:
    """A code that tables and addresses can hold."""
    field.data = (field.data or "").strip()
    if not is_code(field.data):
        raise ValidationError(_("A code has up to 40 characters, none of them ; : or /"))


def metres(label, description=None, *, least=Decimal(0), required=True, default=None):
    """A length in metres with at most two decimals."""
    return DecimalField(
        label,
        [
            InputRequired(_l("Type a length in metres.")) if required else Optional(),
            NumberRange(least, LARGEST_M, _l("The length is between 0 and 1,000 m.")),
        ],
        places=2,
        description=description or "",
        default=default,
    )


def cm(value: Decimal | None) -> int:
    """Typed metres as whole centimetres."""
    return int(round((value or Decimal(0)) * 100))


class Lines(TextAreaField):
    """Things in a hall, one a line, in the notation of `expo.venue.notation`; `items` once it is valid."""

    items: list

    def pre_validate(self, form) -> None:
        """Read every line."""
        try:
            self.items = notation.read(self.short_name, self.data or "")
        except notation.BadNotation as bad:
            raise ValidationError(words(bad.sentence)) from None


def _lines(label, description) -> Lines:
    return Lines(label, [Length(max=MOST_CHARACTERS)], description=description)


class HallForm(NamedForm):
    """A hall: how it is called, how large it is and what is built into it."""

    code = StringField(_l("Code"), [InputRequired(), code])
    name = FormField(NameForm, _l("Name"))
    width_m = metres(_l("Width in metres"), _l("From its west wall to its east wall."), least=Decimal("0.5"))
    depth_m = metres(
        _l("Depth in metres"), _l("From its north wall to its south wall."), least=Decimal("0.5")
    )
    site_x_m = metres(_l("Place on the site: metres east"), required=False)
    site_y_m = metres(_l("Place on the site: metres south"), required=False)
    clear_height_m = metres(_l("Clear height in metres"), required=False)
    load_kg_m2 = IntegerField(_l("Load the floor bears, kg/m²"), [Optional(), NumberRange(1, 1_000_000)])
    outline = _lines(
        _l("Outline"),
        _l(
            "The corners of the floor, one a line, as x/y in metres from the north-west corner. Empty: the "
            "whole rectangle."
        ),
    )
    walls = _lines(_l("Walls"), _l("x1/y1/x2/y2 in metres, one a line, like 0/30/24/30."))
    columns = _lines(_l("Columns"), _l("x/y/width/depth in metres, one a line, like 12/9/0.8/0.8."))
    entrances = _lines(_l("Entrances"), _l("name@x/y in metres, one a line, like N1@45/0."))
    aisles = _lines(_l("Aisles"), _l("name@x/y/width/depth in metres, one a line."))
    utilities = _lines(
        _l("Supplies"), _l("kind@x/y in metres, one a line, like power@12/9 or water:W3@12/9.")
    )
    areas = _lines(
        _l("Areas of zones"), _l("zone@x/y/width/depth in metres, one a line, like INT@0/0/60/100.")
    )


class ZoneForm(NamedForm):
    """A zone: its areas, its colour and who may stand in it."""

    code = StringField(_l("Code"), [InputRequired(), code])
    name = FormField(NameForm, _l("Name"))
    gross_m2 = IntegerField(_l("Gross area in m²"), [InputRequired(), NumberRange(0, 10_000_000)])
    net_m2 = IntegerField(
        _l("Net area in m²"),
        [InputRequired(), NumberRange(0, 10_000_000)],
        description=_l("What stands may take together; not more than the gross area."),
    )
    hue = SelectField(_l("Colour"), coerce=int, choices=[SelectChoice(n, str(n)) for n in range(1, 9)])
    countries = StringField(
        _l("Countries"), [Length(max=2000)],
        description=_l("Two-letter codes of those who may stand here, parted by spaces. Empty: everybody."),
    )  # fmt: skip
    sectors = StringField(
        _l("Sectors"), [Length(max=2000)],
        description=_l("Sectors that may stand here, parted by ; Empty: all."),
    )  # fmt: skip

    def validate_countries(self, field) -> None:
        """Each is a country."""
        known = {code for code, _name in countries_by_name("en")}
        wrong = [word for word in self.country_codes() if word not in known]
        if wrong:
            raise ValidationError(_("There is no country %(code)s.", code=wrong[0]))

    def country_codes(self) -> list[str]:
        """The codes, each once."""
        return list(dict.fromkeys((self.countries.data or "").upper().replace(";", " ").split()))

    def sector_names(self) -> list[str]:
        """The sectors, each once."""
        return list(dict.fromkeys(s.strip() for s in (self.sectors.data or "").split(";") if s.strip()))


class StandForm(HouseForm):
    """One stand."""

    code = StringField(_l("Code"), [InputRequired(), code])
    zone = SelectField(_l("Zone"), [InputRequired()])
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice("shell", _l("Shell unit")), SelectChoice("raw", _l("Raw space"))]
    )
    x_m = metres(_l("Metres from the west wall"))
    y_m = metres(_l("Metres from the north wall"))
    width_m = metres(_l("Width in metres"), least=Decimal("0.01"))
    depth_m = metres(_l("Depth in metres"), least=Decimal("0.01"))
    power_kw = IntegerField(_l("Power in kW"), [InputRequired(), NumberRange(0, 10_000)], default=3)
    water = BooleanField(_l("Water can be had here"))
    height_m = metres(_l("Highest build in metres"), _l("Empty: as the hall allows."), required=False)
    load_kg_m2 = IntegerField(
        _l("Load the floor bears, kg/m²"), [Optional(), NumberRange(1, 1_000_000)],
        description=_l("Empty: as the hall's."),
    )  # fmt: skip


class GenerateForm(HouseForm):
    """Many stands at once."""

    shape = SelectField(
        _l("Layout"),
        choices=[
            SelectChoice("block", _l("Blocks of 2 × n, back to back")),
            SelectChoice("islands", _l("Islands, each open on four sides")),
            SelectChoice("row", _l("Single rows, as along a wall")),
            SelectChoice("corner", _l("Rows along two walls that meet")),
            SelectChoice("plots", _l("Raw plots: a space cut evenly")),
            SelectChoice("fill", _l("Fill a space or the whole hall with blocks and aisles")),
        ],
    )
    x_m = metres(_l("Metres from the west wall"), default=Decimal(0))
    y_m = metres(_l("Metres from the north wall"), default=Decimal(0))
    width_m = metres(
        _l("Width of the space to fill or cut"), _l("0: to the end of the hall."), default=Decimal(0)
    )
    depth_m = metres(
        _l("Depth of the space to fill or cut"), _l("0: to the end of the hall."), default=Decimal(0)
    )
    unit_width_m = metres(_l("Width of a stand"), least=Decimal("0.5"), default=Decimal(3))
    unit_depth_m = metres(_l("Depth of a stand"), least=Decimal("0.5"), default=Decimal(3))
    across = IntegerField(_l("Stands side by side"), [InputRequired(), NumberRange(1, 5000)], default=6)
    down = IntegerField(
        _l("Rows or blocks below one another"), [InputRequired(), NumberRange(1, 5000)], default=1
    )
    aisle_m = metres(_l("Aisle between rows"), default=Decimal(3))
    cross_aisle_m = metres(_l("Aisle between blocks or islands side by side"), default=Decimal(3))
    margin_m = metres(_l("Free along the edge, when filling"), default=Decimal(3))
    heads = BooleanField(_l("A stand across each end of a block"))
    upright = BooleanField(_l("Rows run from north to south"))
    wall_rows = BooleanField(_l("Single rows along the walls, when filling"))
    corner = SelectField(
        _l("Corner"),
        choices=[
            SelectChoice("nw", _l("North-west")), SelectChoice("ne", _l("North-east")),
            SelectChoice("sw", _l("South-west")), SelectChoice("se", _l("South-east")),
        ],
    )  # fmt: skip
    zone = SelectField(_l("Zone"))
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice("shell", _l("Shell unit")), SelectChoice("raw", _l("Raw space"))]
    )
    power_kw = IntegerField(_l("Power in kW"), [InputRequired(), NumberRange(0, 10_000)], default=3)
    pattern = StringField(
        _l("Numbers"), [InputRequired(), Length(max=40)], default="{ROW}-{nr:02}",
        description=_l("{nr} counts, {nr:02} with two digits, {row} and {ROW} are the row."),
    )  # fmt: skip
    start = IntegerField(_l("First number"), [InputRequired(), NumberRange(0, 100_000)], default=1)


class RenumberForm(HouseForm):
    """New numbers for the stands chosen in the table, or for all."""

    pattern = StringField(_l("Numbers"), [InputRequired(), Length(max=40)], default="{ROW}-{nr:02}")
    start = IntegerField(_l("First number"), [InputRequired(), NumberRange(0, 100_000)], default=1)
    direction = SelectField(
        _l("One walks"),
        choices=[
            SelectChoice("east", _l("eastwards, row by row to the south")),
            SelectChoice("west", _l("westwards, row by row to the south")),
            SelectChoice("south", _l("southwards, row by row to the east")),
            SelectChoice("north", _l("northwards, row by row to the east")),
        ],
    )
    serpentine = BooleanField(_l("Every second row backwards"))
