"""The exhibitor's page: the plan with what is free, the pick, its hold and its confirmation."""

from hashlib import sha256

from flask import Response, abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.languages import pick
from expo.selection import letters, prints
from expo.selection.models import Round
from expo.selection.queries import floor, going
from expo.selection.rules import CM2_A_M2
from expo.selection.services import giving, picking, turns
from expo.selection.views import showing
from expo.selection.views.blueprint import PORTAL, bp, chosen, organisations, own
from expo.web import _, db, needs, telling, words
from expo.words import figure

MOST_ASKED = 60


def _wanted() -> list[str]:
    """The stands that the address asks for, each once."""
    return list(dict.fromkeys(code for code in request.values.getlist("stand") if code))[:MOST_ASKED]


def _going_on() -> Round:
    return turns.live_round(db(), g.edition.id) or abort(409)


@bp.get(PORTAL)
@needs("portal.use")
def choose():
    """The plan of a hall with what is free, and the pick so far."""
    exhibitor, round_ = own(), turns.live_round(db(), g.edition.id)
    if round_ is None:
        return render_template(
            "expo/selection/no_round.html",
            tabs=showing.tabs(exhibitor, "choose"),
            coming=showing.coming(exhibitor),
        )
    going.note_presence(db(), round_.id, exhibitor.id)
    db().commit()
    return render_template(
        "expo/selection/choose.html",
        tabs=showing.tabs(exhibitor, "choose"),
        **showing.basket(exhibitor, round_, _wanted(), is_given="picked" in request.args),
        **showing.hall(exhibitor, round_, _wanted(), is_given="picked" in request.args),
    )


@bp.get(f"{PORTAL}/basket")
@needs("portal.use")
def basket():
    """The part of the page with the pick, for the script that swaps it in."""
    exhibitor, round_ = own(), _going_on()
    parts = showing.basket(exhibitor, round_, _wanted(), is_given=True)
    return render_template("expo/selection/_basket.html", **parts)


@bp.get(f"{PORTAL}/state")
@needs("portal.use")
def state():
    """What is not free in a hall at this moment, as JSON; unchanged (304) where the reader knows it."""
    found = going.glance(db(), g.edition.id, request.args.get("hall", ""), organisations(), chosen())
    if found is None:
        return {"state": "closed", "stands": {}, "until": None}
    if found.is_due:
        going.note_presence(db(), found.round_id, found.exhibitor_id)
        db().commit()
    answer = Response(found.body, mimetype="application/json")
    answer.set_etag(sha256(found.body.encode()).hexdigest()[:20])
    return answer.make_conditional(request)


@bp.post(f"{PORTAL}/hold")
@needs("portal.use")
def hold():
    """Hold exactly these stands; none means to let all go."""
    exhibitor, round_, codes = own(), _going_on(), _wanted()
    try:
        held = picking.choose(db(), round_, exhibitor, codes)
        db().commit()
    except Refused as refused:
        db().rollback()
        flash(words(refused.sentence), "bad")
        return _back(codes)
    if held:
        flash(_("Held for you. Confirm before the time is up."), "good")
    return _back()


@bp.post(f"{PORTAL}/release")
@needs("portal.use")
def release():
    """Let everything go."""
    exhibitor, round_ = own(), _going_on()
    picking.release(db(), round_, exhibitor)
    db().commit()
    flash(_("Let go: others may have it now."), "good")
    return _back()


@bp.post(f"{PORTAL}/confirm")
@needs("portal.use")
def confirm():
    """What is held becomes one's place."""
    exhibitor, round_ = own(), _going_on()
    try:
        given = picking.confirm(db(), round_, exhibitor)
        _write(exhibitor, [row.stand_id for row in given])
        db().commit()
    except Refused as refused:
        db().rollback()
        flash(words(refused.sentence), "bad")
        return _back()
    flash(_("The stand is yours."), "good")
    return _back()


@bp.post(f"{PORTAL}/return")
@needs("portal.use")
def give_back():
    """Give one's place back, to choose anew."""
    exhibitor = own()
    with telling(_("Given back. You may choose anew while your turn lasts.")):
        giving.give_back(db(), exhibitor)
        db().commit()
    return _back()


def _write(exhibitor: Exhibitor, stand_ids: list[int]) -> None:
    spots = floor.place_spots(db(), exhibitor.id, g.edition.id)
    places = [spot.place for spot in spots if spot.id in stand_ids]
    area = figure(sum(place.area_cm2 for place in places) / CM2_A_M2)

    def letter(spoken: str) -> letters.Letter:
        codes = sorted(place.code for place in places)
        return letters.confirmed(pick(g.edition.name, spoken), codes, area)

    prints.write(db(), g.edition, exhibitor, "order", letter)
    prints.send(db(), g.edition)


def _back(codes: list[str] | None = None):
    hall = request.form.get("hall", "")
    more = {"picked": "1", "stand": codes} if codes else {}
    return redirect(url_for("selection.choose", hall=hall or None, **more))
