"""Units of quantity, what they measure, and which measures suit goods of a chapter of the Harmonised System.

The kinds of measure follow the WCO's recommended standard units of quantity (weight, length, area, volume,
items, electrical energy), with the packages of everyday trade as items. What a chapter allows is kept wide:
a unit is refused only where it cannot measure such goods.
"""

MASS, COUNT, VOLUME, AREA, LENGTH, ENERGY, WORK = (
    "mass",
    "count",
    "volume",
    "area",
    "length",
    "energy",
    "work",
)

_NAMES = {
    MASS: "g kg t mt lb oz ct carat q cwt",
    VOLUME: "ml cl l hl m3 cbm bbl gal",
    AREA: "cm2 m2 ha sqm",
    LENGTH: "mm cm m km ft yd",
    ENERGY: "kwh mwh gwh mj gj mmbtu",
    WORK: "hour day week month year person-day project service licence trip",
    COUNT: (
        "pcs pc piece pieces unit units item set sets pair pairs prs dozen doz gross head box boxes case lot"
        " carton cartons ctn bag bags sack bottle bottles can cans jar jars pack packs packet bundle bale"
        " roll rolls sheet sheets drum barrel pallet pallets crate container teu feu tube tray basket copy"
        " book thousand vial ampoule dose tablet blister kit system line vehicle car shipment cases"
    ),
}
MEASURES: dict[str, str] = {unit: measure for measure, names in _NAMES.items() for unit in names.split()}
"""Unit (in lower case) → what it measures."""

COMMON = ("pcs", "kg", "t", "l", "m3", "m2", "m", "set", "pair", "box", "bottle", "kWh", "service")
"""What a form offers first."""

_SAME = {
    "m²": "m2",
    "m³": "m3",
    "㎡": "m2",
    "公斤": "kg",
    "吨": "t",
    "件": "pcs",
    "кг": "kg",
    "т": "t",
    "шт": "pcs",
}
_BULK = frozenset({MASS, VOLUME, COUNT})
_ANY = frozenset({MASS, VOLUME, COUNT, AREA, LENGTH})
_ITEMS = frozenset({COUNT, MASS})


def measure_of(unit: str) -> str | None:
    """What a unit measures; None for one we do not know. Case and a closing dot do not matter."""
    plain = unit.strip().rstrip(".").casefold()
    return MEASURES.get(_SAME.get(plain, plain))


def suits(hs: str, unit: str) -> bool:
    """Whether goods of an HS code can be counted in a known unit."""
    measure = measure_of(unit)
    return measure is not None and measure in _allowed(hs)


def _allowed(hs: str) -> frozenset[str]:
    chapter = int(hs[:2])
    if hs[:4] == "2716":
        return frozenset({ENERGY})
    if chapter == 27:
        return _BULK | {ENERGY}
    if chapter <= 24 or 25 <= chapter <= 38:  # food, minerals, chemicals: weighed, poured or packed
        return _BULK
    if chapter in (86, 87, 88, 89):  # what drives, flies and floats is counted, its parts are weighed
        return _ITEMS
    if chapter in (1, 91, 92, 93, 95, 96, 97):
        return _ITEMS | {AREA, LENGTH}
    if chapter in (84, 85, 90):
        return _ANY | {WORK}
    return _ANY
