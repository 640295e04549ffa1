"""Photos for the apps of others: an address that whoever scanned a badge may open for a few minutes."""

from typing import Any

from flask import abort, current_app, make_response, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlmodel import select

from expo.checkin.api.blueprint import API, bp
from expo.checkin.api.known import Known
from expo.editions.models import Edition
from expo.registration.models import Person
from expo.registration.models.photos import PersonPhoto
from expo.web import db, public
from expo.web.security import site_address

GOOD_FOR_S = 600


def _seal(house: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"photos at the gates of {house}")


def photo_address(here: Known, person: dict[str, Any]) -> str | None:
    """Where the photo of somebody who was scanned is to be had for ten minutes; None where there is none."""
    if not person.get("photo"):
        return None
    key = _seal(here.code).dumps(person["id"])
    return site_address() + url_for("checkin_api.photo", house=here.code, key=key)


@bp.get(f"{API}/photos/<key>")
@public
def photo(house: str, key: str):
    """The photo (JPEG) of such an address. 404 once it is too old, or where nobody made it."""
    try:
        person_id = _seal(house).loads(key, max_age=GOOD_FOR_S)
    except BadSignature:
        abort(404)
    query: Any = (
        select(PersonPhoto.content)
        .join(Person, Person.id == PersonPhoto.person_id)
        .join(Edition, Edition.id == Person.edition_id)
        .where(Person.id == person_id, Edition.code == house)
    )
    content = db().execute(query).scalar_one_or_none() or abort(404)
    answer = make_response(content)
    answer.content_type = "image/jpeg"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
