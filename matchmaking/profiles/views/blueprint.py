"""The blueprint of these pages, and for whom their reader acts."""

from flask import Blueprint, abort, g, redirect, request, url_for
from flask import session as cookie
from flask_login import current_user

from expo.exhibitors.models import Exhibitor
from expo.web import db
from expo.web.language import as_time, as_weekday
from matchmaking.catalogue.models import Buyer
from matchmaking.profiles import queries
from matchmaking.profiles.queries import Own
from matchmaking.recommendations import services as recommendations
from matchmaking.requests.grid import grid

bp = Blueprint("profiles", __name__)
BUYING, SELLING = "agenda.use", "portal.use"
HERE = "/<edition>/matchmaking"
PORTAL = "/<edition>/portal"
COOKIE = {"buyer": "buying", "exhibitor": "portal"}


def parties(side: str) -> list[Own]:
    """Those of a side that the reader acts for."""
    permission = BUYING if side == "buyer" else SELLING
    return queries.own_parties(db(), g.edition, side, current_user.organisations(permission, g.edition.id))


def acting(side: str) -> Own | None:
    """The one chosen last (or by `?as=`), else the first."""
    found = parties(side)
    kept = cookie.get(COOKIE[side], {})
    asked = request.args.get("as", "")
    if asked and any(one.code == asked for one in found):
        cookie[COOKIE[side]] = kept | {g.edition.code: asked}
        kept = cookie[COOKIE[side]]
    chosen = kept.get(g.edition.code)
    return next((one for one in found if one.code == chosen), found[0] if found else None)


def own_buyer() -> Buyer:
    """The reader's buyer; whoever has none is led to how to become one."""
    party = acting("buyer") or abort(redirect(url_for("profiles.start")))
    return db().get_one(Buyer, party.id)


def own_exhibitor() -> Exhibitor:
    """The reader's exhibitor; whoever has none is led to the portal."""
    party = acting("exhibitor") or abort(redirect(url_for("profiles.start")))
    return db().get_one(Exhibitor, party.id)


def slot_choices() -> list[tuple[int, str]]:
    """The edition's meeting slots with day and time."""
    slots = grid(g.edition.meetings, g.edition.zone_info)
    return [(one.number, f"{as_weekday(one.starts_at)}, {as_time(one.starts_at)}") for one in slots]


def saved() -> None:
    """Commit, with lists as fresh as what was saved: at once where few are concerned, else by the worker."""
    db().flush()
    recommendations.bring_up_to_date(db(), g.edition, wait=False)
    db().commit()
