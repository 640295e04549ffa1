"""Many at the same deal at once, and a writer that is killed: one order, nothing acknowledged is lost."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from expo.db import make_engine
from expo.editions.models import Edition
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from matchmaking.catalogue.models import Buyer
from matchmaking.deals import services
from matchmaking.deals.models import Deal, DealEvent
from tests.make import an_edition
from tests.matchmaking.deals.making import DAY, a_deal, a_line

CLIENTS = 32


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


def _act(engine: Engine, edition_id: int, number: int, version: int | None) -> bool:
    """One client confirms, amends or cancels the edition's deal; whether it was let."""
    with Session(engine) as session:
        edition = session.get_one(Edition, edition_id)
        deal = session.exec(select(Deal).where(Deal.edition_id == edition_id)).one()
        seller = session.get_one(Exhibitor, deal.seller_id)
        buyer = session.get_one(Buyer, deal.buyer_id)
        try:
            if number % 3 == 0:
                party = (seller if number % 2 else buyer).organisation_id
                services.confirm(session, edition, deal, party, number, version=version)
            elif number % 3 == 1:
                line = a_line(unit_price_minor=1000 + number)
                new = services.NewDeal(seller, buyer, "CNY", (line,), DAY)
                services.amend(session, edition, deal, new, number, version=version)
            else:
                services.move(session, edition, deal, "cancelled", number, version=version)
            session.commit()
        except Refused:
            return False
    return True


def _race(engine: Engine, edition_id: int, version: int | None) -> int:
    """All clients at once; how many were let."""
    together, let = threading.Barrier(CLIENTS, timeout=60), []

    def run(number: int) -> None:
        together.wait()
        let.append(_act(engine, edition_id, number, version))

    clients = [threading.Thread(target=run, args=(number,)) for number in range(1, CLIENTS + 1)]
    for client in clients:
        client.start()
    for client in clients:
        client.join(60)
    assert len(let) == CLIENTS
    return sum(let)


@pytest.mark.parametrize("version", [None, 1])
def test_clients_at_once_make_one_order_and_lose_no_update(fresh_database, edition_id, version):
    engine = make_engine(fresh_database)
    let = _race(engine, edition_id, version)
    with Session(engine) as session:
        edition = session.get_one(Edition, edition_id)
        deal = session.exec(select(Deal)).one()
        events = session.exec(select(DealEvent).order_by(DealEvent.sequence)).all()
        last = [event.payload["total_minor"] for event in events if "total_minor" in event.payload][-1]
        assert (deal.version, len(events)) == (1 + let, 1 + let)
        assert deal.total_minor == last
        assert services.verify(session, edition).intact
        assert let == 1 if version else let >= 1
    engine.dispose()


WRITER = """
import sys
from sqlmodel import Session, select
from expo.db import make_engine
from expo.editions.models import Edition
from expo.exhibitors.models import Exhibitor
from expo.schema import load_all_models
from matchmaking.deals import services
from tests.matchmaking.deals.making import DAY, a_line

load_all_models()
engine = make_engine(sys.argv[1])
while True:
    with Session(engine) as session:
        edition = session.exec(select(Edition)).one()
        seller = session.exec(select(Exhibitor)).first()
        deal = services.record(session, edition, services.NewDeal(seller, None, "CNY", (a_line(),), DAY))
        services.move(session, edition, deal, "contract")
        number = deal.number
        session.commit()
    print(number, flush=True)
"""


def test_a_writer_that_is_killed_loses_nothing_that_was_acknowledged(fresh_database, engine, edition_id):
    acknowledged: set[int] = set()
    for after in (1, 4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, fresh_database], stdout=subprocess.PIPE, text=True
        )
        for line in writer.stdout:
            acknowledged.add(int(line))
            if len(acknowledged) % after == 0:
                break
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged |= {int(line) for line in writer.stdout if line.strip()}
        writer.wait()
        writer.stdout.close()
    with Session(engine) as session:
        edition = session.get_one(Edition, edition_id)
        kept = set(session.exec(select(Deal.number).where(Deal.stage == "contract")))
        assert acknowledged <= kept
        assert services.verify(session, edition).intact
