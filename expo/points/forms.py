"""Forms for the rule, for facts and for the seed."""

from decimal import Decimal

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from expo.exhibitors.application import SOURCES
from expo.points.rule import MOST_KINDS, Kind, Measure, Rule
from expo.web import DecimalField, HouseForm, _, _l, words

NUMBER = [Optional(), NumberRange(-1_000_000, 1_000_000)]
SPARE_ROWS = 3


class KindForm(Form):
    """A tier, a kind of violation or a criterion; a row without a key is none."""

    key = StringField(_l("Key"), [Length(max=30)])
    name = StringField(_l("Name"), [Length(max=80)])
    rate = DecimalField(_l("Each counts"), NUMBER, places=None)
    cap = DecimalField(_l("The most"), NUMBER, places=None)


class RuleForm(HouseForm):
    """A version of the rule."""

    years_rate = DecimalField(_l("For each earlier year"), NUMBER, places=None)
    years_cap = DecimalField(_l("The most for years"), NUMBER, places=None)
    area_rate = DecimalField(_l("For each m² asked for"), NUMBER, places=None)
    area_cap = DecimalField(_l("The most for area"), NUMBER, places=None)
    spend_rate = DecimalField(_l("For each 1,000 paid, before tax"), NUMBER, places=None)
    spend_cap = DecimalField(_l("The most for spending"), NUMBER, places=None)
    sponsorship_rate = DecimalField(_l("For a sponsorship without a tier"), NUMBER, places=None)
    tiers = FieldList(FormField(KindForm), _l("Tiers of sponsorship"), max_entries=MOST_KINDS)
    violation_rate = DecimalField(_l("For a violation without a kind"), NUMBER, places=None)
    remembered_years = IntegerField(
        _l("Years for which a violation is remembered"),
        [Optional(), NumberRange(0, 50)],
        description=_l("0: it counts in its own edition only."),
    )
    violations = FieldList(FormField(KindForm), _l("Kinds of violations"), max_entries=MOST_KINDS)
    own = FieldList(FormField(KindForm), _l("Your own criteria"), max_entries=MOST_KINDS)
    note = TextAreaField(
        _l("Why it is changed"), [Length(max=500)], description=_l("It is shown with the version.")
    )

    def rule(self) -> Rule:
        """What was typed, as a rule without a version."""

        def measure(name: str) -> Measure:
            cap = self[f"{name}_cap"].data if f"{name}_cap" in self else None
            return Measure(self[f"{name}_rate"].data or Decimal(0), cap)

        return Rule(
            years=measure("years"),
            area=measure("area"),
            spend=measure("spend"),
            sponsorship=measure("sponsorship"),
            violation=measure("violation"),
            remembered_years=self.remembered_years.data or 0,
            tiers=_kinds(self.tiers),
            violations=_kinds(self.violations),
            own=_kinds(self.own),
        )


def _kinds(rows: FieldList) -> tuple[Kind, ...]:
    typed = [row.data for row in rows]
    return tuple(
        Kind(key, (row["name"] or "").strip() or key, row["rate"] or Decimal(0), row["cap"])
        for row in typed
        if (key := (row["key"] or "").strip())
    )


def rule_as_typed(rule: Rule) -> dict:
    """What the form shows for a rule, with some empty rows to write more into."""
    found: dict = {"remembered_years": rule.remembered_years}
    for name in ("years", "area", "spend", "sponsorship", "violation"):
        measure: Measure = getattr(rule, name)
        found |= {f"{name}_rate": measure.rate, f"{name}_cap": measure.cap}
    for name in ("tiers", "violations", "own"):
        rows = [vars(kind) for kind in getattr(rule, name)]
        found[name] = [*rows, *[{} for _ in range(min(SPARE_ROWS, MOST_KINDS - len(rows)))]]
    return found


class FactForm(HouseForm):
    """A fact that earns or costs points."""

    what = SelectField(_l("What"), [InputRequired()])
    figure = DecimalField(
        _l("How many"), [InputRequired(_l("Type a number.")), NumberRange(-1_000_000_000, 1_000_000_000)],
        places=None, default=1,
        description=_l("Years, units of the currency, or cases; points where they are given as such."),
    )  # fmt: skip
    on_date = DateField(_l("When it happened"), [InputRequired(_l("Type a day."))])
    note = StringField(
        _l("Note"),
        [InputRequired(_l("Write a note: whoever asks later must find the reason.")), Length(max=300)],
        description=_l("The exhibitor reads it."),
    )  # fmt: skip

    def __init__(self, *args, rule: Rule, **kwargs):
        super().__init__(*args, **kwargs)
        self.what.choices = _facts(rule)

    def validate_on_date(self, field) -> None:
        """Within living memory."""
        if field.data and not 1900 <= field.data.year <= 2100:
            raise ValidationError(_("Type a year between 1900 and 2100."))


def _facts(rule: Rule) -> list[SelectChoice]:
    """Every source and kind that can be written down; the value is "source:kind"."""
    violations = [(kind.key, _("Violation: %(name)s", name=kind.name)) for kind in rule.violations]
    tiers = [(kind.key, _("Sponsorship: %(name)s", name=kind.name)) for kind in rule.tiers]
    return [
        SelectChoice("violations:", _("Violation")),
        *(SelectChoice(f"violations:{key}", name) for key, name in violations),
        SelectChoice("sponsorship:", _("Sponsorship")),
        *(SelectChoice(f"sponsorship:{key}", name) for key, name in tiers),
        SelectChoice("years:", _("Earlier years that these books do not hold")),
        SelectChoice("spend:", _("Earlier spending that these books do not hold")),
        *(SelectChoice(f"own:{kind.key}", kind.name) for kind in rule.own),
        SelectChoice("given:", words(SOURCES["given"])),
    ]


class RetractForm(HouseForm):
    """Why a fact is taken back."""

    reason = StringField(
        _l("Why it is taken back"),
        [InputRequired(_l("Write why it is taken back.")), Length(max=300)],
    )


class SeedForm(HouseForm):
    """The seed of the lottery."""

    seed = IntegerField(_l("Seed"), [InputRequired(_l("Type a number.")), NumberRange(0, 2**31 - 1)])
    seed_note = StringField(
        _l("Where it comes from"),
        [InputRequired(_l("Say where it comes from.")), Length(max=300)],
        description=_l(
            "Something nobody could choose: say the last digits of a public draw on a day named before."
        ),
    )


class SureForm(HouseForm):
    """That somebody has looked and means it."""

    sure = BooleanField(_l("I have looked at what it does"), [InputRequired(_l("Confirm this."))])
