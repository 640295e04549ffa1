"""Registering: places, the waiting list, codes, decisions; the database counts and refuses."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from expo.clock import now
from expo.errors import Refused
from expo.registration.models import Person
from expo.registration.services import deciding, enrolling, inviting, linking, sorts, waiting
from tests.expo.registration.making import (
    TICKET,
    a_code,
    a_question,
    a_quota,
    a_ticket,
    open_registration,
    somebody,
)
from tests.make import an_edition


@pytest.fixture
def edition(session):
    edition = an_edition(session, starts_on=now().date(), ends_on=now().date() + timedelta(days=30))
    open_registration(session, edition)
    return edition


def states(session, edition):
    session.expire_all()
    rows = session.execute(
        text("SELECT state, count(*) FROM person WHERE edition_id = :e GROUP BY 1"), {"e": edition.id}
    )
    return {row[0]: row[1] for row in rows}


def counts(session, row):
    session.refresh(row)
    return row.taken, row.reserved


def test_beyond_the_last_place_people_wait_and_the_first_is_offered_what_falls_free(session, edition):
    ticket = a_ticket(session, edition, places=2)
    first, _second, third, fourth = (
        somebody(session, edition, ticket, name) for name in ("A", "B", "C", "D")
    )
    assert states(session, edition) == {"confirmed": 2, "waiting": 2}
    assert [waiting.places_on_list(session, one) for one in (first, third, fourth)] == [0, 1, 2]
    enrolling.cancel(session, edition, first)
    assert [one.code for one in waiting.offer_places(session, edition)] == [third.code]
    assert counts(session, ticket) == (2, 0)
    waiting.accept(session, edition, third)
    assert (third.state, third.offered_until) == ("confirmed", None)
    assert waiting.offer_places(session, edition) == []


def test_nobody_overtakes_those_who_wait(session, edition):
    ticket = a_ticket(session, edition, places=1)
    first, second = somebody(session, edition, ticket, "A"), somebody(session, edition, ticket, "B")
    enrolling.cancel(session, edition, first)
    late = somebody(session, edition, ticket, "C")
    assert (second.state, late.state) == ("waiting", "waiting")
    assert waiting.offer_places(session, edition) == [second]


def test_an_offer_that_runs_out_goes_to_the_next(session, edition):
    ticket = a_ticket(session, edition, places=1)
    first, second, third = (somebody(session, edition, ticket, name) for name in ("A", "B", "C"))
    enrolling.cancel(session, edition, first)
    assert waiting.offer_places(session, edition) == [second]
    second.offered_until = now() - timedelta(minutes=1)
    session.flush()
    with pytest.raises(Refused, match="has run out"):
        waiting.accept(session, edition, second)
    assert waiting.lapse(session, edition) == [second]
    assert waiting.offer_places(session, edition) == [third]
    enrolling.come_back(session, edition, second)
    assert (second.state, third.offered_until is None) == ("waiting", False)


def test_a_sort_without_a_list_refuses_when_it_is_full(session, edition):
    ticket = a_ticket(session, edition, places=1, keeps_list=False)
    somebody(session, edition, ticket, "A")
    with pytest.raises(Refused, match="no place left"):
        somebody(session, edition, ticket, "B")


def test_a_quota_counts_several_sorts_together(session, edition):
    one, other = a_ticket(session, edition, places=5), a_ticket(session, edition)
    quota = a_quota(session, edition, 3, one, other)
    people = [somebody(session, edition, one if n % 2 else other, f"P{n}") for n in range(5)]
    assert [person.state for person in people] == ["confirmed"] * 3 + ["waiting"] * 2
    assert counts(session, quota) == (3, 0)
    enrolling.cancel(session, edition, people[1])  # of the one sort; who waits longest wants it, too
    assert waiting.offer_places(session, edition) == [people[3]]


def test_a_quota_made_later_counts_who_is_there(session, edition):
    ticket = a_ticket(session, edition)
    for name in "ABC":
        somebody(session, edition, ticket, name)
    with pytest.raises(Refused, match="More places than that"):
        a_quota(session, edition, 2, ticket)
    quota = a_quota(session, edition, 4, ticket)
    assert counts(session, quota) == (3, 0)
    with pytest.raises(Refused, match="More places than that"):
        sorts.save_ticket(session, edition, ticket, TICKET | {"places": 2})


def test_more_places_go_to_those_who_wait_first(session, edition):
    ticket = a_ticket(session, edition, places=1)
    people = [somebody(session, edition, ticket, name) for name in "ABC"]
    sorts.save_ticket(session, edition, ticket, TICKET | {"places": 2})
    assert somebody(session, edition, ticket, "D").state == "waiting"
    assert waiting.offer_places(session, edition) == [people[1]]


def test_an_address_counts_once_where_the_sort_says_so(session, edition):
    ticket = a_ticket(session, edition, one_per_email=True)
    first = somebody(session, edition, ticket, "A", email="a@example.org")
    with pytest.raises(Refused, match="already"):
        somebody(session, edition, ticket, "B", email="A@Example.org ")
    enrolling.cancel(session, edition, first)
    assert somebody(session, edition, ticket, "B", email="a@example.org").state == "confirmed"
    with pytest.raises(Refused, match="already"):
        deciding.restore(session, edition, first)


def test_a_form_sent_twice_registers_once(session, edition):
    ticket = a_ticket(session, edition)
    first = somebody(session, edition, ticket, once="x1")
    assert somebody(session, edition, ticket, once="x1").code == first.code


def test_decisions_give_places_in_the_order_of_registration(session, edition):
    ticket = a_ticket(session, edition, places=1, needs_approval=True)
    people = [somebody(session, edition, ticket, name) for name in "ABC"]
    assert states(session, edition) == {"pending": 3}
    decided = deciding.decide(session, edition, [people[1].code, people[0].code], "approve")
    assert [one.code for one in decided.people] == [people[0].code, people[1].code]
    deciding.decide(session, edition, [people[2].code, people[0].code, "X"], "decline", "Sorry")
    assert states(session, edition) == {"confirmed": 1, "waiting": 1, "declined": 1}
    assert people[2].reason == "Sorry"


def test_approving_beyond_the_places_of_a_sort_without_a_list_leaves_people_pending(session, edition):
    ticket = a_ticket(session, edition, places=1, needs_approval=True, keeps_list=False)
    people = [somebody(session, edition, ticket, name) for name in "AB"]
    decided = deciding.decide(session, edition, [one.code for one in people], "approve")
    assert (decided.full, states(session, edition)) == ([people[1].code], {"confirmed": 1, "pending": 1})


def test_a_code_opens_a_sort_as_often_as_it_may(session, edition):
    ticket = a_ticket(session, edition, invitation_only=True, needs_approval=True)
    with pytest.raises(Refused, match="needs the code"):
        somebody(session, edition, ticket, "A")
    code = a_code(session, edition, uses=2, skips_approval=True).code
    first = somebody(session, edition, ticket, "A", code=f" {code.lower()} ")
    somebody(session, edition, ticket, "B", code=code)
    with pytest.raises(Refused, match="as often as it may"):
        somebody(session, edition, ticket, "C", code=code)
    enrolling.cancel(session, edition, first)
    assert somebody(session, edition, ticket, "C", code=code).state == "confirmed"


@pytest.mark.parametrize(
    ("given", "why"),
    [({"expires_at": now() - timedelta(days=1)}, "no such code"), ({"other": True}, "another sort")],
)
def test_codes_that_do_not_fit_are_refused(session, edition, given, why):
    ticket, other = a_ticket(session, edition), a_ticket(session, edition)
    if given.pop("other", None):
        given["ticket_id"] = other.id
    with pytest.raises(Refused, match=why):
        somebody(session, edition, ticket, code=a_code(session, edition, **given).code)


def test_a_code_keeps_places_aside_until_it_is_closed(session, edition):
    ticket = a_ticket(session, edition, places=3)
    quota = a_quota(session, edition, 3, ticket)
    kept = a_code(session, edition, ticket_id=ticket.id, uses=2, reserves=True)
    assert counts(session, ticket) == counts(session, quota) == (0, 2)
    somebody(session, edition, ticket, "A")
    crowd = somebody(session, edition, ticket, "B")
    guest = somebody(session, edition, ticket, "C", code=kept.code)
    assert (crowd.state, guest.state, counts(session, ticket)) == ("waiting", "confirmed", (2, 1))
    with pytest.raises(Refused, match="no place left"):
        a_code(session, edition, ticket_id=ticket.id, uses=1, reserves=True)
    inviting.close(session, edition, kept)
    assert counts(session, ticket) == (2, 0)
    assert waiting.offer_places(session, edition) == [crowd]
    enrolling.cancel(session, edition, guest)
    assert counts(session, quota) == (2, 0)


def test_places_kept_by_a_code_come_back_when_it_expires(session, edition):
    ticket = a_ticket(session, edition, places=1)
    soon = now() + timedelta(minutes=5)
    a_code(session, edition, ticket_id=ticket.id, reserves=True, expires_at=soon)
    assert inviting.close_expired(session, edition) == 0
    assert inviting.close_expired(session, edition, soon) == 1
    assert counts(session, ticket) == (0, 0)


def test_links_open_one_registration_each(session, edition):
    ticket = a_ticket(session, edition)
    person = somebody(session, edition, ticket)
    token = linking.fresh_link(session, person, is_mailed=True)
    assert linking.person_by_secret(session, edition, token) == person
    assert linking.person_by_secret(session, an_edition(session), token) is None
    for _n in range(linking.MOST_LINKS):
        linking.fresh_link(session, person, is_mailed=True)
    assert linking.person_by_secret(session, edition, token) is None


@pytest.mark.parametrize("name", ["Win at https://x.example", "www.x.example"])
def test_names_carry_no_links(session, edition, name):
    with pytest.raises(Refused, match="no links"):
        somebody(session, edition, a_ticket(session, edition), name, email="a@example.org")


@pytest.mark.parametrize("table", ["ticket", "quota"])
def test_counters_are_not_written_by_hand(session, edition, table):
    ticket = a_ticket(session, edition)
    a_quota(session, edition, 3, ticket)
    with pytest.raises(IntegrityError, match="follows from people"), session.begin_nested():
        session.execute(text(f"UPDATE {table} SET taken = 1"))


def test_a_row_written_past_the_services_is_counted_and_refused_all_the_same(session, edition):
    ticket = a_ticket(session, edition, places=1)
    session.add(Person(edition_id=edition.id, code="X1", kind="visitor", ticket_id=ticket.id))
    session.flush()
    assert counts(session, ticket) == (1, 0)
    with pytest.raises(IntegrityError, match="ck_ticket_places"), session.begin_nested():
        session.add(Person(edition_id=edition.id, code="X2", kind="visitor", ticket_id=ticket.id))
        session.flush()
    session.execute(text("DELETE FROM person WHERE code = 'X1'"))
    assert counts(session, ticket) == (0, 0)


def test_an_edition_with_everything_can_be_deleted(session, edition):
    ticket = a_ticket(session, edition, places=3)
    a_quota(session, edition, 3, ticket)
    a_question(session, edition)
    code = a_code(session, edition, ticket_id=ticket.id, uses=2, reserves=True)
    somebody(session, edition, ticket, code=code.code)
    session.execute(text("DELETE FROM edition WHERE id = :e"), {"e": edition.id})
    assert session.execute(text("SELECT count(*) FROM ticket")).scalar_one() == 0


def test_a_sort_of_another_edition_takes_nobody(session, edition):
    ticket = a_ticket(session, an_edition(session))
    with pytest.raises(IntegrityError, match="another edition"), session.begin_nested():
        session.add(Person(edition_id=edition.id, code="X1", kind="visitor", ticket_id=ticket.id))
        session.flush()


def test_a_code_that_only_opens_a_sort_approves_nobody_who_comes_back(session, edition):
    ticket = a_ticket(session, edition, needs_approval=True)
    plain, sure = a_code(session, edition), a_code(session, edition, skips_approval=True)
    people = [
        somebody(session, edition, ticket, "AB"[n], code=one.code) for n, one in enumerate((plain, sure))
    ]
    assert [person.state for person in people] == ["pending", "confirmed"]
    for person in people:
        enrolling.cancel(session, edition, person)
        enrolling.come_back(session, edition, person)
    assert [person.state for person in people] == ["pending", "confirmed"]
