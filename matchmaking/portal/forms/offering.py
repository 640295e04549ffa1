"""Forms for what an exhibitor brings: products and people."""

from wtforms import FormField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from expo.exhibitors.application import parted
from expo.languages import LANGUAGES
from expo.money import CURRENCIES
from expo.web import DecimalField, _, _l
from expo.web.texts import NamedForm, NameForm
from matchmaking.catalogue import hs
from matchmaking.catalogue.terms import (
    INCOTERMS,
    LARGEST_PRICE,
    LARGEST_QUANTITY,
    LONGEST_UNIT,
    MOST_CERTIFICATES,
)
from matchmaking.portal.forms.parts import COUNTRY_NEEDED, countries
from matchmaking.profiles.forms import OptionalEmail


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
        description=_l("In Latin letters as in the passport; besides in each script you want on the badge."),
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
