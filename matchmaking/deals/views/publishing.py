"""Publications with their release in four languages, the public outcomes, the wall, the follow-up."""

import re
from datetime import date, datetime
from html import unescape

from flask import abort, current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask_login import current_user

from expo.clock import now
from expo.errors import Refused
from expo.languages import LANGUAGES, direction
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.web import _, db, leaf, needs, ngettext, public, telling
from expo.web.files import file_answer
from expo.web.language import language, speaking
from expo.web.security import site_address
from expo.words import say
from matchmaking.deals import queries, services
from matchmaking.deals.discretion import told_together
from matchmaking.deals.embargo import instant
from matchmaking.deals.prints.letters import write
from matchmaking.deals.stages import TYPES
from matchmaking.deals.views.blueprint import ADDRESS, PAGE, bp, names, short

MOST_LETTERS = 5_000
"""Deals whose parties are reminded at once; pressing the button again goes on."""


@bp.get(f"{ADDRESS}/publications")
@needs("deals.view")
def publication_list():
    """What was prepared and published, and the button that prepares the next."""
    return render_template(
        "matchmaking/deals/publications.html",
        publications=services.publications(db(), g.edition),
        settings=services.settings_of(db(), g.edition),
        **names(),
    )


@bp.post(f"{ADDRESS}/publications")
@needs("deals.publish")
def publication_new():
    """Freeze the figures of this moment."""
    number = None
    with telling(_("The figures are frozen. Somebody else approves them.")):
        row = services.prepare(db(), g.edition, current_user.id, _embargo())
        number = row.number
        db().commit()
    if number is None:
        return redirect(url_for("deals.publication_list"))
    return redirect(url_for("deals.publication", number=number))


@bp.post(f"{ADDRESS}/discretion")
@needs("deals.publish")
def discretion_set():
    """Settle from how many deals on a group is told apart."""
    typed = request.form.get("least", "").strip()
    with telling(_("Noted. It holds for figures that are frozen from now on.")):
        if not typed.isascii() or not typed.isdecimal() or len(typed) > 3:
            raise Refused(say("Choose a number of deals from 0 to 100."))
        services.settle(db(), g.edition, int(typed), request.form.get("reason", ""), current_user.id)
        db().commit()
    return redirect(url_for("deals.publication_list"))


def _embargo() -> datetime | None:
    """The instant typed as local time at the venue, if any. Refused where it is none."""
    typed = request.form.get("embargo", "").strip()
    return instant(typed, g.edition.zone_info) if typed else None


@bp.get(f"{ADDRESS}/publications/<int:number>")
@needs("deals.view")
def publication(number: int):
    """The release in four languages; every figure leads to the rows behind it."""
    row = services.publication(db(), g.edition, number) or abort(404)
    return render_template(
        "matchmaking/deals/publication.html",
        row=row,
        releases=[(code, direction(code), _release(row, code)) for code in LANGUAGES],
        mine=row.prepared_by == current_user.id,
        over=row.embargo_until is None or row.embargo_until <= now(),
        **names(),
    )


def _release(row, code: str) -> str:
    with speaking(code):
        return render_template(
            "matchmaking/deals/_release.html",
            row=row,
            figures=row.figures,
            order=TYPES,
            linked=True,
            **names(),
        )


@bp.get(f"{ADDRESS}/publications/<int:number>/<code>.txt")
@needs("deals.view")
def publication_text(number: int, code: str):
    """The release in one language as plain text, to be pasted into a mail."""
    row = services.publication(db(), g.edition, number) or abort(404)
    if code not in LANGUAGES:
        abort(404)
    blocks = re.split(r"</(?:h2|h3|p|li|ul)>", _release(row, code))
    lines = [" ".join(unescape(re.sub("<[^>]*>", "", block)).split()) for block in blocks]
    text = "\n\n".join(line for line in lines if line)
    return file_answer(text + "\n", "text/plain; charset=utf-8", f"release-{number}-{code}.txt")


