"""The upload page tells what is wrong or stores everything; the files can be taken away again."""

import io

import pytest
from sqlmodel import func, select

from expo.editions.models import Edition
from matchmaking.folder import services
from matchmaking.folder.archive import pack, unpack
from tests.make import an_edition
from tests.matchmaking.folder import small
from tests.page import problems
from tests.signing import sign_in


def send(client, files: dict[str, bytes], **fields):
    data = {"files": [(io.BytesIO(content), name) for name, content in files.items()], **fields}
    return client.post("/editions/import", data=data, content_type="multipart/form-data")


def editions(session) -> int:
    return session.scalar(select(func.count()).select_from(Edition))


@pytest.fixture
def organiser(client, session):
    return sign_in(client, session, role="organiser")


def test_a_sent_folder_becomes_an_edition(client, session, organiser):
    answer = send(client, {"expo.zip": pack(small.files(), "expo")})
    assert answer.status_code == 302
    assert answer.location.endswith("/small-2023/console/files")
    page = client.get(answer.location)
    assert (page.status_code, problems(page.text)) == (200, [])


def test_files_may_be_sent_one_by_one_with_their_folder(client, session, organiser):
    answer = send(client, {f"expo/{name}": data for name, data in small.files().items()}, code="mine")
    assert answer.location.endswith("/mine/console/files")


def test_a_file_sent_twice_is_told(client, session, organiser):
    sent = [*small.files().items(), ("halls.csv", b"")]
    data = {"files": [(io.BytesIO(content), name) for name, content in sent]}
    page = client.post("/editions/import", data=data, content_type="multipart/form-data")
    assert "This file is there twice." in page.text
    assert editions(session) == 0


def test_a_check_only_stores_nothing_and_says_what_would_be(client, session, organiser):
    page = send(client, small.files(), dry_run="y")
    assert "This would be imported as small-2023." in page.text
    assert (problems(page.text), editions(session)) == ([], 0)


def test_problems_are_listed_and_nothing_is_stored(client, session, organiser):
    page = send(client, small.files(**small.changed("products", 0, price="-1", hs="770000")))
    for text in (
        "2 problems were found",
        "products.csv",
        "The number is negative.",
        "This HS code is not known.",
    ):
        assert text in page.text
    assert (page.status_code, problems(page.text), editions(session)) == (200, [], 0)


def test_a_cell_with_markup_is_shown_as_text(client, session, organiser):
    page = send(client, small.files(**small.changed("products", 0, hs="<script>alert(1)</script>")))
    assert "<script>alert" not in page.text


def test_a_taken_code_is_told_beside_the_form(client, session, organiser):
    an_edition(session, code="small-2023")
    for fields in ({}, {"dry_run": "y"}):
        page = send(client, small.files(), **fields)
        assert "There is an edition small-2023 already; import under another code." in page.text


def test_no_file_is_told_beside_the_field(client, session, organiser):
    page = client.post("/editions/import", data={})
    assert "Choose the files, or one ZIP archive of them." in page.text


def test_an_archive_that_leads_out_is_told(client, session, organiser):
    page = send(client, {"x.zip": pack({"../zones.csv": b""})})
    assert "leads out of it" in page.text


def test_only_an_organiser_of_the_whole_house_makes_editions(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    assert client.get("/editions/import").status_code == 403
    assert send(client, small.files()).status_code == 403


def test_templates_are_downloaded(client, session, organiser):
    answer = client.get("/editions/templates.zip")
    assert answer.mimetype == "application/zip"
    assert b"as-one-workbook/edition.xlsx" in answer.data


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_edition_is_taken_away_as_the_folder_it_came_from(client, session, organiser, form):
    send(client, small.files())
    answer = client.get(f"/small-2023/console/files/{form}.zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="small-2023-{form}.zip"'
    again, _ = services.read_files(unpack(answer.data))
    assert again.values() == services.read_files(small.files())[0].values()


def test_there_is_no_third_form(client, session, organiser):
    edition = an_edition(session)
    assert client.get(f"/{edition.code}/console/files/pdf.zip").status_code == 404
