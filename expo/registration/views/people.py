"""The console's pages of people."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.registration import queries, services
from expo.registration.forms import AskingPersonForm, asking_form, values_of
from expo.registration.kinds import NAMES
from expo.registration.models import Person, Ticket
from expo.registration.queries import PAGE, PeopleFilter
from expo.registration.services import enrolling, erasing, likeness, photos, waiting
from expo.registration.services.asked import answers_of, asked_for, keep_answers, questions
from expo.registration.states import NAMES as STATE_NAMES
from expo.registration.states import TONES as STATE_TONES
from expo.registration.views.blueprint import bp
from expo.web import _, can, db, leaf, needs, refuse, words
from expo.web.language import country_name

ADDRESS = "/<edition>/console/people"
LONGEST_SEARCH = 100


def asked_filter() -> PeopleFilter:
    """The filter of this page's address."""
    kind, country = request.args.get("kind", ""), request.args.get("country", "")
    state = request.args.get("state", "")
    return PeopleFilter(
        words=request.args.get("q", "").strip()[:LONGEST_SEARCH],
        kind=kind if kind in NAMES else "",
        country=country if len(country) == 2 else "",
        state=state if state in STATE_NAMES else "",
        ticket=request.args.get("sort_of", "").strip()[:40],
        answer=request.args.get("answer", "").strip()[:LONGEST_SEARCH],
    )


@bp.get(ADDRESS)
@needs("registration.view")
def person_list():
    """Everybody, searched in any script, by kind and country."""
    wanted = asked_filter()
    total = queries.count(db(), g.edition, wanted)
    shown = leaf(total, PAGE)
    codes = queries.countries(db(), g.edition)
    people = queries.people(db(), g.edition, wanted, shown.page)
    tickets = enrolling.tickets(db(), g.edition)
    listed = [one for one in questions(db(), g.edition) if one.on_list]
    return render_template(
        "expo/registration/person_list.html",
        people=people,
        tickets=tickets,
        states=queries.counts_by_state(db(), g.edition),
        names=STATE_NAMES,
        tones=STATE_TONES,
        questions=listed,
        answers=answers_of(db(), [row.id for row in people]) if listed else {},
        counts=queries.counts(db(), g.edition),
        countries=sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1]),
        kinds={kind: words(name) for kind, name in NAMES.items()},
        total=total,
        page=shown.page,
        pages=shown.pages,
    )


@bp.route(f"{ADDRESS}/<code>", methods=["GET", "POST"])
@needs("registration.view")
def person_detail(code: str):
    """One person: what is known, the badges, and the form to change it."""
    person = queries.person_by_code(db(), g.edition, code) or abort(404)
    answers = answers_of(db(), [person.id]).get(person.id, {})
    asked = asked_for(db(), g.edition, person.ticket_id)
    form = asking_form(AskingPersonForm, asked, answers, values_of(person))
    if request.method == "POST" and not can("registration.edit"):
        abort(403)
    answers_now = form.complete(lenient=True)
    if answers_now is not None and (done := _changed(person, form, answers_now)):
        return done
    return render_template(
        "expo/registration/person_detail.html",
        person=person,
        form=form,
        kind=NAMES[person.kind],
        stars=queries.star_count(db(), person),
        state=STATE_NAMES[person.state],
        tone=STATE_TONES[person.state],
        ticket=db().get(Ticket, person.ticket_id) if person.ticket_id else None,
        place=waiting.places_on_list(db(), person),
        answers=answers,
        sorts=enrolling.tickets(db(), g.edition),
        questions=questions(db(), g.edition, retired=True),
        photo=photos.photo_digests(db(), [person.id]).get(person.id),
        alike=_alike(person),
        erased=erasing.is_erased(db(), person),
    )


def _alike(person: Person) -> list[likeness.Alike]:
    """Who may be the same person; for those who could merge them."""
    if not can("registration.edit") or person.state in likeness.LEFT:
        return []
    return likeness.who_is_like(db(), g.edition, likeness.known(person), person.id)


def _changed(person: Person, form: AskingPersonForm, answers: dict):
    try:
        services.change(db(), person, form.particulars)
        keep_answers(db(), g.edition, person, answers)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return None
    flash(_("Changed. A badge that is printed already still says what it said."), "good")
    return redirect(url_for("registration.person_detail", code=person.code))
