"""The pages of the floor plan."""

import gzip
import json
import re
from datetime import timedelta

import pytest
from lxml import etree
from sqlalchemy import text

from expo.accounts.roles import Role
from expo.allocation import services
from expo.allocation.models import AllocationRun
from expo.clock import now
from expo.plan import kept
from expo.plan.models import PlanSettings
from expo.selection.models import Hold, Round
from expo.venue.models import Hall
from tests.asking import asked
from tests.expo.allocation.rows import a_fair, a_firm
from tests.make import a_hall
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def fair(session):
    kept.forget()
    return a_fair(session)


@pytest.fixture
def published(session, fair) -> AllocationRun:
    """Honey House on A-01 and a run that says so."""
    a_firm(session, fair, "X", name="Honey House", wishes=[("stand", "A-01")])
    run = services.solve(session, fair.edition, 1, 100)
    services.publish(session, run)
    session.commit()
    return run


def choose(session, fair, **chosen) -> None:
    session.merge(PlanSettings(edition_id=fair.edition.id, **chosen))
    session.commit()


def page(client, fair, path, code=200, **more) -> str:
    answer = client.get(f"/{fair.edition.code}{path}", **more)
    assert answer.status_code == code
    return answer.get_data(as_text=True)


def test_before_publication_nothing_is_told_but_zones_and_stands(client, session, fair):
    services.give_stand(session, fair.stands["A-01"], a_firm(session, fair, "X", name="Honey House"))
    session.commit()
    for path in ("/plan", "/plan?hall=H1", "/plan?q=honey", "/plan.svg", "/plan.json", "/plan?to=honey"):
        said = page(client, fair, path)
        assert ("Honey House" in said, 'class="stand free"' in said, "taken" in said) == (False, False, False)
    assert page(client, fair, "/plan/search.json?q=honey").count("Honey House") == 0
    said = page(client, fair, "/plan")
    assert ("Stands are given out later" in said, "B-06" in said, "International" in said) == (
        True,
        True,
        True,
    )


def test_before_publication_nobody_sees_that_anything_changes(client, session, fair):
    def seen():
        return [client.get(f"/{fair.edition.code}{path}").headers["ETag"] for path in ("/plan", "/plan.json")]

    before = seen()
    services.give_stand(session, fair.stands["A-01"], a_firm(session, fair, "X", name="Honey House"))
    session.commit()
    assert seen() == before
    choose(session, fair, names="at_once")
    assert seen() != before


def test_the_organiser_may_name_exhibitors_at_once_or_never(client, session, fair, published):
    choose(session, fair, names="never")
    assert "Honey House" not in page(client, fair, "/plan?hall=H1")
    choose(session, fair, names="at_once", shows_free=False)
    said = page(client, fair, "/plan?hall=H1")
    assert ("Honey House" in said, 'class="stand free"' in said) == (True, False)


def test_stands_on_hold_are_told_only_where_the_organiser_allows(client, session, fair, published):
    start = now()
    held = Round(edition_id=fair.edition.id, name="Round", starts_at=start)
    session.add(held)
    session.flush()
    exhibitor = a_firm(session, fair, "Z", name="Silent Bidder")
    minutes = timedelta(minutes=5)
    session.add(
        Hold(
            edition_id=fair.edition.id, stand_id=fair.stands["B-06"].id, exhibitor_id=exhibitor.id,
            round_id=held.id, held_at=start, expires_at=start + minutes,
        )
    )  # fmt: skip
    session.commit()
    assert 'class="stand held"' not in page(client, fair, "/plan?hall=H1")
    choose(session, fair, shows_held=True)
    said = page(client, fair, "/plan?hall=H1")
    assert ('class="stand held"' in said, "Silent Bidder" in said) == (True, False)
    past = "held_at = held_at - interval '2h', expires_at = held_at - interval '1h'"
    session.execute(text(f"UPDATE stand_hold SET {past}"))
    session.commit()
    assert 'class="stand held"' not in page(client, fair, "/plan?hall=H1")


