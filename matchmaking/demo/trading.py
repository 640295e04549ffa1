"""What exhibitors of the reference edition say for their meetings."""

from random import Random

from matchmaking.demo.texts import Row
from matchmaking.demo.vocabulary.countries import Country

PARKS = ("Qingdao SCODA Park", "Khorgos Gateway", "Great Stone", "Almaty Industrial Zone", "")
MARKETS = ("CN", "RU", "KZ", "UZ", "PK", "IN", "TR", "AE")


def trading(code: str, country: Country) -> Row:
    """Languages, markets, park, and whether forums are told: drawn by the code alone, so that whatever else
    is drawn stays as it is."""
    draw = Random(f"trading {code}")  # noqa: S311
    languages = {country.language, "en"} | ({"zh"} if draw.random() < 0.3 else set())
    markets = {"CN", *draw.sample(MARKETS, 3)} if draw.random() < 0.5 else set()
    return {
        "languages": ";".join(sorted(languages)),
        "markets": ";".join(sorted(markets - {country.code})),
        "park": draw.choice(PARKS),
        "share_forums": "yes" if draw.random() < 0.6 else "no",
    }
