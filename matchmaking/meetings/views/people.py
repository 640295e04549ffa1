"""Who sits in the meetings of a party: kept by the party itself, or by an organiser for it."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlmodel import select

from expo.errors import Refused
from expo.web import _, db, needs, refuse
from expo.words import say
from matchmaking.meetings import services
from matchmaking.meetings.forms import PersonForm
from matchmaking.meetings.models import Delegate
from matchmaking.meetings.views.blueprint import ADDRESS, bp
from matchmaking.meetings.views.furniture import slot_days
from matchmaking.requests.queries import parties
from matchmaking.requests.queries.parties import Party
from matchmaking.requests.sides import BUYER, SIDES, SUPPLIER

MOST_PEOPLE = 50


@bp.route(f"{ADDRESS}/<any(buyers, exhibitors):which>/<code>/people", methods=["GET", "POST"])
@needs("meetings.run")
def party_people(which: str, code: str):
    """The people of one party, as an organiser keeps them."""
    side = BUYER if which == "buyers" else SUPPLIER
    party = parties.party_by_code(db(), g.edition, side, code) or abort(404)
    return _page(party, url_for("meetings.party_people", which=which, code=party.code), [])


@bp.route("/<edition>/agenda/people", methods=["GET", "POST"])
@needs("requests.own")
def own_people():
    """The people of the reader's own party; `as` names one of several. Others' are not there for it."""
    ids = current_user.organisations("requests.own", g.edition.id)
    mine = [one for side in SIDES for one in parties.acting_for(db(), g.edition, side, ids)]
    asked = request.args.get("as", "")
    party = next((one for one in mine if not asked or one.code == asked), None)
    if party is None:
        abort(404)
    return _page(party, url_for("meetings.own_people", **{"as": party.code}), mine)


def _page(party: Party, address: str, others: list[Party]):
    people = _people(party)
    chosen = _chosen(people)
    kept = {} if chosen is None else {
        "name": chosen.name, "email": chosen.email, "languages": chosen.languages,
        "unavailable": chosen.unavailable,
    }  # fmt: skip
    form = PersonForm(slots=services.slots(g.edition), data=kept)
    if request.method == "POST":
        try:
            if _done(form, party, chosen, len(people)):
                db().commit()
                return redirect(address)
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template(
        "matchmaking/meetings/people.html",
        party=party,
        people=_people(party),
        chosen=chosen.id if chosen else None,
        form=form,
        address=address,
        sign="&" if "?" in address else "?",
        others=others,
        own=bool(others),
        spoken={one.value: one.label for one in form.languages.choices or ()},
        days=slot_days(),
        times={slot.number: slot for slot in services.slots(g.edition)},
    ), 409 if form.form_errors else 200


def _done(form: PersonForm, party: Party, chosen: Delegate | None, count: int) -> bool:
    if request.form.get("act") == "drop":
        if chosen is None:
            abort(404)
        services.drop_delegate(db(), chosen)
        flash(_("Taken off the list."), "success")
        return True
    if not form.accepted():
        return False
    if chosen is None and count >= MOST_PEOPLE:
        raise Refused(say("A party names up to %(most)s people.", most=MOST_PEOPLE))
    person = chosen or Delegate(edition_id=g.edition.id, name="", **{_column(party.side): party.id})
    person.name, person.email = form.name.data, form.email.data or ""
    person.languages, person.unavailable = form.languages.data, form.unavailable.data
    services.keep_delegate(db(), g.edition, person)
    flash(_("%(name)s is on the list.", name=person.name), "success")
    return True


def _column(side: str) -> str:
    return "buyer_id" if side == BUYER else "exhibitor_id"


def _people(party: Party) -> list[Delegate]:
    mine = Delegate.buyer_id if party.side == BUYER else Delegate.exhibitor_id
    return list(db().exec(select(Delegate).where(mine == party.id).order_by(Delegate.id)))


def _chosen(people: list[Delegate]) -> Delegate | None:
    """The person that the address names, who must be one of these."""
    asked = request.args.get("person", "")
    if not asked:
        return None
    return next((one for one in people if str(one.id) == asked), None) or abort(404)
