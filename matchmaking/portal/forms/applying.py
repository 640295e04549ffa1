"""Forms of the application. What may stay open in a draft is optional."""

from wtforms import (
    BooleanField,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from expo.exhibitors.application import AIMED, LARGEST_LOAD, LARGEST_M2, SHAPES, SIZES, WISHES
from expo.web import HouseForm, _, _l, words
from expo.web.texts import NamedForm, NameForm, TextForm
from matchmaking.portal.forms.parts import (
    COUNTRY_NEEDED,
    SelectMultipleBoxesField,
    countries,
    web_address,
)
from matchmaking.profiles.forms import OptionalEmail


class OrganisationForm(NamedForm):
    """Who the exhibitor is."""

    name = FormField(
        NameForm, _l("Name of the organisation"),
        description=_l("As on the business licence, in each language you use. One is enough."),
    )  # fmt: skip
    country = SelectField(_l("Country"), [COUNTRY_NEEDED])
    city = StringField(_l("City"), [Length(max=120)])
    size = RadioField(_l("Size"), [InputRequired(_l("Choose a size."))], default="medium")
    website = StringField(_l("Website"), [Length(max=200), web_address])
    email = OptionalEmail(_l("E-mail address of the organisation"), [Length(max=254)])
    phone = StringField(_l("Telephone"), [Length(max=40)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.country.choices = countries()
        self.size.choices = [SelectChoice(key, words(name)) for key, name in SIZES.items()]


class StandForm(HouseForm):
    """What floor is asked for."""

    area_m2 = IntegerField(
        _l("Net area, m²"), [InputRequired(_l("Type a number.")), NumberRange(1, LARGEST_M2)],
        description=_l("A shell unit has 9 m². Areas are rounded to what the floor offers."),
    )  # fmt: skip
    least_m2 = IntegerField(
        _l("Least area that would still do, m²"), [Optional(), NumberRange(1, LARGEST_M2)],
        description=_l("Empty: no less than you ask for. A smaller stand is better than none."),
    )  # fmt: skip
    shape = RadioField(_l("Shape"), [InputRequired(_l("Choose a shape."))])
    zones = SelectMultipleBoxesField(
        _l("Zones"), description=_l("Where your stand may be. Choose all that suit you.")
    )
    power_kw = IntegerField(_l("Power, kW"), [InputRequired(_l("Type a number.")), NumberRange(0, 1000)])
    height_cm = IntegerField(
        _l("Height of the build, cm"), [InputRequired(_l("Type a number.")), NumberRange(0, 2000)],
        description=_l("Shell stands are 250 cm high. Higher builds need a permit."),
    )  # fmt: skip
    load_kg_m2 = IntegerField(
        _l("Load on the floor, kg per m²"), [Optional(), NumberRange(0, LARGEST_LOAD)], default=0,
        filters=[lambda value: value or 0],
        description=_l("Of your heaviest exhibit. 0: what people and furniture weigh."),
    )  # fmt: skip
    water = BooleanField(_l("Water and a drain"))

    def __init__(self, *args, zones=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.shape.choices = [SelectChoice(key, words(name)) for key, name in SHAPES.items()]
        self.zones.choices = [SelectChoice(code, label) for code, label in zones]

    def validate_least_m2(self, field) -> None:
        """No more than the area asked for."""
        if field.data and self.area_m2.data and field.data > self.area_m2.data:
            raise ValidationError(_("This is more than the area you ask for."))


class WishForm(HouseForm):
    """One more wish."""

    kind = SelectField(_l("I wish for"), [InputRequired()])
    target = StringField(
        _l("Code or name"), [Length(max=200)],
        description=_l("Of the stand, zone, hall or partner. The floor plan and the directory show codes."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(key, words(name)) for key, name in WISHES.items()]

    def validate_target(self, field) -> None:
        """Some wishes need to say which one."""
        if self.kind.data in AIMED and not (field.data or "").strip():
            raise ValidationError(_("Say which one: this wish needs a code."))


class RivalForm(HouseForm):
    """One competitor to keep away from."""

    rival = StringField(
        _l("Competitor"), [InputRequired(_l("Type a code or a name.")), Length(max=200)],
        description=_l("Code or exact name. You are not made neighbours. They never learn of it."),
    )  # fmt: skip


class ContactForm(HouseForm):
    """Whom to write to, and the entry in the directory."""

    contact_name = StringField(_l("Contact person"), [Length(max=120)])
    contact_email = OptionalEmail(
        _l("Contact person's e-mail address"), [Length(max=254)],
        description=_l("Decisions and invoices are announced there."),
    )  # fmt: skip
    sector = StringField(_l("Sector"), [Length(max=80)], description=_l("In a word or two, such as food."))
    profile = FormField(
        TextForm, _l("What you do"), description=_l("For the directory; two or three sentences.")
    )
