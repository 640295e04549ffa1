"""The form for a person."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from expo.countries import countries_by_name
from expo.languages import LANGUAGES
from expo.registration.asking import Asked, Value
from expo.registration.forms.questions import AsksQuestions, fields_of
from expo.registration.kinds import NAMES
from expo.registration.models import Person
from expo.registration.services import Particulars
from expo.web import HouseForm, _, _l, words
from expo.web.language import language


def stripped(value: str | None) -> str:
    return (value or "").strip()


class PersonForm(HouseForm):
    """Who somebody is; the name in one language at least."""

    kind = SelectField(
        _l("Kind"), [InputRequired()], description=_l("It decides the colour and the shape of the badge.")
    )
    name_en = StringField(
        _l("Name in Latin letters"),
        [Length(max=120)],
        filters=[stripped],
        description=_l("As in the passport. Fill in one of the four names at least; badges print up to two."),
    )
    name_zh = StringField(_l("Name in Chinese"), [Length(max=120)], filters=[stripped])
    name_ru = StringField(_l("Name in Cyrillic"), [Length(max=120)], filters=[stripped])
    name_ur = StringField(_l("Name in Urdu"), [Length(max=120)], filters=[stripped])
    organisation = StringField(_l("Organisation"), [Length(max=160)], filters=[stripped])
    position = StringField(_l("Position"), [Length(max=120)], filters=[stripped])
    country = SelectField(_l("Country"))
    email = EmailField(
        _l("E-mail"),
        [MayBeEmpty(), Email(_l("That is not an e-mail address.")), Length(max=254)],
        filters=[stripped],
    )
    language = SelectField(
        _l("Language"), [InputRequired()], description=_l("In which we write to this person.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.kind:
            self.kind.choices = [SelectChoice(kind, words(name)) for kind, name in NAMES.items()]
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]
        self.country.choices = [
            SelectChoice("", _("Not known")),
            *(SelectChoice(code, name) for code, name in countries_by_name(language())),
        ]

    @property
    def particulars(self) -> Particulars:
        """What was typed."""
        return Particulars(
            kind=self.kind.data if self.kind else "visitor",
            name={code: self[f"name_{code}"].data for code in LANGUAGES},
            organisation=self.organisation.data,
            position=self.position.data,
            country=self.country.data,
            email=self.email.data,
            language=self.language.data,
        )


class AskingPersonForm(AsksQuestions, PersonForm):
    """The same with the questions of a sort, none of which the organiser has to answer."""

    once = HiddenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.once.data:
            self.once.data = secrets.token_urlsafe(18)


class EnrolPersonForm(AskingPersonForm):
    """Somebody whom the organiser registers for a sort, which decides the kind."""

    kind = None
    may_wait = BooleanField(_l("Put on the waiting list if there is no place left"))
    tells = BooleanField(_l("Mail the confirmation with badge, calendar and link"), default=True)


def asking_form(
    base: type[AskingPersonForm],
    questions: Sequence[Asked],
    before: Mapping[str, Value] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Any:
    """A form of that class with a field for each question; `before` are earlier answers."""
    before = before or {}
    form: Any = type("Asking", (base,), fields_of(questions, before))(data=data)
    form.questions, form.before = questions, before
    return form


def values_of(person: Person) -> dict[str, str]:
    """A person as the form's values."""
    names = {f"name_{code}": person.name.get(code, "") for code in LANGUAGES}
    plain = ("kind", "organisation", "position", "country", "email", "language")
    return names | {field: getattr(person, field) for field in plain}
