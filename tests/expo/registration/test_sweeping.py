"""What happens by itself: offers that ran out go on to the next, expired codes give their places back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.clock import now
from expo.outbox.models import Mail
from expo.registration.jobs.sweeping import sweep_edition
from expo.registration.services import enrolling
from tests.expo.registration.making import a_code, a_ticket, open_registration, somebody
from tests.make import an_edition


@pytest.fixture
def edition(app, session):
    edition = an_edition(session, starts_on=now().date(), ends_on=now().date() + timedelta(days=30))
    open_registration(session, edition)
    return edition


def told(session, edition):
    rows = session.exec(select(Mail.kind, Mail.recipient).where(Mail.edition_id == edition.id))
    return sorted((kind.removeprefix("registration."), to.split("@")[0]) for kind, to in rows)


def test_a_free_place_goes_down_the_list_with_letters(app, session, edition):
    ticket = a_ticket(session, edition, places=1)
    first, second, third = (somebody(session, edition, ticket, name) for name in ("A", "B", "C"))
    enrolling.cancel(session, edition, first)
    with app.app_context():
        assert sweep_edition(session, edition.id) == 1
        assert sweep_edition(session, edition.id) == 0
        second.offered_until = now() - timedelta(seconds=1)
        session.flush()
        assert sweep_edition(session, edition.id) == 2
    assert told(session, edition) == [("lapsed", "b"), ("offer", "b"), ("offer", "c")]
    assert (second.state, third.offered_until is None) == ("cancelled", False)


def test_an_expired_code_gives_its_place_to_who_waits(app, session, edition):
    ticket = a_ticket(session, edition, places=1)
    code = a_code(session, edition, ticket_id=ticket.id, reserves=True, expires_at=now() + timedelta(hours=1))
    waits = somebody(session, edition, ticket)
    code.expires_at = now() - timedelta(seconds=1)
    session.flush()
    with app.app_context():
        assert sweep_edition(session, edition.id) == 1
    assert waits.offered_until is not None
