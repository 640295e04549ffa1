"""The agenda of meetings: the organiser's figures and plans, everybody's own page, paper."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flask import (
    abort,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from expo.jobs import services as jobs
from expo.web import _, db, leaf, needs
from expo.web.language import as_time
from matchmaking.meetings import queries, services
from matchmaking.meetings.forms import RunForm
from matchmaking.meetings.queries import PartyRow, mending
from matchmaking.meetings.views.blueprint import ADDRESS, bp
from matchmaking.meetings.views.lines import days as days_of
from matchmaking.meetings.views.lines import lines
from matchmaking.meetings.wording import unmet
from matchmaking.phases import services as phases
from matchmaking.requests.grid import SlotTime

PAGE = 50
TONES = {"planned": "info", "held": "good", "no_show": "bad", "cancelled": "off"}


def _states() -> dict[str, str]:
    return {
        "planned": _("Planned"),
        "held": _("Held"),
        "no_show": _("No-show"),
        "cancelled": _("Cancelled"),
    }


@bp.route(ADDRESS, methods=["GET", "POST"])
@needs("meetings.run")
def agenda():
    """How good the agenda is, hour by hour, what is not in it and why, and the form that makes it anew."""
    form = RunForm(seed=g.edition.seed) if request.method == "GET" else RunForm()
    if form.accepted():
        return redirect(url_for("jobs.job_detail", job_id=_start(form).id))
    latest = services.latest_run(db(), g.edition)
    run = services.run_in_force(db(), g.edition) or latest
    states = queries.states(db(), g.edition)
    return render_template(
        "matchmaking/meetings/agenda.html",
        form=form,
        outside=phases.outside(db(), g.edition, "agenda"),
        run=run,
        waiting=latest if latest and latest.state == "done" else None,
        version=services.version_of(db(), g.edition),
        untold=services.untold(db(), g.edition),
        unfit=mending.unfit_count(db(), g.edition),
        runs=queries.runs(db(), g.edition),
        unmet=unmet(run.unmet) if run else [],
        states=states,
        count=sum(number for state, number in states.items() if state != "cancelled"),
        lived=states.get("held", 0) + states.get("no_show", 0),
        days=_load(),
        tables=queries.table_count(db(), g.edition),
    )


def _start(form: RunForm):
    """A new job; the one at work already if there is one, since nobody needs two at once."""
    job, is_new = jobs.enqueue_once(
        db(),
        "agenda.solve",
        how=form.kind.data,
        edition_id=g.edition.id,
        user_id=current_user.id,
        seed=form.seed.data,
        rounds=form.rounds,
    )
    if not is_new:
        flash(_("A run is under way already; here it is. Start yours when it is over."), "info")
    db().commit()
    return job


def _by_day() -> Iterator[tuple[Any, list[SlotTime]]]:
    for day, several in groupby(services.slots(g.edition), lambda slot: slot.starts_at.date()):
        yield day, list(several)


def _load() -> list[tuple]:
    """Days with (time, meetings) of their slots and the number of the first one."""
    load = queries.load(db(), g.edition)
    return [
        (day, several[0].number, [(as_time(slot.starts_at), load.get(slot.number, 0)) for slot in several])
        for day, several in _by_day()
    ]


@bp.get(f"{ADDRESS}/mend")
@needs("meetings.run")
def mend():
    """Planned meetings that cannot take place as they are, why, and the repair that finds them a place."""
    total = mending.unfit_count(db(), g.edition)
    shown = leaf(total, PAGE)
    rows = mending.unfit(db(), g.edition, PAGE, shown.offset)
    names = queries.names(db(), {row.buyer_id for row in rows}, {row.exhibitor_id for row in rows})
    return render_template(
        "matchmaking/meetings/mend.html",
        rows=[
            (row, names["buyer"].get(row.buyer_id), names["exhibitor"].get(row.exhibitor_id),
             mending.WHY[row.why])
            for row in rows
        ],
        total=total,
        page=shown.page,
        pages=shown.pages,
        seed=g.edition.seed,
    )  # fmt: skip


@bp.get(f"{ADDRESS}/tables")
@needs("meetings.run")
def table_plan():
    """Who sits where at one time."""
    days = list(_by_day())
    numbers = {slot.number: slot for _day, several in days for slot in several}
    slot = numbers.get(request.args.get("slot", 1, type=int)) or numbers.get(1)
    return render_template(
        "matchmaking/meetings/table_plan.html",
        days=days,
        slot=slot,
        meetings=queries.meetings(db(), g.edition, slot=slot.number) if slot else [],
        tables=queries.table_count(db(), g.edition),
        states=_states(),
        tones=TONES,
    )


@bp.get(f"{ADDRESS}/buyers")
@needs("meetings.run")
def buyer_list():
    """The buyers with how many meetings each has."""
    return _parties(queries.buyers(db(), g.edition), "buyer")


@bp.get(f"{ADDRESS}/exhibitors")
@needs("meetings.run")
def exhibitor_list():
    """The exhibitors with how many meetings each has."""
    return _parties(queries.exhibitors(db(), g.edition, accepted=True), "exhibitor")


def _parties(rows: list[PartyRow], side: str):
    wanted = request.args.get("q", "").strip().casefold()
    if wanted:
        rows = [row for row in rows if wanted in " ".join((row.code, *row.name.values())).casefold()]
    idle = [row for row in rows if not row.count]
    if request.args.get("only") == "idle":
        rows = idle
    shown = leaf(len(rows), PAGE)
    return render_template(
        "matchmaking/meetings/party_list.html",
        idle=len(idle),
        party_kind=side,
        rows=rows[shown.offset : shown.offset + PAGE],
        total=len(rows),
        page=shown.page,
        pages=shown.pages,
    )


@bp.get(f"{ADDRESS}/buyers/<code>")
@needs("meetings.run")
def buyer_agenda(code: str):
    """One buyer's meetings."""
    return _agenda_page(queries.buyer(db(), g.edition, code) or abort(404), "buyer")


@bp.get(f"{ADDRESS}/exhibitors/<code>")
@needs("meetings.run")
def exhibitor_agenda(code: str):
    """One exhibitor's meetings."""
    return _agenda_page(queries.exhibitor(db(), g.edition, code) or abort(404), "exhibitor")


def _agenda_page(party: PartyRow, side: str):
    rows = queries.meetings(db(), g.edition, **{side: party.id})
    stands = queries.stands(db(), g.edition, party.id if side == "exhibitor" else None)
    return render_template(
        "matchmaking/meetings/party_agenda.html",
        party=party,
        party_kind=side,
        days=list(days_of(list(lines(rows, stands)), g.edition)),
        stands=stands.get(party.id, []) if side == "exhibitor" else [],
        states=_states(),
        tones=TONES,
    )


@bp.get("/<edition>/agenda")
@needs("agenda.use")
def own_agenda():
    """Where letters and bookmarks of old lead: one's meetings have a page that serves the day as well."""
    return redirect(url_for("onsite.own_day", **_asked()))


@bp.get("/<edition>/agenda.pdf")
@needs("agenda.use")
def own_pdf():
    """The same to print."""
    return redirect(url_for("onsite.own_paper", **_asked()))


def _asked() -> dict[str, str]:
    """For whom, where an old address says so."""
    code = request.args.get("buyer", "")
    return {"as": code} if code else {}
