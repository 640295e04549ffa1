"""Partners, pavilions, points and rivals in the portal, as hostile clients would try them."""

import pytest
from sqlmodel import select

from expo.exhibitors import services as exhibitors
from expo.exhibitors.models import Exhibitor, Partnership, PavilionInvitation, Rivalry
from expo.outbox.models import Mail
from tests.make import a_zone, an_edition, an_exhibitor, an_organisation
from tests.page import problems
from tests.signing import sign_in

SENDABLE = {"zones": ["NAT"], "sector": "food", "profile": {"en": "Honey"}, "contact_name": "Aigul",
            "contact_email": "a@example.org"}  # fmt: skip
STAND = {"area_m2": "36", "least_m2": "27", "shape": "any", "zones": ["NAT"], "power_kw": "3",
         "height_cm": "400", "load_kg_m2": "900", "water": "y"}  # fmt: skip


@pytest.fixture
def here(client, session):
    """One's own draft, another exhibitor's, and the address of one's portal."""
    edition = an_edition(session, points_rule={"years": "3", "area": "0.5"})
    a_zone(session, edition, code="NAT")
    firm = an_organisation(session, name={"en": "Honey Co"}, search_name="honey co")
    mine = an_exhibitor(session, edition, firm, code="ME", state="draft", **SENDABLE)
    other_firm = an_organisation(session, name={"en": "Secret Tea"}, search_name="secret tea")
    other = an_exhibitor(session, edition, other_firm, code="OTHER", state="submitted", **SENDABLE)
    sign_in(client, session, "exhibitor", edition, firm)
    return edition, mine, other, f"/{edition.code}/portal"


def test_needs_and_alternatives_are_said_and_shown(client, session, here):
    _edition, mine, _other, home = here
    wrong = client.post(f"{home}/application/stand", data=STAND | {"least_m2": "37"}).text
    assert ("more than the area" in wrong, 'value="37"' in wrong) == (True, True)
    assert client.post(f"{home}/application/stand", data=STAND).status_code == 302
    session.refresh(mine)
    assert (mine.area_m2, mine.least_m2, mine.water, mine.load_kg_m2) == (36, 27, True, 900)
    text = client.get(f"{home}/application").text
    assert ("or at least 27" in text, "900" in text, problems(text)) == (True, True, [])


def test_who_saves_over_a_colleague_sees_both(client, session, here):
    _edition, mine, _other, home = here
    client.post(f"{home}/application/stand", data=STAND | {"seen": "0"})
    text = client.post(f"{home}/application/stand", data=STAND | {"seen": "0", "area_m2": "54"}).text
    assert ("Somebody else of your organisation" in text, 'value="54"' in text) == (True, True)
    assert 'name="seen" value="1"' in text
    client.post(f"{home}/application/stand", data=STAND | {"seen": "1", "area_m2": "54"})
    session.refresh(mine)
    assert mine.area_m2 == 54


def test_sending_counts_points_and_sending_twice_does_no_harm(client, session, here):
    _edition, mine, _other, home = here
    for _ in range(2):
        assert client.post(f"{home}/application/submit").status_code == 302
    session.refresh(mine)
    assert (mine.state, float(mine.points)) == ("submitted", 4.5)
    text = client.get(f"{home}/points").text
    assert ("1 of 1" in text, problems(text)) == (True, [])


def test_a_name_that_turns_the_text_around_is_tamed(client, session, here):
    _edition, mine, _other, home = here
    client.post(f"{home}/application/contact", data={"contact_name": "ab\u202ecd\u2066e", "sector": "x"})
    session.refresh(mine)
    assert mine.contact_name == "abcde"


@pytest.mark.parametrize(
    ("path", "name"),
    [("/partners", "partner"), ("/pavilion/invitations", "guest"), ("/application/rivals", "rival")],
)
def test_endless_and_odd_texts_are_refused_in_words(client, here, path, name):
    home = here[3]
    for text in ("x" * 10_000, "", "   ", "\u202e", "ME", "me"):
        answer = client.post(f"{home}{path}", data={name: text, "offered_m2": "9"})
        assert (answer.status_code, problems(answer.text)) == (200, [])


