"""After a meeting: how it was, for the organiser alone; meeting again where both want it."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_login import current_user
from sqlmodel import select

from expo.errors import Refused
from expo.money import to_major, to_minor
from expo.web import _, db, needs, refuse
from expo.web.language import as_datetime
from matchmaking.onsite import services
from matchmaking.onsite.forms import AfterForm
from matchmaking.onsite.models import MeetingFeedback
from matchmaking.onsite.queries import agendas
from matchmaking.onsite.services.after import Said, say_how_it_was
from matchmaking.onsite.views.blueprint import OWN, bp, key_of, whose
from matchmaking.requests.sides import other
from matchmaking.requests.views.blueprint import me

CURRENCIES = ("CNY", "USD", "EUR", "RUB", "KZT", "UZS", "KGS", "PKR")


@bp.route(f"{OWN}/<int:number>/after", methods=["GET", "POST"])
@needs("requests.own")
def after(number: int):
    """Say how a meeting was, once or again."""
    party = me()
    found = agendas.lines(db(), g.edition, party=key_of(party), number=number) if number < 2**31 else []
    if not found or found[0].state != "held":
        abort(404)
    form = AfterForm(data=_known(number, party.side))
    form.currency.choices = [(code, code) for code in dict.fromkeys((g.edition.currency, *CURRENCIES))]
    if form.accepted():
        try:
            meeting = services.meeting_of(db(), g.edition, number, key_of(party)) or abort(404)
            again = say_how_it_was(db(), g.edition, meeting, party.side, _typed(form), current_user.id)
            told = _again(again) if form.again.data else _("Thank you. Only the organiser reads this.")
            db().commit()
            flash(told, "good")
            return redirect(url_for("onsite.own_day", **whose(party)))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
        except ValueError:
            form.expected.errors = [_("Write no more decimals than the currency has.")]
    return render_template(
        "matchmaking/onsite/after.html",
        form=form,
        line=found[0],
        them=found[0].seats[other(party.side)],
        me=party,
        whose=whose(party),
    )


def _again(meeting) -> str:
    if meeting is None:
        return _("Thank you. As soon as they want it as well and a time is free, you meet again.")
    return _("You meet again: %(when)s, table %(table)s.", when=as_datetime(meeting.starts_at),
             table=meeting.table_number)  # fmt: skip


def _known(number: int, side: str) -> dict:
    query = select(MeetingFeedback).where(MeetingFeedback.meeting_id == number, MeetingFeedback.side == side)
    row = db().exec(query).first()
    if row is None:
        return {"currency": g.edition.currency}
    sum_ = None if row.expected_minor is None else to_major(row.expected_minor, row.currency)
    return {
        "rating": str(row.rating), "follow_up": row.follow_up, "again": row.again, "words": row.words,
        "expected": sum_, "currency": row.currency or g.edition.currency,
    }  # fmt: skip


def _typed(form: AfterForm) -> Said:
    amount, currency = form.expected.data, form.currency.data or ""
    return Said(
        rating=int(form.rating.data),
        follow_up=bool(form.follow_up.data),
        again=bool(form.again.data),
        expected_minor=None if amount is None else to_minor(amount, currency),
        currency="" if amount is None else currency,
        words=(form.words.data or "").strip(),
    )
