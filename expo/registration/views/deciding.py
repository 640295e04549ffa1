"""The console's queue of registrations that await a decision, and what is done to one registration."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.registration import queries
from expo.registration.forms.console import DecisionForm
from expo.registration.models import Person
from expo.registration.prints import letters
from expo.registration.queries import PAGE, PeopleFilter
from expo.registration.services import deciding, enrolling, waiting
from expo.registration.services.asked import answers_of, questions
from expo.registration.views.blueprint import CONSOLE, bp, ticket_choices
from expo.web import _, can, db, leaf, needs, ngettext, refuse, telling

PENDING = f"{CONSOLE}/decisions"


@bp.route(PENDING, methods=["GET", "POST"])
@needs("registration.view")
def decision_list():
    """Who awaits a decision, with answers; those ticked are approved or declined together."""
    form = DecisionForm()
    if request.method == "POST":
        if not can("registration.edit"):
            abort(403)
        if form.accepted() and (done := _decided(form)):
            return done
    wanted = PeopleFilter(state="pending", ticket=request.args.get("sort_of", "")[:40])
    total = queries.count(db(), g.edition, wanted)
    shown = leaf(total, PAGE)
    people = queries.people(db(), g.edition, wanted, shown.page, oldest_first=True)
    asked = questions(db(), g.edition, retired=True)
    return render_template(
        "expo/registration/decision_list.html",
        form=form, people=people, total=total, page=shown.page, pages=shown.pages,
        tickets=dict(ticket_choices()), sorts=enrolling.tickets(db(), g.edition),
        answers=answers_of(db(), [row.id for row in people]), questions=asked,
        ticked=set(request.form.getlist("code")),
    )  # fmt: skip


def _decided(form: DecisionForm):
    verdict, codes = request.form.get("act", ""), request.form.getlist("code")
    try:
        if not codes:
            raise Refused(_("Nobody is chosen."))
        decided = deciding.decide(db(), g.edition, codes, verdict, form.reason.data or "")
        for person in decided.people:
            letters.tell(db(), g.edition, person)
        letters.send(db(), g.edition)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return None
    count = len(decided.people)
    flash(ngettext("%(num)s person is told.", "%(num)s people are told.", count), "good" if count else "info")
    if decided.full:
        flash(_("No place is left for: %(codes)s.", codes=", ".join(decided.full[:20])), "bad")
    return redirect(url_for("registration.decision_list", sort_of=request.args.get("sort_of") or None))


@bp.post("/<edition>/console/people/<code>/<any(approve,decline,cancel,restore,confirm,resend):act>")
@needs("registration.edit")
def person_act(code: str, act: str):
    """What the organiser does to one registration; the person is written to."""
    person = queries.person_by_code(db(), g.edition, code) or abort(404)
    reason = request.form.get("reason", "").strip()[:1000]
    with telling(_("Done. The person is written to.") if person.email else _("Done.")):
        _act(person, act, reason)
        letters.send(db(), g.edition)
        db().commit()
    return redirect(url_for("registration.person_detail", code=code))


def _act(person: Person, act: str, reason: str) -> None:
    if act in ("approve", "decline"):
        decided = deciding.decide(db(), g.edition, [person.code], act, reason)
        if decided.full:
            raise Refused(_("No place is left of this sort of registration."))
        if not decided.people:
            raise Refused(_("This registration awaits no decision any more."))
    elif act == "cancel" and not enrolling.cancel(db(), g.edition, person, reason):
        raise Refused(_("This registration was cancelled; it can no longer be changed."))
    elif act == "restore":
        deciding.restore(db(), g.edition, person)
    elif act == "confirm":
        deciding.confirm_now(db(), g.edition, person)
    letters.write(db(), g.edition, person, "link" if act == "resend" else person.state)
    if act == "cancel":
        for one in waiting.offer_places(db(), g.edition):
            letters.tell(db(), g.edition, one)