def test_the_plan_names_who_stands_where_also_as_a_table(client, fair, published):
    said = page(client, fair, "/plan?hall=H1")
    assert problems(said) == []
    assert re.search(r'id="stand-A-01" data-stands="A-01"', said)
    assert re.search(r'<a class="code" href="#stand-A-01">A-01</a>', said)


def test_a_search_marks_what_it_finds(client, fair, published):
    for words in ("?q=honey", "?q=a-01", "?stand=a-01", "?q=A01", "?stand=A 01"):
        assert 'class="stand given found"' in page(client, fair, f"/plan{words}")
    assert "Nobody on the plan" in page(client, fair, "/plan?q=100%25")
    assert "There is no stand Q-9" in page(client, fair, "/plan?stand=Q-9")


def test_chips_narrow_by_zone_country_and_sector(client, session, fair, published):
    said = page(client, fair, "/plan?zone=INT")
    assert "1 exhibitor found" in said
    assert "Nobody on the plan" in page(client, fair, "/plan?zone=INT&country=ZZ")


def test_the_search_answers_as_data_while_somebody_types(client, fair, published):
    found = json.loads(page(client, fair, "/plan/search.json?q=hon"))
    assert (found["total"], found["found"][0]["stands"], found["found"][0]["name"]) == (
        1,
        ["A-01"],
        "Honey House",
    )
    free = json.loads(page(client, fair, "/plan/search.json?q=b-0"))
    assert [row["label"] for row in free["found"]] == ["B-01", "B-02", "B-03", "B-04", "B-05"]


def test_a_way_is_drawn_and_told_in_steps(client, fair, published):
    said = page(client, fair, "/plan?to=A-01")
    assert ("way-line" in said, "Start at entrance W" in said, problems(said)) == (True, True, [])
    way = json.loads(page(client, fair, "/plan/way.json?to=honey&at=B-06"))
    assert (way["to"], way["minutes"], way["steps"][0][:20]) == ("A-01", 1, "Start at stand B-06 ")


def test_a_way_is_also_shown_on_the_plan_of_all_halls(client, session, fair, published):
    a_hall(session, fair.edition, code="H2", site_x=20_000)
    session.commit()
    said = page(client, fair, "/plan?to=A-01&hall=*")
    assert ("way-line" in said, 'id="plan-site-title"' in said) == (True, True)


def test_a_way_that_cannot_be_is_told_in_a_sentence(client, fair, published):
    assert "There is no stand and nobody called" in page(client, fair, "/plan?to=Q-9")
    assert "There is no stand Q-9 here" in page(client, fair, "/plan?to=A-01&at=Q-9")
    assert "no such hall" in page(client, fair, "/plan?to=A-01&from=H7:N")
    assert json.loads(page(client, fair, "/plan/way.json", 404))["status"] == 404


def test_an_unknown_hall_is_not_found(client, fair, published):
    page(client, fair, "/plan?hall=H9", 404)


def test_an_edition_without_halls_says_what_belongs_there(client, session):
    fair = a_fair(session, columns=0)
    session.delete(fair.hall)
    session.commit()
    assert "not drawn yet" in page(client, fair, "/plan")


def test_a_page_is_sent_once_and_again_only_when_the_plan_changed(client, session, fair, published):
    address = f"/{fair.edition.code}/plan?hall=H1"
    first = client.get(address)
    again = {"If-None-Match": first.headers["ETag"]}
    assert (client.get(address, headers=again).status_code, client.get(address, headers=again).data) == (
        304,
        b"",
    )
    session.execute(text("UPDATE stand SET power_kw = 9 WHERE code = 'B-06'"))
    assert client.get(address, headers=again).status_code == 200
    assert client.get(f"{address}&lang=ru", headers=again).status_code == 200


