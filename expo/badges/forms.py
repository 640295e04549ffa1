"""The form that starts a print of badges."""

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from expo.languages import LANGUAGES
from expo.web import HouseForm, _l


class SheetsForm(HouseForm):
    """In which language, and whether again; whose badges, the page's filter says."""

    language = SelectField(
        _l("Language of the badges"),
        [InputRequired()],
        description=_l("Names are printed in this language and as their bearers write them."),
    )
    again = BooleanField(
        _l("Also those that were printed before"),
        description=_l("Two people can then hold the same badge, and both open the gate."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
