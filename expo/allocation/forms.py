"""The forms of allocation: start a run, settle a place by hand, take a plan back, name a draft."""

from dataclasses import replace

from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from expo.allocation.budgets import BUDGETS
from expo.allocation.problem import Weights
from expo.allocation.settings import CHANGE_PRICE, NOTHING, OWN, OWN_NAME, PRESETS, PUBLISHED, Settings
from expo.web import HouseForm, _, _l, words

BUDGET_NAMES = {
    "quick": _l("Quick: a first look"),
    "normal": _l("Normal: good enough to decide by"),
    "thorough": _l("Thorough: minutes, for the plan that is published"),
}
CHANGE_NAMES = {
    "0": _l("Move freely"),
    str(CHANGE_PRICE): _l("Prefer to stay: a move must bring nearly half a first wish"),
    "2000": _l("Move seldom: only for two first wishes or more"),
    "20000": _l("Hardly ever: the fewest changes that are possible"),
}
OWN_FIGURES = ("placed", "wish", "partner", "spare", "near_m", "far_m")


def _figure(label, default: int, least: int, most: int, description=None) -> IntegerField:
    return IntegerField(
        label, default=default, validators=[Optional(), NumberRange(least, most)], description=description
    )


class RunForm(HouseForm):
    """What a run is asked: seed and budget; zones, changes and weights for those who open them."""

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
    name = StringField(
        _l("Name"), validators=[Length(max=80)], description=_l("What you will recognise it by.")
    )
    note = TextAreaField(_l("Note"), validators=[Length(max=2000)])
    zones = SelectMultipleField(
        _l("Zones"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Choose none for all. In the others everybody stays exactly as published."),
    )
    keep = SelectField(_l("Change little against"), default=PUBLISHED)
    change = RadioField(
        _l("How much a move must bring"),
        choices=[SelectChoice(*pair) for pair in CHANGE_NAMES.items()],
        default=str(CHANGE_PRICE),
        validate_choice=True,
    )
    preset = RadioField(_l("What counts"), default="balanced")
    placed = _figure(_l("A place"), 1000, 1, 10_000, _l("Points per standard unit of area asked for."))
    wish = _figure(_l("A first wish"), 1000, 0, 10_000)
    second = _figure(_l("A second wish, percent of the first"), 60, 0, 100)
    third = _figure(_l("A third wish, percent of the first"), 40, 0, 100)
    later = _figure(_l("Every later wish, percent of the first"), 25, 0, 100)
    partner = _figure(_l("Partners side by side"), 500, 0, 10_000)
    spare = _figure(_l("Space to spare"), 100, 0, 10_000, _l("Taken off per standard unit too much."))
    near_m = _figure(_l("Near an entrance: full points up to, m"), 10, 0, 1000)
    far_m = _figure(_l("Near an entrance: none from, m"), 60, 1, 2000)
    rival_gap_m = _figure(_l("Rivals apart by, m"), 12, 0, 200)

    def offer(self, zones: list[tuple[str, str]], runs: list[tuple[int, str]]) -> None:
        """What may be chosen here: zones and finished runs, each with its name."""
        self.zones.choices = zones
        self.keep.choices = [
            (PUBLISHED, _("the published plan")),
            (NOTHING, _("nothing: a fresh start")),
            *((str(number), name) for number, name in runs),
        ]
        self.preset.choices = [
            *((key, f"{words(each.name)}: {words(each.why)}") for key, each in PRESETS.items()),
            (OWN, words(OWN_NAME)),
        ]

    @property
    def rounds(self) -> int:
        """The budget in rounds of search."""
        return BUDGETS[self.budget.data]

    @property
    def settings(self) -> Settings:
        """What was chosen; figures of one's own count only where those were chosen."""
        preset = self.preset.data or "balanced"
        weights = PRESETS[preset].weights if preset in PRESETS else self._own_weights()
        zones = tuple(self.zones.data or ())
        return Settings(
            zones=() if len(zones) == len(self.zones.choices) else zones,
            keep=self.keep.data or PUBLISHED,
            change_price=int(self.change.data or CHANGE_PRICE),
            rival_gap_cm=100 * _given(self.rival_gap_m, 12),
            preset=preset,
            weights=weights,
        )

    def _own_weights(self) -> Weights:
        usual = Weights()
        percents = (100, *(_given(f, d) for f, d in zip(self._ranks(), usual.rank_percent[1:], strict=True)))
        figures = {name: _given(self[name], getattr(usual, name)) for name in OWN_FIGURES}
        return replace(usual, rank_percent=percents, **figures)

    def _ranks(self) -> tuple[IntegerField, ...]:
        return (self.second, self.third, self.later)


def _given(field: IntegerField, usual: int) -> int:
    return usual if field.data is None else field.data


class GiveForm(HouseForm):
    """A stand for an exhibitor, by hand."""

    exhibitor = StringField(_l("Exhibitor's code"), validators=[InputRequired(), Length(max=40)])
    stand = StringField(_l("Stand code"), validators=[InputRequired(), Length(max=40)])


class WithdrawForm(HouseForm):
    """Why a published plan is taken back."""

    reason = TextAreaField(
        _l("Why it is taken back"),
        validators=[InputRequired(), Length(min=3, max=1000)],
        description=_l("It stays in the list of versions, where auditors read it."),
    )


class DraftForm(HouseForm):
    """What an edited plan is called."""

    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=80)])
