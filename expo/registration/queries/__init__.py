"""Who comes, found and counted; what they agreed to."""

from expo.registration.queries.consents import consent_history, consents_of
from expo.registration.queries.doubles import open_pairs, printed_badges
from expo.registration.queries.listing import (
    EVERYBODY,
    PAGE,
    PeopleFilter,
    conditions,
    count,
    countries,
    counts,
    people,
    person_by_code,
    star_count,
)

__all__ = [
    "EVERYBODY",
    "PAGE",
    "PeopleFilter",
    "conditions",
    "consent_history",
    "consents_of",
    "count",
    "counts",
    "countries",
    "open_pairs",
    "people",
    "person_by_code",
    "printed_badges",
    "star_count",
]
