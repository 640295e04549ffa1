"""What one may do with a timetable of one's own: addresses, letters, taking it along, forgetting it."""

from flask import abort, flash, g, redirect, request, url_for

from expo.forums import services as forums
from expo.languages import pick
from expo.stars import services
from expo.stars.models import Follower
from expo.stars.views.blueprint import OWN, bp
from expo.stars.views.reader import drop, keep, present
from expo.web import _, db, public
from expo.web.files import json_file
from expo.web.language import language

KEYS = ("calendar", "share")


@bp.post(f"{OWN}/keys/<any(calendar,share):which>")
@public
def key(which: str):
    """Make, renew or close the address of the calendar or of the page for friends."""
    follower = _follower()
    if request.form.get("close"):
        services.no_key(db(), follower, which)
        said = _("The address is closed. Who has it finds nothing there any more.")
    else:
        services.new_key(db(), follower, which)
        said = _("Here is the address. Whoever knows it can read your programme.")
    db().commit()
    flash(said, "good")
    return redirect(url_for("stars.own", _anchor=which))


@bp.post(f"{OWN}/letters")
@public
def letters():
    """Whether to be written to when a starred talk moves."""
    follower = _follower()
    follower.wants_mail = request.form.get("wants") == "1"
    db().commit()
    flash(
        _("We write to you when a starred talk is moved or called off.")
        if follower.wants_mail
        else _("We no longer write to you about starred talks."),
        "good",
    )
    return redirect(url_for("stars.own", _anchor="letters"))


@bp.post(f"{OWN}/forget")
@public
def forget():
    """Delete every star, the address and this and all other browsers' memory of them."""
    follower = _follower()
    services.forget(db(), follower)
    db().commit()
    flash(
        _("Your stars, your address here and the addresses of your programme are deleted."),
        "good",
    )
    return drop(redirect(url_for("stars.own")))


@bp.get(f"{OWN}/export.json")
@public
def export():
    """All that is kept of oneself, as a file."""
    follower = present() or abort(404)
    found = forums.programme(db(), g.edition)
    codes = services.starred_codes(db(), follower)
    items = {item.code: item for item in found.items} if found else {}
    data = {
        "edition": g.edition.code,
        "known_by": services.kind_of(follower),
        "email": follower.email,
        "language": follower.language,
        "wants_mail": follower.wants_mail,
        "since": follower.made_at.isoformat(),
        "stars": [
            {
                "code": code,
                "title": pick(items[code].title, language()),
                "start": items[code].start.isoformat(),
                "end": items[code].end.isoformat(),
                "room": pick(items[code].room.name, language()),
            }
            if code in items
            else {"code": code}
            for code in codes
        ],
    }
    return keep(json_file(data, "my-programme.json"), None)


def _follower() -> Follower:
    """Whoever has stars; others have nothing to change here."""
    return present() or abort(404)
