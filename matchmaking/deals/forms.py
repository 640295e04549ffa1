"""The form that records a deal: both parties, terms and lines."""

from decimal import Decimal

from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from expo import money
from expo.errors import Refused
from expo.web import DecimalField, HouseForm, _l
from expo.words import say
from matchmaking.catalogue.hs import tidy
from matchmaking.deals.models import TYPES
from matchmaking.deals.services import Line
from matchmaking.deals.wording import STAGES as STAGE_WORDS
from matchmaking.deals.wording import TYPES as TYPE_WORDS

FIRST_STAGES = ("lead", "intent", "memorandum", "contract")
MOST_LINES = 40


class LineForm(Form):
    """One line; a line without any entry is no line."""

    hs = StringField(_l("HS code"), [Length(max=12)], description=_l("Six digits, say 040900 for honey."))
    text = StringField(_l("What is sold"), [Length(max=300)])
    quantity = DecimalField(_l("Quantity"), [Optional(), NumberRange(0, 10**12)], places=None)
    unit = StringField(_l("Unit"), [Length(max=20)], default="pcs")
    price = DecimalField(
        _l("Price per unit"),
        [Optional(), NumberRange(0, 10**12)],
        places=None,
        description=_l("In whole units of the deal's currency, say 12.50."),
    )

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered; the unit is there from the start."""
        typed = (*(self.quantity.raw_data or ()), *(self.price.raw_data or ()))
        return not any((self.hs.data, self.text.data, *typed))


class DealForm(HouseForm):
    """A deal as two parties tell it."""

    seller = StringField(
        _l("Seller"), [InputRequired(), Length(max=40)], description=_l("The exhibitor's code.")
    )
    buyer = StringField(
        _l("Buyer"),
        [Length(max=40)],
        description=_l("The buyer's code. Leave it empty for sales at the stand."),
    )
    type = SelectField(_l("Type"), [InputRequired()], choices=[], default="purchase")
    stage = SelectField(_l("Stage"), [InputRequired()], choices=[], default="intent")
    currency = StringField(
        _l("Currency"),
        [InputRequired(), Length(3, 3)],
        description=_l("Three letters, say USD. The rate is taken from the edition's rates."),
    )
    signed_on = DateField(_l("Signed on"), [InputRequired()])
    lines = FieldList(FormField(LineForm), _l("Lines"), min_entries=2, max_entries=MOST_LINES)

    def named(self, translate) -> "DealForm":
        """The form with its choices in the reader's language."""
        self.type.choices = [SelectChoice(code, translate(TYPE_WORDS[code])) for code in TYPES]
        self.stage.choices = [SelectChoice(code, translate(STAGE_WORDS[code])) for code in FIRST_STAGES]
        return self

    def typed_lines(self, language: str) -> tuple[Line, ...]:
        """The lines that were filled in. Refused where an amount cannot be kept as it was typed."""
        currency = (self.currency.data or "").upper()
        if not money.is_currency(currency):
            raise Refused(say("%(code)s is not a currency code of ISO 4217.", code=currency))
        filled = [entry.form for entry in self.lines if not entry.form.is_blank]
        return tuple(_line(one, number, currency, language) for number, one in enumerate(filled, 1))


def _line(form: LineForm, number: int, currency: str, language: str) -> Line:
    if form.quantity.data is None or form.price.data is None:
        raise Refused(say("Line %(number)s needs a quantity and a price.", number=number))
    if form.quantity.data != round(form.quantity.data, 3):
        raise Refused(say("Line %(number)s: a quantity has at most three decimals.", number=number))
    text = (form.text.data or "").strip()
    return Line(
        hs=tidy(form.hs.data or ""),
        text={language: text} if text else {},
        quantity=form.quantity.data,
        unit=(form.unit.data or "").strip() or "pcs",
        unit_price_minor=_minor(form.price.data, number, currency),
    )


def _minor(price: Decimal, number: int, currency: str) -> int:
    try:
        return money.to_minor(price, currency)
    except ValueError:
        raise Refused(
            say(
                "Line %(number)s: a price in %(currency)s has at most %(digits)s decimals.",
                number=number,
                currency=currency,
                digits=money.exponent(currency),
            )
        ) from None
