"""Permits: the queue, one application with its decision, and who may not open yet."""

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import LANGUAGES, pick
from expo.orders import letters, prints, services, stages
from expo.orders.forms import DecisionForm
from expo.orders.models import Permit, PermitDrawing
from expo.orders.permits import FIGURES, KINDS
from expo.orders.services.permit_lists import PAGE
from expo.orders.views.blueprint import bp
from expo.orders.views.prices import MIME
from expo.outbox import services as outbox
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.web import _, db, leaf, needs, refuse, words
from expo.web.files import PDF, file_answer
from expo.web.frame import has_page
from expo.web.language import language, speaking
from expo.web.security import site_address

ADDRESS = "/<edition>/console/permits"


@bp.get(ADDRESS)
@needs("permits.review")
def permit_list():
    """Applications, those that wait for review on top."""
    state = request.args.get("state", "")
    state = state if state in stages.PERMIT_NAMES else ""
    counts = services.permit_counts(db(), g.edition.id)
    counts.pop("draft", None)
    total = counts.get(state, 0) if state else sum(counts.values())
    shown = leaf(total, PAGE)
    return render_template(
        "expo/orders/permit_list.html",
        rows=services.permits(db(), g.edition.id, state, shown.page),
        counts=counts,
        total=total,
        page=shown.page,
        pages=shown.pages,
        names=stages.PERMIT_NAMES,
        tones=stages.PERMIT_TONES,
        kinds=KINDS,
    )


@bp.get(f"{ADDRESS}/missing")
@needs("permits.review")
def permit_missing():
    """Accepted exhibitors who may not open yet, with the permits they lack."""
    found = services.not_ready(db(), g.edition)
    shown = leaf(len(found), PAGE)
    return render_template(
        "expo/orders/permit_missing.html",
        rows=found[shown.offset : shown.offset + PAGE],
        total=len(found),
        page=shown.page,
        pages=shown.pages,
        names=stages.PERMIT_NAMES,
        tones=stages.PERMIT_TONES,
        kinds=KINDS,
    )


@bp.get(f"{ADDRESS}/missing.<any(csv,xlsx):form>")
@needs("permits.review")
def permit_missing_file(form: str):
    """The same as a spreadsheet, a row a permit."""
    rows: list[list] = [[_("Code"), _("Exhibitor"), _("Stand"), _("Permit"), _("State")]]
    for one in services.not_ready(db(), g.edition):
        rows += [
            [one.code, pick(one.name, language()), " ".join(one.stands), words(KINDS[kind].name),
             words(stages.PERMIT_NAMES[state]) if state else _("Not applied for")]
            for kind, state in one.permits.items()
            if state != "granted"
        ]  # fmt: skip
    body = csv_bytes(rows, bom=True) if form == "csv" else xlsx_bytes({"permits": rows})
    return file_answer(body, MIME[form], f"permits-missing.{form}")


def _permit(number: int) -> Permit:
    permit = services.permit_by_number(db(), g.edition.id, number)
    if permit is None or permit.state == "draft":
        abort(404)
    return permit


@bp.get(f"{ADDRESS}/<int:number>")
@needs("permits.review")
def permit_detail(number: int):
    """One application: figures, drawings, the check, the decision."""
    return _page(_permit(number))


def _page(permit: Permit, form: DecisionForm | None = None):
    exhibitor = db().get_one(Exhibitor, permit.exhibitor_id)
    return render_template(
        "expo/orders/permit_detail.html",
        permit=permit,
        kind=KINDS[permit.kind],
        exhibitor=exhibitor,
        organisation=db().get_one(Organisation, exhibitor.organisation_id),
        limits=services.limits_of(db(), exhibitor),
        drawings=services.drawings_of(db(), permit),
        findings=services.checked(db(), permit),
        figures=FIGURES,
        names=stages.PERMIT_NAMES,
        tones=stages.PERMIT_TONES,
        may=stages.PERMIT_NEXT[permit.state] & {"granted", "refused", "returned"},
        form=form or DecisionForm(formdata=None),
    )


@bp.post(f"{ADDRESS}/<int:number>/decide/<any(granted,refused,returned):wanted>")
@needs("permits.review")
def permit_decide(number: int, wanted: str):
    """Grant, refuse or ask back; the mail about it waits in the outbox."""
    permit, form = _permit(number), DecisionForm()
    if not form.accepted():
        return _page(permit, form)
    try:
        services.decide(db(), permit, wanted, form.text.data or "", current_user.id)
        _write(permit, wanted)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return _page(_permit(number), form)
    flash(
        _("Decided: %(state)s. The mail waits in the outbox.", state=words(stages.PERMIT_NAMES[wanted])),
        "good",
    )
    return redirect(url_for("orders.permit_detail", number=number))


def _write(permit: Permit, wanted: str) -> None:
    exhibitor = db().get_one(Exhibitor, permit.exhibitor_id)
    organisation = db().get_one(Organisation, exhibitor.organisation_id)
    path = url_for("portal.permit_list") if has_page("portal.permit_list") else f"/{g.edition.code}/"
    for address, spoken in exhibitors.readers(db(), exhibitor):
        with speaking(spoken):
            values = {
                "kind": words(KINDS[permit.kind].name),
                "number": permit.number,
                "name": pick(organisation.name, spoken),
                "text": permit.decision,
                "link": f"{site_address()}{path}",
                "edition": pick(g.edition.name, spoken),
            }
            subject, body = letters.permit(wanted, values)
            outbox.post(
                db(), f"permit.{wanted}", address, spoken, words(subject), words(body),
                edition_id=g.edition.id, needs_approval=True,
            )  # fmt: skip


@bp.get(f"{ADDRESS}/<int:number>/drawings/<int:drawing_id>")
@needs("permits.review")
def permit_drawing(number: int, drawing_id: int):
    """A drawing, to keep."""
    drawing = services.drawing_of(db(), _permit(number), drawing_id) or abort(404)
    return drawing_answer(drawing)


def drawing_answer(drawing: PermitDrawing) -> Response:
    """A drawing as an attachment that no browser runs or shows."""
    answer = file_answer(drawing.content, drawing.mimetype, f"{drawing.id}-{drawing.name}")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.get(f"{ADDRESS}/<int:number>/letter.pdf")
@needs("permits.review")
def permit_letter(number: int):
    """The letter about a decision."""
    permit = _permit(number)
    spoken = request.args.get("in", language())
    if permit.state not in ("granted", "refused") or spoken not in LANGUAGES:
        abort(404)
    return file_answer(
        prints.permit_pdf(db(), permit, spoken), PDF, f"permit-{number}-{spoken}.pdf", shown=True
    )
