"""Everybody who comes: staff, stage, buyers, visitors, press and service, and the talks they starred."""

from collections.abc import Iterator
from random import Random

from matchmaking.demo.firms import slug
from matchmaking.demo.texts import Row, columns
from matchmaking.demo.vocabulary.countries import COUNTRIES, Country
from matchmaking.demo.vocabulary.forums import FORUMS
from matchmaking.demo.vocabulary.people import person_name

NUMBER = 3_000
STARS = 12
PRESS, VIPS, ORGANISERS, SERVICE = 60, 40, 40, 60
POSITIONS = {
    "exhibitor": ("Sales manager", "Director", "Engineer", "Stand manager", "Export manager"),
    "buyer": ("Purchasing manager", "Head of procurement", "Category manager", "Owner"),
    "visitor": ("Researcher", "Student", "Trader", "Engineer", "Consultant", "Farmer", "Logistics planner"),
    "press": ("Reporter", "Editor", "Photographer"),
    "vip": ("Honorary guest", "Association president", "Mayor's delegate"),
    "organiser": ("Floor manager", "Programme office", "Guest services"),
    "service": ("Stand builder", "Security", "Catering", "First aid"),
}
HOUSES = ("Evening Caravan", "Region Today", "Trade Observer", "Channel Seven Rivers", "Industry Letter")
# How much likelier a talk is starred for what it is, for being in one of the two forums one cares for.
APPEAL = {"ceremony": 6.0, "keynote": 3.0, "panel": 2.0, "talk": 1.0, "matchmaking": 0.8}
INTEREST = 6.0


def people(
    draw: Random, exhibitors: list[Row], buyers: list[Row], speakers: list[Row], talks: list[Row]
) -> list[Row]:
    """The rows of all people; visitors fill up to the number."""
    made = [*_staff(draw, exhibitors), *_stage(speakers), *_buying(buyers), *_others(draw)]
    made += list(_crowd(draw, "visitor", NUMBER - len(made)))
    fans = _Fans(draw, talks)
    rows = []
    for number, row in enumerate(made, 1):
        code = f"PE{number:04d}"
        mail = f"{slug(str(row['name_en']))}-{code.lower()}@people.example"
        rows.append({"code": code, **row, "email": mail, "stars": fans.of(row)})
    return rows


def _person(kind: str, name: dict[str, str], country: Country, organisation: str, position: str) -> Row:
    return {
        "kind": kind,
        **columns("name", name),
        "organisation": organisation,
        "position": position,
        "country": country.code,
        "language": country.language,
        "exhibitor": "",
        "speaker": "",
    }


def _staff(draw: Random, exhibitors: list[Row]) -> Iterator[Row]:
    for firm in exhibitors:
        country = COUNTRIES[str(firm["country"])]
        number = min(5, 2 + int(str(firm["area_m2"])) // 36)
        for _ in range(number):
            name = person_name(draw, country.style)
            position = draw.choice(POSITIONS["exhibitor"])
            yield _person("exhibitor", name, country, str(firm["name_en"]), position) | {
                "exhibitor": firm["code"]
            }


def _stage(speakers: list[Row]) -> Iterator[Row]:
    for speaker in speakers:
        name = {language: str(speaker[f"name_{language}"]) for language in ("en", "zh", "ru", "ur")}
        country = COUNTRIES[str(speaker["country"])]
        row = _person("speaker", name, country, str(speaker["organisation"]), str(speaker["title_en"]))
        yield row | {"speaker": speaker["code"]}


def _buying(buyers: list[Row]) -> Iterator[Row]:
    for buyer in buyers:
        country = COUNTRIES[str(buyer["country"])]
        position = POSITIONS["buyer"][len(str(buyer["name_en"])) % len(POSITIONS["buyer"])]
        yield _person("buyer", {"en": str(buyer["contact_name"])}, country, str(buyer["name_en"]), position)


def _others(draw: Random) -> Iterator[Row]:
    for kind, number in (("press", PRESS), ("vip", VIPS), ("organiser", ORGANISERS), ("service", SERVICE)):
        yield from _crowd(draw, kind, number)


def _crowd(draw: Random, kind: str, number: int) -> Iterator[Row]:
    at_home = kind in ("organiser", "service")
    codes = list(COUNTRIES)
    weights = [COUNTRIES[code].exhibitors for code in codes]
    for _ in range(number):
        country = COUNTRIES["CN" if at_home else draw.choices(codes, weights)[0]]
        organisation = draw.choice(HOUSES) if kind == "press" else ""
        yield _person(
            kind, person_name(draw, country.style), country, organisation, draw.choice(POSITIONS[kind])
        )


class _Fans:
    """Draws starred talks: everybody cares for two forums, and for keynotes more than for talks."""

    def __init__(self, draw: Random, talks: list[Row]) -> None:
        self.draw = draw
        self.talks = [(str(t["code"]), str(t["forum"]), APPEAL[str(t["kind"])]) for t in talks]

    def of(self, row: Row) -> str:
        if row["kind"] in ("organiser", "service") or (
            row["kind"] == "exhibitor" and self.draw.random() < 0.5
        ):
            return ""
        cares = self.draw.sample([forum.code for forum in FORUMS], 2)
        number = max(3, min(20, round(self.draw.gauss(STARS, 3))))
        # Efraimidis–Spirakis keys: a weighted sample without putting back.
        keys = [
            (self.draw.random() ** (1 / (appeal * (INTEREST if forum in cares else 1.0))), code)
            for code, forum, appeal in self.talks
        ]
        return ";".join(code for _, code in sorted(keys, reverse=True)[:number])
