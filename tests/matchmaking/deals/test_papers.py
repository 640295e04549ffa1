"""Files and documents: what is let in, what is drawn up, what anybody may check."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import text

from expo.printing import page_count
from matchmaking.deals import prints, queries, services
from matchmaking.deals.attachments import kind_of, tidy_name
from tests.make import an_edition
from tests.matchmaking.deals.making import a_deal
from tests.matchmaking.deals.test_services import refusal


def a_pdf(**root) -> bytes:
    opened = pikepdf.new()
    opened.add_blank_page()
    for key, value in root.items():
        opened.Root[f"/{key}"] = value
    out = BytesIO()
    opened.save(out)
    return out.getvalue()


def a_picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (3, 3)).save(out, kind)
    return out.getvalue()


def a_zip(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def test_files_are_told_by_their_content():
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    kinds = [
        kind_of(data)
        for data in (
            a_pdf(), a_pdf(OpenAction=script), a_pdf()[:60], a_picture("PNG"), a_picture("JPEG"),
            a_picture("GIF"), a_zip("[Content_Types].xml", "word/document.xml"),
            a_zip("[Content_Types].xml", "xl/workbook.xml"),
            a_zip("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), a_zip("evil.exe"),
            b"MZ\x90", b"<html><script>", b"",
        )
    ]  # fmt: skip
    office = "application/vnd.openxmlformats-officedocument"
    assert kinds == [
        "application/pdf", None, None, "image/png", "image/jpeg", None, f"{office}.wordprocessingml.document",
        f"{office}.spreadsheetml.sheet", None, None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("evil.exe", "evil.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("", "file.pdf"),
        ("x" * 300, "x" * 115 + ".pdf"),
    ],
)
def test_names_of_files_mislead_nobody(name, kept):
    assert tidy_name(name, "application/pdf") == kept


def test_a_file_is_attached_once_and_its_digest_is_sealed(session):
    edition = an_edition(session)
    deal = a_deal(session, edition)
    row = services.attach(session, edition, deal, "contract.pdf", a_pdf(), 1)
    event = queries.events_of(session, deal)[-1]
    assert (event.kind, event.payload["digest"]) == ("attached", row.digest)
    assert refusal(services.attach, session, edition, deal, "again.pdf", row.content) == (
        "This very file is attached already."
    )
    assert refusal(services.attach, session, edition, deal, "x.exe", b"MZ") == (
        "Attach PDF, PNG, JPEG, DOCX or XLSX: whole, without a password, without macros or scripts."
    )
    assert refusal(services.attach, session, edition, deal, "x.pdf", b"%PDF" * 3_000_000) == (
        "A file has at most 10 MB."
    )
    services.detach(session, edition, deal, row, 1)
    assert (queries.files(session, deal), queries.events_of(session, deal)[-1].kind) == ([], "detached")


@pytest.mark.parametrize("languages", [("zh", "ru"), ("ur", "en")])
@pytest.mark.parametrize("kind", ["cover", "memorandum", "order"])
def test_documents_come_in_two_languages_on_paper(app, session, kind, languages):
    edition = an_edition(session)
    document = services.draw_up(session, edition, a_deal(session, edition), kind, languages, 1)
    with app.test_request_context():
        paper = prints.document_pdf(edition, document, "https://expo.example/x")
    assert (paper[:5], page_count(paper)) == (b"%PDF-", 1)


@pytest.mark.parametrize(
    ("kind", "languages", "sentence"),
    [
        ("poem", ("en", "zh"), "Choose a document from the list."),
        ("cover", ("en", "en"), "Choose two different languages."),
        ("cover", ("en", "fr"), "Choose two different languages."),
    ],
)
def test_other_documents_are_refused(session, kind, languages, sentence):
    edition = an_edition(session)
    deal = a_deal(session, edition)
    assert refusal(services.draw_up, session, edition, deal, kind, languages) == sentence


def test_a_document_is_checked_against_the_chain(session):
    edition = an_edition(session)
    deal = a_deal(session, edition)
    document = services.draw_up(session, edition, deal, "cover", ("en", "zh"), 1)
    code = f"{document.code[:8].lower()}-{document.code[8:]}"
    assert services.document_by_code(session, edition, code).id == document.id
    assert services.document_by_code(session, an_edition(session), code) is None
    found = services.checked(session, edition, document)
    assert (found.genuine, found.amended, found.shows_price) == (True, False, False)
    for party in queries.parties(session, edition, deal):
        services.show_price(session, edition, deal, party.organisation_id, True)
    assert services.checked(session, edition, document).shows_price
    session.execute(text("SET LOCAL session_replication_role = replica"))
    session.execute(text("UPDATE deal_document SET content = replace(content, '12340', '92340')"))
    session.execute(text("SET LOCAL session_replication_role = origin"))
    session.expire_all()
    assert not services.checked(session, edition, document).genuine
