"""The console's pages of invitation codes."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.errors import Refused
from expo.languages import pick
from expo.registration.forms.console import CodesForm
from expo.registration.models import Invitation
from expo.registration.prints import letters
from expo.registration.services import enrolling, inviting, waiting
from expo.registration.views.blueprint import CONSOLE, bp, instant, ticket_choices
from expo.spreadsheets import csv_bytes
from expo.web import _, db, leaf, needs, ngettext, refuse, telling
from expo.web.files import file_answer
from expo.web.language import as_datetime, language
from expo.web.security import site_address

ADDRESS = f"{CONSOLE}/codes"


@bp.get(ADDRESS)
@needs("registration.view")
def code_list():
    """The codes, the newest first, and how often each was used."""
    words = request.args.get("q", "").strip()[:60]
    total, _rows = inviting.invitations(db(), g.edition, words, 1)
    shown = leaf(total, inviting.PAGE)
    return render_template(
        "expo/registration/code_list.html",
        codes=inviting.invitations(db(), g.edition, words, shown.page)[1] if shown.page > 1 else _rows,
        tickets=dict(ticket_choices()),
        total=total,
        page=shown.page,
        pages=shown.pages,
    )


@bp.route(f"{ADDRESS}/new", methods=["GET", "POST"])
@needs("registration.manage")
def code_new():
    """One code, or a batch of them."""
    form = CodesForm(tickets=ticket_choices())
    if form.accepted():
        try:
            made = inviting.make(db(), g.edition, _values(form), form.count.data or 1)
            db().commit()
            flash(ngettext("%(num)s code is made.", "%(num)s codes are made.", len(made)), "good")
            return redirect(url_for("registration.code_list", q=form.note.data or None))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/registration/code_form.html", form=form)


def _values(form: CodesForm) -> dict:
    plain = ("code", "uses", "reserves", "skips_approval", "note")
    return {name: form[name].data for name in plain} | {
        "ticket_id": form.ticket.data or None,
        "expires_at": instant(form.expires_at.data),
    }


@bp.post(f"{ADDRESS}/<code>/close")
@needs("registration.manage")
def code_close(code: str):
    """Let nobody use a code any more; places it kept go to those who wait."""
    invitation = inviting.invitation_by_code(db(), g.edition, code) or abort(404)
    with telling(_("Closed: nobody registers with it any more.")):
        inviting.close(db(), g.edition, invitation)
        for person in waiting.offer_places(db(), g.edition):
            letters.tell(db(), g.edition, person)
        letters.send(db(), g.edition)
        db().commit()
    return redirect(url_for("registration.code_list", q=request.args.get("q") or None))


@bp.get(f"{ADDRESS}.csv")
@needs("registration.view")
def code_file():
    """The codes of this page's search with the address each opens, to be mailed by whoever invites."""
    words = request.args.get("q", "").strip()[:60]
    tickets = {one.id: pick(one.name, language()) for one in enrolling.tickets(db(), g.edition)}
    rows: list[list] = [
        [_("Code"), _("Address"), _("Opens"), _("Uses"), _("Used"), _("Keeps places"), _("Good until"),
         _("Closed"), _("Note")]
    ]  # fmt: skip
    rows += [_row(one, tickets) for one in inviting.invitations(db(), g.edition, words, None)[1]]
    return file_answer(csv_bytes(rows, bom=True), "text/csv", "codes.csv")


def _row(one: Invitation, tickets: dict) -> list:
    address = site_address() + url_for("registration.register_page", code=one.code)
    return [
        one.code, address, tickets.get(one.ticket_id, ""), one.uses, one.used,
        _("Yes") if one.reserves else _("No"),
        as_datetime(one.expires_at) if one.expires_at else "",
        as_datetime(one.closed_at) if one.closed_at else "", one.note,
    ]  # fmt: skip
