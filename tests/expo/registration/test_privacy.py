"""What is kept of somebody is exported and erased everywhere, with a trace that says nothing of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, select

from expo.audit.models import AuditEntry
from expo.badges.models import Badge
from expo.clock import now
from expo.errors import Refused
from expo.outbox import services as outbox
from expo.outbox.models import Mail
from expo.personal import holdings
from expo.registration import queries, services
from expo.registration.models import Answer, Person, PrivacySettings, Question, RetentionReport
from expo.registration.services import Particulars, deciding, erasing, merging, photos, purposes, retaining
from expo.registration.services.exporting import as_data, everything
from expo.registration.services.linking import fresh_link, person_by_secret
from expo.schema import load_all_models
from tests.expo.registration.test_photos import picture
from tests.make import a_forum, a_person, a_talk, an_edition, stars


def test_every_table_that_leads_to_a_person_is_named_by_its_room():
    load_all_models()
    leading = {
        table.name
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        for link in column.foreign_keys
        if link.column.table.name == "person"
    }
    named = [table for holding in holdings() for table in holding.tables]
    assert leading - set(named) == set()
    assert sorted(named) == sorted(set(named))


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def anna(session, edition):
    """Somebody of whom everything is known."""
    person = a_person(
        session, edition, name={"en": "Anna Weber"}, email="Anna@x.example", organisation="Herald"
    )
    question = Question(edition_id=edition.id, code="diet", text={"en": "What do you eat?"})
    session.add(question)
    session.flush()
    session.add(Answer(person_id=person.id, question_id=question.id, value="no nuts"))
    session.add(Badge(edition_id=edition.id, person_id=person.id, printed_at=now(), prints=1))
    services.give(session, person, ["leads", "news"])
    photos.keep_photo(session, person, picture())
    stars(session, person, a_talk(session, a_forum(session, edition)))
    outbox.post(
        session,
        "registration.link",
        "anna@x.example",
        "en",
        "Hello Anna",
        "See /registration/s3cret",
        edition.id,
    )
    person.position = "Editor"
    session.flush()
    return person


def test_everything_is_exported_but_the_secret_links(session, edition, anna):
    data = as_data(edition, anna, everything(session, edition, anna))
    assert (data["number"], data["person"][0]["name"]) == (anna.code, {"en": "Anna Weber"})
    assert data["answers"] == [{"question": {"en": "What do you eat?"}, "answer": "no nuts"}]
    assert [row["purpose"] for row in data["consents"]] == ["leads", "news", "photo"]
    assert (len(data["badges"]), len(data["stars"]), len(data["photo"])) == (1, 1, 1)
    assert data["mail"][0]["body"] == "See /registration/…"
    assert "s3cret" not in str(data)


def test_others_behind_the_same_address_are_not_exported(session, edition, anna):
    a_person(session, edition, email="anna@x.example", name={"en": "Colleague"})
    data = as_data(edition, anna, everything(session, edition, anna))
    assert data["mail"][0]["body"] == ""


def test_erased_nothing_is_left_of_a_person(session, edition, anna):
    secret = fresh_link(session, anna, is_mailed=True)
    number = anna.id
    found = erasing.erase(session, edition, anna, "person", "Olga")
    assert (found.done_by, found.counts["badges"], found.counts["mail"]) == ("Olga", 1, 1)
    assert (anna.name["en"], anna.email, anna.organisation, anna.state) == ("Erased", "", "", "cancelled")
    assert (anna.kind, anna.country) == ("visitor", "KZ")
    assert person_by_secret(session, edition, secret) is None
    assert queries.consents_of(session, [number]) == {number: frozenset()}
    assert photos.photo_of(session, number) is None
    assert session.exec(select(Badge.revoked_at).where(Badge.person_id == number)).one() is not None
    assert session.execute(text("SELECT count(*) FROM star")).scalar() == 1
    assert [(mail.recipient, mail.body, mail.state) for mail in session.exec(select(Mail))] == [
        ("", "", "discarded")
    ]
    trail = " ".join(str(entry.changes) for entry in session.exec(select(AuditEntry)))
    assert not any(word in trail for word in ("Anna", "Weber", "Herald", "Editor", "nuts"))
    whole = " ".join(
        str(session.execute(text(f'SELECT * FROM "{table}"')).all()) for table in SQLModel.metadata.tables
    )
    assert not any(word in whole for word in ("Weber", "anna@x.example", "Herald", "no nuts"))
    assert erasing.erase(session, edition, anna, "person", "again").done_by == "Olga"


def test_who_was_merged_goes_along_and_cannot_be_taken_apart(session, edition, anna):
    other = a_person(session, edition, name={"zh": "安娜"}, email="a@x.example")
    row = merging.merge(session, edition, anna, other, "Olga")
    erasing.erase(session, edition, anna, "person", "")
    assert (other.name["en"], other.email) == ("Erased", "")
    session.refresh(row)
    with pytest.raises(Refused, match="erased meanwhile"):
        merging.undo(session, edition, row)


def test_an_erasure_is_asked_for_once_and_taken_back_until_it_is_done(session, edition, anna):
    first = erasing.ask(session, edition, anna, "person")
    assert erasing.ask(session, edition, anna, "person").id == first.id
    assert first.due_at - first.asked_at >= timedelta(days=13)
    assert list(erasing.due(session)) == []
    erasing.take_back(session, anna)
    assert erasing.open_erasure(session, anna) is None
    erasing.erase(session, edition, anna, "organiser", "Olga")
    with pytest.raises(Refused):
        erasing.take_back(session, anna)


def test_the_trail_is_blanked_for_nobody_else(session, edition, anna):
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text("UPDATE audit_entry SET changes = blanked(changes::jsonb)"))


def test_that_somebody_was_erased_stays(session, edition, anna):
    erasing.erase(session, edition, anna, "person", "")
    for statement in ("DELETE FROM erasure", "UPDATE erasure SET done_at = NULL"):
        with pytest.raises(DBAPIError, match="stays as it is"), session.begin_nested():
            session.execute(text(statement))
    session.execute(text("DELETE FROM edition WHERE id = :id"), {"id": edition.id})


def test_who_was_erased_is_not_taken_up_again_by_anybody(session, edition, anna):
    before = anna.id
    erasing.erase(session, edition, anna, "person", "Olga")
    with pytest.raises(Refused, match="were erased"):
        deciding.restore(session, edition, anna)
    with pytest.raises(Refused, match="were erased"):
        services.change(session, anna, Particulars("visitor", {"en": "Anna Weber"}))
    with pytest.raises(Refused, match="were erased"):
        photos.keep_photo(session, anna, picture())
    question = session.exec(select(Question.id)).one()
    for statement in (
        f"UPDATE person SET state = 'confirmed' WHERE id = {before}",
        f"UPDATE person SET email = 'anna@x.example' WHERE id = {before}",
        f"INSERT INTO answer (person_id, question_id, value) VALUES ({before}, {question}, '1')",
        f"INSERT INTO person_link (person_id, digest, made_at) VALUES ({before}, 'x', now())",
    ):
        with pytest.raises(DBAPIError, match="erased"), session.begin_nested():
            session.execute(text(statement))


def test_who_became_part_of_somebody_is_taken_apart_not_up(session, edition, anna):
    other = a_person(session, edition)
    merging.merge(session, edition, anna, other, "Olga")
    with pytest.raises(Refused, match=f"part of {anna.code}"):
        deciding.restore(session, edition, other)


# ---- retention ----


def test_nothing_is_erased_by_figures_that_nobody_chose(session):
    an_edition(session, starts_on=date(2001, 1, 1), ends_on=date(2001, 1, 2))
    assert retaining.over(session) == []


def test_what_is_kept_no_longer_is_erased_and_reported(session, edition, anna):
    session.add(PrivacySettings(edition_id=edition.id, keep_days={"registration": 30, "photo": 1, "mail": 5}))
    session.flush()
    assert retaining.over(session) == [edition]
    assert retaining.retain(session, edition) == {"photo": 1, "mail": 1, "registration": 1}
    assert session.exec(select(Person.email)).all() == [""]
    assert retaining.retain(session, edition) == {}
    assert {row.kind: row.count for row in session.exec(select(RetentionReport))} == {
        "photo": 1, "mail": 1, "registration": 1,
    }  # fmt: skip


def test_what_is_not_due_yet_stays(session, edition, anna):
    long = (now().date() - edition.ends_on).days + 10
    kept = {"registration": long, "photo": long, "mail": long}
    session.add(PrivacySettings(edition_id=edition.id, keep_days=kept))
    session.flush()
    assert retaining.over(session) == []


# ---- purposes ----


def test_a_new_text_is_a_new_version_and_what_was_agreed_to_stays(session, edition, anna):
    row = purposes.write_purpose(session, edition, "news", {"en": "Write me."}, True, "Olga")
    other = a_person(session, edition)
    services.give(session, other, ["news"])
    versions = [one.version for person in (anna, other) for one in queries.consent_history(session, person)]
    assert (row.version, versions) == (1, [0, 0, 0, 1])
    told = {one.key: (one.version, dict(one.own)) for one in purposes.purposes(session, edition)}
    assert (told["news"], told["leads"]) == ((1, {"en": "Write me."}), (0, {}))
    with pytest.raises(DBAPIError, match="stays as it is"):
        session.execute(text("UPDATE purpose_text SET version = 9"))
