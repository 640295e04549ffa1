"""Who is a visitor and what is a visit, as auditors of trade fairs count, and where that is written.

The database decides by `figure_counts` (migration 0023); this says the same in words.
"""

from expo.words import Sentence, say

SENTENCES: tuple[Sentence, ...] = (
    say(
        "A visitor is a person who comes on a day of the event for information or to meet exhibitors. "
        "Everybody counts once, however many days they come."
    ),
    say("A visit is a person's day: whoever enters several times on one day is one visit of that day."),
    say(
        "Stand staff, press, service and organisers are no visitors. Speakers are, on days on which they "
        "enter a hall."
    ),
    say("Scans on days of building up and taking down, and scans that were annulled, count for nothing."),
)
SOURCES: tuple[tuple[str, str], ...] = (
    ("FKM: Visitor to an exhibition", "https://www.fkm.de/en/faq-items/visitor-to-an-exhibition"),
    ("UFI Auditing Rules", "https://www.ufi.org/"),
)
LEAST_SHOWN = 3
"""Fewer people than this are not told apart on a page: they are shown together with others."""
