"""Whatever is wrong with the cells of a folder is told with file, row, column and reason, all at once."""

import pytest

from expo.venue import notation
from matchmaking.folder import services
from matchmaking.folder.problems import MOST_LISTED
from tests.matchmaking.folder import small
from tests.matchmaking.folder.reading import found, settings
from tests.matchmaking.folder.small import TABLES, changed, files


def test_the_small_folder_has_no_problem():
    assert found(files()) == []


CELLS = [
    ("stands", 1, {"code": "A-00"}, ("stands.csv", 3, "code", "This code is already in row 2.")),
    ("stands", 1, {"code": ""}, ("stands.csv", 3, "code", "The cell is empty.")),
    ("stands", 1, {"code": "A;1"}, ("stands.csv", 3, "code", "A code cannot hold ; or : or a line break.")),
    ("stands", 4, {"hall": "H9"}, ("stands.csv", 6, "hall", "There is no such hall.")),
    ("stands", 4, {"x_m": "8.5"}, ("stands.csv", 6, "x_m", "The stand overlaps A-02 in row 4.")),
    ("stands", 4, {"x_m": "28"},
     ("stands.csv", 6, "x_m", "The stand reaches out of its hall, which measures 30 m there.")),
    ("stands", 4, {"x_m": "-3"}, ("stands.csv", 6, "x_m", "The number is negative.")),
    ("stands", 4, {"x_m": "9,5"},
     ("stands.csv", 6, "x_m",
      "This is not a number; write a point before decimals and nothing between thousands.")),
    ("stands", 4, {"x_m": "9.005"}, ("stands.csv", 6, "x_m", "The number has more than 2 decimals.")),
    ("stands", 4, {"width_m": "0"}, ("stands.csv", 6, "width_m", "The size is more than zero.")),
    ("stands", 4, {"open_sides": "NX"},
     ("stands.csv", 6, "open_sides", "Open sides are letters among N, E, S and W, each once.")),
    ("halls", 0, {"outline": "0/0; 30/20; 30/0; 0/20"},
     ("halls.csv", 2, "outline",
      "The outline crosses itself or has a corner twice; draw it round in one line.")),
    ("halls", 0, {"zone_areas": "NO@0/0/5/5"}, ("halls.csv", 2, "zone_areas", "There is no zone NO.")),
    ("halls", 0, {"utilities": "gold@0/0"},
     ("halls.csv", 2, "utilities", str(notation.UTILITY))),
    ("halls", 0, {"walls": "1/0/1/20"},
     ("stands.csv", 2, "x_m", "A wall would run through stand A-00.")),
    ("zones", 0, {"net_m2": "26"},
     ("zones.csv", 2, "net_m2", "The stands of this zone take 27 m², more than its net area.")),
    ("zones", 1, {"net_m2": "201"},
     ("zones.csv", 3, "net_m2", "The net area is more than the gross area, 200 m².")),
    ("zones", 1, {"gross_m2": "201"},
     ("zones.csv", 3, "gross_m2",
      "The zones add up to 501 m² gross, more than the 500 m² of the edition.")),
    ("zones", 1, {"hue": "9"}, ("zones.csv", 3, "hue", "The number is more than 8.")),
    ("exhibitors", 0, {"country": "XX"},
     ("exhibitors.csv", 2, "country",
      "This country is not known; write its two letters (ISO 3166), like KZ.")),
    ("exhibitors", 0, {"name_en": "", "name_ru": ""},
     ("exhibitors.csv", 2, "name_en", "The cell is empty in every language.")),
    ("exhibitors", 2, {"name_en": "BODY  of trade"},
     ("exhibitors.csv", 4, "name_en", "An organisation of this name and country is already in row 3.")),
    ("exhibitors", 0, {"wishes": "beside:EX9"},
     ("exhibitors.csv", 2, "wishes", "There is no such exhibitor.")),
    ("exhibitors", 0, {"wishes": "stand:Z-99"}, ("exhibitors.csv", 2, "wishes", "There is no such stand.")),
    ("exhibitors", 0, {"wishes": "beside:EX1"},
     ("exhibitors.csv", 2, "wishes", "Nobody can stand beside themselves.")),
    ("exhibitors", 0, {"wishes": "corner:A"},
     ("exhibitors.csv", 2, "wishes",
      "The wish beside, stand, zone or hall names a code after a colon; the others stand alone.")),
    ("exhibitors", 0, {"wishes": "window"},
     ("exhibitors.csv", 2, "wishes",
      "A wish is one of: near_entrance, corner, beside, stand, zone, hall.")),
    ("exhibitors", 0, {"rivals": "EX7"}, ("exhibitors.csv", 2, "rivals", "There is no such exhibitor.")),
    ("exhibitors", 0, {"rivals": "EX1"}, ("exhibitors.csv", 2, "rivals", "Nobody is their own rival.")),
    ("exhibitors", 1, {"lead": "EX1"},
     ("exhibitors.csv", 3, "lead",
      "This exhibitor leads a pavilion, so it cannot be a member of another one.")),
    ("exhibitors", 0, {"website": "javascript:alert(1)"},
     ("exhibitors.csv", 2, "website", "A web address begins with https:// or http:// and has no spaces.")),
    ("exhibitors", 0, {"email": "nobody"}, ("exhibitors.csv", 2, "email", "This is not an e-mail address.")),
    ("exhibitors", 0, {"paid_on": "01.03.2023"},
     ("exhibitors.csv", 2, "paid_on", "This is not a date; write it like 2023-06-15.")),
    ("exhibitors", 0, {"points_origin": "years"},
     ("exhibitors.csv", 2, "points_origin", "Points are written source:points, like years:12.")),
    ("exhibitors", 0, {"newcomer": "maybe"}, ("exhibitors.csv", 2, "newcomer", "Write yes or no.")),
    ("products", 0, {"hs": "770100"}, ("products.csv", 2, "hs", "This HS code is not known.")),
    ("products", 0, {"hs": "40900"},
     ("products.csv", 2, "hs", "This HS code is not known; was a leading zero lost?")),
    ("products", 0, {"hs": "0409"}, ("products.csv", 2, "hs", "An HS code has 6 digits here.")),
    ("products", 0, {"price": "-1"}, ("products.csv", 2, "price", "The number is negative.")),
    ("products", 0, {"price": "#REF!"},
     ("products.csv", 2, "price", "The cell holds an error of the spreadsheet.")),
    ("products", 1, {"price": "1.5"}, ("products.csv", 3, "price", "JPY has 0 decimals.")),
    ("products", 0, {"currency": "RMB"},
     ("products.csv", 2, "currency",
      "This currency is not known; write its three letters (ISO 4217), like CNY.")),
    ("products", 0, {"exhibitor": "EX9"},
     ("products.csv", 2, "exhibitor", "There is no such exhibitor.")),
    ("products", 0, {"incoterm": "ABC"},
     ("products.csv", 2, "incoterm",
      "Write one of: EXW, FCA, CPT, CIP, DAP, DPU, DDP, FAS, FOB, CFR, CIF, DAT.")),
    ("buyers", 0, {"unavailable_slots": "1; 99"},
     ("buyers.csv", 2, "unavailable_slots", "There are only 17 meeting slots.")),
    ("buyers", 0, {"max_meetings": "0"},
     ("buyers.csv", 2, "max_meetings", "The most is less than the fewest meetings.")),
    ("needs", 0, {"buyer": "B9"}, ("needs.csv", 2, "buyer", "There is no such buyer.")),
    ("rooms", 0, {"capacity": "0"}, ("rooms.csv", 2, "capacity", "The number is less than 1.")),
    ("forums", 1, {"is_main": "yes"},
     ("forums.csv", 3, "is_main", "The main event is already in row 2; there is exactly one.")),
    ("forums", 0, {"is_main": "no"},
     ("forums.csv", 0, "is_main", "One forum must be the main event; none is.")),
    ("speakers", 0, {"languages": "ru; klingon"},
     ("speakers.csv", 2, "languages", "This language is not known; write its code (ISO 639), like ru.")),
    ("talks", 1, {"code": "x1"},
     ("talks.csv", 3, "code", "A talk's code has six capital letters or digits, like T00042.")),
    ("talks", 1, {"minutes": "600"}, ("talks.csv", 3, "minutes", "The talk is longer than its day.")),
    ("talks", 1, {"minutes": "300"},
     ("talks.csv", 3, "minutes", "The talk is longer than any time between breaks.")),
    ("talks", 1, {"on_date": "2023-06-16"},
     ("talks.csv", 3, "on_date", "There is no programme on this day.")),
    ("talks", 1, {"fixed_start": "2023-06-15 17:45"},
     ("talks.csv", 3, "fixed_start", "The talk is not within the hours of its day.")),
    ("talks", 1, {"fixed_start": "2023-06-15 11:45"},
     ("talks.csv", 3, "fixed_start", "The talk runs into a break.")),
    ("talks", 1, {"fixed_start": "2023-06-15 10:00"},
     ("talks.csv", 3, "speakers",
      "This person is fixed in talk OPEN01 (row 2) at the same time.")),
    ("talks", 1, {"fixed_start": "2023-06-15 10:00", "fixed_room": "R1", "speakers": ""},
     ("talks.csv", 3, "fixed_room", "Talk OPEN01 (row 2) is fixed in this room at the same time.")),
    ("talks", 0, {"after": "ENER01"},
     ("talks.csv", 2, "after", "These talks wait for each other: OPEN01 → ENER01 → OPEN01.")),
    ("talks", 0, {"after": "NOSUCH"}, ("talks.csv", 2, "after", "There is no such talk.")),
    ("talks", 0, {"fixed_room": "R9"}, ("talks.csv", 2, "fixed_room", "There is no such room.")),
    ("talks", 0, {"speakers": "SP1; SP1:chair"},
     ("talks.csv", 2, "speakers", "This person has two parts in the same talk.")),
    ("talks", 0, {"speakers": "SP1:boss"},
     ("talks.csv", 2, "speakers", "A part in a talk is one of: speaker, chair, interpreter.")),
    ("availability", 0, {"until": "2023-06-15 08:00"},
     ("availability.csv", 2, "until", "The time ends before it begins.")),
    ("availability", 1, {"code": "R7"}, ("availability.csv", 3, "code", "There is no such room.")),
    ("availability", 1, {"from": "noon"},
     ("availability.csv", 3, "from",
      "This is not a date with a time; write it like 2023-06-15 09:00.")),
    ("people", 0, {"stars": "OPEN01; NOSUCH"}, ("people.csv", 2, "stars", "There is no such talk.")),
    ("people", 0, {"organisation": "x" * 501},
     ("people.csv", 2, "organisation", "The text has 501 characters; 500 are allowed.")),
]  # fmt: skip


