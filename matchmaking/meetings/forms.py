"""The form that starts a run of the agenda."""

from wtforms import IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, NumberRange

from expo.web import HouseForm, _l
from matchmaking.meetings.services import ROUNDS

BUDGETS = {"quick": ROUNDS // 100, "normal": ROUNDS, "thorough": ROUNDS * 5}
"""How thorough → rounds of search."""


class RunForm(HouseForm):
    """Seed and budget of a run."""

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
