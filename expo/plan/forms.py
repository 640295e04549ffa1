"""What the organiser chooses about the public plan, and what is printed on signs."""

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from expo.languages import LANGUAGES
from expo.web import HouseForm, _l


class SettingsForm(HouseForm):
    """Who sees what."""

    names = RadioField(
        _l("When exhibitors are named on the plan"),
        [InputRequired()],
        choices=[
            SelectChoice("published", _l("Once an allocation is published")),
            SelectChoice("at_once", _l("As soon as a stand is given, also in live selection")),
            SelectChoice("never", _l("Never: zones and stands only")),
        ],
    )
    shows_free = BooleanField(
        _l("Show which stands are free"),
        description=_l("Otherwise stands without a name look alike, free or not."),
    )
    shows_held = BooleanField(
        _l("Show which stands are on hold"),
        description=_l("Only that somebody is choosing there, never who."),
    )
    embedding = RadioField(
        _l("Showing the plan within other sites"),
        [InputRequired()],
        choices=[
            SelectChoice("nowhere", _l("Not allowed")),
            SelectChoice("listed", _l("On these sites only")),
            SelectChoice("anywhere", _l("On any site")),
        ],
    )
    sites = TextAreaField(
        _l("Sites that may show it"),
        [Length(max=4000)],
        description=_l(
            "One a line, like https://www.example.org. A star stands for any part: https://*.example.org"
        ),
    )


class SignsForm(HouseForm):
    """Which signs are printed."""

    kind = RadioField(
        _l("Sign"),
        [InputRequired()],
        default="fascia",
        choices=[
            SelectChoice("fascia", _l("Fascia board: code and name, across")),
            SelectChoice("door", _l("Door sign: code, name and zone, upright")),
        ],
    )
    paper = RadioField(
        _l("Paper"),
        [InputRequired()],
        default="A3",
        choices=[SelectChoice("A4", "A4"), SelectChoice("A3", "A3")],
    )
    hall = SelectField(_l("Hall"))
    language = SelectField(
        _l("Language of the house"),
        [InputRequired()],
        description=_l("Names are set in it and, where it differs, in the exhibitor's own language."),
    )
    only = StringField(
        _l("Only these"),
        [Length(max=2000)],
        description=_l("Stand or exhibitor codes with blanks between; empty for everybody."),
    )

    def __init__(self, halls: list[tuple[str, str]], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hall.choices = [SelectChoice("", _l("All halls")), *(SelectChoice(*pair) for pair in halls)]
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
