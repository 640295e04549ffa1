"""Letters of requests put into the outbox, each in its reader's language."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from flask import current_app, g, has_request_context
from sqlmodel import Session

from expo.editions.models import Edition
from expo.languages import pick
from expo.outbox import services as outbox
from expo.outbox.smtp import smtp_of
from expo.web import words
from expo.web.language import speaking
from expo.web.security import site_address
from matchmaking.requests import letters
from matchmaking.requests.queries import news
from matchmaking.requests.queries.news import Reader
from matchmaking.requests.queries.parties import names
from matchmaking.requests.services import settings_of

AT_A_TIME = 100


def write_digests(session: Session, edition: Edition, at: datetime) -> int:
    """Write to everybody who has news and was not written to lately; how many letters. Not committed."""
    apart = timedelta(hours=settings_of(session, edition).digest_hours)
    written = 0
    for reader in news.due(session, edition, at, apart, AT_A_TIME):
        told = news.take(session, edition, reader, at)
        written += write(session, edition, reader, told) if told else 0
    if written:
        outbox.send_soon(session, smtp_of(current_app.extensions["expo_settings"]), edition.id)
    return written


def write(
    session: Session, edition: Edition, reader: Reader, told: Mapping[str, Sequence[dict[str, str]]]
) -> int:
    """Post one letter to whoever reads for a party; how many that are."""
    called = names(session, reader.side, {reader.party_id})
    if reader.party_id not in called:
        return 0
    code, name = called[reader.party_id]
    found = news.readers(session, reader.side, reader.party_id)
    before = g.get("edition")
    g.edition = edition  # times are those of the venue
    try:
        for address, spoken in found:
            with speaking(spoken):
                event = pick(edition.name, spoken)
                hello, closing = letters.frame(event, name)
                body = "\n\n".join(
                    [
                        words(hello),
                        *(f"– {words(line)}" for line in letters.lines(told)),
                        words(closing) + f"\n{_address(edition, code)}",
                    ]
                )
                about = words(letters.subject(event, told))
                outbox.post(session, "meetings.news", address, spoken, about, body, edition_id=edition.id)
    finally:
        g.edition = before
    return len(found)


def _address(edition: Edition, code: str) -> str:
    settings = current_app.extensions["expo_settings"]
    site = site_address() if has_request_context() else (settings.site_url or "").rstrip("/")
    return f"{site}/{edition.code}/requests?as={code}"
