"""Letters to those the stand met: written, looked at as they will go out, sent."""

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from sqlmodel import select

from expo.allocation.models import Allotment
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.venue.models import Stand
from expo.web import _, db, needs, refuse, telling, words
from expo.web.language import speaking
from matchmaking.leads import queries, services
from matchmaking.leads.forms import LetterForm
from matchmaking.leads.letters import foot
from matchmaking.leads.models import LeadLetter
from matchmaking.leads.services.writing import Sending, drafts
from matchmaking.leads.views.blueprint import OWN, bp, exhibitor
from matchmaking.leads.views.listing import asked
from matchmaking.leads.views.stopping import stop_at_once_link, stop_link


@bp.get(f"{OWN}/letters")
@needs("leads.own")
def letter_list():
    """The exhibitor's letters, with how many people got each."""
    return render_template(
        "matchmaking/leads/letter_list.html", letters=queries.letters_of(db(), exhibitor().id)
    )


@bp.route(f"{OWN}/letters/new", methods=["GET", "POST"])
@needs("leads.own")
def letter_new():
    """Write a letter."""
    return _write(None)


@bp.route(f"{OWN}/letters/<int:letter_id>/edit", methods=["GET", "POST"])
@needs("leads.own")
def letter_edit(letter_id: int):
    """Write a letter anew that nobody got."""
    return _write(_letter(letter_id))


@bp.post(f"{OWN}/letters/<int:letter_id>/delete")
@needs("leads.own")
def letter_delete(letter_id: int):
    """Delete a letter that nobody got."""
    letter = _letter(letter_id)
    with telling(_("The letter is deleted.")):
        services.delete_letter(db(), letter)
        db().commit()
    return redirect(url_for("leads.letter_list"))


def _letter(letter_id: int) -> LeadLetter:
    query = select(LeadLetter).where(LeadLetter.id == letter_id, LeadLetter.exhibitor_id == exhibitor().id)
    return db().exec(query).one_or_none() or abort(404)


def _write(letter: LeadLetter | None):
    form = LetterForm(obj=letter)
    if form.accepted():
        try:
            found = services.save_letter(
                db(), exhibitor(), letter, form["name"].data, form.subject.data, form.body.data
            )
            db().commit()
            return redirect(url_for("leads.letter_send", letter_id=found.id))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("matchmaking/leads/letter_edit.html", form=form, is_new=letter is None)


@bp.route(f"{OWN}/letters/<int:letter_id>/send", methods=["GET", "POST"])
@needs("leads.own")
def letter_send(letter_id: int):
    """Who would get it, as it will read in their languages; then send it. The filter is the list's."""
    letter, mine = _letter(letter_id), exhibitor()
    chosen = [row.id for row in queries.leads(db(), g.edition, mine.id, asked(), limit=None)]
    answer_to = _answer_to(mine)
    ready = _drafts(mine, letter, chosen, answer_to)
    if request.method == "POST":
        try:
            count = services.send(db(), g.edition, mine, letter, ready, answer_to)
            outbox.send_soon(db(), smtp_of(current_app.extensions["expo_settings"]), g.edition.id)
            db().commit()
            flash(_("%(count)s letters are on their way.", count=count), "good")
            return redirect(url_for("leads.letter_list"))
        except Refused as refused:
            db().rollback()
            flash(words(refused.sentence), "bad")
    by_language: dict[str, Sending] = {}
    for one in ready:
        by_language.setdefault(one.language, one)
    return render_template(
        "matchmaking/leads/letter_send.html",
        letter=_letter(letter_id),
        count=len(ready),
        chosen=len(chosen),
        samples=list(by_language.values()),
    )


def _answer_to(mine: Exhibitor) -> str:
    """Whom visitors answer: the exhibitor's own address."""
    return mine.contact_email or db().get_one(Organisation, mine.organisation_id).email


def _drafts(mine: Exhibitor, letter: LeadLetter, chosen: list[int], answer_to: str) -> list[Sending]:
    organisation = db().get_one(Organisation, mine.organisation_id)
    stands = (
        db()
        .exec(
            select(Stand.code)
            .join(Allotment, Allotment.stand_id == Stand.id)
            .where(Allotment.exhibitor_id == mine.id)
            .order_by(Stand.code)
        )
        .all()
    )

    def values(code: str) -> dict[str, str]:
        products = [pick(one.name, code) for one in queries.products_of(db(), mine.id)[:5]]
        return {
            "exhibitor": pick(organisation.name, code),
            "stand": ", ".join(stands) or "–",
            "products": ", ".join(products),
            "staff": mine.contact_name,
        }

    told = {code: values(code) for code in letter.subject}

    def close(lead_id: int, code: str) -> str:
        with speaking(code):
            event = pick(g.edition.name, code)
            return words(foot(told[code]["exhibitor"], event, answer_to, stop_link(lead_id, code)))

    return drafts(db(), mine, letter, chosen, told, close, stop_at_once_link)
