"""Who may watch long work, and who may stop it."""

import pytest

from expo.jobs import services
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
