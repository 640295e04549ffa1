"""What the portal's forms are made of: texts in four languages, addresses, countries."""

from wtforms import SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from expo.countries import countries_by_name
from expo.web import _, _l
from expo.web.language import language
from matchmaking.folder.values import BadCell, read_website


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