@bp.post(f"{ADDRESS}/publications/<int:number>/approve")
@needs("deals.publish")
def publication_approve(number: int):
    """Approve what somebody else prepared."""
    row = services.publication(db(), g.edition, number) or abort(404)
    with telling(_("The figures are approved.")):
        services.approve(db(), g.edition, row, current_user.id)
        db().commit()
    return redirect(url_for("deals.publication", number=number))


@bp.get("/<edition>/outcomes")
@public
def outcomes():
    """The published outcomes, for everybody."""
    row = services.published(db(), g.edition)
    page = render_template(
        "matchmaking/deals/outcomes.html", row=row, figures=row.figures if row else {}, order=TYPES,
        linked=False, **names(),
    )  # fmt: skip
    return page, 200, {"Cache-Control": "no-store"}  # an embargo ends at an instant, in caches as well


@bp.get(f"{ADDRESS}/wall")
@needs("deals.view")
def wall():
    """The live totals for a projector."""
    return render_template("matchmaking/deals/wall.html", facts=_facts(), **names())


@bp.get(f"{ADDRESS}/wall.json")
@needs("deals.view")
def wall_json():
    """The same as data, asked for every few seconds."""
    return jsonify(_facts()), 200, {"Cache-Control": "no-store"}


def _facts() -> dict:
    """Totals by type, never one of all, and who signed last. A sum grows by several deals at once, as many as
    the edition tells together: whoever watches the wall learns what no single one was worth."""
    least = services.settings_of(db(), g.edition).least_deals
    found = queries.outcomes(db(), g.edition)
    return {
        "totals": [
            _total(type_, found[type_][0], found[type_][1], least) for type_ in TYPES if type_ in found
        ],
        "latest": queries.latest(db(), g.edition, language()),
    }


def _total(type_: str, count: int, minor: int, least: int) -> dict:
    told = told_together(count, least)
    minor = queries.without_latest(db(), g.edition, type_, minor, count - told) if told else 0
    if told == count:
        note = ""
    elif told:
        note = ngettext("sum of the first %(num)s", "sum of the first %(num)s", told)
    else:
        note = ngettext("the sum follows from %(num)s on", "the sum follows from %(num)s on", least)
    return {
        "type": type_,
        "name": names()["types"][type_],
        "count": count,
        "counted": ngettext("%(num)s outcome", "%(num)s outcomes", count),
        "sum": short(minor) if minor else "",
        "note": note,
    }


@bp.get(f"{ADDRESS}/follow-up")
@needs("deals.view")
def follow_up():
    """What is due or late after the show, and who was reminded."""
    count, unreminded = services.due_count(db(), g.edition, _today())
    shown = leaf(count, PAGE)
    return render_template(
        "matchmaking/deals/follow_up.html",
        due=services.due(db(), g.edition, _today(), limit=PAGE, offset=shown.offset),
        count=count,
        unreminded=unreminded,
        page=shown.page,
        pages=shown.pages,
        recent=services.recently(db(), g.edition, 20),
        kinds={"delivery": _("Delivery"), "payment": _("Payment"), "decision": _("Decision")},
        **names(),
    )


def _today() -> date:
    return now().astimezone(g.edition.zone_info).date()


@bp.post(f"{ADDRESS}/follow-up")
@needs("deals.record")
def follow_up_remind():
    """Write to the parties of what is due; nobody is written to twice about the same date."""
    count = 0
    with telling():
        items = services.due(db(), g.edition, _today(), unreminded=True, limit=MOST_LETTERS)
        count = write(db(), g.edition, items, site_address(), current_user.id)
        if count:
            outbox.send_soon(db(), smtp_of(current_app.extensions["expo_settings"]), g.edition.id)
        db().commit()
        flash(_("Reminders put into the outbox: %(count)s.", count=count), "good")
    return redirect(url_for("deals.follow_up"))
