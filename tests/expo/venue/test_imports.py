"""Taking plans and lists over: seen first, taken at once, refused in words."""

import io

import ezdxf
import pytest
from sqlmodel import select

from expo.errors import Refused
from expo.jobs import runner
from expo.jobs.models import Job
from expo.spreadsheets import xlsx_bytes
from expo.venue.models import DrawingImport, Hall, Stand
from tests.make import a_hall, a_stand, a_zone, an_edition
from tests.page import problems
from tests.signing import sign_in

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">
<g id="Hall"><path d="M0 0H60V40H0z"/></g><g id="Booths"><rect x="10" y="10" width="6" height="6"/>
<rect x="16" y="10" width="6" height="6"/><text x="12" y="14">B7</text></g><g id="Notes">
<text x="1" y="1">hello</text><rect x="40" y="30" width="9" height="9"/></g></svg>"""


@pytest.fixture
def edition(client, session):
    edition = an_edition(session)
    sign_in(client, session, "organiser", edition)
    return edition


@pytest.fixture
def hall(session, edition):
    hall = a_hall(session, edition, code="H", width=2000, depth=2000)
    zone = a_zone(session, edition, code="Z")
    a_stand(session, hall, zone, code="OLD", x=0, y=0)
    session.commit()
    return hall


def _address(edition, hall):
    return f"/{edition.code}/console/floor/{hall.id}/import"


def _send(client, edition, hall, data, name):
    return client.post(_address(edition, hall), data={"file": (io.BytesIO(data), name)})


def _codes(session, hall):
    session.expire_all()
    return list(session.exec(select(Stand.code).where(Stand.hall_id == hall.id).order_by(Stand.code)))


DRAWING = {"length_units": "60", "length_m": "30", "x_m": "0", "y_m": "0", "zone": "Z", "kind": "shell",
           "pattern": "N{nr}", "bare": "auto"}  # fmt: skip


def test_an_svg_plan_is_looked_at_scaled_and_taken_over(client, session, edition, hall):
    assert _send(client, edition, hall, SVG, "plan.svg").location.endswith("/import/preview")
    page = client.get(f"{_address(edition, hall)}/preview")
    assert (page.status_code, problems(page.text), _codes(session, hall)) == (200, [], ["OLD"])
    client.post(f"{_address(edition, hall)}/preview", data=DRAWING | {"act": "look"})
    page = client.get(f"{_address(edition, hall)}/preview").text
    assert "2 stands would be added." in page
    assert "stands without a text in them, numbered by the pattern: 1" in page
    assert _codes(session, hall) == ["OLD"]
    taken = client.post(f"{_address(edition, hall)}/preview", data=DRAWING | {"act": "take"})
    assert (taken.location.endswith("/editor"), _codes(session, hall)) == (True, ["B7", "N1", "OLD"])
    stand = session.exec(select(Stand).where(Stand.code == "B7")).one()
    assert (stand.x, stand.y, stand.width, stand.depth) == (500, 500, 300, 300)
    assert (session.get(Hall, hall.id).width, session.exec(select(DrawingImport)).all()) == (3000, [])


def test_what_stands_in_the_way_is_told_and_nothing_is_taken(client, session, edition, hall):
    _send(client, edition, hall, SVG.replace(b'x="10" y="10"', b'x="1" y="1"'), "plan.svg")
    answer = client.post(
        f"{_address(edition, hall)}/preview", data=DRAWING | {"act": "take"}, follow_redirects=True
    )
    assert ("would overlap" in answer.text, _codes(session, hall)) == (True, ["OLD"])


def test_a_list_of_stands_is_taken_over_and_told_row_by_row(client, session, edition, hall):
    rows = [
        ["code", "zone", "x_m", "y_m", "width_m", "depth_m", "water"],
        ["OLD", "Z", 3, 3, "3", 4.5, "yes"],
        ["NEW", "Z", "9", "9", "3", "3", ""],
    ]
    _send(client, edition, hall, xlsx_bytes({"s": rows}), "stands.xlsx")
    page = client.get(f"{_address(edition, hall)}/preview").text
    assert ("1 stand would be added." in page, "1 stand would be changed." in page) == (True, True)
    client.post(f"{_address(edition, hall)}/preview", data={"act": "take"})
    assert _codes(session, hall) == ["NEW", "OLD"]
    old = session.exec(select(Stand).where(Stand.code == "OLD", Stand.hall_id == hall.id)).one()
    assert (old.x, old.depth, old.water) == (300, 450, True)
    again = client.get(f"/{edition.code}/console/floor/{hall.id}/stands.csv").data
    _send(client, edition, hall, again, "stands.csv")
    assert "Nothing would change." in client.get(f"{_address(edition, hall)}/preview").text


def test_bad_rows_are_listed_with_their_reasons(client, session, edition, hall):
    table = b"code,x_m,y_m,width_m,depth_m,power_kw\nA,1,1,3,3,4\nA,x,1,3,0,-1\n=1+1;,1,1,NaN,3,9999999\n"
    _send(client, edition, hall, table, "stands.csv")
    page = client.get(f"{_address(edition, hall)}/preview").text
    for reason in (
        "Write a length in metres, like 4.5.", "The length is between 0 and 1,000 m.",
        "Write a whole number.", "This code is in row 2 already.", "A code has up to 40 characters",
    ):  # fmt: skip
        assert reason in page
    client.post(f"{_address(edition, hall)}/preview", data={"act": "take"})
    assert _codes(session, hall) == ["OLD"]


@pytest.mark.parametrize(("data", "name", "sentence"), [
    (b"", "x.dxf", "This is not a DXF file."), (b"AC1032 etc", "x.dwg", "Save it as DXF."),
    (b"<svg", "x.svg", "This is not an SVG file."), (b"\xff\xfeA", "x.csv", "The file is in UTF-16."),
    (b"PK\x03\x04", "x.xlsx", ""), (b"a,b\n1,2\n", "x.csv", None),
])  # fmt: skip
def test_other_files_are_refused_in_words(client, session, edition, hall, data, name, sentence):
    answer = _send(client, edition, hall, data, name)
    if sentence is None:
        assert "This column is missing." in client.get(f"{_address(edition, hall)}/preview").text
    else:
        assert (answer.status_code, "error-list" in answer.text, sentence in answer.text) == (200, True, True)


def test_a_hall_goes_out_as_dxf_and_comes_back_the_same(client, session, edition, hall):
    data = client.get(f"/{edition.code}/console/floor/{hall.id}.dxf").data
    _send(client, edition, hall, data, "hall.dxf")
    settings = session.exec(select(DrawingImport)).one().settings
    assert (settings["unit_known"], settings["unit_cm"]) == (True, 1.0)
    scale = {"length_units": "2000", "length_m": "20", "replace": "y"}
    client.post(f"{_address(edition, hall)}/preview", data=DRAWING | scale | {"act": "take"})
    assert _codes(session, hall) == ["OLD"]


def _large(count: int = 9000) -> bytes:
    """A drawing of two stands among so many lines that nobody waits for it."""
    line = "  0\nLINE\n  8\nNOTES\n 10\n{0}.0\n 20\n0.0\n 11\n{0}.5\n 21\n10.0\n"
    edges = [(0, 0, 3, 0), (3, 0, 6, 0), (0, 3, 6, 3), (0, 0, 0, 3), (3, 0, 3, 3), (6, 0, 6, 3)]
    stands = "".join(
        f"  0\nLINE\n  8\nSTANDS\n 10\n{a}.0\n 20\n{b}.0\n 11\n{c}.0\n 21\n{d}.0\n" for a, b, c, d in edges
    )
    lines = "".join(line.format(number % 60) for number in range(count))
    head = "  0\nSECTION\n  2\nHEADER\n  9\n$INSUNITS\n 70\n6\n  0\nENDSEC\n"
    return f"{head}  0\nSECTION\n  2\nENTITIES\n{stands}{lines}  0\nENDSEC\n  0\nEOF\n".encode()


class Watched:
    """A job's report that is cancelled when so many things were looked at."""

    def __init__(self, stop: int | None = None):
        self.stop, self.done = stop, 0

    def progress(self, done, *_rest, **_more):
        self.done = max(self.done, done)

    def cancelled(self):
        return self.stop is not None and self.done >= self.stop


