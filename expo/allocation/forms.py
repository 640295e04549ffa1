"""The form that starts a run, and the one that settles a place by hand."""

from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from expo.allocation.budgets import BUDGETS
from expo.web import HouseForm, _l

BUDGET_NAMES = {
    "quick": _l("Quick: a first look"),
    "normal": _l("Normal: good enough to decide by"),
    "thorough": _l("Thorough: minutes, for the plan that is published"),
}


class RunForm(HouseForm):
    """Seed and budget of a run."""

    budget = RadioField(
        _l("How thorough"),
        choices=[SelectChoice(*pair) for pair in BUDGET_NAMES.items()],
        default="normal",
        validators=[InputRequired()],
    )
    seed = IntegerField(
        _l("Seed"),
        default=1,
        validators=[InputRequired(), NumberRange(0, 2_000_000_000)],
        description=_l(
            "The same seed, budget and input give the same plan again; another seed another plan."
        ),
    )

    @property
    def rounds(self) -> int:
        """The budget in rounds of search."""
        return BUDGETS[self.budget.data]


class GiveForm(HouseForm):
    """A stand for an exhibitor, by hand."""

    exhibitor = StringField(_l("Exhibitor's code"), validators=[InputRequired(), Length(max=40)])
    stand = StringField(_l("Stand code"), validators=[InputRequired(), Length(max=40)])
