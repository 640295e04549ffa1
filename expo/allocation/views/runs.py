"""One run: watched while it is solved, then explained, compared, published, repeated, downloaded."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.allocation import prints, queries, records, rules, services, wording
from expo.allocation import settings as asked
from expo.allocation.services.solving import was_cut_short
from expo.allocation.views.blueprint import ADDRESS, bp
from expo.jobs import services as jobs
from expo.jobs.handlers import from_json
from expo.languages import pick
from expo.venue import queries as venue
from expo.venue.drawing.paint import Look
from expo.venue.drawing.svg import hall_svg
from expo.web import _, db, needs, telling, words
from expo.web.files import json_file
from expo.web.frame import address
from expo.web.language import language


def _run(run_id: int):
    return queries.run_of(db(), g.edition, run_id) or abort(404)


@bp.get(f"{ADDRESS}/<int:run_id>")
@needs("allocation.read")
def run_detail(run_id: int):
    """One run: its plan, how it came about, who is not placed and why, how fair it is."""
    run = _run(run_id)
    return _watched(run) if run.state == "running" else _finished(run)


def _watched(run):
    job = jobs.job_of(db(), g.edition.id, run.job_id) if run.job_id else None
    message = from_json(job.message) if job else None
    return render_template(
        "expo/allocation/run_progress.html",
        run=run,
        title=wording.run_title(run),
        settings=_settings(run),
        job=job,
        message=words(message) if message else "",
    )


def _finished(run):
    halls = venue.halls(db(), g.edition)
    hall = request.args.get("hall") or (halls[0].code if halls else "")
    if halls and hall not in {row.code for row in halls}:
        abort(404)
    explained, names = run.explanations.get(records.OF, {}), queries.names_of(db(), g.edition)
    who = request.args.get("exhibitor", "")
    plan = prints.plan_for(db(), g.edition, language(), hall, run)
    return render_template(
        "expo/allocation/run_detail.html",
        run=run,
        title=wording.run_title(run),
        state=wording.STATES[run.state],
        settings=_settings(run),
        halls=halls,
        hall=hall,
        plan=plan,
        drawing=_drawing(run, plan, hall, who),
        changes=services.changes(db(), run),
        cut_short=was_cut_short(run),
        unplaced=[(code, names.get(code, ({}, ""))[0], _why(explained, code)) for code in run.unplaced],
        fairness=_fairness(run),
        asked=who,
        asked_name=names.get(who, ({}, ""))[0],
        explanation=wording.in_words(explained[who]) if who in explained else None,
        tally=records.tally(explained),
        ranks=records.tally_by_rank(explained),
        replays=queries.replays(db(), run),
        broken=_broken(run, names),
        others=[row for row in queries.finished_runs(db(), g.edition) if row.id != run.id],
        run_title=wording.run_title,
    )


def _drawing(run, plan, hall: str, who: str):
    if not plan:
        return None
    link = address("allocation.run_detail", "exhibitor", run_id=run.id, hall=hall)
    found = frozenset(run.placements.get(who, ()))
    look = Look(link=lambda code: link(code) + "#why", found=found)
    return prints.as_markup(hall_svg(plan[0], prints.hall_words(plan[0]), look))


def _settings(run) -> list[tuple[str, str]]:
    """What the run was asked, as labels and values."""
    chosen = asked.from_plain(run.settings)
    zones = {zone.code: pick(zone.name, language()) or zone.code for zone in venue.zones(db(), g.edition)}
    against = {asked.PUBLISHED: _("the published plan"), asked.NOTHING: _("nothing: a fresh start")}
    facts = [
        (_("Zones"), ", ".join(zones.get(code, code) for code in chosen.zones) or _("all")),
        (_("What counts"), words(asked.preset_name(chosen))),
        (_("Change little against"), against.get(chosen.keep) or _("Run %(id)s", id=chosen.keep)),
        (_("Points a move must bring"), str(chosen.change_price)),
    ]
    return facts if run.kind == "solver" and run.settings else []


def _broken(run, names: dict) -> list[str]:
    """The rules that the run breaks, in words, from its stored input."""
    if not run.violations or not run.input_id:
        return []
    here = {code: pick(name, language()) or code for code, (name, _country) in names.items()}
    return [
        words(rules.in_words(each, lambda code: here.get(code, code)))
        for each in services.broken_rules(db(), run)
    ]


def _why(explained: dict, code: str):
    reasons = explained.get(code, {}).get("reasons", [])
    return wording.reason(reasons[0]) if reasons else wording.NO_REASON


def _fairness(run) -> dict[str, list[dict]]:
    groups: dict[str, list[dict]] = {}
    for group in run.explanations.get(records.FAIRNESS, []):
        groups.setdefault(group["grouping"], []).append(group)
    groups.get("country", []).sort(key=lambda group: -group["applicants"])
    return groups


@bp.post(f"{ADDRESS}/<int:run_id>/publish")
@needs("allocation.publish")
def run_publish(run_id: int):
    """Make a run the plan that everybody sees."""
    run = _run(run_id)
    with telling():
        version = services.publish(db(), run, current_user.id)
        db().commit()
        flash(_("The plan is published as version %(n)s: everybody sees it now.", n=version.number), "good")
    return redirect(url_for("allocation.run_detail", run_id=run_id))


@bp.get(f"{ADDRESS}/<int:run_id>/evidence.json")
@needs("allocation.read")
def run_evidence(run_id: int):
    """Everything the run was asked and answered, for an auditor to repeat it elsewhere."""
    return json_file(services.evidence(db(), _run(run_id)), f"run-{run_id}.json")


@bp.post(f"{ADDRESS}/<int:run_id>/replay")
@needs("allocation.read")
def run_replay(run_id: int):
    """Repeat the run from its stored input, as a job."""
    run = _run(run_id)
    with telling():
        services.input_of(db(), run)
        job, _new = jobs.enqueue_once(
            db(), "allocation.replay", edition_id=g.edition.id, user_id=current_user.id, run_id=run.id
        )
        db().commit()
        return redirect(url_for("jobs.job_detail", job_id=job.id))
    return redirect(url_for("allocation.run_detail", run_id=run_id))
