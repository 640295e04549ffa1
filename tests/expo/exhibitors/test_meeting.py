"""Rivals are private, partners agree, pavilions are split: who finds whom learns nothing by asking."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.db import make_engine
from expo.errors import Refused
from expo.exhibitors import services
from expo.exhibitors.models import Exhibitor, Partnership, Rivalry
from expo.exhibitors.queries import accepted_partners
from tests.make import an_edition, an_exhibitor, an_organisation
from tests.signing import a_user

SENDABLE = {"zones": ["A"], "sector": "food", "profile": {"en": "Honey"}, "contact_name": "Aigul",
            "contact_email": "a@example.org"}  # fmt: skip


def a_draft(session, edition, **given):
    return an_exhibitor(session, edition, **{"state": "draft", **SENDABLE} | given)


def named(session, name):
    return an_organisation(session, name={"en": name}, search_name=name.lower())


def test_a_rival_is_seen_by_who_named_it_and_by_the_organiser_alone(session):
    edition = an_edition(session)
    one, two = a_draft(session, edition), a_draft(session, edition, state="accepted")
    services.add_rival(session, one, two.code)
    assert [(rival.code, rival.owner) for rival in services.rivals(session, one)] == [(two.code, "own")]
    assert services.rivals(session, two) == []
    assert [rival.owner for rival in services.all_rivals(session, two)] == ["other"]
    two.state = "draft"
    session.flush()
    services.add_rival(session, two, one.code)  # the other side learns nothing from naming it as well
    assert len(session.exec(select(Rivalry)).all()) == 2
    number = services.rivals(session, two)[0].id
    services.drop_rival(session, one, number)
    assert len(services.rivals(session, two)) == 1
    services.drop_rival(session, two, number)
    assert (services.rivals(session, two), len(services.rivals(session, one))) == ([], 1)


def test_naming_a_rival_tells_nobody_whether_it_has_applied(session):
    edition = an_edition(session)
    one = a_draft(session, edition)
    hidden = a_draft(session, edition, state="submitted")
    services.add_rival(session, one, hidden.code)
    services.add_rival(session, one, "Nobody Ltd.")
    seen = [(rival.code, rival.name, rival.words) for rival in services.rivals(session, one)]
    assert seen == [("", {}, hidden.code), ("", {}, "Nobody Ltd.")]
    services.decide(session, hidden, "accepted")
    assert [rival.code for rival in services.rivals(session, one)] == [hidden.code, ""]
    with pytest.raises(Refused, match="already"):
        services.add_rival(session, one, hidden.code.lower())
    with pytest.raises(Refused, match="That is you"):
        services.add_rival(session, one, one.code)


def test_the_organiser_keeps_two_apart_without_telling_them(session):
    edition = an_edition(session)
    one, two = (a_draft(session, edition, state="accepted") for _ in range(2))
    services.keep_apart(session, one, two.code)
    assert (services.rivals(session, one), services.rivals(session, two)) == ([], [])
    row = services.all_rivals(session, two)[0]
    assert row.owner == "organiser"
    services.let_together(session, two, row.id)
    assert services.all_rivals(session, one) == []


def test_partners_are_two_who_agree(session):
    edition = an_edition(session)
    one, two = (a_draft(session, edition, state="accepted") for _ in range(2))
    row = services.ask(session, one, two.code, "Let us share a wall")
    with pytest.raises(Refused, match="asked them already"):
        services.ask(session, one, two.code)
    with pytest.raises(Refused, match="not open"):
        services.answer(session, one, row.id, accept=True)  # not one's own request
    assert accepted_partners(session, edition) == ()
    services.answer(session, two, row.id, accept=True)
    assert accepted_partners(session, edition) == (tuple(sorted((one.code, two.code))),)
    services.end(session, two, row.id)
    assert accepted_partners(session, edition) == ()


def test_nobody_is_wished_near_and_far_at_once(session):
    edition = an_edition(session)
    one, two = a_draft(session, edition), a_draft(session, edition, state="accepted")
    row = services.ask(session, one, two.code)
    with pytest.raises(Refused, match="Take that back first"):
        services.add_rival(session, one, two.code)
    services.end(session, one, row.id)
    services.add_rival(session, one, two.code)
    with pytest.raises(Refused, match="You keep away"):
        services.ask(session, one, two.code)
    with pytest.raises(Refused, match="You keep away"):
        services.add_wish(session, one, "beside", two.code)
    services.drop_rival(session, one, services.rivals(session, one)[0].id)
    services.add_wish(session, one, "beside", two.code)
    with pytest.raises(Refused, match="You wish to stand beside"):
        services.add_rival(session, one, two.code)


def test_asking_who_has_asked_accepts(session):
    edition = an_edition(session)
    one, two = a_draft(session, edition), a_draft(session, edition)
    services.ask(session, one, two.code)
    assert services.ask(session, two, one.code).state == "accepted"
    assert len(session.exec(select(Partnership)).all()) == 1


def test_asking_tells_nobody_who_has_applied_and_who_declined(session):
    edition = an_edition(session)
    one = a_draft(session, edition)
    there = a_draft(session, edition, organisation=named(session, "Silk Tea"))
    services.ask(session, one, "Silk Tea")
    services.ask(session, one, "Nowhere Tea")
    mine = services.requests(session, one)
    assert [(each.words, each.code, each.name, each.state) for each in mine] == [
        ("Nowhere Tea", "", {}, "asked"), ("Silk Tea", "", {}, "asked")]  # fmt: skip
    asked = services.requests(session, there)[0]
    assert (asked.mine, asked.code) == (False, one.code)
    services.answer(session, there, asked.id, accept=False)
    assert services.requests(session, one)[1].state == "asked"
    told = services.requests(session, one, by_organiser=True)[1]
    assert (told.code, told.state) == (there.code, "declined")
    with pytest.raises(Refused, match="asked them already"):
        services.ask(session, one, there.code)


def test_who_comes_later_finds_what_was_written_to_it(session):
    edition = an_edition(session)
    lead, one = a_draft(session, edition), a_draft(session, edition)
    services.ask(session, one, " silk  TEA ")
    services.invite(session, lead, "Silk Tea", 18)
    late = services.start(session, edition, {"name": {"en": "Silk Tea"}, "country": "KG"})
    assert [each.code for each in services.requests(session, late)] == [one.code]
    assert [code for _row, code, _name in services.invitations_to(session, late)] == [lead.code]


def test_an_address_finds_only_those_who_have_proven_it(session):
    edition = an_edition(session)
    one = a_draft(session, edition)
    thief = a_draft(session, edition, contact_email="boss@example.org")
    services.ask(session, one, "boss@example.org")
    services.save_contact(session, thief, {"contact_email": "boss@example.org"})
    assert services.requests(session, thief) == []
    boss = a_draft(session, edition)

    user = a_user(session, email="chief@example.org")
    accounts.grant(session, user, Role.EXHIBITOR, edition.id, boss.organisation_id)
    services.ask(session, one, "Chief@example.org")
    assert len(services.requests(session, boss)) == 1


def test_a_pavilion_is_offered_accepted_split_and_left(session):
    edition = an_edition(session)
    lead = a_draft(session, edition, area_m2=36)
    guest = a_draft(session, edition, area_m2=90, least_m2=45, zones=[])
    services.set_block(session, lead, 60)
    with pytest.raises(Refused, match="would make it 66"):
        services.invite(session, lead, guest.code, 30)
    row = services.invite(session, lead, guest.code, 18)
    assert services.pavilion(session, lead).left_m2 == 6
    services.reply(session, guest, row.id, accept=True)
    assert (guest.lead_id, guest.area_m2, guest.least_m2) == (lead.id, 18, None)
    services.submit(session, edition, guest)  # no zone of its own is needed
    services.share(session, lead, guest.code, 24)
    with pytest.raises(Refused, match="Enlarge"):
        services.share(session, lead, guest.code, 25)
    with pytest.raises(Refused, match="Enlarge"), session.begin_nested():
        services.save_stand(session, lead, {"area_m2": 37})
    assert (guest.area_m2, services.pavilion(session, lead).left_m2) == (24, 0)
    services.leave(session, guest)
    assert services.pavilion(session, lead).members == []
    with pytest.raises(Refused, match="no pavilion"):
        services.leave(session, guest)


def test_a_pavilion_falls_apart_when_its_lead_goes(session):
    edition = an_edition(session)
    lead, guest, other = (a_draft(session, edition) for _ in range(3))
    services.reply(session, guest, services.invite(session, lead, guest.code, 9).id, accept=True)
    services.invite(session, lead, other.code, 9)
    services.withdraw(session, lead)
    assert (guest.lead_id, services.invitations_to(session, other)) == (None, [])


def test_who_stands_in_a_pavilion_leads_none(session):
    edition = an_edition(session)
    lead, guest, third = (a_draft(session, edition) for _ in range(3))
    services.reply(session, guest, services.invite(session, lead, guest.code, 9).id, accept=True)
    with pytest.raises(Refused, match="Leave it first"):
        services.invite(session, guest, third.code, 9)
    into = services.invite(session, third, lead.code, 9)
    with pytest.raises(Refused, match="cannot stand in another"):
        services.reply(session, lead, into.id, accept=True)
    stranger = an_exhibitor(session, an_edition(session))
    for statement in (
        f"UPDATE exhibitor SET lead_id = {guest.id} WHERE id = {third.id}",
        f"UPDATE exhibitor SET lead_id = {third.id} WHERE id = {lead.id}",
        f"UPDATE exhibitor SET lead_id = {stranger.id} WHERE id = {third.id}",
    ):
        with pytest.raises(IntegrityError, match="cannot stand"), session.begin_nested():
            session.execute(text(statement))


def test_a_block_is_never_given_away_twice_however_many_click_at_once(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as setup:
        edition = an_edition(setup)
        lead = a_draft(setup, edition, area_m2=9, pavilion_m2=45, code="LEAD")
        guests = [a_draft(setup, edition).code for _ in range(12)]
        number = lead.id
        setup.commit()
    together = Barrier(12, timeout=20)

    def attempt(code: str) -> str:
        with Session(engine) as session:
            lead = session.get_one(Exhibitor, number)
            guest = session.exec(select(Exhibitor).where(Exhibitor.code == code)).one()
            together.wait()
            try:
                row = services.invite(session, lead, code, 9)
                session.commit()
                services.reply(session, guest, row.id, accept=True)
                session.commit()
                return "in"
            except Refused as refused:
                return str(refused.sentence)[:10]

    with ThreadPoolExecutor(12) as pool:
        outcomes = sorted(pool.map(attempt, guests))
    with Session(engine) as session:
        lead = session.get_one(Exhibitor, number)
        assert services.pavilion(session, lead).left_m2 == 0
    assert outcomes == ["Your block"] * 8 + ["in"] * 4
    engine.dispose()


def test_two_who_ask_each_other_at_once_are_one_pair(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as setup:
        edition = an_edition(setup)
        codes = [a_draft(setup, edition, state="accepted").code for _ in range(2)]
        setup.commit()
    together = Barrier(2, timeout=20)

    def ask(turn: int) -> None:
        with Session(engine) as session:
            mine = session.exec(select(Exhibitor).where(Exhibitor.code == codes[turn])).one()
            together.wait()
            services.ask(session, mine, codes[1 - turn])
            session.commit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ask, range(2)))
    with Session(engine) as session:
        assert [row.state for row in session.exec(select(Partnership))] == ["accepted"]
    engine.dispose()
