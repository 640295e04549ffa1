"""The public form: who somebody is, what the sort asks, what they agree to."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import EmailField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length

from expo.countries import countries_by_name
from expo.languages import LANGUAGES, tidy
from expo.registration.asking import Asked, Value
from expo.registration.forms.people import stripped
from expo.registration.forms.questions import PREFIX, AsksQuestions, fields_of
from expo.registration.services import Particulars
from expo.web import HouseForm, _, _l
from expo.web.language import language

TRAP = "website"
"""A field that people do not see and programs fill in."""


class EnrolForm(HouseForm):
    """Who somebody is. Names in four scripts, one at least; those of the badge come first."""

    once = HiddenField()
    website = StringField("Website")
    name_en = StringField(
        _l("Name in Latin letters"),
        [Length(max=120)],
        filters=[stripped],
        description=_l("As in the passport."),
    )
    name_zh = StringField(_l("Name in Chinese"), [Length(max=120)], filters=[stripped])
    name_ru = StringField(_l("Name in Cyrillic"), [Length(max=120)], filters=[stripped])
    name_ur = StringField(_l("Name in Urdu"), [Length(max=120)], filters=[stripped])
    email = EmailField(
        _l("E-mail"),
        [
            InputRequired(_l("Type your e-mail address: the confirmation goes there.")),
            Email(_l("That is not an e-mail address.")),
            Length(max=254),
        ],
        filters=[stripped],
        description=_l("Confirmation, badge and the link to change your registration go there."),
    )
    organisation = StringField(_l("Organisation"), [Length(max=160)], filters=[stripped])
    position = StringField(_l("Position"), [Length(max=120)], filters=[stripped])
    country = SelectField(_l("Country"), default="")
    language = SelectField(_l("Language"), description=_l("In which we write to you."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.country.choices = [
            SelectChoice("", _("Not said")),
            *(SelectChoice(code, name) for code, name in countries_by_name(language())),
        ]
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
        if not self.once.data:
            self.once.data = secrets.token_urlsafe(18)

        self[self.names()[0]].flags.required = True  # one of them, in truth

    def names(self) -> list[str]:
        """The fields of the name, that of the page's language and the Latin one first."""
        first = list(dict.fromkeys((language(), "en")))
        return [f"name_{code}" for code in (*first, *(one for one in LANGUAGES if one not in first))]

    def validate(self, extra_validators=None) -> bool:
        """The shape of each field, and that there is a name."""
        right = super().validate(extra_validators)
        if not tidy(self.name):
            first = self[self.names()[0]]
            first.errors = [*first.errors, _("Type your name; in one script at least.")]
            return False
        return right

    @property
    def name(self) -> dict[str, str]:
        """The name as a language map."""
        return {code: self[f"name_{code}"].data or "" for code in LANGUAGES}

    def particulars(self, kind: str) -> Particulars:
        """Who they are, as a person of a kind."""
        return Particulars(
            kind=kind,
            name=self.name,
            organisation=self.organisation.data or "",
            position=self.position.data or "",
            country=self.country.data or "",
            email=self.email.data or "",
            language=self.language.data or "en",
        )


def enrol_form(
    questions: Sequence[Asked],
    before: Mapping[str, Value] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Any:
    """The form with a field for each question; `before` are earlier answers, `data` what is known."""
    before = before or {}
    made: Any = type("Enrolling", (AsksQuestions, EnrolForm), fields_of(questions, before))
    form = made(data={"language": language()} | dict(data or {}))
    form.questions, form.before = questions, before
    for one in questions:
        form[PREFIX + one.code].flags.required = one.is_required
    return form
