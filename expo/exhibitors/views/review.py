"""The review queue and one application with the decision about it."""

from urllib.parse import parse_qsl, urlencode

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.exhibitors import services, stages
from expo.exhibitors.application import SHAPES
from expo.exhibitors.forms import ApartForm, DecideForm, LateForm
from expo.exhibitors.models import Exhibitor
from expo.exhibitors.services.reviewing import PAGE
from expo.exhibitors.views.blueprint import bp
from expo.exhibitors.views.everything import everything
from expo.languages import pick
from expo.spreadsheets import csv_bytes, xlsx_bytes
from expo.venue import queries as venue
from expo.web import _, db, leaf, needs, refuse, telling, words
from expo.web.files import file_answer
from expo.web.frame import has_page
from expo.web.language import country_name, in_language, language
from expo.web.security import site_address

ADDRESS = "/<edition>/console/exhibitors"
MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILTERS = ("q", "state", "country", "zone", "only")


def chosen_filter() -> services.Filter:
    """The filter that the address asks for."""
    state = request.args.get("state", "")
    return services.Filter(
        state=state if state in stages.NAMES else "",
        country=request.args.get("country", ""),
        zone=request.args.get("zone", ""),
        words=request.args.get("q", ""),
        sort=request.args.get("sort", ""),
        only=request.args.get("only", ""),
    )


def only_names() -> list[tuple[str, str]]:
    """What the parts of applications that need an eye are called."""
    return [
        ("newcomer", _("Here for the first time")),
        ("pavilion", _("Pavilions and their members")),
        ("flexible", _("Would take less area")),
        ("raw", _("Raw space")),
        ("high", _("Higher than 250 cm")),
        ("heavy", _("Needs a strong floor")),
        ("water", _("Needs water")),
        ("late", _("Let in late")),
    ]


@bp.get(ADDRESS)
@needs("exhibitors.review")
def review_queue():
    """All applications by state, country, zone and words; `look` opens one of them beside the list."""
    chosen = chosen_filter()
    counts = services.found_by_state(db(), g.edition.id, chosen)
    total = counts.get(chosen.state, 0) if chosen.state else sum(counts.values())
    shown = leaf(total, PAGE)
    looked = services.exhibitor_by_code(db(), g.edition.id, request.args.get("look", ""))
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
        only=only_names(),
        views=services.views(db(), g.edition.id, current_user.id),
        filter_query=filter_query(),
        is_filtered=any(request.args.get(name) for name in FILTERS),
        looked=everything(looked) if looked else None,
        form=DecideForm(formdata=None),
    )


def filter_query() -> str:
    """The filter of this address, without the page and what is opened beside it."""
    kept = [(name, request.args[name]) for name in (*FILTERS, "sort") if request.args.get(name)]
    return urlencode(kept)


@bp.get(f"{ADDRESS}.<any(csv,xlsx):form>")
@needs("exhibitors.review")
def review_file(form: str):
    """What the filters find, as a spreadsheet."""
    found = services.all_found(db(), g.edition.id, chosen_filter())
    rows = [_heads(), *(_cells(row) for row in found)]
    body = csv_bytes(rows, bom=True) if form == "csv" else xlsx_bytes({"exhibitors": rows})
    return file_answer(body, MIME[form], f"exhibitors.{form}")


def _heads() -> list[str]:
    return [
        _("Code"), _("Name"), _("Country"), _("City"), _("Sector"), _("State"), _("Area, m²"),
        _("Least area, m²"), _("Shape"), _("Zones"), _("Power, kW"), _("Water"),
        _("Height of the build, cm"), _("Load, kg/m²"), _("Points"), _("Sent"), _("Contact person"),
        _("Contact person's e-mail address"),
    ]  # fmt: skip


def _cells(row) -> list:
    sent = row.submitted_at and row.submitted_at.astimezone(g.edition.zone_info).replace(tzinfo=None)
    return [
        row.code, pick(row.name, language()), row.country, row.city, row.sector,
        words(stages.NAMES[row.state]), row.area_m2, row.least_m2, words(SHAPES[row.shape]),
        " ".join(row.zones), row.power_kw, _("Yes") if row.water else _("No"), row.height_cm,
        row.load_kg_m2, row.points, sent, row.contact_name, row.contact_email,
    ]  # fmt: skip


