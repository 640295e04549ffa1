"""Where the pages of leads hang, and for whom somebody scans."""

from contextlib import suppress

from flask import Blueprint, Response, abort, current_app, g, request
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session

from expo.exhibitors.models import Exhibitor
from expo.languages import pick
from expo.registration.models import Person
from expo.web import can, db
from matchmaking.leads import queries
from matchmaking.leads.models import Lead
from matchmaking.leads.services import Scanner, phone_of
from matchmaking.portal.views.blueprint import own, own_or_none

bp = Blueprint("leads", __name__)
mail_bp = Blueprint("leads_mail", __name__)
"""What mail programs post to, without a form of ours: see `stopping.stop_at_once`."""
OWN = "/<edition>/portal/leads"
PHONE = "/<edition>/leads"
CONSOLE = "/<edition>/console/leads"
COOKIE = "leads_phone"
YEAR_S = 31_536_000


def exhibitor() -> Exhibitor:
    """The exhibitor that the reader acts for in the portal."""
    return own().exhibitor


def own_lead(number: int) -> Lead:
    """The exhibitor's own lead of that number; nobody else's exists for them."""
    return queries.lead_by_number(db(), exhibitor().id, number) or abort(404)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt=f"phones at stands of {g.edition.code}")


def scanner() -> Scanner | None:
    """For whom whoever is at the browser may scan: by sign-in, or by an enrolled phone."""
    if can("leads.own") and (found := own_or_none()) and found.exhibitor.state == "accepted":
        return Scanner(found.exhibitor, current_user.name, user_id=current_user.id)
    token = None
    with suppress(BadSignature):
        token = _signer().loads(request.cookies.get(COOKIE, ""))
    device = phone_of(db(), g.edition, token) if isinstance(token, str) else None
    if device is None:
        return None
    found = db().get_one(Exhibitor, device.exhibitor_id)
    if found.state != "accepted":
        return None
    return Scanner(found, _bearer(db(), device.staff_id, device.label), staff_id=device.staff_id)


def _bearer(session: Session, staff_id: int | None, label: str) -> str:
    person = session.get(Person, staff_id) if staff_id else None
    return pick(person.name, "en") if person else label


def give_token(response: Response, token: str) -> Response:
    """Make this browser the phone; only pages that scan ever see the cookie."""
    secure = request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        COOKIE, _signer().dumps(token), max_age=YEAR_S, path=f"/{g.edition.code}/leads",
        httponly=True, samesite="Lax", secure=secure,
    )  # fmt: skip
    return response
