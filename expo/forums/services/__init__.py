"""The verbs and queries of the programme: ask, build, release, read."""

from expo.forums.services.asking import problem_of
from expo.forums.services.building import build, draft_of, runs, violations_now
from expo.forums.services.reading import draft_programme, feed, history, programme
from expo.forums.services.releasing import release, release_of, releases

__all__ = [
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
