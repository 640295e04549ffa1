"""Boxes are sealed before the first device asks."""

from sqlalchemy import text
from sqlmodel import Session

from expo.checkin.jobs import seal_boxes
from tests.expo.checkin.making import KEY, a_bearer, a_house


def test_a_worker_seals_the_boxes_of_editions_with_devices(app, session, connection, monkeypatch):
    monkeypatch.setattr("expo.checkin.jobs.badge_key", lambda _settings: KEY)
    house = a_house(session)
    a_bearer(session, house)
    session.commit()
    with app.app_context():
        seal_boxes(lambda: Session(bind=connection, join_transaction_mode="create_savepoint"))
    assert session.execute(text("SELECT count(*) FROM gate_box WHERE box IS NOT NULL")).scalar_one() == 1
