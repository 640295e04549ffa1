"""Letters of invitation: asked for, signed with numbers in a row, checked without telling who travels."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from expo.errors import Refused
from expo.outbox.models import Mail
from expo.printing import page_count
from expo.registration.models import VisaSettings
from expo.registration.services import enrolling, retaining, visas
from expo.registration.services.linking import fresh_link
from expo.registration.visa import Passport, fresh_code, key_of, seal, unseal, wrong_with
from tests.make import a_person, an_edition
from tests.page import problems
from tests.signing import sign_in

KEY = key_of("secret of the house")
PASSPORT = Passport("LI MING", "E12345678", "CN", "1980-05-06", "2020-01-01", "2049-12-31")
STAY = (date(2023, 6, 14), date(2023, 6, 20))
TYPED = {
    "name": "LI MING", "number": "e123 45678", "nationality": "CN", "born_on": "1980-05-06",
    "issued_on": "2020-01-01", "expires_on": "2049-12-31", "arrives_on": "2023-06-14",
    "leaves_on": "2023-06-20", "language": "zh",
}  # fmt: skip


def test_a_passport_is_read_with_the_houses_key_and_its_letter_only():
    code = fresh_code()
    sealed = seal(KEY, PASSPORT, code)
    assert b"E12345678" not in sealed
    assert unseal(KEY, sealed, code) == PASSPORT
    assert unseal(key_of("another"), sealed, code) is None
    assert unseal(KEY, sealed, fresh_code()) is None
    assert unseal(KEY, None, code) is None


@pytest.mark.parametrize(
    ("change", "stay"),
    [
        ({"expires_on": "2023-06-15"}, STAY),
        ({"born_on": "2030-01-01"}, STAY),
        ({}, STAY[::-1]),
        ({}, (date(2023, 1, 1), date(2023, 6, 1))),
    ],
)
def test_dates_that_cannot_be_are_refused(change, stay):
    passport = Passport(**vars(PASSPORT) | change)
    assert wrong_with(PASSPORT, *STAY, date(2023, 6, 1)) is None
    assert wrong_with(passport, *stay, date(2023, 6, 1)) is not None


@pytest.fixture
def edition(session):
    edition = an_edition(session)
    session.add(VisaSettings(edition_id=edition.id, is_open=True, inviter={"en": "Expo Ltd", "zh": "博览会"}))
    session.flush()
    return edition


def asked(session, edition, person, **more):
    return visas.ask(session, edition, person, PASSPORT, STAY, "zh", KEY, **more)


def test_numbers_come_in_a_row_and_one_letter_at_a_time(session, edition):
    people = [a_person(session, edition) for _ in range(2)]
    letters = [asked(session, edition, person) for person in people]
    with pytest.raises(Refused, match="one at a time"):
        asked(session, edition, people[0])
    for letter in letters:
        visas.sign(session, letter, "Olga")
    assert [letter.number for letter in letters] == [1, 2]
    with pytest.raises(Refused, match="stands at"):
        visas.sign(session, letters[0], "Olga")
    visas.revoke(session, letters[0], "cancelled")
    assert (letters[0].state, letters[0].passport, letters[0].number) == ("revoked", None, 1)
    assert asked(session, edition, people[0]).state == "asked"


def test_nobody_without_a_place_asks(session, edition):
    with pytest.raises(Refused, match="for certain"):
        asked(session, edition, a_person(session, edition, state="pending"))
    with pytest.raises(Refused, match="not given now"):
        closed = an_edition(session)
        asked(session, closed, a_person(session, closed))


def test_no_letter_is_signed_for_who_has_no_place(session, edition):
    person = a_person(session, edition)
    letter = asked(session, edition, person)
    person.state = "waiting"  # say made part of a registration that waits
    session.flush()
    with pytest.raises(Refused, match="for certain"):
        visas.sign(session, letter, "Olga")
    visas.refuse(session, letter, "Waits for a place.")


def test_a_refusal_has_a_reason(session, edition):
    letter = asked(session, edition, a_person(session, edition))
    with pytest.raises(Refused, match="reason"):
        visas.refuse(session, letter, " ")
    visas.refuse(session, letter, "No such buyer.")
    assert (letter.state, letter.passport) == ("refused", None)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_from_asking_to_the_consul(client, session, edition, language):
    person = a_person(session, edition, name={"en": "Li Ming", "zh": "李明"}, organisation="Haier")
    home = f"/{edition.code}/registration/{fresh_link(session, person, is_mailed=True)}/visa"
    assert problems(client.get(f"{home}?lang={language}").text) == []
    wrong = client.post(home, data=TYPED | {"number": "?", "leaves_on": ""})
    assert (wrong.status_code, problems(wrong.text)) == (200, [])
    assert client.post(home, data=TYPED | {"language": language}).status_code == 302
    assert problems(client.get(home).text) == []
    assert client.get(f"{home}.pdf").status_code == 404
    letter = visas.letters_of(session, person)[0]
    check = f"/{edition.code}/visa/{letter.check_code}"
    assert client.get(check).status_code == 404
    sign_in(client, session, role="organiser", edition=edition)
    console = f"/{edition.code}/console/visa"
    assert problems(client.get(console).text) == []
    page = client.get(f"{console}/{letter.id}")
    assert (problems(page.text), "E12345678" in page.text) == ([], True)
    client.post(f"{console}/{letter.id}/sign")
    document = client.get(f"{home}.pdf")
    assert (document.mimetype, page_count(document.data)) == ("application/pdf", 1)
    told = client.get(check)
    assert (told.status_code, problems(told.text)) == (200, [])
    assert "V00001" in told.text
    assert not any(word in told.text for word in ("Li Ming", "LI MING", "李明", "E12345678", "Haier"))
    client.post(f"{console}/{letter.id}/revoke", data={"reason": "x"})
    assert client.get(f"{home}.pdf").status_code == 404
    assert "no longer good" in client.get(f"{check}?lang=en").text


def test_whom_a_decision_is_about_is_written_to(client, session, edition):
    person = a_person(session, edition, email="li@x.example")
    sign_in(client, session, role="organiser", edition=edition)
    console = f"/{edition.code}/console/visa"
    first = asked(session, edition, person)
    client.post(f"{console}/{first.id}/sign")
    client.post(f"{console}/{first.id}/revoke", data={"reason": "Sent twice."})
    client.post(f"{console}/{asked(session, edition, person).id}/refuse", data={"reason": "No seal."})
    mails = session.exec(select(Mail).order_by(Mail.id)).all()
    assert [mail.kind for mail in mails] == [
        f"registration.visa_{n}" for n in ("signed", "revoked", "refused")
    ]
    assert "/visa" in mails[0].body
    assert not any("E12345678" in mail.body for mail in mails)
    assert "Sent twice." in mails[1].body
    assert "No seal." in mails[2].body


def test_letters_end_with_the_registration(session, edition):
    people = [a_person(session, edition) for _ in range(2)]
    letters = [asked(session, edition, person) for person in people]
    visas.sign(session, letters[0], "Olga")
    for person in people:
        enrolling.cancel(session, edition, person)
    assert [(one.state, one.passport) for one in letters] == [("revoked", None), ("taken back", None)]


def test_what_a_passport_says_is_kept_as_long_for_who_asks_late(session, edition):
    late, early = (asked(session, edition, a_person(session, edition)) for _ in range(2))
    early.asked_at = datetime(2023, 6, 1, tzinfo=UTC)
    session.flush()
    assert retaining.retain(session, edition) == {"passport": 1}
    assert (late.passport is None, early.passport) == (False, None)
    with pytest.raises(Refused, match="not kept any more"):
        visas.sign(session, early, "Olga")


def test_only_who_signs_reads_passports(client, session, edition):
    letter = asked(session, edition, a_person(session, edition))
    sign_in(client, session, role="gate", edition=edition)
    assert client.get(f"/{edition.code}/console/visa/{letter.id}").status_code == 403


def test_the_letterhead_is_saved(client, session, edition):
    sign_in(client, session, role="organiser", edition=edition)
    page = f"/{edition.code}/console/visa/settings"
    assert problems(client.get(page).text) == []
    client.post(page, data={"inviter_en": "New Ltd", "inviter_zh": "", "keep_days": "10"})
    settings = visas.settings_of(session, edition)
    assert (settings.is_open, settings.inviter, settings.keep_days) == (False, {"en": "New Ltd"}, 10)
    person = a_person(session, edition)
    new = f"/{edition.code}/console/people/{person.code}/visa"
    assert problems(client.get(new).text) == []
    assert client.post(new, data=TYPED).status_code == 302
