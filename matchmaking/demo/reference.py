"""The reference edition put together: settings and tables, the same for the same seed."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from babel import Locale

from matchmaking.demo import built
from matchmaking.demo.buyers import buyers
from matchmaking.demo.edition import settings
from matchmaking.demo.exhibitors import Firm, firms
from matchmaking.demo.firms import Register, contact, slug
from matchmaking.demo.floor import Stand, columns_of, stands
from matchmaking.demo.people import people
from matchmaking.demo.plan import HALLS, INDUSTRY, ZONES, Hall
from matchmaking.demo.products import products
from matchmaking.demo.programme import forums, talks
from matchmaking.demo.rooms import room_windows, rooms, ways
from matchmaking.demo.stage import presences, stage_windows
from matchmaking.demo.texts import Row, columns, filled
from matchmaking.demo.trading import trading
from matchmaking.demo.vocabulary.countries import COUNTRIES, MEMBERS, OBSERVERS
from matchmaking.demo.vocabulary.firms import PAVILION, PROFILES
from matchmaking.demo.vocabulary.people import person_name
from matchmaking.demo.wishes import make_wishes

SEED = 2023


@dataclass(frozen=True)
class Reference:
    """An edition as settings (edition.toml) and tables of rows (one file each)."""

    settings: dict[str, object]
    tables: dict[str, list[Row]]


def reference(seed: int = SEED) -> Reference:
    """Make up the whole edition. Each part draws from its own stream: one can change without the others."""
    site = stands()
    register = Register(_stream(seed, "names"))
    made = firms(_stream(seed, "exhibitors"), register, site)
    make_wishes(_stream(seed, "wishes"), made, site)
    exhibitors = _exhibitors(_stream(seed, "contacts"), made)
    goods = products(_stream(seed, "products"), made)
    buying, needs = buyers(_stream(seed, "buyers"), register, goods)
    draw = _stream(seed, "programme")
    stage = presences(draw)
    programme = talks(draw, stage)
    speakers = [person.row() for person in stage]
    tables = {
        "halls": [_hall(hall) for hall in HALLS],
        "zones": _zones(site),
        "stands": [_stand(stand) for stand in site],
        "exhibitors": exhibitors,
        "products": goods,
        "buyers": buying,
        "needs": needs,
        "rooms": rooms(),
        "ways": ways(),
        "forums": forums(),
        "speakers": speakers,
        "talks": programme,
        "availability": room_windows() + stage_windows(stage),
        "people": people(_stream(seed, "people"), exhibitors, buying, speakers, programme),
    }
    return Reference(settings(seed, sum(int(str(zone["gross_m2"])) for zone in tables["zones"])), tables)


def _stream(seed: int, part: str) -> Random:
    return Random(f"{seed}:{part}")


def _hall(hall: Hall) -> Row:
    return {
        "code": hall.code,
        **columns("name", hall.name),
        "width_m": hall.width,
        "depth_m": hall.depth,
        "site_x_m": hall.site[0],
        "site_y_m": hall.site[1],
        "entrances": ";".join(f"{name}@{x}/{y}" for name, x, y in hall.doors),
        "columns": ";".join(
            "/".join(_metres(cm) for cm in (box.x, box.y, box.width, box.depth)) for box in columns_of(hall)
        ),
        **built.cells(hall),
    }


def _zones(site: list[Stand]) -> list[Row]:
    gross: dict[str, int] = defaultdict(int)
    for hall in HALLS:
        for area in hall.areas:
            gross[area.zone] += area.gross_m2
    eligible = {"NAT": ";".join(MEMBERS + OBSERVERS), "SDA": "CN"}
    rows = []
    for code, (hue, name, about) in ZONES.items():
        net = sum(stand.area_m2 for stand in site if stand.zone == code)
        rows.append(
            {
                "code": code,
                **columns("name", name),
                **columns("description", about),
                "gross_m2": gross[code],
                "net_m2": -(-net // 50) * 50,
                "hue": hue,
                "countries": eligible.get(code, ""),
                "sectors": ";".join(INDUSTRY) if code == "IND" else "",
            }
        )
    return rows


def _stand(stand: Stand) -> Row:
    return {
        "code": stand.code,
        "hall": stand.hall,
        "zone": stand.zone,
        "kind": stand.kind,
        "x_m": _metres(stand.box.x),
        "y_m": _metres(stand.box.y),
        "width_m": _metres(stand.box.width),
        "depth_m": _metres(stand.box.depth),
        "open_sides": stand.sides,
        "power_kw": 15 if stand.kind == "raw" else 3,
        "water": "yes" if stand.kind == "raw" else "no",
    }


def _exhibitors(draw: Random, made: list[Firm]) -> list[Row]:
    return [_exhibitor(draw, firm) for firm in made]


def _exhibitor(draw: Random, firm: Firm) -> Row:
    name = _lead_name(firm) if firm.is_lead else firm.name
    person = person_name(draw, firm.country.style)
    reach = contact(draw, name, firm.code, COUNTRIES[firm.country.code])
    plots = firm.area_m2 // (36 if firm.shape == "raw" else 9)
    most = (12 if firm.shape == "raw" else 2) * plots
    return {
        "code": firm.code,
        **columns("name", name),
        "country": firm.country.code,
        "size": _size(draw, firm.area_m2),
        "city": firm.city["en"],
        **reach,
        "sector": firm.sector,
        **columns("profile", filled(PROFILES, name=name, city=firm.city, trade=firm.trade)),
        "area_m2": firm.area_m2,
        "shape": firm.shape,
        "zones": ";".join([firm.zone, *firm.others]),
        "wishes": ";".join(firm.wishes),
        "rivals": ";".join(firm.rivals),
        "lead": firm.lead,
        "power_kw": draw.randint(1, most),
        "height_cm": draw.choice((400, 450, 600)) if firm.shape == "raw" else 250,
        "points": firm.points,
        "points_origin": ";".join(f"{source}:{points:g}" for source, points in firm.origin.items()),
        "paid_on": firm.paid_on.isoformat(),
        "newcomer": "yes" if firm.newcomer else "no",
        "contact_name": person["en"],
        "contact_email": f"{slug(person['en'])}@{str(reach['email']).partition('@')[2]}",
        **trading(firm.code, firm.country),
        "state": "accepted",
    }


def _lead_name(firm: Firm) -> dict[str, str]:
    """A pavilion's lead body is named after its country."""
    return {
        language: pattern.format(country=Locale(language).territories[firm.country.code])
        for language, pattern in PAVILION.items()
    }


def _size(draw: Random, area: int) -> str:
    if area >= 72:
        return draw.choice(("large", "large", "medium"))
    return draw.choices(("small", "medium", "large"), (5, 3, 1) if area <= 18 else (2, 5, 2))[0]


def _metres(cm: int) -> str:
    return f"{cm / 100:g}"
