"""From needs and products to an agenda: recommend, solve, check, store, read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, func, insert
from sqlmodel import Session, select

from expo.db import refresh_statistics
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor, Organisation
from expo.words import say
from matchmaking.catalogue.models import Buyer, Need, Product
from matchmaking.meetings.agenda import checker
from matchmaking.meetings.agenda.baseline import greedy_agenda
from matchmaking.meetings.agenda.problem import Agenda, LockError, Pair, Party, Problem
from matchmaking.meetings.models import AgendaRun, Meeting, MeetingTable
from matchmaking.recommendations import score as scoring
from matchmaking.recommendations.candidates import Candidate, candidates
from matchmaking.requests.grid import SlotTime, grid

PER_BUYER, PER_SUPPLIER = 15, 12
"""How many recommendations count as requests, from either side."""

ROUNDS = 4_000_000
SHORTFALL_PRICE = 50.0
"""Points given up, at most, to bring somebody one meeting nearer to the minimum promised."""


@dataclass
class Market:
    """Everything an agenda is made from, by code."""

    slots: tuple[SlotTime, ...]
    tables: int
    buyers: dict[str, Buyer]
    exhibitors: dict[str, Exhibitor]
    needs: dict[str, scoring.Need] = field(default_factory=dict)
    offers: dict[str, scoring.Offer] = field(default_factory=dict)
    found: list[Candidate] = field(default_factory=list)


def slots(edition: Edition) -> tuple[SlotTime, ...]:
    """The edition's meeting slots."""
    return grid(edition.meetings, edition.zone_info)


def market_of(session: Session, edition: Edition) -> Market:
    """Buyers, exhibitors, needs and offers of an edition, and the pairs recommended from them."""
    buyers = {
        b.code: b
        for b in session.exec(select(Buyer).where(Buyer.edition_id == edition.id).order_by(Buyer.code))
    }
    exhibitors = {
        e.code: e
        for e in session.exec(
            select(Exhibitor)
            .where(Exhibitor.edition_id == edition.id, Exhibitor.state == "accepted")
            .order_by(Exhibitor.code)
        )
    }
    market = Market(slots(edition), int(edition.meetings.get("tables", 0)), buyers, exhibitors)
    market.needs = _needs(session, edition, buyers)
    market.offers = _offers(session, edition, exhibitors)
    market.found = candidates(
        list(market.needs.values()),
        list(market.offers.values()),
        PER_BUYER,
        PER_SUPPLIER,
        _kin(buyers, exhibitors),
    )
    return market


def _kin(buyers: dict[str, Buyer], exhibitors: dict[str, Exhibitor]) -> frozenset[tuple[str, str]]:
    """Nobody meets their own organisation."""
    selling = {e.organisation_id: code for code, e in exhibitors.items()}
    return frozenset(
        (code, selling[b.organisation_id]) for code, b in buyers.items() if b.organisation_id in selling
    )


def _needs(session: Session, edition: Edition, buyers: dict[str, Buyer]) -> dict[str, scoring.Need]:
    homes = dict(
        session.exec(
            select(Buyer.code, Organisation.country)
            .join(Organisation, Organisation.id == Buyer.organisation_id)
            .where(Buyer.edition_id == edition.id)
        ).all()
    )
    by_id = {b.id: b for b in buyers.values()}
    rows = session.exec(
        select(Need)
        .join(Buyer, Buyer.id == Need.buyer_id)
        .where(Buyer.edition_id == edition.id)
        .order_by(Buyer.code, Need.position)
    )
    return {need.code: need for need in (_need(row, by_id[row.buyer_id], homes) for row in rows)}


def _need(row: Need, buyer: Buyer, homes: dict[str, str]) -> scoring.Need:
    return scoring.Need(
        code=f"{buyer.code}/{row.position}",
        buyer=buyer.code,
        hs=row.hs,
        quantity=float(row.quantity),
        unit=row.unit,
        max_price_minor=row.max_price_minor,
        currency=row.currency,
        incoterm=row.incoterm,
        certificates=frozenset(row.certificates),
        countries=frozenset(row.countries),
        languages=frozenset(buyer.languages),
        country=homes[buyer.code],
    )


def _offers(session: Session, edition: Edition, exhibitors: dict[str, Exhibitor]) -> dict[str, scoring.Offer]:
    code_of = {e.id: code for code, e in exhibitors.items()}
    rows = session.exec(select(Product).where(Product.edition_id == edition.id).order_by(Product.code))
    return {
        row.code: scoring.Offer(
            code=row.code,
            supplier=code_of[row.exhibitor_id],
            hs=row.hs,
            origin=row.origin,
            quantity=float(row.quantity),
            unit=row.unit,
            price_minor=row.price_minor,
            currency=row.currency,
            incoterm=row.incoterm,
            certificates=frozenset(row.certificates),
        )
        for row in rows
        if row.exhibitor_id in code_of
    }