@bp.get(f"{ADDRESS}/<code>")
@needs("exhibitors.review")
def review(code: str):
    """One application: what is asked for, the points and where they come from, the decision."""
    return _page(_exhibitor(code))


def _exhibitor(code: str) -> Exhibitor:
    return services.exhibitor_by_code(db(), g.edition.id, code) or abort(404)


def _page(exhibitor: Exhibitor, **forms):
    return render_template(
        "expo/exhibitors/review.html",
        **everything(exhibitor),
        next_code=services.next_in_queue(db(), g.edition.id, exhibitor),
        form=forms.get("form") or DecideForm(formdata=None),
        late_form=forms.get("late_form") or LateForm(formdata=None),
        apart_form=forms.get("apart_form") or ApartForm(formdata=None),
    )


@bp.post(f"{ADDRESS}/<code>/decide/<any(accepted,rejected,draft,withdrawn):wanted>")
@needs("exhibitors.review")
def decide(code: str, wanted: str):
    """Decide, and put the mail about it into the outbox, where it waits for approval."""
    exhibitor, form = _exhibitor(code), DecideForm()
    if not form.accepted():
        return _page(exhibitor, form=form)
    try:
        services.decide(db(), exhibitor, wanted, form.reason.data or "")
        told = services.tell_decision(db(), g.edition, exhibitor, wanted, portal_link(), in_language)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return _page(_exhibitor(code), form=form)
    name = words(stages.NAMES[wanted])
    flash(_("%(code)s: %(state)s. %(told)s", code=code, state=name, told=_told(told)), "good")
    if request.form.get("back") is not None:  # decided beside the list: on to the next one there
        following = services.next_in_queue(db(), g.edition.id, exhibitor)
        back = [pair for pair in parse_qsl(request.form["back"]) if pair[0] in (*FILTERS, "sort")]
        query = urlencode([*back, ("look", following or "")])
        return redirect(f"{url_for('exhibitors.review_queue')}?{query}")
    return redirect(url_for("exhibitors.review", code=code))


def _told(number: int) -> str:
    if not number:
        return _("Nobody could be told: there is no address.")
    return _("The mail waits in the outbox for your approval.")


def portal_link() -> str:
    """The address of the exhibitors' portal, for letters."""
    path = url_for("portal.checklist") if has_page("portal.checklist") else f"/{g.edition.code}/"
    return f"{site_address()}{path}"


@bp.post(f"{ADDRESS}/<code>/late")
@needs("exhibitors.review")
def late(code: str):
    """Let a draft be sent after the last moment."""
    exhibitor, form = _exhibitor(code), LateForm()
    if form.accepted():
        try:
            services.admit_late(db(), exhibitor, form.late_reason.data or "")
            db().commit()
            flash(_("It may be sent now, although the last moment has passed."), "good")
            return redirect(url_for("exhibitors.review", code=code))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(_exhibitor(code), late_form=form)


@bp.post(f"{ADDRESS}/<code>/apart")
@needs("exhibitors.review")
def apart(code: str):
    """The organiser keeps two exhibitors apart."""
    exhibitor, form = _exhibitor(code), ApartForm()
    if form.accepted():
        try:
            services.keep_apart(db(), exhibitor, form.other.data or "")
            db().commit()
            flash(_("They are kept apart. Neither of them sees this."), "good")
            return redirect(url_for("exhibitors.review", code=code))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(_exhibitor(code), apart_form=form)


@bp.post(f"{ADDRESS}/<code>/apart/<int:number>/remove")
@needs("exhibitors.review")
def together(code: str, number: int):
    """No longer keep two apart."""
    with telling(_("They are no longer kept apart by you.")):
        services.let_together(db(), _exhibitor(code), number)
        db().commit()
    return redirect(url_for("exhibitors.review", code=code))
