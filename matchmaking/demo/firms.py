"""Names, sites and addresses of invented firms; no two share a name."""

import re
import unicodedata
from random import Random

from matchmaking.demo.texts import Texts
from matchmaking.demo.vocabulary.countries import Country
from matchmaking.demo.vocabulary.firms import BRANDS, HAN_BRANDS, RUSSIAN_FORMS


def slug(words: str) -> str:
    """Lower-case Latin letters, digits and hyphens, fit for an address."""
    plain = unicodedata.normalize("NFKD", words.replace("ı", "i")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


class Register:
    """Draws firm names and remembers them."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.taken: set[tuple[str, str]] = set()

    def firm(self, country: Country, trades: list[Texts]) -> tuple[Texts, Texts, Texts]:
        """A new firm's name, its city and the trade in its name."""
        while True:
            city, trade = self.draw.choice(country.cities), self.draw.choice(trades)
            brand = self.draw.choice(HAN_BRANDS if country.style == "han" else BRANDS)
            name = _name(country, city, brand, trade, with_city=self.draw.random() < 0.5)
            if (country.code, name["en"]) not in self.taken:
                self.taken.add((country.code, name["en"]))
                return name, city, trade


def _name(country: Country, city: Texts, brand: Texts, trade: Texts, *, with_city: bool) -> Texts:
    chinese_city = city["zh"] if with_city or country.style == "han" else ""
    town = f"{city['en']} " if with_city else ""
    form = RUSSIAN_FORMS.get(country.code, "")
    russian = f"«{brand['ru']} {trade['ru']}»" + (f", {city['ru']}" if with_city else "")
    urdu = f"{brand['ur']} {trade['ur']}" + (f"، {city['ur']}" if with_city else "")
    return {
        "en": f"{town}{brand['en']} {trade['en']} {country.form}",
        "zh": f"{chinese_city}{brand['zh']}{trade['zh']}有限公司",
        "ru": f"{form} {russian}".strip(),
        "ur": urdu,
    }


def contact(draw: Random, name: Texts, code: str, country: Country) -> dict[str, object]:
    """Reserved web and mail addresses and a telephone number that nobody has."""
    host = f"{slug(name['en'])[:40].strip('-')}-{code.lower()}.example"
    return {
        "website": f"https://www.{host}",
        "email": f"info@{host}",
        "phone": f"+{country.calling} 000 {draw.randrange(1000):03d} {draw.randrange(10000):04d}",
    }
