"""Badges are issued once, revoked for good, and remembered when printed."""

import threading

import pytest
from sqlmodel import Session, select

from expo.badges import queries, services
from expo.badges.models import Badge
from expo.badges.queries import Wanted
from expo.clock import now
from expo.db import make_engine
from expo.errors import Refused
from expo.registration.queries import PeopleFilter
from tests.make import a_person, an_edition


@pytest.fixture
def edition(session):
    return an_edition(session)


def serials(session, person):
    return [badge.serial for badge in queries.badges_of(session, person)]


def test_everybody_gets_one_badge_however_often_one_asks(session, edition):
    for _ in range(3):
        a_person(session, edition)
    assert (services.issue_all(session, edition), services.issue_all(session, edition)) == (3, 0)


def test_only_those_whom_the_filter_finds_get_one(session, edition):
    a_person(session, edition, kind="buyer")
    a_person(session, edition, kind="press")
    assert services.issue_all(session, edition, Wanted(PeopleFilter(kind="press"))) == 1


def test_who_lost_a_badge_gets_the_next_one(session, edition):
    person = a_person(session, edition)
    services.issue_all(session, edition)
    services.revoke(session, queries.valid_badge(session, person))
    services.issue_all(session, edition)
    assert (serials(session, person), queries.valid_badge(session, person).serial) == ([2, 1], 2)


def test_a_badge_is_revoked_once(session, edition):
    person = a_person(session, edition)
    services.issue_all(session, edition)
    badge = queries.valid_badge(session, person)
    services.revoke(session, badge)
    with pytest.raises(Refused, match="revoked already"):
        services.revoke(session, badge)


def test_the_4096th_badge_is_refused_in_words(session, edition):
    person = a_person(session, edition)
    session.add(Badge(edition_id=edition.id, person_id=person.id, serial=4095, revoked_at=now()))
    session.flush()
    with pytest.raises(Refused, match="had 4095 badges"):
        services.issue_all(session, edition)


def test_prints_are_counted(session, edition):
    a_person(session, edition)
    a_person(session, edition)
    services.issue_all(session, edition)
    first = queries.planned(session, edition)[0]
    services.mark_printed(session, edition, [first.badge_id])
    services.mark_printed(session, edition, [first.badge_id])
    tally = queries.tally(session, edition)
    assert (tally.people, tally.valid, tally.printed) == (2, 2, 1)
    assert [badge.prints for badge in session.exec(select(Badge).order_by(Badge.prints))] == [0, 2]


def test_two_who_issue_at_once_issue_each_badge_once(fresh_database):
    engine = make_engine(fresh_database)
    with Session(engine) as session:
        edition = an_edition(session)
        for _ in range(50):
            a_person(session, edition)
        session.commit()
        session.refresh(edition)
        session.expunge(edition)
    gate, issued = threading.Barrier(4), []

    def issue():
        with Session(engine) as session:
            gate.wait()
            issued.append(services.issue_all(session, edition))
            session.commit()

    threads = [threading.Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    assert sum(issued) == 50
