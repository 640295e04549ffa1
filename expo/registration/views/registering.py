"""The console's page on which the organiser registers somebody, and moves somebody to another sort."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.languages import pick
from expo.registration import queries, services
from expo.registration.forms import AskingPersonForm, EnrolPersonForm, asking_form
from expo.registration.models import Person, Ticket
from expo.registration.prints import letters
from expo.registration.services import enrolling, waiting
from expo.registration.services.asked import asked_for, keep_answers
from expo.registration.services.places import has_room, refusing, rooms
from expo.registration.views.blueprint import bp
from expo.registration.views.people import ADDRESS
from expo.web import _, db, needs, refuse, telling
from expo.web.language import language


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("registration.edit")
def person_new():
    """Register somebody: for a sort (`?sort=`) with its questions, or as a kind without one."""
    code = request.args.get("sort", "")
    ticket = (enrolling.ticket_by_code(db(), g.edition, code) or abort(404)) if code else None
    asked = asked_for(db(), g.edition, ticket.id if ticket else None)
    form = asking_form(EnrolPersonForm if ticket else AskingPersonForm, asked, data={"language": language()})
    if (answers := form.complete(lenient=True)) is not None:
        try:
            person = _registered(ticket, form, answers)
            db().commit()
            flash(_("Registered with the number %(code)s.", code=person.code), "good")
            return redirect(url_for("registration.person_detail", code=person.code))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    free = rooms(db(), g.edition)
    tickets = enrolling.tickets(db(), g.edition)
    return render_template(
        "expo/registration/person_new.html",
        form=form, ticket=ticket, tickets=tickets,
        full={one.id for one in tickets if not has_room(free, one.id)},
    )  # fmt: skip


def _registered(ticket: Ticket | None, form: EnrolPersonForm | AskingPersonForm, answers: dict) -> Person:
    if ticket is None or not isinstance(form, EnrolPersonForm):
        person = services.register(db(), g.edition, form.particulars)
        keep_answers(db(), g.edition, person, answers)
        return person
    wanted = enrolling.Application(form.particulars, answers, once=f"{ticket.id}:{form.once.data}"[:80])
    person, is_new = enrolling.enrol_for(db(), g.edition, ticket, wanted, may_wait=form.may_wait.data)
    if is_new and form.tells.data:
        letters.tell(db(), g.edition, person)
        letters.send(db(), g.edition)
    return person


@bp.post(f"{ADDRESS}/<code>/sort")
@needs("registration.edit")
def person_sort(code: str):
    """Let somebody be of another sort; the place that falls free goes to who waits for it."""
    person = queries.person_by_code(db(), g.edition, code) or abort(404)
    wanted = request.form.get("sort_of", "")[:40]
    with telling():
        ticket = enrolling.ticket_by_code(db(), g.edition, wanted)
        if ticket is None:
            raise Refused(_("Choose a sort of registration."))
        with refusing(db()):
            enrolling.move_to(db(), g.edition, person, ticket)
        for one in waiting.offer_places(db(), g.edition):
            letters.tell(db(), g.edition, one)
        letters.send(db(), g.edition)
        db().commit()
        flash(_("Registered as %(sort)s now. A badge that is printed already still says what it said.",
                sort=pick(ticket.name, language())), "good")  # fmt: skip
    return redirect(url_for("registration.person_detail", code=code))
