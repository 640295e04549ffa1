"""The forms that do without scripts what the editor does."""

import pytest
from sqlmodel import select

from expo.venue.models import Hall, Stand, Zone, ZoneArea
from tests.make import a_hall, a_stand, a_zone, an_edition
from tests.page import problems
from tests.signing import sign_in


@pytest.fixture
def edition(client, session):
    edition = an_edition(session, gross_m2=10_000)
    sign_in(client, session, "organiser", edition)
    return edition


@pytest.fixture
def hall(session, edition):
    hall = a_hall(session, edition, code="H", width=3000, depth=3000)
    zone = a_zone(session, edition, code="Z")
    for number in range(4):
        a_stand(session, hall, zone, code=f"S{number}", x=300 * number, y=0)
    session.commit()
    return hall


NEW_HALL = {
    "code": "H9", "name-en": "Hall nine", "width_m": "60", "depth_m": "40.5", "clear_height_m": "9",
    "load_kg_m2": "1500", "outline": "0/0\n60/0\n60/20\n30/20\n30/40.5\n0/40.5", "walls": "0/30/20/30",
    "columns": "10/10/0.8/0.8", "entrances": "N1@30/0", "aisles": "Silk Road@0/5/60/4",
    "utilities": "power@12/9; water:W3@13/9", "areas": "",
}  # fmt: skip


def test_a_hall_is_typed_in_with_all_that_is_built_into_it(client, session, edition):
    answer = client.post(f"/{edition.code}/console/floor/new", data=NEW_HALL)
    hall = session.exec(select(Hall).where(Hall.edition_id == edition.id)).one()
    assert answer.location.endswith(f"/console/floor/{hall.id}/editor")
    assert (hall.width, hall.depth, hall.clear_height_cm, len(hall.outline)) == (6000, 4050, 900, 6)
    assert hall.utilities == [
        {"kind": "power", "x": 1200, "y": 900, "name": ""},
        {"kind": "water", "x": 1300, "y": 900, "name": "W3"},
    ]
    page = client.get(f"/{edition.code}/console/floor/{hall.id}/edit")
    assert ("Silk Road@0/5/60/4" in page.text, problems(page.text)) == (True, [])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"walls": "0/30/20"}, "A wall is written x1/y1/x2/y2"),
        ({"utilities": "magic@1/1"}, "A supply is written"),
        ({"outline": "0/0\n60/40\n60/0\n0/40"}, "The outline crosses itself"),
        ({"columns": "100/0/1/1"}, "lies outside the hall"),
        ({"width_m": "NaN"}, "Not a valid decimal"),
        ({"areas": "XX@0/0/5/5"}, "There is no zone XX."),
        ({"code": "a/b"}, "A code has up to 40 characters"),
    ],
)
def test_a_hall_that_cannot_be_is_refused_with_what_was_typed(client, session, edition, changes, sentence):
    answer = client.post(f"/{edition.code}/console/floor/new", data=NEW_HALL | changes)
    assert (answer.status_code, sentence in answer.text, "Hall nine" in answer.text) == (200, True, True)
    assert session.exec(select(Hall).where(Hall.edition_id == edition.id)).all() == []


def test_a_zone_is_made_and_its_areas_are_drawn_in_a_hall(client, session, edition, hall):
    zone = {
        "code": "N",
        "name-en": "North",
        "gross_m2": "900",
        "net_m2": "500",
        "hue": "3",
        "countries": "kz CN",
    }
    assert client.post(f"/{edition.code}/console/floor/zones/new", data=zone).status_code == 302
    made = session.exec(select(Zone).where(Zone.code == "N", Zone.edition_id == edition.id)).one()
    assert (made.net_m2, made.countries) == (500, ["KZ", "CN"])
    data = {"code": "H", "name-en": "Hall", "width_m": "30", "depth_m": "30", "areas": "N@0/3/10/10"}
    client.post(f"/{edition.code}/console/floor/{hall.id}/edit", data=data)
    area = session.exec(select(ZoneArea).where(ZoneArea.hall_id == hall.id)).one()
    assert (area.zone_id, area.x, area.y, area.width) == (made.id, 0, 300, 1000)


