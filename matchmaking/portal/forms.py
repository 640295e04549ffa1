"""Forms of the exhibitor's portal: the shape of what is typed. What may stay open in a draft is optional."""

from wtforms import (
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from expo.accounts.forms import TidyEmail
from expo.countries import countries_by_name
from expo.exhibitors.application import AIMED, LARGEST_M2, SHAPES, SIZES, WISHES, parted
from expo.languages import LANGUAGES, tidy
from expo.money import CURRENCIES
from expo.web import DecimalField, HouseForm, _, _l, words
from expo.web.language import language
from matchmaking.catalogue import hs
from matchmaking.catalogue.terms import (
    INCOTERMS,
    LARGEST_PRICE,
    LARGEST_QUANTITY,
    LONGEST_UNIT,
    MOST_CERTIFICATES,
)
from matchmaking.folder.values import BadCell, read_email, read_website


class NameForm(Form):
    """A short text in up to four languages."""

    en = StringField(LANGUAGES["en"], [Length(max=200)])
    zh = StringField(LANGUAGES["zh"], [Length(max=200)])
    ru = StringField(LANGUAGES["ru"], [Length(max=200)])
    ur = StringField(LANGUAGES["ur"], [Length(max=200)])


class TextForm(Form):
    """A long text in up to four languages."""

    en = TextAreaField(LANGUAGES["en"], [Length(max=2000)])
    zh = TextAreaField(LANGUAGES["zh"], [Length(max=2000)])
    ru = TextAreaField(LANGUAGES["ru"], [Length(max=2000)])
    ur = TextAreaField(LANGUAGES["ur"], [Length(max=2000)])


class NamedForm(HouseForm):
    """A form whose field `name` needs a text in one language at least."""

    def validate(self, extra_validators=None) -> bool:
        """The shape of each field, and that there is a name."""
        right = super().validate(extra_validators)
        if not tidy(self["name"].data):
            first = self["name"].form[language()]
            first.errors = [*first.errors, _("Type the name in one language at least.")]
            return False
        return right


class OptionalEmail(TidyEmail):
    """An e-mail address or nothing."""

    def pre_validate(self, form) -> None:
        """Nothing is fine."""
        if (self.data or "").strip():
            super().pre_validate(form)
            try:
                read_email(self.data)
            except BadCell:  # the folder's rule, or an export could not be imported again
                raise ValidationError(_("Type an e-mail address such as name@example.org.")) from None


def countries() -> list[SelectChoice]:
    """All countries by their names in the reader's language, after an empty choice."""
    named = countries_by_name(language())
    return [SelectChoice("", _("Choose a country")), *(SelectChoice(code, name) for code, name in named)]


def web_address(_form, field) -> None:
    """An address of the web, with the part before // added where it is missing."""
    value = (field.data or "").strip()
    if not value:
        return
    value = value if "://" in value else f"https://{value}"
    wrong = ValidationError(_("Type a web address such as www.example.org."))
    try:
        field.data = read_website(value)
    except BadCell:
        raise wrong from None
    if "." not in value:
        raise wrong


COUNTRY_NEEDED = InputRequired(_l("Choose a country."))


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


class SelectMultipleBoxesField(SelectMultipleField):
    """Several of a few choices."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class StandForm(HouseForm):
    """What floor is asked for."""

    area_m2 = IntegerField(
        _l("Net area, m²"), [InputRequired(_l("Type a number.")), NumberRange(1, LARGEST_M2)],
        description=_l("A shell unit has 9 m². Areas are rounded to what the floor offers."),
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

    def __init__(self, *args, zones=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.shape.choices = [SelectChoice(key, words(name)) for key, name in SHAPES.items()]
        self.zones.choices = [SelectChoice(code, label) for code, label in zones]


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
        description=_l("Code or exact name. You are not made neighbours; both of you see this."),
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


class ProductForm(NamedForm):
    """A product."""

    name = FormField(NameForm, _l("Name of the product"))
    hs = StringField(
        _l("Class of the Harmonised System"), [InputRequired(_l("Type the six digits.")), Length(max=20)],
        description=_l("Six digits, such as 040900 for honey. Buyers are matched by it."),
    )  # fmt: skip
    origin = SelectField(_l("Country of origin"), [COUNTRY_NEEDED])
    quantity = DecimalField(
        _l("Quantity on offer"), [Optional(), NumberRange(0, LARGEST_QUANTITY)], places=None, default=0
    )
    unit = StringField(
        _l("Unit"), [Length(max=LONGEST_UNIT)], default="pcs", description=_l("Such as pcs, kg or t.")
    )
    price = DecimalField(
        _l("Price of one unit"), [Optional(), NumberRange(0, LARGEST_PRICE)], places=None, default=0,
        description=_l("0 means on request."),
    )  # fmt: skip
    currency = SelectField(_l("Currency"), [InputRequired()])
    incoterm = SelectField(
        _l("Delivery term"), choices=[SelectChoice("", "–"), *INCOTERMS], default="", validators=[Optional()]
    )
    certificates = StringField(
        _l("Certificates"), [Length(max=500)], description=_l("Parted by commas, such as ISO 22000, Halal.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.origin.choices = countries()
        self.currency.choices = sorted(CURRENCIES)

    def validate_hs(self, field) -> None:
        """Six digits, of a chapter that exists."""
        code = hs.tidy(field.data or "")
        if len(code) != 6 or not hs.valid_hs(code):
            raise ValidationError(_("This is no class of the Harmonised System with six digits."))

    def validate_certificates(self, field) -> None:
        """A few short ones."""
        found = parted(field.data or "")
        if len(found) > MOST_CERTIFICATES or any(len(each) > 80 for each in found):
            raise ValidationError(_("Name up to 20 certificates of up to 80 letters each."))


class StaffForm(NamedForm):
    """One person of the stand staff."""

    name = FormField(
        NameForm,
        _l("Name"),
        description=_l("As it should stand on the badge, in each script you want there."),
    )
    position = StringField(_l("Position"), [Length(max=120)])
    country = SelectField(_l("Country"), [COUNTRY_NEEDED])
    email = OptionalEmail(_l("E-mail address"), [Length(max=254)])
    language = SelectField(
        _l("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.country.choices = countries()
