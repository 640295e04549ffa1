"""The verbs and queries of the programme: ask, build, release, read."""

from expo.forums.services.asking import problem_of
from expo.forums.services.building import draft_of, places_of, violations_at, violations_now
from expo.forums.services.changes import Stale, changes_since, revision_of
from expo.forums.services.feeding import Only, feed
from expo.forums.services.importing import Imported, edition_for, import_programme
from expo.forums.services.placing import (
    Move,
    Spot,
    hold,
    place,
    replace,
)
from expo.forums.services.reading import draft_programme, history, programme, programme_in
from expo.forums.services.releasing import (
    letters_written,
    newest_release_id,
    release,
    release_of,
    releases,
    restore,
)
from expo.forums.services.solving import Asked, build, repeat, solve, take, was_cut_short

__all__ = [
    "Imported",
    "edition_for",
    "import_programme",
    "Asked",
    "repeat",
    "solve",
    "take",
    "was_cut_short",
    "Move",
    "Only",
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
    "letters_written",
    "places_of",
    "problem_of",
    "programme",
    "programme_in",
    "release",
    "newest_release_id",
    "release_of",
    "releases",
    "restore",
    "violations_at",
    "violations_now",
]
