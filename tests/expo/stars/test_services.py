"""Whose stars count, who is written to, and what becomes of two followers that are one."""

from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from expo.clock import now
from expo.forums.audience import listeners
from expo.forums.models import Talk
from expo.forums.services import problem_of
from expo.stars import queries, services
from expo.stars.models import Follower, Star
from expo.stars.services import Reader
from tests.expo.forums.test_views import a_released_edition
from tests.make import a_person, an_edition, stars


@pytest.fixture
def edition(session):
    return a_released_edition(session, 4)


@pytest.fixture
def talks(session, edition):
    return session.exec(select(Talk).where(Talk.edition_id == edition.id).order_by(Talk.code)).all()


def a_follower(session, edition, *talks, **given) -> Follower:
    follower = Follower(edition_id=edition.id, **given)
    session.add(follower)
    session.flush()
    session.add_all(Star(follower_id=follower.id, talk_id=talk.id) for talk in talks)
    session.flush()
    return follower


def test_a_thousand_browsers_swing_no_timetable(session, edition, talks):
    for _ in range(20):
        a_follower(session, edition, *talks)
    assert {talk.demand for talk in problem_of(session, edition).talks} == {0}
    a_follower(session, edition, talks[0], email="a@example.org")
    stars(session, a_person(session, edition), talks[0])
    assert {t.code: t.demand for t in problem_of(session, edition).talks if t.demand} == {"TALK00": 2}


def test_those_known_by_address_are_written_to_in_their_language_unless_they_said_no(session, edition, talks):
    a_follower(session, edition, talks[0])
    a_follower(session, edition, talks[0], talks[1], email="ru@example.org", language="ru")
    a_follower(session, edition, talks[0], email="no@example.org", wants_mail=False)
    stars(session, a_person(session, edition, email="Zh@Example.org", language="zh"), talks[1])
    stars(session, a_person(session, edition, email=""), talks[1])
    ids = [talk.id for talk in talks[:3]]
    found = [(one.recipient, one.language, one.talk_ids) for one in listeners(session, edition.id, ids)]
    assert found == [
        ("ru@example.org", "ru", frozenset(ids[:2])),
        ("zh@example.org", "zh", frozenset(ids[1:2])),
    ]
    assert listeners(session, an_edition(session).id, ids) == []
    assert listeners(session, edition.id, []) == []


def test_whoever_registers_later_keeps_what_they_starred_by_address(session, edition, talks):
    follower, _token = services.follow(session, edition, Reader("ayan@example.org"))
    services.set_star(session, edition, follower, "TALK01", True)
    person = a_person(session, edition, email="Ayan@example.org")
    again, _token = services.follow(session, edition, Reader("ayan@example.org"))
    assert (again.person_id, again.email, services.starred_codes(session, again)) == (
        person.id,
        None,
        ["TALK01"],
    )


def test_an_address_of_several_people_is_nobody_in_particular(session, edition):
    for _ in range(2):
        a_person(session, edition, email="office@example.org")
    follower, _token = services.follow(session, edition, Reader("office@example.org"))
    assert services.kind_of(follower) == "email"


def test_a_token_opens_nothing_in_another_edition(session, edition):
    _follower, token = services.follow(session, edition, Reader())
    assert services.follower_of(session, an_edition(session), Reader(token=token)) is None
    assert services.follower_of(session, edition, Reader(token=token + "x")) is None


def test_talks_often_starred_together_are_told_from_five_known_people_on(session, edition, talks):
    for number in range(4):
        a_follower(session, edition, talks[0], talks[1], email=f"p{number}@example.org")
    for _ in range(9):
        a_follower(session, edition, talks[0], talks[2])
    assert queries.starred_with(session, edition, talks[0].id) == []
    stars(session, a_person(session, edition), talks[0], talks[1])
    assert queries.starred_with(session, edition, talks[0].id) == [talks[1].id]
    assert queries.star_counts(session, talks[0].id) == (14, 5)


def test_nobody_has_more_than_two_thousand_stars(session, edition, talks):
    follower = a_follower(session, edition)
    session.execute(
        text(
            "INSERT INTO talk (edition_id, forum_id, code, guid, title, abstract, kind, minutes, language,"
            " interpretation, equipment, after, alone, fixed_room) SELECT edition_id, forum_id,"
            " 'Z' || lpad(n::text, 5, '0'), gen_random_uuid(), '{}', '{}', 'talk', 30, 'en', '[]', '[]',"
            " '[]', false, '' FROM talk, generate_series(1, 2001) AS n WHERE talk.id = :talk"
        ),
        {"talk": talks[0].id},
    )
    every = "INSERT INTO star (follower_id, talk_id, at) SELECT :f, id, now() FROM talk WHERE code LIKE 'Z%'"
    with pytest.raises(DBAPIError, match="more than 2000"):
        session.execute(text(every), {"f": follower.id})


@pytest.mark.parametrize("what", ["a talk", "a person"])
def test_nothing_leads_into_another_edition(session, edition, what):
    other = a_released_edition(session, 1)
    talk = session.exec(select(Talk).where(Talk.edition_id == other.id)).first()
    with pytest.raises(DBAPIError, match="leads into another edition"):
        if what == "a talk":
            a_follower(session, edition, talk)
        else:
            a_follower(session, edition, person_id=a_person(session, other).id)


def test_browsers_nobody_uses_any_more_are_forgotten(session, edition, talks):
    long_ago = now() - timedelta(days=500)
    a_follower(session, edition, made_at=long_ago)
    idle = a_follower(session, edition, talks[0], made_at=long_ago)
    session.execute(update(Star).where(Star.follower_id == idle.id).values(at=long_ago))
    kept = [
        a_follower(session, edition, talks[0], made_at=long_ago),
        a_follower(session, edition),
        a_follower(session, edition, email="a@example.org", made_at=long_ago),
    ]
    services.forget_idle(session, now() - timedelta(days=400))
    left = session.exec(select(Follower.id).where(Follower.edition_id == edition.id).order_by(Follower.id))
    assert list(left) == [one.id for one in kept]
