"""A no is invisible on everything that the other side can get: every address, every letter, every paper."""

import re
from difflib import unified_diff
from types import SimpleNamespace

import pypdfium2
import pytest
from sqlmodel import select, update

from expo.clock import now
from expo.exhibitors.models import Organisation
from expo.outbox import papers
from expo.outbox.models import Mail
from matchmaking.meetings import jobs as agenda_jobs
from matchmaking.meetings import services as agenda
from matchmaking.meetings.models import Meeting
from matchmaking.onsite import jobs as onsite_jobs
from matchmaking.onsite.services import feeding
from matchmaking.requests import jobs as request_jobs
from matchmaking.requests.models import MeetingRequest, RequestNotice, RequestSettings
from matchmaking.requests.queries.parties import party
from matchmaking.requests.services import accept, ask, refuse, withdraw
from tests.make import a_need, a_product
from tests.matchmaking.onsite.making import a_day, a_meeting_now
from tests.signing import sign_in

# What differs between two looks at the very same thing: values drawn for a form, the time of the look, and
# the numbers of rows, which a database does not give out again.
DRAWN = re.compile(
    r'name="(once|csrf_token|key)"[^>]*|data-(token|key)="[^"]*"|Page made [^<]*'
    r"|\d\d:\d\d(:[\d.]+)?(Z|\+00:00)?|DTSTAMP:\w+|LAST-MODIFIED:\w+|in \d+ minutes?"
    r'|"id":\d+|(offers|requests|my-day|meetings)/\d+|meeting[-=]\d+'
)
ROOMS = re.compile(r"matchmaking\.(catalogue|requests|meetings|onsite|profiles|portal|site)\.")


class Pair:
    """Somebody (`me`) and who says no to them (`them`); what pages, letters and papers tell `me`."""

    def __init__(self, app, client, connection, session, side):
        self.app, self.client, self.connection, self.session = app, client, connection, session
        self.edition, buyers, sellers = a_day(session)
        for row in sellers:
            a_product(session, row, hs="040900")
        for row in buyers:
            a_need(session, row, hs="040900", position=1)
        self.buyer, self.seller = buyers[0], sellers[0]
        mine, theirs = (self.buyer, self.seller) if side == "buyer" else (self.seller, self.buyer)
        self.me = party(session, self.edition, side, mine.id)
        self.them = party(session, self.edition, "supplier" if side == "buyer" else "buyer", theirs.id)
        mine.contact_email = "me@x.example"
        session.add(RequestSettings(edition_id=self.edition.id, digest_hours=0))
        third = (self.buyer, sellers[1]) if side == "buyer" else (buyers[1], self.seller)
        a_meeting_now(session, self.edition, *third, later=3, table=3, told=0)
        self.key = feeding.new_feed(session, self.edition, (side, mine.id)).key
        agenda.furnish(session, self.edition)
        organisation = session.get_one(Organisation, mine.organisation_id)
        role = "buyer" if side == "buyer" else "exhibitor"
        sign_in(client, session, role=role, edition=self.edition, organisation=organisation)

    def meets(self) -> Meeting:
        """The two have a meeting, and both were told of it."""
        row = a_meeting_now(self.session, self.edition, self.buyer, self.seller, later=2, table=2, told=0)
        self.session.refresh(row)
        return row

    def after(self, act) -> dict[str, str]:
        """Where → what is there once something happened, all that waited lapsed, and letters were written."""
        self.session.commit()
        nested = self.connection.begin_nested()
        act()
        found = self.letters() | self.pages()
        self.session.commit()
        self.session.expire_all()
        nested.rollback()
        return {where: DRAWN.sub("", told) for where, told in found.items()}

    def letters(self) -> dict[str, str]:
        """All mail with the files that go with it."""
        job = SimpleNamespace(edition_id=self.edition.id, arguments={"site": "https://x.example"}, id=1)
        report = SimpleNamespace(progress=lambda *_given, **_named: None)
        self.session.execute(update(MeetingRequest).values(expires_at=now()))
        with self.app.test_request_context():
            for _ in range(2):
                self.session.execute(update(RequestNotice).values(due_at=now().replace(year=2020)))
                request_jobs.sweep_edition(self.session, self.edition.id)
            agenda_jobs.write(self.session, job, report)
            onsite_jobs.write_after(self.session, job, report)
            mails = select(Mail).where(Mail.recipient == "me@x.example").order_by(Mail.id)
            return {
                f"letter {place}": "\n".join(
                    [
                        one.subject,
                        one.body,
                        *(file.decode() for _name, file in papers.all_made(self.session, one.paper)),
                    ]
                )
                for place, one in enumerate(self.session.exec(mails))
            }

    def pages(self) -> dict[str, str]:
        """All addresses of the rooms of meetings that can be made of what this side knows."""
        known = {
            "edition": self.edition.code, "code": self.them.code, "key": self.key, "form": "csv",
        }  # fmt: skip
        numbers = [*self.session.exec(select(MeetingRequest.id)), *self.session.exec(select(Meeting.id))]
        found = {}
        for rule in self.app.url_map.iter_rules():
            view = self.app.view_functions[rule.endpoint]
            if "GET" not in rule.methods or "/console" in rule.rule or not ROOMS.match(view.__module__):
                continue
            if "edition" in rule.arguments and rule.arguments <= known.keys() | {"number"}:
                for place, number in enumerate(numbers if "number" in rule.arguments else [0]):
                    found[f"{rule.rule} {place}"] = self.look(rule.rule, known | {"number": str(number)})
        return found

    def look(self, rule: str, known: dict[str, str]) -> str:
        """What is at an address, as text."""
        answer = self.client.get(re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda part: known[part[1]], rule))
        if answer.status_code != 200:
            return f"{answer.status_code} {answer.location}"
        if answer.mimetype != "application/pdf":
            return answer.text
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.data))


