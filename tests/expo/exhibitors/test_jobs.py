"""Hundreds of applications are decided by the worker; who changed meanwhile is left out."""

from sqlmodel import select

from expo.exhibitors.models import Exhibitor
from expo.jobs import services as jobs
from expo.jobs.handlers import handler_of
from expo.outbox.models import Mail
from tests.make import an_edition, an_exhibitor
from tests.signing import sign_in


class Silent:
    def progress(self, *_figures, **_words) -> None:
        """Nobody listens."""


def test_the_worker_decides_and_writes_in_each_language(app, session):
    edition = an_edition(session)
    codes = [
        an_exhibitor(session, edition, state=state, contact_email="a@example.org").code
        for state in ("submitted", "submitted", "withdrawn")
    ]
    given = {"wanted": "accepted", "codes": codes, "reason": "", "link": "https://example.org/portal"}
    job = jobs.enqueue(session, "applications.decide", edition_id=edition.id, **given)
    with app.app_context():
        result = handler_of("applications.decide")(session, job, Silent())
    assert (result["decided"], result["left_out"]) == (2, 1)
    assert sorted(session.exec(select(Exhibitor.state)).all()) == ["accepted", "accepted", "withdrawn"]
    assert ["https://example.org/portal" in mail.body for mail in session.exec(select(Mail))] == [True, True]


def test_more_than_a_page_can_do_is_left_to_the_worker(client, session, monkeypatch):
    monkeypatch.setattr("expo.exhibitors.views.bulk.AT_ONCE", 1)
    edition = an_edition(session)
    codes = [an_exhibitor(session, edition, state="submitted").code for _ in range(2)]
    sign_in(client, session, "organiser", edition)
    answer = client.post(
        f"/{edition.code}/console/exhibitors/decide-many/accepted", data={"code": codes, "reason": ""}
    )
    assert "/console/jobs/" in answer.headers["Location"]
    assert set(session.exec(select(Exhibitor.state)).all()) == {"submitted"}
