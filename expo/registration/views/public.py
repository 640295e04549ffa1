"""The public registration: which sorts there are, the form of one, the link mailed again."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.accounts import services as accounts
from expo.accounts.limits import network_of
from expo.errors import Refused
from expo.registration.forms.enrolling import TRAP, enrol_form
from expo.registration.forms.links import LinkForm
from expo.registration.models import PURPOSES, Invitation, Ticket
from expo.registration.prints import letters
from expo.registration.services import enrolling, give, inviting, linking, purposes
from expo.registration.services.asked import asked_for
from expo.registration.services.places import has_room, rooms
from expo.registration.services.settings import settings_of, stage_of
from expo.registration.views.blueprint import bp
from expo.web import _, db, public, refuse
from expo.web.language import language

ADDRESS = "/<edition>/register"


@bp.get(ADDRESS)
@public
def register_page():
    """The sorts of registration; those for the invited with a code that opens them."""
    settings = settings_of(db(), g.edition)
    tickets = enrolling.tickets(db(), g.edition)
    code = inviting.tidy_code(request.args.get("code", ""))
    invitation = inviting.open_code(db(), g.edition, code) if code else None
    if not settings.is_open and not tickets:
        abort(404)
    free = rooms(db(), g.edition)
    return render_template(
        "expo/registration/register.html",
        settings=settings,
        rows=[
            (ticket, stage_of(ticket), has_room(free, ticket.id) or _keeps(invitation, ticket))
            for ticket in tickets
            if _is_seen(ticket, invitation)
        ],
        code=code,
        invitation=invitation,
    )


def _keeps(invitation: Invitation | None, ticket: Ticket) -> bool:
    return bool(invitation and invitation.reserves and invitation.ticket_id == ticket.id)


def _is_seen(ticket: Ticket, invitation: Invitation | None) -> bool:
    """Whoever has a code sees what it opens; sorts for the invited are shown to nobody else."""
    if stage_of(ticket) == "off":
        return False
    if invitation and invitation.ticket_id not in (None, ticket.id):
        return False
    return bool(invitation) or not ticket.invitation_only


@bp.route(f"{ADDRESS}/<sort>", methods=["GET", "POST"])
@public
def register_form(sort: str):
    """The form of a sort. Sent, it ends on one's own page, under a secret beside the one that is mailed."""
    ticket = enrolling.ticket_by_code(db(), g.edition, sort) or abort(404)
    settings = settings_of(db(), g.edition)
    code = inviting.tidy_code(request.args.get("code", ""))
    invitation = inviting.open_code(db(), g.edition, code) if code else None
    stage = stage_of(ticket) if settings.is_open else "over"
    if stage == "off" or (ticket.invitation_only and not invitation):
        flash(_("That needs the code of an invitation: type it here."), "info")
        return redirect(url_for("registration.register_page"))
    form = enrol_form(asked_for(db(), g.edition, ticket.id))
    if stage == "open" and (answers := form.complete()) is not None:
        done = _sent(ticket, form, answers, code)
        if done:
            return done
    free = has_room(rooms(db(), g.edition), ticket.id) or _keeps(invitation, ticket)
    return render_template(
        "expo/registration/register_form.html",
        form=form, ticket=ticket, stage=stage, free=free, code=code,
        purposes=purposes.asked_purposes(db(), g.edition),
        agreed=set(request.form.getlist("consent")),
    )  # fmt: skip


def _sent(ticket: Ticket, form, answers: dict, code: str):
    """Register; None where it was refused, with the reason on the form."""
    if request.form.get(TRAP):  # a program: it may think that it was heard
        return redirect(url_for("registration.register_page"))
    try:
        accounts.count_try(db(), "registration.network", network_of(request.remote_addr))
        accounts.count_try(db(), "registration.address", (form.email.data or "").lower())
        db().commit()
        wanted = enrolling.Application(
            form.particulars(ticket.kind), answers, code, f"{ticket.id}:{form.once.data}"[:80]
        )
        person, is_new = enrolling.enrol(db(), g.edition, ticket, wanted)
        if is_new:
            agreed = [one for one in request.form.getlist("consent") if one in PURPOSES]
            give(db(), person, agreed, language=language())
            letters.tell(db(), g.edition, person)
        secret = linking.fresh_link(db(), person, is_mailed=False)
        letters.send(db(), g.edition)
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return None
    return redirect(url_for("registration.own_page", secret=secret))


@bp.route("/<edition>/registration", methods=["GET", "POST"])
@public
def registration_link():
    """Mail the links of one's registrations again; the answer is the same whoever asks."""
    form = LinkForm()
    if form.accepted():
        address = form.email.data.lower()
        try:
            accounts.count_try(db(), "mail.network", network_of(request.remote_addr))
            accounts.count_try(db(), "mail.account", address)
            db().commit()
            for person in linking.people_of_address(db(), g.edition, address):
                letters.write(db(), g.edition, person, "link")
            letters.send(db(), g.edition)
            db().commit()
            flash(_("If somebody registered with this address, the link is on its way to it."), "good")
            return redirect(url_for("registration.registration_link"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/registration/link_form.html", form=form)
