"""A small whole edition as the files of a folder, to be bent by tests."""

from expo.spreadsheets import csv_bytes

TOML = """\
code = "small-2023"
country = "CN"
timezone = "Asia/Shanghai"
currency = "CNY"
languages = ["en", "zh"]
starts_on = 2023-06-15
ends_on = 2023-06-18
gross_m2 = 500
seed = 7
is_public = true

[name]
en = "Small expo"
zh = "小型博览会"

[city]
en = "Qingdao"

[[days]]
date = 2023-06-15
programme_from = "09:00"
programme_until = "18:00"
breaks = [["12:00", "13:30"]]

[[days]]
date = 2023-06-16

[meetings]
days = ["2023-06-16"]
start = "09:30"
end = "17:00"
slot_minutes = 20
breaks = [["12:00", "13:30"]]
tables = 60
morning_until = "12:30"

[prices]
shell_m2 = "1200.50"
tax_percent = "6"

[points_rule]
years = 2
area = "0.5"

[[rates]]
currency = "USD"
on_date = 2023-06-15
rate = "7.143"
source = "implied by the published totals"

[[country_groups]]
code = "SCO"
country = "KZ"
since = 2001-06-15

[programme]
setup_min = 7
travel_min = 15
"""

TABLES: dict[str, list[dict]] = {
    "halls": [
        {
            "code": "H1",
            "name_en": "Hall 1",
            "name_ru": "Зал 1",
            "width_m": "30",
            "depth_m": "20.5",
            "site_x_m": "0",
            "site_y_m": "0",
            "entrances": "N1@15/0; S1@15.5/20.5",
            "columns": "10/10/0.8/0.8",
            "outline": "0/0; 30/0; 30/15; 20/15; 20/20.5; 0/20.5",
            "walls": "0/18/9.5/18",
            "aisles": "Silk Road@0/6/30/3",
            "utilities": "power@12/9; water:W3@13/9",
            "zone_areas": "INT@0/0/9/15; IND@9/0/12/15",
            "clear_height_cm": "900",
            "load_kg_m2": "1500",
        },
    ],
    "zones": [
        {
            "code": "INT",
            "name_en": "International",
            "gross_m2": "300",
            "net_m2": "100",
            "hue": "2",
            "countries": "KZ; PK",
        },
        {
            "code": "IND",
            "name_en": "Industry",
            "name_ur": "صنعت",
            "gross_m2": "200",
            "net_m2": "90",
            "hue": "3",
        },
    ],
    "stands": [
        {
            "code": f"A-{n:02}",
            "hall": "H1",
            "zone": "INT" if n < 3 else "IND",
            "kind": "shell",
            "x_m": str(3 * n),
            "y_m": "0",
            "width_m": "3",
            "depth_m": "3",
            "open_sides": "NS",
            "power_kw": "3",
        }
        for n in range(5)
    ],
    "exhibitors": [
        {
            "code": "EX1",
            "name_en": "Alatau Honey",
            "name_ru": "Алатау Мёд",
            "country": "KZ",
            "size": "small",
            "city": "Almaty",
            "website": "https://example.com/honey",
            "email": "a@example.com",
            "phone": "+7 727 000",
            "sector": "food",
            "profile_en": 'Honey, "raw"',
            "area_m2": "9",
            "shape": "corner",
            "zones": "INT",
            "wishes": "corner; beside:EX2; stand:A-01",
            "rivals": "EX3",
            "apart": "EX2",
            "partners": "EX2",
            "least_m2": "6",
            "water": "yes",
            "load_kg_m2": "800",
            "power_kw": "2",
            "height_cm": "250",
            "points": "14.5",
            "points_origin": "years:12; area:4.5; violations:-2",
            "paid_on": "2023-03-01",
            "newcomer": "no",
            "contact_name": "=Cmd",
            "contact_email": "b@example.com",
            "state": "accepted",
        },
        {
            "code": "EX2",
            "name_en": "Body of Trade",
            "country": "PK",
            "size": "large",
            "area_m2": "18",
            "shape": "block",
            "rivals": "EX1",
            "pavilion_m2": "60",
            "height_cm": "400",
            "newcomer": "yes",
            "state": "accepted",
        },
        {
            "code": "EX3",
            "name_en": "Member",
            "country": "PK",
            "size": "medium",
            "area_m2": "9",
            "shape": "any",
            "lead": "EX2",
            "height_cm": "250",
            "newcomer": "no",
            "state": "accepted",
        },
    ],
    "products": [
        {
            "code": "P1",
            "exhibitor": "EX1",
            "name_en": "Mountain honey",
            "hs": "040900",
            "origin": "KZ",
            "quantity": "1200.5",
            "unit": "kg",
            "price": "38.00",
            "currency": "CNY",
            "incoterm": "FOB",
            "certificates": "halal; organic",
        },
        {
            "code": "P2",
            "exhibitor": "EX2",
            "name_en": "Rice",
            "hs": "100630",
            "origin": "PK",
            "quantity": "10",
            "unit": "t",
            "price": "500",
            "currency": "JPY",
        },
    ],
    "buyers": [
        {
            "code": "B1",
            "name_en": "Shops of Urumqi",
            "country": "CN",
            "size": "large",
            "email": "c@example.com",
            "contact_name": "Wang",
            "languages": "zh; ru",
            "min_meetings": "1",
            "max_meetings": "6",
            "unavailable_slots": "1; 2; 14",
        },
    ],
    "needs": [
        {
            "buyer": "B1",
            "hs": "0409",
            "text_en": "Honey",
            "quantity": "500",
            "unit": "kg",
            "max_price": "45.50",
            "currency": "CNY",
            "certificates": "halal",
            "countries": "KZ; KG",
        },
        {"buyer": "B1", "hs": "10", "quantity": "0", "unit": "t", "max_price": "0.00", "currency": "CNY"},
    ],
    "rooms": [
        {
            "code": "R1",
            "name_en": "Great hall",
            "building": "West",
            "capacity": "500",
            "booths": "3",
            "equipment": "screen; stage",
            "layouts": "theatre:500; banquet:200",
            "change_min": "45",
        },
        {"code": "R2", "name_en": "Annex", "building": "East", "capacity": "60"},
    ],
    "ways": [{"one": "East", "other": "West", "minutes": "12"}],
    "forums": [
        {"code": "OPEN", "name_en": "Opening", "kind": "ceremony", "is_main": "yes", "hue": "1"},
        {
            "code": "ENERGY",
            "name_en": "Energy",
            "kind": "roundtable",
            "is_main": "no",
            "hue": "4",
            "position": "2",
            "chairs": "SP2; SP1",
        },
    ],
    "speakers": [
        {
            "code": "SP1",
            "name_en": "Aigul",
            "title_en": "Director",
            "organisation": "Alatau",
            "country": "KZ",
            "email": "d@example.com",
            "languages": "ru; en",
            "address_en": "H. E.",
            "language": "ru",
            "notes": "Arrives late",
        },
        {"code": "SP2", "name_zh": "王伟", "country": "CN", "languages": "zh"},
    ],
    "talks": [
        {
            "code": "OPEN01",
            "forum": "OPEN",
            "title_en": "Opening",
            "kind": "ceremony",
            "minutes": "90",
            "language": "zh",
            "interpretation": "en; ru",
            "equipment": "stage",
            "alone": "yes",
            "fixed_room": "R1",
            "fixed_start": "2023-06-15 09:00",
            "on_date": "2023-06-15",
            "speakers": "SP1; SP2:chair",
        },
        {
            "code": "ENER01",
            "forum": "ENERGY",
            "title_en": "Grids",
            "kind": "talk",
            "minutes": "30",
            "language": "en",
            "after": "OPEN01",
            "state": "accepted",
            "layout": "banquet",
            "seats": "80",
            "setup_min": "10",
            "notes": "Ask for slides",
            "alone": "no",
            "speakers": "SP2",
        },
    ],
    "availability": [
        {"kind": "speaker", "code": "SP1", "from": "2023-06-15 08:00", "until": "2023-06-15 19:00"},
        {"kind": "room", "code": "R1", "from": "2023-06-15 00:00", "until": "2023-06-16 00:00"},
    ],
    "people": [
        {
            "code": "V1",
            "kind": "visitor",
            "name_zh": "李娜",
            "organisation": "Shops",
            "position": "Buyer",
            "country": "CN",
            "email": "e@example.com",
            "language": "zh",
            "stars": "OPEN01; ENER01",
        },
        {"code": "V2", "kind": "exhibitor", "name_en": "Dana", "language": "en", "exhibitor": "EX1"},
        {"code": "V3", "kind": "speaker", "name_en": "Aigul", "language": "en", "speaker": "SP1"},
    ],
}


def csv_of(rows: list[dict]) -> bytes:
    """Rows as CSV with the union of their heads."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return csv_bytes([heads, *([row.get(head, "") for head in heads] for row in rows)])


def files(**tables: list[dict] | bytes) -> dict[str, bytes]:
    """The whole folder, with some tables replaced by other rows or bytes."""
    wanted = TABLES | tables
    made = {f"{name}.csv": rows if isinstance(rows, bytes) else csv_of(rows) for name, rows in wanted.items()}
    return {"edition.toml": TOML.encode(), **made}


def changed(table: str, place: int, **cells: str) -> dict[str, list[dict]]:
    """The rows of a table with cells of one row changed, to be given to `files`."""
    rows = [dict(row) for row in TABLES[table]]
    rows[place] |= cells
    return {table: rows}