def test_a_page_is_compressed_for_who_takes_that_and_reads_the_same(client, fair, published):
    address = f"/{fair.edition.code}/plan?hall=H1"
    plain = client.get(address)
    small = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    stamp = re.compile(rb"Page made [^<]*")
    assert stamp.sub(b"", gzip.decompress(small.data)) == stamp.sub(b"", plain.data)


def test_a_signed_in_person_gets_a_page_of_their_own(client, session, fair, published):
    sign_in(client, session, Role.ORGANISER)
    answer = client.get(f"/{fair.edition.code}/plan", headers={"Accept-Encoding": "gzip"})
    assert ("ETag" in answer.headers, "Content-Encoding" in answer.headers) == (False, False)


def test_the_drawing_is_a_file_of_its_own(client, fair, published):
    answer = client.get(f"/{fair.edition.code}/plan.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "Honey House" in "".join(etree.fromstring(answer.data).itertext())


def test_the_plan_as_data_may_be_read_from_anywhere_and_is_fingerprinted(client, fair, published):
    answer = client.get(f"/{fair.edition.code}/plan.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"/{fair.edition.code}/plan.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, answer.json["version"]) == (304, 1)


def test_screen_file_and_data_show_the_same_booths(client, fair, published):
    data = json.loads(page(client, fair, "/plan.json"))
    booths = {booth["stands"][0]["code"]: booth for hall in data["halls"] for booth in hall["booths"]}
    for drawing in (page(client, fair, "/plan?hall=H1"), page(client, fair, "/plan.svg")):
        drawn = dict(
            re.findall(r'data-stands="([^"]+)"[^>]*>(?:<title>[^<]*</title>)?<path [^>]*d="([^"]+)"', drawing)
        )
        assert {stands.split()[0] for stands in drawn} == set(booths)
        for stands, d in drawn.items():
            (x, y), (east, _), (_, south), _ = booths[stands.split()[0]]["outline"][0]
            assert d == f"M{x} {y}H{east}V{south}H{x}z"


def test_the_plan_asks_the_database_as_often_for_many_as_for_one(
    client, session, connection, fair, published
):
    def count() -> int:
        kept.forget()
        with asked(connection) as told:
            page(client, fair, "/plan?hall=H1")
        return len(told)

    once = count()
    for i in range(2, 7):
        services.give_stand(session, fair.stands[f"A-0{i}"], a_firm(session, fair, f"Y{i}"))
    session.commit()
    assert count() == once


HOSTILE = (
    "hall=%ff",
    "q=" + "x" * 5000,
    "to=" + "%E2%80%AE" * 200,
    "from=::::",
    "at=-1",
    "zone=%27;--",
    "stand=%3Cscript%3E",
)


@pytest.mark.parametrize("path", ["/plan?", "/plan/search.json?", "/plan/way.json?", "/plan.pdf?paper=A3&"])
def test_no_address_breaks_the_page(client, fair, published, path):
    for words in HOSTILE:
        answer = client.get(f"/{fair.edition.code}{path}{words}")
        assert (words, answer.status_code < 500) == (words, True)
        assert b"<script>" not in answer.data.replace(b'<script type="module"', b"")


def test_a_column_in_a_stand_is_marked_on_the_map_and_told_as_data(client, session, fair, published):
    spot = fair.stands["A-01"]
    hall = session.get_one(Hall, spot.hall_id)
    hall.columns = [{"x": spot.x + 100, "y": spot.y + 100, "width": 40, "depth": 40}]
    session.add(hall)
    session.commit()
    page = client.get(f"/{fair.edition.code}/plan?hall={hall.code}").get_data(as_text=True)
    assert page.count('class="pillar"') == 1
    data = client.get(f"/{fair.edition.code}/plan.json").get_json()
    told = {
        stand["code"]: stand["columns"]
        for one in data["halls"] for booth in one["booths"] for stand in booth["stands"] if "columns" in stand
    }  # fmt: skip
    assert told == {"A-01": [{"x": spot.x + 100, "y": spot.y + 100, "width": 40, "depth": 40}]}
