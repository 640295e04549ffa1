"""Forms of leads: what is noted, questions, phones, letters."""

from wtforms import (
    BooleanField,
    DateField,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty
from wtforms.widgets import CheckboxInput, ListWidget

from expo.web import HouseForm, _, _l
from expo.web.texts import NameForm, TextForm


def _stripped(value: str | None) -> str:
    return (value or "").strip()


class Ticks(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class LeadForm(HouseForm):
    """What an exhibitor notes of somebody, beside the questions, whose fields the page makes itself."""

    rating = RadioField(_l("How promising?"), default="0")
    products = Ticks(_l("Asked about these products"), coerce=int)
    chapters = Ticks(_l("Asked about these kinds of goods"))
    notes = TextAreaField(_l("Notes"), [Length(max=4000)], filters=[_stripped])
    next_step = StringField(
        _l("Next step"), [Length(max=200)], filters=[_stripped], description=_l("Such as: send samples")
    )
    next_on = DateField(_l("Until when"), [MayBeEmpty()])
    done = BooleanField(_l("Done"))

    def __init__(self, *args, products=(), chapters=(), **kwargs):
        super().__init__(*args, **kwargs)
        stars = [SelectChoice(str(n), "★" * n) for n in range(5, 0, -1)]
        self.rating.choices = [*stars, SelectChoice("0", _("Not rated"))]
        self.products.choices = [SelectChoice(key, name) for key, name in products]
        self.chapters.choices = [SelectChoice(key, name) for key, name in chapters]


class QuestionForm(HouseForm):
    """A question of one tap, with two to six answers."""

    text = FormField(NameForm, _l("Question"))
    first = FormField(NameForm, _l("First answer"))
    second = FormField(NameForm, _l("Second answer"))
    third = FormField(NameForm, _l("Third answer"))
    fourth = FormField(NameForm, _l("Fourth answer"))
    fifth = FormField(NameForm, _l("Fifth answer"))
    sixth = FormField(NameForm, _l("Sixth answer"))

    @property
    def choices(self) -> list[dict[str, str]]:
        """The answers, empty ones too."""
        names = ("first", "second", "third", "fourth", "fifth", "sixth")
        return [self[name].data for name in names]


class PhoneForm(HouseForm):
    """Whose phone is to scan."""

    staff = SelectField(_l("Whose phone"), [InputRequired()])

    def __init__(self, *args, staff=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.staff.choices = [SelectChoice(code, name) for code, name in staff]


class LetterForm(HouseForm):
    """A letter to those the stand met."""

    name = StringField(
        _l("Name"), [InputRequired(_l("Give it a name.")), Length(max=80)], filters=[_stripped],
        description=_l("For you alone, such as: thanks for coming"),
    )  # fmt: skip
    subject = FormField(NameForm, _l("Subject"))
    body = FormField(
        TextForm, _l("Text"),
        description=_l("{name}, {exhibitor}, {stand}, {products} and {staff} are filled in."),
    )  # fmt: skip
