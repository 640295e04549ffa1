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
    counts_by_state,
    people,
    person_by_code,
    star_count,
    states_by_ticket,
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
    "counts_by_state",
    "countries",
    "open_pairs",
    "people",
    "person_by_code",
    "printed_badges",
    "star_count",
    "states_by_ticket",
]
