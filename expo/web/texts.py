"""Forms for what is said in up to four languages."""

from wtforms import Form, StringField, TextAreaField
from wtforms.validators import Length

from expo.languages import LANGUAGES, tidy
from expo.web import HouseForm, _
from expo.web.language import language


class NameForm(Form):
    """A short text in up to four languages."""

    en = StringField(LANGUAGES["en"], [Length(max=200)])
    zh = StringField(LANGUAGES["zh"], [Length(max=200)])
    ru = StringField(LANGUAGES["ru"], [Length(max=200)])
    ur = StringField(LANGUAGES["ur"], [Length(max=200)])


class TextForm(Form):
    """A long text in up to four languages."""

    en = TextAreaField(LANGUAGES["en"], [Length(max=2000)])
    zh = TextAreaField(LANGUAGES["zh"], [Length(max=2000)])
    ru = TextAreaField(LANGUAGES["ru"], [Length(max=2000)])
    ur = TextAreaField(LANGUAGES["ur"], [Length(max=2000)])


class NamedForm(HouseForm):
    """A form whose field `name` needs a text in one language at least."""

    def validate(self, extra_validators=None) -> bool:
        """The shape of each field, and that there is a name."""
        right = super().validate(extra_validators)
        if not tidy(self["name"].data):
            first = self["name"].form[language()]
            first.errors = [*first.errors, _("Type the name in one language at least.")]
            return False
        return right
