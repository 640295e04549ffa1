"""The personal data behind the figures of visits."""

from expo.personal import Holding
from expo.words import say

HOLDINGS = (
    Holding(
        "visits",
        say("Your visits by day"),
        say("To count visitors and visits as auditors of fairs do."),
        ("figure_visit",),
        """SELECT day, kind, country, counted, entries, first_at, last_at, inside_s FROM figure_visit
            WHERE person_id = :person ORDER BY day""",
        after=say("How often somebody of your kind and country came stays, not who."),
    ),
)
