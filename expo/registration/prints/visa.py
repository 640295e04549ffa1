"""The letter of invitation as a PDF: in one language, English beside it."""

from datetime import date
from typing import Any

from flask import current_app, url_for
from sqlmodel import Session

from expo import qr
from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.languages import direction, pick
from expo.printing import pdf
from expo.registration.models import Person, VisaLetter
from expo.registration.services.visas import settings_of
from expo.registration.visa import Passport, key_of, unseal
from expo.web import words
from expo.web.language import as_date, as_period, country_name, speaking
from expo.web.paper import paper_html
from expo.web.security import site_address
from expo.words import say

TITLE = say("Letter of invitation")
DEAR = say("To the consular authorities")
OPENING = say(
    "We invite the person named below to take part in %(name)s, which is held in %(city)s from %(days)s, and"
    " ask you to issue the visa needed for it."
)
OPENING_ANYWHERE = say(
    "We invite the person named below to take part in %(name)s, which is held from %(days)s, and ask you to"
    " issue the visa needed for it."
)
CHECK = say(
    "Whether this letter is genuine and still good is told at this address, without anything personal:"
)
LABELS = (
    ("name", say("Name as in the passport")), ("number", say("Passport")),
    ("nationality", say("Nationality")),
    ("born_on", say("Born on")), ("issued_on", say("Issued on")), ("expires_on", say("Valid until")),
    ("stay", say("Days of the stay")), ("role", say("Comes as")), ("organisation", say("Organisation")),
)  # fmt: skip


def passport_key() -> bytes:
    """The key for passports of this house."""
    return key_of(current_app.config["SECRET_KEY"])


def passport_of(letter: VisaLetter) -> Passport | None:
    """What the passport says, as long as it is kept."""
    return unseal(passport_key(), letter.passport, letter.check_code)


def number_of(edition: Edition, letter: VisaLetter) -> str:
    """The number as it is printed."""
    return f"{edition.code.upper()}-V{letter.number or 0:05d}"


def letter_pdf(session: Session, edition: Edition, letter: VisaLetter, person: Person, role: Any) -> bytes:
    """A signed letter. Refused where it is not signed, or what it says of the traveller is kept no longer."""
    passport = passport_of(letter)
    if letter.state != "signed" or passport is None or letter.arrives_on is None:
        raise Refused(say("There is no letter to print: it is not signed, or kept no longer."))
    settings = settings_of(session, edition)
    address = site_address() + url_for(
        "registration.visa_check", edition=edition.code, code=letter.check_code
    )
    codes = list(dict.fromkeys((letter.language, "en")))
    html = paper_html(
        "expo/registration/visa_print.html", edition, letter.language, now=now(),
        sides=[_side(code, edition, settings, letter, person, passport, role) for code in codes],
        number=number_of(edition, letter), address=address, picture=qr.picture(address),
        code=letter.check_code, contact=settings.contact,
    )  # fmt: skip
    return pdf(html)


def _side(
    code: str,
    edition: Edition,
    settings: Any,
    letter: VisaLetter,
    person: Person,
    passport: Passport,
    role: Any,
) -> dict[str, Any]:
    with speaking(code):
        days = {key: as_date(date.fromisoformat(getattr(passport, key))) for key in _DATES}
        told = {
            "name": passport.name, "number": passport.number, "organisation": person.organisation,
            "nationality": country_name(passport.nationality), "role": words(role),
            "stay": f"{as_date(letter.arrives_on)} – {as_date(letter.leaves_on)}",
        }  # fmt: skip
        values = told | days
        opening = words(
            say(
                (OPENING if pick(edition.city, code) else OPENING_ANYWHERE).message,
                name=pick(edition.name, code),
                city=pick(edition.city, code),
                days=as_period(edition.starts_on, edition.ends_on),
            )
        )
        return {
            "code": code, "direction": direction(code), "title": words(TITLE), "dear": words(DEAR),
            "opening": opening, "check": words(CHECK), "signed": as_date(letter.signed_at),
            "facts": [(words(label), values[key]) for key, label in LABELS if values[key]],
            **{key: pick(getattr(settings, key), code) for key in _TEXTS},
        }  # fmt: skip


_DATES = ("born_on", "issued_on", "expires_on")
_TEXTS = ("inviter", "address", "signatory", "position", "closing")
