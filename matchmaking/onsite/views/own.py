"""One's own day: the next meeting on top, one tap to say that one is there, seats that came free."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.clock import now
from expo.web import _, db, needs, telling
from expo.web.language import language, language_name
from matchmaking.onsite import services
from matchmaking.onsite.prints import told as why_of
from matchmaking.onsite.queries import agendas, freedom, waiting
from matchmaking.onsite.queries.agendas import Line
from matchmaking.onsite.scheme import scheme
from matchmaking.onsite.telling import SOON, minutes_to, next_of
from matchmaking.onsite.views.blueprint import (
    OWN,
    TONES,
    actor,
    bp,
    chosen_person,
    coming,
    key_of,
    numbered,
    states,
    whose,
)
from matchmaking.onsite.views.calendars import feed_address
from matchmaking.phases import services as phases
from matchmaking.requests.queries import inbox
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.sides import other
from matchmaking.requests.views.blueprint import acting, me, mine, slots

LATE = (5, 10, 15)
LEAST_LEFT = timedelta(minutes=8)
"""What has less of its time left is not worth waiting in for somebody."""


@bp.get(OWN)
@needs("requests.own")
def own_day():
    """The day of the party that the reader acts for."""
    party = acting()
    if party is None:
        return render_template("matchmaking/onsite/nobody.html")
    person = chosen_person(party)
    return render_template("matchmaking/onsite/own_day.html", **day_of(party, person))


def day_of(party: Party, person: int | None) -> dict[str, Any]:
    """What the page of a party's day shows."""
    at, settings = now(), services.settings_of(db(), g.edition)
    found = agendas.lines(db(), g.edition, party=key_of(party), person=person)
    standing = [line for line in found if line.state != "cancelled"]
    offered, waits = waiting.seats_for(db(), g.edition, key_of(party), coming(at))
    following = next_of(standing, at)
    tables = [table.number for table in freedom.tables(db(), g.edition)] if following else []
    return {
        "me": party,
        "pending": _pending(party, found),
        "asking": phases.is_open(db(), g.edition, "requests"),
        "them": other(party.side),
        "others": mine(),
        "people": agendas.people(db(), key_of(party)),
        "person": person,
        "whose": whose(party, person),
        "days": _days(standing, at),
        "count": len(standing),
        "off": [line for line in found if line.state == "cancelled" and line.ends_at > at],
        "next": following,
        "minutes": minutes_to(following, at) if following else 0,
        "scheme": scheme(tables, following.table) if following else None,
        "moment": at,
        "offered": offered,
        "waits": waits,
        "can_wait": [
            one
            for one in coming(at + LEAST_LEFT)
            if one not in {line.slot for line in standing} | {seat.slot for seat in waits}
        ],
        "slots": {slot.number: slot for slot in slots()},
        "late": LATE,
        "why": why_of,
        "tongues": _tongues,
        "early": timedelta(minutes=settings.early_minutes),
        "grace": timedelta(minutes=settings.grace_minutes),
        "soon": SOON,
        "states": states(),
        "tones": TONES,
        "feed": feed_address(party, person),
    }


def _pending(party: Party, found: list[Line]) -> dict[str, int]:
    """Requests that wait for the party's answer, and what it agreed to that has no time and table yet."""
    other_side = other(party.side)
    timed = {line.seats[other_side].id for line in found if line.state != "cancelled"}
    agreed = inbox.requests(db(), party, "agreed", None)
    return {
        "answer": inbox.counts(db(), party)["answer"],
        "untimed": sum(row.other_id not in timed for row in agreed),
    }


def _days(found: list[Line], at: datetime) -> list[tuple[Any, list[Line]]]:
    """Meetings by day: today and what comes, then what is over, the last day first."""
    zone = g.edition.zone_info
    days = [
        (day, list(several))
        for day, several in groupby(found, lambda line: line.starts_at.astimezone(zone).date())
    ]
    today = at.astimezone(zone).date()
    return [one for one in days if one[0] >= today] + [one for one in reversed(days) if one[0] < today]


def _tongues(codes: list[str]) -> str:
    return ", ".join(language_name(code, language()) for code in codes)


def _back(party: Party):
    return redirect(url_for("onsite.own_day", **whose(party, numbered("person") or None)))


@bp.post(f"{OWN}/<int:number>/<any(here,late,missing):act>")
@needs("requests.own")
def own_tap(number: int, act: str):
    """One tap: I am there, I come later, they did not come."""
    party = me()
    done = {
        "here": _("Noted: you are there."),
        "late": _("Noted, and shown to the other side."),
        "missing": _("Noted. Stay at the table: others who want to meet you are asked to come."),
    }[act]
    with telling(done):
        meeting = services.meeting_of(db(), g.edition, number, key_of(party)) or abort(404)
        if act == "here":
            services.arrive(db(), g.edition, meeting, party.side, user_id=actor(), at=tapped_at())
        elif act == "late":
            services.be_late(db(), g.edition, meeting, party.side, numbered("minutes"))
        else:
            services.miss_other(db(), g.edition, meeting, party.side, actor())
        db().commit()
    if request.accept_mimetypes.best == "application/json":
        return {"taken": True}  # what came of it is said on the page that is asked for next
    return _back(party)


def tapped_at() -> datetime | None:
    """When a tap that waited for a connection was made; None for now, and for what cannot be."""
    try:
        at = datetime.fromisoformat(request.form.get("at", ""))
    except ValueError:
        return None
    return at if at.tzinfo and now() - services.LATEST < at < now() else None


@bp.post(f"{OWN}/seats/<int:number>/<any(take,leave):act>")
@needs("requests.own")
def own_seat(number: int, act: str):
    """Come to a seat where somebody waits, or wait no longer."""
    party = me()
    if act == "leave":
        with telling(_("You wait no longer.")):
            services.stop_waiting(db(), g.edition, number, key_of(party))
            db().commit()
        return _back(party)
    with telling():
        meeting = services.take(db(), g.edition, number, party.side, party.id)
        db().commit()
        flash(_("The meeting is yours. Go to table %(table)s now.", table=meeting.table_number), "good")
    return _back(party)


@bp.post(f"{OWN}/wait")
@needs("requests.own")
def own_wait():
    """Let others know that one has time in a slot."""
    party = me()
    with telling():
        row = services.wait_here(db(), g.edition, party.side, party.id, numbered("slot"))
        db().commit()
        flash(
            _("Go to table %(table)s. Those who want to meet you are asked.", table=row.table_number), "good"
        )
    return _back(party)
