"""Forms of the day of meetings."""

import re
from typing import Any

from babel import Locale
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from expo.web import DecimalField, HouseForm, IntegerField, _, _l

LISTED = re.compile(r"[a-z]{2,3}")
SPANS = re.compile(r"[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*,?", re.ASCII)


class SettingsForm(HouseForm):
    """The rules of the day."""

    early_minutes = IntegerField(
        _l("Minutes before a meeting from which people can say that they are there"),
        validators=[InputRequired(), NumberRange(0, 240)],
    )
    grace_minutes = IntegerField(
        _l("Minutes that everybody is waited for"), validators=[InputRequired(), NumberRange(0, 60)]
    )
    alarm_after = IntegerField(
        _l("Missed meetings after which you are shown somebody"),
        validators=[InputRequired(), NumberRange(1, 100)],
    )

    def typed(self) -> dict[str, int]:
        """Name → value."""
        return {name: getattr(self, name).data for name in ("early_minutes", "grace_minutes", "alarm_after")}


class InterpreterForm(HouseForm):
    """An interpreter."""

    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=120)])
    email = StringField(_l("Email"), validators=[Length(max=200)])
    phone = StringField(_l("Phone"), validators=[Length(max=40)])
    languages = StringField(
        _l("Languages"),
        validators=[InputRequired(), Length(max=120)],
        description=_l("Codes of two letters, such as: zh, ru, en"),
    )
    unavailable = StringField(
        _l("Times they cannot take"),
        validators=[Length(max=400)],
        description=_l("Numbers of meeting times, such as: 1-4, 9"),
    )

    def validate_languages(self, field: StringField) -> None:
        """Codes that are languages."""
        known = Locale("en").languages
        wrong = [code for code in LISTED.findall((field.data or "").lower()) if code not in known]
        if wrong:
            raise ValidationError(_("These are no codes of languages: %(codes)s", codes=", ".join(wrong)))

    def validate_unavailable(self, field: StringField) -> None:
        """Numbers and spans of numbers."""
        text = (field.data or "").replace(" ", "")
        if text and not SPANS.fullmatch(text):
            raise ValidationError(_("Write numbers and spans of numbers with commas between them."))

    def typed(self, slots: int) -> dict[str, Any]:
        """Name → value; slots beyond the last are left out."""
        numbers: set[int] = set()
        for part in filter(None, (self.unavailable.data or "").replace(" ", "").split(",")):
            first, _dash, last = part.partition("-")
            numbers |= set(range(int(first), min(int(last or first), slots) + 1))
        return {
            "name": (self.name.data or "").strip(),
            "email": (self.email.data or "").strip(),
            "phone": (self.phone.data or "").strip(),
            "languages": list(dict.fromkeys(LISTED.findall((self.languages.data or "").lower()))),
            "unavailable": sorted(number for number in numbers if 1 <= number <= slots),
        }


class AfterForm(HouseForm):
    """How a meeting was."""

    rating = RadioField(
        _l("How good was it?"),
        choices=[
            SelectChoice("5", _l("5: very good")),
            SelectChoice("4", _l("4: good")),
            SelectChoice("3", _l("3: neither")),
            SelectChoice("2", _l("2: poor")),
            SelectChoice("1", _l("1: useless")),
        ],
        validators=[InputRequired()],
    )
    follow_up = BooleanField(_l("I will follow up"))
    again = BooleanField(_l("I want to meet them again here"))
    expected = DecimalField(
        _l("What you expect to come of it"), validators=[Optional(), NumberRange(0, 10**12)]
    )
    currency = SelectField(_l("Currency"), choices=[], validate_choice=True)
    words = TextAreaField(_l("In words, for the organiser alone"), validators=[Length(max=2000)])
