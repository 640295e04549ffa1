"""The plan and the stand signs on paper."""

import pytest
from sqlmodel import select

from expo.accounts.roles import Role
from expo.allocation import services
from expo.clock import now
from expo.errors import Refused
from expo.jobs.handlers import as_json
from expo.jobs.models import Job
from expo.plan import kept, prints
from expo.plan.jobs import print_plan, print_signs
from expo.plan.prints.signs import signs_pdf
from expo.printing import page_count
from expo.words import say
from tests.expo.allocation.rows import a_fair, a_firm
from tests.signing import sign_in


@pytest.fixture
def fair(session):
    kept.forget()
    fair = a_fair(session)
    a_firm(session, fair, "X", name="Honey House")
    services.publish(session, services.solve(session, fair.edition, 1, 100))
    session.commit()
    return fair


def test_the_plan_prints_a_sheet_for_the_site_one_for_each_hall_and_the_index(app, session, fair):
    with app.app_context():
        assert page_count(prints.floor_plan_pdf(session, fair.edition, "ru")) == 3
        assert page_count(prints.floor_plan_pdf(session, fair.edition, "ur", "A1", "H1")) == 2


def test_an_unknown_paper_or_hall_is_refused(app, session, fair):
    with app.app_context():
        for asked in (("B5", None), ("A3", "H9")):
            with pytest.raises(Refused):
                prints.floor_plan_pdf(session, fair.edition, "en", *asked)


class Report:
    """What a job reports, kept."""

    def __init__(self):
        self.said = []

    def progress(self, done, total, message=None):
        self.said.append((done, total))

    def cancelled(self):
        return False


def test_a_job_prints_the_signs_and_a_page_hands_them_out(app, client, session, fair):
    sign_in(client, session, Role.ORGANISER)
    form = {"kind": "door", "paper": "A4", "hall": "H1", "language": "en", "only": ""}
    assert client.post(f"/{fair.edition.code}/console/plan/signs", data=form).status_code == 302
    job = session.exec(select(Job).where(Job.kind == "plan.signs")).one()
    with app.app_context():
        report = Report()
        result = print_signs(session, job, report)
    assert (report.said[-1], result["bytes"] > 1000) == ((1, 1), True)
    job.state = "done"
    session.commit()
    answer = client.get(f"/{fair.edition.code}/console/plan/signs/{job.id}.pdf")
    assert (answer.mimetype, page_count(answer.data)) == ("application/pdf", 1)


def test_signs_for_nobody_are_refused(app, session, fair):
    with app.app_context(), pytest.raises(Refused):
        signs_pdf(session, fair.edition, "en", only="Q-9")


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_a_browser_waits_for_the_job_that_prints_all_halls_and_then_gets_the_file(app, client, session, fair):
    address = f"/{fair.edition.code}/plan.pdf?paper=A4&lang=ur"
    for _again in range(2):
        waiting = client.get(address, headers=BROWSER)
        assert (waiting.status_code, waiting.headers["Refresh"]) == (202, "3")
    [job] = session.exec(select(Job).where(Job.kind == "plan.print")).all()
    with app.app_context():
        print_plan(session, job, Report())
    done = client.get(address, headers=BROWSER)
    assert (done.status_code, done.mimetype, done.data[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_program_and_the_paper_of_one_hall_need_not_wait(client, session, fair):
    assert client.get(f"/{fair.edition.code}/plan.pdf").mimetype == "application/pdf"
    assert client.get(f"/{fair.edition.code}/plan.pdf?hall=H1", headers=BROWSER).mimetype == "application/pdf"
    assert session.exec(select(Job).where(Job.kind == "plan.print")).all() == []


def test_a_failed_print_is_told_and_not_tried_without_end(client, session, fair):
    address = f"/{fair.edition.code}/plan.pdf?paper=A1"
    client.get(address, headers=BROWSER)
    [job] = session.exec(select(Job).where(Job.kind == "plan.print")).all()
    job.state, job.finished_at, job.message = "failed", now(), as_json(say("The printer is out of ink."))
    session.add(job)
    session.commit()
    answer = client.get(address, headers=BROWSER)
    assert (answer.status_code, b"out of ink" in answer.data) == (409, True)
    assert len(session.exec(select(Job).where(Job.kind == "plan.print")).all()) == 1
