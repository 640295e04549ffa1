"""Buyers and their needs, drawn from what is on offer so that meetings are worth having."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from matchmaking.demo.firms import Register, contact, slug
from matchmaking.demo.rates import from_usd, to_usd
from matchmaking.demo.texts import Row, columns
from matchmaking.demo.vocabulary.countries import COUNTRIES, Country
from matchmaking.demo.vocabulary.firms import BUYING
from matchmaking.demo.vocabulary.people import person_name

NUMBER = 600
# Eight meeting slots before midday and ten after it, on three days.
MORNING, PER_DAY, DAYS = 8, 18, 3
WANTED = {"en": "Wanted: {}", "zh": "求购：{}", "ru": "Требуется: {}", "ur": "مطلوب: {}"}


def buyers(draw: Random, register: Register, products: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of buyers and of their needs."""
    by_sector: dict[str, list[Row]] = {}
    for product in products:
        by_sector.setdefault(str(product["hs"])[:2], []).append(product)
    chapters = sorted(by_sector, key=lambda chapter: (-len(by_sector[chapter]), chapter))
    weights = [len(by_sector[chapter]) for chapter in chapters]
    rows, needs = [], []
    for number in range(1, NUMBER + 1):
        country = _country(draw)
        rows.append(_buyer(draw, register, f"BY{number:03d}", country))
        focus = draw.choices(chapters, weights, k=2)
        for _ in range(draw.randint(2, 6)):
            needs.append(_need(draw, f"BY{number:03d}", country, draw.choice(by_sector[draw.choice(focus)])))
    return rows, needs


def _country(draw: Random) -> Country:
    """Two thirds come from China, the others from wherever exhibitors come from."""
    if draw.random() < 0.66:
        return COUNTRIES["CN"]
    codes = [code for code in COUNTRIES if code != "CN"]
    return COUNTRIES[draw.choices(codes, [COUNTRIES[code].exhibitors for code in codes])[0]]


def _buyer(draw: Random, register: Register, code: str, country: Country) -> Row:
    name, _, _ = register.firm(country, BUYING)
    person = person_name(draw, country.style)
    least = draw.randint(1, 4)
    reach = contact(draw, name, code, country)
    languages = {"en", country.language}
    if draw.random() < 0.2:
        languages.add(draw.choice(("zh", "ru")))
    away = sorted(_absent(draw)) if draw.random() < 0.34 else []
    return {
        "code": code,
        **columns("name", name),
        "country": country.code,
        "size": draw.choices(("small", "medium", "large"), (4, 4, 2))[0],
        "website": reach["website"],
        "email": reach["email"],
        "contact_name": person["en"],
        "contact_email": f"{slug(person['en'])}@{str(reach['email']).partition('@')[2]}",
        "languages": ";".join(sorted(languages)),
        "min_meetings": least,
        "max_meetings": least + draw.randint(4, 9),
        "unavailable_slots": ";".join(map(str, away)),
    }


def _absent(draw: Random) -> set[int]:
    """A whole day, half a day, or some slots here and there."""
    kind, first = draw.randrange(3), draw.randrange(DAYS) * PER_DAY + 1
    if kind == 0:
        return set(range(first, first + PER_DAY))
    if kind == 1:
        halves = range(first, first + MORNING), range(first + MORNING, first + PER_DAY)
        return set(draw.choice(halves))
    return set(draw.sample(range(1, DAYS * PER_DAY + 1), 8))


def _need(draw: Random, buyer: str, country: Country, product: Mapping[str, object]) -> Row:
    digits = draw.choices((6, 4, 2), (6, 3, 1))[0]
    usd = to_usd(Decimal(str(product["price"])), str(product["currency"]))
    limit = from_usd(usd * Decimal(draw.randint(95, 130)) / 100, country.currency)
    have = [certificate for certificate in str(product["certificates"]).split(";") if certificate]
    quantity = Decimal(str(product["quantity"])) * draw.randint(10, 100) / 100
    wanted = {
        language: pattern.format(_article(str(product[f"name_{language}"])))
        for language, pattern in WANTED.items()
    }
    return {
        "buyer": buyer,
        "hs": str(product["hs"])[:digits],
        **columns("text", wanted),
        "quantity": max(1, int(quantity)),
        "unit": product["unit"],
        "max_price": limit if draw.random() < 0.85 else 0,
        "currency": country.currency,
        "incoterm": product["incoterm"] if draw.random() < 0.5 else "",
        "certificates": ";".join(have[:1]) if draw.random() < 0.5 else "",
        "countries": product["origin"] if draw.random() < 0.25 else "",
    }


def _article(name: str) -> str:
    """A product's name without its make: 'Butter, premium grade'."""
    if name.endswith("）"):
        return name.rpartition("，")[0] + "）"
    for comma in ("، ", ", "):
        if name.count(comma) >= 2:
            return name.rpartition(comma)[0]
    return name
