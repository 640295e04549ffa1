"""The organiser's pages of rounds: setting one up, running it, watching it."""

import re
from datetime import datetime, timedelta
from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask_login import current_user

from expo.clock import now
from expo.errors import Refused
from expo.jobs import services as jobs
from expo.languages import pick
from expo.selection.forms import RoundForm, SettingsForm
from expo.selection.models import Round
from expo.selection.queries import floor, going
from expo.selection.services import ranking, rounds
from expo.selection.services import waiting as verbs
from expo.selection.services.turns import clock
from expo.selection.states import EVENT_NAMES, ROUND_NAMES, ROUND_TONES
from expo.selection.views.blueprint import CONSOLE, bp
from expo.spreadsheets import csv_bytes
from expo.venue import queries as venue
from expo.web import _, db, leaf, needs, ngettext, refuse, telling
from expo.web.files import file_answer
from expo.web.language import as_markup, as_time, language

PAGE = 100
TIMES = (
    "name",
    "mode",
    "zones",
    "per_window",
    "window_minutes",
    "day_from",
    "day_until",
    "weekends",
    "lasting",
)
LIMITS = (
    "hold_minutes", "tolerance_percent", "most_stands", "rival_m", "keep_zones", "keep_needs",
    "keep_touching",
)  # fmt: skip


def _round(round_id: int) -> Round:
    found = db().get(Round, round_id)
    return found if found and found.edition_id == g.edition.id else abort(404)


@bp.get(CONSOLE)
@needs("allocation.run")
def round_list():
    """All rounds, and how the waiting list and swaps are kept."""
    return _list_page()


def _list_page(form: SettingsForm | None = None):
    settings = verbs.settings_of(db(), g.edition.id)
    return render_template(
        "expo/selection/round_list.html",
        rounds=going.rounds(db(), g.edition.id),
        names=ROUND_NAMES,
        tones=ROUND_TONES,
        form=form or SettingsForm(formdata=None, obj=settings),
    )


@bp.post(f"{CONSOLE}/settings")
@needs("allocation.publish")
def settings_save():
    """Set how the waiting list and swaps are kept."""
    form = SettingsForm()
    if not form.accepted():
        return _list_page(form)
    verbs.save_settings(
        db(), g.edition.id, {f.short_name: f.data for f in form if f.short_name != "csrf_token"}
    )
    db().commit()
    flash(_("Saved."), "good")
    return redirect(url_for("selection.round_list"))


def _form(round_: Round | None = None, *, sent: bool) -> RoundForm:
    form = RoundForm() if sent else RoundForm(formdata=None, obj=round_)
    form.zones.choices = [
        (zone.code, f"{zone.code} · {as_markup(zone.name)}") for zone in venue.zones(db(), g.edition)
    ]
    if not sent:
        begins = round_.starts_at if round_ else _tomorrow()
        form.starts_at.data = begins.astimezone(g.edition.zone_info).replace(tzinfo=None)
        if round_ is None:
            form.day_from.data, form.day_until.data = Round().day_from, Round().day_until
        form.stands.data = " ".join(round_.stands) if round_ else ""  # pyright: ignore[reportAttributeAccessIssue]
    return form


def _tomorrow() -> datetime:
    """When the house would begin: tomorrow morning at the venue."""
    day = now().astimezone(g.edition.zone_info) + timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def _given(form: RoundForm) -> dict[str, Any]:
    values = {name: form[name].data for name in (*TIMES, *LIMITS)}
    values["name"] = (form.name.data or "").strip()
    values["starts_at"] = form.starts_at.data.replace(tzinfo=g.edition.zone_info)  # pyright: ignore[reportOptionalMemberAccess]
    values["stands"] = list(dict.fromkeys(re.split(r"[\s,;]+", (form.stands.data or "").strip())))
    values["stands"] = [code for code in values["stands"] if code]
    return values


@bp.get(f"{CONSOLE}/new")
@needs("allocation.publish")
def round_new():
    """An empty form."""
    return render_template("expo/selection/round_form.html", form=_form(sent=False), round=None)


@bp.get(f"{CONSOLE}/<int:round_id>/edit")
@needs("allocation.publish")
def round_edit(round_id: int):
    """The round's form."""
    round_ = _round(round_id)
    return render_template("expo/selection/round_form.html", form=_form(round_, sent=False), round=round_)


@bp.post(f"{CONSOLE}/new")
@needs("allocation.publish")
def round_create():
    """Set up a round; its timetable is drawn up at once."""
    return _save(None)


@bp.post(f"{CONSOLE}/<int:round_id>/edit")
@needs("allocation.publish")
def round_save(round_id: int):
    """Change a round."""
    return _save(_round(round_id))


