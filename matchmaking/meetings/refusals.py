"""What the database refuses about meetings, as sentences that people can act on."""

import re

from expo.words import Sentence, say

HELD = re.compile(r"(table|delegate|firm) (\d+)(?:/\d+)?\)")
"""The thing in the detail of a broken `pk_meeting_hold`: see the trigger that fills `meeting_hold`."""

TAKEN: dict[str, Sentence] = {
    "table": say("Table %(number)s is taken at that time."),
    "delegate": say("This person is in another meeting at that time."),
    "firm": say("One of the two has another meeting at that time."),
}
RULES: dict[str, Sentence] = {
    "uq_meeting_planned_pair": say("The two have a meeting already."),
    "meeting_stays": say("This meeting is locked or has taken place: it stays where it is."),
    "meeting_table_is_open": say(
        "Table %(number)s is full or closed at that time, or kept for somebody else."
    ),
    "meeting_has_its_people": say(
        "Say who of each side sits in the meeting: the party has named its people."
    ),
    "delegate_of_one_organisation": say("One person can only serve the two sides of one organisation."),
    "agenda_version_counts": say("Somebody changed the agenda just before you. Look at it again."),
    "uq_agenda_version_edition_id_number": say(
        "Somebody changed the agenda just before you. Look at it again."
    ),
    "fk_meeting_buyer_delegate_id": say("This person still has meetings: give them to somebody else first."),
    "fk_meeting_exhibitor_delegate_id": say(
        "This person still has meetings: give them to somebody else first."
    ),
    "uq_meeting_table_edition_id_exhibitor_id": say("This exhibitor has a table of its own already."),
    "uq_meeting_table_edition_id_buyer_id": say("This buyer has a table of its own already."),
    "uq_meeting_table_edition_id_number": say("There is a table of this number already."),
    "of_one_edition": say("This belongs to another edition."),
}
"""Name of the constraint → what to say when it is broken."""


def refusal(constraint: str | None, detail: str | None) -> Sentence | None:
    """The sentence for a broken constraint and the detail the database gave; None if it is not ours."""
    if constraint == "pk_meeting_hold":
        found = HELD.search(detail or "")
        kind, number = found.groups() if found else ("firm", "")
        return _numbered(TAKEN[kind], number)
    rule = RULES.get(constraint or "")
    return _numbered(rule, detail or "") if rule else None


def _numbered(sentence: Sentence, number: str) -> Sentence:
    return Sentence(sentence.message, {"number": number}) if "%(number)" in sentence.message else sentence
