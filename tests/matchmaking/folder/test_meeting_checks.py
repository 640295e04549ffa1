"""Files of meetings and of words about them that the database would refuse, each told by its place."""

import pytest

from expo.spreadsheets import csv_bytes
from matchmaking.folder import services
from tests.matchmaking.folder import small


def table(heads: str, *rows: str) -> bytes:
    return csv_bytes([line.split("|") for line in (heads, *rows)])


NOW = "2023-06-16T01:30:00.000000Z"
SOON = "2023-06-16T01:40:00.000000Z"
SITS = "number|buyer|exhibitor|slot|table|state|buyer_person|interpreter|starts"
ONE = table("number|buyer|exhibitor|slot|table|state", "1|B1|EX1|3|1|held", "2|B1|EX2|4|1|no_show")
PERSON = table("number|buyer|name", "1|B1|Wang")
ASKED = table(
    "number|buyer|exhibitor|asked_by|turn|state|settled_at|asked_at|expires_at",
    f"1|B1|EX1|buyer|supplier|lapsed|{NOW}|{NOW}|{NOW}",
)


@pytest.mark.parametrize(
    ("given", "file", "wrong"),
    [
        ({"delegates": table("number|name", "1|Wang")}, "delegates", [(2, "buyer")]),
        ({"delegates": table("number|name|buyer|exhibitor", "1|Wang|B1|EX1")}, "delegates",
         [(2, "exhibitor")]),
        ({"delegates": table("number|name|buyer|unavailable_slots", "1|Wang|B1|99")}, "delegates",
         [(2, "unavailable_slots")]),
        ({"meeting_tables": table("number|exclusive", "1|yes")}, "meeting_tables", [(2, "exclusive")]),
        ({"meeting_tables": table("number|buyer", "1|B1", "2|B1")}, "meeting_tables", [(3, "buyer")]),
        ({"meeting_tables": table("number|buyer|exhibitor", "1|B1|EX1")}, "meeting_tables", [(2, "buyer")]),
        ({"meeting_day": table("grace_minutes", "3", "4")}, "meeting_day", [(3, "")]),
        ({"meetings": table(SITS, "1|B1|EX1|99|1||||")}, "meetings", [(2, "slot")]),
        ({"meetings": table(SITS, "1|B1|EX1|1|1||||2023-06-16 09:30")}, "meetings", [(2, "ends")]),
        ({"meetings": table(SITS, "1|B1|EX1|1|1|over|||")}, "meetings", [(2, "state")]),
        ({"meetings": table(SITS, "1|B1|EX1|1|1||||", "2|B1|EX2|1|2||||")}, "meetings", [(3, "buyer")]),
        ({"meetings": table(SITS, "1|B1|EX1|1|1||||", "2|B1|EX1|2|1||||")}, "meetings", [(3, "exhibitor")]),
        ({"meetings": table(SITS, "1|B1|EX1|1|1||1||")}, "meetings", [(2, "buyer_person")]),
        ({"meetings": table(SITS, "1|B1|EX1|1|1||||"), "delegates": PERSON}, "meetings",
         [(2, "buyer_person")]),
        ({"meetings": table(SITS, "1|B1|EX1|1|1|cancelled||1|"),
          "interpreters": table("number|name", "1|Chen")}, "meetings", [(2, "interpreter")]),
        ({"meetings": table(SITS, "1|B1|EX1|1|1|||1|"),
          "interpreters": table("number|name|unavailable_slots", "1|Chen|1; 2")}, "meetings",
         [(2, "interpreter")]),
        ({"meetings": table("number|buyer|exhibitor|slot|table|reasons", '1|B1|EX1|1|1|[["hs_6",1,2]]')},
         "meetings", [(2, "reasons")]),
        ({"meetings": ONE, "meeting_attendance": table("meeting|side|arrived_at", f"2|buyer|{NOW}")},
         "meeting_attendance", [(2, "arrived_at")]),
        ({"meetings": ONE, "meeting_attendance": table("meeting|side|arrived_at", f"2|buyer|{SOON}"),
          "meeting_no_shows": table("meeting|side|noted_at", f"2|supplier|{NOW}")},
         "meeting_attendance", [(2, "arrived_at")]),
        ({"meetings": ONE, "meeting_no_shows": table("meeting|side|noted_at", f"1|buyer|{NOW}")},
         "meeting_no_shows", [(2, "meeting")]),
        ({"meetings": ONE, "meeting_feedback": table("meeting|side|rating|given_at", f"2|buyer|4|{NOW}")},
         "meeting_feedback", [(2, "meeting")]),
        ({"meetings": ONE, "meeting_feedback": table(
            "meeting|side|rating|given_at|expected|currency", f"1|buyer|9|{NOW}|10|CNY",
            f"1|supplier|4|{NOW}|10|")}, "meeting_feedback", [(2, "rating"), (3, "currency")]),
        ({"agenda_versions": table("number|kind|at", f"2|hand|{NOW}")}, "agenda_versions", [(2, "number")]),
        ({"request_messages": table("request|side|body|written_at", f"1|buyer|Hello|{NOW}")},
         "request_messages", [(2, "request")]),
        ({"meeting_requests": ASKED, "request_messages": table(
            "request|side|body|written_at", f"1|buyer|{'x' * 2001}|{NOW}")}, "request_messages",
         [(2, "body")]),
        ({"meeting_requests": ASKED, "request_complaints": table(
            "request|side|reported_at|outcome", f"1|buyer|{NOW}|warned", f"1|supplier|{NOW}|",
            f"1|supplier|{NOW}|")}, "request_complaints", [(2, "handled_at"), (4, "side")]),
        ({"meeting_requests": ASKED, "request_offers": table(
            "request|side|buyer|exhibitor|offered_at", f"1|supplier|B1|EX2|{NOW}")}, "request_offers",
         [(2, "exhibitor")]),
        ({"put_aside": table("by|buyer|exhibitor|at", *2 * [f"buyer|B1|EX2|{NOW}"])}, "put_aside",
         [(3, "exhibitor")]),
        ({"exports": table("country|chapter|value", "KZ|04|1")}, "exports", [(2, "country")]),
        ({"export_source": table("source", "an office"),
          "exports": table("country|chapter|value", "KZ|04|1", "KZ|04|2")}, "exports", [(3, "chapter")]),
        ({"nomenclature": table("code|name_en", "040900|Honey", "040900|Honey")}, "nomenclature",
         [(3, "code")]),
        ({"nomenclature": table("code|name_en", "0409|Honey")}, "nomenclature", [(2, "code")]),
    ],
)  # fmt: skip
def test_what_the_database_would_refuse_is_named(given, file, wrong):
    _parsed, problems = services.read_files(small.files(**given))
    assert [(one.file, one.row, one.column) for one in problems.listed] == [
        (f"{file}.csv", *w) for w in wrong
    ]


def test_a_planned_meeting_and_a_no_are_named():
    given = {"meetings": table(SITS, "1|B1|EX1|1|1||||"),
             "meeting_refusals": table("buyer|exhibitor|side|refused_at", f"B1|EX1|buyer|{NOW}")}  # fmt: skip
    _parsed, problems = services.read_files(small.files(**given))
    assert [(one.file, one.row) for one in problems.listed] == [("meeting_refusals.csv", 2)]


def test_a_party_may_agree_to_as_many_meetings_at_once_as_it_has_people(session):
    heads = "buyer|exhibitor|asked_by|turn|state|slot|settled_at|asked_at|expires_at"
    agreed = [f"B1|EX{n}|buyer|supplier|agreed|1|{NOW}|{NOW}|{NOW}" for n in (1, 2)]
    given = {"meeting_requests": table(heads, *agreed)}
    assert len(services.read_files(small.files(**given))[1]) == 1
    people = table("number|buyer|name", "1|B1|Wang", "2|B1|Li")
    parsed, problems = services.read_files(small.files(**given, delegates=people))
    assert [str(one) for one in problems.listed] == []
    assert services.import_edition(session, parsed).code == "small-2023"
