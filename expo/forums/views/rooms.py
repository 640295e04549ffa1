"""Rooms, ways between buildings and programme hours in the console."""

from datetime import timedelta
from itertools import combinations

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.editions import services as editions
from expo.errors import Refused
from expo.forums import queries
from expo.forums.forms.rooms import DaysForm, RoomForm, WaysForm, breaks_of, clock
from expo.forums.forms.rows import spans, with_empty
from expo.forums.models import Room
from expo.forums.services import furnishing
from expo.forums.services.refusals import seal
from expo.forums.views.blueprint import CONTENT, bp
from expo.languages import tidy
from expo.web import _, db, needs, refuse, telling

MOST_BUILDINGS = 30
MOST_DAYS = 370


@bp.get(f"{CONTENT}/rooms")
@needs("programme.edit")
def room_list():
    """Rooms with what they hold, by building."""
    return render_template("expo/forums/room_list.html", rooms=queries.rooms(db(), g.edition))


@bp.route(f"{CONTENT}/rooms/new", methods=["GET", "POST"])
@needs("programme.edit")
def room_new():
    """A room that was not there yet."""
    form = RoomForm(data={"layouts": with_empty([]), "free": with_empty([])})
    if form.accepted() and _saved(form, None):
        flash(_("The room is there."), "good")
        return redirect(url_for("forums.room_list"))
    return _page(form, None)


@bp.route(f"{CONTENT}/rooms/<code>", methods=["GET", "POST"])
@needs("programme.edit")
def room_edit(code: str):
    """A room: its seats, layouts, equipment and hours."""
    room = queries.room_by_code(db(), g.edition, code) or abort(404)
    values = furnishing.room_values(db(), g.edition, room)
    form = RoomForm(data=_typed(values))
    if form.accepted() and _saved(form, room):
        flash(_("Saved."), "good")
        return redirect(url_for("forums.room_list"))
    return _page(form, room)


def _page(form: RoomForm, room: Room | None):
    return render_template(
        "expo/forums/room_form.html",
        form=form,
        room=room,
        equipment=queries.equipment_words(db(), g.edition),
        layouts=queries.layout_words(db(), g.edition),
        buildings=sorted({row.Room.building for row in queries.rooms(db(), g.edition)} - {""}),
    )


def _typed(values: dict) -> dict:
    layouts = [{"layout": name, "seats": seats} for name, seats in values["layouts"].items()]
    return values | {
        "layouts": with_empty(layouts),
        "equipment": "; ".join(values["equipment"]),
        "free": with_empty(values["free"]),
        "seen": seal(values),
    }


def _saved(form: RoomForm, room: Room | None) -> bool:
    values = form.values() | {"name": tidy(form["name"].data)}
    try:
        furnishing.save_room(db(), g.edition, room, values, spans(form.free), form.seen.data or "")
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    return True


@bp.post(f"{CONTENT}/rooms/<code>/delete")
@needs("programme.edit")
def room_delete(code: str):
    """Take a room away."""
    room = queries.room_by_code(db(), g.edition, code) or abort(404)
    with telling():
        furnishing.delete_room(db(), g.edition, room)
        db().commit()
        flash(_("The room is deleted."), "good")
    return redirect(url_for("forums.room_list"))


# ---- days and ways ----


@bp.route(f"{CONTENT}/hours", methods=["GET", "POST"])
@needs("programme.edit")
def programme_hours():
    """First and last hour of each day, with its breaks."""
    form = DaysForm()
    rows = _rows_typed() if request.method == "POST" else _rows_kept()
    if form.accepted():
        try:
            furnishing.save_days(db(), g.edition, _read(rows))
            db().commit()
            flash(_("Saved. Talks that lie outside now are named on the timetable's page."), "good")
            return redirect(url_for("forums.programme_hours"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
        except ValueError:
            db().rollback()
            form.form_errors.append(_("Times are written 09:00, breaks 12:00–13:30; 16:00–16:15."))
    return render_template("expo/forums/programme_hours.html", form=form, rows=rows, ways=_ways_form())


def _all_days() -> list:
    count = min((g.edition.ends_on - g.edition.starts_on).days + 1, MOST_DAYS)
    held = {day.date: day for day in editions.days(db(), g.edition)}
    days = {g.edition.starts_on + timedelta(days=n) for n in range(count)} | set(held)
    return [(day, held.get(day)) for day in sorted(days)]


def _rows_kept() -> list[dict]:
    return [
        {
            "date": day,
            "since": f"{kept.programme_from:%H:%M}" if kept and kept.programme_from else "",
            "until": f"{kept.programme_until:%H:%M}" if kept and kept.programme_until else "",
            "breaks": "; ".join(f"{a}–{b}" for a, b in kept.breaks) if kept else "",
        }
        for day, kept in _all_days()
    ]


def _rows_typed() -> list[dict]:
    return [
        {"date": day}
        | {name: request.form.get(f"{name}-{day}", "").strip()[:200] for name in ("since", "until", "breaks")}
        for day, _kept in _all_days()
    ]


def _read(rows: list[dict]) -> list[dict]:
    return [
        {
            "date": row["date"],
            "since": clock(row["since"]),
            "until": clock(row["until"]),
            "breaks": breaks_of(row["breaks"]),
        }
        for row in rows
    ]


def _buildings() -> list[str]:
    return sorted({row.Room.building for row in queries.rooms(db(), g.edition)})[:MOST_BUILDINGS]


def _ways_form(form: WaysForm | None = None, typed: dict[str, str] | None = None) -> dict:
    kept = furnishing.kept_settings(db(), g.edition)
    measured = furnishing.ways(db(), g.edition)
    pairs = list(combinations(_buildings(), 2))
    texts = typed or {f"way-{n}": str(measured.get(pair, "")) for n, pair in enumerate(pairs)}
    usual = {"setup_min": kept.setup_min, "travel_min": kept.travel_min}
    return {"form": form or WaysForm(formdata=None, data=usual), "pairs": pairs, "typed": texts}


@bp.post(f"{CONTENT}/ways")
@needs("programme.edit")
def ways_save():
    """Keep the usual minutes and those between buildings."""
    form = WaysForm()
    pairs = list(combinations(_buildings(), 2))
    typed = {f"way-{n}": request.form.get(f"way-{n}", "").strip()[:10] for n in range(len(pairs))}
    wrong = [text for text in typed.values() if text and not (text.isdecimal() and int(text) <= 1440)]
    if form.accepted() and not wrong:
        measured = {
            pair: int(typed[f"way-{n}"]) if typed[f"way-{n}"] else None for n, pair in enumerate(pairs)
        }
        try:
            furnishing.save_ways(db(), g.edition, form.setup_min.data, form.travel_min.data, measured)
            db().commit()
            flash(_("Saved."), "good")
            return redirect(url_for("forums.programme_hours") + "#ways")
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    if wrong:
        form.form_errors.append(_("“%(text)s” is no number of minutes up to 1440.", text=wrong[0]))
    ways = _ways_form(form, typed)
    days = DaysForm(formdata=None)
    return render_template("expo/forums/programme_hours.html", form=days, rows=_rows_kept(), ways=ways)
