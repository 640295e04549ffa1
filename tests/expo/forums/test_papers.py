"""The programme on paper: what stands on it, who may have it, and many at once."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from sqlmodel import select

from expo.forums import services
from expo.forums.doors import signs
from expo.forums.models import Slot, between
from expo.forums.prints import make
from expo.forums.prints.context import shown
from expo.forums.prints.timetable import timetable_html
from expo.forums.sheet import sheets
from expo.jobs.handlers import handler_of
from expo.jobs.models import Job
from expo.printing import folded, page_count
from tests.expo.forums.making import a_programme, an_item, at
from tests.expo.forums.test_versions import Quiet, move, talk_of
from tests.expo.forums.test_views import a_released_edition
from tests.signing import sign_in


def test_a_sign_holds_as_many_talks_as_can_be_read_from_five_metres():
    items = [an_item(n, at(15, 9 + n), at(15, 10 + n)) for n in range(6)]
    made = signs(a_programme(*items, an_item(9, at(16, 9), at(16, 10))), "A4")
    assert [(sign.day.day, sign.number, sign.of, len(sign.talks)) for sign in made] == [
        (15, 1, 2, 3), (15, 2, 2, 3), (16, 1, 1, 1),
    ]  # fmt: skip
    assert [len(sign.talks) for sign in signs(a_programme(*items), "A3")] == [6]
    assert signs(a_programme(*items), room="NONE") == []


def test_a_booklet_is_folded_from_sheets_of_four_pages():
    plain = pikepdf.new()
    for _ in range(5):
        plain.add_blank_page(page_size=(420, 595))
    out = BytesIO()
    plain.save(out)
    made = folded(out.getvalue())
    assert page_count(made) == 4
    with pikepdf.open(BytesIO(made)) as opened:
        assert [float(n) for n in opened.pages[0].mediabox] == [0, 0, 840, 595]


PAPERS = ("timetable-a2", "doors-a4", "speakers", "chairs", "programme")


@pytest.mark.parametrize(("name", "language"), [*zip(PAPERS, ("ru", "ur", "zh", "ur", "en"), strict=True)])
def test_every_paper_is_tagged_titled_and_in_our_fonts(app, session, name, language):
    edition = a_released_edition(session)
    with app.app_context():
        document = make(session, edition, name, language)
    with pikepdf.open(BytesIO(document)) as opened:
        root = opened.Root
        assert root.MarkInfo.Marked and "/StructTreeRoot" in root and root.ViewerPreferences.DisplayDocTitle
        assert str(root.Lang) == language
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "Test Expo" in metadata["dc:title"]
        fonts = {
            str(font["/BaseFont"]).split("+")[-1]
            for page in opened.pages
            for font in page.get("/Resources", {}).get("/Font", {}).values()
        }
    assert fonts and all(font.startswith("House-") for font in fonts), fonts


def test_papers_mark_what_changed_since_a_version_and_say_which(app, session):
    edition = a_released_edition(session)
    move(session, edition, "TALK00", at(15, 16), at(15, 16, 30))
    services.release(session, edition)
    with app.app_context():
        what = shown(session, edition)
        assert (what.since, dict(what.marks)) == ("1", {"TALK00": ("time",)})
        page = timetable_html(what, edition, "en")
        assert page.count("is-changed") == 1
        assert "changed since version 1" in page
        assert "▲" not in timetable_html(shown(session, edition, since="none"), edition, "en")
        assert shown(session, edition, version="1").since == ""
        assert [item.start for item in shown(session, edition, "1").programme.items][0] == at(15, 9)


def test_a_programme_past_midnight_keeps_its_evening_together(app, session):
    items = [an_item(1, at(15, 22), at(15, 23, 30)), an_item(2, at(16, 0), at(16, 1), night=True)]
    programme = a_programme(*items)
    (sheet,) = sheets(programme, "en")
    assert [hour for hour, _top in sheet.hours] == [22, 23, 0, 1]
    assert [box.item.code for box in sheet.boxes] == ["T00001", "T00002"]


def test_strangers_get_released_papers_only(client, session):
    edition = a_released_edition(session)
    talk_of(session, edition, "TALK00").title = {"en": "Secret"}
    slot = session.exec(select(Slot).where(Slot.edition_id == edition.id)).first()
    slot.during = between(at(15, 15), at(15, 15, 30))
    session.commit()
    home = f"/{edition.code}"
    assert client.get(f"{home}/timetable.pdf?paper=A2").status_code == 200
    assert client.get(f"{home}/timetable.pdf?paper=A9").status_code == 404
    assert client.get(f"{home}/timetable.pdf?version=draft").status_code == 404
    assert client.get(f"{home}/timetable.pdf?version=7").status_code == 404
    assert client.get(f"{home}/timetable.pdf?since=7").status_code == 404
    for name in ("speakers", "chairs", "doors-a4", "run-sheet"):
        assert client.get(f"{home}/console/timetable/papers/{name}.pdf").status_code == 302
    sign_in(client, session, role="organiser", edition=edition)
    assert client.get(f"{home}/console/timetable/papers").status_code == 200
    assert (
        client.get(f"{home}/console/timetable/papers/speakers.pdf?version=draft").mimetype
        == "application/pdf"
    )
    assert client.get(f"{home}/console/timetable/papers/nothing.pdf").status_code == 404


def test_many_papers_come_as_one_zip_with_a_folder_a_language(app, client, session):
    edition = a_released_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    home = f"/{edition.code}/console/timetable/papers"
    refused = client.post(home, data={"papers": ["chairs"]})
    assert (refused.status_code, session.exec(select(Job)).all()) == (200, [])
    form = {"papers": ["chairs", "run-sheet"], "languages": ["en", "ur"]}
    assert client.post(home, data=form).location == client.post(home, data=form).location
    job = session.exec(select(Job)).one()
    with app.app_context():
        result = handler_of(job.kind)(session, job, Quiet())
    assert sorted(result["bytes"]) == ["chairs-en", "chairs-ur"]
    assert client.get(f"{home}/{job.id}.zip").status_code == 404
    job.state = "done"
    session.commit()
    answer = client.get(f"{home}/{job.id}.zip")
    assert ZipFile(BytesIO(answer.data)).namelist() == ["en/chairs-en.pdf", "ur/chairs-ur.pdf"]
