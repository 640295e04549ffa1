"""Applying for permits: figures, drawings, sending, and the decision."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.languages import LANGUAGES
from expo.orders import drawings, prints, stages
from expo.orders import services as orders
from expo.orders.forms.portal import DrawingForm, PermitForm
from expo.orders.models import Permit
from expo.orders.permits import FIGURES, KINDS
from expo.orders.views.permits import drawing_answer
from expo.web import _, db, needs, refuse, telling
from expo.web.files import PDF, file_answer
from expo.web.language import language
from matchmaking.portal.views.application import ADDRESS
from matchmaking.portal.views.blueprint import bp, own


@bp.get(f"{ADDRESS}/permits")
@needs("portal.use")
def permit_list():
    """The permits one needs and those applied for."""
    exhibitor = own().exhibitor
    return render_template(
        "matchmaking/portal/permit_list.html",
        exhibitor=exhibitor,
        permits=orders.permits_of(db(), exhibitor),
        needed=orders.needed_by(db(), exhibitor),
        kinds=KINDS,
        names=stages.PERMIT_NAMES,
        tones=stages.PERMIT_TONES,
    )


@bp.route(f"{ADDRESS}/permits/new/<kind>", methods=["GET", "POST"])
@needs("portal.use")
def permit_new(kind: str):
    """Begin an application of a kind."""
    if kind not in KINDS:
        abort(404)
    exhibitor = own().exhibitor
    form = PermitForm(kind=kind, data={"height_cm": exhibitor.height_cm if kind == "height" else None})
    if form.accepted():
        try:
            permit = orders.apply_for(db(), exhibitor, kind, form.given())
            db().commit()
            return redirect(url_for("portal.permit", number=permit.number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("matchmaking/portal/permit_new.html", form=form, kind=KINDS[kind])


def _own(number: int) -> Permit:
    permit = orders.permit_by_number(db(), g.edition.id, number)
    if permit is None or permit.exhibitor_id != own().exhibitor.id:
        abort(404)
    return permit


@bp.route(f"{ADDRESS}/permits/<int:number>", methods=["GET", "POST"])
@needs("portal.use")
def permit(number: int):
    """One's application: figures, drawings, what the check says, the decision."""
    found = _own(number)
    form = PermitForm(kind=found.kind, obj=found)
    if form.accepted():
        try:
            orders.change(db(), found, form.given())
            db().commit()
            flash(_("Saved."), "good")
            return redirect(url_for("portal.permit", number=number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(_own(number), form)


def _page(found: Permit, form: PermitForm, drawing_form: DrawingForm | None = None):
    return render_template(
        "matchmaking/portal/permit.html",
        permit=found,
        kind=KINDS[found.kind],
        form=form,
        drawing_form=drawing_form or DrawingForm(formdata=None),
        drawings=orders.drawings_of(db(), found),
        most=drawings.MOST,
        findings=orders.checked(db(), found),
        figures=FIGURES,
        is_draft=found.state in ("draft", "returned"),
        names=stages.PERMIT_NAMES,
        tones=stages.PERMIT_TONES,
        may=stages.PERMIT_NEXT[found.state] & {"submitted", "withdrawn"},
    )


@bp.post(f"{ADDRESS}/permits/<int:number>/drawings")
@needs("portal.use")
def drawing_add(number: int):
    """Hand in a drawing."""
    found, form = _own(number), DrawingForm()
    if form.accepted():
        content = form.file.data.read(drawings.LARGEST + 1)
        try:
            orders.add_drawing(db(), found, form.file.data.filename or "", content)
            db().commit()
            flash(_("The drawing is kept with your application."), "good")
            return redirect(url_for("portal.permit", number=number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    found = _own(number)
    return _page(found, PermitForm(kind=found.kind, formdata=None, obj=found), form)


@bp.get(f"{ADDRESS}/permits/<int:number>/drawings/<int:drawing_id>")
@needs("portal.use")
def drawing_file(number: int, drawing_id: int):
    """One's own drawing, to keep."""
    return drawing_answer(orders.drawing_of(db(), _own(number), drawing_id) or abort(404))


@bp.post(f"{ADDRESS}/permits/<int:number>/drawings/<int:drawing_id>/remove")
@needs("portal.use")
def drawing_drop(number: int, drawing_id: int):
    """Take a drawing back."""
    found = _own(number)
    drawing = orders.drawing_of(db(), found, drawing_id) or abort(404)
    with telling():
        orders.drop_drawing(db(), found, drawing)
        db().commit()
        flash(_("The drawing is gone."), "good")
    return redirect(url_for("portal.permit", number=number))


@bp.post(f"{ADDRESS}/permits/<int:number>/<any(submit,withdraw):act>")
@needs("portal.use")
def permit_move(number: int, act: str):
    """Send the application, or withdraw it."""
    found = _own(number)
    with telling():
        (orders.submit if act == "submit" else orders.withdraw)(db(), found)
        db().commit()
        said = _("Sent. You are written to when it is decided.") if act == "submit" else _("Withdrawn.")
        flash(said, "good")
    return redirect(url_for("portal.permit", number=number))


@bp.get(f"{ADDRESS}/permits/<int:number>/letter.pdf")
@needs("portal.use")
def permit_letter(number: int):
    """The letter about a decision."""
    found, spoken = _own(number), request.args.get("in", language())
    if found.state not in ("granted", "refused") or spoken not in LANGUAGES:
        abort(404)
    return file_answer(
        prints.permit_pdf(db(), found, spoken), PDF, f"permit-{number}-{spoken}.pdf", shown=True
    )
