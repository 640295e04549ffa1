"""The blueprint of the day, its addresses, and what several pages need."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from flask_login import current_user

from expo.clock import now
from expo.web import _, can, db
from matchmaking.onsite.queries import agendas
from matchmaking.requests.grid import SlotTime
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.views.blueprint import slots

bp = Blueprint("onsite", __name__)
OWN = "/<edition>/my-day"
DESK = "/<edition>/console/meeting-desk"
TONES = {"planned": "info", "held": "good", "no_show": "bad", "cancelled": "off"}


def states() -> dict[str, str]:
    """State of a meeting → its word."""
    return {
        "planned": _("Planned"),
        "held": _("Held"),
        "no_show": _("Somebody did not come"),
        "cancelled": _("Does not take place"),
    }


def entries() -> list[tuple]:
    """Places in the navigation."""
    found = []
    if g.get("edition") and can("meetings.run"):
        found.append((61, "console", _("Meeting desk"), url_for("onsite.desk"), "2"))
    if g.get("edition") and can("requests.own"):
        found.append((69, "public", _("My meetings"), url_for("onsite.own_day"), "m"))
    if g.get("edition") and can("requests.own") and can("portal.use"):
        found.append((68, "portal", _("My meetings"), url_for("onsite.own_day"), "m"))
    return found


def numbered(name: str) -> int:
    """A whole number of the form or the address; 0 where there is none."""
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def slot_at(at: datetime | None = None) -> SlotTime | None:
    """The slot that runs, else the next one, else the last."""
    at = at or now()
    return next((slot for slot in slots() if slot.ends_at > at), slots()[-1] if slots() else None)


def coming(at: datetime | None = None, most: int = 3) -> list[int]:
    """The numbers of the slots that run or come next, on this day."""
    at = at or now()
    found = [slot for slot in slots() if slot.ends_at > at]
    return [s.number for s in found[:most] if s.starts_at.date() == at.astimezone(g.edition.zone_info).date()]


def key_of(party: Party) -> tuple[str, int]:
    """A party as queries name it."""
    return party.side, party.id


def whose(party: Party, person: int | None = None) -> dict[str, Any]:
    """What links and buttons of a party's pages carry along."""
    return {"as": party.code} | ({"person": person} if person else {})


def actor() -> int:
    """Who is at the browser."""
    return current_user.id


def chosen_person(party: Party) -> int | None:
    """One of the party's people, where the address names one."""
    asked = numbered("person")
    if not asked:
        return None
    return asked if asked in dict(agendas.people(db(), key_of(party))) else abort(404)
