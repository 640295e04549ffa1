"""People on stage in the console: the list, one of them, their personal links."""

from datetime import datetime

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.forums import queries
from expo.forums.forms.content import PersonForm
from expo.forums.forms.rows import spans, with_empty
from expo.forums.invitations import invitation
from expo.forums.models import Speaker
from expo.forums.queries import PeopleFilter
from expo.forums.services import answering, people
from expo.forums.services.refusals import seal
from expo.forums.views.blueprint import CONTENT, bp
from expo.forums.wording import ROLE_NAMES, STATE_NAMES, STATE_TONES
from expo.languages import isolated, pick
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.web import _, db, leaf, needs, ngettext, refuse, telling
from expo.web.language import as_datetime, in_language, speaking
from expo.web.security import site_address

MOST_LETTERS = 1000


def _asked() -> PeopleFilter:
    role, answer = request.args.get("role", ""), request.args.get("answer", "")
    return PeopleFilter(
        words=request.args.get("q", "").strip()[:100],
        role=role if role in (*ROLE_NAMES, "none") else "",
        answer="open" if answer == "open" else "",
    )


@bp.get(f"{CONTENT}/people")
@needs("programme.edit")
def people_list():
    """Everybody on stage, with their parts and open answers."""
    wanted = _asked()
    total = queries.people_count(db(), g.edition, wanted)
    shown = leaf(total, 50)
    return render_template(
        "expo/forums/people_list.html",
        people=queries.people(db(), g.edition, wanted, shown.page),
        open_answers=queries.people_count(db(), g.edition, PeopleFilter(answer="open")),
        total=total,
        roles=ROLE_NAMES,
        page=shown.page,
        pages=shown.pages,
    )


@bp.route(f"{CONTENT}/people/new", methods=["GET", "POST"])
@needs("programme.edit")
def person_new():
    """Somebody who was not on the list yet."""
    form = PersonForm(data={"free": with_empty([]), "language": "en"}, **_known())
    if form.accepted() and (person := _saved(form, None)):
        flash(_("On the list as %(code)s.", code=person.code), "good")
        return redirect(url_for("forums.people_list"))
    return render_template("expo/forums/person_form.html", form=form, person=None)


@bp.route(f"{CONTENT}/people/<code>", methods=["GET", "POST"])
@needs("programme.edit")
def person_edit(code: str):
    """Somebody on stage: what is known, the talks, the personal link."""
    person = _person(code)
    values = people.person_values(db(), g.edition, person)
    form = PersonForm(data=values | {"free": with_empty(values["free"]), "seen": seal(values)}, **_known())
    if form.accepted() and _saved(form, person):
        flash(_("Saved."), "good")
        return redirect(url_for("forums.person_edit", code=code))
    return render_template(
        "expo/forums/person_form.html",
        form=form,
        person=person,
        talks=queries.person_talks(db(), person),
        roles=ROLE_NAMES,
        states=STATE_NAMES,
        tones=STATE_TONES,
        worries=[
            one for one in queries.worried_of(db(), g.edition) if (one.about, one.code) == ("person", code)
        ],
    )


def _known() -> dict:
    return {"known": queries.spoken_languages(db(), g.edition)}


def _person(code: str) -> Speaker:
    return queries.person_by_code(db(), g.edition, code) or abort(404)


def _saved(form: PersonForm, person: Speaker | None) -> Speaker | None:
    try:
        person = people.save_person(
            db(), g.edition, person, form.values(), spans(form.free), form.seen.data or ""
        )
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return None
    return person


@bp.post(f"{CONTENT}/people/<code>/delete")
@needs("programme.edit")
def person_delete(code: str):
    """Take somebody off the list."""
    person = _person(code)
    with telling():
        people.delete_person(db(), person)
        db().commit()
        flash(_("Off the list."), "good")
        return redirect(url_for("forums.people_list"))
    return redirect(url_for("forums.person_edit", code=code))


@bp.post(f"{CONTENT}/people/<code>/link")
@needs("programme.edit")
def person_link(code: str):
    """Mail somebody a new personal link."""
    person = _person(code)
    with telling():
        if not person.email:
            flash(_("There is no e-mail address to write to."), "bad")
        else:
            write_links([person])
            flash(_("A new link is in the outbox; older ones open nothing any more."), "good")
    return redirect(url_for("forums.person_edit", code=code))


@bp.post(f"{CONTENT}/people/links")
@needs("programme.edit")
def people_links():
    """Mail their links to all whose answer is open."""
    with telling():
        found = queries.unanswered(db(), g.edition, MOST_LETTERS)
        written, unreachable = write_links(found)
        flash(
            ngettext("%(num)s letter is in the outbox.", "%(num)s letters are in the outbox.", written),
            "good",
        )
        if unreachable:
            flash(ngettext("%(num)s has no address.", "%(num)s have no address.", unreachable), "bad")
    return redirect(url_for("forums.people_list"))


def write_links(found: list[Speaker]) -> tuple[int, int]:
    """Put letters with fresh personal links into the outbox and commit: (written, without an address)."""
    counts = answering.invite(db(), g.edition, found, _letter)
    settings = current_app.extensions["expo_settings"]
    outbox.send_soon(db(), smtp_of(settings), g.edition.id)
    db().commit()
    return counts


def _letter(person: Speaker, token: str, until: datetime) -> tuple[str, str]:
    code = person.language
    with speaking(code):
        told_until = as_datetime(until)
    subject, body = invitation(
        {
            "name": pick(person.name, code),
            "edition": pick(g.edition.name, code),
            "link": f"{site_address()}{url_for('forums.own_page', token=token)}",
            "until": isolated(told_until, code),
        }
    )
    return in_language(subject, code), in_language(body, code)