def test_a_zone_beyond_the_editions_area_is_refused(client, session, edition, hall):
    zone = {"code": "N", "name-en": "North", "gross_m2": "5001", "net_m2": "500", "hue": "3"}
    answer = client.post(f"/{edition.code}/console/floor/zones/new", data=zone)
    assert (answer.status_code, "more gross area than the edition" in answer.text) == (200, True)


def test_stands_are_generated_renumbered_split_merged_and_deleted_by_forms(client, session, edition, hall):
    address = f"/{edition.code}/console/floor/{hall.id}"
    layout = {
        "shape": "block", "x_m": "0", "y_m": "9", "width_m": "0", "depth_m": "0", "unit_width_m": "3",
        "unit_depth_m": "3", "across": "4", "down": "1", "aisle_m": "3", "cross_aisle_m": "3",
        "margin_m": "3", "corner": "nw", "zone": "",
        "kind": "shell", "power_kw": "3", "pattern": "B{nr:02}", "start": "1",
    }  # fmt: skip
    assert client.post(f"{address}/generate", data=layout).status_code == 302

    def codes():
        session.expire_all()
        return sorted(session.exec(select(Stand.code).where(Stand.hall_id == hall.id)))

    assert codes() == [*(f"B{n:02}" for n in range(1, 9)), "S0", "S1", "S2", "S3"]
    ticked = {"stand": ["S0", "S1", "S2", "S3"]}
    shape = {"pattern": "W-{nr}", "start": "5", "direction": "west"}
    client.post(f"{address}/stands", data={**ticked, **shape, "act": "renumber"})
    assert codes()[-4:] == ["W-5", "W-6", "W-7", "W-8"]
    client.post(f"{address}/stands", data={"stand": ["W-5", "W-6"], "act": "merge"})
    assert codes()[-3:] == ["W-6", "W-7", "W-8"]
    client.post(f"{address}/stands", data={"stand": ["W-6"], "act": "split-x", "parts": "3"})
    assert codes()[-5:] == ["W-6", "W-6-2", "W-6-3", "W-7", "W-8"]
    client.post(f"{address}/stands", data={"stand": ["W-7", "W-8"], "act": "delete"})
    assert codes()[-3:] == ["W-6", "W-6-2", "W-6-3"]


def test_a_stand_is_changed_by_its_form_and_a_broken_rule_keeps_what_was_typed(
    client, session, edition, hall
):
    stand = session.exec(select(Stand).where(Stand.code == "S1", Stand.hall_id == hall.id)).one()
    address = f"/{edition.code}/console/floor/{hall.id}/stands/{stand.id}"
    typed = {
        "code": "S1", "zone": "Z", "kind": "raw", "x_m": "3", "y_m": "9", "width_m": "6", "depth_m": "6",
        "power_kw": "20", "water": "y", "height_m": "6", "load_kg_m2": "2000",
    }  # fmt: skip
    assert client.post(address, data=typed).status_code == 302
    session.expire_all()
    assert (stand.x, stand.y, stand.open_sides) == (300, 900, 15)
    assert (stand.water, stand.height_cm, stand.load_kg_m2, stand.kind) == (True, 600, 2000, "raw")
    answer = client.post(address, data=typed | {"y_m": "1"})
    assert (answer.status_code, "would overlap" in answer.text) == (200, True)
    assert 'value="20"' in answer.text


def test_a_hall_whose_stands_nobody_has_is_deleted(client, session, edition, hall):
    assert client.post(f"/{edition.code}/console/floor/{hall.id}/delete").status_code == 302
    assert session.exec(select(Hall).where(Hall.edition_id == edition.id)).all() == []


PAGES = ["", "/new", "/zones/new", *(f"/{{id}}/{page}" for page in (
    "stands", "stands/new", "generate", "edit", "editor"))]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_well_made(client, session, edition, hall, page):
    answer = client.get(f"/{edition.code}/console/floor" + page.format(id=hall.id))
    assert (answer.status_code, problems(answer.text)) == (200, [])
