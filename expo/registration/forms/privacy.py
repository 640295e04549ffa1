"""Forms about privacy: settings, and the words of a purpose."""

from wtforms import BooleanField, EmailField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from expo.languages import LANGUAGES, tidy
from expo.registration.keeping import DEFAULTS, KINDS, LONGEST, days_of
from expo.registration.models import PrivacySettings
from expo.web import HouseForm, IntegerField, _l, words

DAYS = [InputRequired(), NumberRange(0, LONGEST)]


class PrivacyForm(HouseForm):
    """Who answers for the data, and how long each kind is kept."""

    controller_en = StringField(_l("Who answers for the data (English)"), [Length(max=300)])
    controller_zh = StringField(_l("In Chinese"), [Length(max=300)])
    controller_ru = StringField(_l("In Russian"), [Length(max=300)])
    controller_ur = StringField(_l("In Urdu"), [Length(max=300)])
    contact = EmailField(
        _l("Address for questions"),
        [MayBeEmpty(), Email(_l("That is not an e-mail address.")), Length(max=254)],
    )
    registration = IntegerField(validators=DAYS)
    photo = IntegerField(validators=DAYS)
    mail = IntegerField(validators=DAYS)
    erase_after_days = IntegerField(
        _l("Erase by itself, days after somebody asked for it"),
        [InputRequired(), NumberRange(0, 90)],
        description=_l("Until then the person can take it back, and you can do it at once."),
    )

    def __init__(self, settings: PrivacySettings):
        kept = {kind: days_of(settings.keep_days, kind) for kind in DEFAULTS}
        names = {f"controller_{code}": settings.controller.get(code, "") for code in LANGUAGES}
        plain = {"contact": settings.contact, "erase_after_days": settings.erase_after_days}
        super().__init__(data=kept | names | plain)
        for kind, name in KINDS.items():
            self[kind].label.text = words(name)

    def fill(self, settings: PrivacySettings) -> None:
        """Take over what was typed."""
        settings.controller = tidy({code: self[f"controller_{code}"].data for code in LANGUAGES})
        settings.contact = (self.contact.data or "").strip()
        settings.keep_days = {kind: self[kind].data for kind in DEFAULTS}
        settings.erase_after_days = self.erase_after_days.data


class PurposeForm(HouseForm):
    """What people are asked to agree to for one purpose."""

    is_asked = BooleanField(_l("Ask for it"), default=True)
    text_en = TextAreaField(_l("In English"), [Length(max=600)])
    text_zh = TextAreaField(_l("In Chinese"), [Length(max=600)])
    text_ru = TextAreaField(_l("In Russian"), [Length(max=600)])
    text_ur = TextAreaField(_l("In Urdu"), [Length(max=600)])

    @property
    def text(self) -> dict[str, str]:
        """What was typed as a language map."""
        return tidy({code: self[f"text_{code}"].data for code in LANGUAGES})
