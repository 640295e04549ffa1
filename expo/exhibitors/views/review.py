"""The review queue and one application with the decision about it."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.exhibitors import letters, services, stages
from expo.exhibitors.application import POINTS, SHAPES, SIZES, WISHES
from expo.exhibitors.forms import DecideForm, PointsForm
from expo.exhibitors.models import Exhibitor, Organisation
from expo.exhibitors.services.reviewing import PAGE
from expo.exhibitors.views.blueprint import bp
from expo.languages import pick
from expo.outbox import services as outbox
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.venue import queries as venue
from expo.web import _, db, leaf, needs, refuse, words
from expo.web.files import file_answer
from expo.web.frame import has_page
from expo.web.language import country_name, language, speaking
from expo.web.security import site_address

ADDRESS = "/<edition>/console/exhibitors"
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _filter() -> services.Filter:
    state = request.args.get("state", "")
    return services.Filter(
        state=state if state in stages.NAMES else "",
        country=request.args.get("country", ""),
        zone=request.args.get("zone", ""),
        words=request.args.get("q", ""),
        sort=request.args.get("sort", ""),
    )


@bp.get(ADDRESS)
@needs("exhibitors.review")
def review_queue():
    """All applications by state, country, zone and words."""
    chosen = _filter()
    counts = services.found_by_state(db(), g.edition.id, chosen)
    total = counts.get(chosen.state, 0) if chosen.state else sum(counts.values())
    shown = leaf(total, PAGE)
    return render_template(
        "expo/exhibitors/review_queue.html",
        rows=services.queue(db(), g.edition.id, chosen, shown.page),
        counts=counts,
        total=total,
        page=shown.page,
        pages=shown.pages,
        names=stages.NAMES,
        tones=stages.TONES,
        countries=sorted(
            ((code, country_name(code)) for code in services.countries(db(), g.edition.id)),
            key=lambda pair: pair[1],
        ),
        zones=venue.zones(db(), g.edition),
        is_filtered=any(request.args.get(name) for name in ("q", "state", "country", "zone")),
    )


@bp.get(f"{ADDRESS}.<any(csv,xlsx):form>")
@needs("exhibitors.review")
def review_file(form: str):
    """What the filters find, as a spreadsheet."""
    found = services.all_found(db(), g.edition.id, _filter())
    rows = [_heads(), *(_cells(row) for row in found)]
    body = csv_bytes(rows, bom=True) if form == "csv" else xlsx_bytes({"exhibitors": rows})
    return file_answer(body, MIME[form], f"exhibitors.{form}")


def _heads() -> list[str]:
    return [
        _("Code"), _("Name"), _("Country"), _("City"), _("Sector"), _("State"), _("Area, m²"), _("Shape"),
        _("Zones"), _("Power, kW"), _("Points"), _("Sent"), _("Contact person"),
        _("Contact person's e-mail address"),
    ]  # fmt: skip


def _cells(row) -> list:
    sent = row.submitted_at and row.submitted_at.astimezone(g.edition.zone_info).replace(tzinfo=None)
    return [
        row.code, pick(row.name, language()), row.country, row.city, row.sector,
        words(stages.NAMES[row.state]), row.area_m2, words(SHAPES[row.shape]), " ".join(row.zones),
        row.power_kw, row.points, sent, row.contact_name, row.contact_email,
    ]  # fmt: skip


@bp.get(f"{ADDRESS}/<code>")
@needs("exhibitors.review")
def review(code: str):
    """One application: what is asked for, the points and where they come from, the decision."""
    return _page(_exhibitor(code))


def _exhibitor(code: str) -> Exhibitor:
    return services.exhibitor_by_code(db(), g.edition.id, code) or abort(404)


def _page(exhibitor: Exhibitor, form: DecideForm | None = None, points: PointsForm | None = None):
    lead = db().get(Exhibitor, exhibitor.lead_id) if exhibitor.lead_id else None
    return render_template(
        "expo/exhibitors/review.html",
        exhibitor=exhibitor,
        organisation=db().get_one(Organisation, exhibitor.organisation_id),
        lead=lead,
        wishes=services.wishes(db(), exhibitor),
        rivals=services.rivals(db(), exhibitor),
        zones=venue.signed_zones(db(), g.edition, exhibitor.zones),
        shapes=SHAPES,
        sizes=SIZES,
        wish_names=WISHES,
        sources=POINTS,
        names=stages.NAMES,
        tones=stages.TONES,
        may=stages.ORGANISER_MAY[exhibitor.state],
        next_code=services.next_in_queue(db(), g.edition.id, exhibitor),
        form=form or DecideForm(formdata=None),
        points_form=points or PointsForm(formdata=None),
    )


@bp.post(f"{ADDRESS}/<code>/decide/<any(accepted,rejected,draft,withdrawn):wanted>")
@needs("exhibitors.review")
def decide(code: str, wanted: str):
    """Decide, and put the mail about it into the outbox, where it waits for approval."""
    exhibitor, form = _exhibitor(code), DecideForm()
    if not form.accepted():
        return _page(exhibitor, form)
    try:
        services.decide(db(), exhibitor, wanted, form.reason.data or "")
        told = _write(exhibitor, wanted)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return _page(_exhibitor(code), form)
    name = words(stages.NAMES[wanted])
    flash(_("%(code)s: %(state)s. %(told)s", code=code, state=name, told=_told(told)), "good")
    return redirect(url_for("exhibitors.review", code=code))


def _told(number: int) -> str:
    if not number:
        return _("Nobody could be told: there is no address.")
    return _("The mail waits in the outbox for your approval.")


def _write(exhibitor: Exhibitor, wanted: str) -> int:
    organisation = db().get_one(Organisation, exhibitor.organisation_id)
    path = url_for("portal.checklist") if has_page("portal.checklist") else f"/{g.edition.code}/"
    readers = services.readers(db(), exhibitor)
    for address, spoken in readers:
        with speaking(spoken):
            subject, body = letters.decision(
                wanted,
                pick(organisation.name, spoken),
                pick(g.edition.name, spoken),
                exhibitor.review_note,
                f"{site_address()}{path}",
            )
            outbox.post(
                db(),
                f"application.{wanted}",
                address,
                spoken,
                words(subject),
                words(body),
                edition_id=g.edition.id,
                needs_approval=True,
            )
    return len(readers)


@bp.post(f"{ADDRESS}/<code>/points")
@needs("exhibitors.review")
def points(code: str):
    """Give or take points from one source."""
    exhibitor, form = _exhibitor(code), PointsForm()
    if not form.accepted():
        return _page(exhibitor, points=form)
    services.set_points(db(), exhibitor, form.source.data, form.points.data)
    db().commit()
    flash(_("Saved."), "good")
    return redirect(url_for("exhibitors.review", code=code))
