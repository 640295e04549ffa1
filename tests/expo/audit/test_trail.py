"""Every change that a person makes leaves a line that nobody can alter."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.accounts import services as accounts
from expo.accounts.roles import Role
from expo.audit import services
from expo.audit.models import AuditEntry
from expo.audit.subjects import plain
from tests.make import a_hall, a_zone, an_edition, an_organisation
from tests.signing import a_user


@pytest.fixture(autouse=True)
def _watched():
    services.watch()


def trail(session, subject: str) -> list[AuditEntry]:
    return list(
        session.exec(select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id)).all()
    )


def test_a_new_row_is_told_with_who_made_it(session):
    session.info.update(user_id=7, actor="Aigul", request_id="r-1")
    edition = an_edition(session)
    (entry,) = trail(session, "edition")
    assert (entry.action, entry.subject_id, entry.edition_id) == ("created", str(edition.id), edition.id)
    assert (entry.user_id, entry.actor, entry.request_id) == (7, "Aigul", "r-1")
    assert entry.changes["starts_on"] == [None, "2023-06-15"]


def test_a_change_tells_before_and_after_even_when_the_row_was_not_loaded(session):
    zone = a_zone(session, an_edition(session), net_m2=4000)
    session.commit()  # expires the row
    zone.net_m2 = 3000
    session.flush()
    entry = trail(session, "zone")[-1]
    assert (entry.action, entry.changes) == ("changed", {"net_m2": [4000, 3000]})


def test_setting_the_same_value_again_is_no_change(session):
    zone = a_zone(session, an_edition(session), hue=3)
    zone.hue = 3
    session.flush()
    assert [entry.action for entry in trail(session, "zone")] == ["created"]


def test_a_deleted_row_tells_what_it_held(session):
    hall = a_hall(session, an_edition(session), code="H9")
    session.delete(hall)
    session.flush()
    entry = trail(session, "hall")[-1]
    assert (entry.action, entry.changes["code"]) == ("deleted", ["H9", None])


def test_a_row_without_an_edition_of_its_own_takes_the_one_at_hand(session):
    session.info["edition_id"] = 41
    an_organisation(session)
    assert [entry.edition_id for entry in trail(session, "organisation")] == [41]


def test_roles_given_and_taken_back_are_told(session):
    edition = an_edition(session)
    given_role = accounts.grant(session, a_user(session), Role.AUDITOR, edition.id)
    accounts.revoke(session, given_role)
    assert [(e.action, e.edition_id) for e in trail(session, "grant")] == [
        ("created", edition.id),
        ("deleted", edition.id),
    ]


def test_passwords_and_digests_are_never_told(session):
    a_user(session, password_hash="very secret")
    services.note(session, "changed", "user", 1, {"password_hash": "very secret", "name": "Li"})
    everything = session.execute(text("SELECT string_agg(changes::text, '') FROM audit_entry")).scalar_one()
    assert ("very secret" in everything, "Li" in everything) == (False, True)


def test_quietly_leaves_one_note_instead_of_a_line_a_row(session):
    edition = an_edition(session)
    with services.quietly(session):
        a_hall(session, edition)
        a_hall(session, edition)
    services.note(session, "imported", "hall", "folder", {"rows": 2}, edition_id=edition.id)
    assert [(e.action, e.changes) for e in trail(session, "hall")] == [("imported", {"rows": 2})]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET actor = 'somebody else'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_the_trail_cannot_be_altered(session, statement):
    an_edition(session)
    with pytest.raises(IntegrityError, match="append-only"), session.begin_nested():
        session.execute(text(statement))
    assert len(trail(session, "edition")) == 1


def test_a_rolled_back_change_leaves_no_line(session):
    edition = an_edition(session)
    session.commit()
    a_hall(session, edition)
    session.rollback()
    assert trail(session, "hall") == []


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text()
        | st.dates()
        | st.decimals(allow_nan=False),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=8,
    )
)
def test_whatever_a_row_holds_can_be_written_as_json(value):
    json.dumps(plain(value), allow_nan=False)


def test_values_are_told_as_people_write_them():
    assert plain([date(2023, 6, 15), Decimal("1E+3"), "x" * 600][:2]) == ["2023-06-15", "1000"]
    assert len(plain("x" * 600)) == 500
