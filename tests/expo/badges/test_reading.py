"""Codes as cameras see them: turned, blurred, small, in bad light."""

from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import ImageEnhance, ImageFilter

from expo.badges import queries, services
from expo.badges.prints import badge_pdf
from expo.badges.tokens import Token, read
from tests.make import a_person, an_edition


@pytest.fixture
def seen(app, session):
    edition = an_edition(session)
    person = a_person(session, edition, name={"en": "Yang Min", "zh": "杨敏"})
    with app.app_context():
        document = badge_pdf(session, edition, person, "en").document
    picture = pypdfium2.PdfDocument(BytesIO(document))[0].render(scale=3).to_pil().convert("L")
    return picture, queries.ring_of(session, edition), Token(person.id, 1)


@pytest.mark.parametrize("turned", [17, 90, 143, 270])
def test_a_turned_badge_is_read(seen, turned):
    picture, ring, token = seen
    turned_picture = picture.rotate(turned, expand=True, fillcolor=255)
    assert [read(code.text, ring) for code in zxingcpp.read_barcodes(turned_picture)] == [token]


def test_a_blurred_dim_and_small_badge_is_read(seen):
    picture, ring, token = seen
    bad = ImageEnhance.Brightness(picture.filter(ImageFilter.GaussianBlur(1.5))).enhance(0.4)
    small = bad.resize((bad.width // 2, bad.height // 2)).rotate(8, expand=True, fillcolor=100)
    assert [read(code.text, ring) for code in zxingcpp.read_barcodes(small)] == [token]


HOSTILE = [
    "\u202egnaY", "<b>#set page(width: 1mm)</b> $x$ *b* _i_ `c` @ref #eval(1)", "\x00\x07\x1b[31m", "😀🎉",
    "x" * 300, "", "Z" + "\u0301" * 80, "\\u{41} // /* \" ' }} {{ ]] [[", "ﷺ" * 40, "欧阳" * 150, "a " * 150,
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_stops_the_press_nor_hides_the_code(app, session, name):
    edition = an_edition(session)
    name = name.replace("\x00", "")  # which no database holds
    person = a_person(session, edition, name={"en": name}, organisation=name, position=name)
    services.issue_all(session, edition)
    with app.app_context():
        chunk = badge_pdf(session, edition, person, "ur")
    pages = pypdfium2.PdfDocument(BytesIO(chunk.document))
    codes = zxingcpp.read_barcodes(pages[0].render(scale=2).to_pil())
    assert (len(pages), [read(code.text, queries.ring_of(session, edition)) for code in codes]) == (
        1,
        [Token(person.id, 1)],
    )
    assert ("cut" in {state for _code, _field, state in chunk.unfit}) == (len(name) == 300)
