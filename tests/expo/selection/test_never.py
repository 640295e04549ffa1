"""What the database alone refuses, also to raw SQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from expo.allocation.models import Allotment
from expo.selection.models import Claim
from expo.selection.services import picking
from tests.expo.selection.making import a_fair, a_firm, a_round


@pytest.fixture
def fair(session):
    return a_fair(session)


def hold(session, fair, stand, firm, round_, expires="now() + interval '1 hour'"):
    session.execute(
        text(
            "INSERT INTO stand_hold (edition_id, stand_id, exhibitor_id, round_id, held_at, expires_at)"
            f" VALUES (:edition, :stand, :firm, :round, now(), {expires})"
        ),
        {
            "edition": fair.edition.id, "stand": fair.stands[stand].id, "firm": firm.id, "round": round_.id
        },
    )  # fmt: skip


def allot(session, fair, stand, firm):
    session.execute(
        text(
            "INSERT INTO allotment (edition_id, stand_id, exhibitor_id, locked)"
            " VALUES (:edition, :stand, :firm, true)"
        ),
        {"edition": fair.edition.id, "stand": fair.stands[stand].id, "firm": firm.id},
    )


def refused(session, act, *arguments) -> str:
    with pytest.raises(DBAPIError) as caught, session.begin_nested():
        act(*arguments)
    return str(caught.value.orig)


def test_a_stand_is_held_or_given_once(session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    hold(session, fair, "A-01", one, round_)
    assert "uq_stand_hold" in refused(session, hold, session, fair, "A-01", other, round_)
    assert "pk_stand_claim" in refused(session, allot, session, fair, "A-01", other)
    allot(session, fair, "A-02", one)
    assert "pk_stand_claim" in refused(session, hold, session, fair, "A-02", other, round_)


def test_an_expired_hold_makes_way_for_whoever_comes(session, fair):
    one, other = a_firm(session, fair, "X"), a_firm(session, fair, "Y")
    round_ = a_round(session, fair)
    for stand in ("A-01", "A-02"):
        hold(session, fair, stand, one, round_, "now()")
    hold(session, fair, "A-01", other, round_)
    allot(session, fair, "A-02", other)
    owners = session.execute(text("SELECT exhibitor_id FROM stand_hold")).scalars().all()
    assert owners == [other.id]


def test_moving_an_allotment_or_a_hold_moves_its_claim(session, fair):
    one = a_firm(session, fair, "X")
    round_ = a_round(session, fair)
    hold(session, fair, "A-01", one, round_)
    allot(session, fair, "A-02", one)
    moves = "UPDATE {} SET stand_id = :to WHERE stand_id = :at"

    def move(table, at, to):
        session.execute(text(moves.format(table)), {"at": fair.stands[at].id, "to": fair.stands[to].id})

    assert "pk_stand_claim" in refused(session, move, "allotment", "A-02", "A-01")
    assert "pk_stand_claim" in refused(session, move, "stand_hold", "A-01", "A-02")
    move("allotment", "A-02", "A-03")
    move("stand_hold", "A-01", "A-02")
    claims = {row.stand_id: row.holder for row in session.exec(select(Claim)).all()}
    assert claims == {fair.stands["A-02"].id: "stand_hold", fair.stands["A-03"].id: "allotment"}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM stand_claim",
        "UPDATE stand_claim SET stand_id = stand_id + 1",
        "INSERT INTO stand_claim SELECT id, 'x' FROM stand LIMIT 1",
        "TRUNCATE stand_claim",
    ],
)
def test_claims_cannot_be_written_by_hand(session, fair, statement):
    allot(session, fair, "A-02", a_firm(session, fair, "X"))
    assert "claims follow" in refused(session, session.execute, text(statement))


def test_an_edition_goes_with_everything_in_it(session, fair):
    one = a_firm(session, fair, "X")
    round_ = a_round(session, fair)
    picking.choose(session, round_, one, ["A-01"])
    allot(session, fair, "A-02", a_firm(session, fair, "Y"))
    session.execute(text("DELETE FROM edition WHERE id = :id"), {"id": fair.edition.id})
    assert session.execute(text("SELECT count(*) FROM stand_claim")).scalar() == 0


def test_allotments_change_hands_within_a_pavilion_or_by_an_agreed_swap_only(session, fair):
    lead = a_firm(session, fair, "LEAD")
    member = a_firm(session, fair, "MEM", lead_id=lead.id)
    stranger = a_firm(session, fair, "X")
    allot(session, fair, "A-01", lead)

    def pass_to(firm):
        session.execute(text("UPDATE allotment SET exhibitor_id = :to"), {"to": firm.id})

    assert "within a pavilion" in refused(session, pass_to, stranger)
    pass_to(member)
    assert session.execute(text("SELECT exhibitor_id FROM allotment")).scalar() == member.id


def test_who_leaves_a_pavilion_leaves_its_stands_to_the_lead(session, fair):
    lead = a_firm(session, fair, "LEAD")
    member = a_firm(session, fair, "MEM", lead_id=lead.id)
    allot(session, fair, "A-01", member)
    member.lead_id = None
    session.flush()
    assert session.exec(select(Allotment.exhibitor_id)).all() == [lead.id]
    trail = session.execute(text("SELECT changes FROM audit_entry WHERE actor = 'pavilion'")).scalars().all()
    assert trail == [{"exhibitor_id": [member.id, lead.id]}]


def test_one_round_goes_on_at_a_time(session, fair):
    a_firm(session, fair, "X")
    a_round(session, fair)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            text("UPDATE selection_round SET state = 'open' WHERE id = :id"),
            {"id": a_round(session, fair, opened=False).id},
        )
