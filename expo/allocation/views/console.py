"""The organiser's first page: how full the floor is, the runs, starting one, settling places by hand."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import select

from expo.allocation import queries, services
from expo.allocation.forms import GiveForm, RunForm
from expo.allocation.views.blueprint import ADDRESS, bp
from expo.allocation.wording import run_state, run_title
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.jobs import services as jobs
from expo.languages import pick
from expo.venue import queries as venue
from expo.venue.models import Stand
from expo.venue.signs import letter_of
from expo.web import _, db, leaf, needs, refuse, telling
from expo.web.files import file_answer
from expo.web.language import language


@bp.get(ADDRESS)
@needs("allocation.read")
def run_list():
    """How full the floor is, the runs, and the form that starts another."""
    return _runs_page(_form(), GiveForm(formdata=None))


@bp.post(ADDRESS)
@needs("allocation.run")
def run_start():
    """Start a run as a job."""
    form = _form()
    if form.accepted():
        try:
            return redirect(_start(form))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _runs_page(form, GiveForm(formdata=None))


def _form(**given) -> RunForm:
    form = RunForm(**given)
    zones = [(zone.code, pick(zone.name, language()) or zone.code) for zone in venue.zones(db(), g.edition)]
    form.offer(zones, [(run.id, run_title(run)) for run in queries.finished_runs(db(), g.edition)])
    return form


def _start(form: RunForm) -> str:
    """Where the new run is watched; that of the one at work already, since nobody needs two at once."""
    services.refuse_nothing_to_do(db(), g.edition)
    asked = {"seed": form.seed.data, "rounds": form.rounds}
    job, is_new = jobs.enqueue_once(
        db(), "allocation.solve", edition_id=g.edition.id, user_id=current_user.id, **asked
    )
    if is_new:
        run = services.begin(
            db(), g.edition, form.seed.data, form.rounds, form.settings, name=form.name.data or "",
            note=form.note.data or "", job_id=job.id, user_id=current_user.id,
        )  # fmt: skip
    else:
        flash(_("A run is on its way already; here it is."), "info")
        run = queries.run_of_job(db(), job.id)
    db().commit()
    return (
        url_for("allocation.run_detail", run_id=run.id) if run else url_for("jobs.job_detail", job_id=job.id)
    )


def _runs_page(form: RunForm, give: GiveForm):
    zones = queries.occupancy(db(), g.edition)
    count = queries.run_count(db(), g.edition)
    shown = leaf(count)
    return render_template(
        "expo/allocation/run_list.html",
        form=form,
        give=give,
        zones=[(letter_of(i), zone) for i, zone in enumerate(zones)],
        accepted=queries.accepted_count(db(), g.edition),
        placed=queries.placed_count(db(), g.edition),
        runs=queries.runs(db(), g.edition, limit=shown.size, offset=shown.offset),
        count=count,
        pages=shown.pages,
        page=shown.page,
        locked=queries.locked(db(), g.edition),
        latest=queries.latest_version(db(), g.edition),
        drafts=queries.drafts(db(), g.edition),
        title=run_title,
        state=run_state,
    )


@bp.post(f"{ADDRESS}/give")
@needs("allocation.publish")
def give_stand():
    """Give a stand by hand."""
    form = GiveForm()
    if form.accepted():
        try:
            services.give_stand(db(), *_named(form))
            db().commit()
            flash(_("It is given and locked: later runs keep it."), "good")
            return redirect(url_for("allocation.run_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _runs_page(_form(formdata=None), form)


def _named(form: GiveForm) -> tuple[Stand, Exhibitor]:
    code, name = (form.stand.data or "").strip(), (form.exhibitor.data or "").strip()
    stand = db().exec(select(Stand).where(Stand.edition_id == g.edition.id, Stand.code == code)).first()
    exhibitor = _exhibitor(name)
    if stand is None:
        raise Refused(_("There is no stand %(code)s.", code=code))
    if exhibitor is None:
        raise Refused(_("There is no exhibitor %(code)s.", code=name))
    return stand, exhibitor


def _exhibitor(code: str) -> Exhibitor | None:
    return (
        db()
        .exec(select(Exhibitor).where(Exhibitor.edition_id == g.edition.id, Exhibitor.code == code))
        .first()
    )


@bp.post(f"{ADDRESS}/locks/<code>")
@needs("allocation.publish")
def lock_change(code: str):
    """Lock or unlock an exhibitor's published place."""
    exhibitor = _exhibitor(code) or abort(404)
    verb = services.unlock if request.form.get("locked") == "no" else services.lock
    with telling(_("Later runs will respect that.")):
        verb(db(), exhibitor)
        db().commit()
    return redirect(url_for("allocation.run_list") + "#locks")


@bp.get("/<edition>/allocation.csv")
@needs("allocation.read")
def allocation_csv():
    """The published allotments as a spreadsheet."""
    return file_answer("\ufeff" + queries.allocation_csv(db(), g.edition), "text/csv", "allocation.csv")
