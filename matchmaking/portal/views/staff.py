"""Stand staff and their badges: named, changed, replaced, withdrawn, or sent as a spreadsheet."""

from flask import abort, flash, g, jsonify, redirect, render_template, url_for

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.languages import LANGUAGES, tidy
from expo.registration.forms.groups import TakeForm
from expo.registration.models import Person
from expo.registration.services import groups as group_services
from expo.registration.views import groups
from expo.web import _, db, needs, refuse, telling
from expo.web.language import language
from matchmaking.portal import services
from matchmaking.portal.forms import StaffForm
from matchmaking.portal.views.application import ADDRESS
from matchmaking.portal.views.blueprint import bp, own


@bp.route(f"{ADDRESS}/staff", methods=["GET", "POST"])
@needs("portal.use")
def staff_list():
    """Who has a badge of this stand, how many are left, and a form for one more."""
    exhibitor, organisation, _others = own()
    form = StaffForm(data={"country": organisation.country, "language": language()})
    if form.accepted():
        try:
            services.add_staff(db(), exhibitor, _given(form))
            db().commit()
            flash(_("The person is added."), "good")
            return redirect(url_for("portal.staff_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    exhibitor = own().exhibitor
    return render_template(
        "matchmaking/portal/staff_list.html",
        exhibitor=exhibitor,
        rows=services.staff(db(), exhibitor),
        quota=services.quota_of(db(), exhibitor),
        area=services.area_of(db(), exhibitor),
        form=form,
    )


def _given(form: StaffForm) -> dict:
    return {
        "name": tidy(form["name"].data),
        "position": (form.position.data or "").strip(),
        "country": form.country.data,
        "email": form.email.data or "",
        "language": form.language.data,
    }


def _member(code: str) -> tuple[Exhibitor, Person]:
    exhibitor = own().exhibitor
    return exhibitor, services.staff_member(db(), exhibitor, code) or abort(404)


@bp.route(f"{ADDRESS}/staff/<code>", methods=["GET", "POST"])
@needs("portal.use")
def staff_change(code: str):
    """Change what is known of somebody."""
    _exhibitor, person = _member(code)
    plain = {key: getattr(person, key) for key in ("position", "country", "email", "language")}
    form = StaffForm(data=plain | {"name": {code: person.name.get(code, "") for code in LANGUAGES}})
    if form.accepted():
        services.change_staff(db(), person, _given(form))
        db().commit()
        flash(_("Changed. A badge that is printed already still says what it said."), "good")
        return redirect(url_for("portal.staff_list"))
    return render_template("matchmaking/portal/staff_form.html", form=form, person=person, replaces=False)


@bp.route(f"{ADDRESS}/staff/<code>/replace", methods=["GET", "POST"])
@needs("portal.use")
def staff_replace(code: str):
    """Name somebody who comes instead."""
    exhibitor, person = _member(code)
    form = StaffForm(data={"country": person.country, "language": language(), "position": person.position})
    if form.accepted():
        try:
            services.replace_staff(db(), exhibitor, person, _given(form))
            db().commit()
            flash(_("Replaced. The earlier badge opens no gate any more."), "good")
            return redirect(url_for("portal.staff_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
            _exhibitor, person = _member(code)
    return render_template("matchmaking/portal/staff_form.html", form=form, person=person, replaces=True)


@bp.post(f"{ADDRESS}/staff/<code>/remove")
@needs("portal.use")
def staff_remove(code: str):
    """Take somebody off the list."""
    _exhibitor, person = _member(code)
    with telling(_("The person is taken off the list.")):
        services.remove_staff(db(), person)
        db().commit()
    return redirect(url_for("portal.staff_list"))


@bp.route(f"{ADDRESS}/staff/import", methods=["GET", "POST"])
@needs("portal.use")
def staff_import():
    """Send the staff as a spreadsheet."""
    exhibitor = own().exhibitor
    if exhibitor.state != "accepted":
        return redirect(url_for("portal.staff_list"))
    form, upload = groups.receive(exhibitor)
    if upload:
        return redirect(url_for("portal.staff_upload", upload_id=upload.id))
    return render_template("matchmaking/portal/staff_import.html", form=form)


@bp.get(f"{ADDRESS}/staff/import/staff.<any(csv,xlsx):form>")
@needs("portal.use")
def staff_template(form: str):
    """The template."""
    return groups.template_answer(form, staff=True)


@bp.route(f"{ADDRESS}/staff/import/<int:upload_id>", methods=["GET", "POST"])
@needs("portal.use")
def staff_upload(upload_id: int):
    """What was found in one's own file; sent, the people in it are named."""
    exhibitor = own().exhibitor
    upload = group_services.upload_of(db(), g.edition, upload_id, exhibitor) or abort(404)
    form = TakeForm()
    del form.sort
    if form.accepted():
        try:
            services.quota_of(db(), exhibitor)  # the database holds whoever has a rule to it
            groups.take(upload, {"called": "exhibitor", "ticket": "", "doubles": form.doubles.data})
            return redirect(url_for("portal.staff_upload", upload_id=upload_id))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    values = groups.upload_values(upload)
    return render_template("matchmaking/portal/staff_upload.html", form=form, staff=True, **values)


@bp.get(f"{ADDRESS}/staff/import/<int:upload_id>/progress.json")
@needs("portal.use")
def staff_progress(upload_id: int):
    """How far the work on one's own file is, for the page that watches."""
    upload = group_services.upload_of(db(), g.edition, upload_id, own().exhibitor) or abort(404)
    values = groups.upload_values(upload)
    job = values["job"] or abort(404)
    return jsonify(state=job.state, done=job.done, total=job.total, message=values["message"], curve=[])
