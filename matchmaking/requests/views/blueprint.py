"""The blueprint of requests, for whom its reader acts, and what several pages need."""

from itertools import groupby
from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, abort, g, request
from flask import session as cookie
from flask_login import current_user

from expo.clock import now
from expo.web import _, db
from expo.web.language import as_date, as_time
from matchmaking.phases import services as phases
from matchmaking.phases.spans import NAMES, WHAT, current
from matchmaking.requests.grid import SlotTime, grid
from matchmaking.requests.models import MeetingRequest
from matchmaking.requests.queries import parties
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.services import own_request
from matchmaking.requests.sides import MINE, SIDES, TONES, other
from matchmaking.requests.wishes import Cell, calendar

bp = Blueprint("requests", __name__)
OWN = "/<edition>/requests"
CONSOLE = "/<edition>/console/requests"
CHOSEN = "requests"


def mine() -> list[Party]:
    """The parties the reader acts for in this edition: buyers first."""
    if "own_parties" not in g:
        ids = current_user.organisations("requests.own", g.edition.id)
        g.own_parties = [one for side in SIDES for one in parties.acting_for(db(), g.edition, side, ids)]
    return g.own_parties


def acting() -> Party | None:
    """The party chosen by the address or the form, else the one chosen last, else the first."""
    asked = request.values.get("as", "")
    found = mine()
    if asked:
        chosen = next((one for one in found if one.code == asked), None) or abort(404)
        if request.method == "GET" and cookie.get(CHOSEN, {}).get(g.edition.code) != asked:
            cookie[CHOSEN] = {**cookie.get(CHOSEN, {}), g.edition.code: asked}
        return chosen
    last = cookie.get(CHOSEN, {}).get(g.edition.code)
    return next((one for one in found if one.code == last), found[0] if found else None)


def me() -> Party:
    """The same; whoever acts for nobody here finds no such page."""
    return acting() or abort(404)


def own(number: int) -> tuple[Party, MeetingRequest]:
    """One of the reader's own requests and the side on which they are; others' do not exist for them."""
    chosen = acting()
    for party in sorted(mine(), key=lambda one: one != chosen):
        if found := own_request(db(), party, number):
            return party, found
    return abort(404)


def across(party: Party, code: str) -> Party:
    """The party of that code on the other side, if this one may know of it."""
    them = parties.party_by_code(db(), g.edition, other(party.side), code)
    return them if them and parties.knows(db(), g.edition, party, them) else abort(404)


def once() -> str:
    """Drawn with a form, so that sending it twice does no more than sending it once."""
    return token_urlsafe(12)


def slots() -> tuple[SlotTime, ...]:
    """The grid of the edition."""
    if "meeting_slots" not in g:
        g.meeting_slots = grid(g.edition.meetings, g.edition.zone_info)
    return g.meeting_slots


def when(half: str | None, slot: int | None) -> str:
    """A wish in words; '' for any time."""
    if half:
        return _("in a morning") if half == "am" else _("in an afternoon")
    if slot and slot <= len(slots()):
        found = slots()[slot - 1]
        return f"{as_date(found.starts_at.date())}, {as_time(found.starts_at)}"
    return ""


def cells(party: Party, other_id: int) -> list[tuple[Any, list[Cell]]]:
    """Day by day both calendars as free or busy."""
    taken = parties.busy(db(), party.side, party.id)
    theirs = parties.busy(db(), other(party.side), other_id)
    found = calendar(slots(), taken, theirs, now())
    return [(day, list(several)) for day, several in groupby(found, lambda c: c.slot.starts_at.date())]


def choices(days: list[tuple[Any, list[Cell]]]) -> list[tuple[str, str]]:
    """The times that can be proposed: any, half-days, every slot that is free for both."""
    found = [("", _("Any time")), ("am", _("A morning")), ("pm", _("An afternoon"))]
    for day, several in days:
        found += [
            (str(one.slot.number), f"{as_date(day)}, {as_time(one.slot.starts_at)}")
            for one in several
            if one.is_free
        ]
    return found


def phase() -> dict[str, Any]:
    """Which phase it is, what can be done in it, and when requests are open."""
    spans = phases.spans(db(), g.edition)
    today = phases.today(g.edition)
    now = current(spans, today)
    return {
        "now": now,
        "name": NAMES.get(now or ""),
        "what": WHAT.get(now or ""),
        "spans": spans,
        "names": NAMES,
        "today": today,
        "standing": spans["requests"].standing(today),
        "span": spans["requests"],
    }


def shared(party: Party) -> dict[str, Any]:
    """What every page of a party shows."""
    return {"me": party, "others": mine(), "words_of": MINE, "tones": TONES, "phase": phase(), "when": when}
