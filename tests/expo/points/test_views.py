"""Pages about points: the ranking, a sheet, the rule tried and applied, the seed, the public page."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from expo.points import services
from expo.points.models import PointsFact
from expo.points.rule import Measure, Rule
from expo.spreadsheets import read_xlsx
from tests.make import an_edition, an_exhibitor, an_organisation
from tests.page import problems
from tests.signing import sign_in

OLD = {"years": "3", "area": "0.08", "spend": "1", "violations": "-2", "tier_gold": "20"}
FACT = {"what": "sponsorship:gold", "figure": "1", "on_date": "2023-05-01", "note": "Contract"}


@pytest.fixture
def fair(client, session):
    """An edition with two exhibitors, and its organiser at the browser."""
    edition = an_edition(session, points_rule=OLD, seed=7)
    firm = an_organisation(session, name={"en": "=HYPERLINK(1)"})
    one = an_exhibitor(session, edition, firm, code="A1", points=3, search_text="honey",
                       points_origin=[{"source": "years", "points": 3}])  # fmt: skip
    an_exhibitor(session, edition, code="B2", points=5, paid_on=date(2023, 2, 1))
    sign_in(client, session, "organiser", edition)
    session.commit()
    return edition, f"/{edition.code}/console/points", one


def test_the_ranking_is_a_page_and_a_spreadsheet_that_runs_nothing(client, fair):
    _edition, page, _one = fair
    text = client.get(f"{page}?sort=-points").text
    assert (text.index(">B2<") < text.index(">A1<"), problems(text)) == (True, [])
    assert ">B2<" not in client.get(f"{page}?q=honey").text
    rows = [row for _number, row in read_xlsx(client.get(f"{page}.xlsx").data, 10)]
    assert [row[:3] for row in rows[1:]] == [["1", "B2", rows[1][2]], ["2", "A1", "=HYPERLINK(1)"]]
    assert "\n2,A1,'=HYPERLINK(1)" in client.get(f"{page}.csv").text


@pytest.mark.parametrize("query", ["?page=999999999999999999", "?sort=-nothing", "?who=x&q=%25"])
def test_odd_questions_are_answered(client, fair, query):
    assert client.get(f"{fair[1]}{query}").status_code == 200


def test_a_fact_is_written_down_and_taken_back_on_the_sheet(client, session, fair):
    _edition, page, one = fair
    sheet = f"{page}/exhibitors/A1"
    assert problems(client.get(sheet).text) == []
    assert "Write a note" in client.post(f"{sheet}/facts", data=FACT | {"note": ""}).text
    assert "Not a valid choice" in client.post(f"{sheet}/facts", data=FACT | {"what": "own:x"}).text
    assert client.post(f"{sheet}/facts", data=FACT).status_code == 302
    session.refresh(one)
    assert one.points == Decimal("23.72")
    fact = session.exec(select(PointsFact)).one()
    assert "Write why" in client.post(f"{sheet}/facts/{fact.id}/retract", data={"reason": " "}).text
    assert client.post(f"{sheet}/facts/{fact.id}/retract", data={"reason": "Void"}).status_code == 302
    text = client.get(sheet).text
    assert ("Taken back" in text, "Void" in text, problems(text)) == (True, True, [])
    assert (
        client.post(f"{page}/exhibitors/B2/facts/{fact.id}/retract", data={"reason": "x"}).status_code == 404
    )


def test_a_rule_is_written_looked_at_and_applied(client, session, fair):
    edition, page, one = fair
    assert problems(client.get(f"{page}/rule").text) == []
    given = {"years_rate": "1", "area_rate": "1", "area_cap": "5", "own-0-key": "green", "own-0-name": "گرین",
             "own-0-rate": "4", "violations-0-key": "late", "violations-0-rate": "3"}  # fmt: skip
    text = client.post(f"{page}/rule", data=given).text
    assert ("below zero" in text, "گرین" in text, problems(text)) == (True, True, [])
    answer = client.post(f"{page}/rule", data=given | {"violations-0-rate": "-3"})
    assert answer.headers["Location"].endswith("/points/rule/preview")
    text = client.get(f"{page}/rule/preview").text
    assert ("Nothing is changed yet" in text, problems(text)) == (True, [])
    assert "Confirm this" in client.post(f"{page}/rule/apply", data={"seen": "1"}).text
    client.post(f"{page}/rule/apply", data={"seen": "9", "sure": "y"})
    session.refresh(one)
    assert one.points == 3
    client.post(f"{page}/rule/apply", data={"seen": "1", "sure": "y"})
    session.refresh(one)
    session.refresh(edition)
    assert (one.points, edition.points_rule["version"]) == (6, 2)
    assert "gained" in client.get(page).text
    assert client.get(f"{page}/rule/preview").status_code == 302


def test_the_seed_is_published_once_and_everybody_can_read_it(client, session, fair):
    edition, page, _one = fair
    public = f"/{edition.code}/points"
    assert "SEED:EX001" in client.get(public).text
    client.post(f"{page}/lottery", data={"seed": "2023", "seed_note": "Draw of 3 May"})
    client.post(f"{page}/lottery/publish", data={"seed": "2023"})
    text = client.get(public).text
    assert ("2023:EX001" in text, "Draw of 3 May" in text, problems(text)) == (True, True, [])
    assert problems(client.get(f"{page}/lottery").text) == []
    client.post(f"{page}/lottery", data={"seed": "5", "seed_note": "x"})
    session.refresh(edition)
    assert edition.seed == 2023


def test_everybody_is_counted_anew(client, session, fair):
    _edition, page, one = fair
    client.post(f"{page}/count-anew")
    session.refresh(one)
    assert one.points == Decimal("3.72")


def test_only_organisers_see_points_of_all(client, session):
    edition = an_edition(session)
    firm = an_organisation(session)
    an_exhibitor(session, edition, firm, code="A1")
    sign_in(client, session, "exhibitor", edition, firm)
    home = f"/{edition.code}/console/points"
    for path in ("", ".csv", "/rule", "/lottery", "/exhibitors/A1"):
        assert (path, client.get(home + path).status_code) == (path, 403)
    for path in ("/rule/apply", "/lottery/publish", "/count-anew", "/exhibitors/A1/facts"):
        assert (path, client.post(home + path).status_code) == (path, 403)


def test_the_worker_applies_a_rule_to_thousands(client, session, fair, monkeypatch):
    edition, page, _one = fair
    monkeypatch.setattr("expo.points.views.rule.LARGE", 1)
    services.save_draft(session, edition, Rule(years=Measure(Decimal(1))), "", 0, None)
    session.commit()
    answer = client.post(f"{page}/rule/apply", data={"seen": "1", "sure": "y"})
    assert "/console/jobs/" in answer.headers["Location"]
