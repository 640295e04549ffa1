"""Forms for letters of invitation: what the passport says, and the letterhead."""

from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from expo.countries import countries_by_name
from expo.languages import LANGUAGES, tidy
from expo.registration.models import VisaSettings
from expo.registration.visa import Passport
from expo.web import HouseForm, IntegerField, _, _l
from expo.web.language import language

MAPS = ("inviter", "address", "signatory", "position", "closing")


class VisaForm(HouseForm):
    """What a letter says of the traveller."""

    name = StringField(
        _l("Name as in the passport"),
        [
            InputRequired(),
            Length(max=120),
            Regexp(r"^[A-Za-z][A-Za-z '.,-]*$", message=_l("In Latin letters.")),
        ],
    )
    number = StringField(
        _l("Number of the passport"),
        [
            InputRequired(),
            Regexp(r"^[A-Za-z0-9 -]{5,20}$", message=_l("Letters and digits as in the passport.")),
        ],
    )
    nationality = SelectField(_l("Nationality"), [InputRequired(_l("Choose a country."))])
    born_on = DateField(_l("Born on"), [InputRequired()])
    issued_on = DateField(_l("Passport issued on"), [InputRequired()])
    expires_on = DateField(_l("Passport valid until"), [InputRequired()])
    arrives_on = DateField(_l("Arrival"), [InputRequired()])
    leaves_on = DateField(_l("Departure"), [InputRequired()])
    language = SelectField(_l("Language of the letter"), description=_l("English stands beside it."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.nationality.choices = [
            SelectChoice("", _("Choose a country")),
            *(SelectChoice(code, name) for code, name in countries_by_name(language())),
        ]
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]

    @property
    def passport(self) -> Passport:
        """What was typed."""
        days = [self[key].data.isoformat() for key in ("born_on", "issued_on", "expires_on")]
        number = "".join(self.number.data.split()).upper()
        return Passport(" ".join(self.name.data.split()), number, self.nationality.data, *days)


class VisaSettingsForm(HouseForm):
    """Whether letters are given, and who invites."""

    is_open = BooleanField(_l("People may ask for letters on their own page"))
    inviter_en = StringField(_l("Who invites (English)"), [Length(max=300)])
    inviter_zh = StringField(_l("In Chinese"), [Length(max=300)])
    inviter_ru = StringField(_l("In Russian"), [Length(max=300)])
    inviter_ur = StringField(_l("In Urdu"), [Length(max=300)])
    address_en = TextAreaField(_l("Address (English)"), [Length(max=500)])
    address_zh = TextAreaField(_l("In Chinese"), [Length(max=500)])
    address_ru = TextAreaField(_l("In Russian"), [Length(max=500)])
    address_ur = TextAreaField(_l("In Urdu"), [Length(max=500)])
    contact = StringField(_l("Telephone and e-mail"), [Length(max=200)])
    signatory_en = StringField(_l("Who signs (English)"), [Length(max=160)])
    signatory_zh = StringField(_l("In Chinese"), [Length(max=160)])
    signatory_ru = StringField(_l("In Russian"), [Length(max=160)])
    signatory_ur = StringField(_l("In Urdu"), [Length(max=160)])
    position_en = StringField(_l("Position of who signs (English)"), [Length(max=160)])
    position_zh = StringField(_l("In Chinese"), [Length(max=160)])
    position_ru = StringField(_l("In Russian"), [Length(max=160)])
    position_ur = StringField(_l("In Urdu"), [Length(max=160)])
    closing_en = TextAreaField(_l("Closing words (English)"), [Length(max=1000)])
    closing_zh = TextAreaField(_l("In Chinese"), [Length(max=1000)])
    closing_ru = TextAreaField(_l("In Russian"), [Length(max=1000)])
    closing_ur = TextAreaField(_l("In Urdu"), [Length(max=1000)])
    keep_days = IntegerField(
        _l("Days after the event until passport data are deleted"), [InputRequired(), NumberRange(0, 365)]
    )

    def __init__(self, settings: VisaSettings):
        texts = {f"{key}_{code}": getattr(settings, key).get(code, "") for key in MAPS for code in LANGUAGES}
        plain = {key: getattr(settings, key) for key in ("is_open", "contact", "keep_days")}
        super().__init__(data=texts | plain)

    def fill(self, settings: VisaSettings) -> None:
        """Take over what was typed."""
        for key in MAPS:
            setattr(settings, key, tidy({code: self[f"{key}_{code}"].data for code in LANGUAGES}))
        settings.is_open, settings.contact = self.is_open.data, (self.contact.data or "").strip()
        settings.keep_days = self.keep_days.data


class ReasonForm(HouseForm):
    """Why a letter is refused or revoked."""

    reason = StringField(_l("Reason"), [Length(max=500)])
