"""The exhibitor's forms about money and permits."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, Length, NumberRange, Optional

from expo.languages import LANGUAGES
from expo.money import CURRENCIES
from expo.orders.permits import FIGURES, KINDS
from expo.web import HouseForm, _, _l, words


class BillingForm(HouseForm):
    """To whom invoices are made out."""

    name = StringField(
        _l("Name on the invoice"), [Length(max=200)],
        description=_l("If it is another firm or another spelling than the organisation's name."),
    )  # fmt: skip
    address = TextAreaField(_l("Address"), [Length(max=500)])
    tax_number = StringField(
        _l("Tax number"), [Length(max=60)], description=_l("VAT, INN, BIN, USCC: as your books need it.")
    )
    order_reference = StringField(
        _l("Your reference"), [Length(max=60)], description=_l("Such as your order number.")
    )
    email = StringField(
        _l("E-mail address for invoices"),
        [Optional(), Length(max=254), Email(_l("Type an e-mail address such as name@example.org."))],
    )
    language = SelectField(_l("Language of invoices and letters"))
    currency = SelectField(
        _l("Currency of your books"),
        description=_l("Invoices show what is due in it, where a rate is known."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        usual = SelectChoice("", _("As usual"))
        self.language.choices = [usual, *(SelectChoice(code, name) for code, name in LANGUAGES.items())]
        self.currency.choices = [usual, *(SelectChoice(code, code) for code in sorted(CURRENCIES))]

    def given(self) -> dict[str, str]:
        """What was typed, stripped."""
        return {name: (value or "").strip() for name, value in self.data.items() if name != "csrf_token"}


def _figure(label) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(0, 10_000_000)])


class PermitForm(HouseForm):
    """The figures of an application; only those its kind asks for are shown."""

    height_cm = _figure(_l("Height, cm"))
    load_kg_m2 = _figure(_l("Load on the floor, kg/m²"))
    weight_kg = _figure(_l("Weight, kg"))
    area_m2 = _figure(_l("Area, m²"))
    description = TextAreaField(_l("What you plan"), [Length(max=4000)])

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        for name in FIGURES:
            if name not in KINDS[kind].figures:
                del self[name]
            else:
                self[name].label.text = words(FIGURES[name])

    def given(self) -> dict[str, Any]:
        """What was typed."""
        return {name: value for name, value in self.data.items() if name != "csrf_token"}


class DrawingForm(HouseForm):
    """A drawing."""

    file = FileField(
        _l("Drawing"), [FileRequired(_l("Choose a file."))],
        description=_l("PDF, PNG, JPEG or DXF, up to 10 MB."),
    )  # fmt: skip
