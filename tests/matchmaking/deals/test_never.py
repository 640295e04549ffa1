"""What the database itself refuses, raced over real connections."""

import threading
from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from expo.db import make_engine
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.deals import services
from matchmaking.deals.models import Deal, DealEvent
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.deals.making import DAY, a_deal, a_line


@pytest.fixture
def engine(fresh_database) -> Iterator[Engine]:
    engine = make_engine(fresh_database)
    yield engine
    engine.dispose()


@pytest.fixture
def edition_id(engine) -> int:
    """An edition with one recorded deal."""
    with Session(engine) as session:
        edition = an_edition(session)
        a_deal(session, edition)
        session.commit()
        return edition.id


def refused_at_commit(engine: Engine, statement: str) -> str:
    with Session(engine) as session, pytest.raises(DBAPIError) as refused:
        session.execute(text(statement))
        session.commit()
    return str(refused.value.orig)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deal SET total_minor = total_minor + 1",
        "UPDATE deal_line SET quantity = quantity * 2, amount_minor = amount_minor * 2",
        "DELETE FROM deal_line",
    ],
)
def test_a_deal_that_does_not_add_up_is_refused(engine, edition_id, statement):
    assert "deal" in refused_at_commit(engine, statement)
    with Session(engine) as session:
        assert session.exec(select(Deal.total_minor)).all() == [12340]


def test_an_amount_that_is_not_quantity_times_price_is_refused(engine, edition_id):
    assert "ck_deal_line_amount" in refused_at_commit(
        engine, "UPDATE deal_line SET amount_minor = amount_minor + 1"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deal_event SET kind = 'moved'",
        "DELETE FROM deal_event",
        "TRUNCATE deal_event CASCADE",
        "UPDATE deal_head SET sequence = 0",
        "DELETE FROM deal_head",
        "INSERT INTO deal_event (edition_id, sequence, scheme, kind, payload, at, previous_hash, hash)"
        " SELECT edition_id, 3, 2, 'moved', '{}', now(), hash, hash FROM deal_head",
        "INSERT INTO deal_event (edition_id, sequence, scheme, kind, payload, at, previous_hash, hash)"
        " SELECT edition_id, 2, 2, 'moved', '{}', now(), repeat('0', 64), hash FROM deal_head",
    ],
)
def test_what_happened_cannot_be_changed_or_dropped(engine, edition_id, statement):
    refused_at_commit(engine, statement)
    with Session(engine) as session:
        assert session.exec(select(DealEvent.kind)).all() == ["recorded"]


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE deal SET stage = 'paid', version = 2", "cannot go from intent to paid"),
        ("UPDATE deal SET stage = 'contract'", "without a new version"),
        ("UPDATE deal SET type = 'report', version = 2", "fk_deal_type_stage"),
        ("UPDATE deal SET home_minor = home_minor + 1", "ck_deal_home"),
        ("UPDATE deal_line SET home_minor = home_minor + 1", "does not add up"),
        ("UPDATE deal_party SET entered_by = 5, decided_by = 5", "four_eyes"),
        (
            "UPDATE deal_party SET state = 'entered'; UPDATE deal_party SET state = 'confirmed'",
            "cannot confirm what it entered",
        ),
    ],
)
def test_what_a_deal_may_not_become_is_refused(engine, edition_id, statement, rule):
    assert rule in refused_at_commit(engine, statement)


def _record(engine: Engine, edition_id: int, together: threading.Barrier, numbers: list[int]) -> None:
    with Session(engine) as session:
        edition = session.get_one(Edition, edition_id)
        seller = session.exec(select(Exhibitor).where(Exhibitor.edition_id == edition_id)).one()
        buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition_id)).one()
        new = services.NewDeal(seller, buyer, "CNY", (a_line(),), DAY)
        together.wait()
        numbers.append(services.record(session, edition, new).number)
        session.commit()


