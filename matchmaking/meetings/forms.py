"""The form that starts a run of the agenda."""

from wtforms import IntegerField, RadioField, SelectChoice
from wtforms.validators import InputRequired, NumberRange

from expo.web import HouseForm, _l
from matchmaking.meetings.services import ROUNDS

BUDGETS = {"quick": ROUNDS // 100, "normal": ROUNDS, "thorough": ROUNDS * 5}
"""How thorough → rounds of search."""


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
