"""Mail leaves by the worker once a server is set."""

from sqlmodel import Session, select

from app import create_app
from expo.jobs.models import Job
from expo.jobs.runner import run
from expo.outbox import services
from expo.outbox.models import Mail
from expo.outbox.smtp import smtp_of
from tests.expo.outbox.test_outbox import SmallSmtp, a_mail
from tests.expo.outbox.test_outbox import smtp as smtp  # the fixture


def test_from_sign_up_to_the_letter_leaving(fresh_database, smtp, tmp_path):
    app = create_app(
        database_url=fresh_database,
        instance=tmp_path,
        log_level="error",
        smtp_host=smtp.host,
        smtp_port=smtp.port,
        smtp_tls=False,
        site_url="https://expo.example.org",
    )
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=True)
    form = {"name": "Aigul", "email": "aigul@example.org", "password": "caravan by moonlight"}
    assert app.test_client().post("/sign-up", data=form).status_code == 302
    with app.app_context():
        engine, open_session = app.extensions["expo_engine"], app.extensions["expo_open_session"]
        with open_session() as session:
            (number,) = session.exec(select(Job.id).where(Job.kind == "outbox.send")).all()
        run(open_session, engine, number)
        with open_session() as session:
            job, mail = session.get_one(Job, number), session.exec(select(Mail)).one()
            assert (job.state, job.result) == ("done", {"sent": 1, "failed": 0})
            assert mail.state == "sent"
        engine.dispose()
    assert "https://expo.example.org/sign-up/confirm/" in SmallSmtp.taken[0].replace("=\r\n", "")


def test_without_a_server_nothing_is_queued(session: Session, app):
    a_mail(session, needs_approval=False)
    services.send_soon(session, smtp_of(app.extensions["expo_settings"]))
    assert session.exec(select(Job)).all() == []
