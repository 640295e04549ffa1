"""Deciding on many, the period in which applications are taken, and two who write at once."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.clock import now
from expo.errors import Refused
from expo.exhibitors import services
from expo.exhibitors.models import Exhibitor, SavedView
from expo.outbox.models import Mail
from tests.make import a_zone, an_edition, an_exhibitor
from tests.page import problems
from tests.signing import a_user, sign_in

SENDABLE = {"zones": ["A"], "sector": "food", "profile": {"en": "Honey"}, "contact_name": "Aigul",
            "contact_email": "a@example.org"}  # fmt: skip


def an_application(session, edition, **given):
    return an_exhibitor(session, edition, **{"state": "submitted", **SENDABLE} | given)


def test_what_a_decision_comes_to_is_foreseen(session):
    edition = an_edition(session)
    a_zone(session, edition, code="A", net_m2=100)
    an_application(session, edition, state="accepted", area_m2=60)
    able = an_application(session, edition, area_m2=54, least_m2=36, newcomer=True)
    lacking = an_application(session, edition, sector="")
    draft = an_application(session, edition, state="draft")
    codes = [able.code, lacking.code, draft.code, "NOBODY"]
    outcome = services.foresee(session, edition, "accepted", codes, services.Filter())
    assert [row.code for row in outcome.able] == [able.code]
    assert sorted(row.code for row, _why in outcome.unable) == sorted([lacking.code, draft.code])
    assert (outcome.area_m2, outcome.least_m2, outcome.newcomers, outcome.mails) == (54, 36, 1, 1)
    assert [(zone.asked_m2, zone.more_m2, zone.percent) for zone in outcome.zones] == [(60, 54, 114)]


def test_many_are_decided_each_by_itself_with_mails_for_approval(client, session):
    edition = an_edition(session)
    able = [an_application(session, edition) for _ in range(3)]
    gone = an_application(session, edition, state="withdrawn")
    sign_in(client, session, "organiser", edition)
    home = f"/{edition.code}/console/exhibitors"
    page = client.get(f"{home}/decide-many?wanted=accepted&all=1").text
    assert (page.count('name="code"'), problems(page)) == (3, [])
    codes = [one.code for one in (*able, gone)]
    client.post(f"{home}/decide-many/accepted", data={"code": codes})
    states = session.exec(select(Exhibitor.state).where(Exhibitor.edition_id == edition.id)).all()
    assert sorted(states) == ["accepted", "accepted", "accepted", "withdrawn"]
    assert [mail.state for mail in session.exec(select(Mail))] == ["waiting"] * 3
    text = client.post(f"{home}/decide-many/rejected", data={"code": codes}).text
    assert "tells the exhibitors why" in text
    assert client.post(f"{home}/decide-many/withdrawn", data={"code": codes}).status_code == 404


def test_one_application_is_looked_at_beside_the_list(client, session):
    edition = an_edition(session)
    first, second = (an_application(session, edition) for _ in range(2))
    sign_in(client, session, "organiser", edition)
    home = f"/{edition.code}/console/exhibitors"
    text = client.get(f"{home}?state=submitted&look={first.code}").text
    assert ("Decision" in text, problems(text)) == (True, [])
    answer = client.post(
        f"{home}/{first.code}/decide/accepted", data={"back": "state=submitted&evil=//x&look=y"}
    )
    assert answer.headers["Location"] == f"{home}?state=submitted&look={second.code}"


def test_a_view_is_kept_for_oneself_or_for_all(client, session):
    edition = an_edition(session)
    an_application(session, edition)
    user = sign_in(client, session, "organiser", edition)
    home = f"/{edition.code}/console/exhibitors"
    client.post(f"{home}/views", data={"name": "Honey <b>", "query": "state=submitted&q=honey"})
    view = session.exec(select(SavedView)).one()
    assert (view.user_id, view.query, view.shared) == (user.id, "state=submitted&q=honey", False)
    assert "Honey &lt;b&gt;" in client.get(home).text
    assert services.views(session, edition.id, a_user(session).id) == []
    services.drop_view(session, edition.id, a_user(session).id, view.id)
    assert len(session.exec(select(SavedView)).all()) == 1
    client.post(f"{home}/views/{view.id}/remove")
    assert session.exec(select(SavedView)).all() == []


def test_applications_are_taken_in_their_period_and_late_ones_with_a_reason(session):
    edition = an_edition(session)
    draft = an_application(session, edition, state="draft")
    services.set_period(session, edition, now() + timedelta(hours=1), None)
    with pytest.raises(Refused, match="not open yet"):
        services.submit(session, edition, draft)
    services.set_period(session, edition, None, now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="last moment to apply has passed"):
        services.submit(session, edition, draft)
    with pytest.raises(Refused, match="why it is let in late"):
        services.admit_late(session, draft, " ")
    services.admit_late(session, draft, "The mail was down")
    services.submit(session, edition, draft)
    assert draft.state == "submitted"
    intime = an_application(session, edition)
    with pytest.raises(Refused, match="could not send it again"):
        services.take_back(session, intime)
    services.decide(session, intime, "draft", "Name your zone")
    services.submit(session, edition, intime)  # asked back, it may be sent again
    with pytest.raises(Refused, match="open before they close"):
        services.set_period(session, edition, now(), now() - timedelta(days=1))


def test_the_period_is_set_by_the_clocks_of_the_venue(client, session):
    edition = an_edition(session)
    sign_in(client, session, "organiser", edition)
    page = f"/{edition.code}/console/applications/period"
    client.post(page, data={"opens_at": "2023-01-01T08:00", "closes_at": "2023-02-01T00:00"})
    session.refresh(edition)
    assert edition.applications_open_at.isoformat() == "2023-01-01T00:00:00+00:00"
    text = client.get(page).text
    assert ('value="2023-01-01T08:00"' in text, problems(text)) == (True, [])
    wrong = client.post(page, data={"opens_at": "0001-01-01T00:00", "closes_at": "soon"})
    assert wrong.status_code == 200


def test_who_writes_over_a_colleague_is_told(session):
    edition = an_edition(session)
    draft = an_application(session, edition, state="draft")
    services.save_stand(session, draft, {"area_m2": 18}, seen=0)
    with pytest.raises(Refused, match="Somebody else of your organisation"):
        services.save_stand(session, draft, {"area_m2": 27}, seen=0)
    services.save_stand(session, draft, {"area_m2": 27}, seen=1)
    assert (draft.area_m2, draft.revision) == (27, 2)
    with pytest.raises(Refused, match="no more than the area"):
        services.save_stand(session, draft, {"area_m2": 27, "least_m2": 28})
