"""What happens by itself: lapses, offers, warnings, phases, one letter for everything."""

from datetime import timedelta

import pytest
from sqlmodel import select

from expo.clock import now
from expo.errors import Refused
from expo.exhibitors.models import Exhibitor
from expo.outbox.models import Mail
from matchmaking.catalogue.models import Buyer
from matchmaking.phases import services as phases
from matchmaking.recommendations.models import Dismissal
from matchmaking.recommendations.queries import scores_of
from matchmaking.requests import jobs, prints
from matchmaking.requests.models import MeetingRequest, RequestNotice, RequestOffer, RequestSettings
from matchmaking.requests.queries import inbox
from matchmaking.requests.services import (
    accept,
    ask,
    lapse,
    lift,
    propose,
    refuse,
    turn_phase,
    warn,
    withdraw,
    write,
)
from matchmaking.requests.wishes import Wish
from tests.matchmaking.requests.making import a_fair, as_party


def notices(session):
    return sorted((row.side, row.kind) for row in session.exec(select(RequestNotice)))


def pass_hours(session, request):
    request.expires_at = now() - timedelta(seconds=1)
    session.add(request)
    session.flush()


def test_what_lapses_is_replaced_once_by_the_next_best_also_where_that_one_said_no(session):
    edition, (ann,), (honey, tea, jam) = a_fair(session, 1, 3)
    scores_of(session, edition)
    first = ask(session, edition, ann, honey.id)
    refuse(session, edition, honey, ann.id)
    refuse(session, edition, jam, ann.id)
    pass_hours(session, first)
    assert (lapse(session, edition), lapse(session, edition)) == (1, 0)
    offers = inbox.offers(session, ann)
    assert (len(offers), offers[0].other_id in (tea.id, jam.id)) == (1, True)
    assert ("buyer", "lapsed") in notices(session)
    second = ask(session, edition, ann, offers[0].other_id)
    assert inbox.offers(session, ann) == []
    pass_hours(session, second)
    lapse(session, edition)
    assert len(session.exec(select(RequestOffer)).all()) == 2


def test_who_is_to_answer_is_warned_once_but_not_who_said_no(session):
    edition, (ann, bob), (honey, _tea) = a_fair(session)
    for one in (ann, bob):
        ask(session, edition, one, honey.id).expires_at = now() + timedelta(hours=1)
    session.flush()
    refuse(session, edition, honey, bob.id)
    assert (warn(session, edition), warn(session, edition)) == (2, 0)
    assert notices(session).count(("supplier", "expiring")) == 1


def test_phases_begin_and_end_with_a_letter_and_what_is_open_lapses(session):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    today = phases.today(edition)
    phases.save(session, edition, {"requests": (today, today)})
    assert (turn_phase(session, edition), turn_phase(session, edition)) == ("begun", "")
    found = ask(session, edition, ann, honey.id)
    before = today - timedelta(days=1)
    phases.save(session, edition, {"requests": (before, before)})
    assert (turn_phase(session, edition), turn_phase(session, edition)) == ("ended", "")
    session.refresh(found)
    assert (found.state, session.exec(select(RequestOffer)).all()) == ("lapsed", [])
    with pytest.raises(Refused, match="ended on"):
        ask(session, edition, ann, honey.id)


def test_everything_new_is_one_letter_in_the_readers_language_and_none_after_it(session, app):
    edition, (ann, _bob), (honey, tea) = a_fair(session)
    buyer = session.get_one(Buyer, ann.id)
    buyer.contact_email = "ann@x.example"
    session.add(RequestSettings(edition_id=edition.id, digest_hours=12))
    for one in (honey, tea):
        ask(session, edition, one, ann.id, message="Come and see.")
    for row in session.exec(select(RequestNotice)):
        row.due_at = now() - timedelta(hours=1)
    session.commit()
    with app.app_context():
        jobs.sweep_edition(session, edition.id)
        ask(session, edition, ann, honey.id)
        jobs.sweep_edition(session, edition.id)
    mails = session.exec(select(Mail).where(Mail.recipient == "ann@x.example")).all()
    assert [mail.subject for mail in mails] == ["Test Expo: 2 requests for meetings wait for your answer"]
    assert "Wrote to you" in mails[0].body


