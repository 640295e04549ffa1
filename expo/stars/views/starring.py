"""Starring a talk: by a page with a button, or by a script with many at once."""

from hashlib import sha256

from flask import (
    abort,
    current_app,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import generate_csrf

from expo.forums import services as forums
from expo.stars import services
from expo.stars.models import Follower
from expo.stars.services import MOST_AT_ONCE
from expo.stars.views.blueprint import OWN, bp
from expo.stars.views.reader import follow, keep, present
from expo.web import _, db, public

LONGEST_CODE = 20
MOST_BYTES = 65_536


@bp.get("/<edition>/programme/<code>/star")
@public
def star(code: str):
    """A page with one button, for browsers without scripts."""
    found = forums.programme(db(), g.edition)
    item = (found.item(code) if found else None) or abort(404)
    starred = code in services.starred_codes(db(), present())
    page = make_response(render_template("expo/stars/star.html", item=item, starred=starred))
    return keep(page, None)


@bp.post("/<edition>/programme/<code>/star")
@public
def star_set(code: str):
    """Set or take away a star; anything that is not in the released programme is not there at all."""
    follower, token = follow()
    on = request.form.get("on") != "0"
    if not services.set_star(db(), g.edition, follower, code, on):
        db().rollback()
        abort(404)
    db().commit()
    flash(_("Starred. It is in your programme.") if on else _("The star is taken off."), "good")
    return keep(redirect(url_for("stars.own") if not on else url_for("forums.talk_detail", code=code)), token)


@bp.get(f"{OWN}/stars.json")
@public
def own_json():
    """What the script asks when a page opens: the own stars; before the first change also a token, as it
    sets a cookie that nobody needs for looking."""
    follower = present()
    answer = jsonify(
        token=generate_csrf() if request.args.get("token") else None,
        reader=_mark_of(follower),
        stars=services.starred_codes(db(), follower),
    )
    return keep(answer, None)


@bp.post(f"{OWN}/stars")
@public
def send():
    """Set and take away stars: {"stars": {"AB12CD": true, …}}. Sent twice, it changes nothing."""
    request.max_content_length = MOST_BYTES
    given = request.get_json(silent=True)
    wanted = given.get("stars") if isinstance(given, dict) else None
    if not isinstance(wanted, dict) or len(wanted) > MOST_AT_ONCE:
        abort(400)
    for code, on in wanted.items():
        if len(code) > LONGEST_CODE or "\x00" in code or not isinstance(on, bool):
            abort(400)
    follower, token = follow()
    done = services.set_stars(db(), g.edition, follower, wanted)
    stars = services.starred_codes(db(), follower)
    if token and not stars:  # nothing came of it: no browser to remember
        services.forget(db(), follower)
        follower, token = None, None
    db().commit()
    gone = sorted(set(wanted) - done)
    return keep(jsonify(stars=stars, gone=gone, reader=_mark_of(follower)), token)


def _mark_of(follower: Follower | None) -> str:
    """Tells a script whether the browser still belongs to whom it did, and nothing else."""
    if follower is None:
        return ""
    text = f"{current_app.secret_key} follower {follower.id}"
    return f"{services.kind_of(follower)}-{sha256(text.encode()).hexdigest()[:16]}"
