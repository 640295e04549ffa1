"""The organiser's forms about orders: the shape of what is typed."""

from decimal import Decimal

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from expo.languages import tidy
from expo.orders.permits import KINDS
from expo.orders.stages import CATEGORY_NAMES
from expo.web import DecimalField, HouseForm, _, _l, words
from expo.web.texts import NameForm

LARGEST = Decimal(10) ** 9
A_NUMBER = InputRequired(_l("Type a number."))
CODE = Regexp(r"^[A-Za-z0-9_.-]+$", message=_l("Letters, digits, - . _ only."))


def _price(label, **more) -> DecimalField:
    return DecimalField(label, [A_NUMBER, NumberRange(0, LARGEST)], places=None, default=0, **more)


def _percent(label, most=100, **more) -> DecimalField:
    return DecimalField(label, [A_NUMBER, NumberRange(0, most)], places=None, default=0, **more)


class PricesForm(HouseForm):
    """Floor, surcharges, discounts, terms and the seller's particulars. Zones are read beside it."""

    version = HiddenField()
    shell_m2 = _price(_l("Shell stand, a m²"))
    raw_m2 = _price(_l("Raw space, a m²"))
    power_kw = _price(_l("Power, a kW"))
    tax_percent = _percent(_l("Tax, %"))
    corner_percent = _percent(
        _l("Corner: two open sides, %"), 1000, description=_l("Of the price of the floor.")
    )
    peninsula_percent = DecimalField(
        _l("Peninsula: three open sides, %"), [Optional(), NumberRange(0, 999)], places=None,
        description=_l("Left empty it is that of a corner."),
    )  # fmt: skip
    island_percent = _percent(_l("Island: four open sides, %"), 1000)
    early_percent = _percent(_l("Early order discount, %"))
    early_until = DateField(_l("Early until"), [Optional()])
    late_percent = _percent(_l("Late order surcharge, %"))
    late_from = DateField(_l("Late from"), [Optional()])
    newcomer_percent = _percent(
        _l("Newcomer discount, %"), description=_l("For those here for the first time.")
    )
    pavilion_percent = _percent(
        _l("Pavilion discount, %"), description=_l("For leads and members of pavilions.")
    )
    due_days = IntegerField(_l("Invoices are due after, days"), [A_NUMBER, NumberRange(0, 365)], default=14)
    first = IntegerField(_l("First reminder, days overdue"), [A_NUMBER, NumberRange(1, 365)])
    second = IntegerField(_l("Second reminder, days overdue"), [A_NUMBER, NumberRange(1, 365)])
    third = IntegerField(_l("Last reminder, days overdue"), [A_NUMBER, NumberRange(1, 365)])
    seller_name = StringField(
        _l("Legal name"), [Length(max=200)], description=_l("Left empty, invoices carry the edition's name.")
    )
    seller_address = TextAreaField(_l("Address"), [Length(max=500)])
    seller_tax_number = StringField(_l("Tax number"), [Length(max=60)])
    seller_register = StringField(_l("Register and number"), [Length(max=120)])
    bank_name = StringField(_l("Bank"), [Length(max=120)])
    bank_account = StringField(_l("Account or IBAN"), [Length(max=60)])
    bank_code = StringField(_l("BIC or bank code"), [Length(max=30)])
    invoice_note = FormField(NameForm, _l("A line at the foot of invoices"))

    def validate_second(self, field) -> None:
        """Reminders follow one another."""
        if not (self.first.data or 0) < (field.data or 0) < (self.third.data or 0):
            raise ValidationError(_("Reminders follow one another: the second lies between the others."))


