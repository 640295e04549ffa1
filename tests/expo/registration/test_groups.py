"""Groups come as spreadsheets: heads in four languages, every bad row named, all of it or nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select

from expo.errors import Refused
from expo.registration.groups import read_sheet, template_rows
from expo.registration.models import Person, Ticket
from expo.registration.services import Particulars, deciding, enrolling, groups, merging, staffing
from expo.registration.services.enrolling import Application
from expo.spreadsheets import csv_bytes, xlsx_bytes
from tests.expo.registration.making import a_ticket, open_registration, somebody
from tests.make import a_person, an_edition, an_exhibitor
from tests.page import problems
from tests.signing import sign_in


def nothing(_done, _total):
    pass


def sheet(*rows):
    return read_sheet([(place, list(cells)) for place, cells in enumerate(rows, start=1)], {"vip": "k:vip"})


@pytest.mark.parametrize("language", ["en", "zh", "ru", "ur"])
def test_the_template_of_every_language_is_read_again(language):
    found = sheet(*template_rows(language, staff=False))
    assert (found.faults, found.unknown, len(found.entries)) == ([], [], 1)
    entry = found.entries[0]
    assert (entry.name["en"], entry.country, entry.email) == ("Li Ming", "CN", "li.ming@example.org")


def test_names_find_their_script_and_countries_their_code():
    head = ["ФИО", "Name", "Страна", "Language", "Sort of registration"]
    found = sheet(
        head, ["Иванов Пётр", "李明", "китай", "РУССКИЙ", "VIP"], ["", "Anna Weber", "Германия", "", ""]
    )
    assert [(one.name, one.country, one.language, one.sort) for one in found.entries] == [
        ({"zh": "李明", "ru": "Иванов Пётр"}, "CN", "ru", "k:vip"),
        ({"en": "Anna Weber"}, "DE", "en", ""),
    ]


def test_family_and_given_names_become_one():
    found = sheet(["Surname", "First name"], ["Weber", "Anna"], ["李", "明"])
    assert [one.name for one in found.entries] == [{"en": "Anna Weber"}, {"zh": "李明"}]


def test_everything_wrong_is_named_with_row_and_column():
    head = ["Name", "E-mail", "Country", "Colour"]
    found = sheet(
        head, ["", "x", "Atlantis", "red"], ["x" * 200, "", "", ""], ["A\x07", "", "CN", ""], ["123"]
    )
    assert found.unknown == ["Colour"]
    assert [(fault.row, fault.column) for fault in found.faults] == [
        (2, "Name"), (2, "Country"), (2, "E-mail"), (3, "Name"), (4, "Name"), (5, "Name"),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [(), (["Colour"],), (["Name"],), (["Name", "name"], ["A", "B"])])
def test_a_file_without_people_is_refused(rows):
    assert sheet(*rows).faults


@settings(deadline=None)  # the first one reads the names of all countries
@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=5))
def test_any_rows_are_read(rows):
    found = sheet(["Name", "Country", "E-mail", "Language", "Sort", "Position"], *rows)
    assert len(found.entries) <= len(rows)


# ---- with a database ----


def upload(session, edition, rows, **more):
    kept = groups.receive(session, edition, "people.csv", csv_bytes(rows), **more)
    groups.look_through(session, edition, kept, nothing)
    return kept


def take(session, edition, kept, **choice):
    return groups.take(
        session, edition, kept, {"kind": "visitor", "ticket": "", "doubles": "skip"} | choice, nothing
    )


def test_a_group_is_registered_and_who_is_there_already_left_out(session):
    edition = an_edition(session)
    a_person(session, edition, code="PE0007", name={"zh": "李明"}, email="li@x.example")
    rows = [["Name", "E-mail"], ["Li Ming", "li@x.example"], ["Пётр Иванов", "p@x.example"]]
    kept = upload(session, edition, rows)
    assert kept.report["twins"] == [
        {"row": 2, "name": {"en": "Li Ming"}, "grade": "same", "score": 100, "code": "PE0007"}
    ]
    assert take(session, edition, kept) == {"registered": 1, "skipped": 1}
    person = session.exec(select(Person).where(Person.code == "PE0008")).one()
    assert (person.name, person.state, person.kind) == ({"ru": "Пётр Иванов"}, "confirmed", "visitor")
    assert (kept.state, kept.content) == ("taken", None)
    with pytest.raises(Refused, match="already"):
        take(session, edition, kept)


def test_nothing_is_half_registered(session):
    edition = an_edition(session)
    kept = upload(session, edition, [["Name", "E-mail"], ["Li Ming", ""], ["Anna", "no address"]])
    assert (kept.report["people"], kept.report["bad_rows"]) == (1, 1)
    with pytest.raises(Refused, match="nobody was registered"):
        take(session, edition, kept)
    assert session.exec(select(Person)).all() == []


def test_places_of_a_sort_are_enough_for_all_or_nobody(session):
    edition = an_edition(session)
    session.add(Ticket(edition_id=edition.id, code="guest", kind="vip", name={"zh": "贵宾"}, places=1))
    session.flush()
    two = [["姓名", "类别", "邮箱"], ["李明", "贵宾", "a@x.example"], ["王芳", "贵宾", "b@x.example"]]
    kept = upload(session, edition, two)
    with pytest.raises(Refused, match="2 places are needed"):
        take(session, edition, kept)
    again = upload(session, edition, two[:2])
    assert take(session, edition, again)["registered"] == 1
    assert session.exec(select(Person.kind)).all() == ["vip"]
    third = upload(session, edition, [two[0], ["张伟", "贵宾", "a@x.example"]])
    assert third.report["faults"][0]["sentence"]["message"].startswith("This address is registered")


def test_an_exhibitors_group_keeps_to_its_badges(session):
    edition = an_edition(session)
    exhibitor = an_exhibitor(session, edition, area_m2=0)
    staffing.rule_of(session, edition)
    people = [["Name"], ["Anna Weber"], ["Li Ming"], ["Пётр Иванов"]]
    with pytest.raises(Refused, match="All 2 badges"):
        take(session, edition, upload(session, edition, people, exhibitor=exhibitor))
    kept = upload(session, edition, people[:3], exhibitor=exhibitor)
    assert take(session, edition, kept)["registered"] == 2
    assert {person.exhibitor_id for person in session.exec(select(Person))} == {exhibitor.id}
    assert groups.upload_of(session, edition, kept.id) is None


def test_who_withdrew_while_the_file_was_looked_through_names_nobody(session):
    edition = an_edition(session)
    exhibitor = an_exhibitor(session, edition, area_m2=36)
    staffing.rule_of(session, edition)
    kept = upload(session, edition, [["Name"], ["Anna Weber"]], exhibitor=exhibitor)
    exhibitor.state = "withdrawn"
    session.flush()
    with pytest.raises(Refused, match="who are accepted"):
        take(session, edition, kept)
    assert session.exec(select(Person)).all() == []


# ---- merging ----


def test_two_become_one_and_two_again(session):
    edition = an_edition(session)
    one = a_person(session, edition, name={"zh": "李明"}, email="li@x.example")
    other = a_person(session, edition, name={"en": "Li Ming"}, organisation="Haier")
    row = merging.merge(session, edition, one, other, "Olga")
    assert (one.name, one.organisation) == ({"en": "Li Ming", "zh": "李明"}, "Haier")
    assert (other.state, merging.merges(session, edition)[0][0].id) == ("cancelled", row.id)
    with pytest.raises(Refused, match="cancelled already"):
        merging.merge(session, edition, one, other, "Olga")
    merging.undo(session, edition, row)
    assert (one.name, one.organisation, other.state) == ({"zh": "李明"}, "", "confirmed")
    with pytest.raises(Refused, match="already"):
        merging.undo(session, edition, row)


def test_two_are_two_again_where_an_address_filled_a_gap(session):
    """Of a sort that takes an address only once: it goes back before its owner is registered again."""
    edition = an_edition(session)
    open_registration(session, edition)
    ticket = a_ticket(session, edition, one_per_email=True)
    gone = somebody(session, edition, ticket, "Anna", email="anna@x.example")
    kept, _new = enrolling.enrol_for(
        session, edition, ticket, Application(Particulars("visitor", {"en": "A"}))
    )
    row = merging.merge(session, edition, kept, gone, "Olga")
    assert kept.email == "anna@x.example"
    merging.undo(session, edition, row)
    assert (kept.email, gone.email, gone.state) == ("", "anna@x.example", "confirmed")


# ---- staff ----


def test_nobody_comes_back_to_a_stand_whose_badges_are_given(session):
    edition = an_edition(session)
    exhibitor = an_exhibitor(session, edition, area_m2=0)
    staffing.rule_of(session, edition)
    gone, *_others = (
        a_person(session, edition, kind="exhibitor", exhibitor_id=exhibitor.id, state=state)
        for state in ("cancelled", "confirmed", "confirmed")
    )
    with pytest.raises(Refused, match="badges for the staff"):
        deciding.restore(session, edition, gone)
    assert gone.state == "cancelled"


# ---- pages ----


def test_a_file_is_sent_looked_through_and_registered_on_the_pages(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    home = f"/{edition.code}/console/people/import"
    assert problems(client.get(home).text) == []
    assert client.get(f"{home}/people.xlsx").data[:2] == b"PK"
    assert "姓名" in client.get(f"{home}/people.csv?lang=zh").text
    import io

    book = xlsx_bytes({"people": [["Name"], ["Li Ming"]]})
    answer = client.post(home, data={"file": (io.BytesIO(book), "people.xlsx")})
    page = answer.location
    assert problems(client.get(page).text) == []
    kept = groups.upload_of(session, edition, int(page.rsplit("/", 1)[1]))
    groups.look_through(session, edition, kept, nothing)
    session.commit()
    kept.job_id = None
    session.commit()
    assert "Register 1 person" in client.get(f"{page}?lang=en").text
    assert client.post(page, data={"sort": "k:press", "doubles": "skip"}).status_code == 302
    session.expire_all()
    assert kept.job_id is not None


def test_pages_of_doubles_are_well_made_and_merge(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    home = f"/{edition.code}/console/people/doubles"
    one = a_person(session, edition, name={"zh": "李明"}, code="A")
    a_person(session, edition, name={"en": "Li Ming"}, code="B")
    assert problems(client.get(home).text) == []
    assert problems(client.get(f"{home}/A/B").text) == []
    told = client.get(f"/{edition.code}/console/people/alike.json?name_en=Ming+Li").json
    assert {row["name"] for row in told} == {"李明", "Li Ming"}
    client.post(f"{home}/A/B", data={"act": "A"})
    session.expire_all()
    assert one.name == {"en": "Li Ming", "zh": "李明"}
    assert "Undo" in client.get(home).text


def test_the_rule_for_staff_is_saved_on_its_page(client, session):
    edition = an_edition(session)
    exhibitor = an_exhibitor(session, edition, area_m2=18)
    sign_in(client, session, role="organiser", edition=edition)
    page = f"/{edition.code}/console/people/staff-rule"
    assert problems(client.get(page).text) == []
    client.post(page, data={"least": "1", "m2_each": "18", "most": "9"})
    client.post(f"{page}/exception", data={"code": exhibitor.code, "extra": "-1", "reason": "no-show"})
    assert staffing.limit_of(session, exhibitor) == 1
