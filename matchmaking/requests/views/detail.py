"""One request: how it stands, both calendars, answers, messages."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.web import _, db, needs, refuse, telling
from matchmaking.requests import services
from matchmaking.requests.forms import MessageForm, ProposeForm, ReportForm
from matchmaking.requests.queries import inbox as queries
from matchmaking.requests.queries.parties import planned_with
from matchmaking.requests.sides import other
from matchmaking.requests.texts import LONGEST
from matchmaking.requests.views.blueprint import OWN, bp, cells, choices, once, own, shared, slots
from matchmaking.requests.wishes import read_wish

DONE = {
    "accept": lambda: _("It is agreed."),
    "must": lambda: _("It is agreed, and a must for you."),
    "withdraw": lambda: _("It is taken back."),
}


@bp.get(f"{OWN}/<int:number>")
@needs("requests.own")
def detail(number: int):
    """A request as one of its sides sees it; its messages are read now."""
    return _page(number)


def _page(number: int, **forms):
    party, found = own(number)
    row = queries.one(db(), party, number) or abort(404)
    days = cells(party, row.other_id)
    propose = forms.get("propose_form") or ProposeForm(formdata=None)
    propose.wish.choices = choices(days)[1:]  # any time is no proposal
    said_no = queries.said_no(db(), party, row.other_id)
    answer = render_template(
        "matchmaking/requests/detail.html",
        row=row,
        standing=row.standing(party.side),
        timed=planned_with(db(), party).get(row.other_id) if row.state == "agreed" else None,
        across_side=other(party.side),
        messages=[] if said_no else queries.messages(db(), number),
        said_no=said_no,
        days=days,
        propose_form=propose,
        message_form=forms.get("message_form") or MessageForm(formdata=None, once=once()),
        report_form=forms.get("report_form") or ReportForm(formdata=None),
        opened=next(iter(forms), ""),
        longest=LONGEST,
        **shared(party),
    )
    if request.method == "GET" and row.unread and not said_no:
        services.mark_read(db(), party, found)
        db().commit()
    return answer


@bp.post(f"{OWN}/<int:number>/<any(accept,must,withdraw):act>")
@needs("requests.own")
def decide(number: int, act: str):
    """Agree, or take back."""
    party, found = own(number)
    with telling():
        if act == "withdraw":
            services.withdraw(db(), g.edition, party, found)
        else:
            services.accept(db(), g.edition, party, found, must=act == "must")
        db().commit()
        flash(DONE[act](), "good")
    if request.form.get("back") == "inbox":
        return redirect(url_for("requests.inbox"))
    return redirect(url_for("requests.detail", number=number))


@bp.post(f"{OWN}/<int:number>/no")
@needs("requests.own")
def say_no(number: int):
    """Say no; nobody is told."""
    party, found = own(number)
    with telling(_("Noted: you will not meet. They are not told, and nobody else either.")):
        services.refuse(db(), g.edition, party, services.across(party, found))
        db().commit()
    return redirect(url_for("requests.inbox"))


@bp.post(f"{OWN}/<int:number>/propose")
@needs("requests.own")
def propose(number: int):
    """Answer with another time."""
    party, found = own(number)
    form = ProposeForm()
    form.wish.choices = []
    if form.accepted():
        try:
            services.propose(db(), g.edition, party, found, read_wish(form.wish.data or "", slots()))
            db().commit()
            flash(_("The time is proposed; they are to answer now."), "good")
            return redirect(url_for("requests.detail", number=number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(number, propose_form=form)


@bp.post(f"{OWN}/<int:number>/message")
@needs("requests.own")
def message(number: int):
    """Write to the other side."""
    party, found = own(number)
    form = MessageForm()
    if form.accepted():
        try:
            services.write(
                db(),
                g.edition,
                party,
                found,
                form.body.data or "",
                once=form.once.data or once(),
                user_id=current_user.id,
            )
            db().commit()
            flash(_("Your message is there."), "good")
            return redirect(url_for("requests.detail", number=number))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(number, message_form=form)


@bp.post(f"{OWN}/<int:number>/report")
@needs("requests.own")
def report(number: int):
    """Call the organiser because of what the other side wrote; with a no as well if wished for."""
    party, found = own(number)
    form = ReportForm()
    if form.accepted():
        try:
            services.report(db(), g.edition, party, found, form.words.data or "")
            if request.form.get("block"):
                services.refuse(db(), g.edition, party, services.across(party, found))
            db().commit()
            flash(
                _("The organiser is told and will read these messages. The other side is not told."), "good"
            )
            return redirect(url_for("requests.inbox"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _page(number, report_form=form)
