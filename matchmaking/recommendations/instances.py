"""Seeded markets whose true matches are known: goods that buyers want, said less and less exactly.

Every exhibitor deals in a few goods of a family; every need is drawn from one of these goods. What is said
of it is worn: the code loses digits or is another of the chapter, words come in another language, fewer of
them, or not at all, and some prices and quantities are left out. A true match of a buyer is an exhibitor that
has the very goods wanted at a price within the limit.
"""

from dataclasses import dataclass
from random import Random

from matchmaking.recommendations.fit import Need, Offer
from matchmaking.recommendations.trade import Trade, balassa

LANGUAGES = ("en", "zh", "ru", "ur")
COUNTRIES = ("CN", "RU", "KZ", "UZ", "KG", "PK", "IN", "TR", "EG", "BY")
CERTIFICATES = ("halal", "iso22000", "haccp", "ce", "eac")


@dataclass(frozen=True)
class Goods:
    """Goods of a code with their words in every language."""

    hs: str
    words: dict[str, frozenset[str]]
    price: float


@dataclass(frozen=True)
class Instance:
    """A market and, by buyer, the exhibitors that truly match."""

    needs: list[Need]
    offers: list[Offer]
    trade: Trade
    truth: dict[int, frozenset[int]]


def worn(buyers: int, exhibitors: int, seed: int, *, per_buyer: int = 4, per_exhibitor: int = 10) -> Instance:
    """A market of that size, the same for the same seed."""
    draw = Random(f"recommendations {seed} {buyers} {exhibitors}")  # noqa: S311
    goods = _goods(draw, max(60, (exhibitors * per_exhibitor) // 6))
    families: dict[str, list[int]] = {}
    for number, one in enumerate(goods):
        families.setdefault(one.hs[:2], []).append(number)
    sellers: dict[int, list[tuple[int, float]]] = {}
    offers: list[Offer] = []
    for exhibitor in range(1, exhibitors + 1):
        size = max(1, min(4 * per_exhibitor, round(draw.lognormvariate(0, 0.8) * per_exhibitor)))
        home, language = draw.choice(COUNTRIES), draw.choice(LANGUAGES)
        family = families[draw.choice(sorted(families))]
        for _ in range(size):
            number = draw.choice(family) if draw.random() < 0.8 else draw.randrange(len(goods))
            offer = _offer(draw, len(offers) + 1, exhibitor, goods[number], home, language)
            offers.append(offer)
            sellers.setdefault(number, []).append((exhibitor, offer.price))
    needs, truth = _needs(draw, buyers, per_buyer, goods, sellers)
    flows = [(offer.origin, offer.hs[:2], 1.0) for offer in offers]
    return Instance(needs, offers, Trade(balassa(flows)), truth)


def _goods(draw: Random, count: int) -> list[Goods]:
    """Goods of chapters whose sizes differ; a heading has some, and neighbours share words."""
    chapters = [f"{number:02}" for number in range(1, 98) if number != 77]
    weights = [1 / (place + 3) for place in range(len(chapters))]
    draw.shuffle(chapters)
    found = []
    for _ in range(count):
        hs = f"{draw.choices(chapters, weights)[0]}{draw.randint(1, 12):02}{draw.randrange(10, 100, 10)}"
        words = {
            language: frozenset(
                {f"{language}{hs[:4]}", f"{language}{hs}", f"{language}x{draw.randrange(40)}"}
                | {f"{language}g{draw.randrange(10 * count)}"}
            )
            for language in LANGUAGES
        }
        found.append(Goods(hs, words, round(draw.lognormvariate(4, 1), 2)))
    return found


def _offer(draw: Random, number: int, exhibitor: int, one: Goods, home: str, language: str) -> Offer:
    spoken = {language, "en"} if draw.random() < 0.5 else {language}
    return Offer(
        id=number,
        exhibitor=exhibitor,
        hs=one.hs,
        stems=frozenset().union(*(one.words[each] for each in spoken)),
        origin=home,
        quantity=float(draw.randint(10, 1_000)) if draw.random() < 0.8 else 0.0,
        unit="kg",
        price=round(one.price * draw.uniform(0.8, 1.25), 2) if draw.random() < 0.85 else 0.0,
        price_key="home/kg",
        incoterm=draw.choice(("FOB", "CIF", "DAP", "")),
        certificates=frozenset(draw.sample(CERTIFICATES, draw.randint(0, 3))),
        languages=frozenset({language, "en"}),
        markets=frozenset(draw.sample(COUNTRIES, 4)) if draw.random() < 0.4 else frozenset(),
    )


def _needs(draw: Random, buyers: int, per_buyer: int, goods: list[Goods], sellers: dict):
    needs: list[Need] = []
    truth: dict[int, frozenset[int]] = {}
    sold = sorted(sellers)
    for buyer in range(1, buyers + 1):
        language = draw.choice(LANGUAGES)
        matches: set[int] = set()
        for _ in range(draw.randint(1, 2 * per_buyer - 1)):
            number = draw.choice(sold)
            one = goods[number]
            limit = round(one.price * draw.uniform(1.0, 1.3), 2)
            matches.update(who for who, price in sellers[number] if price <= limit)
            needs.append(_need(draw, len(needs) + 1, buyer, one, limit, language))
        truth[buyer] = frozenset(matches)
    return needs, truth


def _need(draw: Random, number: int, buyer: int, one: Goods, limit: float, language: str) -> Need:
    said = sorted(one.words[language])
    kept = frozenset(draw.sample(said, draw.randint(1, len(said))))
    return Need(
        id=number,
        buyer=buyer,
        hs=_worn_code(draw, one.hs),
        texts=(kept,) if draw.random() < 0.85 else (),
        quantity=float(draw.randint(5, 500)) if draw.random() < 0.7 else 0.0,
        unit="kg",
        max_price=limit if draw.random() < 0.7 else 0.0,
        price_key="home/kg",
        incoterm=draw.choice(("FOB", "CIF", "")),
        certificates=frozenset(draw.sample(CERTIFICATES, draw.choice((0, 0, 1)))),
        languages=frozenset({language, "en"}),
        country=draw.choice(COUNTRIES),
    )


def _worn_code(draw: Random, hs: str) -> str:
    """The code as buyers give it: whole, its heading, its chapter, or a wrong one of the chapter."""
    kind = draw.choices(("whole", "heading", "chapter", "wrong"), (4, 3, 2, 1))[0]
    if kind == "wrong":
        return f"{hs[:2]}{draw.randint(1, 12):02}{draw.randrange(10, 100, 10)}"
    return hs[: {"whole": 6, "heading": 4, "chapter": 2}[kind]]
