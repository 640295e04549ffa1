"""Whoever's points changed is noted by the database and counted by itself, once, before it matters."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

from sqlalchemy import text
from sqlmodel import Session, select

from expo.audit.models import AuditEntry
from expo.db import make_engine
from expo.editions.models import Edition, Rate
from expo.exhibitors.models import Exhibitor
from expo.orders import services as orders
from expo.orders.pricing import Plot, Prices, Terms, quote
from expo.points import services
from expo.points.jobs import sweep
from expo.points.models import PointsDue, PointsFact
from tests.make import an_edition, an_exhibitor, an_organisation

RULE = {"years": "3", "area": "0.08", "spend": "1", "tier_gold": "20"}
TODAY = date(2023, 5, 1)


def due(session):
    return sorted(set(session.exec(select(PointsDue.exhibitor_id)).all()))


def an_order(session, exhibitor, currency="CNY"):
    """One of 9,000.00 before tax."""
    return orders.place_order(
        session, exhibitor, quote([Plot("A", "shell", 90_000, 0)], Terms(), Prices(currency, 100_000))
    )


def pay(session, order, state="paid"):
    order.state = state
    session.add(order)
    session.flush()


def test_a_paid_order_counts_by_itself_and_no_longer_when_it_is_given_back(session):
    edition = an_edition(session, points_rule=RULE)
    one, other = an_exhibitor(session, edition), an_exhibitor(session, edition, area_m2=36)
    order = an_order(session, one)
    assert due(session) == []
    pay(session, order)
    assert due(session) == [one.id]
    assert services.waiting(session, edition) == (1, None)
    assert services.settle(session, edition) == 1
    session.refresh(one)
    assert (one.points, other.points) == (9 + Decimal("0.08") * one.area_m2, 0)
    assert services.waiting(session, edition) == (0, one.points_counted_at)
    pay(session, order, "cancelled")
    services.settle(session, edition)
    session.refresh(one)
    assert one.points == Decimal("0.08") * one.area_m2
    assert services.settle(session, edition) == 0


def test_rows_that_raw_sql_changes_are_noted_too(session):
    edition = an_edition(session, points_rule=RULE)
    one = an_exhibitor(session, edition, area_m2=10)
    services.recount(session, edition, one)
    for statement, points in (
        ("UPDATE exhibitor SET area_m2 = 100", 8),
        ("UPDATE exhibitor SET state = 'withdrawn'", 8),
        ("UPDATE exhibitor SET state = 'accepted', area_m2 = 50", 4),
    ):
        session.execute(text(statement))
        services.settle(session, edition)
        session.refresh(one)
        assert one.points == points
    session.add(
        PointsFact(
            edition_id=edition.id, organisation_id=one.organisation_id, source="sponsorship", kind="gold",
            figure=Decimal(1), on_date=TODAY, note="Contract 12",
        )
    )  # fmt: skip
    session.flush()
    services.settle(session, edition)
    session.refresh(one)
    assert one.points == 24


def test_an_earlier_edition_and_a_rate_change_what_counts_later(session):
    before = an_edition(session, starts_on=date(2021, 6, 1), ends_on=date(2021, 6, 2), currency="USD")
    edition = an_edition(session, points_rule=RULE)
    firm = an_organisation(session)
    here = an_exhibitor(session, edition, firm, area_m2=0)
    earlier = an_exhibitor(session, before, firm)
    assert due(session) == [here.id]
    services.settle(session, edition)
    pay(session, an_order(session, earlier, "USD"))
    services.settle(session, edition)
    services.settle(session, before)
    session.refresh(here)
    assert here.points == 3
    session.add(Rate(edition_id=edition.id, currency="USD", on_date=TODAY, rate=Decimal(7), source="test"))
    session.flush()
    assert due(session) == [here.id]
    services.settle(session, edition)
    session.refresh(here)
    assert here.points == 66


def test_points_that_came_without_a_reason_stay_and_new_ones_are_added(session):
    edition = an_edition(session, points_rule=RULE)
    one = an_exhibitor(session, edition, area_m2=0, points=Decimal("12.5"))
    pay(session, an_order(session, one))
    for _ in range(2):
        services.recount(session, edition, one)
        assert one.points == Decimal("21.5")


def test_the_sweep_counts_whoever_waits_and_says_so_in_the_audit_trail(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session, points_rule=RULE)
        one = an_exhibitor(session, edition, code="EX7", area_m2=0)
        an_exhibitor(session, edition)
        session.commit()
        one.area_m2 = 100
        session.add(one)
        session.commit()
        number = one.id
    sweep(lambda: Session(engine))
    sweep(lambda: Session(engine))
    with Session(engine) as session:
        assert session.get_one(Exhibitor, number).points == 8
        told = session.exec(
            select(AuditEntry.changes).where(
                AuditEntry.subject == "exhibitor", AuditEntry.subject_id == "points"
            )
        ).all()
        assert told == [{"changed": 1, "EX7": ["0.00", "8.00"]}]
    engine.dispose()


def test_what_changes_while_others_are_counted_is_counted_in_the_end(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session, points_rule=RULE)
        waiting = [an_exhibitor(session, edition, area_m2=0).id for _ in range(16)]
        number = edition.id
        session.commit()
    together = Barrier(4, timeout=20)

    def run(turn: int) -> None:
        together.wait()
        for exhibitor in waiting[turn % 2 :: 2]:
            with Session(engine) as session:
                if turn < 2:
                    session.execute(
                        text("UPDATE exhibitor SET area_m2 = 100 WHERE id = :id"), {"id": exhibitor}
                    )
                else:
                    services.settle(session, session.get_one(Edition, number))
                session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    with Session(engine) as session:
        services.settle(session, session.get_one(Edition, number))
        session.commit()
        assert session.exec(select(Exhibitor.points)).all() == [Decimal(8)] * 16
        assert due(session) == []
    engine.dispose()
