"""How long data are kept after an edition ends, and what people are asked to agree to."""

from datetime import date, timedelta

from expo.words import Sentence, say

DEFAULTS = {"registration": 365, "photo": 30, "mail": 180}
"""Days after the edition's last day, by kind of data."""
KINDS: dict[str, Sentence] = {
    "registration": say("Registrations with all that belongs to them"),
    "photo": say("Photos"),
    "mail": say("Texts of mail"),
}
LONGEST = 3650
SHORT: dict[str, Sentence] = {
    "leads": say("Exhibitors"),
    "news": say("News"),
    "photo": say("Photo"),
    "visa": say("Visa"),
}
TEXTS: dict[str, Sentence] = {
    "leads": say("Exhibitors who scan my badge get my name, organisation, position, country and e-mail."),
    "news": say("Write to me about this event and the next ones."),
    "photo": say("My photo is shown at the gate, so that nobody else comes in with my badge."),
    "visa": say("Use my particulars for an invitation letter for my visa."),
}
"""What is asked as long as an edition has no words of its own (version 0)."""


def days_of(kept: dict[str, int], kind: str) -> int:
    """How many days a kind of data is kept, by the edition's settings."""
    return kept.get(kind, DEFAULTS[kind])


def last_day(ends_on: date, kept: dict[str, int], kind: str) -> date:
    """The last day on which a kind of data is kept."""
    return ends_on + timedelta(days=days_of(kept, kind))
