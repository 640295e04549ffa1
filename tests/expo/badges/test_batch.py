"""A print of many goes on where a dead worker left it, and counts as printed when it is whole."""

import pytest
from sqlmodel import select

from expo.badges import jobs as work
from expo.badges import prints, queries, services
from expo.badges.models import Badge
from expo.jobs import services as jobs
from expo.jobs.models import Job
from expo.printing import page_count
from expo.registration.models import Answer
from expo.web.keeping import print_path
from tests.expo.registration.making import a_question, a_ticket
from tests.make import a_person, an_edition
from tests.page import problems
from tests.signing import sign_in


class Report:
    """Dies, or asks to stop, after so many chunks."""

    def __init__(self, dies_after=None, stops_after=None):
        self.dies_after, self.stops_after, self.calls = dies_after, stops_after, 0

    def progress(self, *_args, **_named):
        self.calls += 1
        if self.dies_after is not None and self.calls > self.dies_after:
            raise SystemExit("killed")

    def cancelled(self):
        return self.stops_after is not None and self.calls > self.stops_after


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def job(session, edition, monkeypatch):
    monkeypatch.setattr(prints.badges, "CHUNK", 4)
    for _ in range(10):
        a_person(session, edition)
    return jobs.enqueue(session, "badges.print", edition_id=edition.id, language="en", order="name")


def folder(app, edition, job):
    return print_path(app.extensions["expo_settings"].instance, "badges", edition.code, job.id)


def test_what_was_made_before_a_worker_died_is_not_made_again(app, session, edition, job, monkeypatch):
    with app.app_context():
        with pytest.raises(SystemExit):
            work.print_badges(session, job, Report(dies_after=2))
        made = sorted(folder(app, edition, job).with_suffix(".parts").glob("*.pdf"))
        assert len(made) == 2
        assert {badge.prints for badge in session.exec(select(Badge))} == {0}
        again = []
        real = prints.chunk_pdf
        monkeypatch.setattr(prints, "chunk_pdf", lambda *a, **n: again.append(1) or real(*a, **n))
        result = work.print_badges(session, job, Report())
    assert (len(again), result["badges"], result["sheets"]) == (1, 10, 3)
    assert page_count(folder(app, edition, job).read_bytes()) == 3
    assert {badge.prints for badge in session.exec(select(Badge))} == {1}
    assert not folder(app, edition, job).with_suffix(".parts").exists()


def test_a_stopped_print_leaves_nothing_behind_and_marks_nobody(app, session, edition, job):
    with app.app_context():
        assert work.print_badges(session, job, Report(stops_after=1)) == {}
    assert not folder(app, edition, job).exists()
    assert {badge.prints for badge in session.exec(select(Badge))} == {0}


def test_who_registers_or_loses_a_badge_while_it_is_printed_does_no_harm(app, session, edition, job):
    with app.app_context():
        with pytest.raises(SystemExit):
            work.print_badges(session, job, Report(dies_after=1))
        a_person(session, edition)
        batch = queries.batch_of(session, job.id)
        services.revoke(session, session.get_one(Badge, batch.plan[-1][1][0]), "lost")
        result = work.print_badges(session, job, Report())
    assert (result["badges"], result["left_out"]) == (9, 1)


def test_what_the_page_counts_is_what_the_job_prints(app, client, session, edition):
    ticket = a_ticket(session, edition)
    question = a_question(session, edition, ("Vegan",), kind="choice", text={"en": "Diet"})
    people = [a_person(session, edition, ticket_id=ticket.id) for _ in range(3)]
    a_person(session, edition)
    session.add(Answer(person_id=people[0].id, question_id=question.id, value="vegan"))
    sign_in(client, session, role="organiser", edition=edition)
    page = f"/{edition.code}/console/people/badges?sort_of={ticket.code}"
    assert problems(client.get(page).text) == []
    for more, count in (("&answer=diet:vegan", 1), ("", 3)):
        client.post(page + more, data={"language": "en", "order": "kind", "again": "y"})
        job = session.exec(select(Job).order_by(Job.id.desc())).first()
        with app.app_context():
            assert work.print_badges(session, job, Report())["badges"] == count
        job.state = "done"
        session.flush()
