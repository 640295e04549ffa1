"""The exhibitors: who they are, where they want to stand and how much floor they ask for."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from matchmaking.demo.firms import Register
from matchmaking.demo.floor import Stand
from matchmaking.demo.plan import INDUSTRY
from matchmaking.demo.texts import Texts
from matchmaking.demo.vocabulary.countries import COUNTRIES, MEMBERS, OBSERVERS, Country
from matchmaking.demo.vocabulary.firms import TRADES
from matchmaking.demo.vocabulary.goods import SECTORS

LADDER = (9, 18, 27, 36, 54, 72, 108)
RAW_LADDER = (36, 72, 108, 144, 216)
ISLANDS = {"NAT": (108, 108, 108), "SDA": (126, 126), "INT": (126, 180, 180, 126), "IND": (144, 144, 144)}
FILL = 0.87
# The largest raw plot a zone's islands hold.
LARGEST_RAW = {"NAT": 216, "SDA": 144, "INT": 144, "IND": 216}
PAVILIONS = ("KZ", "UZ", "KG", "TJ", "PK", "BY")
CHINESE_ZONES = (("SDA", 42), ("IND", 32), ("INT", 16))
LARGEST_PAVILION = 180
CULTURE = ("food", "farm", "crafts", "textiles", "consumer", "food", "farm")


@dataclass
class Firm:
    """An exhibitor while it is being made up."""

    code: str
    country: Country
    zone: str
    sector: str
    name: Texts
    city: Texts
    trade: Texts
    area_m2: int = 9
    shape: str = "any"
    lead: str = ""
    newcomer: bool = False
    is_lead: bool = False
    others: list[str] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    rivals: list[str] = field(default_factory=list)
    origin: dict[str, float] = field(default_factory=dict)
    paid_on: date = date(2023, 2, 1)

    @property
    def settled(self) -> bool:
        """Whether its floor is decided by a pavilion or an island and stays as it is."""
        return self.is_lead or bool(self.lead) or self.shape == "island"

    @property
    def points(self) -> float:
        return round(sum(self.origin.values()), 2)


def firms(draw: Random, register: Register, stands: list[Stand]) -> list[Firm]:
    """All exhibitors, with areas that leave about an eighth of each zone free."""
    made = _named(draw, register)
    _pavilions(draw, made)
    by_zone: dict[str, list[Firm]] = defaultdict(list)
    for firm in made:
        by_zone[firm.zone].append(firm)
    for zone, members in by_zone.items():
        units = {
            kind: sum(1 for s in stands if (s.zone, s.kind) == (zone, kind)) for kind in ("shell", "raw")
        }
        _islands(draw, members, ISLANDS[zone])
        _raw(draw, members, units["raw"] * 36, LARGEST_RAW[zone])
        _shell(draw, members, units["shell"] * 9)
    for firm in made:
        _standing(draw, firm)
    return made


def _named(draw: Random, register: Register) -> list[Firm]:
    plan: list[tuple[Country, str]] = []
    for country in COUNTRIES.values():
        zones = _zones(country)
        plan += [(country, zone) for zone in zones]
    made = []
    for number, (country, zone) in enumerate(plan, 1):
        sector = draw.choice({"NAT": CULTURE, "IND": INDUSTRY}.get(zone, SECTORS))
        name, city, trade = register.firm(country, TRADES[sector])
        made.append(Firm(f"EX{number:03d}", country, zone, sector, name, city, trade))
    return made


def _zones(country: Country) -> list[str]:
    """China in three zones; members and observers two thirds in national images; the others in one."""
    if country.code == "CN":
        return [zone for zone, number in CHINESE_ZONES for _ in range(number)]
    if country.code in MEMBERS + OBSERVERS:
        national = -(-2 * country.exhibitors // 3)
        industry = country.exhibitors // 6
        rest = country.exhibitors - national - industry
        return ["NAT"] * national + ["IND"] * industry + ["INT"] * rest
    return ["INT"] * country.exhibitors


def _pavilions(draw: Random, made: list[Firm]) -> None:
    """The first national stand of six countries leads a pavilion that most of its countrymen stand in."""
    for country in PAVILIONS:
        at_home = [firm for firm in made if firm.country.code == country and firm.zone == "NAT"]
        lead, area = at_home[0], 36
        lead.is_lead, lead.area_m2, lead.sector, lead.trade = True, 36, "crafts", TRADES["crafts"][0]
        for member in at_home[1:10]:
            size = draw.choice((9, 9, 18, 18, 27))
            if area + size > LARGEST_PAVILION:
                break
            member.lead, member.area_m2 = lead.code, size
            area += size


def _islands(draw: Random, members: list[Firm], sizes: tuple[int, ...]) -> None:
    free = [firm for firm in members if not firm.settled]
    for firm, size in zip(draw.sample(free, len(sizes)), sizes, strict=True):
        firm.shape, firm.area_m2 = "island", size


def _raw(draw: Random, members: list[Firm], capacity: int, largest: int) -> None:
    """Raw plots for some firms until four fifths of them are spoken for, one of the largest size at most."""
    wanted = 0
    number = RAW_LADDER.index(largest) + 1
    sizes, often = list(RAW_LADDER[:number]), [10, 7, 2, 3, 1][:number]
    free = [firm for firm in members if not firm.settled]
    draw.shuffle(free)
    for firm in free:
        size = draw.choices(sizes, often)[0]
        if wanted + size > capacity * 0.82:
            break
        if size == largest:
            sizes, often = sizes[: sizes.index(size)], often[: sizes.index(size)]
        firm.shape, firm.area_m2 = "raw", size
        wanted += size


def _shell(draw: Random, members: list[Firm], capacity: int) -> None:
    """Sizes from a ladder, stepped up or down until the zone's shell stands are as full as wished."""
    inside = [firm for firm in members if firm.shape != "raw"]
    movable = [firm for firm in inside if not firm.settled]
    for firm in movable:
        firm.area_m2 = draw.choices(LADDER, (22, 26, 10, 18, 12, 8, 4))[0]
    wanted = sum(firm.area_m2 for firm in inside)
    goal = int(capacity * FILL)
    while not goal - 27 <= wanted <= goal:
        firm = draw.choice(movable)
        step = LADDER.index(firm.area_m2) + (1 if wanted < goal else -1)
        if 0 <= step < len(LADDER):
            wanted += LADDER[step] - firm.area_m2
            firm.area_m2 = LADDER[step]
    for firm in movable:
        firm.shape = _shape(draw, firm.area_m2)


def _shape(draw: Random, area: int) -> str:
    if area <= 27:
        return draw.choices(("any", "row", "corner"), (6, 3, 2))[0]
    return draw.choices(("any", "block", "corner"), (5, 3, 2))[0]


def _standing(draw: Random, firm: Firm) -> None:
    """Priority points by where they come from, and the day of payment."""
    years = 0 if draw.random() < 0.25 else draw.randint(1, 5)
    firm.newcomer = not years
    firm.origin = {"years": years * 3.0} if years else {}
    firm.origin["area"] = round(firm.area_m2 * 0.08, 2)
    if draw.random() < 0.4:
        firm.origin["spend"] = float(draw.randint(1, 8))
    if draw.random() < 0.08:
        firm.origin["sponsorship"] = 10.0
    if years and draw.random() < 0.07:
        firm.origin["violations"] = -2.0
    firm.paid_on = date(2023, 2, 1) + timedelta(days=draw.randrange(108))
