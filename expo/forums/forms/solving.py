"""What a solve of the timetable is given."""

from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from expo.web import DecimalField, HouseForm, _l

LARGEST_WEIGHT = 100_000
LARGEST_SEED = 2**31 - 10
"""Several answers take the seeds that follow."""


def _weight(label, description) -> DecimalField:
    return DecimalField(
        label, [InputRequired(), NumberRange(0, LARGEST_WEIGHT)], places=None, description=description
    )


class ReplanForm(HouseForm):
    """How a repair is searched for."""

    seed = IntegerField(
        _l("Seed"),
        [InputRequired(), NumberRange(0, LARGEST_SEED)],
        description=_l("The same seed gives the same timetable; another seed gives another one as good."),
    )
    rounds = IntegerField(
        _l("Rounds"),
        [InputRequired(), NumberRange(1_000, 100_000_000)],
        description=_l("How many moves are tried. Ten million take a few seconds for a hundred talks."),
    )


class BuildForm(ReplanForm):
    """How many answers are wanted, and what counts how much."""

    answers = IntegerField(
        _l("Answers"),
        [InputRequired(), NumberRange(1, 4)],
        default=1,
        description=_l("Several answers, each from a seed of its own, can be compared side by side."),
    )
    clash = _weight(
        _l("Weight of clashes"),
        _l("What it costs when somebody starred two talks that run at the same time."),
    )
    overflow = _weight(
        _l("Weight of missing seats"), _l("What each listener costs for whom the room has no seat.")
    )
    track = _weight(
        _l("Weight of wandering"), _l("What each talk costs that is not in the main room of its forum.")
    )
    idle = _weight(
        _l("Weight of waiting"), _l("What each minute costs that somebody on stage waits between two talks.")
    )
    changes = _weight(
        _l("Weight of changes"), _l("What each talk costs that is elsewhere than in the released version.")
    )
    take = BooleanField(
        _l("Take the best answer over at once"),
        description=_l("Otherwise the working timetable stays as it is until you take an answer over."),
    )
