"""The folder's phases, rules, requests and what was written about them, refusals and chains brought in."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from matchmaking.coverage.models import SupplyChain
from matchmaking.folder.matching_checks import MOST_ALIVE
from matchmaking.folder.matching_columns import CAPS, REFUSALS
from matchmaking.folder.parse import Parsed, Record
from matchmaking.folder.services.bulk import bulk
from matchmaking.folder.services.writers import Writers
from matchmaking.phases.models import MeetingPhase
from matchmaking.phases.services import today
from matchmaking.phases.spans import Span
from matchmaking.recommendations.models import Dismissal
from matchmaking.requests.models import (
    MeetingRefusal,
    MeetingRequest,
    RequestMessage,
    RequestOffer,
    RequestReport,
    RequestSeen,
    RequestSettings,
)
from matchmaking.requests.sides import other

Ids = dict[str, dict[Any, int]]


def bring_matching(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """Make all but the refusals; `ids` knows buyers and exhibitors by their codes, and gets the requests.

    Nobody is written to because of an import: phases that have begun count as begun, open requests as warned
    of, and those whose time is over as lapsed.
    """
    at = now()
    _bring_phases(session, edition, parsed, at)
    rules = [RequestSettings(edition_id=edition.id, **r.values) for r in parsed.tables["request_rules"]]
    if parsed.tables["meeting_requests"]:
        _bring_requests(session, edition, parsed, ids, at)
    session.add_all(rules)
    _bring_words(session, edition, parsed, ids)
    _bring_chains(session, edition, parsed)
    session.flush()


def bring_refusals(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """Make the private noes, last: a refusal takes back what it finds."""
    rows = [
        {"refused_at": r["refused_at"], "side": r["side"], **_pair(edition, r, ids)}
        for r in parsed.tables[REFUSALS]
    ]
    bulk(session, MeetingRefusal, rows)


def _pair(edition: Edition, r: Record, ids: Ids) -> dict[str, Any]:
    return {
        "edition_id": edition.id,
        "buyer_id": ids["buyers"][r["buyer"]],
        "exhibitor_id": ids["exhibitors"][r["exhibitor"]],
    }


def _bring_phases(session: Session, edition: Edition, parsed: Parsed, at: datetime) -> None:
    for r in parsed.tables["meeting_phases"]:
        standing = Span(**r.values).standing(today(edition, at))
        session.add(
            MeetingPhase(
                edition_id=edition.id,
                begun_at=None if standing == "before" else at,
                ended_at=at if standing == "over" else None,
                **r.values,
            )
        )


def _bring_requests(session: Session, edition: Edition, parsed: Parsed, ids: Ids, at: datetime) -> None:
    # What was asked before a cap was lowered stays: the edition's own rules come in after the requests.
    widest = RequestSettings(edition_id=edition.id, **dict.fromkeys(CAPS, MOST_ALIVE))
    session.add(widest)
    session.flush()
    records = parsed.tables["meeting_requests"]
    made = bulk(session, MeetingRequest, [_request(edition, r, ids, at) for r in records])
    ids["meeting_requests"] = dict(zip((r["number"] for r in records), made, strict=True))
    session.delete(widest)
    session.flush()


def _request(edition: Edition, r: Record, ids: Ids, at: datetime) -> dict[str, Any]:
    plain = {name: value for name, value in r.values.items() if name not in ("number", "buyer", "exhibitor")}
    row = plain | _pair(edition, r, ids) | {"warned_at": at}
    if r["state"] == "open" and r["expires_at"] <= at:
        row |= {"state": "lapsed", "settled_at": r["expires_at"]}
    return row


def _bring_words(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """What was written, complained of and offered about requests, and what was put aside."""
    tables, requests = parsed.tables, ids.get("meeting_requests", {})
    writers, of = Writers(session, tables["request_messages"]), {"edition_id": edition.id}
    messages = [
        {"request_id": requests[r["request"]], "side": r["side"], "body": r["body"],
         "written_at": r["written_at"], "once": f"folder {r.row}", **writers.of(r)}
        for r in tables["request_messages"]
    ]  # fmt: skip
    _bring_read(session, tables["request_messages"], messages, bulk(session, RequestMessage, messages))
    for name, model in (("request_complaints", RequestReport), ("request_offers", RequestOffer)):
        rows = []
        for r in tables[name]:
            plain = {key: r[key] for key in r.values if key not in ("request", "buyer", "exhibitor")}
            pair = _pair(edition, r, ids) if "buyer" in r.values else of
            rows.append(plain | pair | {"request_id": requests[r["request"]]})
        bulk(session, model, rows)
    aside = [{"by": r["by"], "at": r["at"], **_pair(edition, r, ids)} for r in tables["put_aside"]]
    for row in aside:
        del row["edition_id"]
    bulk(session, Dismissal, aside)


def _bring_read(session: Session, records: list[Record], rows: list[dict[str, Any]], made: list[int]) -> None:
    """How far each side has read: to the last message of the other one that counts as read."""
    seen: dict[tuple[int, str], int] = {}
    for r, row, number in zip(records, rows, made, strict=True):
        if r["read"]:
            seen[row["request_id"], other(r["side"])] = number
    bulk(
        session,
        RequestSeen,
        [{"request_id": one, "side": side, "message_id": last} for (one, side), last in seen.items()],
    )


def _bring_chains(session: Session, edition: Edition, parsed: Parsed) -> None:
    stages: dict[str, list[dict[str, Any]]] = {}
    for r in parsed.tables["supply_stages"]:
        stages.setdefault(r["chain"], []).append({"name": r["name"], "codes": r["codes"]})
    session.add_all(
        SupplyChain(edition_id=edition.id, code=r["code"], name=r["name"], stages=stages[r["code"]])
        for r in parsed.tables["supply_chains"]
    )
