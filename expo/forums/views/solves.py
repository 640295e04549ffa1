"""Solves of the timetable: asked for, looked at, compared, taken over, repeated."""

from datetime import datetime, timedelta

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.forums import queries, services
from expo.forums.forms import BuildForm, ReplanForm
from expo.forums.models import TimetableRun
from expo.forums.programme import Item
from expo.forums.sentences import kept_reasons, proposal_in_words
from expo.forums.views.blueprint import CONSOLE, bp
from expo.forums.views.console import timetable_page
from expo.forums.views.drawing import drawn
from expo.jobs import services as jobs
from expo.languages import pick
from expo.web import _, db, leaf, needs, words
from expo.web.language import as_time, as_weekday, language

MOST = 4
"""More answers beside one another nobody can look at."""


@bp.post(f"{CONSOLE}/build")
@needs("programme.edit")
def timetable_build():
    """Queue a solve of one or more answers."""
    form = BuildForm()
    if not form.accepted():
        return timetable_page(build=form)
    weights = {name: float(form[name].data) for name in ("clash", "overflow", "track", "idle")}
    return _queued(
        way="solve", seed=form.seed.data, rounds=form.rounds.data, answers=form.answers.data,
        weights=weights, change_price=float(form.changes.data), take=form.take.data,
    )  # fmt: skip


@bp.post(f"{CONSOLE}/replan")
@needs("programme.edit")
def timetable_replan():
    """Queue a repair of the working timetable with as few changes as possible."""
    form = ReplanForm(prefix="replan")
    if not form.accepted():
        return timetable_page(replan=form)
    return _queued(way="replan", seed=form.seed.data, rounds=form.rounds.data, take=False)


def _queued(**arguments):
    job, fresh = jobs.enqueue_once(
        db(), "timetable.solve", edition_id=g.edition.id, user_id=current_user.id, **arguments
    )
    db().commit()
    if not fresh:
        flash(_("A solve is under way already; this is its page."), "info")
    return redirect(url_for("jobs.job_detail", job_id=job.id))


def _run(run_id: int) -> TimetableRun:
    return queries.run_of(db(), g.edition, run_id) or abort(404)


@bp.get(f"{CONSOLE}/solves/<int:run_id>")
@needs("programme.edit")
def solve_detail(run_id: int):
    """One answer: its figures, what has no place and what would help, what differs from the draft."""
    run = _run(run_id) if run_id < 2**31 else abort(404)
    draft = services.draft_programme(db(), g.edition)
    now = {item.code: item for item in draft.items}
    rooms = queries.answer_rooms(db(), g.edition) if run.origin else {}
    items = queries.answer_items(db(), g.edition, [run], rooms)[0] if run.origin else []
    changes = [(item, now.get(item.code)) for item in items if _spot(item) != _spot(now.get(item.code))]
    shown = leaf(len(changes))
    names = queries.names_of(db(), g.edition)
    return render_template(
        "expo/forums/solve_detail.html",
        run=run,
        cut_short=services.was_cut_short(run),
        unplaced=[(code, names.get(f"talk {code}", {})) for code in run.unplaced],
        reasons=kept_reasons(
            run.reasons, names, (lambda minute: _moment(run, minute)) if run.origin else None
        ),
        proposals=[_proposed(run, one, names) for one in run.proposals],
        proven=bool(run.proposals) and run.proposals[0]["proven"],
        changes=changes[shown.offset : shown.offset + shown.size],
        count=len(changes),
        page=shown.page,
        pages=shown.pages,
        affected=_affected(changes),
        gone=[item for code, item in now.items() if run.origin and code not in run.places],
        grids=_grids(items, rooms, {item.code for item, _old in changes}),
        others=[one for one in queries.runs(db(), g.edition) if one.id != run.id and one.origin],
    )


def _moment(run: TimetableRun, minute: int) -> datetime:
    return (run.origin + timedelta(minutes=minute)).astimezone(g.edition.zone_info)


def _spot(item: Item | None) -> tuple | None:
    return item and (item.room.code, item.start)


