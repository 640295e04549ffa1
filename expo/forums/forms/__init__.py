"""The organiser's forms for the timetable and its versions."""

from wtforms import BooleanField, FormField, HiddenField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from expo.forums.forms.solving import BuildForm, ReplanForm
from expo.languages import LANGUAGES, tidy
from expo.web import HouseForm, _, _l
from expo.web.language import language
from expo.web.texts import TextForm

__all__ = ["BuildForm", "ReleaseForm", "ReplanForm", "RestoreForm"]


class ReleaseForm(HouseForm):
    """How a version is called, what is said of it, and whether people are written to."""

    version = StringField(
        _l("Version"), [Length(max=20)], description=_l("Left empty, it gets the next number.")
    )
    note = FormField(
        TextForm,
        _l("Note"),
        description=_l("What changed, in a sentence or two. It stands in the public list of changes."),
    )
    tell = BooleanField(_l("Write to everybody whom the changes concern"), default=True)
    seen = HiddenField(validators=[Length(max=64)])


class RestoreForm(HouseForm):
    """Going back to an earlier version."""

    note = FormField(
        TextForm,
        _l("Why"),
        description=_l("It stands in the public list of changes. One language is enough."),
    )
    tell = BooleanField(_l("Write to everybody whom the changes concern"), default=True)

    def validate(self, extra_validators=None) -> bool:
        """The shape of each field, and that a reason is given."""
        right = super().validate(extra_validators)
        if not tidy(self.note.data):
            first = self.note.form[language()]
            first.errors = [*first.errors, _("Say why the programme goes back.")]
            return False
        return right


class PapersForm(HouseForm):
    """Which papers to print, in which languages, of which version."""

    papers = SelectMultipleField(
        _l("Papers"), [InputRequired()], option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    languages = SelectMultipleField(
        _l("Languages"),
        [InputRequired()],
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    version = HiddenField(validators=[Length(max=20)])
    since = HiddenField(validators=[Length(max=20)])
