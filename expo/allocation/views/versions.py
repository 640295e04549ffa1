"""The versions of the published plan: read, taken back, and compared with each other and with runs."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from expo.allocation import prints, queries, services, wording
from expo.allocation.comparing import KEPT, compared, counted
from expo.allocation.forms import WithdrawForm
from expo.allocation.services.comparing import plan_named, plans_to_choose
from expo.allocation.views.blueprint import ADDRESS, bp
from expo.errors import Refused
from expo.languages import pick
from expo.spreadsheets import csv_bytes
from expo.venue import queries as venue
from expo.venue.drawing.paint import Look
from expo.venue.drawing.svg import hall_svg
from expo.web import _, db, leaf, needs, refuse, words
from expo.web.files import file_answer
from expo.web.language import language


@bp.get(f"{ADDRESS}/versions")
@needs("allocation.read")
def version_list():
    """Every version of the published plan."""
    return _versions_page(WithdrawForm(formdata=None))


def _versions_page(form: WithdrawForm):
    shown = leaf(queries.version_count(db(), g.edition))
    return render_template(
        "expo/allocation/version_list.html",
        form=form,
        versions=queries.versions(db(), g.edition, limit=shown.size, offset=shown.offset),
        page=shown.page,
        pages=shown.pages,
        published=queries.published_number(db(), g.edition),
        withdrawing=services.withdrawing(db(), g.edition),
    )


@bp.post(f"{ADDRESS}/withdraw")
@needs("allocation.publish")
def plan_withdraw():
    """Take the published plan back."""
    form = WithdrawForm()
    if form.accepted():
        try:
            version = services.withdraw(db(), g.edition, form.reason.data or "", current_user.id)
            db().commit()
            flash(_("The plan is taken back; this is version %(n)s.", n=version.number), "good")
            return redirect(url_for("allocation.version_list"))
        except Refused as refused:
            db().rollback()
            refuse(form, refused)
    return _versions_page(form)


@bp.get(f"{ADDRESS}/versions/<int:number>")
@needs("allocation.read")
def version_detail(number: int):
    """One version as it was: its plan, hall by hall, and everybody's stands."""
    version = queries.version_of(db(), g.edition, number) or abort(404)
    halls = venue.halls(db(), g.edition)
    hall = request.args.get("hall") or (halls[0].code if halls else "")
    if halls and hall not in {row.code for row in halls}:
        abort(404)
    plan = prints.plan_of_places(db(), g.edition, language(), hall, version.placements)
    names = queries.names_of(db(), g.edition)
    former = queries.version_of(db(), g.edition, number - 1)
    return render_template(
        "expo/allocation/version_detail.html",
        shown=version,
        halls=halls,
        hall=hall,
        plan=plan,
        drawing=prints.as_markup(hall_svg(plan[0], prints.hall_words(plan[0]), Look())) if plan else None,
        changes=counted(compared(former.placements if former else {}, version.placements)),
        people=[
            (code, names.get(code, ({}, ""))[0], stands)
            for code, stands in sorted(version.placements.items())
        ],
    )


@bp.get(f"{ADDRESS}/diff")
@needs("allocation.read")
def plan_diff():
    """What differs between any two versions, runs or what holds now, exhibitor by exhibitor."""
    one, other = _asked("from"), _asked("to")
    found = compared(one.placements, other.placements)
    kind = request.args.get("kind", "")
    rows = [each for each in found if (each.kind == kind if kind else each.kind != KEPT)]
    shown = leaf(len(rows))
    return render_template(
        "expo/allocation/diff.html",
        one=one,
        other=other,
        choices=plans_to_choose(db(), g.edition),
        counts=counted(found),
        rows=rows[shown.offset : shown.offset + shown.size],
        total=len(rows),
        page=shown.page,
        pages=shown.pages,
        names=queries.names_of(db(), g.edition),
        kinds=wording.CHANGES,
    )


def _asked(which: str):
    latest = queries.latest_version(db(), g.edition)
    default = "now" if which == "to" or latest is None else f"v{latest.number}"
    return plan_named(db(), g.edition, request.args.get(which) or default) or abort(404)


@bp.get(f"{ADDRESS}/diff.csv")
@needs("allocation.read")
def plan_diff_csv():
    """The same as a spreadsheet."""
    one, other = _asked("from"), _asked("to")
    names = queries.names_of(db(), g.edition)
    rows = [
        (
            change.code, pick(names.get(change.code, ({}, ""))[0], "en"), names.get(change.code, ({}, ""))[1],
            change.kind, " ".join(change.before), " ".join(change.after),
        )
        for change in compared(one.placements, other.placements)
    ]  # fmt: skip
    heads = ("exhibitor", "name", "country", "change", words(one.name), words(other.name))
    return file_answer(csv_bytes([heads, *rows], bom=True), "text/csv", f"{one.ref}-{other.ref}.csv")