def test_a_partner_is_asked_without_learning_that_it_is_there(client, session, here):
    edition, _mine, other, home = here
    client.post(f"{home}/partners", data={"partner": "OTHER", "note": "Hello"})
    client.post(f"{home}/partners", data={"partner": "Unknown Ltd"})
    text = client.get(f"{home}/partners").text
    assert ("Secret Tea" in text, problems(text)) == (False, [])
    row = session.exec(select(Partnership).where(Partnership.asked_id == other.id)).one()
    assert [mail.state for mail in session.exec(select(Mail))] == ["waiting"]
    client.post(f"{home}/partners/{row.id}/accept")
    session.refresh(row)
    assert row.state == "asked"
    exhibitors.answer(session, other, row.id, accept=True)
    session.commit()
    assert "Secret Tea" in client.get(f"{home}/partners").text


def test_nobody_touches_requests_of_others(client, session, here):
    edition, _mine, other, home = here
    third = an_exhibitor(session, edition, **SENDABLE)
    row = exhibitors.ask(session, third, other.code)
    invitation = exhibitors.invite(session, third, other.code, 9)
    session.commit()
    for act in ("accept", "decline", "end"):
        client.post(f"{home}/partners/{row.id}/{act}")
    for act in ("accept", "decline", "withdraw"):
        client.post(f"{home}/pavilion/invitations/{invitation.id}/{act}")
    for act in ("share", "dismiss"):
        client.post(f"{home}/pavilion/members/{other.code}/{act}", data={"area_m2": "1"})
    for each in (row, invitation, other):
        session.refresh(each)
    assert (row.state, invitation.state, other.area_m2) == ("asked", "invited", 9)


def test_rivals_stay_private_on_every_page_of_the_other(client, session, here):
    edition, mine, other, home = here
    other.state = "draft"
    session.add(other)
    session.flush()
    mine.state = "accepted"
    session.add(mine)
    session.flush()
    exhibitors.add_rival(session, other, mine.code)
    session.commit()
    number = session.exec(select(Rivalry.id)).one()
    for page in ("", "/application", "/application/wishes", "/partners", "/points", "/stand"):
        assert (page, "OTHER" in client.get(f"{home}{page}").text) == (page, False)
    client.post(f"{home}/application/rivals/{number}/remove")
    assert session.exec(select(Rivalry.id)).one() == number


def test_a_pavilion_is_led_and_joined(client, session, here):
    edition, mine, _other, home = here
    client.post(f"{home}/pavilion/block", data={"pavilion_m2": "30"})
    too_much = client.post(f"{home}/pavilion/invitations", data={"guest": "OTHER", "offered_m2": "30"}).text
    assert ("Enlarge the block" in too_much, problems(too_much)) == (True, [])
    client.post(f"{home}/pavilion/invitations", data={"guest": "OTHER", "offered_m2": "9"})
    assert session.exec(select(PavilionInvitation.area_m2)).all() == [9]
    new = {"name-en": "Small Honey", "country": "KG", "area_m2": "6"}
    assert client.post(f"{home}/pavilion/members", data=new).status_code == 302
    member = session.exec(select(Exhibitor).where(Exhibitor.lead_id == mine.id)).one()
    text = client.get(f"{home}/partners").text
    assert ("Small Honey" in text, "6 m²" in text, problems(text)) == (True, True, [])
    client.post(f"{home}/pavilion/members/{member.code}/share", data={"area_m2": "9"})
    session.refresh(member)
    assert member.area_m2 == 9
    client.post(f"{home}/for/{member.code}")  # who registered it acts for it, the lead coming first
    text = client.get(f"{home}/application/stand").text
    assert ("agreed with its lead" in text, problems(text)) == (True, [])
    client.post(f"{home}/pavilion/leave")
    session.refresh(member)
    assert member.lead_id is None
