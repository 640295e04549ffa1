"""The dashboard and the printing page."""

from datetime import date
from itertools import groupby
from typing import Any

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_login import current_user

from expo.allocation import queries as floor
from expo.badges import queries as badges
from expo.jobs import services as jobs
from expo.jobs.models import Job
from expo.jobs.views import kind_names
from expo.languages import LANGUAGES
from expo.outbox import services as outbox
from expo.venue.signs import letter_of
from expo.web import _, can, db, needs, words
from expo.web.access import PUBLIC
from expo.web.frame import add_navigation
from expo.web.language import as_number, country_name, language
from expo.words import Sentence
from matchmaking.console import queries
from matchmaking.console.forms import PapersForm
from matchmaking.console.papers import PAPERS
from matchmaking.console.prints import paper_path
from matchmaking.console.steps import Facts, steps
from matchmaking.deals import queries as deals
from matchmaking.onsite.prints import printed_at

bp = Blueprint("console", __name__)
ADDRESS = "/<edition>/console"
KIND = "papers.print"
MOST_COUNTRIES = 12


def init(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(bp)
    app.jinja_env.globals["link_to"] = link_to
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition") or not can("console.view"):
        return []
    found = [
        (0, "console", _("Dashboard"), url_for("console.dashboard"), "d"),
        (90, "public", _("Dashboard"), url_for("console.dashboard"), "c"),
    ]
    if can("print.all"):
        found.append((70, "console", _("Printing"), url_for("console.printing"), "q"))
    return found


def link_to(endpoint: str, **values: Any) -> str | None:
    """The address of a page, if it exists and the person at the browser may open it."""
    view = current_app.view_functions.get(endpoint)
    needed = getattr(view, "needs", None)
    return url_for(endpoint, **values) if needed == PUBLIC or (needed and can(needed)) else None


@bp.get(ADDRESS)
@needs("console.view")
def dashboard():
    """How far the edition is, what is next, and pictures of what there is."""
    facts = queries.facts(db(), g.edition)
    zones = floor.occupancy(db(), g.edition)
    return render_template(
        "matchmaking/console/dashboard.html",
        facts=facts,
        steps=_steps(facts),
        zones=[(letter_of(number), zone) for number, zone in enumerate(zones)],
        run=queries.allocation(db(), g.edition),
        agenda=queries.agenda(db(), g.edition),
        timetable=queries.timetable(db(), g.edition),
        crowds=_crowds(),
        seats=queries.seats(db(), g.edition),
        mail=outbox.counts(db(), g.edition.id) if can("outbox.view") else {},
        jobs=queries.jobs_at_work(db(), g.edition) if can("jobs.view") else [],
        job_names=kind_names(),
        countries=_countries() if can("deals.view") else [],
    )


def _steps(facts: Facts) -> list[dict]:
    return [
        {
            "label": words(step.label),
            "state": step.state,
            "note": words(_with_numbers(step.note)),
            "url": link_to(step.endpoint, **step.values),
        }
        for step in steps(facts)
    ]


def _with_numbers(sentence: Sentence) -> Sentence:
    """Counts as the reader's locale writes them."""
    written = {key: as_number(it) if isinstance(it, int) else it for key, it in sentence.values.items()}
    return Sentence(sentence.message, written)


def _crowds() -> list[tuple[date, list[tuple[str, int]]]]:
    """(day, [(hour in words, people)]) of every day with talks."""
    days = groupby(queries.crowds(db(), g.edition), key=lambda pair: pair[0].date())
    return [(day, [(f"{hour:%H}", people) for hour, people in found]) for day, found in days]


def _countries() -> list[tuple[str, int]]:
    """Country of the seller and what was agreed with it, in the edition's currency (minor units)."""
    sums = deals.sums(db(), g.edition, "country")
    return [(country_name(one.key), one.minor) for one in sums[:MOST_COUNTRIES]]


# ---- printing ----


@bp.route(f"{ADDRESS}/printing", methods=["GET", "POST"])
@needs("print.all")
def printing():
    """Everything that can be printed, when it last was, and a form that prints several at once."""
    asked = request.args.get("language", "")
    chosen = asked if asked in LANGUAGES else language()
    form = PapersForm(data={"language": chosen, "papers": [name for name in PAPERS if name != "invoices"]})
    if form.accepted():
        return redirect(url_for("jobs.job_detail", job_id=_queued(form).id))
    return render_template(
        "matchmaking/console/printing.html",
        form=form,
        papers=[_row(name, chosen) for name in PAPERS],
        chosen=chosen,
        tally=badges.tally(db(), g.edition),
    )


def _row(name: str, chosen: str) -> dict[str, Any]:
    paper = PAPERS[name]
    return {
        "name": name,
        "title": words(paper.title),
        "note": words(paper.note),
        "printed": printed_at(paper_path(_instance(), g.edition, name, chosen)),
        "url": url_for("console.paper_file", name=name, language=chosen),
    }


def _instance():
    return current_app.extensions["expo_settings"].instance


def _queued(form: PapersForm) -> Job:
    """A new job; the one at work already if there is one."""
    running = jobs.unfinished(db(), g.edition.id, KIND)
    if running:
        flash(_("Papers are being printed already; here is that print."), "info")
        return running
    job = jobs.enqueue(
        db(),
        KIND,
        edition_id=g.edition.id,
        user_id=current_user.id,
        language=form.language.data,
        papers=form.papers.data,
    )
    db().commit()
    return job


@bp.get(f"{ADDRESS}/printing/<language>/<name>")
@needs("print.all")
def paper_file(name: str, language: str):
    """The latest print of a paper in a language."""
    if name not in PAPERS or language not in LANGUAGES:
        abort(404)
    path = paper_path(_instance(), g.edition, name, language)
    if not path.is_file():
        abort(404)
    called = f"{g.edition.code}-{path.name}"
    return send_file(
        path, mimetype=PAPERS[name].mimetype, as_attachment=True, download_name=called, max_age=0
    )
