"""Letters of invitation: asked for on one's own page, reviewed by the organiser, checked by a consul."""

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.accounts import services as accounts
from expo.accounts.limits import network_of
from expo.errors import Refused
from expo.registration import queries
from expo.registration.forms.visa import ReasonForm, VisaForm, VisaSettingsForm
from expo.registration.kinds import NAMES as KINDS
from expo.registration.models import CONFIRMED, Person, VisaLetter
from expo.registration.prints import letters
from expo.registration.prints.visa import letter_pdf, number_of, passport_key, passport_of
from expo.registration.services import visas
from expo.registration.views.blueprint import bp
from expo.registration.views.own import OWN, own_person, private
from expo.registration.visa import NAMES, TONES, tidy_code
from expo.web import _, db, needs, public, refuse, telling
from expo.web.files import PDF, file_answer
from expo.web.language import language

CONSOLE = "/<edition>/console/visa"
CHECK = "/<edition>/visa"


def _asked(person: Person, form: VisaForm, by: str) -> bool:
    if not form.accepted():
        return False
    stay = (form.arrives_on.data, form.leaves_on.data)
    try:
        visas.ask(db(), g.edition, person, form.passport, stay, form.language.data, passport_key(), by=by)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    flash(_("The letter is asked for; the organiser looks at it."), "good")
    return True


def _usual(person: Person) -> VisaForm:
    values = {"name": person.name.get("en", ""), "nationality": person.country, "language": language()}
    stay = {"arrives_on": g.edition.starts_on, "leaves_on": g.edition.ends_on}
    return VisaForm(data=values | stay)


# ---- the person's own ----


@bp.route(f"{OWN}/visa", methods=["GET", "POST"])
@public
def own_visa(secret: str):
    """Ask for a letter; see where it stands."""
    person = own_person(secret)
    form = _usual(person)
    if _asked(person, form, "person"):
        return redirect(url_for("registration.own_visa", secret=secret))
    person = own_person(secret)
    asked = visas.letters_of(db(), person)
    page = render_template(
        "expo/registration/own_visa.html", secret=secret, person=person, form=form, letters=asked,
        names=NAMES, tones=TONES, number_of=number_of,
        may_ask=visas.settings_of(db(), g.edition).is_open
        and person.state == CONFIRMED
        and not any(one.state in ("asked", "signed") for one in asked),
    )  # fmt: skip
    return private(Response(page))


@bp.post(f"{OWN}/visa/take-back")
@public
def own_visa_back(secret: str):
    """Do without a letter after all."""
    person = own_person(secret)
    asked = [one for one in visas.letters_of(db(), person) if one.state == "asked"] or abort(404)
    with telling(_("Taken back. What your passport says is deleted.")):
        visas.take_back(db(), asked[0])
        db().commit()
    return redirect(url_for("registration.own_visa", secret=secret))


@bp.get(f"{OWN}/visa.pdf")
@public
def own_visa_file(secret: str):
    """One's own signed letter."""
    person = own_person(secret)
    signed = [one for one in visas.letters_of(db(), person) if one.state == "signed"] or abort(404)
    accounts.count_try(db(), "registration.paper", str(person.id))
    db().commit()
    return private(_file(signed[0], person))


def _file(letter: VisaLetter, person: Person) -> Response:
    content = letter_pdf(db(), g.edition, letter, person, KINDS[person.kind])
    return file_answer(content, PDF, f"{number_of(g.edition, letter)}.pdf", shown=True)


# ---- whoever checks ----


@bp.route(CHECK, methods=["GET"])
@public
def visa_check_form():
    """Where a consul types the code of a letter."""
    code = tidy_code(request.args.get("code", ""))
    if code:
        return redirect(url_for("registration.visa_check", code=code))
    return render_template("expo/registration/visa_check.html", letter=None, code="", asked=False)


