"""The headings and subheadings that an edition knows, looked up by digits or words."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import String, cast, func
from sqlmodel import Session, select

from expo.editions.models import Edition
from expo.languages import LanguageMap
from matchmaking.catalogue.chapter_names import CHAPTER_NAMES
from matchmaking.catalogue.hs import tidy
from matchmaking.catalogue.models import HsCode, Product
from matchmaking.catalogue.searching import pattern, words_of


def hs_codes(
    session: Session, edition: Edition, words: str, limit: int, offset: int = 0
) -> tuple[int, Sequence[HsCode]]:
    """How many codes fit, and those of a page, in order: by first digits, or by words in any language."""
    found = select(HsCode).where(HsCode.edition_id == edition.id)
    if tidy(words).isdigit():
        found = found.where(HsCode.code.startswith(tidy(words), autoescape=True))
    else:
        for word in words.split()[:8]:
            found = found.where(cast(HsCode.name, String).icontains(word, autoescape=True))
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    return total, session.exec(found.order_by(HsCode.code).limit(limit).offset(offset)).all()


def names_of(session: Session, edition: Edition, codes: Collection[str]) -> Mapping[str, Mapping[str, str]]:
    """What codes are called: the subheading's name in the edition's nomenclature, else the heading's, else
    that of the chapter."""
    asked = {part for code in codes for part in (code, code[:4])}
    rows = session.execute(
        select(HsCode.code, HsCode.name).where(HsCode.edition_id == edition.id, HsCode.code.in_(asked))
    )
    known = dict(rows.all()) if asked else {}
    return {
        code: known.get(code) or known.get(code[:4]) or CHAPTER_NAMES.get(code[:2], {}) for code in set(codes)
    }


class Found(NamedTuple):
    """A code that may be meant: its name, and how many products of the edition have it."""

    code: str
    name: LanguageMap
    products: int


def find_codes(session: Session, edition: Edition, typed: str, limit: int = 20) -> list[Found]:
    """Codes by first digits or by words in any language: of chapters, of the nomenclature taken in, and those
    that products of that name have. Codes with many products come first, then shorter ones."""
    plain = tidy(typed)[:6]
    words = words_of(typed)
    if not words:
        return []
    found = {code: Found(code, CHAPTER_NAMES[code], 0) for code in chapters(typed)}
    _total, codes = hs_codes(session, edition, plain if plain.isdigit() else " ".join(words), limit)
    found |= {row.code: Found(row.code, row.name, 0) for row in codes}
    for code, name, count in _of_products(session, edition, plain, words, limit):
        found[code] = Found(code, found[code].name if code in found else name, count)
    return sorted(found.values(), key=lambda one: (-one.products, len(one.code), one.code))[:limit]


def chapters(typed: str) -> list[str]:
    """The chapters (two digits) that fit what is typed, by first digits or words in any language; all of them
    for nothing."""
    plain, words = tidy(typed)[:6], words_of(typed)
    return [
        code
        for code, name in CHAPTER_NAMES.items()
        if not words
        or code.startswith(plain)
        or (len(plain) > 2 and plain.isdigit() and code == plain[:2])
        or _holds(name, words)
    ]


def _holds(name: LanguageMap, words: Sequence[str]) -> bool:
    texts = [text.casefold() for text in name.values()]
    return any(all(word in text for word in words) for text in texts)


def _of_products(session: Session, edition: Edition, plain: str, words: Sequence[str], limit: int):
    """Six digits that products have, with the name of one of them."""
    count = func.count().label("number")
    query = select(Product.hs, func.min(Product.id).label("first"), count).where(
        Product.edition_id == edition.id
    )
    if plain.isascii() and plain.isdigit():
        query = query.where(Product.hs.between(plain.ljust(6, "0"), plain.ljust(6, "9")))
    else:
        query = query.where(*(Product.search_text.like(pattern(word)) for word in words))
    most = query.group_by(Product.hs).order_by(count.desc(), Product.hs).limit(limit).subquery()
    return session.execute(
        select(most.c.hs, Product.name, most.c.number).join(most, most.c.first == Product.id)
    )
