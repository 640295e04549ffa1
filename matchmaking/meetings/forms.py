"""The form that starts a run of the agenda."""

from collections.abc import Iterable

from wtforms import IntegerField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from expo.accounts.addresses import tidy_email
from expo.forums.forms.rows import spoken, stripped
from expo.orders.forms import SelectMultipleBoxesField
from expo.web import HouseForm, _, _l
from expo.web.language import as_datetime
from matchmaking.meetings.services import ROUNDS
from matchmaking.requests.grid import SlotTime

BUDGETS = {"quick": ROUNDS // 100, "normal": ROUNDS, "thorough": ROUNDS * 5}
"""How thorough → rounds of search."""


class PersonForm(HouseForm):
    """Somebody who sits in meetings."""

    name = StringField(
        _l("Name"), [InputRequired(_l("Please give a name.")), Length(max=200)], filters=[stripped]
    )
    email = StringField(_l("E-mail"), [Optional(), Length(max=254)], filters=[stripped])
    languages = SelectMultipleBoxesField(_l("Languages spoken"))
    unavailable = SelectMultipleBoxesField(_l("Times this person cannot come"), coerce=int)

    def __init__(self, *args, slots: Iterable[SlotTime], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.languages.choices = spoken((kwargs.get("data") or {}).get("languages", ()))
        self.unavailable.choices = [SelectChoice(slot.number, as_datetime(slot.starts_at)) for slot in slots]

    def validate_email(self, field: StringField) -> None:
        """Nothing, or what can be an address."""
        try:
            field.data = tidy_email(field.data) if field.data else ""
        except ValueError:
            raise ValidationError(_("Type an e-mail address such as name@example.org.")) from None


class RunForm(HouseForm):
    """Seed and budget of a run."""

    kind = RadioField(
        _l("What to make anew"),
        [InputRequired()],
        choices=[
            SelectChoice("whole", _l("Everything that is not locked and has not begun")),
            SelectChoice("rest", _l("Only what is not booked yet: every meeting set stays where it is")),
            SelectChoice(
                "repair", _l("As little as possible: after a withdrawal, a late arrival, lost tables")
            ),
        ],
        default="whole",
    )
    budget = RadioField(
        _l("How thorough"),
        [InputRequired()],
        choices=[
            SelectChoice("quick", _l("Quick: a first look")),
            SelectChoice("normal", _l("Normal: good enough to print")),
            SelectChoice("thorough", _l("Thorough: minutes, for fewer breaks still")),
        ],
        default="normal",
    )
    seed = IntegerField(
        _l("Seed"),
        [InputRequired(), NumberRange(0, 2_000_000_000)],
        default=1,
        description=_l("The same seed, budget and input give the same agenda again."),
    )

    @property
    def rounds(self) -> int:
        """The budget in rounds of search."""
        return BUDGETS[self.budget.data]