def test_a_large_drawing_is_read_by_a_job_that_can_be_stopped(client, session, edition, hall):
    assert _send(client, edition, hall, _large(), "large.dxf").location.endswith("/import/preview")
    page = client.get(f"{_address(edition, hall)}/preview")
    assert (page.status_code, problems(page.text), "Reading the file" in page.text) == (200, [], True)
    job = session.exec(select(Job).where(Job.kind == "venue.read")).one()
    with pytest.raises(Refused, match="Stopped"):
        runner.handler_of(job.kind)(session, job, Watched(stop=500))
    report = Watched()
    found = runner.handler_of(job.kind)(session, job, report)
    session.commit()
    assert (found["link"]["endpoint"], report.done >= 8500) == ("venue.import_preview", True)
    page = client.get(f"{_address(edition, hall)}/preview")
    assert (problems(page.text), "2 stands would be added." in page.text) == ([], True)


def test_a_large_drawing_that_is_none_is_told_by_its_job(client, session, edition, hall):
    _send(client, edition, hall, b"0\nSECTION\n" + b"x\n" * 200_000, "large.dxf")
    job = session.exec(select(Job).where(Job.kind == "venue.read")).one()
    with pytest.raises(Refused, match="The drawing"):
        runner.handler_of(job.kind)(session, job, Watched())
    client.post(f"{_address(edition, hall)}/preview", data={"act": "drop"})
    assert session.exec(select(DrawingImport)).all() == []


