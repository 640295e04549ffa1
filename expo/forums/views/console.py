"""The organiser's timetable: its figures, and building it."""

from flask import flash, g, redirect, render_template, url_for
from flask_login import current_user

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums import services
from expo.forums.forms import BuildForm
from expo.forums.programme import load_per_hour
from expo.forums.sentences import broken_in_words, reason_in_words
from expo.forums.timetable.checker import violations
from expo.forums.timetable.impossible import why_impossible
from expo.forums.timetable.solve import DEFAULT_ROUNDS
from expo.forums.views.blueprint import CONSOLE, bp
from expo.forums.views.drawing import drawn
from expo.jobs import services as jobs
from expo.web import _, db, needs

MOST_SENTENCES = 30


@bp.get(CONSOLE)
@needs("programme.edit")
def timetable():
    """The working timetable: its figures, what is wrong with it, and how to build and release it."""
    return _timetable()


def _timetable(build: BuildForm | None = None):
    edition: Edition = g.edition
    state = {}
    try:
        problem = services.problem_of(db(), edition)
        draft = services.draft_of(db(), edition, problem)
        broken = violations(problem, draft)
        state = {
            "draft": draft,
            "talks": len(problem.talks),
            "locked": len(problem.locks),
            "broken": [broken_in_words(one) for one in broken[:MOST_SENTENCES]],
            "broken_count": sum(1 for one in broken if one.rule != "unplaced"),
            "all_broken": len(broken),
            "reasons": [reason_in_words(one) for one in why_impossible(problem)[:MOST_SENTENCES]],
        }
    except Refused as refused:
        state = {"refused": refused.sentence}
    shown = services.draft_programme(db(), edition)
    return render_template(
        "expo/forums/timetable.html",
        state=state,
        grids=drawn(shown.items, shown.rooms),
        load=load_per_hour(shown.items),
        rooms_count=len(shown.rooms),
        runs=services.runs(db(), edition),
        releases=services.releases(db(), edition),
        running=jobs.unfinished(db(), edition.id, "timetable.solve"),
        build=build or BuildForm(formdata=None, seed=edition.seed, rounds=DEFAULT_ROUNDS),
    )


@bp.post(f"{CONSOLE}/build")
@needs("programme.edit")
def timetable_build():
    """Queue a solve."""
    form = BuildForm()
    if not form.accepted():
        return _timetable(build=form)
    job = jobs.unfinished(db(), g.edition.id, "timetable.solve")
    if job is None:
        job = jobs.enqueue(
            db(),
            "timetable.solve",
            edition_id=g.edition.id,
            user_id=current_user.id,
            seed=form.seed.data,
            rounds=form.rounds.data,
        )
        db().commit()
    else:
        flash(_("A solve is under way already; this is its page."), "info")
    return redirect(url_for("jobs.job_detail", job_id=job.id))
