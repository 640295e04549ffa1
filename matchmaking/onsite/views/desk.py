"""The matchmaking desk: who is where, who is missing, who waits, meetings without an appointment."""

from typing import Any

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for

from expo.clock import now
from expo.errors import Refused
from expo.web import _, db, leaf, needs, refuse, telling
from expo.web.scanning import may_scan
from expo.words import say
from matchmaking.onsite import services
from matchmaking.onsite.forms import SettingsForm
from matchmaking.onsite.queries import agendas, freedom, waiting
from matchmaking.onsite.queries.agendas import Line
from matchmaking.onsite.views.blueprint import DESK, TONES, actor, bp, numbered, slot_at, states
from matchmaking.requests.queries import parties
from matchmaking.requests.sides import BUYER, SIDES, SUPPLIER
from matchmaking.requests.views.blueprint import slots

PAGE = 50


def slot_asked():
    """The slot that the address asks for, else the one that runs."""
    asked = numbered("slot")
    return next((one for one in slots() if one.number == asked), None) or slot_at()


@bp.get(DESK)
@needs("meetings.run")
def desk():
    """One slot as the host sees it."""
    slot = slot_asked()
    found = agendas.lines(db(), g.edition, slot=slot.number) if slot else []
    standing = [line for line in found if line.state != "cancelled"]
    looked_for = request.args.get("q", "").strip()[:100]
    settings = services.settings_of(db(), g.edition)
    page = render_template(
        "matchmaking/onsite/desk.html",
        slot=slot,
        around=_around(slot),
        lines=[line for line in standing if fits(line, looked_for)],
        taken=len(standing),
        looked_for=looked_for,
        waiting=waiting.waiting(db(), g.edition, [slot.number]) if slot else [],
        tables=len(freedom.tables(db(), g.edition)),
        often=waiting.often_missing(db(), g.edition, settings.alarm_after)[:10],
        alarm=settings.alarm_after,
        moment=now(),
        states=states(),
        tones=TONES,
        given=request.args,
    )
    return may_scan(make_response(page))


def fits(line: Line, looked_for: str) -> bool:
    """Whether a line is meant by a table's number, or by words of a name, a code or a person."""
    if looked_for.isascii() and looked_for.isdecimal():
        return line.table == int(looked_for)
    seats = line.seats.values()
    said = " ".join(str(part) for seat in seats for part in (seat.code, seat.person, *seat.name.values()))
    return all(word in said.casefold() for word in looked_for.casefold().split())


def _around(slot: Any) -> list[Any]:
    """The slots of the same day."""
    return [one for one in slots() if slot and one.starts_at.date() == slot.starts_at.date()]


def _back(slot: int | None = None, **given: Any):
    return redirect(url_for("onsite.desk", slot=slot or numbered("slot") or None, **given))


@bp.post(f"{DESK}/<int:number>/<any(buyer,supplier,both,missing,again):act>")
@needs("meetings.run")
def desk_tap(number: int, act: str):
    """The host notes who is at the table, who is not, or takes it back."""
    meeting = services.meeting_of(db(), g.edition, number) or abort(404)
    slot = meeting.slot
    with telling(_("Noted.")):
        if act == "missing":
            services.miss_by_host(db(), g.edition, meeting, actor())
        elif act == "again":
            services.reopen(db(), g.edition, meeting)
        else:
            for side in SIDES if act == "both" else (act,):
                services.arrive(db(), g.edition, meeting, side, how="host", user_id=actor())
        db().commit()
    return _back(slot)


@bp.post(f"{DESK}/walk-in")
@needs("meetings.run")
def desk_walk_in():
    """Two who stand here meet at the first free table."""
    given = {name: request.form.get(name, "").strip()[:40] for name in ("buyer", "exhibitor")}
    with telling():
        buyer, exhibitor = _called(BUYER, given["buyer"]), _called(SUPPLIER, given["exhibitor"])
        if buyer is None:
            raise Refused(say("There is no buyer %(code)s.", code=given["buyer"]))
        if exhibitor is None:
            raise Refused(say("There is no exhibitor %(code)s.", code=given["exhibitor"]))
        slot = numbered("slot")
        meeting = services.place(db(), g.edition, buyer.id, exhibitor.id, services.Place(slot))
        db().commit()
        flash(_("They meet at table %(table)s.", table=meeting.table_number), "good")
        given = {}
    return _back(**given)


def _called(side: str, code: str) -> parties.Party | None:
    """The party of a code as it was typed, or with the capitals that most codes have."""
    return parties.party_by_code(db(), g.edition, side, code) or parties.party_by_code(
        db(), g.edition, side, code.upper()
    )


@bp.post(f"{DESK}/seats/<int:number>/close")
@needs("meetings.run")
def desk_close(number: int):
    """Nobody waits at this seat any longer."""
    with telling(_("Noted.")):
        services.stop_waiting(db(), g.edition, number, None)
        db().commit()
    return _back()


@bp.get(f"{DESK}/missed")
@needs("meetings.run")
def desk_missed():
    """Who missed meetings, how often, and what is excused."""
    settings = services.settings_of(db(), g.edition)
    total, _rows = waiting.missed(db(), g.edition, 1, 0)
    shown = leaf(total, PAGE)
    return render_template(
        "matchmaking/onsite/missed.html",
        rows=waiting.missed(db(), g.edition, PAGE, shown.offset)[1],
        total=total,
        often=waiting.often_missing(db(), g.edition, settings.alarm_after)[:PAGE],
        alarm=settings.alarm_after,
        page=shown.page,
        pages=shown.pages,
    )


@bp.post(f"{DESK}/missed/<int:number>/<any(buyer,supplier):side>")
@needs("meetings.run")
def desk_excuse(number: int, side: str):
    """Let a no-show count no longer, or again."""
    with telling(_("Noted.")):
        services.excuse(db(), g.edition, number, side, excused=request.form.get("excused") == "1")
        db().commit()
    return redirect(url_for("onsite.desk_missed", page=numbered("page") or None))


@bp.route(f"{DESK}/rules", methods=["GET", "POST"])
@needs("meetings.run")
def desk_rules():
    """The rules of the day."""
    form = SettingsForm(obj=services.settings_of(db(), g.edition))
    if form.accepted():
        try:
            services.save_settings(db(), g.edition, form.typed())
            db().commit()
            flash(_("The rules are saved."), "good")
            return redirect(url_for("onsite.desk_rules"))
        except Refused as refused:
            refuse(form, refused)
    return render_template("matchmaking/onsite/rules.html", form=form)
