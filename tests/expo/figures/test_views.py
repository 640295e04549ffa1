"""The pages of the figures: numbers without a name, for those who may see them, with the rows behind."""

import csv
import io
from datetime import timedelta

import pytest
from sqlmodel import select

from expo.audit.models import AuditEntry
from expo.clock import now
from tests.expo.figures.staged import a_house, clock, passed
from tests.make import a_person
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def house(session):
    edition, gates = a_house(session)
    for place in range(8):
        country = "KZ" if place < 5 else ("CN", "RU", "PK")[place - 5]
        person = a_person(session, edition, country=country, name={"en": f"Named {place}"})
        passed(session, person, gates["E"], clock(edition, 9 + place / 2))
        if place < 2:
            passed(session, person, gates["E"], clock(edition, 10, 16))
    session.commit()
    return edition, gates


@pytest.mark.parametrize("language", ["en", "ur"])
def test_pages_are_well_made_and_name_nobody(client, session, house, language):
    edition, _gates = house
    sign_in(client, session, role="organiser", edition=edition)
    for page in (
        "",
        "?day=2023-06-15",
        "?day=2023-06-16",
        "/audit",
        "/wall",
        "?day=x",
        "?day=0001-01-01",
        "?day=9999-12-31",
    ):
        join = "&" if "?" in page else "?"
        answer = client.get(f"/{edition.code}/console/figures{page}{join}lang={language}")
        assert (page, answer.status_code, problems(answer.text)) == (page, 200, [])
        assert "Named" not in answer.text


def test_an_event_without_gates_says_what_belongs_here(client, session, house):
    edition, _gates = a_house(session)
    sign_in(client, session, role="organiser", edition=edition)
    for page in ("", "/audit", "/wall"):
        answer = client.get(f"/{edition.code}/console/figures{page}")
        assert (answer.status_code, problems(answer.text)) == (200, [])


def test_what_has_just_passed_is_counted_and_few_people_of_a_country_go_together(client, session, house):
    edition, _gates = house
    sign_in(client, session, role="organiser", edition=edition)
    told = client.get(f"/{edition.code}/console/figures.json?day=2023-06-15").json
    picked = ("visits", "first_time", "arrivals", "visitors_so_far", "visits_so_far", "busiest_hour")
    assert [told[name] for name in picked] == [8, 8, 8, 8, 10, {"from": "09:00", "arrivals": 2}]
    assert [(one["name"], one["visits"]) for one in told["countries"]] == [
        ("Kazakhstan", 5), ("Other countries", 3),
    ]  # fmt: skip
    told = client.get(f"/{edition.code}/console/figures.json").json
    assert (told["day"], told["visits"], told["returning"], told["arrivals_day_before"]) == (
        "2023-06-16", 2, 2, 8,
    )  # fmt: skip


def test_a_running_day_is_shown_minute_by_minute(client, session):
    today = now().date()
    edition, gates = a_house(session)
    edition.timezone, edition.starts_on, edition.ends_on = "UTC", today - timedelta(1), today
    for back in (1, 3, 3):
        passed(session, a_person(session, edition), gates["E"], now() - timedelta(minutes=back))
    session.commit()
    sign_in(client, session, role="organiser", edition=edition)
    told = client.get(f"/{edition.code}/console/figures.json").json
    if told["arrivals"] == 3:  # not within three minutes of midnight
        assert (told["live"], told["last_minute"], told["last_ten_minutes"], sum(told["curve"])) == (
            True, 1, 3, 3,
        )  # fmt: skip


def test_auditors_get_the_rows_behind_each_number_and_that_is_written_down(client, session, house):
    edition, _gates = house
    sign_in(client, session, role="auditor", edition=edition)
    answer = client.get(f"/{edition.code}/console/figures/evidence.csv?day=2023-06-15")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert (len(rows), sum(int(row["First time"]) for row in rows), "Named" in answer.text) == (8, 8, False)
    entry = session.exec(
        select(AuditEntry).where(AuditEntry.edition_id == edition.id).order_by(AuditEntry.id)
    ).all()[-1]
    assert entry.changes == {"visits taken along": "2023-06-15"}
    table = client.get(f"/{edition.code}/console/figures/days.csv").data.decode("utf-8-sig")
    assert [row[:4] for row in csv.reader(io.StringIO(table))][1:] == [
        ["2023-06-15", "8", "8", "0"], ["2023-06-16", "2", "0", "2"],
    ]  # fmt: skip


def test_exhibitors_and_strangers_see_nothing_and_the_desk_no_rows(client, app, session, house):
    edition, _gates = house
    assert app.test_client().get(f"/{edition.code}/console/figures.json").status_code in (302, 401)
    sign_in(client, session, role="gate", edition=edition)
    assert client.get(f"/{edition.code}/console/figures").status_code == 200
    assert client.get(f"/{edition.code}/console/figures/evidence.csv").status_code == 403
