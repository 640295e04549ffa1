"""Papers of the day: everything that was agreed stands on them, in any script, whatever was typed."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from expo.exhibitors.models import Organisation
from expo.web.language import as_time, at_venue
from matchmaking.catalogue.models import Need
from matchmaking.meetings.models import Delegate
from matchmaking.onsite import prints
from matchmaking.onsite.models import Interpreter, InterpreterDuty
from matchmaking.onsite.prints import agendas
from matchmaking.requests.grid import grid
from tests.matchmaking.onsite.making import a_day, a_meeting_now

HOSTILE = '#read("/etc/passwd") *_$@<label> \\ `x` #panic("no")'
LONG = "W" * 90


@pytest.fixture
def fair(session):
    return a_day(session)


def pages_of(document: bytes) -> list[str]:
    """The text of each page, without line breaks."""
    opened = pypdfium2.PdfDocument(document)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def agenda(session, edition, buyer, language="en", **given) -> bytes:
    return prints.agenda_pdf(
        session, edition, ("buyer", buyer.id), {"en": "Silk Road Ltd."}, buyer.code, language, **given
    )


def called(session, party, name) -> None:
    organisation = session.get_one(Organisation, party.organisation_id)
    organisation.name = name
    session.add(organisation)
    session.flush()


@pytest.fixture
def meeting(session, fair):
    edition, buyers, sellers = fair
    need = Need(buyer_id=buyers[0].id, position=1, hs="0901", text={"en": "Coffee beans"})
    interpreter = Interpreter(edition_id=edition.id, name="Li Wei", languages=["zh", "ru"])
    anna = Delegate(edition_id=edition.id, buyer_id=buyers[0].id, name="Anna Lee")
    session.add_all((need, interpreter, anna))
    session.flush()
    reasons = [["hs_6", 1, 1, {"offered": ["090111"]}], ["languages_none", 0, 1, {}]]
    meeting = a_meeting_now(
        session,
        edition,
        buyers[0],
        sellers[0],
        table=3,
        need_position=1,
        reasons=reasons,
        buyer_delegate_id=anna.id,
    )
    session.add(
        InterpreterDuty(
            edition_id=edition.id, interpreter_id=interpreter.id, meeting_id=meeting.id, slot=meeting.slot
        )
    )
    session.flush()
    return meeting


def test_an_agenda_says_when_where_whom_why_and_who_interprets(app, session, fair, meeting):
    edition, buyers, sellers = fair
    called(session, sellers[0], {"en": "Clear Spring LLC"})
    with app.app_context():
        made = agenda(session, edition, buyers[0], person=(meeting.buyer_delegate_id, "Anna Lee"))
        with at_venue(edition):
            hours = [as_time(meeting.starts_at), as_time(meeting.ends_at)]
    (page,) = pages_of(made)
    for words in (
        *hours, "Silk Road Ltd.", "Anna Lee", buyers[0].code, "Clear Spring LLC", "Coffee beans", "1 meeting",
        "Interpreter: Li Wei", "offers exactly what is wanted (HS 090111)", "To settle: no common language",
        "Printed",
    ):  # fmt: skip
        assert words in page, words


def test_an_agenda_is_read_aloud_by_its_headings(app, session, fair, meeting):
    edition, buyers, _sellers = fair
    with app.app_context():
        made = agenda(session, edition, buyers[0], "ur")
    opened = pypdfium2.PdfDocument(made)
    assert [entry.level for entry in opened.get_toc()] == [0, 1]
    with pikepdf.open(BytesIO(made)) as whole:
        assert (str(whole.Root.Lang), bool(whole.Root.MarkInfo.Marked)) == ("ur", True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_people_typed_is_printed_and_never_obeyed(app, session, fair, meeting, language):
    edition, buyers, sellers = fair
    called(session, sellers[0], {"en": f"{HOSTILE}\u202e\x01"})
    with app.app_context():
        (page,) = pages_of(agenda(session, edition, buyers[0], language))
    assert HOSTILE.replace(" ", "") in page.replace(" ", "")
    assert "root:" not in page


def test_no_word_leaves_the_page(app, session, fair, meeting):
    edition, buyers, sellers = fair
    called(session, sellers[0], {"en": LONG})
    with app.app_context():
        made = agenda(session, edition, buyers[0])
    page = pypdfium2.PdfDocument(made)[0]
    edges = [page.get_textpage().get_charbox(n)[2] for n in range(page.get_textpage().count_chars())]
    assert max(edges) < page.get_width() - 30


def test_what_goes_on_overleaf_repeats_whose_it_is_and_the_heads_of_its_columns(app, session):
    edition, buyers, sellers = a_day(session, exhibitors=24)
    for number, seller in enumerate(sellers):
        called(session, seller, {"en": "Clear Spring Harvest and Garments Company of the Four Winds"})
        a_meeting_now(session, edition, buyers[0], seller, later=number)
    with app.app_context():
        first, *others = pages_of(agenda(session, edition, buyers[0]))
    assert others
    for number, page in enumerate(others, 2):
        assert page.startswith(f"Silk Road Ltd. · {buyers[0].code}")
        assert page.endswith(f"{buyers[0].code} · {number} / {len(others) + 1}")
        assert "Whom you meet" in page


def test_everybodys_print_stops_when_asked_to(app, session, fair, monkeypatch):
    edition, buyers, sellers = fair
    a_meeting_now(session, edition, buyers[0], sellers[0])
    monkeypatch.setattr(agendas, "PER_PART", 1)
    with app.app_context():
        assert prints.all_agendas_pdf(session, edition, "en", lambda _done, _total: False) == b""


def test_an_interpreter_finds_both_sides(app, session, fair, meeting):
    edition, buyers, sellers = fair
    called(session, buyers[0], {"en": "Red Poppy"})
    called(session, sellers[0], {"zh": "青岛诺信"})
    number = session.get_one(InterpreterDuty, meeting.id).interpreter_id
    with app.app_context():
        (page,) = pages_of(prints.interpreter_pdf(session, edition, number, "\U0001f375", "en"))
    assert "Red Poppy" in page
    assert "青岛诺信" in page


def test_the_table_plan_has_a_sheet_for_each_slot(app, session, fair, meeting):
    edition, _buyers, sellers = fair
    called(session, sellers[0], {"en": "Clear Spring LLC"})
    slots = grid(edition.meetings, edition.zone_info)[meeting.slot - 1 : meeting.slot + 1]
    with app.app_context():
        taken, empty = pages_of(prints.table_plan_pdf(session, edition, slots, "en"))
    assert "Clear Spring LLC" in taken
    assert "Nobody meets at this time" in empty


def test_all_tables_have_a_card_at_once(app, session, fair):
    edition, _buyers, _sellers = fair
    with app.app_context():
        made = pages_of(prints.tent_cards_pdf(edition, list(range(1, 301)), "ru"))
    assert len(made) == 300
    assert made[299].count("300") == 2
