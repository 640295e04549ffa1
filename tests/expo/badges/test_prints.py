"""Badges on paper: every code can be read, every name in the right letters, nothing left out."""

import sys
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from expo.badges import queries, services
from expo.badges.prints import badges_pdf
from expo.badges.prints.answers import answers_printed
from expo.badges.queries import Wanted
from expo.badges.tokens import Token, read
from expo.errors import Refused
from expo.printing import page_count
from expo.registration.models import Answer, Question
from expo.registration.queries import PeopleFilter
from expo.web.language import speaking
from tests.make import a_person, an_edition

NAMES = {
    "zh": {"en": "Yang Min", "zh": "杨敏"},
    "ru": {"en": "Farrukh Mamatali", "ru": "Фаррух Маматали"},
    "ur": {"en": "Zainab Ahmed", "ur": "زینب احمد"},
    "en": {"en": "Camille Fontaine"},
}


@pytest.fixture
def edition(session):
    return an_edition(session)


@pytest.fixture
def everybody(session, edition):
    return [
        a_person(session, edition, code=f"P{n}", name=name, language=language, kind="speaker")
        for n, (language, name) in enumerate(NAMES.items())
    ]


def tokens_on(document: bytes) -> list[str]:
    """The texts of all QR codes, page by page, as a scanner reads them."""
    pages = pypdfium2.PdfDocument(document)
    found = []
    for number in range(len(pages)):
        picture = pages[number].render(scale=1.5).to_pil()
        places = sorted(
            zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode),
            key=lambda code: (code.position.top_left.y, code.position.top_left.x),
        )
        found += [code.text for code in places]
    return found


def fonts_in(document: bytes) -> set[str]:
    with pikepdf.open(BytesIO(document)) as opened:
        return {
            str(font["/BaseFont"]).rpartition("+")[2].lstrip("/")
            for page in opened.pages
            for font in page.resources["/Font"].values()
        }


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_code_can_be_read_and_names_its_bearer(app, session, edition, everybody, language):
    with app.app_context():
        document = badges_pdf(session, edition, language)
    ring = queries.ring_of(session, edition)
    assert {read(text, ring) for text in tokens_on(document)} == {Token(person.id, 1) for person in everybody}


def test_names_are_printed_in_the_letters_of_their_language(app, session, edition, everybody):
    with app.app_context():
        document = badges_pdf(session, edition, "en")
    families = {name.split("-")[0] for name in fonts_in(document)}
    assert families == {"NotoSans", "NotoSansSC", "NotoNaskhArabic"}


def test_answers_that_badges_print_stand_on_them_in_their_language(app, session, edition):
    person = a_person(session, edition)
    rows = (
        (
            "diet",
            "choices",
            {"en": "Diet"},
            [{"key": "a", "text": {"en": "Vegan", "zh": "素食"}}],
            ["a"],
            True,
        ),
        ("aid", "yesno", {"en": "First aider"}, [], "yes", True),
        ("no", "yesno", {"en": "Smoker"}, [], "no", True),
        ("from", "country", {"en": "Home"}, [], "KZ", True),
        ("shoe", "text", {"en": "Shoe"}, [], "secret", False),
    )
    for place, (code, kind, words, options, value, on_badge) in enumerate(rows):
        question = Question(
            edition_id=edition.id, code=code, kind=kind, text=words, options=options, position=place,
            on_badge=on_badge,
        )  # fmt: skip
        session.add(question)
        session.flush()
        session.add(Answer(person_id=person.id, question_id=question.id, value=value))
    session.flush()
    with app.app_context():
        found = {}
        for language in ("en", "zh"):
            with speaking(language):
                found[language] = answers_printed(session, edition, [person.id], language)[person.id]
        page = pypdfium2.PdfDocument(badges_pdf(session, edition, "en"))[0].get_textpage().get_text_range()
    assert found == {"en": "Vegan · First aider · Kazakhstan", "zh": "素食 · First aider · 哈萨克斯坦"}
    assert "Vegan · First aider" in page
    assert "secret" not in page


def test_nobody_is_left_out_and_nobody_printed_twice(app, session, edition):
    people = [a_person(session, edition) for _ in range(5)]
    with app.app_context():
        document = badges_pdf(session, edition, "en")
        assert badges_pdf(session, edition, "en", Wanted(PeopleFilter(words=people[0].code))) != document
    assert (page_count(document), len(tokens_on(document))) == (2, 5)


def test_many_badges_are_joined_from_chunks(app, session, edition, monkeypatch):
    monkeypatch.setattr(sys.modules["expo.badges.prints.badges"], "CHUNK", 4)
    for _ in range(9):
        a_person(session, edition)
    told = []
    with app.app_context():
        document = badges_pdf(session, edition, "en", progress=lambda *done: told.append(done) or True)
    assert (told, page_count(document), len(tokens_on(document))) == ([(4, 9), (8, 9), (9, 9)], 3, 9)


def test_printing_stops_when_asked(app, session, edition, everybody):
    with app.app_context(), pytest.raises(Refused, match="stopped"):
        badges_pdf(session, edition, "en", progress=lambda done, total: False)


def test_printing_nobody_is_refused_in_words(app, session, edition):
    with app.app_context(), pytest.raises(Refused, match="no badge to print"):
        badges_pdf(session, edition, "en")


def test_only_new_leaves_out_what_was_printed(app, session, edition, everybody):
    services.issue_all(session, edition)
    first = queries.planned(session, edition)[0]
    services.mark_printed(session, edition, [first.badge_id])
    with app.app_context():
        assert len(tokens_on(badges_pdf(session, edition, "en", Wanted(only_new=True)))) == 3
