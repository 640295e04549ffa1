"""Badges from the console: printed as a job or one by one, with a word about what was printed before."""

import pytest

from expo.badges import queries, services
from expo.badges.queries import Wanted
from expo.jobs import runner
from expo.jobs import services as jobs
from expo.printing import page_count
from expo.registration.queries import PeopleFilter
from tests.make import a_person, an_edition
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def gate(client, session, edition):
    return sign_in(client, session, role="gate", edition=edition)


class Silent:
    """A report that nobody reads."""

    def progress(self, *_args, **_named):
        pass

    def cancelled(self):
        return False


def done(app, session, job_id):
    """Run a job as the worker does, within the test's transaction."""
    job = session.get(jobs.Job, job_id)
    with app.app_context():
        job.result = runner.handler_of(job.kind)(session, job, Silent())
    job.state = "done"
    session.commit()
    return job


def test_the_page_says_what_was_printed_before(client, session, edition, gate):
    a_person(session, edition)
    a_person(session, edition)
    services.issue_all(session, edition)
    services.mark_printed(session, edition, [queries.planned(session, edition)[0].badge_id])
    session.commit()
    page = client.get(f"/{edition.code}/console/people/badges")
    assert problems(page.text) == []
    assert "1 badge was printed already" in page.text


def test_a_job_prints_the_filtered_badges_once_and_its_file_can_be_fetched(
    app, client, session, edition, gate
):
    a_person(session, edition, kind="press")
    a_person(session, edition, kind="vip")
    answer = client.post(
        f"/{edition.code}/console/people/badges?kind=press", data={"language": "ru", "order": "kind"}
    )
    job = done(app, session, int(answer.location.rsplit("/", 1)[1]))
    file = client.get(f"/{edition.code}/console/people/badges/sheets/{job.id}.pdf")
    assert (file.status_code, file.mimetype, page_count(file.data)) == (200, "application/pdf", 1)
    assert job.result["badges"] == 1
    assert (
        queries.tally(session, edition).printed
        == queries.tally(session, edition, Wanted(PeopleFilter(kind="press"))).printed
    )
    assert client.get(answer.location).status_code == 200


def test_a_second_print_joins_the_one_at_work(client, session, edition, gate):
    a_person(session, edition)
    address = f"/{edition.code}/console/people/badges"
    first = client.post(address, data={"language": "en", "order": "name"}).location
    assert client.post(address, data={"language": "en", "order": "name"}).location == first


def test_one_badge_is_printed_at_once_and_counted(client, session, edition, gate):
    person = a_person(session, edition)
    address = f"/{edition.code}/console/people/badges/{person.code}"
    assert problems(client.get(address).text) == []
    file = client.post(f"{address}/print", data={"language": "zh"})
    assert (file.mimetype, page_count(file.data)) == ("application/pdf", 1)
    page = client.get(address)
    assert "was printed once" in page.text
    assert problems(page.text) == []


def test_a_lost_badge_is_revoked_and_the_next_one_differs(client, session, edition, gate):
    person = a_person(session, edition)
    address = f"/{edition.code}/console/people/badges/{person.code}"
    client.post(f"{address}/print")
    client.post(f"{address}/revoke")
    client.post(f"{address}/print")
    assert [badge.serial for badge in queries.badges_of(session, person)] == [2, 1]
    assert client.post(f"{address}/revoke").status_code == 302
    assert client.post(f"{address}/revoke").status_code == 404


def test_prints_of_another_edition_and_other_jobs_are_not_handed_out(app, client, session, edition, gate):
    other = an_edition(session)
    a_person(session, other)
    job = jobs.enqueue(session, "badges.print", edition_id=other.id, language="en")
    done(app, session, job.id)
    assert client.get(f"/{edition.code}/console/people/badges/sheets/{job.id}.pdf").status_code == 404


def test_only_those_who_print_badges_see_codes(client, session, edition):
    person = a_person(session, edition)
    sign_in(client, session, role="finance", edition=edition)
    assert client.get(f"/{edition.code}/console/people/badges/{person.code}").status_code == 403


@pytest.mark.parametrize("since", ["0001-01-01T00:00", "9999-12-31T23:59-14:00", "yesterday"])
def test_an_instant_that_cannot_be_is_no_filter(client, gate, edition, since):
    assert (
        client.get(f"/{edition.code}/console/people/badges", query_string={"since": since}).status_code == 200
    )
