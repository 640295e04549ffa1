"""A way through the halls in the reader's words."""

from dataclasses import dataclass

from expo.plan.asked import Asked, goal_of, start_of
from expo.plan.finding import Finder
from expo.plan.walking.site import Route, Site
from expo.plan.walking.steps import directions, metres, minutes
from expo.web import _, words


@dataclass(frozen=True)
class Way:
    """The goal's label and hall, the way there and its steps; without a route, `problem` says why not."""

    goal: str = ""
    hall: str = ""
    route: Route | None = None
    steps: tuple[str, ...] = ()
    problem: str = ""

    @property
    def metres(self) -> int:
        """How far it is."""
        return metres(self.route.length) if self.route else 0

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return minutes(self.route.length) if self.route else 0


def way_for(site: Site, finder: Finder, asked: Asked, halls: dict[str, str]) -> Way | None:
    """The way asked for, if one is; `halls` are names by code."""
    if not asked.is_way:
        return None
    goal = goal_of(finder, asked)
    if goal is None:
        return Way(problem=_("There is no stand and nobody called “%(text)s” on the plan.", text=asked.to))
    spot, label = goal
    start = start_of(finder, asked, spot.hall)
    if start is None:
        return Way(label, spot.hall, problem=_("There is no stand %(code)s here.", code=asked.at))
    route = site.route(start, spot)
    if route is None:
        return Way(label, spot.hall, problem=_why_not(site, start.hall, spot.hall, label))
    said = tuple(words(step) for step in directions(site, route, label, halls))
    return Way(label, spot.hall, route, said)


def _why_not(site: Site, start: str, goal: str, label: str) -> str:
    if start not in site.floors:
        return _("There is no such hall or entrance.")
    if not site.floors[goal].doors:
        return _("No way to %(stand)s: this hall's entrances are not drawn yet.", stand=label)
    if start != goal and not site.is_true:
        return _(
            "How the halls lie to each other is not drawn: ask for the way from an entrance of that hall."
        )
    return _("No way leads to %(stand)s from there: every aisle is shut off or too narrow.", stand=label)
