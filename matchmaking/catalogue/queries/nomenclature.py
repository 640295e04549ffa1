"""The headings and subheadings that an edition knows, looked up by digits or words."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import String, cast, func
from sqlmodel import Session, select

from expo.editions.models import Edition
from matchmaking.catalogue.hs import section_of, tidy, valid_hs
from matchmaking.catalogue.hs_names import CHAPTERS
from matchmaking.catalogue.models import HsCode


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
    """What six-digit codes are called: the subheading's name in the edition's nomenclature, else the
    heading's, else that of the chapter (in English) and its section."""
    asked = {part for code in codes for part in (code, code[:4])}
    rows = session.execute(
        select(HsCode.code, HsCode.name).where(HsCode.edition_id == edition.id, HsCode.code.in_(asked))
    )
    known = dict(rows.all()) if asked else {}
    return {code: known.get(code) or known.get(code[:4]) or _broadly(code) for code in set(codes)}


def _broadly(code: str) -> Mapping[str, str]:
    return section_of(code).name | {"en": CHAPTERS[code[:2]]} if valid_hs(code) else {}