def test_unanswered_people_are_not_flooded_and_sending_twice_is_once(session):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    found = ask(session, edition, ann, honey.id)
    for number in (1, 1, 2, 3):
        write(session, edition, ann, found, f"Hello {number}", once=str(number))
    with pytest.raises(Refused, match="Wait for an answer"):
        write(session, edition, ann, found, "Hello 4", once="4")
    write(session, edition, honey, found, "Hello", once="a")
    write(session, edition, ann, found, "Hello 4", once="4")
    assert len(inbox.messages(session, found.id)) == 5


def test_a_time_must_be_free_for_both_and_turns_are_kept(session):
    edition, (ann, bob), (honey, _tea) = a_fair(session)
    buyer = session.get_one(Buyer, ann.id)
    buyer.unavailable = [1]
    session.add(buyer)
    with pytest.raises(Refused, match="You are not free"):
        ask(session, edition, ann, honey.id, wish=Wish(slot=1))
    found = ask(session, edition, ann, honey.id)
    with pytest.raises(Refused, match="They are not free"):
        propose(session, edition, honey, found, Wish(slot=1))
    propose(session, edition, honey, found, Wish(slot=2))
    with pytest.raises(Refused, match="other side's turn"):
        propose(session, edition, honey, found, Wish(slot=3))
    withdraw(session, edition, honey, found)
    assert (found.turn, found.slot, found.state) == ("supplier", None, "open")
    with pytest.raises(Refused, match="nobody of that number"):
        ask(session, edition, bob, 2**31 - 1)


def test_a_no_leaves_somebody_out_of_ones_own_recommendations_only(session):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    refuse(session, edition, honey, ann.id)
    aside = [(row.by, row.buyer_id) for row in session.exec(select(Dismissal))]
    lift(session, edition, honey, ann.id)
    assert (aside, session.exec(select(Dismissal)).all()) == ([("exhibitor", ann.id)], [])


def test_nobody_meets_their_own_organisation(session):
    edition, (_ann, _bob), (honey, _tea) = a_fair(session)
    own = Buyer(edition_id=edition.id, organisation_id=honey.organisation_id, code="OWN")
    session.add(own)
    session.flush()
    with pytest.raises(Refused, match="own organisation"):
        ask(session, edition, as_party(session, edition, own), honey.id)
    assert session.exec(select(MeetingRequest)).all() == []


def test_asking_again_makes_it_a_must_and_adds_a_message_but_no_other_time(session):
    edition, (ann, _bob), (honey, _tea) = a_fair(session)
    first = ask(session, edition, ann, honey.id, wish=Wish(slot=2))
    again = ask(session, edition, ann, honey.id, must=True, message="Two containers.", once="b")
    assert (again.id, again.asker_must, again.slot) == (first.id, True, 2)
    assert [one.body for one in inbox.messages(session, first.id or 0)] == ["Two containers."]
    with pytest.raises(Refused, match="You have asked them already"):
        ask(session, edition, ann, honey.id, wish=Wish(slot=3))
    propose(session, edition, honey, first, Wish(slot=4))
    with pytest.raises(Refused, match="They have answered with another time"):
        ask(session, edition, ann, honey.id)


def test_of_parties_that_are_gone_no_letter_tells(session, app):
    edition, (ann, _bob), _sellers = a_fair(session)
    buyer = session.get_one(Buyer, ann.id)
    buyer.contact_email = "ann@x.example"
    due = now() - timedelta(hours=1)
    session.add(
        RequestNotice(
            edition_id=edition.id, side="buyer", party_id=ann.id, kind="asked", other_id=999_999, due_at=due
        )
    )
    session.flush()
    with app.app_context():
        assert prints.write_digests(session, edition, now()) == 0
    assert session.exec(select(RequestNotice.told_at)).one() is not None


def test_nobody_agrees_with_who_no_longer_takes_part(session):
    edition, (ann, bob), (honey, tea) = a_fair(session)
    asked = ask(session, edition, honey, ann.id)
    waits = ask(session, edition, tea, bob.id)
    session.get_one(Exhibitor, honey.id).state = "withdrawn"
    session.get_one(Buyer, bob.id).open_to_meetings = False
    session.flush()
    with pytest.raises(Refused, match="They do not take part in meetings"):
        accept(session, edition, ann, asked)
    with pytest.raises(Refused, match="You do not take part in meetings"):
        propose(session, edition, bob, waits, Wish(slot=2))
    assert [row.state for row in session.exec(select(MeetingRequest))] == ["open", "open"]
