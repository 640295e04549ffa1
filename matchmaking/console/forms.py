"""The form that starts a print of papers."""

from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from expo.languages import LANGUAGES
from expo.web import HouseForm, _l, words
from matchmaking.console.papers import PAPERS


class PapersForm(HouseForm):
    """Which papers in which language."""

    papers = SelectMultipleField(
        _l("Papers"),
        [InputRequired(_l("Choose at least one paper."))],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    language = SelectField(_l("Language of the papers"), [InputRequired()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.papers.choices = [SelectChoice(name, words(paper.title)) for name, paper in PAPERS.items()]
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