@pytest.mark.parametrize(("table", "place", "cells", "problem"), CELLS)
def test_a_bad_cell_is_told_where_it_is(table, place, cells, problem):
    assert problem in found(files(**changed(table, place, **cells)))


def test_a_control_character_is_told():
    data = small.csv_of(TABLES["people"]).replace(b"Buyer", b"a\x07b")
    assert found(files(people=data)) == [
        ("people.csv", 2, "position", "The text holds a control character."),
    ]


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("talks", {"fixed_start": "0001-01-01 00:00", "on_date": ""}),
        ("talks", {"fixed_start": "9999-12-31 23:59", "on_date": ""}),
        ("availability", {"from": "0001-01-01 00:00"}),
        ("availability", {"until": "9999-12-31 23:59"}),
    ],
)
def test_a_year_beyond_all_clocks_is_told(table, cells):
    told = [reason for *_, reason in found(files(**changed(table, 0, **cells)))]
    assert "The year is from 1900 to 2199." in told


def test_a_character_that_no_xml_may_hold_is_told():
    rooms = "code,name_en,capacity\nR1,Great \ufffe hall,500\n".encode()
    assert found(files(rooms=rooms)) == [("rooms.csv", 2, "name_en", "The text holds a control character.")]


def test_too_many_rows_are_told():
    rows = [dict(TABLES["people"][0], code=f"V{n}") for n in range(200)]
    assert found(files(people=rows), max_rows=150) == [
        ("people.csv", 152, "", "The file has more than 150 rows; that is more than is read at once."),
    ]


