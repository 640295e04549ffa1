"""The folder's phases, rules, requests, refusals and supply chains brought into an edition."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from expo.clock import now
from expo.editions.models import Edition
from matchmaking.coverage.models import SupplyChain
from matchmaking.folder.matching_checks import MOST_ALIVE
from matchmaking.folder.matching_columns import CAPS, REFUSALS
from matchmaking.folder.parse import Parsed, Record
from matchmaking.phases.models import MeetingPhase
from matchmaking.phases.services import today
from matchmaking.phases.spans import Span
from matchmaking.requests.models import MeetingRefusal, MeetingRequest, RequestSettings

Ids = dict[str, dict[str, int]]


def bring_matching(session: Session, edition: Edition, parsed: Parsed, ids: Ids) -> None:
    """Make them all; `ids` knows buyers and exhibitors by their codes.

    Nobody is written to because of an import: phases that have begun count as begun, open requests as warned
    of, and those whose time is over as lapsed.
    """
    at = now()
    _bring_phases(session, edition, parsed, at)
    rules = [RequestSettings(edition_id=edition.id, **r.values) for r in parsed.tables["request_rules"]]
    if parsed.tables["meeting_requests"]:
        _bring_requests(session, edition, parsed, ids, at)
    session.add_all(rules)
    session.add_all(
        MeetingRefusal(refused_at=r["refused_at"], side=r["side"], **_pair(edition, r, ids))
        for r in parsed.tables[REFUSALS]
    )
    _bring_chains(session, edition, parsed)
    session.flush()


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
    for r in parsed.tables["meeting_requests"]:
        plain = {name: value for name, value in r.values.items() if name not in ("buyer", "exhibitor")}
        request = MeetingRequest(**plain, **_pair(edition, r, ids), warned_at=at)
        if request.state == "open" and request.expires_at <= at:
            request.state, request.settled_at = "lapsed", request.expires_at
        session.add(request)
    session.flush()
    session.delete(widest)
    session.flush()


def _bring_chains(session: Session, edition: Edition, parsed: Parsed) -> None:
    stages: dict[str, list[dict[str, Any]]] = {}
    for r in parsed.tables["supply_stages"]:
        stages.setdefault(r["chain"], []).append({"name": r["name"], "codes": r["codes"]})
    session.add_all(
        SupplyChain(edition_id=edition.id, code=r["code"], name=r["name"], stages=stages[r["code"]])
        for r in parsed.tables["supply_chains"]
    )
