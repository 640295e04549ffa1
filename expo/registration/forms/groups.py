"""Forms for groups: a spreadsheet, what to do with it, the rule for exhibitors' staff."""

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from expo.registration.kinds import NAMES
from expo.web import HouseForm, IntegerField, _, _l, words


class SheetForm(HouseForm):
    """A spreadsheet of people."""

    file = FileField(
        _l("CSV or XLSX file"),
        [FileRequired(_l("Choose a file."))],
        description=_l(
            "It is only looked through at first. Heads may be in Chinese, Russian, English or Urdu."
        ),
    )


class TakeForm(HouseForm):
    """As what the people of a file are registered."""

    sort = SelectField(
        _l("Registered as"),
        description=_l("For rows that name no sort of registration themselves."),
    )
    doubles = RadioField(_l("Who is registered already, for certain"), default="skip")

    def __init__(self, *args, tickets=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.sort.choices = [
            *(SelectChoice(f"t:{code}", name) for code, name in tickets),
            *(SelectChoice(f"k:{kind}", words(name)) for kind, name in NAMES.items()),
        ]
        self.doubles.choices = [
            SelectChoice("skip", _("Leave them out")),
            SelectChoice("take", _("Register them a second time")),
        ]


class StaffRuleForm(HouseForm):
    """How many badges a stand gives."""

    least = IntegerField(_l("For every exhibitor"), [InputRequired(), NumberRange(0, 10_000)])
    m2_each = IntegerField(_l("One more for every full … m²"), [InputRequired(), NumberRange(1, 10_000)])
    most = IntegerField(_l("At most"), [InputRequired(), NumberRange(0, 10_000)])


class AllowanceForm(HouseForm):
    """An exception for one exhibitor."""

    code = StringField(_l("Exhibitor's code"), [InputRequired(), Length(max=40)])
    extra = IntegerField(
        _l("Badges more"),
        [InputRequired(), NumberRange(-10_000, 10_000)],
        description=_l("A number below 0 takes badges away; 0 ends the exception."),
    )
    reason = StringField(_l("Reason"), [Length(max=300)])