def test_a_missing_column_and_a_misspelt_one_are_told():
    rows = [{"code": "H1", "nam_en": "Hall", "width_m": "30", "depth_m": "20.5"}]
    assert found(files(halls=rows)) == [
        ("halls.csv", 1, "nam_en", "There is no such column here; is name_en meant?"),
        ("halls.csv", 1, "name_en", "This column is missing."),
    ]


def test_a_column_given_twice_and_a_row_too_long_are_told():
    data = b"code,name_en,width_m,depth_m,code\nH1,Hall,30,20.5,H1,more\n"
    assert found(files(halls=data)) == [
        ("halls.csv", 1, "code", "This column is there twice."),
        ("halls.csv", 2, "", "The row has more cells than there are columns."),
    ]


def test_all_problems_are_listed_up_to_a_limit_and_the_rest_counted():
    rows = [dict(TABLES["people"][0], code=f"V{n}", country="XX") for n in range(MOST_LISTED + 50)]
    _, problems = services.read_files(files(people=rows))
    assert (len(problems.listed), problems.unlisted, len(problems)) == (MOST_LISTED, 50, MOST_LISTED + 50)


def test_problems_of_many_files_are_listed_together():
    bad = changed("stands", 4, x_m="10.5") | changed("products", 0, price="-1", hs="779999")
    assert [problem[:3] for problem in found(files(**bad))] == [
        ("products.csv", 2, "hs"),
        ("products.csv", 2, "price"),
        ("stands.csv", 6, "x_m"),
    ]


def test_a_stand_that_overlaps_many_is_told_each_time():
    rows = [dict(TABLES["stands"][0], code="BIG", width_m="15", zone="IND"), *TABLES["stands"]]
    overlaps = [p for p in found(files(stands=rows)) if p[3] == "The stand overlaps BIG in row 2."]
    assert [row for _, row, _, _ in overlaps] == [3, 4, 5, 6, 7]


def test_an_hour_that_clocks_skip_is_told():
    given = settings('"Asia/Shanghai"', '"Europe/Berlin"')
    rows = changed("availability", 0, **{"from": "2023-03-26 02:30"})
    given["availability.csv"] = files(**rows)["availability.csv"]
    assert ("availability.csv", 2, "from", "This time does not exist: clocks are put forward.") in found(
        given
    )