class ServiceForm(HouseForm):
    """One service."""

    code = StringField(
        _l("Code"),
        [InputRequired(_l("Type a code.")), Length(max=30), CODE],
    )  # fmt: skip
    category = SelectField(_l("Kind"), [InputRequired()])
    name = FormField(NameForm, _l("Name"))
    note = FormField(NameForm, _l("What it includes"))
    unit = StringField(_l("Unit"), [InputRequired(_l("Type a unit.")), Length(max=20)], default="pcs")
    price = _price(_l("Price of one unit"))
    tax_percent = _percent(_l("Tax, %"))
    step = DecimalField(
        _l("Steps of"), [A_NUMBER, NumberRange(Decimal("0.001"), 10**6)], places=None, default=1,
        description=_l("Power in steps of 3 kW, say."),
    )  # fmt: skip
    most = DecimalField(
        _l("At most for one stand"), [Optional(), NumberRange(Decimal("0.001"), 10**6)], places=None
    )
    deadline = DateField(_l("Deadline"), [Optional()], description=_l("The last day at this price."))
    late_percent = DecimalField(
        _l("Surcharge after the deadline, %"), [Optional(), NumberRange(0, 300)], places=None,
        description=_l("Left empty it cannot be ordered late."),
    )  # fmt: skip
    stock = DecimalField(
        _l("Stock"), [Optional(), NumberRange(0, 10**9)], places=None,
        description=_l("No more than this is ever sold. Left empty there is no limit."),
    )  # fmt: skip
    permit = SelectField(
        _l("Permit"), description=_l("The permit it needs; of a fee, the permit it pays for.")
    )
    is_offered = BooleanField(_l("Exhibitors can order it"), default=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.category.choices = [SelectChoice(key, words(name)) for key, name in CATEGORY_NAMES.items()]
        kinds = [SelectChoice(key, words(kind.name)) for key, kind in KINDS.items()]
        self.permit.choices = [SelectChoice("", _("None")), *kinds]

    def validate(self, extra_validators=None) -> bool:
        """The shape of each field, and that there is a name."""
        right = super().validate(extra_validators)
        if not tidy(self["name"].data):
            first = self["name"].form["en"]
            first.errors = [*first.errors, _("Type the name in one language at least.")]
            return False
        return right


class FileForm(HouseForm):
    """A spreadsheet."""

    file = FileField(_l("CSV or XLSX file"), [FileRequired(_l("Choose a file."))])


class TakeForm(HouseForm):
    """A spreadsheet that was looked at, to be taken over."""

    text = HiddenField()
    version = HiddenField()


class PaymentForm(HouseForm):
    """Money that came or went back."""

    exhibitor = StringField(_l("Exhibitor's code"), [InputRequired(_l("Type a code.")), Length(max=30)])
    amount = DecimalField(_l("Amount"), [A_NUMBER, NumberRange(0, LARGEST)], places=None)
    paid_on = DateField(_l("Day"), [InputRequired(_l("Type a day."))])
    invoice = IntegerField(
        _l("Invoice number"), [Optional(), NumberRange(1, 2**31 - 1)],
        description=_l("Left empty it stands to the exhibitor's credit."),
    )  # fmt: skip
    refund = BooleanField(_l("It is a refund: money that went back"))
    reference = StringField(_l("Reference"), [Length(max=300)])


class AssignForm(HouseForm):
    """Which invoice a payment is for."""

    invoice = IntegerField(_l("Invoice number"), [A_NUMBER, NumberRange(1, 2**31 - 1)])


class ReasonForm(HouseForm):
    """A sentence that says why."""

    reason = StringField(_l("Reason"), [Length(max=300)])


class SelectMultipleBoxesField(SelectMultipleField):
    """Several of a few choices, as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CreditForm(HouseForm):
    """Which lines of an invoice are taken back, and why."""

    positions = SelectMultipleBoxesField(
        _l("Lines to take back"), coerce=int, description=_l("None chosen: all that is left.")
    )
    reason = StringField(
        _l("Reason"), [InputRequired(_l("Say why: the credit note names it.")), Length(max=300)]
    )

    def __init__(self, *args, left=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.positions.choices = [SelectChoice(at, text) for at, text in left]


class FinanceForm(HouseForm):
    """How finance treats an exhibitor."""

    tax_exempt = BooleanField(_l("No tax is charged"))
    exempt_reason = StringField(
        _l("Why no tax is charged"), [Length(max=300)], description=_l("The law wants it on the invoice.")
    )
    pause_reason = StringField(
        _l("No reminders, because"), [Length(max=300)], description=_l("Left empty reminders go out.")
    )


class DecisionForm(HouseForm):
    """A decision about a permit."""

    text = TextAreaField(
        _l("Conditions, or a sentence to the exhibitor"), [Length(max=2000)],
        description=_l("It is part of the letter. Refusing and asking back need one."),
    )  # fmt: skip
