"""The form that records or amends a deal: parties, terms, lines, further signatories, project."""

from decimal import Decimal

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from expo import money
from expo.countries import COUNTRIES
from expo.errors import Refused
from expo.web import DecimalField, HouseForm, IntegerField, _l
from expo.web.language import country_name
from expo.words import say
from matchmaking.catalogue.hs import tidy
from matchmaking.catalogue.terms import INCOTERMS
from matchmaking.deals.content import FORMS, Line, Project
from matchmaking.deals.stages import FIRST, ORIGINS, ROLES, STAGES, TYPES
from matchmaking.deals.wording import FORMS as FORM_WORDS
from matchmaking.deals.wording import ORIGINS as ORIGIN_WORDS
from matchmaking.deals.wording import ROLES as ROLE_WORDS
from matchmaking.deals.wording import STAGES as STAGE_WORDS
from matchmaking.deals.wording import TYPES as TYPE_WORDS

FIRST_STAGES = tuple(stage for stage in STAGES if any(stage in stages for stages in FIRST.values()))
MOST_LINES = 40
NOT_CHOSEN = ""


class TypedDecimal(DecimalField):
    """A number typed as text: browsers take no comma and no Urdu digits where they expect a number."""

    widget = TextInput()


class LineForm(Form):
    """One line; a line without any entry is no line."""

    hs = StringField(
        _l("HS code"),
        [Length(max=12)],
        description=_l("Six digits, say 040900 for honey. Chapter and heading are checked."),
    )
    text = StringField(_l("What is sold"), [Length(max=300)])
    quantity = TypedDecimal(_l("Quantity"), [Optional(), NumberRange(0, 10**12)], places=None)
    unit = StringField(_l("Unit"), [Length(max=20)], default="pcs")
    price = TypedDecimal(
        _l("Price per unit"),
        [Optional(), NumberRange(0, 10**12)],
        places=None,
        description=_l("In whole units of the deal's currency, say 12.50."),
    )
    incoterm = SelectField(
        _l("Incoterm"),
        [Optional()],
        choices=[SelectChoice("", "–"), *(SelectChoice(code, code) for code in INCOTERMS)],
    )
    delivery = StringField(_l("Delivery"), [Length(max=200)], description=_l("Place, dates, packing."))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered; the unit is there from the start."""
        typed = (*(self.quantity.raw_data or ()), *(self.price.raw_data or ()))
        return not any((self.hs.data, self.text.data, *typed))


class PartyForm(Form):
    """Somebody who signs beside seller and buyer."""

    code = StringField(_l("Exhibitor or buyer"), [Length(max=40)], description=_l("The code of the firm."))
    role = SelectField(_l("Role"), [Optional()], choices=[])
    signatory = StringField(_l("Signatory"), [Length(max=120)])


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
    seller_signs = StringField(_l("Signatory of the seller"), [Length(max=120)])
    buyer_signs = StringField(_l("Signatory of the buyer"), [Length(max=120)])
    type = SelectField(_l("Type"), [InputRequired()], choices=[], default="purchase")
    stage = SelectField(_l("Stage"), [InputRequired()], choices=[], default="intent")
    title = StringField(_l("Title"), [Length(max=200)])
    currency = StringField(
        _l("Currency"),
        [InputRequired(), Length(3, 3)],
        description=_l("Three letters, say USD. The rate is taken from the edition's rates."),
    )
    amount = TypedDecimal(
        _l("Sum"),
        [Optional(), NumberRange(0, 10**15)],
        places=None,
        description=_l("For what has no lines: an investment, an agreement."),
    )
    signed_on = DateField(_l("Signed on"), [InputRequired()])
    origin = SelectField(_l("Where it was made"), [Optional()], choices=[])
    forum = SelectField(_l("Forum"), [Optional()], choices=[])
    term_months = IntegerField(
        _l("Runs for so many months"),
        [Optional(), NumberRange(1, 1200)],
        description=_l("Intents of several years are also stated as a sum a year."),
    )
    delivery_due = DateField(_l("Delivery due"), [Optional()])
    payment_due = DateField(_l("Payment due"), [Optional()])
    terms = TextAreaField(_l("Terms"), [Length(max=4000)])
    framework = BooleanField(_l("A framework that further deals are called off from"))
    framework_number = IntegerField(
        _l("Called off from framework deal"), [Optional(), NumberRange(1, 2**31 - 1)]
    )
    lines = FieldList(FormField(LineForm), _l("Lines"), min_entries=2, max_entries=MOST_LINES)
    others = FieldList(FormField(PartyForm), _l("Further parties"), min_entries=1, max_entries=10)
    project_form = SelectField(_l("Kind of project"), [Optional()], choices=[])
    project_country = SelectField(_l("Country of the project"), [Optional()], choices=[])
    project_place = StringField(_l("Place"), [Length(max=120)])
    project_sector = StringField(_l("Sector"), [Length(max=80)])
    project_summary = TextAreaField(_l("What it is about"), [Length(max=2000)])
    project_jobs = IntegerField(_l("Jobs planned"), [Optional(), NumberRange(0, 10**7)])
    project_starts = DateField(_l("Begins"), [Optional()])
    project_ends = DateField(_l("Ends"), [Optional()])
    version = HiddenField()
    meeting = HiddenField()
    reason = StringField(_l("Why it is changed"), [Length(max=500)])

    def named(self, translate, forums=()) -> "DealForm":
        """The form with its choices in the reader's language; `forums` are (code, name)."""
        self.type.choices = [SelectChoice(code, translate(TYPE_WORDS[code])) for code in TYPES]
        self.stage.choices = [SelectChoice(code, translate(STAGE_WORDS[code])) for code in STAGES]
        if not self.version.data:
            self.stage.choices = [one for one in self.stage.choices if one.value in FIRST_STAGES]
        nothing = SelectChoice(NOT_CHOSEN, "–")
        self.origin.choices = [nothing, *(SelectChoice(c, translate(ORIGIN_WORDS[c])) for c in ORIGINS)]
        self.forum.choices = [nothing, *(SelectChoice(code, name) for code, name in forums)]
        kinds = [form for type_ in FORMS for form in FORMS[type_]]
        self.project_form.choices = [nothing, *(SelectChoice(c, translate(FORM_WORDS[c])) for c in kinds)]
        lands = sorted((country_name(code), code) for code in COUNTRIES)
        self.project_country.choices = [nothing, *(SelectChoice(code, name) for name, code in lands)]
        for entry in self.others:
            entry.form.role.choices = [SelectChoice(c, translate(ROLE_WORDS[c])) for c in ROLES]
        return self

    def typed_currency(self) -> str:
        """The currency in capitals. Refused where there is no such one."""
        currency = (self.currency.data or "").upper()
        if not money.is_currency(currency):
            raise Refused(say("%(code)s is not a currency code of ISO 4217.", code=currency))
        return currency

    def typed_lines(self, language: str) -> tuple[Line, ...]:
        """The lines that were filled in. Refused where an amount cannot be kept as it was typed."""
        currency = self.typed_currency()
        filled = [entry.form for entry in self.lines if not entry.form.is_blank]
        return tuple(_line(one, number, currency, language) for number, one in enumerate(filled, 1))

    def typed_amount(self) -> int:
        """The sum of a deal without lines, in minor units. Refused where it has too many decimals."""
        currency = self.typed_currency()
        try:
            return money.to_minor(self.amount.data or Decimal(0), currency)
        except ValueError:
            raise Refused(
                say(
                    "A sum in %(currency)s has at most %(digits)s decimals.",
                    currency=currency,
                    digits=money.exponent(currency),
                )
            ) from None

    def typed_project(self, language: str) -> Project | None:
        """The project, if one was described. Refused without its kind and country."""
        texts = (self.project_form.data, self.project_country.data, self.project_place.data,
                 self.project_sector.data, self.project_summary.data)  # fmt: skip
        if not any(texts) and not self.project_jobs.data:
            return None
        if not self.project_form.data or not self.project_country.data:
            raise Refused(say("A project needs its kind and its country."))
        summary = (self.project_summary.data or "").strip()
        return Project(
            form=self.project_form.data,
            country=self.project_country.data,
            place=(self.project_place.data or "").strip(),
            sector=(self.project_sector.data or "").strip(),
            summary={language: summary} if summary else {},
            jobs=self.project_jobs.data or 0,
            starts_on=self.project_starts.data,
            ends_on=self.project_ends.data,
        )


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
        incoterm=form.incoterm.data or "",
        delivery=(form.delivery.data or "").strip(),
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


class RatesForm(HouseForm):
    """A file of exchange rates."""

    take = HiddenField()
