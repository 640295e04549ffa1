"""The plan and the stand signs on paper."""

import pytest
from sqlmodel import select

from expo.accounts.roles import Role
from expo.allocation import services
from expo.errors import Refused
from expo.jobs.models import Job
from expo.plan import kept, prints
from expo.plan.jobs import print_signs
from expo.plan.prints.signs import signs_pdf
from expo.printing import page_count
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
