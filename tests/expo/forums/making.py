"""A small programme of values for the pure modules of the room."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from expo.forums.programme import Fair, Item, Part, Place, Programme, Track

ZONE = ZoneInfo("Asia/Shanghai")
OPENING = Track("OPEN", {"en": "Opening"}, {}, "ceremony", True, 1, "A")
ENERGY = Track("ENE", {"en": "Energy", "ru": "Энергетика"}, {}, "forum", False, 2, "B")
HALL = Place("HALL", {"en": "Grand hall", "zh": "大会堂"}, "Main", 800)
SIDE = Place("SIDE", {"en": "Room 201"}, "Main", 120)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in June 2023 in Qingdao."""
    return datetime(2023, 6, day, hour, minute, tzinfo=ZONE)


def a_part(number: int = 1, role: str = "speaker", name: str = "Aigul Bekova") -> Part:
    return Part(number, f"SP{number:03d}", {"en": name}, {}, {}, "Kyrgyz Honey", "KG", role)


def an_item(number: int, start: datetime, end: datetime, **given) -> Item:
    values = {
        "title": {"en": f"Talk {number}", "ru": f"Доклад {number}"},
        "abstract": {},
        "kind": "talk",
        "language": "en",
        "interpretation": (),
        "alone": False,
        "track": ENERGY,
        "room": SIDE,
        "parts": (),
    } | given
    return Item(number, f"T{number:05d}", UUID(int=number), start=start, end=end, **values)


def a_programme(*items: Item, version: str = "1", released_at: datetime | None = None) -> Programme:
    return Programme(
        Fair("qingdao-2023", {"en": "SCO Expo"}, date(2023, 6, 15), date(2023, 6, 18), "Asia/Shanghai"),
        version,
        {},
        released_at or datetime(2023, 5, 1, 8, tzinfo=UTC),
        (OPENING, ENERGY),
        (HALL, SIDE),
        tuple(sorted(items, key=lambda item: (item.start, item.room.code, item.code))),
    )
