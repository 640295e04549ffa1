"""Facts are written down and counted; a rule is tried, then applied to everybody; the seed stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.allocation.models import AllocationRun
from expo.clock import now
from expo.db import make_engine
from expo.editions.models import Edition, Rate
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.orders import services as orders
from expo.orders.pricing import Plot, Prices, Terms, quote
from expo.points import queries, services
from expo.points.models import PointsRule
from expo.points.ranking import NEVER, turns
from expo.points.rule import Measure, Rule
from tests.make import an_edition, an_exhibitor, an_organisation

OLD = {"years": "3", "area": "0.08", "spend": "1", "violations": "-2", "tier_gold": "20"}
TODAY = date(2023, 5, 1)


def origins(exhibitor):
    return [(line["source"], line["points"], line["note"]) for line in exhibitor.points_origin]


def test_points_come_from_rows_of_this_and_earlier_editions(session):
    before = an_edition(session, starts_on=date(2021, 6, 1), ends_on=date(2021, 6, 2), currency="USD")
    edition = an_edition(session, points_rule=OLD)
    firm = an_organisation(session)
    earlier = an_exhibitor(session, before, firm)
    asked = quote([Plot("A", "shell", 90_000, 0)], Terms(), Prices("USD", 100_000))
    paid = orders.place_order(session, earlier, asked)
    paid.state = "paid"
    here = an_exhibitor(session, edition, firm, area_m2=36)
    services.recount(session, edition, here)
    note = f"{before.code} #1 · 9000.00 USD"
    assert origins(here) == [("years", 3, before.code), ("area", 2.88, ""), ("spend", 0, f"{note} × ?")]
    session.add(Rate(edition_id=edition.id, currency="USD", on_date=TODAY, rate=Decimal(7), source="test"))
    session.flush()
    services.recount(session, edition, here)
    assert origins(here)[2] == ("spend", 63, f"{note} × 7")
    assert here.points == Decimal("68.88")


def test_a_fact_is_counted_when_it_is_written_down_and_no_longer_when_taken_back(session):
    edition = an_edition(session, points_rule=OLD)
    exhibitor = an_exhibitor(session, edition, area_m2=0)
    put = (session, edition, exhibitor)
    gold = services.record(*put, "sponsorship", "gold", Decimal(1), TODAY, "Contract 12", None)
    services.record(*put, "violations", "", Decimal(2), TODAY, "Left rubbish, twice", None)
    assert (exhibitor.points, origins(exhibitor)[0]) == (16, ("sponsorship", 20, "Contract 12"))
    services.retract(*put, gold, "Never paid")
    assert exhibitor.points == -4
    for arguments, reason in (
        (("sponsorship", "tin", Decimal(1), TODAY, "x", None), "nothing of this name"),
        (("own", "", Decimal(1), TODAY, "x", None), "own criteria"),
        (("years", "", Decimal(0), TODAY, "x", None), "more than zero"),
        (("years", "", Decimal(1), TODAY, " ", None), "Write a note"),
    ):
        with pytest.raises(Refused, match=reason):
            services.record(*put, *arguments)
    with pytest.raises(Refused, match="taken back already"):
        services.retract(*put, gold, "Again")


def test_a_rule_is_tried_before_it_is_applied_to_all(session):
    edition = an_edition(session, points_rule=OLD)
    large = an_exhibitor(session, edition, code="L", area_m2=100)
    old = an_exhibitor(
        session, edition, code="O", area_m2=9, points_origin=[{"source": "years", "points": 15}], points=15
    )
    for one in (large, old):
        services.recount(session, edition, one)
    rule = Rule(years=Measure(Decimal(1), Decimal(3)), area=Measure(Decimal("0.1")))
    draft = services.save_draft(session, edition, rule, "Size counts more", 0, None)
    effect = services.preview(session, edition, rule)
    assert effect.sums() == {"gain": 1, "lose": 1, "same": 0, "moved": 2}
    assert [(c.code, c.before, c.after, c.turn_before, c.turn_after) for c in effect.changes] == [
        ("O", Decimal("15.72"), Decimal("3.90"), 1, 2),
        ("L", Decimal("8.00"), Decimal("10.00"), 2, 1),
    ]
    assert old.points == Decimal("15.72")
    with pytest.raises(Refused, match="after you looked"):
        services.apply(session, edition, draft.revision + 1)
    services.apply(session, edition, draft.revision)
    session.refresh(old)
    assert (old.points, {line["version"] for line in old.points_origin}) == (Decimal("3.90"), {2})
    assert (edition.points_rule["version"], services.draft_of(session, edition)) == (2, None)
    assert [one.effect["gain"] for one in services.versions(session, edition)] == [1]
    with pytest.raises(Refused, match="no draft"):
        services.apply(session, edition, 1)


def test_two_who_write_the_rule_at_once_notice(session):
    edition = an_edition(session)
    services.save_draft(session, edition, Rule(), "", 0, None)
    with pytest.raises(Refused, match="A colleague"):
        services.save_draft(session, edition, Rule(), "", 0, None)
    services.discard_draft(session, edition)
    assert services.draft_of(session, edition) is None


def test_an_applied_rule_and_a_published_seed_stay_even_for_raw_sql(session):
    edition = an_edition(session, seed=7)
    services.set_seed(session, edition, 2023, "The last digits of the draw of 3 May")
    with pytest.raises(Refused, match="another seed"):
        services.publish_seed(session, edition, 7)
    services.publish_seed(session, edition, 2023)
    with pytest.raises(Refused, match="so it stays"):
        services.set_seed(session, edition, 5, "x")
    services.save_draft(session, edition, Rule(), "", 0, None)
    services.apply(session, edition, 1)
    for statement in (
        "UPDATE edition SET seed = 5",
        "UPDATE edition SET seed_published_at = NULL",
        "UPDATE points_rule SET rule = '{}'",
        "UPDATE points_rule SET state = 'draft', applied_at = NULL",
    ):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(statement))


def test_a_seed_that_stands_were_given_out_by_stays(session):
    edition = an_edition(session, seed=7)
    session.add(
        AllocationRun(edition_id=edition.id, seed=1, rounds=1, state="superseded", published_at=now())
    )
    session.flush()
    with pytest.raises(Refused, match="given out by this seed"):
        services.set_seed(session, edition, 8, "x")
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text("UPDATE edition SET seed = 8"))
    services.set_seed(session, edition, 7, "Where it came from")
    services.publish_seed(session, edition, 7)


def test_the_database_ranks_as_the_published_rule_does(session):
    edition = an_edition(session, seed=41)
    for number in range(60):
        an_exhibitor(
            session, edition, code=f"EX{number:03d}", points=Decimal(number % 4 - 1),
            paid_on=None if number % 5 == 0 else TODAY + timedelta(days=number % 3),
        )  # fmt: skip
    rows = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition.id)).all()
    standings = {
        one.code: (float(one.points), one.paid_on.toordinal() if one.paid_on else NEVER) for one in rows
    }
    wanted = turns(standings, 41)
    total, ranked = queries.ranking(session, edition, queries.Looked())
    assert (total, {row.code: row.turn for row in ranked}) == (60, wanted)
    for one in rows[:9]:
        turn = queries.turn_of(session, edition, one)
        assert (turn.place, turn.of, turn.equals) == (wanted[one.code], 60, 14)
        now, more = queries.turns_with(session, edition, one, [Decimal(0), Decimal(1)])
        standing = standings | {one.code: (standings[one.code][0] + 1, standings[one.code][1])}
        assert (now, more) == (wanted[one.code], turns(standing, 41)[one.code])


def test_two_who_apply_at_once_apply_once(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as setup:
        edition = an_edition(setup, points_rule=OLD)
        for _ in range(20):
            an_exhibitor(setup, edition, area_m2=100)
        services.save_draft(setup, edition, Rule(area=Measure(Decimal(1))), "", 0, None)
        number = edition.id
        setup.commit()
    together = Barrier(4, timeout=20)

    def attempt(_turn: int) -> str:
        with Session(engine) as session:
            edition = session.get_one(Edition, number)
            together.wait()
            try:
                services.apply(session, edition, 1)
                session.commit()
                return "applied"
            except Refused as refused:
                return str(refused.sentence)

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, range(4)))
    with Session(engine) as session:
        assert set(session.exec(select(Exhibitor.points)).all()) == {Decimal(100)}
        assert len(session.exec(select(PointsRule)).all()) == 1
    assert outcomes == ["There is no draft of a rule to apply."] * 3 + ["applied"]
    engine.dispose()
