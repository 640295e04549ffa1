"""The tables of the meeting area: how many sit there, whose they are, when they are closed; many at once."""

from itertools import groupby

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import func
from sqlmodel import select

from expo.errors import Refused
from expo.web import _, db, leaf, needs, words
from expo.words import say
from matchmaking.meetings import queries, services
from matchmaking.meetings.models import Meeting, MeetingTable
from matchmaking.meetings.numbers import numbers
from matchmaking.meetings.queries import mending
from matchmaking.meetings.views.blueprint import ADDRESS, bp

PAGE = 50
NOBODY = "-"


def slot_days() -> list[tuple]:
    """(day, its slots) of the edition."""
    found = groupby(services.slots(g.edition), lambda slot: slot.starts_at.date())
    return [(day, list(several)) for day, several in found]


def ticked() -> list[int]:
    """The slots ticked in the form; what is no number counts as none."""
    return [int(n) for n in request.form.getlist("slot") if n.isascii() and n.isdigit() and len(n) < 6]


@bp.route(f"{ADDRESS}/furniture", methods=["GET", "POST"])
@needs("meetings.run")
def furniture():
    """All tables, and one form that puts up, changes, closes and opens as many as it names."""
    status = 200
    if request.method == "POST":
        try:
            made, count = _changed()
        except Refused as refusal:
            db().rollback()
            flash(words(refusal.sentence), "error")
            status = 409
        else:
            db().commit()
            flash(_("Tables changed: %(count)s, of which new: %(made)s.", count=count, made=made), "success")
            return redirect(url_for("meetings.furniture"))
    return render_template("matchmaking/meetings/furniture.html", **_shown()), status


def _changed() -> tuple[int, int]:
    named = numbers(request.form.get("numbers", ""))
    if named is None:
        raise Refused(say("Name the tables by their numbers, as in 1-40, 55; at most 2,000 at once."))
    services.furnish(db(), g.edition)
    slots = frozenset(ticked())
    if request.form.get("every"):
        slots = frozenset(slot.number for slot in services.slots(g.edition))
    times = request.form.get("times", "")
    change = services.TableChange(
        seats=_seats(),
        exclusive={"yes": True, "no": False}.get(request.form.get("exclusive", "")),
        owner=_owner(),
        shut=slots if times == "close" else frozenset(),
        opened=slots if times == "open" else frozenset(),
    )
    return services.change_tables(db(), g.edition, named, change), len(named)


def _seats() -> int | None:
    text = request.form.get("seats", "").strip()
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _owner() -> tuple | None:
    code = request.form.get("owner", "").strip()
    if not code:
        return None
    if code == NOBODY:
        return ()
    if exhibitor := queries.exhibitor(db(), g.edition, code):
        return ("exhibitor", exhibitor.id)
    if buyer := queries.buyer(db(), g.edition, code):
        return ("buyer", buyer.id)
    raise Refused(say("There is no buyer or exhibitor of the code %(code)s here.", code=code))


def _shown() -> dict:
    services.furnish(db(), g.edition)
    mine = MeetingTable.edition_id == g.edition.id
    total = db().exec(select(func.count()).select_from(MeetingTable).where(mine)).one()
    shown = leaf(total, PAGE)
    tables = (
        db().exec(
            select(MeetingTable).where(mine).order_by(MeetingTable.number).offset(shown.offset).limit(PAGE)
        )
    ).all()
    planned = (
        db()
        .execute(
            select(Meeting.table_number, func.count())
            .where(Meeting.edition_id == g.edition.id, Meeting.state == "planned")
            .where(Meeting.table_number.in_([table.number for table in tables]))
            .group_by(Meeting.table_number)
        )
        .all()
    )
    owners = queries.names(
        db(), {t.buyer_id for t in tables if t.buyer_id}, {t.exhibitor_id for t in tables if t.exhibitor_id}
    )
    return {
        "rows": [
            (t, owners["exhibitor"].get(t.exhibitor_id or 0) or owners["buyer"].get(t.buyer_id or 0))
            for t in tables
        ],
        "planned": dict(planned),
        "times": {slot.number: slot for slot in services.slots(g.edition)},
        "days": slot_days(),
        "unfit": mending.unfit_count(db(), g.edition),
        "total": total,
        "page": shown.page,
        "pages": shown.pages,
        "given": request.form,
        "ticked": set(ticked()),
    }
