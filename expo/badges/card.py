"""What stands on one badge, and how large."""

from collections.abc import Mapping
from dataclasses import dataclass

from expo.badges.lettering import MM_PER_POINT, fitted, is_arabic
from expo.languages import language_of, pick

INNER_MM, WHO_MM = 89.0, 59.0
"""Width of the text and height of the block that says who it is; the same in badges-print.css."""
POSITION_MM, GAP_MM = 8.0, 1.0
COUNTRY_MM, COUNTRY_HEIGHT_MM = 40.0, 21.0
NAME_SIZES = (40, 36, 32, 28, 25, 22, 19, 16, 14, 12)
SECOND_SIZES = (22, 19, 16, 14, 13, 12)
SMALL_SIZES = (16, 14, 13, 12, 10, 9)
NAME_LEADING, LEADING, ARABIC_LEADING = 1.1, 1.25, 1.6


@dataclass(frozen=True)
class Line:
    """Words with their size in points and their direction and language; `height` in mm."""

    text: str
    points: int
    lang: str
    direction: str
    height: float


@dataclass(frozen=True)
class Card:
    """One badge. `second` is the name in another script, if it has one; `token` is what the QR code says."""

    kind: str
    code: str
    name: Line
    second: Line | None
    position: str
    organisation: Line | None
    country: Line | None
    token: str


def line(
    text: str,
    lang: str,
    sizes: tuple[int, ...],
    height: float,
    leading: float = LEADING,
    width: float = INNER_MM,
) -> Line:
    """Words set as large as their place on the badge (mm) allows."""
    rtl = is_arabic(text)
    leading = ARABIC_LEADING if rtl else leading
    fit = fitted(text, width, height, leading, sizes)
    used = fit.lines * fit.points * leading * MM_PER_POINT
    return Line(text, fit.points, lang, "rtl" if rtl else "ltr", used)


def names(
    name: Mapping[str, str], language: str, own: str, height: float = WHO_MM
) -> tuple[Line, Line | None]:
    """The name as readers of `language` know it; then as its bearer (who speaks `own`) has it, or in English.

    Both together are no higher than `height` (mm).
    """
    chosen, text = language_of(name, language), pick(name, language)
    order = [code for code in (own, "en", *name) if code != chosen and name.get(code)]
    other = next((code for code in order if name[code] != text), None)
    if other is None:
        return line(text, chosen, NAME_SIZES, height, NAME_LEADING), None
    second = line(name[other], other, SECOND_SIZES, height / 3)
    return line(text, chosen, NAME_SIZES, height - second.height - GAP_MM, NAME_LEADING), second


def make_card(
    *,
    kind: str,
    code: str,
    name: Mapping[str, str],
    own_language: str,
    position: str,
    organisation: str,
    country: str,
    token: str,
    language: str,
) -> Card:
    """A badge in a language; `country` is its name in that language ('' for none)."""
    house = line(organisation, "", SMALL_SIZES, 15.0) if organisation else None
    taken = (POSITION_MM if position else 0) + (house.height + GAP_MM if house else 0)
    first, second = names(name, language, own_language, WHO_MM - taken)
    return Card(
        kind=kind,
        code=code,
        name=first,
        second=second,
        position=position,
        organisation=house,
        country=line(country, language, SMALL_SIZES, COUNTRY_HEIGHT_MM, width=COUNTRY_MM)
        if country
        else None,
        token=token,
    )
