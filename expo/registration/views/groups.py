"""Groups: a spreadsheet sent, looked through, registered; the rule for exhibitors' staff."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.jobs import services as jobs
from expo.jobs.handlers import from_json
from expo.languages import pick
from expo.registration.forms.groups import AllowanceForm, SheetForm, StaffRuleForm, TakeForm
from expo.registration.groups import template_rows
from expo.registration.models import PersonUpload
from expo.registration.services import enrolling, groups, staffing
from expo.registration.views.blueprint import bp
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.web import _, db, needs, ngettext, refuse, telling, words
from expo.web.files import file_answer
from expo.web.language import language

ADDRESS = "/<edition>/console/people"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {"key": 24}


def template_answer(form: str, *, staff: bool):
    """An empty spreadsheet in the reader's language, with a row that shows what goes where."""
    rows = template_rows(language(), staff=staff)
    if form == "csv":
        return file_answer(csv_bytes(rows, bom=True), "text/csv", "people.csv")
    widths = [max(14, len(head) + 4) for head in rows[0]]
    return file_answer(xlsx_bytes({"people": rows}, {"people": widths}), XLSX, "people.xlsx")


def receive(exhibitor: Exhibitor | None = None) -> tuple[SheetForm, PersonUpload | None]:
    """The form, and the upload that was queued to be looked through where a file came."""
    form = SheetForm()
    if not form.accepted():
        return form, None
    try:
        upload = groups.receive(
            db(), g.edition, form.file.data.filename or "", form.file.data.read(),
            exhibitor=exhibitor, by=current_user.name,
        )  # fmt: skip
        _queue(upload, "people.check")
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return form, None
    return form, upload


def _queue(upload: PersonUpload, kind: str, **arguments: Any) -> None:
    job = jobs.enqueue(
        db(), kind, edition_id=g.edition.id, user_id=current_user.id, upload=upload.id, **arguments
    )
    upload.job_id = job.id
    db().add(upload)


def upload_values(upload: PersonUpload) -> dict[str, Any]:
    """What the page of an upload shows: its job, and what was found with its sentences in words."""
    job = jobs.job_of(db(), g.edition.id, upload.job_id) if upload.job_id else None
    message = from_json(job.message) if job else None
    faults = [
        fault | {"sentence": words(from_json(fault["sentence"]))} for fault in upload.report.get("faults", ())
    ]
    return {
        "upload": upload, "job": job, "message": words(message) if message else "", "report": upload.report,
        "faults": faults, "twins": upload.report.get("twins", []),
    }  # fmt: skip


def take(upload: PersonUpload, choice: dict[str, str]) -> None:
    """Queue the registering of a file that was looked through."""
    if upload.state != "checked" or upload.report.get("all_faults"):
        raise Refused(_("This file cannot be registered as it is."))
    job = jobs.job_of(db(), g.edition.id, upload.job_id) if upload.job_id else None
    if job and not job.is_over:
        raise Refused(_("This file is at work already."))
    _queue(upload, "people.take", **choice)
    db().commit()


@bp.route(f"{ADDRESS}/import", methods=["GET", "POST"])
@needs("registration.edit")
def people_import():
    """Send a spreadsheet of people."""
    form, upload = receive()
    if upload:
        return redirect(url_for("registration.people_upload", upload_id=upload.id))
    return render_template("expo/registration/people_import.html", form=form)


@bp.get(f"{ADDRESS}/import/people.<any(csv,xlsx):form>")
@needs("registration.edit")
def people_template(form: str):
    """The template."""
    return template_answer(form, staff=False)


@bp.route(f"{ADDRESS}/import/<int:upload_id>", methods=["GET", "POST"])
@needs("registration.edit")
def people_upload(upload_id: int):
    """What was found in a file; sent, it is registered."""
    upload = groups.upload_of(db(), g.edition, upload_id) or abort(404)
    names = [(one.code, pick(one.name, language())) for one in enrolling.tickets(db(), g.edition)]
    form = TakeForm(tickets=names)
    if form.accepted():
        what, _colon, code = form.sort.data.partition(":")
        choice = {"called": code if what == "k" else "", "ticket": code if what == "t" else ""}
        try:
            take(upload, choice | {"doubles": form.doubles.data})
            return redirect(url_for("registration.people_upload", upload_id=upload_id))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "expo/registration/people_upload.html", form=form, **upload_values(upload), staff=False
    )


@bp.route(f"{ADDRESS}/staff-rule", methods=["GET", "POST"])
@needs("registration.edit")
def staff_rule():
    """How many badges a stand gives, and who has more."""
    rule = staffing.rule_of(db(), g.edition)
    form = StaffRuleForm(data={"least": rule.least, "m2_each": rule.m2_each, "most": rule.most})
    if form.accepted():
        try:
            staffing.save_rule(db(), g.edition, form.least.data, form.m2_each.data, form.most.data)
            db().commit()
            flash(_("Saved. Nobody loses a badge that is given."), "good")
            return redirect(url_for("registration.staff_rule"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    page = max(1, request.args.get("page", 1, type=int))
    return render_template(
        "expo/registration/staff_rule.html",
        form=form,
        allowance=AllowanceForm(formdata=None),
        rows=staffing.usage(db(), g.edition, min(page, 10_000)),
        page=page,
        ngettext=ngettext,
    )


@bp.post(f"{ADDRESS}/staff-rule/exception")
@needs("registration.edit")
def staff_exception():
    """Give one exhibitor more badges, or fewer."""
    form = AllowanceForm()
    with telling(_("Saved.")):
        if not form.accepted():
            raise Refused(_("Type an exhibitor's code and a whole number."))
        exhibitor = staffing.exhibitor_by_code(db(), g.edition, form.code.data.strip())
        staffing.allow(db(), exhibitor, form.extra.data, form.reason.data or "")
        db().commit()
    return redirect(url_for("registration.staff_rule"))
