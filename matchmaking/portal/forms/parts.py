"""What the portal's forms are made of: texts in four languages, addresses, countries."""

from wtforms import Form, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from expo.accounts.forms import TidyEmail
from expo.countries import countries_by_name
from expo.languages import LANGUAGES, tidy
from expo.web import HouseForm, _, _l
from expo.web.language import language
from matchmaking.folder.values import BadCell, read_email, read_website


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


class OptionalEmail(TidyEmail):
    """An e-mail address or nothing."""

    def pre_validate(self, form) -> None:
        """Nothing is fine."""
        if (self.data or "").strip():
            super().pre_validate(form)
            try:
                read_email(self.data)
            except BadCell:  # the folder's rule, or an export could not be imported again
                raise ValidationError(_("Type an e-mail address such as name@example.org.")) from None


class SelectMultipleBoxesField(SelectMultipleField):
    """Several of a few choices."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def countries() -> list[SelectChoice]:
    """All countries by their names in the reader's language, after an empty choice."""
    named = countries_by_name(language())
    return [SelectChoice("", _("Choose a country")), *(SelectChoice(code, name) for code, name in named)]


def web_address(_form, field) -> None:
    """An address of the web, with the part before // added where it is missing."""
    value = (field.data or "").strip()
    if not value:
        return
    value = value if "://" in value else f"https://{value}"
    wrong = ValidationError(_("Type a web address such as www.example.org."))
    try:
        field.data = read_website(value)
    except BadCell:
        raise wrong from None
    if "." not in value:
        raise wrong


COUNTRY_NEEDED = InputRequired(_l("Choose a country."))
