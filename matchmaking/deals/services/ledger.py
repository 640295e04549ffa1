"""One writer at a time for an edition's ledger, and the events it appends."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from expo.errors import Refused
from expo.words import say
from matchmaking.deals.chain import GENESIS, SCHEME, canonical, micros_of, seal
from matchmaking.deals.models import Deal, DealEvent
from matchmaking.deals.services.writing import insert_rows, run

_HEAD = "SELECT sequence, hash FROM deal_head WHERE edition_id = %(edition)s"
Entry = tuple[Deal | None, str, dict[str, Any]]


def lock(session: Session, edition: Edition) -> None:
    """Numbers, chain and sums are per edition: one writer at a time, until the transaction ends."""
    run(session, "SELECT pg_advisory_xact_lock(74201, %(edition)s)", edition=edition.id)


def hold(session: Session, edition: Edition, deal: Deal, version: int | None) -> None:
    """Lock the ledger and read the deal anew. Refused when it is not the version somebody looked at."""
    lock(session, edition)
    session.refresh(deal, with_for_update=True)
    if version is not None and deal.version != version:
        raise Refused(say("Somebody changed this deal meanwhile. Look at it again before you decide."))


def append(session: Session, edition: Edition, entries: Sequence[Entry], user_id: int | None) -> int:
    """Append events to the edition's chain, which the caller has locked; the sequence number of the last."""
    sequence, previous = run(session, _HEAD, edition=edition.id).one_or_none() or (0, GENESIS)
    rows, at = [], now()
    for deal, kind, payload in entries:
        sequence += 1
        number = deal.number if deal else 0
        body = canonical(payload)
        sealed = seal(sequence, number, kind, micros_of(at), user_id or 0, body, previous)
        rows.append(
            {
                "edition_id": edition.id,
                "deal_id": deal.id if deal else None,
                "sequence": sequence,
                "scheme": SCHEME,
                "kind": kind,
                "payload": body,
                "at": at.isoformat(),
                "user_id": user_id,
                "previous_hash": previous,
                "hash": sealed,
            }
        )
        previous = sealed
    insert_rows(session, DealEvent, rows)
    return sequence
