"""Forum rooms in two buildings and when two of them can be had."""

from matchmaking.demo.texts import Row, columns, texts

BUILDINGS = ("Forum Centre", "Exhibition Centre")
_ROOMS = (
    ("GRAND", "Grand Hall|大会堂|Большой зал|عظیم ہال", 0, 1500, 6, "screen;sound;stage;streaming"),
    ("A1", "Lotus Hall|莲花厅|Зал «Лотос»|کنول ہال", 0, 400, 4, "screen;sound;stage;streaming"),
    ("A2", "Pine Hall|青松厅|Зал «Сосна»|صنوبر ہال", 0, 300, 4, "screen;sound;streaming"),
    ("A3", "Camellia Room|山茶厅|Зал «Камелия»|کیمیلیا کمرہ", 0, 220, 3, "screen;sound;streaming"),
    ("A4", "Bamboo Room|翠竹厅|Зал «Бамбук»|بانس کمرہ", 0, 160, 3, "screen;sound"),
    ("A5", "Willow Room|垂柳厅|Зал «Ива»|بید کمرہ", 0, 120, 2, "screen;sound"),
    ("B1", "Harbour Room|港湾厅|Зал «Гавань»|بندرگاہ کمرہ", 1, 260, 3, "screen;sound;tables;streaming"),
    ("B2", "Sail Room|风帆厅|Зал «Парус»|بادبان کمرہ", 1, 180, 3, "screen;sound;tables"),
    ("B3", "Lighthouse Room|灯塔厅|Зал «Маяк»|مینار کمرہ", 1, 120, 2, "screen;sound;tables"),
    ("B4", "Anchor Room|锚地厅|Зал «Якорь»|لنگر کمرہ", 1, 80, 2, "screen;sound;tables"),
)
# Room windows; rooms that are not here can be had all day.
OPEN = {
    "GRAND": (("2023-06-15 08:00", "2023-06-15 18:00"), ("2023-06-16 13:00", "2023-06-16 18:00")),
    "B4": (("2023-06-15 13:00", "2023-06-15 18:00"), ("2023-06-16 09:00", "2023-06-16 18:00")),
}


def rooms() -> list[Row]:
    """The rows of the rooms, largest first in each building."""
    return [
        {
            "code": code,
            **columns("name", texts(names)),
            "building": BUILDINGS[building],
            "capacity": capacity,
            "booths": booths,
            "equipment": equipment,
            "layouts": _layouts(capacity, equipment),
            "change_min": 30 if capacity > 200 else 15,
        }
        for code, names, building, capacity, booths, equipment in _ROOMS
    ]


def _layouts(capacity: int, equipment: str) -> str:
    """Rows of chairs hold all there is; desks, and round tables where there are some, hold fewer."""
    seats = {"theatre": capacity, "classroom": capacity * 6 // 10}
    if "tables" in equipment:
        seats["banquet"] = capacity // 2
    return ";".join(f"{layout}:{number}" for layout, number in seats.items())


def ways() -> list[Row]:
    """Minutes on foot between the buildings."""
    return [{"one": BUILDINGS[1], "other": BUILDINGS[0], "minutes": 10}]


def room_windows() -> list[Row]:
    """Availability rows of the rooms."""
    return [
        {"kind": "room", "code": code, "from": start, "until": end}
        for code, windows in OPEN.items()
        for start, end in windows
    ]
