"""One's own registration, under its secret address: where it stands, badge, calendar, changes."""

from flask import Response, abort, flash, g, redirect, render_template, request, url_for

from expo.accounts import services as accounts
from expo.errors import Refused
from expo.outbox import papers
from expo.registration.asking import chosen
from expo.registration.forms.enrolling import enrol_form
from expo.registration.forms.people import values_of
from expo.registration.models import CONFIRMED, Person, Ticket
from expo.registration.prints import letters
from expo.registration.services import enrolling, linking, waiting
from expo.registration.services.asked import answers_of, asked_for
from expo.registration.states import NAMES, TONES
from expo.registration.views.blueprint import bp
from expo.web import _, db, public, refuse, telling
from expo.web.files import file_answer

OWN = "/<edition>/registration/<secret>"


def own_person(secret: str) -> Person:
    """Whose registration the secret opens; what follows is their doing. 404 for a secret nobody has."""
    person = linking.person_by_secret(db(), g.edition, secret) or abort(404)
    db().info["actor"] = f"attendee {person.code}"
    return person


@bp.route(OWN, methods=["GET", "POST"])
@public
def own_page(secret: str):
    """Where a registration stands, and its form while it may be changed."""
    person = own_person(secret)
    before = answers_of(db(), [person.id]).get(person.id, {})
    ticket = db().get(Ticket, person.ticket_id) if person.ticket_id else None
    form = enrol_form(asked_for(db(), g.edition, person.ticket_id), before, values_of(person))
    if (answers := form.complete()) is not None:
        try:
            enrolling.alter(db(), g.edition, person, form.particulars(person.kind), answers)
            db().commit()
            flash(_("Changed."), "good")
            return redirect(url_for("registration.own_page", secret=secret))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    page = render_template(
        "expo/registration/own_page.html",
        person=person, ticket=ticket, form=form, secret=secret, state=NAMES[person.state],
        tone=TONES[person.state], place=waiting.places_on_list(db(), person),
        may_edit=person.state in enrolling.LIVE, chosen=chosen,
        typed=request.method == "POST",
    )  # fmt: skip
    return private(Response(page))


@bp.post(f"{OWN}/<any(cancel,accept,again):act>")
@public
def own_act(secret: str, act: str):
    """Cancel, take the place that is offered, or come back."""
    person = own_person(secret)
    with telling():
        if act == "cancel":
            if enrolling.cancel(db(), g.edition, person):
                letters.write(db(), g.edition, person, "cancelled")
                _pass_on()
            flash(_("Cancelled. Your place goes to the next in line."), "good")
        elif act == "accept":
            waiting.accept(db(), g.edition, person)
            letters.tell(db(), g.edition, person)
            flash(_("The place is yours. The confirmation is on its way to you."), "good")
        else:
            enrolling.come_back(db(), g.edition, person)
            letters.tell(db(), g.edition, person)
            flash(_("You are registered again."), "good")
        letters.send(db(), g.edition)
        db().commit()
    return redirect(url_for("registration.own_page", secret=secret))


def _pass_on() -> None:
    """Offer what fell free at once; what is left the sweep does."""
    for person in waiting.offer_places(db(), g.edition):
        letters.tell(db(), g.edition, person)


@bp.get(f"{OWN}/badge.pdf")
@public
def own_badge(secret: str):
    """The badge to print at home or to show on a phone."""
    person = own_person(secret)
    if person.state != CONFIRMED:
        abort(404)
    accounts.count_try(db(), "registration.paper", str(person.id))
    _name, document = papers.made(db(), {"kind": "badge", "person_id": person.id}) or abort(404)
    db().commit()
    return private(file_answer(document, "application/pdf", f"badge-{person.code}.pdf", shown=True))


@bp.get(f"{OWN}/calendar.ics")
@public
def own_calendar(secret: str):
    """The days of the edition for one's calendar."""
    person = own_person(secret)
    return private(file_answer(letters.calendar_of(g.edition, person), "text/calendar", "days.ics"))


def private(answer: Response) -> Response:
    """An answer that no cache keeps, and whose address no other site learns."""
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
