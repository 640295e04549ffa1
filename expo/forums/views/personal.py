"""The own page of somebody on stage, opened by a personal link without an account."""

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from expo.accounts import services as accounts
from expo.accounts.limits import network_of
from expo.errors import Refused, Throttled
from expo.forums import queries, services
from expo.forums.forms.content import OwnForm, WithdrawForm
from expo.forums.forms.rows import spans, with_empty
from expo.forums.invitations import withdrawal
from expo.forums.models import Speaker, Talk
from expo.forums.services import answering, people
from expo.forums.services.presence import presence_of
from expo.forums.views.blueprint import bp
from expo.forums.views.people import write_links
from expo.forums.wording import ROLE_NAMES, STATE_NAMES, STATE_TONES
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.web import _, db, public, refuse, telling, words
from expo.web.language import in_language
from expo.web.security import site_address

OWN = "/<edition>/on-stage/<token>"


def _owner(token: str) -> Speaker:
    found = answering.owner_of(db(), g.edition, token)
    if found is None:
        abort(404)
    db().info["actor"] = f"on stage: {found[0].code}"
    return found[0]


@bp.route(OWN, methods=["GET", "POST"])
@public
def own_page(token: str):
    """Own talks to say yes or no to, and what the programme says about oneself."""
    found = answering.owner_of(db(), g.edition, token)
    if found is None:
        known = answering.asked_again(db(), g.edition, token) is not None
        return render_template("expo/forums/own_gone.html", token=token, known=known), 404
    person = _owner(token)
    free = [row._asdict() for row in presence_of(db(), g.edition, person)]
    values = {name: getattr(person, name) for name in people.OWN}
    known = queries.spoken_languages(db(), g.edition)
    form = OwnForm(data=values | {"free": with_empty(free)}, known=known)
    if form.accepted():
        try:
            people.save_own(db(), g.edition, person, form.values(), spans(form.free))
            db().commit()
            flash(_("Saved. Thank you."), "good")
            return redirect(url_for("forums.own_page", token=token))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    released = services.programme(db(), g.edition)
    return render_template(
        "expo/forums/own_page.html",
        person=person,
        token=token,
        form=form,
        link=found[1],
        talks=answering.own_talks(db(), person),
        places={item.code: item for item in released.items} if released else {},
        withdraw=WithdrawForm(formdata=None),
        roles=ROLE_NAMES,
        states=STATE_NAMES,
        tones=STATE_TONES,
    )


@bp.post(f"{OWN}/<code>/confirm")
@public
def own_confirm(token: str, code: str):
    """Say yes to a talk."""
    person = _owner(token)
    with telling():
        answering.confirm(db(), person, code)
        db().commit()
        flash(_("Thank you. We count on you."), "good")
    return redirect(url_for("forums.own_page", token=token))


@bp.post(f"{OWN}/<code>/withdraw")
@public
def own_withdraw(token: str, code: str):
    """Take one's part in a talk back."""
    person = _owner(token)
    form = WithdrawForm()
    if not form.accepted():
        abort(400)
    with telling():
        reason = (form.reason.data or "").strip()
        talk = answering.withdraw(db(), g.edition, person, code, reason)
        answering.tell_organisers(db(), g.edition, lambda spoken: _withdrawn(person, talk, reason, spoken))
        outbox.send_soon(db(), smtp_of(current_app.extensions["expo_settings"]), g.edition.id)
        db().commit()
        flash(_("You are no longer part of that talk; the organiser knows."), "good")
    return redirect(url_for("forums.own_page", token=token))


def _withdrawn(person: Speaker, talk: Talk, reason: str, spoken: str) -> tuple[str, str]:
    values = {
        "name": pick(person.name, spoken),
        "title": pick(talk.title, spoken) or talk.code,
        "edition": pick(g.edition.name, spoken),
        "link": f"{site_address()}{url_for('forums.talk_page', code=talk.code)}",
    }
    subject, body = withdrawal(values, reason, talk.state == "withdrawn")
    return in_language(subject, spoken), in_language(body, spoken)


@bp.post(f"{OWN}/renew")
@public
def own_renew(token: str):
    """Mail a new link to the address we know, to nobody else; the answer is the same for every token."""
    try:
        accounts.count_try(db(), "mail.network", network_of(request.remote_addr))
        db().commit()
        person = answering.asked_again(db(), g.edition, token)
        if person is not None and person.email:
            accounts.count_try(db(), "mail.account", person.email)
            write_links([person])
        flash(_("If this was your link, a new one is on its way to your address."), "good")
    except Throttled as throttled:
        db().rollback()
        flash(words(throttled.sentence), "bad")
    return redirect(url_for("forums.own_page", token=token))
