"""Requests of the reference edition: asked, agreed, lapsed, refused, with what people wrote."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from expo.clock import now
from expo.db import refresh_statistics
from expo.editions.models import Edition
from matchmaking.phases import services as phases
from matchmaking.phases.models import MeetingPhase
from matchmaking.recommendations.queries import scores_of
from matchmaking.requests.models import MeetingRefusal, MeetingRequest, RequestMessage
from matchmaking.requests.services import offer_instead

DAYS = {
    "profiles": (-75, 30),
    "recommendations": (-60, 30),
    "requests": (-20, 21),
    "agenda": (22, 40),
    "onsite": (None, None),
}
"""Phase → first and last day, counted from today: whoever tries the edition can ask and answer."""
FIRMS, EACH = 70, 14
"""So many of either side have requests, about so many each; those who sign in are among them."""
OFFERED = 30
STATES = ("open", "open", "open", "agreed", "agreed", "agreed", "lapsed", "withdrawn", "refused")
WRITTEN = {
    "buyer": (
        "We are looking for regular deliveries, a container a month. Could you bring samples?",
        "请介绍一下你们的产能和交货期，我们想今年签订框架协议。",
        "Здравствуйте! Нас интересуют цены на условиях CIF Циндао и сроки поставки.",
        "Which certificates can you show us? Halal is a condition for two of our markets.",
    ),
    "supplier": (
        "Our new line is in hall 2; twenty minutes are enough to show you what is different.",
        "我们可以提供样品，也可以安排参观工厂。",
        "Мы готовы обсудить скидку при годовом объёме и оплату в юанях.",
        "ہم آپ کی ضرورت کے مطابق پیکنگ بھی کر سکتے ہیں۔ ملاقات میں تفصیل بتائیں گے۔",
    ),
}


def ask_around(
    session: Session, edition: Edition, seed: int, *, buyers: set[int], exhibitors: set[int]
) -> int:
    """Let people ask each other; `buyers` and `exhibitors` (numbers) surely do. How many requests.

    Nothing where somebody has asked already.
    """
    if session.exec(select(MeetingRequest.id).where(MeetingRequest.edition_id == edition.id)).first():
        return 0
    today = phases.today(edition)
    days = {
        phase: tuple(None if day is None else today + timedelta(days=day) for day in several)
        for phase, several in DAYS.items()
    }
    phases.save(session, edition, {phase: (first, last) for phase, (first, last) in days.items()})
    begun = session.get_one(MeetingPhase, (edition.id, "requests"))
    begun.begun_at = now()  # nobody needs to be told
    session.add(begun)
    draw = Random(f"{seed}:requests")
    pairs = list(_pairs(session, edition, buyers, exhibitors))
    rows = [_row(edition, pair, draw, number) for number, pair in enumerate(pairs)]
    made = session.execute(insert(MeetingRequest).returning(MeetingRequest), [row for row, _no in rows])
    requests = sorted(made.scalars().all(), key=lambda one: one.id)
    _write(session, requests, draw)
    session.execute(insert(MeetingRefusal), [no for _row, no in rows if no])
    for request in [one for one in requests if one.state == "lapsed"][:OFFERED]:
        offer_instead(session, edition, request)
    refresh_statistics(session, "meeting_request", "meeting_refusal", "request_message")
    return len(requests)


def _pairs(
    session: Session, edition: Edition, buyers: set[int], exhibitors: set[int]
) -> Iterator[tuple[int, int]]:
    """Pairs of lists between some of either side."""
    asked_b: dict[int, int] = dict.fromkeys(buyers, 0)
    asked_x: dict[int, int] = dict.fromkeys(exhibitors, 0)
    known = sorted(scores_of(session, edition), key=lambda one: one.buyer_id not in buyers)
    known.sort(key=lambda one: one.exhibitor_id not in exhibitors)
    for one in known:
        for asked, party in ((asked_b, one.buyer_id), (asked_x, one.exhibitor_id)):
            if len(asked) < FIRMS:
                asked.setdefault(party, 0)
        if asked_b.get(one.buyer_id, EACH) < EACH and asked_x.get(one.exhibitor_id, EACH) < EACH:
            asked_b[one.buyer_id] += 1
            asked_x[one.exhibitor_id] += 1
            yield one.buyer_id, one.exhibitor_id


def _row(edition: Edition, pair: tuple[int, int], draw: Random, number: int) -> tuple[dict, dict | None]:
    """A request as it may stand by now, and the no that goes with it."""
    state = STATES[number % len(STATES)]
    by = draw.choice(("buyer", "buyer", "supplier"))
    across = "supplier" if by == "buyer" else "buyer"
    waits = state in ("open", "refused")
    asked_at = now() - timedelta(hours=draw.randint(2, 90) if waits else draw.randint(130, 400))
    countered = state == "open" and number % 4 == 0
    half = draw.choice((None, None, "am", "pm"))
    row: dict[str, Any] = {
        "edition_id": edition.id,
        "buyer_id": pair[0],
        "exhibitor_id": pair[1],
        "asked_by": by,
        "asker_must": number % 10 == 0,
        "other_must": False,
        "by_both": state == "agreed" and number % 7 == 0,
        "state": "open" if state == "refused" else state,
        "turn": by if countered else across,
        "half": "pm" if countered else half,
        "slot": None,
        "asked_half": half,
        "asked_slot": None,
        "proposals": 1 if countered else 0,
        "asked_at": asked_at,
        "expires_at": asked_at + timedelta(hours=120),
        "settled_at": None if waits else _later(asked_at, draw, state),
    }
    shared = {name: row[name] for name in ("edition_id", "buyer_id", "exhibitor_id")}
    return row, {**shared, "side": across, "refused_at": now()} if state == "refused" else None


def _later(asked_at: datetime, draw: Random, state: str) -> datetime:
    return asked_at + timedelta(hours=120 if state == "lapsed" else draw.randint(1, 80))


def _write(session: Session, requests: Sequence[MeetingRequest], draw: Random) -> None:
    """Most of those who ask say why; some of those who agreed answer."""
    rows = []
    for one in requests:
        across = "supplier" if one.asked_by == "buyer" else "buyer"
        written = [one.asked_by] if draw.random() < 0.6 else []
        written += [across] if written and one.state == "agreed" and draw.random() < 0.7 else []
        rows += [
            {
                "request_id": one.id,
                "side": side,
                "body": draw.choice(WRITTEN[side]),
                "once": f"demo-{place}",
                "written_at": one.asked_at + timedelta(hours=place),
            }
            for place, side in enumerate(written)
        ]
    if rows:
        session.execute(insert(RequestMessage), rows)
