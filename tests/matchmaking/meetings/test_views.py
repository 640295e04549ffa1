"""The pages of meetings: the organiser's, and everybody's own."""

import pytest
from sqlmodel import select

from expo.exhibitors.models import Organisation
from expo.jobs.handlers import handler_of
from expo.jobs.models import Job
from expo.outbox import papers
from expo.outbox.models import Mail
from matchmaking.catalogue.models import Buyer
from matchmaking.meetings import queries, services
from tests.asking import asked
from tests.make import a_buyer, an_edition, an_exhibitor
from tests.matchmaking.meetings.making import a_market, a_meeting
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(client, session):
    """A solved market whose organiser is at the browser."""
    edition = a_market(session)
    services.solve(session, edition, rounds=500)
    sign_in(client, session, role="organiser", edition=edition)
    return edition


class Told:
    """Keeps what a job reports."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def progress(self, done, total, objective=None, bound=None, message=None) -> None:
        self.messages.append(str(message))

    def cancelled(self) -> bool:
        return False


@pytest.mark.parametrize(
    "page", ["", "/tables", "/tables?slot=2", "/buyers", "/exhibitors", "/exhibitors?q=firm"]
)
@pytest.mark.parametrize("language", ["en", "ur"])
def test_pages_are_well_made(client, edition, page, language):
    sign = "&" if "?" in page else "?"
    answer = client.get(f"/{edition.code}/console/meetings{page}{sign}lang={language}")
    assert (answer.status_code, problems(answer.text)) == (200, [])


@pytest.mark.parametrize("page", ["", "/tables", "/buyers", "/exhibitors", "/buyers?q=zzz"])
def test_pages_without_an_agenda_say_what_belongs_there(client, session, page):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    answer = client.get(f"/{edition.code}/console/meetings{page}")
    assert (answer.status_code, problems(answer.text)) == (200, [])


def test_the_pages_of_a_pair_show_their_meeting(client, session, edition):
    row = queries.meetings(session, edition)[0]
    for side, party, other in (
        ("buyers", row.buyer, row.exhibitor),
        ("exhibitors", row.exhibitor, row.buyer),
    ):
        answer = client.get(f"/{edition.code}/console/meetings/{side}/{party.code}")
        assert problems(answer.text) == []
        assert other.name["en"] in answer.text
        assert "offers exactly what is wanted (HS 040900)" in answer.text


def test_strangers_are_not_found(client, edition):
    pages = ("buyers/NOBODY", "buyers/NOBODY.pdf", "exhibitors/NOBODY")
    codes = [client.get(f"/{edition.code}/console/meetings/{page}").status_code for page in pages]
    assert codes == [404] * 3


def test_a_run_is_queued_once(client, session, edition):
    address = f"/{edition.code}/console/meetings"
    first = client.post(address, data={"seed": "7", "budget": "quick", "kind": "repair"})
    again = client.post(address, data={"seed": "8", "budget": "quick", "kind": "whole"})
    jobs = session.exec(select(Job).where(Job.edition_id == edition.id)).all()
    assert first.location == again.location
    assert [(job.kind, job.arguments["seed"], job.arguments["how"]) for job in jobs] == [
        ("agenda.solve", 7, "repair")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"seed": "x", "budget": "quick", "kind": "whole"},
        {"seed": "1", "budget": "endless", "kind": "whole"},
        {"seed": "1", "budget": "quick", "kind": "all"},
    ],
)
def test_a_run_that_makes_no_sense_is_not_queued(client, session, edition, wrong):
    answer = client.post(f"/{edition.code}/console/meetings", data=wrong)
    assert (answer.status_code, problems(answer.text)) == (200, [])
    assert session.exec(select(Job).where(Job.edition_id == edition.id)).all() == []


def test_the_job_solves_and_says_how_far_it_is(app, session):
    edition, told = a_market(session), Told()
    job = Job(kind="agenda.solve", edition_id=edition.id, arguments={"seed": 3, "rounds": 500})
    result = handler_of("agenda.solve")(session, job, told)
    run = services.latest_run(session, edition)
    link = {"endpoint": "meetings.run_detail", "values": {"number": run.id}}
    assert (result["run"], result["link"]) == (run.id, link)
    assert (run.seed, run.state, run.figures["meetings"]) == (3, "done", 9)
    assert told.messages[0] == "Looking for suppliers for every need."


def a_buyer_at_the_browser(client, session, edition) -> Buyer:
    buyer = session.exec(select(Buyer).where(Buyer.edition_id == edition.id).order_by(Buyer.id)).first()
    organisation = session.get_one(Organisation, buyer.organisation_id)
    sign_in(client, session, role="buyer", edition=edition, organisation=organisation)
    return buyer


def test_old_addresses_lead_a_buyer_to_its_own_meetings(client, session):
    edition = a_market(session)
    services.solve(session, edition, rounds=500)
    buyer = a_buyer_at_the_browser(client, session, edition)
    pages = (f"agenda?buyer={buyer.code}", "agenda.pdf")
    answer, paper = (client.get(f"/{edition.code}/{page}", follow_redirects=True) for page in pages)
    assert (answer.status_code, problems(answer.text)) == (200, [])
    assert f"/{edition.code}/my-day.pdf?as={buyer.code}" in answer.text


def test_nobody_sees_the_agenda_of_somebody_else(client, session):
    edition = a_market(session)
    a_buyer_at_the_browser(client, session, edition)
    other = a_buyer(session, edition)
    session.commit()
    paper = f"console/meetings/buyers/{other.code}/agenda.pdf"
    pages = (f"agenda?buyer={other.code}", f"agenda.pdf?buyer={other.code}", "console/meetings", paper)
    answers = [client.get(f"/{edition.code}/{page}", follow_redirects=True) for page in pages]
    assert [answer.status_code for answer in answers] == [404, 404, 403, 403]


def test_who_takes_no_part_is_told_so(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="buyer", edition=edition)
    answer = client.get(f"/{edition.code}/agenda", follow_redirects=True)
    assert (answer.status_code, problems(answer.text)) == (200, [])
    assert "As soon as your organisation takes part" in answer.text


def test_whoever_has_no_meeting_is_found_in_the_lists(client, session, edition):
    idle = [a_buyer(session, edition), an_exhibitor(session, edition)]
    declined = an_exhibitor(session, edition, state="rejected")
    session.commit()
    for page, one in zip(("buyers", "exhibitors"), idle, strict=True):
        answer = client.get(f"/{edition.code}/console/meetings/{page}?only=idle")
        assert problems(answer.text) == []
        assert f"/console/meetings/{page}/{one.code}" in answer.text
        assert f"/console/meetings/{page}/{declined.code}" not in answer.text
        assert answer.text.count(f"/console/meetings/{page}/") == 1


def test_the_table_plan_takes_as_many_statements_for_many_as_for_one(client, session, connection):
    edition = an_edition(session, meetings=a_market(session).meetings)
    sign_in(client, session, role="organiser", edition=edition)
    counted, table = [], 0
    for number in (1, 9):
        for _ in range(number):
            table += 1
            buyer, exhibitor = a_buyer(session, edition), an_exhibitor(session, edition)
            a_meeting(session, buyer, exhibitor, table_number=table)
        session.commit()
        with asked(connection) as told:
            client.get(f"/{edition.code}/console/meetings/tables?slot=1")
        counted.append(len(told))
    assert counted[0] == counted[1]


def test_a_run_is_looked_at_and_then_put_into_force(client, session):
    edition = a_market(session, tables=2)
    sign_in(client, session, role="organiser", edition=edition)
    run = services.work_out(session, edition, rounds=500)
    session.commit()
    address = f"/{edition.code}/console/meetings/runs/{run.id}"
    for page in (address, f"{address}/unmet", f"/{edition.code}/console/meetings/letters"):
        answer = client.get(page)
        assert (answer.status_code, problems(answer.text)) == (200, [])
    assert client.post(f"{address}/publish").location.endswith("/console/meetings")
    assert services.meeting_count(session, edition) == 8
    again = client.post(f"{address}/publish", follow_redirects=True)
    assert "This run is published already." in again.text


def test_runs_and_meetings_of_another_edition_are_not_found(client, session, edition):
    other = a_market(session)
    run = services.solve(session, other, rounds=500)
    session.commit()
    number = queries.meetings(session, other)[0].number
    home = f"/{edition.code}/console/meetings"
    pages = (f"runs/{run.id}", f"runs/{run.id}/unmet", str(number), str(10**12), f"runs/{10**12}")
    assert [client.get(f"{home}/{page}").status_code for page in pages] == [404] * 5
    assert client.post(f"{home}/{number}", data={"act": "cancel"}).status_code == 404


def test_a_meeting_is_moved_locked_and_called_off_by_hand(client, session, edition):
    row = queries.meetings(session, edition)[0]
    address = f"/{edition.code}/console/meetings/{row.number}"
    assert problems(client.get(address).text) == []
    taken = client.post(address, data={"act": "move", "sequence": "0", "slot": "99", "table": ""})
    assert (taken.status_code, problems(taken.text)) == (409, [])
    assert "There is no such time in this edition." in taken.text
    client.post(address, data={"act": "lock"})
    kept = client.post(address, data={"act": "cancel", "sequence": "0"})
    assert "This meeting is locked. Unlock it first." in kept.text
    client.post(address, data={"act": "unlock"})
    assert client.post(address, data={"act": "cancel", "sequence": "0"}).status_code == 302
    assert client.post(address, data={"act": "cancel", "sequence": "0"}).status_code == 409
    assert client.post(address, data={"act": "burn"}).status_code == 400
    assert services.meeting_count(session, edition) == 8


def test_a_meeting_is_added_by_hand(client, session, edition):
    buyer, exhibitor = a_buyer(session, edition), an_exhibitor(session, edition)
    session.commit()
    address = f"/{edition.code}/console/meetings/new"
    assert problems(client.get(address).text) == []
    free = min((4, 3, 2, 1), key=lambda slot: queries.load(session, edition).get(slot, 0))
    values = {"buyer": buyer.code, "exhibitor": exhibitor.code, "slot": str(free)}
    nobody = client.post(address, data=values | {"buyer": "NOBODY"})
    assert "Give the code of a buyer" in nobody.text
    assert 'value="NOBODY"' in nobody.text
    assert client.post(address, data=values).status_code == 302
    again = client.post(address, data=values)
    assert "has another meeting at that time" in again.text or "have a meeting already" in again.text
    assert again.status_code == 409


def test_letters_go_to_those_concerned_with_an_entry_for_their_calendar(app, client, session, edition):
    session.exec(select(Buyer).where(Buyer.edition_id == edition.id)).first().contact_email = "b@example.org"
    session.commit()
    job = Job(kind="agenda.letters", edition_id=edition.id, arguments={"site": "https://fair.example"})
    with app.app_context():
        result = handler_of("agenda.letters")(session, job, Told())
        mail = session.exec(select(Mail).where(Mail.recipient == "b@example.org")).one()
        files = papers.all_made(session, mail.paper)
        again = handler_of("agenda.letters")(session, job, Told())
    assert (result["letters"], result["mails"], again["letters"]) == (6, 1, 0)
    assert len(files) == 3
    assert b"METHOD:REQUEST" in files[0][1]
    assert b"SEQUENCE:0" in files[0][1]
    assert "https://fair.example" in mail.body
