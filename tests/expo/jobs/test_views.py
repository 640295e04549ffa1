"""Who may watch long work, and who may stop it."""

import pytest

from expo.jobs import handlers, services
from expo.jobs.views import kind_names
from tests.make import an_edition
from tests.page import problems
from tests.signing import sign_in


@pytest.mark.parametrize(("role", "status"), [("organiser", 302), ("auditor", 403), ("finance", 403)])
def test_watching_is_not_stopping(client, session, role, status):
    edition = an_edition(session)
    job = services.enqueue(session, "outbox.send", edition_id=edition.id)
    sign_in(client, session, role=role, edition=edition)
    page = f"/{edition.code}/console/jobs"
    for address in (page, f"{page}/{job.id}"):
        answer = client.get(address)
        assert (answer.status_code, problems(answer.text)) == (200, [])
    assert client.post(f"{page}/{job.id}/cancel").status_code == status


def test_every_kind_of_job_has_a_name_that_people_understand(app):
    own = {kind for kind in handlers._handlers if not kind.startswith("test.")}
    with app.test_request_context():
        assert own - set(kind_names()) == set()


def test_a_job_that_was_stopped_leads_to_what_it_found_until_then(client, session):
    edition = an_edition(session)
    job = services.enqueue(session, "agenda.solve", edition_id=edition.id)
    job.state = "cancelled"
    job.result = {"link": {"endpoint": "meetings.agenda"}}
    sign_in(client, session, role="organiser", edition=edition)
    page = client.get(f"/{edition.code}/console/jobs/{job.id}")
    assert problems(page.text) == []
    assert f'href="/{edition.code}/console/meetings">See what was found until then</a>' in page.text
