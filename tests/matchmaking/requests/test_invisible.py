"""A no is invisible: everything that the other side gets is the same, byte by byte, as after silence."""

import re
from difflib import unified_diff
from itertools import zip_longest

import pytest
from sqlalchemy import text
from sqlmodel import select

from expo.exhibitors.models import Organisation
from expo.outbox.models import Mail
from matchmaking.catalogue.models import Buyer
from matchmaking.requests import jobs
from matchmaking.requests.models import MeetingRequest, RequestSettings
from matchmaking.requests.services import accept, ask, propose, refuse, withdraw
from matchmaking.requests.wishes import Wish
from tests.matchmaking.requests.making import a_fair
from tests.signing import sign_in

# What differs between two looks at the very same thing: values drawn for a form, minutes, running numbers.
DRAWN = re.compile(
    r'name="(once|csrf_token)"[^>]*value="[^"]*"|data-token="[^"]*"|Page made [^<]*|offers/\d+/pass'
    r'|\d\d:\d\d(:[\d.]+Z)?|requests/\d+|"id":\d+'
)


class Fair:
    """A buyer who asks, an exhibitor who says no (or nothing), and what the buyer's browser gets."""

    def __init__(self, app, client, connection, session):
        self.app, self.client, self.connection, self.session = app, client, connection, session
        self.edition, (self.ann, self.bob), (self.honey, self.tea) = a_fair(session)
        session.add(RequestSettings(edition_id=self.edition.id, digest_hours=0))
        buyer = session.get_one(Buyer, self.ann.id)
        buyer.contact_email = "ann@x.example"
        session.add(buyer)
        organisation = session.get_one(Organisation, buyer.organisation_id)
        sign_in(client, session, role="buyer", edition=self.edition, organisation=organisation)
        session.commit()

    def seen(self, request: MeetingRequest) -> list[str]:
        """Pages, export and API of the buyer, and all mail to it."""
        base, number = f"/{self.edition.code}/requests", request.id
        pages = [f"{base}?tab={tab}" for tab in ("answer", "waits", "agreed", "past", "no")]
        pages += [f"{base}/{number}", f"{base}/find", f"{base}/to/{self.honey.code}", f"{base}.csv"]
        pages += [f"/api/v1/{self.edition.code}/requests", f"/api/v1/{self.edition.code}/requests/{number}"]
        answers = [self.client.get(page) for page in pages]
        mails = self.session.exec(
            select(Mail).where(Mail.recipient == "ann@x.example").order_by(Mail.id)
        ).all()
        return [
            *(f"{one.status_code} {DRAWN.sub('', one.text)}" for one in answers),
            *(f"{mail.kind} {mail.subject} {mail.body}" for mail in mails),
        ]

    def tries(self, request: MeetingRequest) -> list[str]:
        """What the buyer can still do, and how it is answered."""
        base = f"/{self.edition.code}/requests"
        self.client.post(f"{base}/{request.id}/message", data={"body": "Still there?", "once": "x"})
        self.client.post(f"{base}/to/{self.honey.code}/meet")
        self.client.post(f"{base}/{request.id}/accept")
        return self.seen(request)

    def sweep(self):
        """The hours pass until everything has lapsed and was told."""
        self.session.commit()
        self.session.execute(text("UPDATE meeting_request SET expires_at = now() - interval '1 second'"))
        with self.app.app_context():
            jobs.sweep_edition(self.session, self.edition.id)
            self.session.execute(text("UPDATE request_notice SET due_at = now() - interval '1 hour'"))
            jobs.sweep_edition(self.session, self.edition.id)
        self.session.commit()

    def world(self, act) -> list[list[str]]:
        """What the buyer gets when `act` happens: at once, after some tries, and when all has lapsed."""
        self.session.commit()
        nested = self.connection.begin_nested()
        act()
        found = self.session.exec(select(MeetingRequest)).one()
        self.session.commit()
        story = [self.seen(found), self.tries(found)]
        self.sweep()
        story.append(self.seen(found))
        self.session.commit()
        self.session.expire_all()
        nested.rollback()
        return story


@pytest.fixture
def fair(client, connection, session, app):
    return Fair(app, client, connection, session)


def same(one: list[list[str]], other: list[list[str]]):
    lines = [
        line
        for before, after in zip(one, other, strict=True)
        for old, new in zip_longest(before, after, fillvalue="")
        for line in unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=0)
    ]
    assert "\n".join(lines) == ""


def test_a_no_to_a_request_looks_like_silence(fair):
    ask(fair.session, fair.edition, fair.ann, fair.honey.id, message="We want honey.")
    silence = fair.world(lambda: None)
    no = fair.world(lambda: refuse(fair.session, fair.edition, fair.honey, fair.ann.id))
    same(silence, no)
    assert any("found no answer" in told for told in silence[2])


def test_a_no_said_before_the_request_looks_like_silence(fair):
    """The request is made as any other; it never reaches who refused."""

    def asked():
        return ask(fair.session, fair.edition, fair.ann, fair.honey.id, message="We want honey.")

    def refused_and_asked():
        refuse(fair.session, fair.edition, fair.honey, fair.ann.id)
        return asked()

    silence, no = fair.world(asked), fair.world(refused_and_asked)
    assert [len(told) for told in silence] == [len(told) for told in no]
    same(silence, no)


def test_a_no_after_ones_own_proposal_looks_like_taking_it_back(fair):
    found = ask(fair.session, fair.edition, fair.ann, fair.honey.id)
    propose(fair.session, fair.edition, fair.honey, found, Wish(slot=2))
    back = fair.world(lambda: withdraw(fair.session, fair.edition, fair.honey, found))
    no = fair.world(lambda: refuse(fair.session, fair.edition, fair.honey, fair.ann.id))
    same(back, no)


def test_a_no_after_agreeing_looks_like_a_withdrawal(fair):
    found = ask(fair.session, fair.edition, fair.ann, fair.honey.id)
    accept(fair.session, fair.edition, fair.honey, found)
    back = fair.world(lambda: withdraw(fair.session, fair.edition, fair.honey, found))
    no = fair.world(lambda: refuse(fair.session, fair.edition, fair.honey, fair.ann.id))
    same(back, no)
    assert any("cannot take place" in told for told in no[2])


def test_a_no_after_ones_own_request_looks_like_a_withdrawal(fair):
    found = ask(fair.session, fair.edition, fair.honey, fair.ann.id)
    back = fair.world(lambda: withdraw(fair.session, fair.edition, fair.honey, found))
    no = fair.world(lambda: refuse(fair.session, fair.edition, fair.honey, fair.ann.id))
    same(back, no)
