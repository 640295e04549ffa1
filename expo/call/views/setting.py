"""The call set up: period, texts, criteria, and which forums each reviewer sees."""

from datetime import datetime

from flask import flash, g, redirect, render_template, request, url_for

from expo.call.forms import CallForm, criterion_rows
from expo.call.services import settings
from expo.call.views.blueprint import CONSOLE, bp, forum_choices
from expo.errors import Refused
from expo.languages import tidy
from expo.web import _, db, needs, refuse, telling


@bp.route(f"{CONSOLE}/call", methods=["GET", "POST"])
@needs("programme.edit")
def call_settings():
    """When the call is open, what it asks for, how proposals are judged."""
    call = settings.call_of(db(), g.edition)
    criteria = settings.criteria_of(db(), g.edition)
    usual = [{"weight": weight, "best": 5} | name for name, weight in settings.USUAL]
    data = {name: getattr(call, name) for name in settings.FIELDS} | {
        "opens_at": _local(call.opens_at),
        "closes_at": _local(call.closes_at),
        "lengths": "; ".join(map(str, call.lengths)),
        "most_speakers": call.most_speakers,
        "criteria": criterion_rows(criteria) if criteria else [*usual, {}, {}],
    }
    form = CallForm(data=data, forums=forum_choices())
    if form.accepted() and _saved(form):
        flash(_("Saved."), "good")
        return redirect(url_for("call.call_settings"))
    return render_template(
        "expo/call/settings.html",
        form=form,
        stage=settings.stage_of(call),
        reviewers=settings.reviewers(db(), g.edition),
        forums=forum_choices(),
    )


def _local(instant: datetime | None) -> datetime | None:
    return instant.astimezone(g.edition.zone_info).replace(tzinfo=None) if instant else None


def _instant(local: datetime | None) -> datetime | None:
    return local.replace(tzinfo=g.edition.zone_info) if local else None


def _saved(form: CallForm) -> bool:
    plain = ("forums", "kinds", "languages", "is_anonymous", "reviews_wanted", "most_speakers")
    values = {name: form[name].data for name in plain} | {
        "opens_at": _instant(form.opens_at.data),
        "closes_at": _instant(form.closes_at.data),
        "text": tidy(form.text.data),
        "lengths": form.minutes(),
    }
    try:
        settings.save_call(db(), g.edition, values)
        rows = [row for entry in form.criteria if (row := entry.form.row())]
        settings.save_criteria(db(), g.edition, _known(rows))
        db().commit()
    except Refused as refused:
        db().rollback()
        refuse(form, refused)
        return False
    return True


def _known(rows: list[dict]) -> list[dict]:
    """The first time, the usual criteria are there already under numbers the form did not know."""
    there = settings.criteria_of(db(), g.edition)
    if there and all(row["id"] is None for row in rows):
        for row, one in zip(rows, there, strict=False):
            row["id"] = one.id if row["best"] == one.best else None
    return rows


@bp.post(f"{CONSOLE}/reviewers")
@needs("programme.edit")
def reviewer_forums():
    """Keep which forums each reviewer sees."""
    known = [user.id for user, _forums in settings.reviewers(db(), g.edition) if user.id]
    with telling(_("Saved.")):
        wanted = {number: request.form.getlist(f"forums-{number}") for number in known}
        settings.save_reviewer_forums(db(), g.edition, wanted)
        db().commit()
    return redirect(url_for("call.call_settings") + "#reviewers")
