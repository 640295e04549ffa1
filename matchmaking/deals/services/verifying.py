"""Is everything as it was sealed: the chain, the rows the events speak of, the sums made of the rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.deals import story
from matchmaking.deals.chain import Break, Event, first_break, parsed
from matchmaking.deals.models import DealEvent, DealHead
from matchmaking.deals.services.summing import wrong_sums

EVENTS = """
SELECT event.sequence, event.scheme::integer, coalesce(deal.number, 0), event.kind,
       (extract(epoch FROM event.at) * 1000000)::bigint,
       CASE WHEN event.user_id = 0 THEN -1 ELSE coalesce(event.user_id, 0) END, event.payload,
       event.previous_hash, event.hash
  FROM deal_event AS event LEFT JOIN deal ON deal.id = event.deal_id
 WHERE event.edition_id = %s ORDER BY event.sequence
"""
ROWS = """
SELECT deal.number, deal.type, deal.stage, deal.standing, deal.currency, deal.total_minor, deal.rate,
       deal.signed_on::text, deal.home_minor,
       (SELECT json_agg(json_build_array(hs, quantity::text, unit, unit_price_minor, amount_minor)
                        ORDER BY position) FROM deal_line WHERE deal_id = deal.id),
       (SELECT json_agg(json_build_array(kind, payload) ORDER BY sequence)
          FROM deal_event WHERE deal_id = deal.id)
  FROM deal WHERE deal.edition_id = %s ORDER BY deal.id
"""


@dataclass(frozen=True)
class Report:
    """What was found: how many events, where the chain must end, where it is broken (None: nowhere), which
    deals are not what their events say (at most a hundred, with the field), how many sums are wrong."""

    events: int
    head: str
    broken: Break | None
    odd: tuple[tuple[int, str], ...] = ()
    wrong_sums: int = 0

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return self.broken is None and not self.odd and not self.wrong_sums


def _stream(session: Session, statement: str, edition: Edition) -> Iterator[tuple]:
    """Rows as they come, a thousand at a time: an edition's events need not fit into memory."""
    session.flush()
    connection: Any = session.connection().connection.driver_connection
    with connection.cursor(name="deals_verify") as cursor:
        cursor.itersize = 2000
        cursor.execute(statement, (edition.id,))
        yield from cursor


def check_chain(session: Session, edition: Edition) -> Report:
    """Whether every event is as it was sealed and none is missing, the last ones included."""
    head = session.exec(select(DealHead).where(DealHead.edition_id == edition.id)).one_or_none()
    end = (head.sequence, head.hash) if head else (0, "0" * 64)
    broken = first_break(map(Event._make, _stream(session, EVENTS, edition)), end)
    return Report(end[0], head.hash if head else "", broken)


def verify(session: Session, edition: Edition) -> Report:
    """The chain, then each deal against its own events, then the sums."""
    session.execute(text("SET LOCAL statement_timeout = 0"))  # a million lines take their time
    chain = check_chain(session, edition)
    odd = []
    for row in _stream(session, ROWS, edition):
        if field := _differs(*row[1:]):
            odd.append((row[0], field))
            if len(odd) == 100:
                break
    return Report(chain.events, chain.head, chain.broken, tuple(odd), wrong_sums(session, edition))


def _differs(
    type_: str, stage: str, standing: str, currency: str, total: int, rate: Decimal, signed_on: str,
    home: int, lines: list | None, events: list | None,
) -> str:  # fmt: skip
    """The first field in which a deal is not what its events make of it; '' when it is."""
    try:
        state = story.told((kind, parsed(payload)) for kind, payload in events or [])
    except (story.Impossible, KeyError, ValueError):
        return "events"
    if not state.stage:
        return "events"
    told = state.content
    pairs = [
        ("type", told["type"], type_),
        ("stage", state.stage, stage),
        ("currency", told["currency"], currency),
        ("total", told["total_minor"], total),
        ("rate", Decimal(told["rate"]), rate),
        ("signed on", told["signed_on"], signed_on),
        ("lines", [_line(line) for line in told["lines"]], [_line(line) for line in lines or []]),
    ]
    if "parties" in told:
        pairs += [("standing", state.standing, standing), ("worth", told["home_minor"], home)]
    return next((name for name, sealed, found in pairs if sealed != found), "")


def _line(line: list) -> tuple:
    hs, quantity, unit, price, amount = line[:5]
    return hs, Decimal(quantity), unit, price, amount


def chain_break(session: Session, edition: Edition) -> int | None:
    """The first sequence number at which the edition's chain is broken; None when it is intact."""
    broken = check_chain(session, edition).broken
    return broken.sequence if broken else None


def noted_seal_holds(session: Session, edition: Edition, noted: str) -> bool:
    """Whether a seal noted down as SEQUENCE:SEAL is in the chain: if not, the chain was written anew."""
    sequence, _, seal = noted.partition(":")
    if not sequence.isdecimal() or len(sequence) > 9:
        return False
    found = session.exec(
        select(DealEvent.hash).where(DealEvent.edition_id == edition.id, DealEvent.sequence == int(sequence))
    ).one_or_none()
    return bool(seal) and found == seal.strip().lower()
