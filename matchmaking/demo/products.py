"""What exhibitors bring: goods of their sector in grades and makes, with price and quantity."""

from decimal import Decimal
from random import Random

from matchmaking.demo.exhibitors import Firm
from matchmaking.demo.rates import from_usd
from matchmaking.demo.texts import Row, Texts, columns, filled
from matchmaking.demo.vocabulary.countries import COUNTRIES, MEMBERS, OBSERVERS
from matchmaking.demo.vocabulary.goods import CERTIFICATES, GOODS, NAMED, Good, varieties

INCOTERMS = ("FOB", "CIF", "CPT", "DAP", "FCA", "EXW")
ABROAD = tuple(code for code in MEMBERS + OBSERVERS if code != "CN")


def products(draw: Random, made: list[Firm]) -> list[Row]:
    """The rows of all products, firm by firm; codes run through."""
    rows: list[Row] = []
    for firm in made:
        origins = _origins(draw, firm)
        number = draw.randint(18, 26) if origins == ["CN"] else draw.randint(34, 52)
        for good, grade, make in _range(draw, firm.sector, number):
            rows.append(_row(draw, f"P{len(rows) + 1:05d}", firm, draw.choice(origins), good, grade, make))
    return rows


def _origins(draw: Random, firm: Firm) -> list[str]:
    """Where a firm's goods come from: home, except for Chinese importers, who bring goods of the region."""
    imports = firm.country.code == "HK" or (
        firm.country.code == "CN" and (firm.zone == "INT" or (firm.zone == "SDA" and draw.random() < 0.5))
    )
    return draw.sample(ABROAD, 3) if imports else [firm.country.code]


def _range(draw: Random, sector: str, number: int) -> list[tuple[Good, Texts, Texts]]:
    """Different articles of a sector, gathered around some eight goods as firms specialise."""
    goods = draw.sample(GOODS[sector], 8)
    choices = [
        (good, grade, make) for good in goods for grade in varieties(good)[0] for make in varieties(good)[1]
    ]
    return draw.sample(choices, number)


def _row(draw: Random, code: str, firm: Firm, origin: str, good: Good, grade: Texts, make: Texts) -> Row:
    currency = COUNTRIES[firm.country.code].currency
    usd = good.usd * Decimal(draw.randint(75, 130)) / 100
    worth = Decimal(draw.randint(40, 900)) * 1000
    known = CERTIFICATES[good.sector]
    return {
        "code": code,
        "exhibitor": firm.code,
        **columns("name", filled(NAMED, good=good.name, grade=grade, make=make)),
        "hs": good.hs,
        "origin": origin,
        "quantity": rounded(worth / usd),
        "unit": good.unit,
        "price": from_usd(usd, currency),
        "currency": currency,
        "incoterm": draw.choice(INCOTERMS),
        "certificates": ";".join(draw.sample(known, draw.randint(0, len(known)))),
    }


def rounded(quantity: Decimal) -> int:
    """A quantity as people order it: two leading digits, at least one."""
    whole = max(1, int(quantity))
    step = 10 ** max(0, len(str(whole)) - 2)
    return whole // step * step
