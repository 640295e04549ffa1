"""Keys of an edition: made once, changed without harm, withdrawn with everything they signed."""

import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from expo.badges import queries, services
from expo.badges.models import Badge, BadgeKey
from expo.badges.tokens import Flaw, Token, read
from expo.db import make_engine
from expo.errors import Refused
from tests.make import a_person, an_edition

HOUSE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def edition(session):
    return an_edition(session)


def codes(session, edition):
    signer = services.signer_of(session, edition, HOUSE)
    return [
        signer.token(row.person_id, row.serial, row.key_number)
        for row in queries.bearers(
            session, edition, [one.badge_id for one in queries.planned(session, edition)]
        )
    ]


def test_badges_printed_before_a_change_of_keys_stay_valid(session, edition):
    one = a_person(session, edition)
    services.issue_all(session, edition)
    old = codes(session, edition)[0]
    number = services.rotate(session, edition, HOUSE)
    other = a_person(session, edition)
    services.issue_all(session, edition)
    ring = queries.ring_of(session, edition)
    assert number == 2
    assert {badge.key_number for badge in session.exec(select(Badge))} == {1, 2}
    assert read(old, ring) == Token(one.id, 1)
    assert Token(other.id, 1) in [read(code, ring) for code in codes(session, edition)]


def test_a_withdrawn_key_takes_its_badges_along_and_says_how_many(session, edition):
    for _ in range(3):
        a_person(session, edition)
    services.issue_all(session, edition)
    old = codes(session, edition)
    assert services.withdraw(session, edition, HOUSE, 1, "A printer was stolen") == 3
    services.issue_all(session, edition)
    ring = queries.ring_of(session, edition)
    assert [read(code, ring) for code in old] == [Flaw.RETIRED] * 3
    assert {read(code, ring).serial for code in codes(session, edition)} == {2}
    assert len(queries.revoked(session, edition)) == 3


def test_a_key_is_withdrawn_once_and_for_a_reason(session, edition):
    services.ensure_keys(session, edition, HOUSE)
    with pytest.raises(Refused, match="Say why"):
        services.withdraw(session, edition, HOUSE, 1, "  ")
    services.withdraw(session, edition, HOUSE, 1, "lost")
    with pytest.raises(Refused, match="withdrawn already"):
        services.withdraw(session, edition, HOUSE, 1, "lost")


def test_codes_of_another_edition_are_foreign(session, edition):
    elsewhere = an_edition(session)
    a_person(session, elsewhere)
    services.issue_all(session, elsewhere)
    code = codes(session, elsewhere)[0]
    services.ensure_keys(session, edition, HOUSE)
    assert read(code, queries.ring_of(session, edition)) == Flaw.FOREIGN


def test_with_another_house_key_nothing_is_signed_that_no_gate_could_read(session, edition):
    a_person(session, edition)
    services.issue_all(session, edition)
    codes(session, edition)
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(Refused, match="cannot sign"):
        services.signer_of(session, edition, stranger).token(1, 1, 1)
    assert services.rotate(session, edition, stranger) == 2
    assert set(services.signer_of(session, edition, stranger).keys) == {2}


@pytest.mark.parametrize(
    "change",
    ["retired_at = NULL", "public_key = decode(repeat('00', 32), 'hex')", "number = 9"],
)
def test_the_database_never_brings_a_key_back_nor_changes_it(session, edition, change):
    services.ensure_keys(session, edition, HOUSE)
    services.withdraw(session, edition, HOUSE, 1, "lost")
    with pytest.raises(IntegrityError, match="badge_key_stays"):
        session.execute(text(f"UPDATE badge_key SET {change} WHERE number = 1"))


@pytest.mark.parametrize("change", ["revoked_at = NULL", "serial = 9", "key_number = 5"])
def test_the_database_never_brings_a_badge_back_nor_changes_its_code(session, edition, change):
    person = a_person(session, edition)
    services.issue_all(session, edition)
    services.revoke(session, queries.valid_badge(session, person), "lost")
    with pytest.raises(IntegrityError, match="badge_stays_revoked"):
        session.execute(text(f"UPDATE badge SET {change}"))


def test_nobody_gets_a_badge_of_a_key_that_is_being_withdrawn(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine, expire_on_commit=False) as session:
        edition = an_edition(session)
        for _ in range(40):
            a_person(session, edition)
        services.ensure_keys(session, edition, HOUSE)
        session.commit()
        session.expunge_all()
    gate = threading.Barrier(5)

    def issue():
        with Session(engine) as session:
            gate.wait()
            try:
                services.issue_all(session, edition)
                session.commit()
            except (Refused, IntegrityError):
                session.rollback()

    def withdraw():
        with Session(engine) as session:
            gate.wait()
            services.withdraw(session, edition, HOUSE, 1, "lost")
            session.commit()

    threads = [threading.Thread(target=work) for work in (issue, issue, withdraw, issue, issue)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        gone = select(BadgeKey.number).where(BadgeKey.retired_at.is_not(None))
        living = select(Badge).where(Badge.revoked_at.is_(None), Badge.key_number.in_(gone))
        assert session.exec(living).all() == []
        assert session.exec(gone).all() == [1]
    engine.dispose()