def _nested_blocks(levels: int) -> bytes:
    """A small file of ten to the power of `levels` rectangles."""
    document = ezdxf.new("R2010")
    document.blocks.new("B0").add_lwpolyline([(0, 0), (3, 0), (3, 3), (0, 3)], close=True)
    for level in range(1, levels + 1):
        block = document.blocks.new(f"B{level}")
        for copy in range(10):
            block.add_blockref(f"B{level - 1}", (copy * 4 * level, copy))
    document.modelspace().add_blockref(f"B{levels}", (0, 0))
    text = io.StringIO()
    document.write(text)
    return text.getvalue().encode()


def test_a_small_file_that_unfolds_to_very_many_shapes_does_not_keep_the_page_waiting(
    client, session, edition, hall
):
    _send(client, edition, hall, _nested_blocks(5), "bomb.dxf")
    job = session.exec(select(Job)).one()
    with pytest.raises(Refused, match="more than 20000 shapes"):
        runner.handler_of(job.kind)(session, job, Watched())


def test_an_import_is_undone_as_one_step_after_the_page_was_left(client, session, edition, hall):
    _send(client, edition, hall, SVG, "plan.svg")
    client.post(f"{_address(edition, hall)}/preview", data=DRAWING | {"act": "look"})
    client.post(f"{_address(edition, hall)}/preview", data=DRAWING | {"act": "take"})
    floor = f"/{edition.code}/console/floor/{hall.id}"
    page = client.get(f"{floor}/stands")
    assert (problems(page.text), "Undo the last change of this hall" in page.text) == ([], True)
    client.post(f"{floor}/undo/1")
    assert _codes(session, hall) == ["B7", "N1", "OLD"]
    client.post(f"{floor}/undo/2")
    assert (_codes(session, hall), session.get(Hall, hall.id).width) == (["OLD"], 2000)
    client.post(f"{floor}/undo/3")
    assert _codes(session, hall) == ["B7", "N1", "OLD"]