def test_writers_at_once_get_numbers_one_after_the_other_and_one_chain(engine, edition_id):
    together, numbers = threading.Barrier(4), []
    writers = [
        threading.Thread(target=_record, args=(engine, edition_id, together, numbers)) for _ in range(4)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    with Session(engine) as session:
        edition = session.get_one(Edition, edition_id)
        assert sorted(numbers) == [2, 3, 4, 5]
        assert session.exec(select(DealEvent.sequence).order_by(DealEvent.sequence)).all() == [1, 2, 3, 4, 5]
        assert services.chain_break(session, edition) is None


def test_without_the_ledgers_lock_the_same_number_twice_is_still_refused(engine, edition_id):
    """The control: what the lock spares people, the constraint forbids."""
    with Session(engine) as one, Session(engine) as other:
        first = one.exec(select(Deal)).one()
        copy = Deal(**first.model_dump(exclude={"id", "total_minor"}), total_minor=0)
        other.add(copy)
        with pytest.raises(IntegrityError):
            other.commit()


@pytest.fixture
def frame_id(engine, edition_id) -> int:
    """A framework of two firms with a call-off; a third firm stands by."""
    with Session(engine) as session:
        edition = session.get_one(Edition, edition_id)
        seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
        a_buyer(session, edition, code="STRANGER")
        both = {"seller": seller, "buyer": buyer}
        frame = a_deal(session, edition, framework=True, lines=(a_line(quantity=Decimal(100)),), **both)
        a_deal(session, edition, framework_id=frame.id, **both)
        session.commit()
        return frame.id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deal SET buyer_id = (SELECT id FROM buyer WHERE code = 'STRANGER') WHERE framework_id = {}",
        "UPDATE deal SET seller_id = (SELECT min(seller_id) FROM deal) WHERE framework_id = {}",
        "UPDATE deal SET seller_id = (SELECT min(seller_id) FROM deal) WHERE id = {}",
        "UPDATE deal_party SET role = 'witness' WHERE deal_id = {} AND role = 'buyer'",
        "DELETE FROM deal_party WHERE deal_id = {}",
        "UPDATE deal_party SET organisation_id = (SELECT organisation_id FROM buyer WHERE code = 'STRANGER')"
        " WHERE deal_id = {} AND role = 'buyer'",
    ],
)
def test_only_the_parties_of_a_framework_call_off_from_it(engine, frame_id, statement):
    assert "called off by others" in refused_at_commit(engine, statement.format(frame_id))


def test_a_framework_does_not_change_hands_while_somebody_calls_off(engine, edition_id, frame_id):
    """One takes the buyer out of the framework, the other calls off for that buyer: never both."""
    with Session(engine) as session:
        session.execute(text("UPDATE deal SET stage = 'lapsed', version = 2 WHERE framework_id IS NOT NULL"))
        session.commit()
    together, done = threading.Barrier(2, timeout=30), []

    def run(statement: str) -> None:
        with Session(engine) as session:
            session.execute(text(statement))
            together.wait()
            try:
                session.commit()
                done.append(statement)
            except DBAPIError as error:
                assert "called off by others" in str(error.orig)

    calling = (
        "INSERT INTO deal SELECT (jsonb_populate_record(deal, jsonb_build_object('id', 900, 'number', 900,"
        f" 'stage', 'intent'))).* FROM deal WHERE framework_id = {frame_id};"
        " INSERT INTO deal_line SELECT (jsonb_populate_record(line, jsonb_build_object('id', 900, 'deal_id',"
        " 900))).* FROM deal_line AS line JOIN deal ON deal.id = line.deal_id"
        f" WHERE deal.framework_id = {frame_id} AND deal.id <> 900"
    )
    leaving = f"DELETE FROM deal_party WHERE deal_id = {frame_id} AND role = 'buyer'"
    both = [threading.Thread(target=run, args=(statement,)) for statement in (calling, leaving)]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert len(done) == 1
