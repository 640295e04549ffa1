"""A nomenclature of goods is read row by row, taken over whole, looked up, and asked by the ledger."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expo.errors import Refused
from expo.spreadsheets import read_table
from matchmaking.catalogue import services
from matchmaking.catalogue.nomenclature import alike, read
from tests.make import a_product, an_edition, an_exhibitor
from tests.matchmaking.deals.making import a_deal, a_line
from tests.page import problems
from tests.signing import sign_in

FILE = """section,hscode,description,parent,level
II,09,"Coffee, tea, mate and spices",TOTAL,2
II,0901,Coffee,09,4
II,0901.11,"Coffee; not roasted, not decaffeinated",0901,6
II,0901.12,"Coffee; not roasted, decaffeinated",0901,6
I,40900,Honey; natural,0409,6
"""


def reading(text):
    return read(list(read_table(text.encode(), 100)))


def test_codes_come_as_publishers_write_them():
    found = reading(FILE)
    assert [one.code for one in found.found] == ["040900", "0901", "090111", "090112"]
    assert (found.problems, found.subheadings, found.found[0].name) == ((), 3, {"en": "Honey; natural"})
    several = reading("Code,Name_zh,name_ru\n040900,蜂蜜,Мёд\n")
    assert several.found[0].name == {"zh": "蜂蜜", "ru": "Мёд"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n1,2\n", "The first row names the columns: code, and name or name_en, name_zh, …"),
        ("code,name\n0901,Coffee\n", "The file has no code of six digits."),
        ("code,name\n090111,Coffee\n0901.11,Coffee\n", "090111 comes twice."),
        ("code,name\n090111,\n", "090111 has no name."),
        ("code,name\n770111,Nothing\n", "770111 is no HS code."),
        ("code,name\n0901110000,Coffee\n", "0901110000 is no HS code."),
    ],
)
def test_wrong_rows_are_named(text, sentence):
    assert [str(one) for _row, one in reading(text).problems] == [sentence]


def test_codes_of_the_same_heading_are_meant_or_the_nearest_of_the_chapter():
    known = ["040900", "090111", "090112", "090121", "090210", "090411"]
    assert alike("090199", known) == ["090111", "090112", "090121"]
    assert alike("090300", known) == ["090112", "090121", "090210", "090411"]
    assert alike("100110", known) == []


@given(st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=8))
def test_any_table_is_read_or_told_what_is_wrong(rows):
    found = read([(i, cells) for i, cells in enumerate(rows, 1)])
    assert found.found or found.problems


def test_a_deal_in_goods_that_the_nomenclature_does_not_know_is_refused_with_others(session):
    edition = an_edition(session)
    a_deal(session, edition, lines=(a_line(hs="090199"),))
    services.take_nomenclature(session, edition, reading(FILE))
    a_deal(session, edition)
    with pytest.raises(Refused, match=r"no HS code 090199. Did you mean 090111, 090112\?"):
        a_deal(session, edition, lines=(a_line(), a_line(hs="090199")))
    with pytest.raises(Refused, match="no HS code 100111, nor any other of its chapter"):
        a_deal(session, edition, lines=(a_line(hs="100111"),))
    a_deal(session, an_edition(session), lines=(a_line(hs="090199"),))


def test_organisers_take_a_file_over_and_everybody_looks_codes_up(app, client, session):
    edition = an_edition(session, is_public=True)
    page = f"/{edition.code}/hs"
    sign_in(client, session, role="organiser", edition=edition)
    send = {"data": {"file": (BytesIO(FILE.encode()), "hs.csv")}, "content_type": "multipart/form-data"}
    looked = client.post(f"/{edition.code}/console/hs", **send)
    assert "Headings: 1. Subheadings: 3. Wrong rows: 0." in looked.text
    assert "Codes are checked by chapter and heading only." in client.get(page).text
    send["data"] = {"file": (BytesIO(FILE.encode()), "hs.csv"), "act": "take"}
    taken = client.post(f"/{edition.code}/console/hs", **send, follow_redirects=True)
    assert ("HS codes taken over: 4." in taken.text, problems(taken.text)) == (True, [])
    public = app.test_client()
    assert "4 headings and subheadings" in public.get(f"{page}?lang=en").text
    assert "0409.00" in public.get(f"{page}?q=hon").text
    found = public.get(f"{page}?q=0901.1&lang=ur")
    assert ("0901.12" in found.text, "0409.00" in found.text, problems(found.text)) == (True, False, [])
    assert "No code fits" in public.get(f"{page}?q=%25_&lang=en").text
    assert public.post(f"/{edition.code}/console/hs").status_code in (302, 400, 401)


def test_a_file_with_a_wrong_row_is_not_taken_over(client, session):
    edition = an_edition(session)
    sign_in(client, session, role="organiser", edition=edition)
    for data, said in (
        (FILE + "x,090111,Again,,\n", "comes twice"),
        ("", "Choose a file first"),
        ("\x00", ""),
    ):
        send = {"file": (BytesIO(data.encode()), "hs.csv"), "act": "take"}
        answer = client.post(f"/{edition.code}/console/hs", data=send, content_type="multipart/form-data")
        assert (answer.status_code, said in answer.text) == (200, True)
    assert "Codes are checked by chapter and heading only." in client.get(f"/{edition.code}/hs").text


def test_sections_and_chapters_say_what_is_shown_of_them(client, session):
    edition = an_edition(session, is_public=True)
    exhibitor = an_exhibitor(session, edition)
    for name, key in (("Honey", "040900-KG-a"), ("Cheese", "040690-KG-b")):
        a_product(session, exhibitor, hs=key[:6], name={"en": name}, kind_key=key)
    session.commit()
    page = client.get(f"/{edition.code}/hs?lang=en").text
    assert (page.count('<details class="hs-section"'), page.count("2 kinds here")) == (21, 2)
    found = client.get(f"/{edition.code}/hs?q=rice,%20g&lang=en").text
    assert "No code fits" in found
    assert "Cereals" in client.get(f"/{edition.code}/hs?q=谷物&lang=en").text
