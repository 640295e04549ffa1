"""Telling everybody their turn, and the sweep of the worker."""

import pytest
from flask import g
from sqlalchemy import text
from sqlmodel import select

from expo.jobs.models import Job
from expo.jobs.worker import sweep_once
from expo.outbox.models import Mail
from expo.selection.jobs import tell
from expo.selection.models import Hold, Offer, Swap, Turn
from expo.selection.services import picking, rounds, swapping, waiting
from expo.web.language import as_datetime
from tests.expo.selection.making import a_fair, a_firm, a_round


@pytest.fixture
def fair(session):
    return a_fair(session)


class Quiet:
    """A report that nobody reads."""

    def progress(self, *_figures) -> None:
        """Say nothing."""

    def cancelled(self) -> bool:
        """Never."""
        return False


def test_everybody_is_told_their_own_time_once(app, session, fair):
    for number in range(3):
        a_firm(session, fair, f"X{number}", contact_email=f"x{number}@example.org", points=number)
    round_ = a_round(session, fair, mode="turns", weekends=True)
    job = Job(kind="selection.tell", arguments={"round_id": round_.id}, edition_id=fair.edition.id)
    session.commit()
    with app.app_context():
        assert tell(session, job, Quiet()) == {"told": 3}
        assert tell(session, job, Quiet()) == {"told": 0}
    mails = session.exec(select(Mail).order_by(Mail.id)).all()
    assert [mail.recipient for mail in mails] == ["x2@example.org", "x1@example.org", "x0@example.org"]
    first = session.exec(select(Turn).where(Turn.position == 1)).one()
    with app.app_context():
        g.edition = fair.edition
        shown = as_datetime(first.opens_at)
    assert (shown in mails[0].body, "number 1 of 3" in mails[0].body) == (True, True)
    assert f"/{fair.edition.code}/portal/selection" in mails[0].body


def test_the_sweep_clears_offers_tells_and_may_be_repeated(app, session, fair):
    own, waits = a_firm(session, fair, "X"), a_firm(session, fair, "W", contact_email="w@example.org")
    round_ = a_round(session, fair)
    picking.choose(session, round_, own, ["A-01"])
    picking.confirm(session, round_, own)
    waiting.join(session, waits, "stand", "A-01", "", (9, 9), replaces=False)
    picking.choose(session, round_, a_firm(session, fair, "Y"), ["A-05"])
    rounds.close(session, round_)
    session.execute(text("DELETE FROM allotment"))
    session.commit()
    for _twice in range(2):
        sweep_once(app)
    session.expire_all()
    offer = session.exec(select(Offer)).one()
    assert (offer.exhibitor_id, offer.state) == (waits.id, "open")
    assert session.exec(select(Hold.offer_id)).all() == [offer.id]
    assert session.exec(select(Mail.recipient, Mail.kind)).all() == [("w@example.org", "selection.offer")]
    session.execute(text("UPDATE stand_hold SET expires_at = now()"))
    session.execute(text("UPDATE stand_offer SET expires_at = now()"))
    session.commit()
    sweep_once(app)
    session.expire_all()
    assert session.exec(select(Hold)).all() == []
    assert session.exec(select(Mail.kind).order_by(Mail.id)).all() == [
        "selection.offer",
        "selection.offer-over",
    ]


def test_the_sweep_closes_swaps_that_ran_out(app, session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    for firm, stand in ((one, "A-01"), (other, "B-05")):
        picking.choose(session, round_, firm, [stand])
        picking.confirm(session, round_, firm)
    swapping.propose(session, one, other, "")
    session.execute(text("UPDATE stand_swap SET expires_at = now()"))
    session.commit()
    sweep_once(app)
    session.expire_all()
    assert session.exec(select(Swap.state)).all() == ["expired"]
