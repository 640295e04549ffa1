"""The blueprint of the portal, and for whom its reader acts."""

from typing import NamedTuple

from flask import Blueprint, abort, g, redirect, url_for
from flask import session as cookie
from flask_login import current_user

from expo.exhibitors.models import Exhibitor, Organisation
from expo.web import db
from matchmaking.portal import services

bp = Blueprint("portal", __name__)
CHOSEN = "portal"


class Own(NamedTuple):
    """The exhibitor that the reader acts for here, and the others that they could act for."""

    exhibitor: Exhibitor
    organisation: Organisation
    others: list[tuple[Exhibitor | None, Organisation]]


def candidates() -> list[tuple[Exhibitor | None, Organisation]]:
    """The organisations the reader acts for in this edition, whether they have begun or not."""
    ids = current_user.organisations("portal.use", g.edition.id)
    return list(services.own_exhibitors(db(), g.edition, ids))


def own_or_none() -> Own | None:
    """The reader's own exhibitor: the one chosen last, else the first, leads of pavilions before members."""
    found = [(exhibitor, organisation) for exhibitor, organisation in candidates() if exhibitor]
    if not found:
        return None
    chosen = cookie.get(CHOSEN, {}).get(g.edition.code)
    found.sort(key=lambda pair: pair[0].lead_id is not None)
    exhibitor, organisation = next((pair for pair in found if pair[0].code == chosen), found[0])
    others = [pair for pair in found if pair[0].id != exhibitor.id]
    return Own(exhibitor, organisation, others)


def own() -> Own:
    """The reader's own exhibitor; those who have none yet are led to the first step."""
    return own_or_none() or abort(redirect(url_for("portal.organisation")))
