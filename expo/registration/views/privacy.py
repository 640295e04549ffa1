"""What is kept and why: for everybody, for the person, and for the organiser who answers for it."""

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.accounts import services as accounts
from expo.errors import Refused
from expo.personal import holdings
from expo.registration import queries, services
from expo.registration.forms.privacy import PrivacyForm, PurposeForm
from expo.registration.keeping import KINDS, last_day
from expo.registration.models import PURPOSES, Person, VisaSettings
from expo.registration.prints.privacy import export_zip
from expo.registration.services import erasing, linking, purposes, retaining
from expo.registration.services.exporting import everything
from expo.registration.services.photos import remove_photo
from expo.registration.views.blueprint import bp
from expo.registration.views.own import OWN, own_person, private
from expo.web import _, db, needs, public, refuse, telling
from expo.web.files import file_answer
from expo.web.language import language

CONSOLE = "/<edition>/console/privacy"


@bp.get("/<edition>/privacy")
@public
def privacy_page():
    """What is kept of people who come, why, and until when."""
    settings = purposes.settings_of(db(), g.edition)
    kept = settings.keep_days
    return render_template(
        "expo/registration/privacy.html",
        settings=settings,
        holdings=holdings(),
        days=[(KINDS[kind], last_day(g.edition.ends_on, kept, kind)) for kind in KINDS if kept],
        visa_days=(db().get(VisaSettings, g.edition.id) or VisaSettings(edition_id=0)).keep_days,
        purposes=purposes.asked_purposes(db(), g.edition),
    )


# ---- the person's own ----


@bp.get(f"{OWN}/data")
@public
def own_data(secret: str):
    """One's own data: what there is, what one agreed to, everything to take away, erasure."""
    person = own_person(secret)
    may_see = linking.was_mailed(db(), person, secret)
    found = everything(db(), g.edition, person) if may_see else []
    page = render_template(
        "expo/registration/own_data.html",
        secret=secret,
        person=person,
        may_see=may_see,
        found=[(holding, len(rows)) for holding, rows in found],
        purposes=purposes.asked_purposes(db(), g.edition),
        agreed=queries.consents_of(db(), [person.id])[person.id],
        history=queries.consent_history(db(), person),
        erasure=erasing.open_erasure(db(), person),
        days=purposes.settings_of(db(), g.edition).erase_after_days,
    )
    return private(Response(page))


@bp.post(f"{OWN}/data/consents")
@public
def own_consents(secret: str):
    """Agree to what is ticked, and to nothing else."""
    person = own_person(secret)
    wanted = {one for one in request.form.getlist("consent") if one in PURPOSES}
    asked = {one.key for one in purposes.asked_purposes(db(), g.edition)}
    with telling(_("Saved. It holds from now on.")):
        services.give(db(), person, wanted & asked, language=language())
        services.withdraw(db(), person, set(PURPOSES) - wanted)
        if "photo" not in wanted:
            remove_photo(db(), person)
        db().commit()
    return redirect(url_for("registration.own_data", secret=secret))


@bp.get(f"{OWN}/data.zip")
@public
def own_data_file(secret: str):
    """All that is kept of one, to take away."""
    person = own_person(secret)
    linking.check_mailed(db(), person, secret)
    accounts.count_try(db(), "registration.paper", str(person.id))
    db().commit()
    content = export_zip(db(), g.edition, own_person(secret), language())
    return private(file_answer(content, "application/zip", f"{person.code}.zip"))


@bp.post(f"{OWN}/data/<any(erase,keep):act>")
@public
def own_erasure(secret: str, act: str):
    """Ask that everything is erased, or take that back."""
    person = own_person(secret)
    with telling():
        if act == "erase":
            linking.check_mailed(db(), person, secret)
            row = erasing.ask(db(), g.edition, person, "person")
            flash(_("Noted. Your data are erased in %(days)s days at the latest.", days=_days(row)), "good")
        else:
            erasing.take_back(db(), person)
            flash(_("Taken back: your registration stays as it is."), "good")
        db().commit()
    return redirect(url_for("registration.own_data", secret=secret))


def _days(row) -> int:
    return (row.due_at - row.asked_at).days


# ---- the organiser's ----


@bp.route(CONSOLE, methods=["GET", "POST"])
@needs("privacy.manage")
def privacy_console():
    """Settings, requests for erasure, and what was erased in time."""
    settings = purposes.settings_of(db(), g.edition)
    form = PrivacyForm(settings)
    if form.accepted():
        form.fill(settings)
        db().add(settings)
        db().commit()
        flash(_("Saved."), "good")
        return redirect(url_for("registration.privacy_console"))
    page = min(max(1, request.args.get("page", 1, type=int)), 10_000)
    return render_template(
        "expo/registration/privacy_console.html",
        form=form,
        settings=settings,
        page=page,
        erasures=erasing.erasures(db(), g.edition, page),
        size=erasing.PAGE,
        reports=retaining.reports(db(), g.edition),
        kinds=KINDS,
        purposes=purposes.purposes(db(), g.edition),
    )


@bp.route(f"{CONSOLE}/purposes/<any(leads,news,photo,visa):key>", methods=["GET", "POST"])
@needs("privacy.manage")
def privacy_purpose(key: str):
    """The words of a purpose: saved, they are a new version."""
    purpose = next(one for one in purposes.purposes(db(), g.edition) if one.key == key)
    texts = {f"text_{code}": text for code, text in purpose.own.items()}
    form = PurposeForm(data=texts | {"is_asked": purpose.is_asked})
    if form.accepted():
        try:
            args = (key, form.text, form.is_asked.data, current_user.name)
            row = purposes.write_purpose(db(), g.edition, *args)
            db().commit()
            flash(_("Version %(version)s is asked from now on.", version=row.version), "good")
            return redirect(url_for("registration.privacy_console"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/registration/privacy_purpose.html", form=form, purpose=purpose)


@bp.post(f"{CONSOLE}/<code>/erase")
@needs("privacy.manage")
def privacy_erase(code: str):
    """Erase somebody's data now."""
    person = _person(code)
    by = "person" if erasing.open_erasure(db(), person) else "organiser"
    with telling(_("Everything personal of %(code)s is erased.", code=code)):
        erasing.erase(db(), g.edition, person, by, current_user.name)
        db().commit()
    return redirect(url_for("registration.privacy_console"))


@bp.get(f"{CONSOLE}/<code>/data.zip")
@needs("privacy.manage")
def privacy_export(code: str):
    """All that is kept of somebody who asked for it by another way."""
    person = _person(code)
    content = export_zip(db(), g.edition, person, language())
    return private(file_answer(content, "application/zip", f"{person.code}.zip"))


def _person(code: str) -> Person:
    return queries.person_by_code(db(), g.edition, code) or abort(404)
