"""The organiser's timetable: its figures and what is wrong with it."""

from dataclasses import asdict
from decimal import Decimal

from flask import g, render_template

from expo.editions.models import Edition
from expo.errors import Refused
from expo.forums import queries, services
from expo.forums.forms import BuildForm, ReplanForm
from expo.forums.programme import load_per_hour
from expo.forums.sentences import broken_in_words, reason_in_words
from expo.forums.services.asking import CHANGE_PRICE, WEIGHTS, hours_for, read_problem
from expo.forums.timetable.checker import violations
from expo.forums.timetable.impossible import why_impossible
from expo.forums.timetable.problem import DEFAULT_ROUNDS
from expo.forums.views.blueprint import CONSOLE, bp
from expo.forums.views.drawing import drawn
from expo.jobs import services as jobs
from expo.web import db, needs

MOST_SENTENCES = 30
REPAIR_ROUNDS = 400_000
"""Few talks move in a repair."""


def usual_weights() -> dict[str, Decimal]:
    """The house's own weights as the form takes them."""
    weights = asdict(WEIGHTS) | {"changes": CHANGE_PRICE}
    return {name: Decimal(f"{value:g}") for name, value in weights.items()}


@bp.get(CONSOLE)
@needs("programme.edit")
def timetable():
    """The working timetable: its figures, what is wrong with it, and how to build and release it."""
    return timetable_page()


def _build_form(edition: Edition, first: bool) -> BuildForm:
    """The form as the house fills it in: the very first answer overwrites nothing, so it is taken over."""
    return BuildForm(formdata=None, seed=edition.seed, rounds=DEFAULT_ROUNDS, take=first, **usual_weights())


def timetable_page(build: BuildForm | None = None, replan: ReplanForm | None = None):
    """The page, with forms as they were filled in."""
    edition: Edition = g.edition
    state = {}
    try:
        hours = hours_for(db(), edition)
        problem = read_problem(db(), edition, hours)
        draft = services.draft_of(db(), edition, problem)
        broken = violations(problem, draft)
        reasons = why_impossible(problem)[:MOST_SENTENCES]
        names = queries.names_of(db(), edition) if broken or reasons else {}
        state = {
            "draft": draft,
            "talks": len(problem.talks),
            "locked": len(problem.locks),
            "broken": [broken_in_words(one, names) for one in broken[:MOST_SENTENCES]],
            "broken_count": sum(1 for one in broken if one.rule != "unplaced"),
            "all_broken": len(broken),
            "reasons": [reason_in_words(one, names, hours.instant) for one in reasons],
        }
    except Refused as refused:
        state = {"refused": refused.sentence}
    shown = services.draft_programme(db(), edition)
    return render_template(
        "expo/forums/timetable.html",
        state=state,
        grids=drawn(shown.items, shown.rooms),
        load=load_per_hour(shown.items),
        rooms_count=len(shown.rooms),
        runs=queries.runs(db(), edition),
        releases=services.releases(db(), edition),
        running=jobs.unfinished(db(), edition.id, "timetable.solve"),
        build=build or _build_form(edition, first="draft" in state and not state["draft"].places),
        replan=replan or ReplanForm(formdata=None, prefix="replan", seed=edition.seed, rounds=REPAIR_ROUNDS),
    )
