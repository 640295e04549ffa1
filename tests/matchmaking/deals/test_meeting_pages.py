"""Browsers at the pages of one deal at once: one order, and a sentence for everybody who was late."""

import re
import threading
from pathlib import Path

import pytest
from sqlmodel import Session, select

from app import create_app
from expo.accounts import services as accounts
from expo.accounts.models import User
from expo.accounts.roles import Role
from expo.clock import now
from expo.db import make_engine
from expo.editions.models import Edition
from expo.exhibitors.models import Organisation
from matchmaking.deals import services
from matchmaking.deals.models import Deal, DealEvent
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.deals.making import a_deal
from tests.matchmaking.deals.test_views import typed

CLIENTS = 32


@pytest.fixture
def house(fresh_database, tmp_path: Path):
    """The app on a database of its own, without CSRF tokens; everything else as in service."""
    app = create_app(
        database_url=fresh_database, instance=tmp_path, secret_key="b" * 40, log_level="error"
    )  # fmt: skip
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    app.extensions["expo_engine"].dispose()


def _browser(app, session, role: Role, edition, firm: Organisation | None, number: int):
    user = User(email=f"u{number}@example.org", name="P", password_hash="-", confirmed_at=now())
    session.add(user)
    session.flush()
    accounts.grant(session, user, role, edition.id, firm.id if firm else None)
    token = accounts.open_door(session, user, browser="race", days=1)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    return client


def test_browsers_at_once_make_one_order_and_each_loser_reads_a_sentence(house, fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        seller, buyer = an_exhibitor(session, edition), a_buyer(session, edition)
        a_deal(session, edition, seller=seller, buyer=buyer, entered_for=seller.organisation_id)
        firms = [session.get_one(Organisation, one.organisation_id) for one in (seller, buyer)]
        sides = [(Role.EXHIBITOR, firms[0]), (Role.BUYER, firms[1]), (Role.ORGANISER, None)]
        clients = [
            _browser(house, session, sides[n % 3][0], edition, sides[n % 3][1], n) for n in range(CLIENTS)
        ]
        session.commit()
        code, number, form = edition.code, edition.id, typed(seller, buyer)
        buying = str(buyer.organisation_id)
    together, answers = threading.Barrier(CLIENTS, timeout=60), []

    def run(at: int) -> None:
        client, base = clients[at], f"/{code}/{'console/' if at % 3 == 2 else ''}deals/1"
        act = (at // 3) % 3 if at % 3 else 1 + (at // 3) % 2
        version = re.search(r'name="version" value="(\d+)"', client.get(base).text).group(1)
        together.wait(60)
        if act == 0:
            firm = {"organisation": buying, "act": "confirm", "version": version}
            answer = client.post(f"{base}/{'parties' if at % 3 == 2 else 'decide'}", data=firm)
        elif act == 1:
            answer = client.post(
                f"{base}/amend", data=form | {"version": version, "lines-0-price": f"{at}.5"}
            )
        else:
            answer = client.post(f"{base}/stage", data={"stage": "cancelled", "version": version})
        seen = client.get(base).text if answer.status_code == 302 else answer.text
        answers.append((answer.status_code, "Somebody changed this deal meanwhile." in seen))

    threads = [threading.Thread(target=run, args=(at,)) for at in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(answers) == CLIENTS
    assert {status for status, _late in answers} <= {200, 302}
    assert sum(late for _status, late in answers) == CLIENTS - 1
    with Session(engine) as session:
        assert session.exec(select(Deal.version)).one() == 2
        assert len(session.exec(select(DealEvent.id)).all()) == 2
        assert services.verify(session, session.get_one(Edition, number)).intact
    engine.dispose()
