"""Step three: wishes in their order, and competitors to keep away from."""

from collections.abc import Callable

from flask import flash, g, redirect, render_template, url_for

from expo.errors import Refused
from expo.exhibitors import services as exhibitors
from expo.exhibitors.application import MOST_WISHES, WISHES
from expo.languages import pick
from expo.venue import queries as venue
from expo.web import db, needs, refuse, words
from expo.web.language import language
from matchmaking.portal.forms import RivalForm, WishForm
from matchmaking.portal.views.application import APPLICATION, saved, seen, stepper
from matchmaking.portal.views.blueprint import bp, own


@bp.get(f"{APPLICATION}/wishes")
@needs("portal.use")
def wishes():
    """The wishes, and forms for more."""
    return _page()


def _page(form: WishForm | None = None, rival_form: RivalForm | None = None):
    exhibitor = own().exhibitor
    return render_template(
        "matchmaking/portal/wishes.html",
        wishes=exhibitors.wishes(db(), exhibitor),
        rivals=exhibitors.rivals(db(), exhibitor),
        names=WISHES,
        most=MOST_WISHES,
        places=_places(),
        form=form or WishForm(formdata=None),
        rival_form=rival_form or RivalForm(formdata=None),
        **stepper(exhibitor, "wishes"),
    )


def _places() -> list[tuple[str, str]]:
    """Zones and halls by code and name, to choose from while typing."""
    found = [*venue.zones(db(), g.edition), *venue.halls(db(), g.edition)]
    return [(place.code, pick(place.name, language())) for place in found]


def _try(verb: Callable[[], None], form=None) -> Refused | None:
    """Do it and commit; a refusal undoes it and goes among the form's errors, or above the page."""
    try:
        verb()
        db().commit()
    except Refused as refused:
        db().rollback()
        if form is None:
            flash(words(refused.sentence), "bad")
        else:
            refuse(form, refused)
        return refused
    return None


@bp.post(f"{APPLICATION}/wishes")
@needs("portal.use")
def wish_add():
    """One more wish, ranked last."""
    exhibitor, form = own().exhibitor, WishForm()
    if form.accepted() and not _try(
        lambda: exhibitors.add_wish(db(), exhibitor, form.kind.data, form.target.data or ""), form
    ):
        return redirect(url_for("portal.wishes"))
    return _page(form)


@bp.post(f"{APPLICATION}/wishes/<int:rank>/<any(up,down,remove):act>")
@needs("portal.use")
def wish_move(rank: int, act: str):
    """A wish up, down or away."""
    exhibitor, at = own().exhibitor, seen()
    if act == "remove":
        _try(lambda: exhibitors.drop_wish(db(), exhibitor, rank, at))
    else:
        _try(lambda: exhibitors.move_wish(db(), exhibitor, rank, -1 if act == "up" else 1, at))
    return redirect(url_for("portal.wishes"))


@bp.post(f"{APPLICATION}/rivals")
@needs("portal.use")
def rival_add():
    """Keep away from somebody."""
    exhibitor, form = own().exhibitor, RivalForm()
    if form.accepted() and not _try(lambda: exhibitors.add_rival(db(), exhibitor, form.rival.data), form):
        return redirect(url_for("portal.wishes"))
    return _page(rival_form=form)


@bp.post(f"{APPLICATION}/rivals/<int:number>/remove")
@needs("portal.use")
def rival_remove(number: int):
    """No longer keep away from somebody."""
    exhibitor = own().exhibitor
    _try(lambda: exhibitors.drop_rival(db(), exhibitor, number))
    return redirect(url_for("portal.wishes"))


@bp.post(f"{APPLICATION}/wishes/done")
@needs("portal.use")
def wishes_done():
    """On to the next step, whether there are wishes or not."""
    exhibitor = own().exhibitor
    _try(lambda: exhibitors.pass_step(db(), exhibitor, "wishes"))
    return saved("wishes")