def _affected(changes: list[tuple[Item, Item | None]]) -> list[dict[str, str]]:
    """Names of everybody on stage in a talk that moves, once each."""
    return list({part.code: part.name for item, old in changes if old for part in item.parts}.values())


def _grids(items: list[Item], rooms: dict, moved: set[str]) -> list[tuple]:
    """The grids of an answer, with a word on each talk that is elsewhere."""
    grids = drawn(items, list(rooms.values()))
    for grid, _rooms, slots in grids:
        for cell, slot in zip(grid.cells, slots, strict=True):
            if cell.item.code in moved:
                slot.moved = _("elsewhere")
    return grids


def _proposed(run: TimetableRun, one: dict, names: dict) -> str:
    """What would help, in words with names and local times."""

    def time(minute: int, *, whole: bool = True) -> str:
        moment = _moment(run, minute)
        return f"{as_weekday(moment)} {as_time(moment)}" if whole else as_time(moment)

    def name(kind: str, code: str) -> str:
        return pick(names.get(f"{kind} {code}", {}), language()) or code

    kind = "person" if one["code"] == "person_longer" else "room"
    until = time(one["end"], whole=one["code"] == "late")
    return words(
        proposal_in_words(
            one["code"], talk=name("talk", one["talk"]), who=name(kind, one["who"]),
            room=name("room", one["room"]), start=time(one["start"]), end=until,
        )
    )  # fmt: skip


@bp.get(f"{CONSOLE}/solves/compare")
@needs("programme.edit")
def solve_compare():
    """Two to four answers: their figures, their grids one below the other, and which talks are elsewhere."""
    runs = queries.runs_of(db(), g.edition, request.args.getlist("run", type=int)[:MOST])
    if len(runs) < 2:
        flash(_("Choose two to four answers to compare."), "info")
        return redirect(url_for("forums.timetable", _anchor="solves"))
    rooms = queries.answer_rooms(db(), g.edition)
    answers = queries.answer_items(db(), g.edition, runs, rooms)
    spots = [{item.code: item for item in items} for items in answers]
    codes = sorted({code for spot in spots for code in spot})
    moved = [{code for code in spot if _spot(spot[code]) != _spot(spots[0].get(code))} for spot in spots]
    differing = [code for code in codes if len({_spot(spot.get(code)) for spot in spots}) > 1]
    shown = leaf(len(differing))
    days = sorted({item.day for items in answers for item in items})
    day = next((one for one in days if one.isoformat() == request.args.get("day")), days[0] if days else None)
    return render_template(
        "expo/forums/solve_compare.html",
        runs=runs,
        ids=[run.id for run in runs],
        days=days,
        day=day,
        moved=[len(one) for one in moved],
        drawings=[
            (run, _grids([item for item in items if item.day == day], rooms, away))
            for run, items, away in zip(runs, answers, moved, strict=True)
        ],
        differing=[
            (next(spot[code] for spot in spots if code in spot), [spot.get(code) for spot in spots])
            for code in differing[shown.offset : shown.offset + shown.size]
        ],
        count=len(differing),
        page=shown.page,
        pages=shown.pages,
    )


@bp.post(f"{CONSOLE}/solves/<int:run_id>/take")
@needs("programme.edit")
def solve_take(run_id: int):
    """Make an answer the working timetable."""
    run = _run(run_id) if run_id < 2**31 else abort(404)
    try:
        services.take(db(), g.edition, run)
        db().commit()
    except Refused as refused:
        db().rollback()
        flash(words(refused.sentence), "bad")
        return redirect(url_for("forums.solve_detail", run_id=run_id))
    flash(_("This answer is the working timetable now. The released programme stays as it is."), "good")
    return redirect(url_for("forums.timetable"))


@bp.post(f"{CONSOLE}/solves/<int:run_id>/repeat")
@needs("programme.edit")
def solve_repeat(run_id: int):
    """Queue solving a run's stored input once more."""
    run = _run(run_id) if run_id < 2**31 else abort(404)
    job = jobs.enqueue(db(), "timetable.repeat", edition_id=g.edition.id, user_id=current_user.id, run=run.id)
    db().commit()
    return redirect(url_for("jobs.job_detail", job_id=job.id))
