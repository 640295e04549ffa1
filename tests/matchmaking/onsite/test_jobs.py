"""What is printed and written by itself."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from sqlmodel import Session, select

from expo.clock import now
from expo.errors import Refused
from expo.outbox.models import Mail
from matchmaking.meetings import services as meetings
from matchmaking.onsite import jobs, prints
from matchmaking.onsite.models import MeetingNoShow
from tests.matchmaking.onsite.making import a_day, a_meeting_now
from tests.page import problems
from tests.signing import sign_in


class Report:
    """Takes what a job tells."""

    def __init__(self, stopped: bool = False):
        self.stopped = stopped

    def progress(self, *_args, **_given) -> None:
        pass

    def cancelled(self) -> bool:
        return self.stopped


class Job:
    """A job of an edition."""

    def __init__(self, edition, **arguments):
        self.edition_id, self.arguments = edition.id, arguments


@pytest.fixture
def fair(session):
    edition, buyers, sellers = a_day(session)
    buyers[0].contact_email = "buyer@example.org"
    session.add(buyers[0])
    session.flush()
    return edition, buyers, sellers


def test_who_missed_a_meeting_is_written_to_once_and_the_excused_are_not(app, session, connection, fair):
    edition, buyers, sellers = fair
    for number, excused in enumerate((False, True)):
        meeting = a_meeting_now(session, edition, buyers[0], sellers[number], later=number)
        missed = MeetingNoShow(
            meeting_id=meeting.id, side="buyer", edition_id=edition.id, excused=excused,
            noted_at=now() - timedelta(hours=1),
        )  # fmt: skip
        session.add(missed)
        session.flush()
    session.commit()
    with app.app_context():
        for _ in range(2):
            jobs.tell_missed(lambda: Session(bind=connection, join_transaction_mode="create_savepoint"))
    mail = session.exec(select(Mail)).one()
    assert mail.recipient == "buyer@example.org"
    assert "could not take place because nobody of you came" in mail.body


def test_letters_after_the_fair_name_whom_one_met_wait_for_approval_and_are_written_once(app, session, fair):
    edition, buyers, sellers = fair
    a_meeting_now(session, edition, buyers[0], sellers[0], state="held")
    with app.app_context():
        jobs.write_after(session, Job(edition), Report())
        mail = session.exec(select(Mail)).one()
        assert (mail.state, mail.recipient) == ("waiting", "buyer@example.org")
        assert "– Firm" in mail.body
        with pytest.raises(Refused):
            jobs.write_after(session, Job(edition), Report())
        mail.state = "discarded"  # something was wrong with them, and is mended
        session.flush()
        assert jobs.write_after(session, Job(edition), Report())["letters"] == 1


def test_both_sides_of_a_meeting_have_a_page(app, session, fair, monkeypatch):
    edition, buyers, sellers = fair
    a_meeting_now(session, edition, buyers[0], sellers[0])
    monkeypatch.setattr(prints.agendas, "PER_PART", 1)
    told = []

    def progress(done, total):
        told.append((done, total))
        return True

    with app.app_context():
        made = prints.all_agendas_pdf(session, edition, "ur", progress)
    with pikepdf.open(BytesIO(made)) as opened:
        assert (len(opened.pages), str(opened.Root.Lang)) == (2, "ur")
    assert told == [(1, 2), (2, 2)]


def test_an_edition_without_meetings_prints_a_page_that_says_so(app, session, fair):
    with app.app_context():
        assert prints.all_agendas_pdf(session, fair[0], "en")[:5] == b"%PDF-"


def test_everybodys_agenda_is_printed_and_kept(app, session, fair):
    edition, buyers, sellers = fair
    a_meeting_now(session, edition, buyers[0], sellers[0])
    with app.app_context():
        done = jobs.print_agendas(session, Job(edition, language="ur"), Report())
        path = jobs.prints.agendas_path(app.extensions["expo_settings"].instance, edition, "ur")
        assert path.stat().st_size == done["bytes"]


def test_a_print_that_is_stopped_leaves_the_last_one_where_it_lies(app, session, fair):
    edition, buyers, sellers = fair
    with app.app_context():
        jobs.print_agendas(session, Job(edition, language="en"), Report())
        path = jobs.prints.agendas_path(app.extensions["expo_settings"].instance, edition, "en")
        before = path.read_bytes()
        a_meeting_now(session, edition, buyers[0], sellers[0])
        assert jobs.print_agendas(session, Job(edition, language="en"), Report(stopped=True)) == {}
    assert path.read_bytes() == before


def test_the_desk_says_when_sheets_were_printed_and_that_the_agenda_has_changed_since(
    app, client, session, fair
):
    edition, buyers, sellers = fair
    a_meeting_now(session, edition, buyers[0], sellers[0])
    with app.app_context():
        jobs.print_agendas(session, Job(edition, language="en"), Report())
    sign_in(client, session, role="organiser", edition=edition)
    address = f"/{edition.code}/console/meeting-desk/papers"
    fresh = client.get(address)
    assert (problems(fresh.text), "Older than the agenda" in fresh.text) == ([], False)
    meetings.next_version(session, edition, "hand", {"added": 1}, None)
    session.commit()
    assert "Older than the agenda" in client.get(address).text


def test_an_organiser_prints_the_agenda_of_either_side(client, session, fair):
    edition, buyers, sellers = fair
    a_meeting_now(session, edition, buyers[0], sellers[0])
    sign_in(client, session, role="organiser", edition=edition)
    home = f"/{edition.code}/console/meetings"
    for which, party in (("buyers", buyers[0]), ("exhibitors", sellers[0])):
        assert f"{home}/{which}/{party.code}/agenda.pdf" in client.get(f"{home}/{which}/{party.code}").text
        answer = client.get(f"{home}/{which}/{party.code}/agenda.pdf")
        assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    assert client.get(f"{home}/buyers/NOBODY/agenda.pdf").status_code == 404
