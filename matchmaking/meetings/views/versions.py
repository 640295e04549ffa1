"""How the agenda in force came about: its versions with what each changed, and runs side by side."""

from flask import abort, g, redirect, render_template, request, url_for
from sqlalchemy import func
from sqlmodel import select

from expo.accounts.models import User
from expo.web import db, leaf, needs
from matchmaking.meetings import queries, services
from matchmaking.meetings.models import AgendaRun, AgendaVersion
from matchmaking.meetings.views.blueprint import ADDRESS, bp

PAGE = 50
MOST_BESIDE = 4
LARGEST = 2_147_483_647


@bp.get(f"{ADDRESS}/versions")
@needs("meetings.run")
def version_list():
    """The versions of the agenda, the newest first, with how much each changed and who did it."""
    mine = AgendaVersion.edition_id == g.edition.id
    shown = leaf(db().exec(select(func.count()).select_from(AgendaVersion).where(mine)).one(), PAGE)
    counts = [AgendaVersion.changes[kind].as_integer().label(kind) for kind in queries.CHANGES]
    rows = db().execute(
        select(
            AgendaVersion.number, AgendaVersion.kind, AgendaVersion.run_id, AgendaVersion.note,
            AgendaVersion.at, User.name, *counts,
        )
        .outerjoin(User, User.id == AgendaVersion.user_id)
        .where(mine)
        .order_by(AgendaVersion.number.desc())
        .offset(shown.offset)
        .limit(PAGE)
    ).all()  # fmt: skip
    return render_template(
        "matchmaking/meetings/versions.html", rows=rows, page=shown.page, pages=shown.pages
    )


@bp.get(f"{ADDRESS}/versions/<int:number>")
@needs("meetings.run")
def version_detail(number: int):
    """What one version changed, meeting by meeting."""
    version = (
        db()
        .exec(
            select(AgendaVersion).where(
                AgendaVersion.edition_id == g.edition.id, AgendaVersion.number == min(number, LARGEST)
            )
        )
        .one_or_none()
    ) or abort(404)
    rows = version.changes.get("rows")
    shown = leaf(len(rows or ()), PAGE)
    part = (rows or [])[shown.offset : shown.offset + PAGE]
    names = queries.names(db(), {row[1] for row in part}, {row[2] for row in part})
    return render_template(
        "matchmaking/meetings/version.html",
        version=version,
        is_listed=rows is not None,
        total=len(rows or ()),
        rows=[(row[0], names["buyer"].get(row[1]), names["exhibitor"].get(row[2]), *row[3:]) for row in part],
        times={slot.number: slot for slot in services.slots(g.edition)},
        page=shown.page,
        pages=shown.pages,
    )


@bp.get(f"{ADDRESS}/runs/beside")
@needs("meetings.run")
def runs_beside():
    """The runs that were ticked, figure by figure; without any, the latest ones."""
    asked = {int(n) for n in request.args.getlist("run") if n.isascii() and n.isdigit() and len(n) < 10}
    mine = select(AgendaRun).where(AgendaRun.edition_id == g.edition.id)
    if asked:
        mine = mine.where(AgendaRun.id.in_(sorted(asked)[:MOST_BESIDE]))
    runs = db().exec(mine.order_by(AgendaRun.id.desc()).limit(MOST_BESIDE)).all()
    if not runs:
        return redirect(url_for("meetings.agenda"))
    return render_template("matchmaking/meetings/beside.html", runs=runs[::-1])