def problem_of(market: Market, previous: Sequence[tuple[str, str, int, int]] = ()) -> Problem:
    """The solver's problem: recommended pairs between parties with their times, on the edition's grid."""
    count = len(market.slots)
    asked = {code for one in market.found for code in (one.buyer, one.supplier)}
    parties = [
        Party(
            code,
            "buyer",
            frozenset(n - 1 for n in buyer.unavailable if 1 <= n <= count),
            buyer.min_meetings,
            buyer.max_meetings,
        )
        for code, buyer in market.buyers.items()
        if code in asked
    ]
    parties += [Party(code, "supplier") for code in market.exhibitors if code in asked]
    return Problem(
        parties=tuple(parties),
        pairs=tuple(Pair(one.buyer, one.supplier, float(one.total)) for one in market.found),
        slots=count,
        morning_slots=sum(slot.is_morning for slot in _first_day(market.slots)),
        tables=market.tables,
        previous=tuple(previous),
        shortfall_price=SHORTFALL_PRICE,
        day_slots=len(_first_day(market.slots)),
    )


def _first_day(several: tuple[SlotTime, ...]) -> list[SlotTime]:
    return [slot for slot in several if slot.starts_at.date() == several[0].starts_at.date()]


def solve(
    session: Session,
    edition: Edition,
    *,
    seed: int = 1,
    rounds: int = ROUNDS,
    progress: Callable | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> AgendaRun:
    """Solve and store the whole agenda of an edition; what was planned before is replaced in one go."""
    from matchmaking.meetings.agenda.solve import build_agenda

    if held := _lived(session, edition):
        raise Refused(
            say("%(count)s meetings of this agenda have taken place; it is not made anew.", count=held)
        )
    market = market_of(session, edition)
    if not market.slots or not market.tables:
        raise Refused(say("This edition has no meeting slots or tables yet. Set them in its settings first."))
    if not market.found:
        raise Refused(say("No buyer's need meets any product yet, so there is nobody to bring together."))
    problem = problem_of(market)
    try:
        agenda = build_agenda(problem, seed=seed, rounds=rounds, progress=progress, cancelled=cancelled)
    except LockError as error:
        raise Refused(say("Some fixed meetings cannot be held: %(which)s.", which=str(error))) from error
    wrong = checker.violations(problem, agenda)
    if wrong:
        raise Refused(say("The agenda broke %(count)s rules and was thrown away.", count=len(wrong)))
    return _store(session, edition, market, problem, agenda, seed, rounds)


def _lived(session: Session, edition: Edition) -> int:
    """How many meetings were held or missed: what happened is not replaced by a plan."""
    return session.exec(
        select(func.count())
        .select_from(Meeting)
        .where(Meeting.edition_id == edition.id, Meeting.state.in_(("held", "no_show")))
    ).one()


def _store(
    session: Session,
    edition: Edition,
    market: Market,
    problem: Problem,
    agenda: Agenda,
    seed: int,
    rounds: int,
) -> AgendaRun:
    run = AgendaRun(
        edition_id=edition.id,
        seed=seed,
        rounds=rounds,
        objective=agenda.objective,
        bound=agenda.bound,
        baseline=greedy_agenda(problem).objective,
        breaks=agenda.breaks,
        violations=0,
        requests=len(problem.pairs),
        unmet=_count(agenda.unmet.values()),
        curve=[list(point) for point in agenda.curve],
    )
    session.add(run)
    session.execute(delete(Meeting).where(Meeting.edition_id == edition.id))
    furnish(session, edition)
    session.flush()
    best = {(one.buyer, one.supplier): one for one in market.found}
    rows = [
        _meeting_row(edition, run, market, best[b, s], slot, table) for b, s, slot, table in agenda.meetings
    ]
    if rows:
        session.execute(insert(Meeting), rows)
        refresh_statistics(session, "meeting")
    return run


def furnish(session: Session, edition: Edition) -> None:
    """Put up the tables 1 … n that the settings speak of, where they are missing: one seat, for anybody."""
    there = set(session.exec(select(MeetingTable.number).where(MeetingTable.edition_id == edition.id)).all())
    wanted = range(1, int(edition.meetings.get("tables", 0)) + 1)
    rows = [{"edition_id": edition.id, "number": n} for n in wanted if n not in there]
    if rows:
        session.execute(insert(MeetingTable), rows)


def _count(codes) -> dict[str, int]:
    found: dict[str, int] = {}
    for code in codes:
        found[code] = found.get(code, 0) + 1
    return found


def _meeting_row(
    edition: Edition, run: AgendaRun, market: Market, one: Candidate, slot: int, table: int
) -> dict:
    when = market.slots[slot]
    reasons = scoring.mutual_score(market.needs[one.need], market.offers[one.offer]).reasons
    return {
        "edition_id": edition.id,
        "run_id": run.id,
        "buyer_id": market.buyers[one.buyer].id,
        "exhibitor_id": market.exhibitors[one.supplier].id,
        "slot": slot + 1,
        "starts_at": when.starts_at,
        "ends_at": when.ends_at,
        "table_number": table + 1,
        "score": float(one.total),
        "need_position": int(one.need.rsplit("/", 1)[1]),
        "product_code": one.offer,
        "reasons": [[r.code, r.points, r.most, dict(r.figures)] for r in reasons],
        "state": "planned",
    }


def latest_run(session: Session, edition: Edition) -> AgendaRun | None:
    """The run whose meetings are in force."""
    return session.exec(
        select(AgendaRun).where(AgendaRun.edition_id == edition.id).order_by(AgendaRun.id.desc())
    ).first()


def meeting_count(session: Session, edition: Edition) -> int:
    """How many meetings are set."""
    return session.exec(
        select(func.count()).select_from(Meeting).where(Meeting.edition_id == edition.id)
    ).one()
