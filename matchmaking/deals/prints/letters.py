"""Reminders put into the outbox, each in its reader's language."""

from collections.abc import Sequence

from sqlmodel import Session

from expo.editions.models import Edition
from expo.languages import pick
from expo.outbox import services as outbox
from expo.web import words
from expo.web.language import as_date, speaking
from matchmaking.deals import services
from matchmaking.deals.letters import reminder


def write(
    session: Session,
    edition: Edition,
    items: Sequence[services.Due],
    site: str,
    user_id: int | None = None,
) -> int:
    """Write to everybody who was not reminded yet of what is due; how many letters wait for approval."""
    services.lock(session, edition)  # of two who press the button at once, the second finds nothing to write
    written = services.letters(session, edition, items)
    for letter in written:
        with speaking(letter.language):
            subject, body = reminder(
                letter.due.kind,
                letter.due.number,
                as_date(letter.due.due_on, "long"),
                pick(edition.name, letter.language),
                f"{site}/{edition.code}/deals/{letter.due.number}",
            )
            outbox.post(
                session, "deals.reminder", letter.recipient, letter.language, words(subject), words(body),
                edition.id, needs_approval=True,
            )  # fmt: skip
    services.note_reminded(session, edition, written, user_id)
    return len(written)
