"""The organiser: profiles and how complete they are, invitations, lists made anew, tables of exports."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.errors import Refused
from expo.jobs import services as jobs
from expo.languages import pick, tidy
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.spreadsheets import Unreadable, read_table
from expo.web import _, db, leaf, needs, refuse, telling
from expo.web.language import language, speaking
from expo.web.security import site_address
from matchmaking.profiles import completeness, queries, services
from matchmaking.profiles.forms import ExportsForm, InviteForm
from matchmaking.profiles.views.blueprint import bp
from matchmaking.recommendations import queries as lists
from matchmaking.recommendations import services as recommendations
from matchmaking.recommendations.exports import read_exports
from matchmaking.recommendations.exposure import LENGTH, MOST, OFTEN, RARELY

ADDRESS = "/<edition>/console/profiles"
LARGEST = 8 << 20
ORDERS = {"code": False, "-code": True, "complete": False, "-complete": True}


@bp.get(ADDRESS)
@needs("meetings.run")
def console():
    """Who takes part, how complete each profile is, and how the lists share out what is seen."""
    rows = [_with_completeness(row) for row in queries.profile_rows(db(), g.edition)]
    asked = {name: request.args.get(name, "") for name in ("side", "only", "q")}
    found = [row for row in rows if _fits(row, asked)]
    order = request.args.get("sort", "complete")
    found.sort(key=lambda row: row["code"])
    found.sort(
        key=lambda row: row["complete"].percent if "complete" in order else row["code"],
        reverse=order.startswith("-"),
    )
    shown = leaf(len(found))
    return render_template(
        "matchmaking/profiles/console.html",
        rows=found[shown.offset :][: shown.size],
        total=len(found),
        leaf=shown,
        counts={side: _count(rows, side) for side in ("buyer", "exhibitor")},
        run=lists.latest_run(db(), g.edition),
        trade=recommendations.trade_of(db(), g.edition),
        exposure={"length": LENGTH, "most": MOST, "often": OFTEN, "rarely": RARELY},
    )


def _with_completeness(row: Mapping[str, Any]) -> dict[str, Any]:
    count = completeness.of_buyer if row["side"] == "buyer" else completeness.of_exhibitor
    return dict(row) | {"complete": count(row)}


def _fits(row: Mapping[str, Any], asked: Mapping[str, str]) -> bool:
    words = asked["q"].strip().casefold()
    only = {"closed": not row["open"], "thin": row["complete"].percent < 60, "empty": not row["things"]}
    return (
        asked["side"] in ("", row["side"])
        and only.get(asked["only"], True)
        and words in " ".join((row["code"], *row["name"].values())).casefold()
    )


def _count(rows: list[dict[str, Any]], side: str) -> dict[str, int]:
    mine = [row for row in rows if row["side"] == side]
    whole = sum(row["complete"].percent for row in mine)
    return {
        "all": len(mine),
        "open": sum(row["open"] for row in mine),
        "percent": whole // len(mine) if mine else 0,
    }


@bp.post(f"{ADDRESS}/lists")
@needs("meetings.run")
def remake():
    """Make all lists anew, as a job."""
    job, is_new = jobs.enqueue_once(
        db(), "recommendations.all", edition_id=g.edition.id, user_id=current_user.id
    )
    if not is_new:
        flash(_("That is under way already; here it is."), "info")
    db().commit()
    return redirect(url_for("jobs.job_detail", job_id=job.id))


@bp.route(f"{ADDRESS}/invite", methods=["GET", "POST"])
@needs("meetings.run")
def invite():
    """Invite a buyer by mail."""
    form = InviteForm(data={"spoken": language()})
    if form.accepted():
        contact = {
            "name": form.contact_name.data.strip(),
            "email": form.contact_email.data,
            "language": form.spoken.data,
        }
        given = {"name": tidy(form["name"].data), "country": form.country.data}
        try:
            services.invite(db(), g.edition, given, contact, _letter)
            outbox.send_soon(db(), smtp_of(current_app.extensions["expo_settings"]), g.edition.id)
            db().commit()
            flash(_("The buyer is on the list. The letter waits in the outbox for your approval."), "good")
            return redirect(url_for("profiles.console", q=pick(given["name"], "en")))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return render_template("matchmaking/profiles/invite.html", form=form)


def _letter(spoken: str, told: Mapping[str, Any]) -> tuple[str, str]:
    link = site_address() + url_for("profiles.start")
    with speaking(spoken):
        name = pick(g.edition.name, spoken)
        subject = _("Meet suppliers at %(edition)s", edition=name)
        lines = (
            _("Dear %(name)s,", name=told["name"]),
            _("%(who)s is invited to buy at %(edition)s.", who=told["organisation"], edition=name),
            _("Say what you look for, and you are told whom to meet, with the reasons."),
            link,
            _("Sign in, or sign up, with the address this letter was sent to."),
        )
    return subject, "\n\n".join(lines)


@bp.route(f"{ADDRESS}/exports", methods=["GET", "POST"])
@needs("meetings.run")
def exports():
    """A table of exports, from which what countries are strong in is reckoned."""
    form = ExportsForm()
    problems: list = []
    if form.accepted():
        found, problems = _read(form)
        if not problems:
            try:
                source, year = form.source.data or "", form.year.data
                count = recommendations.take_exports(db(), g.edition, found, source, year)
                jobs.enqueue_once(
                    db(), "recommendations.all", edition_id=g.edition.id, user_id=current_user.id
                )
                db().commit()
                flash(_("Rows taken over: %(count)s. All lists are made anew.", count=count), "good")
                return redirect(url_for("profiles.exports"))
            except Refused as refused:
                db().rollback()
                refuse(form, refused)
    trade = recommendations.trade_of(db(), g.edition)
    return render_template(
        "matchmaking/profiles/exports.html",
        form=form,
        problems=problems,
        trade=trade,
        strong=_strong(trade.index),
    )


def _read(form: ExportsForm):
    data = form.file.data.read(LARGEST + 1)
    if len(data) > LARGEST:
        return [], [(0, _("The file is larger than %(mb)s MB.", mb=LARGEST >> 20))]
    try:
        return read_exports(read_table(data, current_app.extensions["expo_settings"].max_rows))
    except Unreadable as fault:
        return [], [(fault.row or 0, fault.sentence)]


def _strong(index: Mapping[str, Mapping[str, float]]) -> list[tuple[str, list[tuple[str, float]]]]:
    """Countries by code with the five chapters they are strongest in."""
    return [
        (country, sorted(chapters.items(), key=lambda one: (-one[1], one[0]))[:5])
        for country, chapters in sorted(index.items())
    ]


@bp.post(f"{ADDRESS}/exports/drop")
@needs("meetings.run")
def drop_exports():
    """Forget the table; the edition's own offers count again."""
    with telling(_("The table is gone. What countries offer here counts instead.")):
        recommendations.drop_exports(db(), g.edition)
        jobs.enqueue_once(db(), "recommendations.all", edition_id=g.edition.id, user_id=current_user.id)
        db().commit()
    return redirect(url_for("profiles.exports"))
