"""The verbs and queries of the programme: ask, build, release, read."""

from expo.forums.services.asking import problem_of
from expo.forums.services.building import build, draft_of, runs, violations_now
from expo.forums.services.changes import Stale, changes_since, revision_of
from expo.forums.services.placing import (
    Move,
    Spot,
    hold,
    place,
    replace,
)
from expo.forums.services.reading import draft_programme, feed, history, programme
from expo.forums.services.releasing import release, release_of, releases

__all__ = [
    "Move",
    "Spot",
    "Stale",
    "changes_since",
    "hold",
    "place",
    "replace",
    "revision_of",
    "build",
    "draft_of",
    "draft_programme",
    "feed",
    "history",
    "problem_of",
    "programme",
    "release",
    "release_of",
    "releases",
    "runs",
    "violations_now",
]