@pytest.fixture(params=["buyer", "supplier"])
def pair(request, app, client, connection, session):
    return Pair(app, client, connection, session, request.param)


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return [
        f"{where}: {line}"
        for where in sorted(one.keys() | other.keys())
        for line in unified_diff(
            one.get(where, "").split("\n"), other.get(where, "").split("\n"), lineterm="", n=0
        )
    ]


def no(pair: Pair):
    refuse(pair.session, pair.edition, pair.them, pair.me.id)


def test_a_no_to_a_request_looks_like_silence(pair):
    ask(pair.session, pair.edition, pair.me, pair.them.id, message="Let us talk.")
    silence = pair.after(lambda: None)
    assert differences(silence, pair.after(lambda: no(pair))) == []
    assert "found no answer in time" in silence["letter 0"]
    assert pair.them.code not in silence["/<edition>/my-day.pdf 0"]
    assert len([told for told in silence.values() if told[:3] not in ("404", "403")]) > 30


def test_a_no_to_a_meeting_that_nobody_asked_for_looks_as_if_the_organiser_called_it_off(pair):
    row = pair.meets()
    off = pair.after(lambda: agenda.cancel(pair.session, pair.edition, row, row.sequence))
    assert differences(off, pair.after(lambda: no(pair))) == []
    assert "METHOD:CANCEL" in off["letter 0"]
    assert "STATUS:CANCELLED" in off["/<edition>/my-day/calendar/<key>.ics 0"]


def test_a_no_to_a_meeting_that_was_agreed_looks_like_a_withdrawal(pair):
    found = ask(pair.session, pair.edition, pair.me, pair.them.id)
    accept(pair.session, pair.edition, pair.them, found)
    pair.meets()
    back = pair.after(lambda: withdraw(pair.session, pair.edition, pair.them, found))
    assert differences(back, pair.after(lambda: no(pair))) == []
    assert any("METHOD:CANCEL" in told for told in back.values())
