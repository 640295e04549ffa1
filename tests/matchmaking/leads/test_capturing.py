"""A badge scanned at a stand becomes one lead, and consent decides what is known of it."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from expo.badges.models import Badge
from expo.clock import now
from expo.errors import Throttled
from expo.registration import services as registration
from matchmaking.leads import queries, services
from matchmaking.leads.models import Lead, LeadInterest, LeadVisit
from tests.make import a_person, a_product, an_edition, an_exhibitor
from tests.matchmaking.leads.staged import NOON, a_stand, a_visitor, scanned, secret


@pytest.fixture
def stand(session):
    return a_stand(session)


def known(session, lead):
    found = queries.card(session, lead)
    return found["consent"], found["name"], found["email"]


def test_with_consent_the_contact_is_handed_over_and_without_it_somebody_was_met(session, stand):
    edition, exhibitor = stand
    _person, open_badge = a_visitor(session, edition)
    _other, closed_badge = a_visitor(session, edition, consent=False)
    first = scanned(session, edition, exhibitor, secret=open_badge)
    second = scanned(session, edition, exhibitor, secret=closed_badge)
    assert (first.is_new, known(session, first.lead)) == (
        True,
        ("yes", {"en": "Aliya Bekova", "ru": "Алия Бекова"}, "aliya@example.org"),
    )
    assert (second.lead.number, known(session, second.lead)) == (2, ("no", {}, ""))


def test_a_consent_taken_back_hides_the_contact_from_then_on_in_lists_and_files(session, stand):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition)
    lead = scanned(session, edition, exhibitor, secret=badge).lead
    registration.withdraw(session, person, ["leads"])
    row = queries.leads(session, edition, exhibitor.id)[0]
    assert known(session, lead) == ("withdrawn", {}, "")
    assert (row.consent, row.name, row.organisation, row.email, row.withdrawn_at is not None) == (
        "withdrawn", None, "", "", True,
    )  # fmt: skip
    found = queries.LeadFilter(words="Aliya")
    assert queries.count(session, edition, exhibitor.id, found) == 0


def test_the_same_visitor_twice_is_one_lead_with_visits(session, stand):
    edition, exhibitor = stand
    _person, badge = a_visitor(session, edition)
    hours = [0, 3, 1]  # the third came in late, from a phone without a net
    leads = [
        scanned(session, edition, exhibitor, at=NOON - timedelta(hours=h), secret=badge).lead for h in hours
    ]
    again = scanned(session, edition, exhibitor, at=NOON - timedelta(minutes=4), secret=badge).lead
    assert {lead.id for lead in (*leads, again)} == {again.id}
    assert (again.visits, again.first_at, again.last_at) == (3, NOON - timedelta(hours=3), NOON)


def test_the_same_scan_sent_again_changes_nothing_but_for_newer_taps(session, stand):
    edition, exhibitor = stand
    _person, badge = a_visitor(session, edition)
    question = services.questions(session, edition.id, exhibitor.id)[0]
    sent = {"scan_id": "scan-of-one", "secret": badge}

    def marks(minute, **more):
        return {"at": (NOON - timedelta(minutes=30 - minute)).isoformat()} | more

    scanned(session, edition, exhibitor, **sent)
    newer = marks(9, rating=4, note="wants samples", answers={str(question.id): 2})
    older = marks(5, rating=1, note="?", answers={str(question.id): 0})
    for told in (newer, newer, older):
        result = scanned(session, edition, exhibitor, **sent, marks=told)
    card = queries.card(session, result.lead)
    assert (card["rating"], card["answers"], card["visits"]) == (4, {question.id: 2}, 1)
    assert [visit.note for visit in queries.visits_of(session, result.lead)] == ["wants samples"]


def test_only_own_products_and_real_chapters_can_be_tapped(session, stand):
    edition, exhibitor = stand
    mine, theirs = a_product(session, exhibitor), a_product(session, an_exhibitor(session, edition))
    _person, badge = a_visitor(session, edition)
    told = {"products": {str(mine.id): True, str(theirs.id): True}, "chapters": {"04": True, "77": True}}
    lead = scanned(session, edition, exhibitor, secret=badge, marks=told).lead
    card = queries.card(session, lead)
    assert (card["products"], card["chapters"]) == ([mine.id], ["04"])
    with pytest.raises(IntegrityError, match="another exhibitor"), session.begin_nested():
        session.add(LeadInterest(lead_id=lead.id, exhibitor_id=exhibitor.id, product_id=theirs.id))
        session.flush()


def reasons(session, edition, exhibitor, *secrets):
    return [scanned(session, edition, exhibitor, secret=one).reason for one in secrets]


def test_what_is_no_valid_badge_is_refused_with_its_reason(session, stand):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition)
    other = an_edition(session)
    _stranger, foreign = a_visitor(session, other)
    broken = badge[:40] + ("A" if badge[40] != "A" else "B") + badge[41:]
    assert reasons(session, edition, exhibitor, "https://example.org", "\x00\xff" * 40, broken, foreign) == [
        "unreadable", "unreadable", "tampered", "foreign",
    ]  # fmt: skip
    session.exec(select(Badge).where(Badge.person_id == person.id)).one().revoked_at = now()
    session.flush()
    assert reasons(session, edition, exhibitor, badge, secret(session, edition, person, 2)) == ["revoked"] * 2
    assert session.exec(select(Lead)).all() == []


def test_one_own_people_and_those_who_cancelled_are_no_leads(session, stand):
    edition, exhibitor = stand
    _colleague, own = a_visitor(session, edition, kind="exhibitor", exhibitor_id=exhibitor.id)
    _gone, cancelled = a_visitor(session, edition, state="cancelled")
    assert reasons(session, edition, exhibitor, own, cancelled) == ["own", "state"]


def test_a_number_alone_is_not_enough_and_guessing_ends_soon(session, stand):
    edition, exhibitor = stand
    a_person(session, edition, code="PE0042", name={"en": "Aliya Bekova", "zh": "王芳"})

    def typed(letters):
        return scanned(session, edition, exhibitor, code="pe0042", letters=letters).reason

    assert [typed(one) for one in ("", "al", "Ivan", "BEK", "王")] == [
        "letters", "mismatch", "mismatch", "", "",
    ]  # fmt: skip
    with pytest.raises(Throttled):
        for _ in range(60):
            typed("Ivan")


def test_the_database_ties_everything_of_a_lead_to_its_exhibitor(session, stand):
    edition, exhibitor = stand
    rival = an_exhibitor(session, edition)
    _person, badge = a_visitor(session, edition)
    lead = scanned(session, edition, exhibitor, secret=badge).lead
    for statement in (
        "UPDATE lead SET exhibitor_id = :rival",
        "UPDATE lead_visit SET exhibitor_id = :rival",
        "INSERT INTO lead_answer (lead_id, exhibitor_id, question_id, choice)"
        " SELECT :lead, :rival, min(id), 0 FROM lead_question",
        "INSERT INTO lead_answer (lead_id, exhibitor_id, question_id, choice)"
        " SELECT :lead, :own, min(id), 5 FROM lead_question",
    ):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(statement), {"rival": rival.id, "lead": lead.id, "own": exhibitor.id})


def test_a_lead_stays_when_its_person_is_deleted(session, stand):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition)
    lead = scanned(session, edition, exhibitor, secret=badge).lead
    session.execute(text("DELETE FROM person WHERE id = :id"), {"id": person.id})
    session.refresh(lead)
    assert (lead.person_id, known(session, lead)) == (None, ("no", {}, ""))


def test_a_visitor_sees_who_scanned_them(session, stand):
    edition, exhibitor = stand
    person, badge = a_visitor(session, edition)
    scanned(session, edition, exhibitor, secret=badge)
    scanned(session, edition, an_exhibitor(session, edition), at=NOON - timedelta(hours=1), secret=badge)
    found = queries.scanned_by(session, person.id)
    assert [(row.code == exhibitor.code, row.visits) for row in found] == [(True, 1), (False, 1)]


def test_a_phone_with_a_clock_ahead_is_put_right_and_one_far_behind_is_told(session, stand):
    edition, exhibitor = stand
    _person, badge = a_visitor(session, edition)
    lead = scanned(session, edition, exhibitor, at=NOON + timedelta(days=400), secret=badge).lead
    assert lead.last_at == NOON
    assert (
        scanned(session, edition, exhibitor, at=NOON - timedelta(days=4000), secret=badge).reason == "early"
    )
    assert len(session.exec(select(LeadVisit)).all()) == 1
