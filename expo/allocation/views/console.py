"""The organiser's pages: run, compare, explain, publish, settle by hand."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import select

from expo.allocation import prints, queries, services, wording
from expo.allocation.forms import GiveForm, RunForm
from expo.allocation.records import FAIRNESS, OF
from expo.allocation.services.solving import was_cut_short
from expo.allocation.views.blueprint import bp
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.jobs import services as jobs
from expo.venue import queries as venue
from expo.venue.drawing.paint import Look
from expo.venue.drawing.svg import hall_svg
from expo.venue.models import Stand
from expo.venue.signs import letter_of
from expo.web import _, db, needs, refuse, telling
from expo.web.files import file_answer
from expo.web.frame import address
from expo.web.language import language

ADDRESS = "/<edition>/console/allocation"
PAGE = 50


@bp.route(ADDRESS, methods=["GET", "POST"])
@needs("allocation.run")
def run_list():
    """How full the floor is, the runs, and the form that starts another."""
    form = RunForm()
    if form.accepted():
        return redirect(url_for("jobs.job_detail", job_id=_start(form).id))
    page = max(request.args.get("page", 1, type=int), 1)
    return _runs_page(form, GiveForm(formdata=None), page)


def _start(form: RunForm):
    """A new job; the one at work already if there is one, since nobody needs two at once."""
    job, is_new = jobs.enqueue_once(
        db(),
        "allocation.solve",
        edition_id=g.edition.id,
        user_id=current_user.id,
        seed=form.seed.data,
        rounds=form.rounds,
    )
    if not is_new:
        flash(_("A run is on its way already; here it is."), "info")
    db().commit()
    return job


def _runs_page(form: RunForm, give: GiveForm, page: int = 1):
    zones = queries.occupancy(db(), g.edition)
    return render_template(
        "expo/allocation/run_list.html",
        form=form,
        give=give,
        zones=[(letter_of(i), zone) for i, zone in enumerate(zones)],
        accepted=queries.accepted_count(db(), g.edition),
        placed=queries.placed_count(db(), g.edition),
        runs=queries.runs(db(), g.edition, limit=PAGE, offset=(page - 1) * PAGE),
        pages=-(-queries.run_count(db(), g.edition) // PAGE),
        page=page,
        locked=queries.locked(db(), g.edition),
    )


@bp.get(f"{ADDRESS}/<int:run_id>")
@needs("allocation.run")
def run_detail(run_id: int):
    """One run: its plan, how it came about, who is not placed and why, how fair it is."""
    run = _run(run_id)
    halls = venue.halls(db(), g.edition)
    hall = request.args.get("hall") or (halls[0].code if halls else "")
    if halls and hall not in {row.code for row in halls}:
        abort(404)
    plan = prints.plan_for(db(), g.edition, language(), hall, run)
    explained, names = run.explanations.get(OF, {}), queries.names_of(db(), g.edition)
    asked = request.args.get("exhibitor", "")
    drawing = None
    if plan:
        link = address("allocation.run_detail", "exhibitor", run_id=run.id, hall=hall)
        found = frozenset(run.placements.get(asked, ()))
        drawing = prints.as_markup(
            hall_svg(
                plan[0], prints.hall_words(plan[0]), Look(link=lambda code: link(code) + "#why", found=found)
            )
        )
    return render_template(
        "expo/allocation/run_detail.html",
        run=run,
        halls=halls,
        hall=hall,
        plan=plan,
        drawing=drawing,
        changes=services.changes(db(), run),
        cut_short=was_cut_short(run),
        unplaced=[(code, names.get(code, ({}, ""))[0], _why(explained, code)) for code in run.unplaced],
        fairness=_fairness(run),
        asked=asked,
        asked_name=names.get(asked, ({}, ""))[0],
        explanation=wording.in_words(explained[asked]) if asked in explained else None,
        tally=_wishes(explained),
    )


def _why(explained: dict, code: str):
    reasons = explained.get(code, {}).get("reasons", [])
    return wording.reason(reasons[0]) if reasons else wording.NO_REASON


def _fairness(run) -> dict[str, list[dict]]:
    groups: dict[str, list[dict]] = {}
    for group in run.explanations.get(FAIRNESS, []):
        groups.setdefault(group["grouping"], []).append(group)
    groups.get("country", []).sort(key=lambda group: -group["applicants"])
    return groups


def _wishes(explained: dict) -> dict[str, tuple[int, int]]:
    """Kind of wish → how many were met, of how many."""
    tally: dict[str, tuple[int, int]] = {}
    for kept in explained.values():
        for wish in kept["wishes"]:
            met, total = tally.get(wish["wish"]["kind"], (0, 0))
            tally[wish["wish"]["kind"]] = (met + wish["met"], total + 1)
    return tally


def _run(run_id: int):
    return queries.run_of(db(), g.edition, run_id) or abort(404)


@bp.post(f"{ADDRESS}/<int:run_id>/publish")
@needs("allocation.publish")
def run_publish(run_id: int):
    """Make a run the plan that everybody sees."""
    run = _run(run_id)
    with telling(_("The plan is published: everybody sees it now.")):
        services.publish(db(), run)
        db().commit()
    return redirect(url_for("allocation.run_detail", run_id=run_id))


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
    return _runs_page(RunForm(formdata=None), form)


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
@needs("allocation.run")
def allocation_csv():
    """The published allotments as a spreadsheet."""
    return file_answer("\ufeff" + queries.allocation_csv(db(), g.edition), "text/csv", "allocation.csv")