@bp.get(f"{CHECK}/<code>")
@public
def visa_check(code: str):
    """Whether a letter is genuine and still good; nothing about the traveller."""
    accounts.count_try(db(), "visa.check", network_of(request.remote_addr))
    db().commit()
    letter = visas.letter_by_code(db(), g.edition, tidy_code(code))
    return render_template(
        "expo/registration/visa_check.html",
        letter=letter,
        code=tidy_code(code),
        asked=True,
        number=number_of(g.edition, letter) if letter else "",
        settings=visas.settings_of(db(), g.edition),
    ), (200 if letter else 404)


# ---- the organiser's ----


@bp.get(CONSOLE)
@needs("visa.sign")
def visa_list():
    """Letters, those to be looked at first."""
    state = request.args.get("state", "")
    state = state if state in NAMES else ""
    page = min(max(1, request.args.get("page", 1, type=int)), 10_000)
    return render_template(
        "expo/registration/visa_list.html", rows=visas.letters(db(), g.edition, state, page), names=NAMES,
        tones=TONES, counts=visas.counts(db(), g.edition), page=page, size=visas.PAGE, number_of=number_of,
        is_open=visas.settings_of(db(), g.edition).is_open,
    )  # fmt: skip


@bp.route(f"{CONSOLE}/settings", methods=["GET", "POST"])
@needs("visa.sign")
def visa_settings():
    """Whether letters are given, and the letterhead."""
    settings = visas.settings_of(db(), g.edition)
    form = VisaSettingsForm(settings)
    if form.accepted():
        form.fill(settings)
        db().add(settings)
        db().commit()
        flash(_("Saved."), "good")
        return redirect(url_for("registration.visa_list"))
    return render_template("expo/registration/visa_settings.html", form=form)


def _letter(letter_id: int) -> tuple[VisaLetter, Person | None]:
    letter = visas.letter_of(db(), g.edition, letter_id) or abort(404)
    return letter, db().get(Person, letter.person_id) if letter.person_id else None


@bp.get(f"{CONSOLE}/<int:letter_id>")
@needs("visa.sign")
def visa_detail(letter_id: int):
    """One letter with what the passport says; that it was read is noted."""
    letter, person = _letter(letter_id)
    passport = passport_of(letter)
    if passport:
        visas.looked_at(db(), letter)
        db().commit()
    page = render_template(
        "expo/registration/visa_detail.html", letter=letter, person=person, passport=passport, names=NAMES,
        tones=TONES, number=number_of(g.edition, letter) if letter.number else "", form=ReasonForm(),
    )  # fmt: skip
    return private(Response(page))


@bp.post(f"{CONSOLE}/<int:letter_id>/<any(sign,refuse,revoke):act>")
@needs("visa.sign")
def visa_decide(letter_id: int, act: str):
    """Sign a letter, refuse it or revoke it."""
    letter, person = _letter(letter_id)
    reason = request.form.get("reason", "")
    with telling():
        if act == "sign":
            visas.sign(db(), letter, current_user.name)
            flash(_("Signed with the number %(number)s.", number=number_of(g.edition, letter)), "good")
        elif act == "refuse":
            visas.refuse(db(), letter, reason)
            flash(_("Refused; the person reads the reason on their own page."), "good")
        else:
            visas.revoke(db(), letter, reason)
            flash(_("Revoked: whoever checks the letter reads that."), "good")
        if person:
            letters.write(db(), g.edition, person, f"visa_{letter.state}", letter.reason)
            letters.send(db(), g.edition)
        db().commit()
    return redirect(url_for("registration.visa_detail", letter_id=letter_id))


@bp.get(f"{CONSOLE}/<int:letter_id>/letter.pdf")
@needs("visa.sign")
def visa_file(letter_id: int):
    """A signed letter."""
    letter, person = _letter(letter_id)
    return private(_file(letter, person or abort(404)))


@bp.route("/<edition>/console/people/<code>/visa", methods=["GET", "POST"])
@needs("visa.sign")
def person_visa(code: str):
    """Write a letter for somebody."""
    person = queries.person_by_code(db(), g.edition, code) or abort(404)
    form = _usual(person)
    if _asked(person, form, "organiser"):
        return redirect(url_for("registration.visa_list"))
    person = queries.person_by_code(db(), g.edition, code) or abort(404)
    return render_template("expo/registration/visa_new.html", person=person, form=form)
