"""The console's pages of registration: sorts with live counts, quotas, and whether it is open."""

from flask import abort, flash, g, redirect, render_template, url_for

from expo.errors import Refused
from expo.languages import tidy
from expo.registration import queries
from expo.registration.forms.console import QuotaForm, SettingsForm, TicketForm
from expo.registration.kinds import NAMES
from expo.registration.models import Quota, Ticket
from expo.registration.prints import letters
from expo.registration.services import enrolling, settings, sorts, starting, waiting
from expo.registration.services.places import quotas_of
from expo.registration.views.blueprint import CONSOLE, bp, instant, local, ticket_choices
from expo.web import _, db, needs, ngettext, refuse, telling


@bp.get(CONSOLE)
@needs("registration.view")
def sort_list():
    """The sorts, how full each is, and what several share."""
    tickets = enrolling.tickets(db(), g.edition)
    return render_template(
        "expo/registration/sort_list.html",
        tickets=tickets,
        names={ticket.id: ticket.name for ticket in tickets},
        stages={ticket.id: settings.stage_of(ticket) for ticket in tickets},
        states=queries.states_by_ticket(db(), g.edition),
        quotas=quotas_of(db(), g.edition),
        settings=settings.settings_of(db(), g.edition),
        kinds=NAMES,
    )


@bp.post(f"{CONSOLE}/start")
@needs("registration.manage")
def sort_start():
    """The sorts that most begin with, for an edition that has none."""
    with telling():
        made, joined = starting.start_set(db(), g.edition)
        db().commit()
        flash(_("%(count)s sorts are made; change them as you need.", count=made), "good")
        if joined:
            there = ngettext(
                "%(num)s person who is there belongs to one of them.",
                "%(num)s people who are there belong to one of them.",
                joined,
            )
            flash(there, "info")
    return redirect(url_for("registration.sort_list"))


@bp.route(f"{CONSOLE}/settings", methods=["GET", "POST"])
@needs("registration.manage")
def registration_settings():
    """Whether the public registers, what the page says, how long offers stand."""
    kept = settings.settings_of(db(), g.edition)
    form = SettingsForm(data={name: getattr(kept, name) for name in settings.FIELDS})
    if form.accepted():
        values = {"is_open": form.is_open.data, "offer_hours": form.offer_hours.data}
        settings.save_settings(db(), g.edition, values | {"text": tidy(form.text.data)})
        db().commit()
        flash(_("Saved."), "good")
        return redirect(url_for("registration.sort_list"))
    return render_template("expo/registration/settings.html", form=form)


@bp.route(f"{CONSOLE}/sorts/new", methods=["GET", "POST"], defaults={"sort": ""})
@bp.route(f"{CONSOLE}/sorts/<sort>", methods=["GET", "POST"])
@needs("registration.manage")
def sort_form(sort: str):
    """A sort of registration: made or changed. More places go to those who wait at once."""
    ticket = (enrolling.ticket_by_code(db(), g.edition, sort) or abort(404)) if sort else None
    form = TicketForm(data=_data(ticket))
    if form.accepted():
        try:
            kept = sorts.save_ticket(db(), g.edition, ticket, _values(form))
            _offer()
            db().commit()
            flash(_("Saved: %(name)s.", name=kept.code), "good")
            return redirect(url_for("registration.sort_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/registration/sort_form.html", form=form, ticket=ticket)


def _data(ticket: Ticket | None) -> dict:
    if ticket is None:
        return {"kind": "visitor", "keeps_list": True, "one_per_email": True, "is_offered": True}
    values = {name: getattr(ticket, name) for name in sorts.FIELDS}
    return values | {"opens_at": local(ticket.opens_at), "closes_at": local(ticket.closes_at)}


def _values(form: TicketForm) -> dict:
    plain = (
        "kind", "places", "needs_approval", "invitation_only", "one_per_email", "keeps_list", "is_offered"
    )  # fmt: skip
    return {name: form[name].data for name in plain} | {
        "name": tidy(form["name"].data),
        "text": tidy(form.text.data),
        "opens_at": instant(form.opens_at.data),
        "closes_at": instant(form.closes_at.data),
    }


def _offer() -> None:
    """Offer what is free now to those who wait."""
    for person in waiting.offer_places(db(), g.edition):
        letters.tell(db(), g.edition, person)
    letters.send(db(), g.edition)


@bp.post(f"{CONSOLE}/sorts/<sort>/<any(up,down,remove):act>")
@needs("registration.manage")
def sort_act(sort: str, act: str):
    """Move a sort up or down, or delete one that nobody registered for."""
    ticket = enrolling.ticket_by_code(db(), g.edition, sort) or abort(404)
    with telling(_("Deleted.") if act == "remove" else None):
        if act == "remove":
            sorts.remove_ticket(db(), g.edition, ticket)
        else:
            codes = [one.code for one in enrolling.tickets(db(), g.edition)]
            at = codes.index(sort)
            to = max(0, min(len(codes) - 1, at + (1 if act == "down" else -1)))
            codes.insert(to, codes.pop(at))
            sorts.order(db(), g.edition, codes)
        db().commit()
    return redirect(url_for("registration.sort_list"))


@bp.route(f"{CONSOLE}/quotas/new", methods=["GET", "POST"], defaults={"code": ""})
@bp.route(f"{CONSOLE}/quotas/<code>", methods=["GET", "POST"])
@needs("registration.manage")
def quota_form(code: str):
    """A limit over several sorts: made or changed."""
    quota = (sorts.quota_by_code(db(), g.edition, code) or abort(404)) if code else None
    form = QuotaForm(data=_quota_data(quota), tickets=ticket_choices())
    if form.accepted():
        try:
            chosen = form.tickets.data or []
            sorts.save_quota(db(), g.edition, quota, form["name"].data, form.places.data, chosen)
            _offer()
            db().commit()
            flash(_("Saved."), "good")
            return redirect(url_for("registration.sort_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("expo/registration/quota_form.html", form=form, quota=quota)


def _quota_data(quota: Quota | None) -> dict:
    if quota is None:
        return {}
    tickets = next(ids for one, ids in quotas_of(db(), g.edition) if one.id == quota.id)
    return {"name": quota.name, "places": quota.places, "tickets": tickets}


@bp.post(f"{CONSOLE}/quotas/<code>/remove")
@needs("registration.manage")
def quota_remove(code: str):
    """Count these sorts together no more."""
    quota = sorts.quota_by_code(db(), g.edition, code) or abort(404)
    with telling(_("Deleted.")):
        sorts.remove_quota(db(), g.edition, quota)
        _offer()
        db().commit()
    return redirect(url_for("registration.sort_list"))
