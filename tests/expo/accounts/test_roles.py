"""What roles allow, and giving and taking them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from expo.accounts import services
from expo.accounts.models import Grant
from expo.accounts.people import Nobody, SignedIn
from expo.accounts.roles import MAY, PERMISSIONS, Held, Role, belongs, may, organisations
from expo.db import make_engine
from expo.errors import Refused
from tests.make import an_edition, an_exhibitor
from tests.signing import a_user, sign_in

roles = st.sampled_from(list(Role))
helds = st.builds(Held, roles, st.sampled_from([None, 1, 2]), st.sampled_from([None, 7]))


def test_who_holds_nothing_may_see_their_account_and_no_more():
    assert [one for one in sorted(PERMISSIONS) if may((), one, 1)] == ["account.own"]


def test_nobody_may_nothing():
    nobody = Nobody()
    assert [one for one in PERMISSIONS if nobody.may(one, 1)] == []
    assert (nobody.belongs(1), nobody.organisations("portal.use", 1)) == (False, set())


@given(st.lists(helds, max_size=4), st.sampled_from(sorted(PERMISSIONS)))
def test_a_role_in_one_edition_gives_nothing_in_another(held, permission):
    elsewhere = [one for one in held if one.edition_id == 2]
    assert may(elsewhere, permission, 1) == (permission == "account.own")


@given(st.lists(helds, max_size=4), st.sampled_from(sorted(PERMISSIONS)))
def test_what_concerns_no_edition_takes_a_role_in_all(held, permission):
    if may(held, permission, None) and permission != "account.own":
        assert any(one.edition_id is None for one in held)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.EXHIBITOR, Role.BUYER)])
def test_for_an_organisation_only_exhibitors_and_buyers_act(role):
    assert [one for one in MAY[role] if may([Held(role, 1, 7)], one, 1)] == []


def test_an_exhibitor_acts_for_its_organisation_in_its_edition():
    person = SignedIn(1, "A", "a@example.org", "en", (Held("exhibitor", 1, 7), Held("exhibitor", None, 8)))
    assert person.organisations("portal.use", 1) == {7, 8}
    assert person.organisations("portal.use", 2) == {8}
    assert organisations(person.held, "console.view", 1) == set()


def test_ones_own_edition_is_open_before_the_public_sees_it():
    assert belongs([Held("gate", 1)], 1)
    assert belongs([Held("organiser")], 1)
    assert not belongs([Held("exhibitor", None, 7)], 1)


def test_only_who_organises_everywhere_makes_editions():
    assert may([Held("organiser")], "edition.create", None)
    assert not may([Held("organiser", 1)], "edition.create", None)
    assert not may([Held("organiser", 1)], "edition.create", 1)


def test_the_last_organiser_stays(session):
    edition = an_edition(session)
    first = services.grant(session, a_user(session), Role.ORGANISER, edition.id)
    with pytest.raises(Refused, match="last organiser"):
        services.revoke(session, first)
    services.grant(session, a_user(session), Role.ORGANISER, edition.id)
    services.revoke(session, first)
    assert [row.role for row in services.grants(session, edition.id)] == ["organiser"]


def test_two_organisers_who_remove_each_other_at_once_leave_one(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as setup:
        edition = an_edition(setup)
        numbers = [services.grant(setup, a_user(setup), Role.ORGANISER, edition.id).id for _ in range(2)]
        setup.commit()
    both_have_looked = Barrier(2, timeout=20)

    def revoke(number: int) -> bool:
        with Session(engine) as session:
            given = session.get_one(Grant, number)
            both_have_looked.wait()
            try:
                services.revoke(session, given)
                session.commit()
                return True
            except Refused:
                return False

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(revoke, numbers))
    engine.dispose()
    assert outcomes == [False, True]


def test_a_role_is_given_once(session):
    edition, user = an_edition(session), a_user(session)
    services.grant(session, user, Role.GATE, edition.id)
    with pytest.raises(Refused, match="already"):
        services.grant(session, user, Role.GATE, edition.id)


def page_of(edition) -> str:
    return f"/{edition.code}/console/roles"


def test_an_organiser_gives_and_takes_roles(client, session):
    edition, colleague = an_edition(session), a_user(session, name="Rustam")
    sign_in(client, session, role="organiser", edition=edition)
    assert client.post(page_of(edition), data={"email": colleague.email, "role": "gate"}).status_code == 302
    assert "Rustam" in client.get(page_of(edition)).text
    (given,) = [row for row in services.grants(session, edition.id) if row.role == "gate"]
    assert client.post(f"{page_of(edition)}/{given.id}/revoke").status_code == 302
    assert [row.role for row in services.grants(session, edition.id)] == ["organiser"]


def test_an_exhibitor_role_is_for_the_organisation_behind_a_code(client, session):
    edition, colleague = an_edition(session), a_user(session)
    exhibitor = an_exhibitor(session, edition, code="EX-1")
    sign_in(client, session, role="organiser", edition=edition)
    form = {"email": colleague.email, "role": "exhibitor"}
    assert "Type the code" in client.post(page_of(edition), data=form).text
    assert "no exhibitor or buyer" in client.post(page_of(edition), data=form | {"code": "NONE"}).text
    assert client.post(page_of(edition), data=form | {"code": "EX-1"}).status_code == 302
    (door,) = services.doors_of(session, colleague.id)
    assert (door.role, door.code) == ("exhibitor", edition.code)
    sign_in(client, session, user=colleague)
    assert client.get("/account").status_code == 200
    assert exhibitor.organisation_id is not None


def test_an_organiser_reaches_no_role_of_another_edition(client, session):
    edition, other = an_edition(session), an_edition(session)
    theirs = services.grant(session, a_user(session), Role.GATE, other.id)
    sign_in(client, session, role="organiser", edition=edition)
    assert client.post(f"{page_of(edition)}/{theirs.id}/revoke").status_code == 404
    assert client.get(page_of(other)).status_code == 403
    assert client.post(page_of(other), data={"email": "x@example.org", "role": "gate"}).status_code == 403


def test_who_has_no_account_is_asked_to_sign_up(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    page = client.post(page_of(edition), data={"email": "new@example.org", "role": "gate"})
    assert "Ask the person to sign up first" in page.text


@pytest.mark.parametrize("role", ["gate", "finance", "auditor", "exhibitor"])
def test_others_give_no_roles(client, session, role):
    edition = an_edition(session)
    sign_in(client, session, role=role, edition=edition)
    assert client.get(page_of(edition)).status_code == 403
