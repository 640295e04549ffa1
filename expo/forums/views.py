"""The programme for everybody, and the organiser's timetable."""

from collections.abc import Sequence
from typing import Any

from babel import Locale
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums import prints, services
from expo.forums.forms import BuildForm, ReleaseForm
from expo.forums.grid import Cell, Grid, grids
from expo.forums.programme import Item, Place, Programme, load_per_hour
from expo.forums.sentences import broken_in_words, reason_in_words
from expo.forums.timetable.checker import violations
from expo.forums.timetable.impossible import why_impossible
from expo.forums.timetable.solve import DEFAULT_ROUNDS
from expo.jobs import services as jobs
from expo.languages import BABEL_LOCALES
from expo.web import _, can, db, needs, public, refuse
from expo.web.files import PDF, file_answer
from expo.web.frame import add_navigation
from expo.web.language import as_markup, as_names, language
from expo.web.security import site_address

bp = Blueprint("forums", __name__)
MIME = {"xml": "application/xml", "json": "application/json", "ics": "text/calendar"}
FORM = "<any(xml,json,ics):fmt>"
CONSOLE = "/<edition>/console/timetable"
MOST_SENTENCES = 30


def init(app: Flask) -> None:
    """Register the pages and their places in the navigation."""
    app.register_blueprint(bp)
    add_navigation(app, _entries)


def _entries() -> list[tuple]:
    if not g.get("edition"):
        return []
    entries = [(40, "public", _("Programme"), url_for("forums.programme"), "p")]
    if can("programme.edit"):
        entries.append((30, "console", _("Timetable"), url_for("forums.timetable"), "t"))
    return entries


@bp.get("/<edition>/programme")
@public
def programme():
    """The released programme, by day, forum and room."""
    found = services.programme(db(), g.edition)
    if found is None:
        return render_template("expo/forums/programme.html", programme=None)
    chosen = {name: request.args.get(name, "") for name in ("forum", "room", "day")}
    items = found.only(**chosen)
    return render_template(
        "expo/forums/programme.html",
        programme=found,
        items=items,
        grids=_drawn(items, found.rooms, link=True),
        chosen=chosen,
        counts=_counts(found, chosen),
    )


def _drawn(items: Sequence[Item], rooms: Sequence[Place], link: bool) -> list[tuple[Grid, list, list[dict]]]:
    """Grids with the names of their rooms and their slots as the grid's macro takes them."""
    return [
        (grid, [as_markup(room.name) for room in grid.rooms], [_slot(cell, link) for cell in grid.cells])
        for grid in grids(items, rooms)
    ]


def _slot(cell: Cell, link: bool) -> dict[str, Any]:
    item = cell.item
    return {
        "title": as_markup(item.title),
        "url": url_for("forums.talk_detail", code=item.code) if link else None,
        "room": cell.column,
        "wide": cell.wide,
        "start": cell.start,
        "end": cell.end,
        "hue": item.track.hue,
        "letter": item.track.letter,
        "forum": as_markup(item.track.name),
        "note": as_names(part.name for part in item.speakers),
        "brief": cell.lines < 2,
        "title_lines": cell.title_lines,
        "note_lines": cell.note_lines,
    }


def _counts(found: Programme, chosen: dict[str, str]) -> dict[str, dict[str, int]]:
    """How many talks each choice of a filter would show, the other filters staying as they are."""
    counts: dict[str, dict[str, int]] = {}
    for name in chosen:
        others = found.only(**chosen | {name: ""})
        counts[name] = {"": len(others)}
        for item in others:
            key = {"forum": item.track.code, "room": item.room.code, "day": item.day.isoformat()}[name]
            counts[name][key] = counts[name].get(key, 0) + 1
    return counts


@bp.get("/<edition>/programme/<code>")
@public
def talk_detail(code: str):
    """A talk: what, who, when and where."""
    found = services.programme(db(), g.edition)
    item = found.item(code) if found else None
    if found is None or item is None:
        abort(404)
    beside = [other for other in found.items if other.track == item.track and other.code != code]
    named = Locale.parse(BABEL_LOCALES[language()]).languages
    return render_template(
        "expo/forums/talk_detail.html",
        item=item,
        beside=beside,
        language_names=[named.get(code, code) for code in (item.language, *item.interpretation)],
    )


@bp.get("/<edition>/programme/<code>.ics")
@public
def talk_calendar(code: str):
    """One talk for a calendar."""
    return _feed("ics", only=code)


@bp.get(f"/<edition>/schedule.{FORM}")
@public
def feed(fmt: str):
    """The latest programme for other programs."""
    return _feed(fmt)


@bp.get(f"/<edition>/schedule/v/<version>.{FORM}")
@public
def feed_version(version: str, fmt: str):
    """A certain version of it."""
    return _feed(fmt, version=version)


def _feed(fmt: str, version: str | None = None, only: str = ""):
    body = services.feed(db(), g.edition, fmt, site_address(), language(), version, only)
    if body is None:
        abort(404)
    response = Response(body, content_type=f"{MIME[fmt]}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    if g.edition.is_public:
        response.headers["Cache-Control"] = "public, max-age=300"
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/<edition>/timetable.pdf")
@public
def timetable_print():
    """The timetable on A3, a day a page."""
    return _print("timetable", prints.timetable_pdf)


@bp.get("/<edition>/programme.pdf")
@public
def programme_print():
    """The programme as a booklet."""
    return _print("programme", prints.programme_pdf)


def _print(name: str, make):
    if services.release_of(db(), g.edition) is None and not can("programme.edit"):
        abort(404)
    paper = make(db(), g.edition, language())
    response = file_answer(paper, PDF, f"{name}-{language()}.pdf", shown=True)
    response.add_etag()
    return response.make_conditional(request)


@bp.get(CONSOLE)
@needs("programme.edit")
def timetable():
    """The working timetable: its figures, what is wrong with it, and how to build and release it."""
    return _timetable()


def _timetable(build: BuildForm | None = None, release: ReleaseForm | None = None):
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
        grids=_drawn(shown.items, shown.rooms, link=False),
        load=load_per_hour(shown.items),
        rooms_count=len(shown.rooms),
        runs=services.runs(db(), edition),
        releases=services.releases(db(), edition),
        running=jobs.unfinished(db(), edition.id, "timetable.solve"),
        build=build or BuildForm(formdata=None, seed=edition.seed, rounds=DEFAULT_ROUNDS),
        release=release or ReleaseForm(formdata=None),
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


@bp.post(f"{CONSOLE}/release")
@needs("programme.publish")
def timetable_release():
    """Publish the working timetable as a version."""
    form = ReleaseForm()
    if form.accepted():
        try:
            made = services.release(db(), g.edition, form.version.data, form.note.data or "")
            db().commit()
            flash(_("Version %(version)s is public now.", version=made.version), "good")
            return redirect(url_for("forums.timetable"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _timetable(release=form)
