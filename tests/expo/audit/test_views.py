"""The page of the trail."""

from expo.audit.models import AuditEntry
from tests.asking import asked
from tests.make import a_hall, an_edition
from tests.signing import sign_in


def test_the_trail_shows_this_edition_only_and_filters(client, session):
    edition, other = an_edition(session), an_edition(session)
    a_hall(session, edition, code="OURS")
    a_hall(session, other, code="THEIRS")
    sign_in(client, session, role="auditor", edition=edition)
    page = client.get(f"/{edition.code}/console/audit?subject=hall&action=created")
    assert page.status_code == 200
    assert ("OURS" in page.text, "THEIRS" in page.text) == (True, False)
    assert "OURS" not in client.get(f"/{edition.code}/console/audit?subject=zone").text


def test_a_change_made_on_a_page_bears_the_name_of_who_made_it(client, session):
    from sqlmodel import select

    from tests.signing import a_user

    edition, colleague = an_edition(session), a_user(session)
    me = sign_in(client, session, role="organiser", edition=edition)
    answer = client.post(f"/{edition.code}/console/roles", data={"email": colleague.email, "role": "gate"})
    assert answer.status_code == 302
    entry = session.exec(
        select(AuditEntry).where(AuditEntry.subject == "grant").order_by(AuditEntry.id.desc())
    ).first()
    assert (entry.user_id, entry.actor, entry.request_id) == (me.id, me.name, answer.headers["X-Request-ID"])


def test_strangers_do_not_read_the_trail(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="gate", edition=edition)
    assert client.get(f"/{edition.code}/console/audit").status_code == 403


def test_the_trail_takes_the_same_queries_for_one_line_and_for_fifty(client, session, app):
    edition = an_edition(session)
    sign_in(client, session, role="auditor", edition=edition)

    def queries() -> int:
        with asked(session.connection()) as told:
            assert client.get(f"/{edition.code}/console/audit").status_code == 200
        return len([one for one in told if one.startswith("SELECT")])

    few = queries()
    for _ in range(30):
        a_hall(session, edition)
    session.commit()
    assert queries() == few