def _save(round_: Round | None):
    form = _form(round_, sent=True)
    if form.accepted():
        given = _given(form)
        target = round_ or Round(edition_id=g.edition.id, created_by=current_user.id, **given)
        try:
            if round_ is None:
                db().add(target)
                db().flush()
            rounds.save(db(), target, given)
            db().commit()
            flash(_("Saved."), "good")
            return redirect(url_for("selection.round_detail", round_id=target.id))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/selection/round_form.html", form=form, round=round_)


@bp.get(f"{CONSOLE}/<int:round_id>")
@needs("allocation.run")
def round_detail(round_id: int):
    """A round: what is going on, and its timetable."""
    round_ = _round(round_id)
    parts = _live(round_)
    shown = leaf(parts["figures"].turns, PAGE)
    return render_template(
        "expo/selection/round_detail.html",
        turns=going.timetable(db(), round_id, PAGE, shown.offset),
        page=shown.page,
        pages=shown.pages,
        names=ROUND_NAMES,
        tones=ROUND_TONES,
        to_come=len(ranking.without_place(db(), g.edition)) if round_.state == "draft" else 0,
        **parts,
    )


def _live(round_: Round) -> dict[str, Any]:
    offered, taken = floor.offered_count(db(), round_), floor.taken_count(db(), round_)
    takings = going.takings(db(), round_.id)
    return {
        "round": round_,
        "figures": going.figures(db(), round_, offered, taken),
        "holders": going.holders(db(), round_.id),
        "online": going.online(db(), round_.id),
        "latest": going.latest(db(), round_.id),
        "takings": [(as_time(minute), stands) for minute, stands, _worth in takings],
        "taken_worth": sum(worth for _minute, _stands, worth in takings),
        "event_names": EVENT_NAMES,
        "database_now": floor.database_now(db()),
    }


@bp.get(f"{CONSOLE}/<int:round_id>/live")
@needs("allocation.run")
def round_live(round_id: int):
    """The part of the page that changes, for the script that swaps it in."""
    return render_template("expo/selection/_live.html", **_live(_round(round_id)))


@bp.get(f"{CONSOLE}/<int:round_id>/timetable.csv")
@needs("allocation.run")
def round_timetable(round_id: int):
    """The timetable as a spreadsheet."""
    _round(round_id)
    heads = [_("Place"), _("Code"), _("Name"), _("Country"), _("Points"), _("Paid on"), _("Begins"),
             _("Ends"), _("Stands")]  # fmt: skip
    rows = [
        [row.position, row.code, pick(row.name, language()), row.country, row.points, row.paid_on,
         clock(g.edition, row.opens_at), clock(g.edition, row.closes_at) if row.closes_at else "",
         " ".join(row.stands or ())]
        for row in going.timetable(db(), round_id)
    ]  # fmt: skip
    return file_answer(csv_bytes([heads, *rows], bom=True), "text/csv", "timetable.csv")


@bp.post(f"{CONSOLE}/<int:round_id>/<any(open,pause,resume,close,newcomers,draw,drop):act>")
@needs("allocation.publish")
def round_act(round_id: int, act: str):
    """Open, pause, resume, close; draw up the timetable; add newcomers; throw a draft away."""
    round_ = _round(round_id)
    with telling():
        flash_text = _do(round_, act)
        db().commit()
        flash(flash_text, "good")
        if act == "drop":
            return redirect(url_for("selection.round_list"))
    return redirect(url_for("selection.round_detail", round_id=round_id))


def _do(round_: Round, act: str) -> str:
    if act == "open":
        turns = rounds.open_round(db(), round_)
        _tell(round_)
        return ngettext(
            "%(num)s exhibitor is told its time.", "%(num)s exhibitors are told their time.", turns
        )
    if act == "newcomers":
        added = rounds.add_newcomers(db(), round_)
        if round_.is_live:
            _tell(round_)
        return ngettext("%(num)s exhibitor was added.", "%(num)s exhibitors were added.", added)
    if act == "close":
        let_go = rounds.close(db(), round_)
        return ngettext("Over. %(num)s stand was let go.", "Over. %(num)s stands were let go.", let_go)
    verbs = {"pause": rounds.pause, "resume": rounds.resume, "draw": rounds.draw_up, "drop": rounds.drop}
    verbs[act](db(), round_)
    return {
        "pause": _("Paused. Holds keep the time they have left."),
        "resume": _("It goes on. Turns that were still to come are put off by the length of the pause."),
        "draw": _("Drawn up anew from today's points."),
        "drop": _("Thrown away."),
    }[act]


def _tell(round_: Round) -> None:
    jobs.enqueue(db(), "selection.tell", edition_id=g.edition.id, user_id=current_user.id, round_id=round_.id)
