"""Runs side by side on the plan, and in figures."""

from flask import abort, flash, g, redirect, render_template, request, url_for

from expo.allocation import prints, queries, records
from expo.allocation.comparing import compared, counted
from expo.allocation.records import FAIRNESS, OF
from expo.allocation.views.blueprint import ADDRESS, bp
from expo.allocation.wording import STATES, run_title
from expo.venue import queries as venue
from expo.venue.drawing.paint import Look
from expo.venue.drawing.svg import hall_svg
from expo.web import _, db, leaf, needs
from expo.web.language import language

MOST = 4
"""More plans beside one another nobody can look at."""


@bp.get(f"{ADDRESS}/compare")
@needs("allocation.read")
def compare():
    """Two to four runs: the same hall of each, zoomed together, their figures, and who stands elsewhere."""
    wanted = list(dict.fromkeys(request.args.getlist("run", type=int)))[:MOST]
    runs = queries.finished_of(db(), g.edition, wanted)
    if len(runs) < 2:
        flash(_("Choose two to four finished runs to compare."), "info")
        return redirect(url_for("allocation.run_list", _anchor="runs"))
    halls = venue.halls(db(), g.edition)
    hall = request.args.get("hall") or (halls[0].code if halls else "")
    if halls and hall not in {row.code for row in halls}:
        abort(404)
    first = runs[0]
    differing = _differing(runs)
    shown = leaf(len(differing))
    return render_template(
        "expo/allocation/compare.html",
        runs=runs,
        ids=[run.id for run in runs],
        title=run_title,
        states=STATES,
        halls=halls,
        hall=hall,
        drawings=[(run, _drawing(run, first, hall)) for run in runs] if halls else [],
        tallies=[records.tally(run.explanations.get(OF, {})) for run in runs],
        ranks=[records.tally_by_rank(run.explanations.get(OF, {})) for run in runs],
        fairness=_fairness(runs),
        changes=[counted(compared(first.placements, run.placements)) for run in runs],
        differing=differing[shown.offset : shown.offset + shown.size],
        count=len(differing),
        page=shown.page,
        pages=shown.pages,
        names=queries.names_of(db(), g.edition),
    )


def _drawing(run, first, hall: str):
    """The hall of a run; who stands elsewhere than in the first run is marked."""
    [plan] = prints.plan_for(db(), g.edition, language(), hall, run)
    moved = {
        stand
        for change in compared(first.placements, run.placements)
        if change.before != change.after
        for stand in change.after
    }
    return prints.as_markup(
        prints.renamed(hall_svg(plan, prints.hall_words(plan), Look(found=moved)), f"r{run.id}-")
    )


def _differing(runs) -> list[tuple[str, list[list[str]]]]:
    """Who does not stand in the same place in all of them, with the stands in each."""
    everybody = sorted({code for run in runs for code in run.placements})
    places = [(code, [sorted(run.placements.get(code, [])) for run in runs]) for code in everybody]
    return [(code, each) for code, each in places if any(stands != each[0] for stands in each)]


def _fairness(runs) -> dict[tuple[str, str], list[float | None]]:
    """(grouping, group) → the mean share of wishes in each run, percent."""
    found: dict[tuple[str, str], list[float | None]] = {}
    for place, run in enumerate(runs):
        for group in run.explanations.get(FAIRNESS, []):
            row = found.setdefault((group["grouping"], group["label"]), [None] * len(runs))
            row[place] = group["wishes_pct"]
    return found
